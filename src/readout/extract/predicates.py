"""The predicate lexicon: which words stand for which PLOVER event, found in a text by their written forms.

Knowledge is in data/plover/<type>.yaml; an entry's id is `<group>/<words>`, and stands in the evidence of its events.
Four kinds: verbs ("accuse", "call on", "lay down arms"), phrases of a verb and a noun ("impose" x "sanctions"),
nouns ("the shelling of"), adjectives ("critical of"). An *operator* ("refuse to", "halt", "launch") has
`inner`: what it makes of the event that stands in its complement.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

import yaml
from spacy.tokens import Doc, Token

from readout.extract.inflections import noun_forms, verb_forms
from readout.extract.matching import (
    GAP,
    after_link,
    modifies_next,
    noun_candidates,
    verb_like,
    verbal,
    words_after,
    words_before,
)

TYPES = (
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST"),
    *("ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
)
QUADS = {**dict.fromkeys(TYPES[:4], 1), **dict.fromkeys(TYPES[4:7], 2)}
QUADS |= {**dict.fromkeys(TYPES[7:11], 3), **dict.fromkeys(TYPES[11:], 4)}
CLASSES = {1: "cooperation", 2: "cooperation", 3: "conflict", 4: "conflict"}


class Kind(StrEnum):
    """What part of speech heads an entry."""

    VERB = "verb"
    PHRASE = "phrase"
    NOUN = "noun"
    ADJECTIVE = "adjective"


@dataclass(frozen=True, slots=True)
class Predicate:
    """A group of entries with one meaning: PLOVER type and mode, who stands where, and on what conditions."""

    id: str
    kind: Kind
    type: str | None
    mode: str | None = None
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    score: float = 0.8
    reciprocal: bool = False
    absorbs: bool = False
    needs: frozenset[str] = frozenset()
    avoid: frozenset[str] = frozenset()
    inner: tuple[tuple[str, str], ...] = ()
    pair: str | None = None
    tight: bool = False

    @property
    def operates(self) -> bool:
        """Does it take its type from another event, in its complement?"""
        return bool(self.inner)

    def compose(self, inner: str) -> tuple[str, str | None] | None:
        """Return type and mode of this operator over an event of another type; None when the two make no event."""
        table = dict(self.inner)
        value = table.get(inner) or table.get(CLASSES[QUADS[inner]]) or table.get("any")
        if value in (None, "none"):
            return None
        name, _, mode = str(value).partition("/")
        return (inner if name == "same" else name), mode or None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the lexicon: head word, the words that must follow, for phrases the nouns; "test-" in "test-fire"."""

    predicate: Predicate
    head: str
    rest: tuple[str, ...] = ()
    nouns: "Words | None" = None
    prefix: tuple[str, ...] = ()

    @property
    def weight(self) -> int:
        """How specific it is: the more words, the more."""
        return len(self.rest) + (2 if self.nouns else 0)


