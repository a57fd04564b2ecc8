"""Name the PLOVER contexts of an event, and the passages in which its words mean no political act."""

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Span

from readout.extract.acts import Act
from readout.extract.predicates import Kind, Words, knowledge, listed, read_yaml

MAX_CONTEXTS = 4  # the best supported; PLOVER codes few contexts per event


@dataclass(frozen=True, slots=True)
class Vocabularies:
    """Several vocabularies in one table: by last word, which vocabularies hold it, and what must stand before it."""

    table: dict[str, tuple[tuple[str, tuple[str, ...]], ...]]

    @classmethod
    def of(cls, words: dict[str, str]) -> "Vocabularies":
        """Merge comma-separated lists, by name."""
        table: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for name, listing in words.items():
            for form, befores in Words.of(listed(listing)).forms.items():
                table.setdefault(form, []).extend((name, before) for before in befores)
        return cls({form: tuple(found) for form, found in table.items()})

    def counted(self, words: Span) -> dict[str, int]:
        """Return how many different words of each vocabulary occur."""
        lower = [token.lower_ for token in words]
        found: dict[str, set[str]] = {}
        for position, word in enumerate(lower):
            for name, before in self.table.get(word, ()):
                if tuple(lower[max(position - len(before), 0) : position]) == before:
                    found.setdefault(name, set()).add(" ".join((*before, word)))
        return {name: len(seen) for name, seen in found.items()}


@cache
def context_words() -> Vocabularies:
    """Return the words of the contexts."""
    return Vocabularies.of(read_yaml(knowledge("contexts.yaml")))


@cache
def domains() -> dict[str, int]:
    """Return the subjects whose events are not political, and how many of their words are enough."""
    return {one["id"]: int(one["enough"]) for one in read_yaml(knowledge("guards.yaml"))["domains"]}


@cache
def domain_words() -> Vocabularies:
    """Return the words of those subjects."""
    return Vocabularies.of({one["id"]: one["words"] for one in read_yaml(knowledge("guards.yaml"))["domains"]})


@cache
def figures() -> dict[str, frozenset[str]]:
    """Return, per noun of conflict, the words beside it that make it a figure of speech."""
    table = read_yaml(knowledge("guards.yaml"))["figures"]
    return {form: frozenset(listed(words)) for word, words in table.items() for form in (word, word + "s")}


def contexts_of(words: Span) -> tuple[str, ...]:
    """Return the contexts that the words of a sentence speak of, the best supported first."""
    counted = context_words().counted(words)
    return tuple(sorted(counted, key=lambda name: -counted[name])[:MAX_CONTEXTS])


def domain_of(passage: Span) -> str | None:
    """Return the subject of a passage when it is one whose events are not political."""
    counted = domain_words().counted(passage)
    return next((name for name, enough in domains().items() if counted.get(name, 0) >= enough), None)


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
