"""Find who said what, to whom, through what: direct, indirect and mixed statements, with evidence for each field."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc, Token

from readout.annotations import annotate, article_of
from readout.detect.parties import party
from readout.extract.attribution import Spoken, channel_at, channels, channels_in, is_outlet
from readout.extract.chains import chained, with_shared_sources, without_readings
from readout.extract.choices import distinct
from readout.extract.continuations import continued, quotation_ranges
from readout.extract.cues import CueMatch, cue_matches
from readout.extract.drafts import Draft, drafts_of
from readout.extract.hedges import Factuality, HedgeRule, combine, factuality_of, hedges_on, unsaid
from readout.extract.labelled import labelled_drafts
from readout.extract.layout import Layout
from readout.extract.nobody import said_by_someone
from readout.extract.nominals import iterate, names_time, noun_phrase
from readout.extract.quotations import quotations
from readout.extract.reasons import QUOTED_RULES, STEP, evidence_of, inside_evidence
from readout.extract.signers import joint_source
from readout.extract.sources import UTTERANCES, Found
from readout.extract.turns import direct_drafts
from readout.extract.wordclasses import word_class
from readout.provenance import Evidence, Skipped, TextSpan, positions, record_id
from readout.records import Party, Statement, StatementKind

QUESTIONS = frozenset({"whether", "if", "how", "why", "what", "who", "when", "where"})


@Language.factory(
    "readout_statements",
    requires=["token.dep", "token.tag", "token.head"],
    assigns=["doc._.readout_statements", "doc._.readout_evidence", "doc._.readout_skipped"],
)
def make_statements(nlp: Language, name: str) -> "StatementReader":
    """Return the component that finds statements; without mentions before it, parties have their words alone."""
    return StatementReader(nlp, name)


class StatementReader:
    """The spaCy component around `read_statements`."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.vocab = nlp.vocab

    def __call__(self, doc: Doc) -> Doc:
        """Write the statements of a Doc, their evidence, and what was left out."""
        found = read_statements(doc)
        annotate(doc, statements=found.statements, evidence=found.evidence, skipped=found.skipped)
        resolve = _optional("readout.detect.coreference", "resolve_first_person")
        if resolve is not None:
            resolve(doc, found.statements)
        return doc


@dataclass(frozen=True, slots=True)
class Statements:
    """What was read out of one Doc."""

    statements: tuple[Statement, ...]
    evidence: tuple[Evidence, ...]
    skipped: tuple[Skipped, ...]


def read_statements(doc: Doc) -> Statements:
    """Return the statements of a parsed text in the order of their content."""
    found_quotations, strays = quotations(article_of(doc))
    if not doc.has_annotation("DEP"):
        reason = "the text is not parsed, so nobody's words can be told apart"
        return Statements((), (), (*strays, Skipped(doc.text[:60], STEP, reason)))
    layout = Layout.of(doc, found_quotations)
    matches = list(cue_matches(doc))
    drafts, unclaimed = _all_drafts(matches, layout)
    drafts = with_shared_sources([without_readings(draft, layout) for draft in chained(drafts, matches, layout)])
    drafts, nobodys = said_by_someone(drafts, layout)
    drafts = sorted(distinct(drafts, layout), key=lambda draft: (draft.ranges[0], draft.head))
    built = [_build(draft, layout) for draft in drafts]
    parents = _inside(drafts, [statement.id for statement, _ in built], layout)
    statements = tuple(replace(statement, inside=parent) for (statement, _), parent in zip(built, parents, strict=True))
    evidence = [row for _, rows in built for row in rows]
    evidence += [row for statement in statements for row in inside_evidence(statement)]
    return Statements(_first_of_each(statements), tuple(evidence), (*strays, *unclaimed, *nobodys))


def _all_drafts(matches: list[CueMatch], layout: Layout) -> tuple[list[Draft], list[Skipped]]:
    labelled = labelled_drafts(layout)
    signed = {index for draft in labelled for index in iterate(draft.ranges) if draft.rule == "signature"}
    drafts = [draft for draft in direct_drafts(matches, layout) if not signed & set(iterate(draft.ranges))] + labelled
    taken = {draft.head for draft in drafts}
    for match in matches:
        if match.head.i not in taken and match.cues[0].kind != "prepositions":
            drafts += [draft for draft in drafts_of(match, layout) if not _repeats_quotation(draft, drafts, layout)]
    skipped = []
    for index, before, reason in list(continued(drafts, layout)):
        if before is None:
            skipped.append(_unclaimed(index, reason, layout))
        else:
            drafts = _with_turn(drafts, before, index, layout)
    return drafts, skipped


