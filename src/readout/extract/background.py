"""Find background: what explains a term ("a set of pacts signed in 2014 ...") and is no news."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

from readout.annotations import annotate, article_of, register
from readout.detect.parties import party
from readout.extract.backgroundrules import BE, head_noun, past_dated, rule_of, times_in
from readout.extract.backgroundterms import is_person_name, kind_of, last_named, terms
from readout.provenance import Evidence, TextSpan, record_id
from readout.records import Background

STEP = "extract.background"
DASHES = frozenset({"-", "–", "—", "--"})
QUOTES = re.compile('[“"]|``')
LONGEST = 60  # tokens of an explanation; what runs on longer is the sentence itself


@Language.factory(
    "readout_background",
    requires=["doc._.readout_times"],
    assigns=["doc._.readout_background", "doc._.readout_evidence"],
)
def make_background(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Return the component that writes the background facts of a Doc."""
    register()
    return add_background


@dataclass(frozen=True, slots=True)
class Fact:
    """An explanation found: the words of its term, its own words, other names, and the rule."""

    term: Span
    words: Span
    rule: str
    also: tuple[Span, ...] = ()
    via: Span | None = None


def add_background(doc: Doc) -> Doc:
    """Write the background facts of a Doc, with evidence for each."""
    article = article_of(doc)
    facts = list(unquoted(doc, facts_of(doc)))
    records: list[Background] = []
    proof: list[Evidence] = []
    for fact in facts:
        span = TextSpan.of(article, fact.words)
        id_ = record_id("b", article.id, span.start, span.stop)
        record = Background(
            id=id_,
            term=TextSpan.of(article, fact.term),
            span=span,
            also=tuple(TextSpan.of(article, other) for other in fact.also),
            when=tuple(times_in(doc, fact.words)),
            via=(party(doc, fact.via),) if fact.via is not None else (),
        )
        records.append(record)
        proof.extend(evidence(record, fact))
    annotate(doc, background=records, evidence=proof)
    return doc


def evidence(record: Background, fact: Fact) -> Iterator[Evidence]:
    """Yield why the words explain the term, what else it is called, and who is given as their origin."""
    yield Evidence(record.id, "span", record.span.text, record.span, STEP, rule=fact.rule)
    yield Evidence(record.id, "term", record.term.text, record.term, STEP, rule=fact.rule)
    for other in record.also:
        yield Evidence(record.id, "also", other.text, other, STEP, rule="background.also-known-as")
    for link in record.via:
        yield Evidence(record.id, "via", link.span.text, link.span, STEP, rule="background.according-to")
    if not record.via:
        yield Evidence(record.id, "via", None, None, STEP, reason="no origin is given for the explanation")


def unquoted(doc: Doc, facts: Iterator[Fact]) -> Iterator[Fact]:
    """Yield the facts outside quotation marks, one for each stretch of text: what is said there is a statement."""
    inside: set[int] | None = None
    end = 0
    for fact in facts:
        inside = quoted(doc) if inside is None else inside
        if fact.words.start >= end and fact.words.start not in inside:
            end = fact.words.end
            yield fact


def quoted(doc: Doc) -> set[int]:
    """Return the tokens inside quotation marks; a mark left open ends with its line."""
    inside: set[int] = set()
    if not QUOTES.search(doc.text):
        return inside
    is_open = False
    for token in doc:
        if "\n" in token.text:
            is_open = False
        elif token.text in {"“", "``"}:
            is_open = True
        elif token.text in {"”", "''"}:
            is_open = False
        elif token.text == '"':
            is_open = not is_open
        elif is_open:
            inside.add(token.i)
    return inside


def facts_of(doc: Doc) -> Iterator[Fact]:
    """Yield the explanations of a text in order."""
    for sentence in doc.sents:
        for term in terms(sentence):
            fact = after_term(sentence, term) or copular(sentence, term)
            if fact is not None:
                yield fact
        fact = of_description(sentence)
        if fact is not None:
            yield fact


def after_term(sentence: Span, term: Span) -> Fact | None:
    """Return what stands after a name between dashes or commas, if it explains the name."""
    doc, mark = sentence.doc, term.end
    if mark + 2 >= sentence.end or doc[mark].text not in DASHES | {","}:
        return None
    words = explanation(sentence, mark)
    if words is None:
        return None
    rule = rule_of(term, words, dashed=doc[mark].text in DASHES)
    return Fact(term, words, rule, via=according_to(sentence, words.end)) if rule else None


