"""By which rule the words after a term explain it: a noun that defines, or words of origin, and a past date."""

import re
from collections.abc import Iterator
from datetime import date

from spacy.tokens import Doc, Span, Token

from readout.annotations import article_of, times_of
from readout.extract.backgroundterms import is_person_name, kind_of, listed
from readout.extract.calendars import day_of
from readout.extract.placecontext import is_outer
from readout.records import When

BE = frozenset({"is", "was", "are", "were"})
RELATIVES = frozenset({"which", "that", "who", "whose", "where", "when", "and", "or"})
YEAR = re.compile(r"-?\d{4}")


def rule_of(term: Span, words: Span, *, dashed: bool) -> str | None:
    """Return the rule by which words after a name explain it; None when they are a role, a list or news."""
    first = words[0]
    if is_person_name(term):
        return None
    if first.lower_ in {"a", "an", "the"}:
        return article_rule(term, words, dashed=dashed)
    if not past_dated(words):
        return None
    if first.lower_ == "which" and words[1:2].text.lower() in BE and has_origin(words) and is_defined(term):
        return "background.relative"
    if first.lower_ in listed("beginnings") and len(words) > 2 and not is_outer(term.text):
        return "background.participle"
    return None


def is_defined(term: Span) -> bool:
    """Does the name itself say what kind of thing it is, or is it an abbreviation?"""
    return term.text.isupper() or any(kind_of(token.text) for token in term)


def article_rule(term: Span, words: Span, *, dashed: bool) -> str | None:
    """Return the rule for "a pact signed in 1987": a defining noun, and more than the noun."""
    noun = head_noun(words)
    if noun is None or kind_of(noun.text) is None or len(words) < noun.i - words.start + 3:
        return None
    definite = words[0].lower_ == "the"
    follower = words.doc[noun.i + 1]
    if follower.lower_ not in RELATIVES | {
        "of",
        "in",
        "to",
        "for",
        "between",
        "among",
        "with",
        "by",
        "from",
        "on",
        "against",
    } and not (follower.tag_ in {"VBN", "VBD", "VBG"} or follower.lower_ in listed("origins")):
        return None
    if follower.lower_ in {"and", "or"} or has_coordination(words):
        return None
    if (definite or kind_of(noun.text) == "thing") and not past_dated(words):
        return None
    if is_outer(term.text) and kind_of(noun.text) != "thing":
        return None  # "the talks with Odrin, a deal that ...": it is not the country that is explained
    return "background.dash" if dashed else "background.apposition"


def head_noun(words: Span) -> Token | None:
    """Return the head of a noun phrase that begins with an article: its last noun before what follows it."""
    noun = None
    for token in words[1:12]:
        if token.tag_.startswith("NN") or (not token.tag_ and token.is_alpha):
            noun = token
            if kind_of(token.text) and not following_noun(token):
                return token
        elif noun is not None and token.lower_ not in {"'s", "’s", "-", "and"}:
            break
    return noun


def following_noun(token: Token) -> bool:
    """Does another noun follow, so that this one only modifies it?"""
    doc = token.doc
    return token.i + 1 < len(doc) and (doc[token.i + 1].tag_.startswith("NN") or doc[token.i + 1].text == "-")


def has_coordination(words: Span) -> bool:
    """Is what looks like an explanation an item of a list ("the Treaty, a visit to X and the price of gas")?"""
    return any(
        token.lower_ in {"and", "or"} and words.doc[token.i + 1].lower_ in {"a", "an", "the"} and not past_dated(words)
        for token in words[:-1]
    )


def has_origin(words: Span) -> bool:
    """Is there a participle of origin among the first words?"""
    return any(token.lower_ in listed("origins") for token in words[:5])


def past_dated(words: Span) -> bool:
    """Is there a date among the words that lies before the year of publication?"""
    doc = words.doc
    published = day_of(article_of(doc).published)
    return any(is_past(when, published) for when in times_in(doc, words))


def is_past(when: When, published: date | None) -> bool:
    """Is it a date of an earlier year?"""
    year = YEAR.match(when.value or "")
    if when.type != "DATE" or year is None:
        return when.type == "DATE" and (when.value or "").isdigit()
    return published is None or int(year[0]) < published.year


def times_in(doc: Doc, words: Span) -> Iterator[When]:
    """Yield the time expressions among some words."""
    return (when for when in times_of(doc) if words.start_char <= when.span.start and when.span.stop <= words.end_char)