def _repeats_quotation(draft: Draft, drafts: list[Draft], layout: Layout) -> bool:
    """Is this the verb of a clause whose content a quotation's own cue already has?"""
    return draft.rule == "parenthetical" and any(
        other.rule in QUOTED_RULES and set(iterate(draft.ranges)) <= set(iterate(other.ranges)) for other in drafts
    )


def _with_turn(drafts: list[Draft], before: Draft, index: int, layout: Layout) -> list[Draft]:
    """Add a quotation without a cue: to the direct statement that it goes on with, else as one of the same speaker."""
    ranges = quotation_ranges(index, layout)
    current = next((draft for draft in drafts if draft.head == before.head and draft.match is before.match), before)
    if current.rule in QUOTED_RULES:
        joined = replace(current, ranges=(*current.ranges, *ranges))
        return [joined if draft is current else draft for draft in drafts]
    return [*drafts, Draft(ranges, current.source, "continued_turn", inherited=True, links=current.links)]


def _unclaimed(index: int, reason: str, layout: Layout) -> Skipped:
    span = layout.quotations[index].span
    return Skipped(span.text, STEP, reason, span.start, span.stop)


def _build(draft: Draft, layout: Layout) -> tuple[Statement, list[Evidence]]:
    """Return the record of a draft, and a row of evidence for each of its fields."""
    content, kind = _content(draft, layout)
    identity = record_id("s", layout.article.id, positions(content))
    spoken, channel, rule = _channel(draft, layout)
    via = tuple(_via(draft, layout))
    factuality = _factuality(draft, layout)
    targets = _targets(draft, layout)
    if channel is None and any(is_outlet(target, layout) for target in targets):
        channel, rule = "interview", "told_an_outlet"
    statement = Statement(
        id=identity,
        kind=kind,
        content=content,
        source=_source(draft, layout),
        targets=targets,
        cue=_cue_span(draft, layout),
        via=via,
        channel=channel,
        hedges=factuality.hedges,
        when=_of_cue(draft, layout, "readout.extract.dates", "time_of"),
        where=_of_cue(draft, layout, "readout.extract.places", "place_of"),
        factuality=factuality.value,
    )
    channel_span = spoken.span(layout) if spoken is not None else None
    return statement, list(evidence_of(statement, draft, factuality, (channel_span, rule), layout))


def _content(draft: Draft, layout: Layout) -> tuple[tuple[TextSpan, ...], StatementKind]:
    """Return the content's spans, outer quotation marks left out when all of it stands in them."""
    depth = layout.quotations[layout.inner[draft.head]].depth + 1 if draft.match and layout.quoted(draft.head) else 0
    spans, direct, quoted = [], True, False
    for start, stop in draft.ranges:
        span = TextSpan.of(layout.article, layout.doc[start:stop])
        for quotation in layout.quotations:
            if quotation.depth == depth and quotation.span.overlaps(span):
                quoted = True
                if quotation.span.contains(span) and quotation.span.start >= span.start:
                    span = quotation.inner
                elif not quotation.inner.contains(span):
                    whole = quotation.span
                    span = layout.article.span(min(span.start, whole.start), max(span.stop, whole.stop))
        spans.append(span)
        direct = direct and any(q.inner == span for q in layout.quotations)
    kind = StatementKind.DIRECT if direct else StatementKind.MIXED if quoted else StatementKind.INDIRECT
    return tuple(dict.fromkeys(spans)), kind


def _source(draft: Draft, layout: Layout) -> Party | None:
    found = draft.source
    if found.words is not None:
        return party(layout.doc, layout.doc[slice(*found.words)])
    source = joint_source(found.token, layout) or _party(found.token, layout)
    if source is None or found.token is None or found.token.i > draft.ranges[0][0]:
        return source
    return _up_to(layout.doc[draft.ranges[0][0]].idx, source, layout)