@dataclass(frozen=True, slots=True)
class Words:
    """Nouns, each with the words that must stand before it ("air" before "strike"), by written form."""

    forms: dict[str, tuple[tuple[str, ...], ...]]

    @classmethod
    def of(cls, words: Iterable[str]) -> "Words":
        """Index nouns by their last word's forms."""
        forms: dict[str, list[tuple[str, ...]]] = {}
        for *before, last in (parts for word in words for parts in spellings(word)):
            for form in noun_forms(last):
                forms.setdefault(form, []).append(tuple(before))
        return cls({form: tuple(sorted(set(found), key=len, reverse=True)) for form, found in forms.items()})

    def at(self, token: Token) -> tuple[Token, ...]:
        """Return the tokens of the longest noun that ends here; none when there is none, or it is the month."""
        if token.text == "March" and token.tag_ == "NNP":
            return ()
        for before in self.forms.get(token.lower_, ()):
            start = token.i - len(before)
            if start >= 0 and all(token.doc[start + n].lower_ == word for n, word in enumerate(before)):
                return tuple(token.doc[start : token.i + 1])
        return ()


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found in a text: its head, its noun if it has one, all of its words, and its last preposition.

    `operator` is the operator that the same head word can be: "agree to" alone is an entry, "agree to meet" another.
    `others` are the entries that the same words can be where this one does not fit, the likeliest first.
    """

    entry: Entry
    head: Token
    tokens: tuple[Token, ...]
    noun: Token | None = None
    link: Token | None = None
    operator: "Hit | None" = None
    others: tuple["Hit", ...] = ()

    @property
    def predicate(self) -> Predicate:
        """The group that the entry belongs to."""
        return self.entry.predicate

    @property
    def rule(self) -> str:
        """The id of the entry, as it stands in evidence."""
        words = " ".join(("".join((*self.entry.prefix, self.entry.head)), *self.entry.rest)).replace(" - ", "-")
        noun = f" {self.noun.lower_}" if self.noun is not None and self.entry.nouns else ""
        return f"{self.predicate.id}/{words}{noun}"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All entries, by the written forms of their head words."""

    verbs: dict[str, tuple[Entry, ...]]
    nouns: dict[str, tuple[Entry, ...]]
    adjectives: dict[str, tuple[Entry, ...]]
    size: int

    def hits(self, doc: Doc) -> list[Hit]:
        """Return what the lexicon finds, in text order; one entry per head word, the most specific one."""
        found: list[Hit] = []
        taken: set[int] = set()
        words = [token.lower_ for token in doc]
        for position in (number for number, word in enumerate(words) if word in self.verbs):
            hit = self.verb_hit(doc[position])
            if hit is not None and position not in taken:
                found.append(hit)
                taken |= {word.i for word in hit.tokens}
        at = (number for number, word in enumerate(words) if word in self.nouns or word in self.adjectives)
        more = (self.other_hit(doc[number]) for number in at if number not in taken)
        found.extend(parted((hit for hit in more if hit is not None), taken))
        return sorted(found, key=lambda one: one.head.i)

    def verb_hit(self, token: Token) -> Hit | None:
        """Return the most specific verb or phrase headed by this token."""
        entries = self.verbs.get(token.lower_)
        if not entries or token.dep_ in {"aux", "aux:pass"} or not verbal(token):
            return None
        likely = in_reach(entries, token)
        nouns = tuple(noun_candidates(token)) if any(entry.nouns for entry in likely) else ()
        return chosen(hit for entry in likely if (hit := match(entry, token, nouns)) is not None)

    def other_hit(self, token: Token) -> Hit | None:
        """Return the most specific noun or adjective headed by this token."""
        found = chosen(noun_hits(self.nouns.get(token.lower_, ()), token))
        if found is not None:
            return found
        likely = in_reach(self.adjectives.get(token.lower_, ()), token)
        return chosen(hit for entry in likely if (hit := match(entry, token)))


