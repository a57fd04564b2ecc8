"""What accounts of one thing disagree about: numbers, dates, places, who said it, its wording, its substance."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from readout.group.days import days_of
from readout.group.identities import Relation
from readout.group.material import Material, names_a_day, when_of
from readout.group.occurrences import places_agree
from readout.group.wordings import Alignment, Change, align, changed_content, content_stems, letters
from readout.group.words import NEGATIONS, Word, is_content, keys_of, words_in
from readout.provenance import TextSpan
from readout.records import (
    Article,
    Background,
    Claim,
    Difference,
    DifferenceKind,
    DifferingValue,
    Event,
    Report,
    Statement,
    When,
    Where,
    Wording,
)

AROUND = 4  # words of the common text shown beside a change, so that it can be read
LONG_CUT = 12  # words that only one side has, more than these, are an omission and no denial
OTHER_WORDS = 1  # change of content in a paraphrase; with more of them it is told in other words, not otherwise
OPENING, CLOSING = frozenset('"“‘'), frozenset('"”’')
NUMBER = re.compile(r"\d")


def differences_of(claims: Iterable[Claim], material: Material) -> tuple[Difference, ...]:
    """Return the differences of the merged claims, and of what is said in explanation of one term."""
    found: list[Difference] = []
    for claim in claims:
        if len({report.article for report in claim.reports}) > 1:
            found += _of_statements(claim, material) if claim.kind == "statement" else _of_events(claim, material)
    found += _of_background(material)
    return tuple(dict.fromkeys(found))


def _of_events(claim: Claim, material: Material) -> Iterator[Difference]:
    """Yield where the reports of an event disagree."""
    events = [(report, material.events[report.record]) for report in claim.reports]
    yield from _numbers(claim, events)
    whens = [(report.article, when_of(material.reading_of[report.article], event)) for report, event in events]
    yield from _dates(claim.id, whens)
    for (first, one), (second, other) in combinations(events, 2):
        if "phone" in (one.mode, other.mode):
            continue  # a call has no place, or two
        if one.where and other.where and _places_differ(one.where, other.where):
            yield _difference(
                claim.id, DifferenceKind.PLACE, (first.article, one.where.span), (second.article, other.where.span)
            )


def _places_differ(first: Where, second: Where) -> bool:
    """Do two reports name other places? "The country" names none, and a town may lie in a region of unknown extent."""
    if not all(place.name[:1].isupper() for place in (first, second)):
        return False
    if not places_agree(first, second):
        return True
    same = first.geonames is not None and first.geonames == second.geonames
    return first.name != second.name and not same and (first.lat is None) == (second.lat is None)


def _numbers(claim: Claim, events: Sequence[tuple[Report, Event]]) -> Iterator[Difference]:
    """Yield a difference for each unit that the reports count differently."""
    by_unit: dict[str, dict[float, DifferingValue]] = {}
    for report, event in events:
        for magnitude in event.magnitude:
            values = by_unit.setdefault(magnitude.unit, {})
            values.setdefault(magnitude.value, DifferingValue(report.article, magnitude.span))
    for values in by_unit.values():
        if len({value.article for value in values.values()}) > 1:
            yield Difference(claim.id, DifferenceKind.NUMBER, tuple(values.values()))


def _dates(about: str, whens: Sequence[tuple[str, When | None]]) -> Iterator[Difference]:
    """Yield one difference with every date given, when two do not say the same."""
    given = [(article, when) for article, when in whens if when is not None and names_a_day(when)]
    distinct: list[tuple[str, When]] = []
    for article, when in given:
        if all(_dates_differ(when, other) for _, other in distinct):
            distinct.append((article, when))
    if len({article for article, _ in distinct}) > 1:
        yield Difference(about, DifferenceKind.DATE, tuple(DifferingValue(a, when.span) for a, when in distinct))


def _dates_differ(first: When, second: When) -> bool:
    """Do two time expressions name other days, or, as far as they are unresolved, other words?"""
    one, other = days_of(first), days_of(second)
    if one is None or other is None:
        named = [{key for key in keys_of(when.span.text) if is_content(key)} for when in (first, second)]
        return named[0] != named[1]
    nested = (one.first <= other.first and other.last <= one.last) or (
        other.first <= one.first and one.last <= other.last
    )
    return not nested or bool(first.also) != bool(second.also)


def _of_statements(claim: Claim, material: Material) -> Iterator[Difference]:
    """Yield where the reports of a statement differ from its canonical report."""
    canonical = next(report for report in claim.reports if report.record == claim.canonical)
    original = material.statements[claim.canonical]
    for report in claim.reports:
        if report.article != canonical.article:
            statement = material.statements[report.record]
            articles = canonical.article, report.article
            yield from _attribution(claim.id, articles, (original, statement), material)
            sides = _side(articles[0], original.content, material), _side(articles[1], statement.content, material)
            yield from _told_otherwise(_in_words(claim.id, sides, report.wording), report.wording)
    yield from _dates(claim.id, [(r.article, material.statements[r.record].when) for r in claim.reports])


def _told_otherwise(found: Iterable[Difference], wording: Wording) -> Iterator[Difference]:
    """Yield the differences in words; a paraphrase that changes content again and again is only told in other words."""
    listed = list(found)
    contents = sum(one.kind is DifferenceKind.SUBSTANCE for one in listed)
    for one in listed:
        if one.kind is not DifferenceKind.SUBSTANCE or wording is not Wording.PARAPHRASE or contents <= OTHER_WORDS:
            yield one


def _attribution(
    about: str, articles: tuple[str, str], statements: tuple[Statement, Statement], material: Material
) -> Iterator[Difference]:
    """Yield a difference when one statement is put into the mouths of two."""
    first, second = statements[0].source, statements[1].source
    if first and second and "JRN" in (first.sector, second.sector):
        return  # "..., Reuters reported": who passed the words on, where the other names who spoke them
    if first and second and material.identities.relation(first, second) is Relation.DIFFERENT:
        yield _difference(about, DifferenceKind.ATTRIBUTION, (articles[0], first.span), (articles[1], second.span))


Side = tuple[Article, Sequence[TextSpan]]


def _side(article: str, content: Sequence[TextSpan], material: Material) -> Side:
    return material.articles[article], content


def _in_words(about: str, sides: tuple[Side, Side], wording: Wording) -> Iterator[Difference]:
    """Yield each change of words between two contents, with as much around it as makes it readable."""
    if wording in {Wording.IDENTICAL, Wording.TYPOGRAPHY}:
        return
    aligned = align(words_in(sides[0][1]), words_in(sides[1][1]))
    if len(aligned.same) < 2:
        return
    for change in aligned.changes:
        kind = None if aligned.is_cut(change) else _kind(change, wording)
        if kind is not None:
            yield from _shown(about, kind, change, aligned, sides)


def _kind(change: Change, wording: Wording) -> DifferenceKind | None:
    """Return what a change of words changes; None for what one side leaves out or what carries no meaning."""
    numbers = [{w.key for w in part if NUMBER.match(w.key)} for part in (change.first, change.second)]
    if all(numbers) and numbers[0] != numbers[1]:
        return DifferenceKind.NUMBER
    if len(set(map(_negations, (change.first, change.second)))) > 1 and max(map(len, _parts(change))) <= LONG_CUT:
        return DifferenceKind.SUBSTANCE
    if not change.first or not change.second or letters(change.first) == letters(change.second):
        return None
    if wording is Wording.PARAPHRASE:
        return DifferenceKind.SUBSTANCE if changed_content(change) else None
    return DifferenceKind.WORDING if content_stems(change.first) != content_stems(change.second) else None


def _parts(change: Change) -> tuple[Sequence[Word], Sequence[Word]]:
    return change.first, change.second


def _negations(words: Sequence[Word]) -> int:
    return sum(word.key in NEGATIONS for word in words) % 2


def _shown(
    about: str, kind: DifferenceKind, change: Change, aligned: Alignment, sides: tuple[Side, Side]
) -> Iterator[Difference]:
    """Yield a change as a difference, when both sides have words to show."""
    places = _reach(change, aligned)
    first = _span(aligned.first, *places[0], sides[0])
    second = _span(aligned.second, *places[1], sides[1])
    if first is not None and second is not None:
        yield _difference(about, kind, (sides[0][0].id, first), (sides[1][0].id, second))


def _reach(change: Change, aligned: Alignment) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the words to show of both texts: the changed ones and the common ones that follow, else those before."""
    (i, j), common = change.at, set(aligned.same)
    i_stop, j_stop = i + len(change.first), j + len(change.second)
    after = 0
    while after < AROUND and (i_stop + after, j_stop + after) in common:
        after += 1
    while after and not is_content(aligned.first[i_stop + after - 1].key):
        after -= 1
    before = 0
    while not after and before < AROUND and (i - before - 1, j - before - 1) in common:
        before += 1
    return (i - before, i_stop + after), (j - before, j_stop + after)


