"""Find when: the time expressions of an article with their TIMEX3 values, and the one that belongs to a verb."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from readout.annotations import annotate, article_of, register, times_of
from readout.extract.calendars import NARRATIVE_YEARS, Setting, TimeValue, day_of, reference_day
from readout.extract.tenses import clause_head, is_verb, tense_at
from readout.extract.timevalues import value_of
from readout.extract.timex import Found, find
from readout.provenance import Evidence, TextSpan, record_id
from readout.records import Article, When

STEP = "extract.times"
DATELINE_RULE = "date.dateline"
BEFORE = re.compile(r"\b(since|from|until|till|through|between)\s+(?:about |around |at least )?$", re.IGNORECASE)
BETWEEN_ENDS = re.compile(r"\s*(?:to|and|through|until|till|[-–—])\s*", re.IGNORECASE)
SENTENCE_END = re.compile(r"[.!?][\"”’)]?\s+[\"“‘(]?[A-Z]")
BLANK_LINE = re.compile(r"\n\s*\n")
PARTING = frozenset({"VBD", "VBZ", "VBP", "MD", "VB", "VBN"})
REACH = 20  # words after a verb in which a time may be its own
NEARBY = 300  # characters within which an earlier date is still what "that year" or "in October" speaks of
TIME_DEPS = frozenset({"obl", "advmod", "nmod", "dep"})
SUBCLAUSE_DEPS = frozenset({"ccomp", "advcl", "acl", "acl:relcl", "parataxis", "csubj", "conj"})


@Language.factory(
    "readout_times",
    requires=[],
    assigns=["doc._.readout_times", "doc._.readout_evidence"],
)
def make_times(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Return the component that writes the time expressions of a Doc."""
    register()
    return add_times


def add_times(doc: Doc) -> Doc:
    """Write the time expressions of a Doc, with evidence for their values or for why there is none."""
    article = article_of(doc)
    valued = [*dateline_times(article), *text_times(doc, article)]
    times = [record(article, found, value) for found, value in valued]
    proof = [
        Evidence(when.id, "value", when.value, when.span, STEP, rule=found.rule.id, reason=when.reason)
        for when, (found, _) in zip(times, valued, strict=True)
    ]
    annotate(doc, times=sorted(times, key=lambda when: (when.span.start, when.span.stop)), evidence=proof)
    return doc


def record(article: Article, found: Found, value: TimeValue) -> When:
    """Return an expression and its value as a record."""
    return When(
        id=record_id("t", article.id, found.start, found.stop),
        span=TextSpan.within(article, found.start, found.stop),
        type=value.type,
        value=value.value,
        since=value.since,
        until=value.until,
        zone=value.zone,
        also=value.also,
        reason=value.reason,
    )


def dateline_times(article: Article) -> Iterator[tuple[Found, TimeValue]]:
    """Yield the expressions of a dateline that stands outside the body ("KYIV, Jan. 26 (Agency) -")."""
    line = article.dateline
    if line is None or article.text[line.start : line.stop] != line.text:
        return
    setting = Setting(published=published_day(article))
    for found in find(article.text, line.start, line.stop):
        value = value_of(found, setting)
        if value is not None:
            yield replace(found, rule=replace(found.rule, id=DATELINE_RULE)), value


def published_day(article: Article) -> date | None:
    """Return the day of publication."""
    return day_of(article.published)


def text_times(doc: Doc, article: Article) -> list[tuple[Found, TimeValue]]:
    """Return the expressions of what is read of the article, each valued in its surroundings."""
    text = doc.text
    outside = article.dateline
    telling = Telling(doc, text, published_day(article))
    for found in find(text):
        if BLANK_LINE.search(text, found.start, found.stop):
            continue
        if outside is not None and found.start < outside.stop and outside.start < found.stop:
            continue
        telling.add(found)
    return joined_ends(text, telling.with_clocks())


@dataclass(slots=True)
class Telling:
    """The dates of a text in the order in which it tells of them: what "that year" and "in October" go by."""

    doc: Doc
    text: str
    published: date | None
    told: list[tuple[Found, TimeValue]] = field(default_factory=list)
    clocks: list[Found] = field(default_factory=list)

    def add(self, found: Found) -> None:
        """Value an expression by those before it; times of day wait for the dates after them."""
        if found.rule.make in {"clock", "part"}:
            self.clocks.append(found)
            return
        value = value_of(found, self.setting(found))
        if value is not None:
            self.told.append((found, value))

    def setting(self, found: Found) -> Setting:
        """Return what surrounds an expression."""
        references = self.references(found)
        tense = tense_at(self.doc, found.start, found.stop) if found.rule.make in TENSED else None
        last = references[0] if references else None
        return Setting(self.published, tense, references, self.is_narrative(last), zone_of=zone_of)

    def references(self, found: Found) -> tuple[str, ...]:
        """Return the values of the dates named shortly before, the last first."""
        values = []
        for before, value in reversed(self.told):
            if found.start - before.stop > NEARBY:
                break
            if value.type in {"DATE", "TIME"} and reference_day(value.value)[0]:
                values.append(str(value.value))
        return tuple(values)

    def is_narrative(self, reference: str | None) -> bool:
        """Does the text tell of an earlier year, month by month?"""
        day, grain = reference_day(reference)
        return bool(
            day and grain in {"D", "M", "W"} and self.published and day.year <= self.published.year - NARRATIVE_YEARS
        )

    def with_clocks(self) -> list[tuple[Found, TimeValue]]:
        """Return all expressions in order, the times of day valued by the days around them."""
        timed = []
        for found in self.clocks:
            tense = tense_at(self.doc, found.start, found.stop)
            value = value_of(found, Setting(self.published, tense, day_nearby=self.day_nearby(found)))
            if value is not None:
                timed.append((found, value))
        return sorted([*self.told, *timed], key=lambda pair: pair[0].start)

    def day_nearby(self, clock: Found) -> str | None:
        """Return the day named nearest to a time of day: in its sentence on either side, else shortly before."""
        days = [(found, str(value.value)[:10]) for found, value in self.told if day_of(value.value)]
        text = self.text
        same = [(gap(clock, found), day) for found, day in days if not parted(text, clock, found)]
        if same:
            return min(same)[1]
        before = [(gap(clock, found), day) for found, day in days if 0 < clock.start - found.stop < NEARBY]
        return min(before)[1] if before else None