def parted(hits: Iterable[Hit], taken: set[int]) -> Iterator[Hit]:
    """Yield the hits that share no word with a longer one; the longer one keeps the shorter among its others."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda one: -len(one.tokens)):
        words = {word.i for word in hit.tokens}
        longer = next((n for n, one in enumerate(kept) if words & {word.i for word in one.tokens}), None)
        if longer is not None:
            kept[longer] = replace(kept[longer], others=(*kept[longer].others, hit))
        elif not words & taken:
            kept.append(hit)
    yield from kept


def in_reach(entries: Sequence[Entry], token: Token) -> list[Entry]:
    """Return the entries whose second word is near enough after the first; most are not, and need no closer look."""
    near = {one.lower_ for one in token.doc[token.i + 1 : token.i + 1 + GAP]}
    return [entry for entry in entries if not entry.rest or entry.rest[0] in near]


def chosen(hits: Iterable[Hit]) -> Hit | None:
    """Return the most specific hit, and beside it the most specific operator and further hits of the same head word."""
    found = sorted(hits, key=specificity)
    plain = [hit for hit in found if not hit.predicate.operates]
    operator = next((hit for hit in found if hit.predicate.operates), None)
    return replace(plain[0], operator=operator, others=tuple(plain[1:])) if plain else operator


def noun_hits(entries: Iterable[Entry], token: Token) -> Iterator[Hit]:
    """Yield the entries whose noun ends at a word that is used as one."""
    for entry in entries:
        words = entry.nouns.at(token) if entry.nouns else ()
        if words and (len(words) > 1 or not verb_like(token)):
            yield Hit(entry, token, words)


def specificity(hit: Hit) -> tuple[int, int, int, bool]:
    """Order hits of one head: more words first; its object before a noun further on; a kind of source before any."""
    noun, anyone = hit.noun, "protester-source" not in hit.predicate.needs
    if noun is None:
        return (-len(hit.tokens), 1, 0, anyone)
    is_argument = noun.dep_ in {"obj", "nsubj:pass"} and noun.head.i == hit.head.i
    return (-len(hit.tokens), 0 if is_argument else 2 + (noun.dep_ == "compound"), abs(noun.i - hit.head.i), anyone)


def match(entry: Entry, token: Token, nouns: Sequence[Token] = ()) -> Hit | None:
    """Return the hit of an entry at its head word, if its other words, and one of its nouns, are there."""
    following = words_after(token, entry.rest, tight=entry.predicate.tight) if entry.rest else ()
    before = words_before(token, entry.prefix)
    if following is None or before is None:
        return None
    link = following[-1] if following else None
    if link is not None and entry.head in wordlist("intransitive") and parted_by_object(token, link):
        return None
    if entry.nouns is None:
        return Hit(entry, token, (*before, token, *following), link=link)
    noun = phrase_noun(entry.nouns, after_link(link) if link is not None else nouns)
    return None if not noun else Hit(entry, token, (*before, token, *following, *noun), noun=noun[-1], link=link)


def parted_by_object(verb: Token, link: Token) -> bool:
    """Does an object stand between a verb and a preposition that should follow it: "called her on Friday"?"""
    if link.i - verb.i < 2 or link.tag_ not in {"IN", "RP"}:
        return False
    return any(one.dep_ in {"obj", "iobj"} and verb.i < one.i < link.i for one in verb.children)


def phrase_noun(nouns: Words, candidates: Sequence[Token]) -> tuple[Token, ...]:
    """Return the noun of a phrase: among the verb's objects, its passive subject, the noun it modifies, or nearby."""
    for token in candidates:
        words = nouns.at(token)
        if words and not modifies_next(token):
            return words
    return ()


@cache
def wordlist(name: str) -> frozenset[str]:
    """Return one of the small word lists of data/plover/words.yaml, in singular and plural."""
    return frozenset(form for word in listed(read_yaml(knowledge("words.yaml"))[name]) for form in noun_forms(word))


@cache
def lexicon() -> Lexicon:
    """Read the lexicon that ships; once per process."""
    predicates: list[Entry] = []
    for name in [*(kind.lower() for kind in TYPES), "operators"]:
        predicates.extend(entries_of(read_yaml(knowledge(f"{name}.yaml"))))
    return build(predicates)


def read_yaml(text: str) -> Any:
    """Parse our own YAML, with the C parser where PyYAML has it: five times faster on the 200 KB of the lexicon."""
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def knowledge(name: str) -> str:
    """Return the text of a file of PLOVER knowledge."""
    return files("readout.extract").joinpath(f"data/plover/{name}").read_text(encoding="utf-8")


def build(entries: Iterable[Entry]) -> Lexicon:
    """Index entries by written form, the most specific first."""
    tables: dict[str, dict[str, list[Entry]]] = {"verbs": {}, "nouns": {}, "adjectives": {}}
    size = 0
    for entry in entries:
        size += len(entry.nouns.forms) if entry.nouns else 1
        table, forms = place_of_entry(entry)
        for form in dict.fromkeys(forms):
            tables[table].setdefault(form, []).append(entry)
    ready = {
        name: {form: tuple(sorted(found, key=lambda one: -one.weight)) for form, found in table.items()}
        for name, table in tables.items()
    }
    return Lexicon(ready["verbs"], ready["nouns"], ready["adjectives"], size)