def explanation(sentence: Span, mark: int) -> Span | None:
    """Return the words from an opening dash or comma to the closing one."""
    doc = sentence.doc
    closing = DASHES if doc[mark].text in DASHES else frozenset({","})
    end = mark + 1
    while end < sentence.end and end - mark <= LONGEST:
        token = doc[end]
        if token.text in closing and not goes_on(doc, end):
            break
        if token.text == "," and (says_origin(doc, end) or (closing is DASHES and doc[end].text == ";")):
            break
        end += 1
    return trimmed(doc[mark + 1 : min(end, sentence.end)])


def goes_on(doc: Doc, comma: int) -> bool:
    """Does a comma stand within the explanation, before a relative clause or between digits?"""
    return comma + 1 < len(doc) and doc[comma + 1].lower_ in {"which", "who", "whose", "where"}


def says_origin(doc: Doc, comma: int) -> bool:
    """Does ", according to" follow?"""
    return comma + 2 < len(doc) and doc[comma + 1].lower_ == "according" and doc[comma + 2].lower_ == "to"


def trimmed(words: Span) -> Span | None:
    """Return some words without punctuation and line breaks at their ends."""
    start, end = words.start, words.end
    while end > start and (words.doc[end - 1].is_punct or words.doc[end - 1].is_space):
        end -= 1
    while start < end and words.doc[start].is_space:
        start += 1
    return words.doc[start:end] if end > start else None


def according_to(sentence: Span, position: int) -> Span | None:
    """Return who the sentence says that the words come from, when ", according to ..." follows them."""
    doc = sentence.doc
    if position + 3 > sentence.end or doc[position].text != "," or not says_origin(doc, position):
        return None
    end = position + 3
    while end < sentence.end and doc[end].text not in {",", ".", ";", *DASHES}:
        end += 1
    return trimmed(doc[position + 3 : end])


def copular(sentence: Span, term: Span) -> Fact | None:
    """Return "The Tarn Agreement was a deal brokered in 2006": what a named thing is or was, with its past."""
    if not all(token.is_stop or token.tag_.startswith("J") for token in sentence.doc[sentence.start : term.start]):
        return None
    also, position = other_name(sentence, term.end)
    words = predicate_words(sentence, position)
    if words is None or is_person_name(term):
        return None
    noun = head_noun(words)
    if noun is None or kind_of(noun.text) is None or not past_dated(words):
        return None
    return Fact(term, words, "background.copula", also, according_to(sentence, words.end))


def predicate_words(sentence: Span, position: int) -> Span | None:
    """Return the words after "is a", "was the" at a place in the sentence, without ", according to" at its end."""
    doc = sentence.doc
    if position + 2 >= sentence.end or doc[position].lower_ not in BE:
        return None
    if doc[position + 1].lower_ not in {"a", "an", "the"}:
        return None
    end = position + 1
    while end < sentence.end and not (doc[end].text == "," and says_origin(doc, end)):
        end += 1
    return trimmed(doc[position + 1 : end])


def other_name(sentence: Span, position: int) -> tuple[tuple[Span, ...], int]:
    """Return the other names in ", also known as the Lake Protocol," and where the sentence goes on."""
    doc = sentence.doc
    opening = doc[position : min(position + 6, sentence.end)]
    known = next((token.i for token in opening if token.lower_ in {"known", "called", "dubbed"}), None)
    if known is None or doc[position].text not in {",", "("}:
        return (), position
    start = known + 1
    while start < sentence.end and doc[start].lower_ in {"as", "the", "a"}:
        start += 1
    end = start
    while end < sentence.end and doc[end].text not in {",", ")"}:
        end += 1
    named = trimmed(doc[start:end])
    return ((named,) if named else ()), min(end + 1, sentence.end)


def of_description(sentence: Span) -> Fact | None:
    """Return "The accord, also known as ..., was a peace plan signed in 2014" for the last agreement named before."""
    doc = sentence.doc
    start = next((token.i for token in sentence if not token.is_space), sentence.end)
    if (
        start + 3 >= sentence.end
        or doc[start].lower_ not in {"the", "that", "this"}
        or doc[start + 1].text[0].isupper()
    ):
        return None
    kind = kind_of(doc[start + 1].text)
    if kind is None:
        return None
    also, position = other_name(sentence, start + 2)
    words = predicate_words(sentence, position)
    if words is None or not (past_dated(words) or also):
        return None
    term = last_named(doc, sentence.start, kind)
    if term is None:
        return None
    return Fact(term, words, "background.description", also, according_to(sentence, words.end))
