"""Follow words outwards to the reader: who relayed them, and what a relayer added that nobody said."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from readout.extract.attribution import Spoken, channel_at
from readout.extract.cues import CueMatch, forms
from readout.extract.drafts import DASHES, Draft, Link, without
from readout.extract.layout import Layout
from readout.extract.nominals import FINITE_TAGS, Range, trimmed
from readout.extract.sources import Found, source_of
from readout.extract.wordclasses import word_class

READINGS = frozenset({"referring", "alluding", "hinting", "nodding", "gesturing"})
SAID_BESIDES = frozenset(
    {"say", "tell", "add", "note", "call", "describe", "warn", "urge", "ask", "stress", "insist", "argue",
     "claim", "accuse", "point", "cite", "declare", "explain", "acknowledge", "emphasize", "vow", "promise",
     "label", "dub", "write", "criticize", "deny", "encourage", "reply", "respond", "announce", "remark",
     "observe", "state", "reiterate", "concede", "admit", "suggest", "lament", "complain",
     "praise", "condemn", "reject", "thank"}
)  # fmt: skip
JOINTS = DASHES | {",", ";", "and", "but", "or", "yet", "nor", "&", "though", "although", "while", "whereas"}
TURNS_OF_SPEECH = frozenset({"though", "although", "while", "whereas", "but"})
SAME_TENSE = {
    "VBN": frozenset({"VBD", "VBP", "VBZ"}),
    "VBP": frozenset({"VBP", "VBZ"}),
    "VBZ": frozenset({"VBP", "VBZ"}),
}
CUE_AFTER = frozenset({"parenthetical", "quotation_then_cue"})
QUOTING = frozenset({"quote", "cite"})
OCCASIONS = frozenset(
    {"statement", "interview", "news conference", "post", "letter", "testimony", "email", "conversation"}
)


def chained(drafts: list[Draft], matches: list[CueMatch], layout: Layout) -> list[Draft]:
    """Return the drafts with the links of their chains; a draft that only relays another becomes such a link."""
    drafts = _quoted_as(drafts, matches, layout)
    relays = {relay.head: inner for relay in drafts for inner in drafts if _relays(relay, inner, layout)}
    linked = []
    for draft in drafts:
        if draft.head in relays:
            continue
        outer = sorted((r for r in drafts if r.head in relays and _relays(r, draft, layout)), key=lambda r: r.head)
        links = tuple(Link(r.match, r.source) for r in outer if r.match is not None)
        linked.append(replace(draft, links=(*draft.links, *links)))
    return _according([draft for draft in linked if not _is_reading(draft, linked, layout)], matches, layout)


def _is_reading(draft: Draft, drafts: list[Draft], layout: Layout) -> bool:
    """Is this a relayer's reading of somebody's words: ", apparently referring to the talks"?"""
    doc, head = layout.doc, draft.head
    if doc[head].lower_ not in READINGS or head < 2:
        return False
    comma = doc[head - 1].text == "," or doc[head - 2].text == ","
    return comma and any(
        other is not draft and layout.sentence[other.head] == layout.sentence[head] for other in drafts
    )


def _relays(relay: Draft, inner: Draft, layout: Layout) -> bool:
    """Is all that this draft reports another's statement with its cue: "…, Ona told Ruiz, the ministry said"?"""
    if relay is inner or relay.rule != "parenthetical" or inner.match is None or layout.quoted(inner.head):
        return False
    if _is_aside(inner, layout):
        return False
    same = layout.sentence[relay.head] == layout.sentence[inner.head]
    return (
        same
        and relay.covers(inner.head)
        and inner.rule in {"quotation_then_cue", "parenthetical", "that_clause"}
        and (inner.rule != "that_clause" or relay.head > inner.ranges[-1][1])
    )


def _is_aside(draft: Draft, layout: Layout) -> bool:
    """Does an outlet put this into a relative clause of its own: ", whom Oslo says was a spy,"?"""
    start = draft.ranges[0][0]
    return start > 0 and layout.doc[start].tag_ in {"WP", "WDT"} and layout.doc[start - 1].text == ","


