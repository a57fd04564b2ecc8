"""What stands before a phrase: sentences, quotations, grammatical places, and the chains of mentions so far."""

from collections.abc import Callable, Iterator

from spacy.tokens import Doc, Token

from readout.detect.cast import Cast, Figure
from readout.detect.phrases import Phrase, core_text, text_of
from readout.records import ActorKind, MentionKind

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj"})
OPENING, CLOSING, STRAIGHT = "“«„", "”»", '"'


class Discourse:
    """The phrases of an article in order, in chains that grow from left to right."""

    def __init__(self, doc: Doc, phrases: list[Phrase], cast: Cast) -> None:
        self.doc = doc
        self.phrases = phrases
        self.cast = cast
        self.sentence_of = [0] * len(doc)
        for number, sentence in enumerate(doc.sents):
            for token in sentence:
                self.sentence_of[token.i] = number
        self.quote_of = quotations(doc)
        self.words = [plain_words(doc, phrase) for phrase in phrases]
        self.joined_to = [token.head.i if token.dep_ == "conj" else -1 for token in (doc[p.root] for p in phrases)]
        self.refer: Callable[[int], None] = lambda index: None  # how a pronoun finds what it stands for: see links
        self.members: dict[int, list[int]] = {}
        self.by_actor: dict[str, int] = {}
        self.by_root: dict[int, int] = {}
        for index, phrase in enumerate(phrases):
            known = self.by_root.get(phrase.root)
            if known is None or phrases[known].length < phrase.length:
                self.by_root[phrase.root] = index

    def sentence(self, phrase: Phrase) -> int:
        """Return the number of the sentence that a phrase stands in."""
        return self.sentence_of[phrase.root]

    def quote(self, phrase: Phrase) -> int:
        """Return the number of the quotation that a phrase stands in, 0 if none."""
        return self.quote_of[phrase.root]

    def place(self, phrase: Phrase) -> str:
        """Return the grammatical place of a phrase, a conjunct's being that of the first."""
        return place_of(self.doc[phrase.root])

    def figure(self, phrase: Phrase) -> Figure | None:
        """Return who is meant by a phrase, if that is known."""
        return self.cast.figures.get(phrase.actor) if phrase.actor else None

    def start_chain(self, index: int, *, alone: bool = False) -> None:
        """Put a phrase into the chain of its actor, or into one of its own."""
        phrase = self.phrases[index]
        if alone:
            phrase.chain = index
            self.members[index] = [index]
            return
        chain = self.by_actor.get(phrase.actor, index) if phrase.actor else index
        if phrase.actor:
            self.by_actor.setdefault(phrase.actor, chain)
        phrase.chain = chain
        self.members.setdefault(chain, []).append(index)

    def join(self, index: int, to: int, rule: str, score: float | None = None) -> None:
        """Say that a phrase refers to what an earlier or later one refers to."""
        phrase, other = self.phrases[index], self.phrases[to]
        if other.chain < 0:
            self.start_chain(to)
        if phrase.chain >= 0:
            self.merge(phrase.chain, other.chain)
        else:
            phrase.chain = other.chain
            self.members[other.chain].append(index)
        phrase.link, phrase.score, phrase.reason = rule, score, None
        for member in self.members[other.chain]:
            self.phrases[member].actor = self.phrases[member].actor or other.actor or phrase.actor

    def merge(self, chain: int, into: int) -> None:
        """Make one chain of two."""
        if chain == into:
            return
        moved = self.members.pop(chain)
        self.members[into].extend(moved)
        for member in moved:
            self.phrases[member].chain = into
        for actor, known in self.by_actor.items():
            if known == chain:
                self.by_actor[actor] = into

    def mean(self, index: int, figure: Figure, rule: str, score: float | None = None) -> None:
        """Say that a phrase means this actor."""
        phrase = self.phrases[index]
        phrase.actor, phrase.link, phrase.score, phrase.reason = figure.key, rule, score, None
        self.start_chain(index)

    def before(self, index: int, sentences: int) -> Iterator[int]:
        """Yield the phrases before this one, nearest first, within so many sentences."""
        here = self.sentence(self.phrases[index])
        for earlier in range(index - 1, -1, -1):
            if here - self.sentence(self.phrases[earlier]) > sentences:
                return
            if self.phrases[earlier].stop <= self.phrases[index].start:
                yield earlier

    def number(self, phrase: Phrase) -> str | None:
        """Return "s", "p" or None if unknown."""
        return phrase.number

    def gender(self, phrase: Phrase) -> str | None:
        """Return "m", "f", "n" for what is no person, None if unknown."""
        figure = self.figure(phrase)
        if figure is not None and figure.kind is not ActorKind.PERSON:
            return "n"
        if phrase.type in {"ORG", "GPE", "LOC", "FAC", "THING", "EVENT", "LAW", "PRODUCT", "WORK_OF_ART"}:
            return "n"
        return (figure.gender if figure else None) or phrase.gender


def place_of(token: Token) -> str:
    """Return the grammatical place of a token, a conjunct's being that of the first."""
    steps = 0
    while token.dep_ in {"conj", "appos", "flat", "cc"} and token.head.i != token.i and steps < 5:
        token = token.head
        steps += 1
    return str(token.dep_)


def quotations(doc: Doc) -> list[int]:
    """Return for each token the number of the quotation that it stands in, 0 outside; a paragraph's end closes it."""
    numbers = [0] * len(doc)
    current, count = 0, 0
    for token in doc:
        text = token.text
        if text in {"''", '"'} or (len(text) == 1 and text in OPENING + CLOSING) or text == "``":
            opens = text in OPENING or text == "``" or (text in STRAIGHT and not current)
            if opens:
                count += 1
                current = count
            else:
                current = 0
        elif "\n" in text:
            current = 0
        numbers[token.i] = current
    return numbers


def plain_words(doc: Doc, phrase: Phrase) -> str:
    """Return the words of a phrase without articles and case."""
    text = core_text(doc, phrase) if phrase.kind is MentionKind.NAME else text_of(doc, phrase)
    words = text.lower().split()
    while words and words[0] in {"the", "a", "an", "this", "that", "these", "those"}:
        words = words[1:]
    return " ".join(words)
