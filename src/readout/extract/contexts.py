"""Name the PLOVER contexts of an event, and the passages in which its words mean no political act."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Span, Token

from readout.extract.acts import Act
from readout.extract.predicates import Kind, Words, knowledge, listed, read_yaml

MAX_CONTEXTS = 4  # the best supported; PLOVER codes few contexts per event


@dataclass(frozen=True, slots=True)
class Domain:
    """A subject whose vocabulary borrows words of conflict: sport, markets, fiction."""

    id: str
    words: Words
    enough: int


@cache
def context_words() -> dict[str, Words]:
    """Return the words of each context."""
    return {name: Words.of(listed(words)) for name, words in read_yaml(knowledge("contexts.yaml")).items()}


@cache
def domains() -> tuple[Domain, ...]:
    """Return the subjects whose events are not political."""
    return tuple(
        Domain(one["id"], Words.of(listed(one["words"])), int(one["enough"]))
        for one in read_yaml(knowledge("guards.yaml"))["domains"]
    )


@cache
def figures() -> dict[str, frozenset[str]]:
    """Return, per noun of conflict, the words beside it that make it a figure of speech."""
    table = read_yaml(knowledge("guards.yaml"))["figures"]
    return {form: frozenset(listed(words)) for word, words in table.items() for form in (word, word + "s")}


def contexts_of(words: Span) -> tuple[str, ...]:
    """Return the contexts that the words of a sentence speak of, the best supported first."""
    counted: dict[str, int] = {}
    for name, vocabulary in context_words().items():
        found = len(set(matches(words, vocabulary)))
        if found:
            counted[name] = found
    ranked = sorted(counted, key=lambda name: -counted[name])
    return tuple(ranked[:MAX_CONTEXTS])


def matches(words: Iterable[Token], vocabulary: Words) -> Iterator[str]:
    """Yield the words of a vocabulary that occur."""
    for token in words:
        if token.lower_ in vocabulary.forms:
            found = vocabulary.at(token)
            if found:
                yield " ".join(one.lower_ for one in found)


def domain_of(passage: Span) -> Domain | None:
    """Return the subject of a passage when it is one whose events are not political."""
    for domain in domains():
        if len(set(matches(passage, domain.words))) >= domain.enough:
            return domain
    return None


def is_figure(act: Act) -> bool:
    """Is a noun of conflict used as a figure of speech: "a war on drugs", "a heart attack"?"""
    noun = act.hit.noun if act.hit.noun is not None else act.head
    if act.hit.predicate.kind not in {Kind.NOUN, Kind.PHRASE}:
        return False
    beside = figures().get(noun.lower_)
    if not beside:
        return False
    near = noun.doc[max(noun.i - 2, 0) : noun.i + 5]
    return any(token.lower_ in beside for token in near if token.i != noun.i)