def place_of_entry(entry: Entry) -> tuple[str, Iterable[str]]:
    """Return the table in which an entry is indexed, and the forms under which it is."""
    if entry.predicate.kind is Kind.NOUN:
        return "nouns", entry.nouns.forms if entry.nouns else ()
    if entry.predicate.kind is Kind.ADJECTIVE:
        return "adjectives", (entry.head,)
    return "verbs", verb_forms(entry.head)


def entries_of(document: dict[str, Any]) -> Iterator[Entry]:
    """Yield the entries of one file."""
    type_ = document.get("type")
    for group in document.get("verbs", ()):
        yield from headed(predicate_of(group, Kind.VERB, type_), listed(group["words"]))
    for group in document.get("phrases", ()):
        nouns = Words.of(listed(group["nouns"]))
        yield from headed(predicate_of(group, Kind.PHRASE, type_), listed(group["verbs"]), nouns)
    for group in document.get("nouns", ()):
        words = listed(group["words"])
        yield Entry(predicate_of(group, Kind.NOUN, type_), group["id"], nouns=Words.of(words))
    for group in document.get("adjectives", ()):
        yield from headed(predicate_of(group, Kind.ADJECTIVE, type_), listed(group["words"]))


def headed(predicate: Predicate, words: Iterable[str], nouns: Words | None = None) -> Iterator[Entry]:
    """Yield an entry per string of words, headed by its first; `a/b c` stands for "a c" and "b c"."""
    for string in words:
        for one in product(*(part.split("/") for part in string.split())):
            for head in spellings(one[0]):
                yield Entry(predicate, head[-1], tuple(" ".join(one[1:]).replace("-", " - ").split()), nouns, head[:-1])


def spellings(words: str) -> Iterator[tuple[str, ...]]:
    """Yield the parts of words of the lexicon: as they are written, and as texts are parted, at hyphens."""
    yield tuple(words.split())
    if "-" in words:
        yield tuple(words.replace("-", " - ").split())


def predicate_of(group: dict[str, Any], kind: Kind, type_: str | None) -> Predicate:
    """Return the predicate of a group of entries."""
    inner = group.get("inner", {})
    return Predicate(
        id=group["id"],
        kind=kind,
        type=group.get("type", type_),
        mode=group.get("mode"),
        source=tuple(listed(group.get("source", DEFAULT_SOURCE[kind]))),
        target=(*listed(group.get("target", DEFAULT_TARGET[kind])), *(("noun",) if kind is Kind.PHRASE else ())),
        score=float(group.get("score", DEFAULT_SCORE[kind])),
        reciprocal=bool(group.get("reciprocal", False)),
        absorbs=bool(group.get("absorbs", False)),
        needs=frozenset(listed(group.get("needs", ""))),
        avoid=frozenset(form for word in listed(group.get("avoid", "")) for form in noun_forms(word)),
        inner=tuple((str(key), str(value)) for key, value in inner.items()),
        pair=group.get("pair"),
        tight=bool(group.get("tight", False)),
    )


DEFAULT_SOURCE = {
    Kind.VERB: "subj",
    Kind.PHRASE: "subj",
    Kind.NOUN: "by, poss, people",
    Kind.ADJECTIVE: "subj",
}
DEFAULT_TARGET = {
    Kind.VERB: "link, obj",
    Kind.PHRASE: "against, on, with, to, at, into, in, from, for, over, of, poss",
    Kind.NOUN: "against, on, with, of, at",
    Kind.ADJECTIVE: "link",
}
DEFAULT_SCORE = {Kind.VERB: 0.85, Kind.PHRASE: 0.9, Kind.NOUN: 0.65, Kind.ADJECTIVE: 0.75}


def listed(text: str) -> list[str]:
    """Return the parts of a comma-separated list."""
    return [part for piece in str(text).split(",") if (part := " ".join(piece.split()))]
