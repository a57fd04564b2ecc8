"""Leave out what nobody says: captions and links, what a thing "says", what is merely due."""

from readout.extract.drafts import Draft
from readout.extract.layout import Layout
from readout.extract.reasons import QUOTED_RULES, STEP
from readout.extract.things import caption_rule, is_thing, things
from readout.provenance import Skipped, TextSpan


def said_by_someone(drafts: list[Draft], layout: Layout) -> tuple[list[Draft], list[Skipped]]:
    """Return the drafts that somebody says, and the others with the reason why nobody does."""
    kept: list[Draft] = []
    skipped: list[Skipped] = []
    captions: dict[int, str | None] = {}
    for draft in drafts:
        number = layout.paragraph[draft.head]
        if number not in captions:
            start, stop = layout.paragraph_bounds(draft.head)
            captions[number] = caption_rule(layout.doc[start:stop].text)
        reason = _why_nobody(draft, captions[number])
        if reason is None:
            kept.append(draft)
        else:
            span = TextSpan.of(layout.article, layout.doc[slice(*draft.ranges[0])])
            skipped.append(Skipped(span.text[:60], STEP, reason, span.start, span.stop))
    return kept, skipped


def _why_nobody(draft: Draft, caption: str | None) -> str | None:
    """Return why nobody has said this, if so."""
    if caption is not None:
        return f"a caption, a credit or a link ({caption})"
    token = draft.source.token
    if token is None:
        return "what is required, of nobody in particular" if _is_due(draft) else None
    speaks = draft.source.words is not None or draft.rule in QUOTED_RULES or not is_thing(token)
    return None if speaks else f"“{token.text}” cannot say anything"


def _is_due(draft: Draft) -> bool:
    """Does a passive tell what a rule demands: "is required to pay", not what somebody may: "would be required"?"""
    if draft.match is None or draft.cue is None or draft.rule != "asked_passive":
        return False
    supposed = any(child.tag_ == "MD" for child in draft.match.head.children)
    return draft.cue.words[0] in things().obliging and not supposed