def _span(words: Sequence[Word], start: int, stop: int, side: Side) -> TextSpan | None:
    """Return the words as a span; cut to one piece of the content when they lie in two."""
    for piece in side[1]:
        inside = [word for word in words[start:stop] if piece.start <= word.start and word.stop <= piece.stop]
        if inside:
            return _with_quotation_marks(side[0], piece, inside[0].start, inside[-1].stop)
    return None


def _with_quotation_marks(article: Article, piece: TextSpan, start: int, stop: int) -> TextSpan:
    """Return a span with the marks around its first and its last word, as far as the piece goes."""
    if start > piece.start and article.text[start - 1] in OPENING:
        start -= 1
    if (
        stop < piece.stop
        and article.text[stop] in CLOSING
        and any(mark in OPENING for mark in article.text[start:stop])
    ):
        stop += 1
    return TextSpan.within(article, start, stop)


def _of_background(material: Material) -> Iterator[Difference]:
    """Yield where two articles explain one term otherwise."""
    facts = [(reading.article.id, fact) for reading in material.readings for fact in reading.background]
    for (first, one), (second, other) in combinations(facts, 2):
        if first != second and _same_term(one, other):
            sides = _side(first, (one.span,), material), _side(second, (other.span,), material)
            yield from _in_words(one.term.text, sides, Wording.PARAPHRASE)


def _same_term(first: Background, second: Background) -> bool:
    """Do both explain the same thing, under one of its names?"""
    names = [{_name(span) for span in (fact.term, *fact.also)} for fact in (first, second)]
    return bool(names[0] & names[1])


def _name(span: TextSpan) -> str:
    keys = keys_of(span.text)
    return "".join(keys[1:] if keys[:1] in (["the"], ["a"], ["an"]) else keys)


def _difference(about: str, kind: DifferenceKind, *values: tuple[str, TextSpan]) -> Difference:
    return Difference(about, kind, tuple(DifferingValue(article, span) for article, span in values))
