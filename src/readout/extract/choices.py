"""Choose among drafts: the best of those that report one thing, and of those in others' words what is said."""

from collections.abc import Iterator
from dataclasses import replace

from readout.extract.drafts import Draft
from readout.extract.layout import Layout
from readout.extract.nominals import iterate, trimmed
from readout.extract.reasons import QUOTED_RULES

SAME_CONTENT = 0.6  # share of two contents' words in common from which two cues report one thing
NESTED_CLASSES = frozenset({"speech", "demand"})
NESTED_RULES = frozenset(
    {
        "that_clause",
        "quotation_then_cue",
        "cue_then_quotation",
        "asked_infinitive",
        "named",
        "seen_as",
        "parenthetical",
        "according_to",
        "phrase",
    }
)


def distinct(drafts: list[Draft], layout: Layout) -> Iterator[Draft]:
    """Yield the drafts without those that say again what a better one says, and without idle nested ones."""
    kept: list[Draft] = []
    words: list[frozenset[int]] = []
    for draft in sorted(drafts, key=_rank):
        mine = frozenset(iterate(draft.ranges))
        if not any(_same(mine, theirs) for theirs in words):
            kept.append(draft)
            words.append(mine)
    reports = [one for one in kept if one.rule in QUOTED_RULES or one.rule == "parenthetical"]
    kept = [_with_quotation(draft, reports, layout) for draft in kept]
    for draft in kept:
        around = next((other for other in reports if _takes_in(draft, other)), None)
        if around is not None:
            draft = _up_to(around, draft, layout)  # noqa: PLW2901
        if draft.cue is None or _may_nest(draft, kept, layout):
            yield draft


def _with_quotation(draft: Draft, reports: list[Draft], layout: Layout) -> Draft:
    """Add the quotation that a cue in the clause introduces: "said he [answered: “No.”]"."""
    if draft.rule != "that_clause" or layout.quoted(draft.head):
        return draft
    start, stop = draft.ranges[-1]
    for other in reports:
        first, last = other.ranges[0]
        led = other.rule == "cue_then_quotation" and start <= other.head < stop <= first
        if led and all(layout.doc[i].is_punct or layout.doc[i].is_space for i in range(stop, first)):
            return replace(draft, ranges=(*draft.ranges[:-1], (start, last)))
    return draft


def _takes_in(draft: Draft, other: Draft) -> bool:
    """Has a clause run on over the cue that reports it whole: "He plans to go, she said" with the plan up to "said"?"""
    runs_on = draft.rule not in QUOTED_RULES and draft.rule != "parenthetical"
    return runs_on and draft.covers(other.head) and other.covers(draft.head)


def _up_to(other: Draft, draft: Draft, layout: Layout) -> Draft:
    """Return the draft with the words before the other's clause: "to mediate[, an official said]"."""
    left = other.clause[0]
    kept = tuple((start, min(stop, left)) for start, stop in draft.ranges if start < left)
    ranges = trimmed(kept, layout, layout.inner[draft.head])
    return replace(draft, ranges=ranges) if ranges else draft


def _rank(draft: Draft) -> tuple[int, int]:
    kinds = {"verbs": 1, "prepositions": 2, "nouns": 3, "adjectives": 2}
    if draft.rule in QUOTED_RULES or draft.cue is None:
        return (0, draft.head)
    issued = draft.cue.id.startswith("cue.make.")  # "issued a warning that": the warning says more than the issuing
    return (4 if issued else kinds[draft.cue.kind], draft.head)


def _same(mine: frozenset[int], theirs: frozenset[int]) -> bool:
    shared = len(mine & theirs)
    return shared >= SAME_CONTENT * (len(mine) + len(theirs) - shared)


def _may_nest(draft: Draft, drafts: list[Draft], layout: Layout) -> bool:
    """May this stand inside another's words? Only what is said or demanded; beliefs in a quotation are its content."""
    cue = draft.cue
    if layout.quoted(draft.head):
        return cue is not None and cue.cls in NESTED_CLASSES
    head = draft.head
    nested = any(other.covers(head) and other is not draft for other in drafts)
    return not nested or (cue is not None and cue.cls in NESTED_CLASSES and draft.rule in NESTED_RULES)