TENSED = frozenset(
    {"weekday", "calendar", "month", "season", "quarter", "holiday", "two-zones", "range", "anaphoric-distance"}
)


def gap(one: Found, other: Found) -> int:
    """Return how many characters lie between two expressions."""
    return max(one.start - other.stop, other.start - one.stop, 0)


def parted(text: str, one: Found, other: Found) -> bool:
    """Does a sentence end between two expressions?"""
    left, right = sorted((one, other), key=lambda found: found.start)
    if right.start - left.stop > NEARBY:
        return True
    between = text[max(left.stop - 1, 0) : right.start]
    return "\n" in between or SENTENCE_END.search(between) is not None


def joined_ends(text: str, valued: list[tuple[Found, TimeValue]]) -> list[tuple[Found, TimeValue]]:
    """Return the expressions with the stretches that they bound: since 2014, from 2009 to 2011, until May."""
    joined = list(valued)
    for index, (found, value) in enumerate(valued):
        word = BEFORE.search(text, max(0, found.start - 25), found.start)
        if word is None or value.type not in {"DATE", "TIME"} or value.value is None or value.since:
            continue
        kind = word[1].lower()
        if kind in {"until", "till", "through"}:
            joined[index] = (found, replace(joined[index][1], until=value.value))
            continue
        other = partner(text, valued, index)
        if other is not None:
            joined[index] = (found, replace(value, since=value.value, until=other.value))
            joined[index + 1] = (valued[index + 1][0], replace(other, since=value.value, until=other.value))
        elif kind == "since":
            joined[index] = (found, replace(value, since=value.value))
    return joined


def partner(text: str, valued: list[tuple[Found, TimeValue]], index: int) -> TimeValue | None:
    """Return the other end of a stretch that begins with an expression: "from 2009 to 2011"."""
    if index + 1 == len(valued):
        return None
    found, (after, value) = valued[index][0], valued[index + 1]
    if value.value is None or value.type not in {"DATE", "TIME"}:
        return None
    return value if BETWEEN_ENDS.fullmatch(text, found.stop, after.start) else None


def zone_of(place: str) -> str | None:
    """Return the IANA time zone of a place."""
    from readout.extract import gazetteer  # noqa: PLC0415  (loads its index only when a text names a second zone)

    return gazetteer.zone_of(place)


def time_of(doc: Doc, tokens: Span | Token) -> When | None:
    """Return the time expression that belongs to a verb or clause: among its dependents, else nearest in its clause."""
    head = tokens.root if isinstance(tokens, Span) else tokens
    times = [when for when in times_of(doc) if when.type in {"DATE", "TIME"}]
    sentence = head.sent
    here = [when for when in times if sentence.start_char <= when.span.start < sentence.end_char]
    if not here:
        return None
    depending = [when for when in here if depends(doc, when, head)]
    verb = clause_head(head)
    clause = [when for when in here if same_clause(doc, when, verb)]
    return nearest(depending, head) or nearest(clause, head) or following(doc, head, here)


def following(doc: Doc, head: Token, times: list[When]) -> When | None:
    """Return the first time after a verb with no finite verb between, which the parser may have hung elsewhere."""
    after = [when for when in times if when.span.start > head.idx]
    first = min(after, key=lambda when: when.span.start, default=None)
    words = doc.char_span(first.span.start, first.span.stop, alignment_mode="expand") if first else None
    if words is None or not is_verb(head) or words.start - head.i > REACH:
        return None
    between = doc[head.i + 1 : words.start]
    return None if any(token.tag_ in PARTING for token in between) else first


def depends(doc: Doc, when: When, head: Token) -> bool:
    """Does the expression hang on the word as its time?"""
    words = doc.char_span(when.span.start, when.span.stop, alignment_mode="expand")
    return words is not None and words.root.head.i == head.i and words.root.dep_.split(":")[0] in TIME_DEPS


def same_clause(doc: Doc, when: When, head: Token) -> bool:
    """Does no clause of its own lie between the expression and the word?"""
    words = doc.char_span(when.span.start, when.span.stop, alignment_mode="expand")
    if words is None:
        return False
    token = words.root
    while token.i != head.i:
        if token.dep_ in SUBCLAUSE_DEPS or token.head.i == token.i:
            return False
        token = token.head
    return True


def nearest(times: list[When], head: Token) -> When | None:
    """Return the expression nearest to a word."""
    return min(times, key=lambda when: abs(when.span.start - head.idx), default=None)