def _quoted_as(drafts: list[Draft], matches: list[CueMatch], layout: Layout) -> list[Draft]:
    """Turn "the statement quoted Ona as saying" into a statement of Ona's, relayed by whose statement it is."""
    by_head = {match.head.i: match for match in matches}
    found = []
    quoting: set[int] = set()
    for draft in drafts:
        match = draft.match
        governor = match.head.head if match is not None else None
        if match is None or governor is None or governor.lemma_.lower() not in QUOTING or governor == match.head:
            found.append(draft)
            continue
        quoting.add(governor.i)
        relay = by_head.get(governor.i)
        source = source_of(relay, layout) if relay is not None else None
        named = relay is not None and source is not None and source.token is not None
        link = (Link(relay, source),) if named and relay is not None and source is not None else ()
        found.append(replace(draft, links=(*draft.links, *link)))
    return [draft for draft in found if draft.head not in quoting]


def _according(drafts: list[Draft], matches: list[CueMatch], layout: Layout) -> list[Draft]:
    """Add "according to X": a link of the statements in its sentence, else X's own statement."""
    used = {draft.head for draft in drafts}
    for match in matches:
        if match.cues[0].kind != "prepositions" or match.head.i in used:
            continue
        source = source_of(match, layout)
        if source.token is None:
            continue
        phrase = phrase_of(match, layout)
        bounds = layout.sentence[match.head.i]
        reported = [
            d for d in drafts if bounds[0] <= d.head < bounds[1] and _is_outer(d, drafts) and d.match is not None
        ]
        if layout.quoted(match.head.i):
            continue
        if reported and match.cues[0].words[0] != "citing":
            link = Link(match, source)
            drafts = [_with_link(d, link, phrase, layout) if d in reported else d for d in drafts]
        elif not reported:
            ranges = trimmed(tuple(_clause_around(phrase, bounds, layout)), layout)
            if ranges:
                drafts = [*drafts, Draft(ranges, source, "according_to", match, match.cues[0], clause=phrase)]
    return drafts


def _is_outer(draft: Draft, drafts: list[Draft]) -> bool:
    return not any(other is not draft and other.covers(draft.head) for other in drafts)


def _with_link(draft: Draft, link: Link, phrase: Range, layout: Layout) -> Draft:
    ranges = trimmed(tuple(_minus(draft.ranges, phrase)), layout)
    return replace(draft, links=(*draft.links, link), ranges=ranges or draft.ranges)


def _minus(ranges: tuple[Range, ...], phrase: Range) -> Iterator[Range]:
    for start, stop in ranges:
        if phrase[0] >= stop or phrase[1] <= start:
            yield start, stop
            continue
        if start < phrase[0]:
            yield start, phrase[0]
        if phrase[1] < stop:
            yield phrase[1], stop


def phrase_of(match: CueMatch, layout: Layout) -> Range:
    """Return the tokens of "according to X, who ...", up to the next comma that ends it."""
    doc = layout.doc
    stop = layout.sentence[match.head.i][1]
    index = match.stop
    while index < stop and doc[index].text not in {",", ";", ":"} | DASHES and not layout.quoted(index):
        index += 1
    if index < stop and doc[index].text == "," and index + 1 < stop and doc[index + 1].tag_ in {"WP", "DT", "WDT"}:
        end = next((i for i in range(index + 1, stop) if doc[i].text == ","), stop)
        index = end if doc[index + 1].tag_ != "DT" or end < stop else index
    return match.head.i, index


def _clause_around(phrase: Range, bounds: Range, layout: Layout) -> Iterator[Range]:
    """Yield what "according to X" bears on: the clause before it, or after it when it opens the sentence."""
    first, last = bounds
    before = [i for i in range(first, phrase[0]) if not layout.doc[i].is_punct and not layout.doc[i].is_space]
    if len(before) > 1:
        yield first, phrase[0]
        rest = [i for i in range(phrase[1], last) if not layout.doc[i].is_punct]
        if rest and not any(layout.doc[i].tag_ in FINITE_TAGS for i in range(first, phrase[0])):
            yield phrase[1], last
    elif phrase[1] < last:
        yield phrase[1], last