def _party(token: Token | None, layout: Layout, *, before: int = -1, conjuncts: bool = True) -> Party | None:
    """Return the party of a noun phrase; one that runs into the content ends `before` it."""
    if token is None:
        return None
    start, stop = noun_phrase(token, layout, conjuncts=conjuncts)
    stop = before if token.i < before < stop else stop
    return party(layout.doc, layout.doc[start:stop])


def _cue_span(draft: Draft, layout: Layout) -> TextSpan | None:
    if draft.match is None:
        return None if draft.label is None else TextSpan.of(layout.article, layout.doc[draft.label : draft.label + 1])
    start, stop = draft.match.head.i, draft.match.stop
    if any(start < index < stop for index in iterate(draft.ranges)):
        stop = start + 1
    return TextSpan.of(layout.article, layout.doc[start:stop])


def _targets(draft: Draft, layout: Layout) -> tuple[Party, ...]:
    """Return who is addressed or asked: an object, its conjuncts, or who should act in "demanded that X ..."."""
    asked = draft.asked
    if asked is None and draft.cue is not None and draft.cue.cls == "demand" and draft.rule == "that_clause":
        asked = _actor_in_clause(draft, layout)
    if asked is None or names_time(asked) or asked == draft.source.through:
        return ()
    others = [child for child in asked.children if child.dep_ == "conj"]
    joined = any(child.dep_ == "cc" for other in others for child in other.children)
    heads = [asked, *(others if joined else ())]
    found = (_party(head, layout, before=draft.ranges[0][0], conjuncts=False) for head in heads)
    ends = layout.doc[draft.ranges[0][0]].idx
    return tuple(dict.fromkeys(_up_to(ends, one, layout) for one in found if one is not None))


def _up_to(end: int, target: Party, layout: Layout) -> Party:
    """Return a party whose words end where the content starts: "reminded voters [that the tax had risen]"."""
    if not target.span.start < end < target.span.stop:
        return target
    kept = TextSpan.trimmed(layout.article, target.span.start, end)
    return replace(target, span=kept) if kept is not None else target


def _actor_in_clause(draft: Draft, layout: Layout) -> Token | None:
    start, stop = draft.ranges[0]
    if layout.words[start] in QUESTIONS:
        return None
    for index in range(start, min(stop, start + 8)):
        token = layout.doc[index]
        if token.dep_ in {"nsubj", "nsubj:pass"} and word_class(token) in {"PROPN", "NOUN"}:
            found = _party(token, layout)
            return token if word_class(token) == "PROPN" or (found is not None and found.actor is not None) else None
    return None


def _via(draft: Draft, layout: Layout) -> Iterator[Party]:
    for link in draft.links:
        found = _party(link.source.token, layout)
        if found is not None:
            yield replace(found, channel=_link_channel(link.match, link.source, layout))


def _link_channel(match: CueMatch, source: Found, layout: Layout) -> str | None:
    if source.through is not None:
        return channel_of_noun(source.through)
    _, stop = layout.sentence[match.head.i]
    end = next((i for i in range(match.stop, stop) if layout.doc[i].text in {",", ";"}), stop)
    spoken = next(channels_in(range(match.stop, end), layout), None)
    return spoken.channel.id if spoken is not None else None


def channel_of_noun(noun: Token) -> str | None:
    """Return the channel that an utterance's noun names: "statement", "letter"."""
    words = {noun.lower_, noun.lemma_.lower()}
    return next((channel.id for channel in channels() if any(w[-1] in words for w in channel.words)), None)


def _channel(draft: Draft, layout: Layout) -> tuple[Spoken | None, str | None, str]:
    """Return where or through what the source speaks, and by which rule."""
    if draft.match is None:
        return None, None, "channel"
    carrier = _carrier(draft)
    if carrier is not None and (named := channel_of_noun(carrier)) is not None:
        return None, named, "channel.utterance"
    spoken = next(channels_in(_around_cue(draft, layout), layout), None)
    if spoken is None:
        return None, None, "channel"
    if spoken.channel.generic:
        return spoken, _meant(spoken, layout), "channel.points_back" if spoken.points_back else "channel.generic"
    return spoken, spoken.channel.id, "channel.phrase"