def without_readings(draft: Draft, layout: Layout) -> Draft:
    """Return the draft without what the one who relays it adds: readings, glosses, and the occasion of speaking."""
    if draft.rule in {"quotation_then_cue", "cue_then_quotation"} or not draft.ranges:
        return draft
    for cutter in (_reading, _said_besides, _gloss, _occasion):
        start, stop = draft.ranges[-1]
        found = cutter(draft, start, stop, layout)
        if found is not None and found[1] > start:
            rule, at = found
            ranges = trimmed((*draft.ranges[:-1], (start, at)), layout)
            draft = without(draft, ranges, (rule, at, stop)) if ranges else draft
    return draft


def _reading(draft: Draft, start: int, stop: int, layout: Layout) -> tuple[str, int] | None:
    """Find ", apparently referring to ..." and ", in an apparent reference to ..."."""
    doc = layout.doc
    for index in range(start + 1, stop - 1):
        if layout.words[index] != "," or layout.outer[index] != layout.outer[draft.head]:
            continue
        words = [doc[i].lower_ for i in range(index + 1, min(index + 5, stop))]
        if words[0] in READINGS or (len(words) > 1 and words[1] in READINGS):
            return "relayer_reading", index
        if words[:1] == ["in"] and "reference" in words:
            return "relayer_reading", index
    return None


def _said_besides(draft: Draft, start: int, stop: int, layout: Layout) -> tuple[str, int] | None:
    """Find a participle that reports something else of the same source: ", adding that ...", ", calling it ..."."""
    doc = layout.doc
    for index in range(start + 1, stop - 2):
        if layout.words[index] not in JOINTS:
            continue
        after = _after_comma(index, draft, layout)
        if after is not None and after + 1 < stop:
            following = doc[after] if doc[after].tag_ != "RB" else doc[after + 1]
            if following.tag_ == "VBG" and forms("verbs").get(following.lower_) in SAID_BESIDES:
                return "said_besides", index if after == index + 1 else after
        if doc[index].tag_ == "CC" and layout.outer[index] == layout.outer[draft.head] and draft.match is not None:
            following = doc[index + 1] if doc[index + 1].tag_ != "RB" else doc[index + 2]
            same_tense = following.tag_ == tense_of(draft.match.head) and following.tag_ in FINITE_TAGS | {"VBG"}
            if same_tense and forms("verbs").get(following.lower_) in SAID_BESIDES:
                return "said_besides", index
            if same_tense and doc[index].lower_ == "but" and doc[index + 1].lower_ in {"did", "does", "do"}:
                return "said_besides", index
        if _opens_report(index, stop, draft, layout):
            return "another_speaker", index
    return None


def _after_comma(index: int, draft: Draft, layout: Layout) -> int | None:
    """Return the word after a comma outside marks, or after one that closes them: "that “it is over,” [adding]"."""
    if layout.words[index] != ",":
        return None
    if layout.outer[index] == layout.outer[draft.head]:
        return index + 1
    closes = layout.doc[index + 1].is_quote and layout.outer[index + 2] == layout.outer[draft.head]
    return index + 2 if closes else None


def tense_of(verb: Token) -> str:
    """Return the tag of a verb's tense, its auxiliary's in "is telling"."""
    finite = (child.tag_ for child in verb.children if child.dep_ in {"aux", "cop", "aux:pass"} and child.tag_ != "MD")
    tag = verb.tag_ if verb.tag_ in FINITE_TAGS else next((one for one in finite if one in FINITE_TAGS), verb.tag_)
    return "VBD" if verb.tag_ == "VBN" and tag in {"VBZ", "VBP"} else tag


def _opens_report(index: int, stop: int, draft: Draft, layout: Layout) -> bool:
    """Does a clause start after this word in which somebody reports again: ", though she noted", "; the union said"?"""
    doc, token = layout.doc, layout.doc[index]
    if layout.outer[index] != layout.outer[draft.head] or draft.match is None:
        return False
    if token.tag_ != "CC" and token.lower_ not in TURNS_OF_SPEECH and token.text not in {",", ";"} | DASHES:
        return False
    start = index + 1
    while start < stop and (doc[start].tag_ == "CC" or doc[start].lower_ in TURNS_OF_SPEECH):
        start += 1
    joined = start > index + 1 or token.text not in {","} | DASHES
    return joined and _another_speaks(start, stop, tense_of(draft.match.head), layout)


def _another_speaks(start: int, stop: int, tag: str, layout: Layout) -> bool:
    """Does a clause start here in which somebody says something: "the union accused the firm", "he later added"?"""
    doc = layout.doc
    for index in range(start, min(start + 7, stop)):
        token = doc[index]
        if index > start and token.tag_ in FINITE_TAGS and word_class(token) != "AUX":
            return token.tag_ in SAME_TENSE.get(tag, {tag}) and forms("verbs").get(token.lower_) in SAID_BESIDES
        if word_class(token) not in {"NOUN", "PROPN", "DET", "ADJ", "PRON", "ADV"} or layout.quoted(index):
            return False
        if token.tag_ in {"WP", "WDT", "WRB"}:
            return False
    return False


def with_shared_sources(drafts: list[Draft]) -> list[Draft]:
    """Give what was said besides ("..., adding that", "... and warned that") the source of the statement before it."""
    sources: dict[int, Found] = {}
    said = {draft.clause[1]: draft.source for draft in drafts if draft.rule in CUE_AFTER and draft.source.token}
    for draft in drafts:
        if draft.match is not None and draft.match.head.tag_ == "VBG":
            words = draft.match.head.doc
            comma = next((i for i in (draft.head - 1, draft.head - 2) if i in said and words[i].text == ","), None)
            if comma is not None:
                sources[draft.head] = said[comma]
        for rule, start, _ in draft.cut:
            if rule == "said_besides" and draft.source.token is not None:
                sources.update(dict.fromkeys(range(start, start + 4), draft.source))
    return [replace(draft, source=sources[draft.head]) if draft.head in sources else draft for draft in drafts]


def _gloss(draft: Draft, start: int, stop: int, layout: Layout) -> tuple[str, int] | None:
    """Find an explanation after a dash that ends the sentence: " - a set of pacts signed in ..."."""
    doc = layout.doc
    for index in range(start + 1, stop - 2):
        if layout.words[index] not in DASHES:
            continue
        spaced = doc[index].text in DASHES and doc[index - 1].whitespace_ and doc[index].whitespace_
        if (spaced or doc[index].text == "—") and not layout.quoted(index) and doc[index + 1].lower_ in {"a", "an"}:
            closes = any(doc[i].text in DASHES and doc[i - 1].whitespace_ for i in range(index + 2, stop))
            return None if closes else ("gloss_after_dash", index)
    return None


def _occasion(draft: Draft, start: int, stop: int, layout: Layout) -> tuple[str, int] | None:
    """Find the occasion of speaking at the end of what was said: "not to retreat during his talk with Ona"."""
    spoken = last_spoken(start + 1, stop, layout)
    if spoken is None or layout.outer[spoken.start] != layout.outer[draft.head]:
        return None
    if any(layout.doc[i].tag_ in FINITE_TAGS or layout.doc[i].text in {",", ";"} for i in range(spoken.stop, stop)):
        return None
    certain = spoken.points_back or spoken.channel.id in OCCASIONS
    if (
        draft.rule == "that_clause"
        and not spoken.points_back
        and layout.doc[spoken.start - 1].tag_ in {"VBN", "VBD", "VB"}
    ):
        return None
    return ("occasion", spoken.start) if certain else None


def last_spoken(start: int, stop: int, layout: Layout) -> Spoken | None:
    """Return the last channel named in these tokens."""
    for index in range(stop - 1, start - 1, -1):
        spoken = channel_at(index, layout)
        if spoken is not None and spoken.start >= start:
            return spoken
    return None