def _carrier(draft: Draft) -> Token | None:
    """Return the utterance that speaks for its owner: "a statement saying", "Iran's letter warned"."""
    if draft.source.through is not None:
        return draft.source.through
    head = draft.match.head if draft.match is not None else None
    if head is None:
        return None
    if head.dep_ in {"acl", "acl:relcl"} and head.head.lemma_.lower() in UTTERANCES:
        return head.head
    if head.tag_ == "VBG" and head.i and head.nbor(-1).lemma_.lower() in UTTERANCES:
        return head.nbor(-1)
    return head if draft.cue is not None and draft.cue.kind == "nouns" and head.lemma_.lower() in UTTERANCES else None


def _around_cue(draft: Draft, layout: Layout) -> list[int]:
    """Return the tokens around a cue in which its channel can stand: outside what is said, and who relays it."""
    start, stop = layout.sentence[draft.head]
    if draft.rule in {"parenthetical", "quotation_then_cue"}:
        start, stop = draft.clause
    relays = [range(link.match.head.i, stop) for link in draft.links if link.match.head.i > draft.head]
    cut = [range(a, b) for rule, a, b in draft.cut if rule == "occasion"]
    covered = set(iterate(draft.ranges))
    indices = [i for i in range(start, stop) if i not in covered and not any(i in relay for relay in relays)]
    indices = [i for i in indices if layout.outer[i] == layout.outer[draft.head]]
    return sorted({*indices, *(i for piece in cut for i in piece)})


def _meant(spoken: Spoken, layout: Layout) -> str:
    """Return what "the talk" points back to: the conversation named last before it, else first after it."""
    named = [
        found
        for index in range(len(layout.doc))
        if (found := channel_at(index, layout)) is not None
        and found.channel.conversation
        and not found.channel.generic
        and found.channel.id != "meeting"
    ]
    before = [found for found in named if found.start < spoken.start]
    chosen = before[-1] if before else named[0] if named else None
    return chosen.channel.id if chosen is not None else spoken.channel.id


def _factuality(draft: Draft, layout: Layout) -> Factuality:
    """Return how certain the content is to its source, and what hedges the content or the saying of it."""
    doc = layout.doc
    start, stop = draft.ranges[0]
    root = doc[start:stop].root
    cue_head = draft.match.head if draft.match is not None else None
    of_content = factuality_of(doc, root, relative_to=cue_head)
    on_cue = (*hedges_on(doc, cue_head), *unsaid(doc, cue_head)) if cue_head is not None else ()
    causes = (*of_content.evidence, *on_cue)
    rules = [cause.rule for cause in causes]
    if draft.cue is not None:
        rules += _rules_of_cue(draft.cue.cls, negative=draft.cue.negative)
    hedges = tuple(sorted({*of_content.hedges, *(cause.span for cause in on_cue)}))
    return Factuality(combine(rules), hedges, causes, of_content.score)


def _rules_of_cue(cls: str, *, negative: bool) -> list[HedgeRule]:
    """Return what the cue itself does: a demand or intention leaves its content open, a denial turns it."""
    found = [HedgeRule("hedge.cue_polarity", frozenset(), "CT", negative=True)] if negative else []
    if cls in {"demand", "intention"}:
        found.append(HedgeRule("hedge.cue_class", frozenset(), "Uu"))
    elif cls == "belief":
        found.append(HedgeRule("hedge.cue_class", frozenset(), "PR"))
    return found


def _of_cue(draft: Draft, layout: Layout, module: str, name: str) -> Any:
    """Return the time or place of saying, by the component that finds those."""
    finder = _optional(module, name)
    return finder(layout.doc, draft.match.head) if finder is not None and draft.match is not None else None


@cache
def _optional(module: str, name: str) -> Any:
    try:
        return getattr(import_module(module), name, None)
    except ModuleNotFoundError:
        return None


def _inside(drafts: list[Draft], ids: list[str], layout: Layout) -> list[str | None]:
    """Return, for each draft, the statement whose words its cue stands in: the smallest one."""
    parents: list[str | None] = []
    for draft in drafts:
        around = [
            (sum(stop - start for start, stop in other.ranges), identity)
            for other, identity in zip(drafts, ids, strict=True)
            if other is not draft and (draft.match is not None or draft.label is not None) and other.covers(draft.head)
        ]
        parents.append(min(around)[1] if around else None)
    return parents


def _first_of_each(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Return the statements without those that have another's very content, and so its id."""
    by_id: dict[str, Statement] = {}
    for statement in statements:
        by_id.setdefault(statement.id, statement)
    return tuple(by_id.values())
