"""The working form of a mention while the steps of this stage find out who is meant.

`Mention` records are frozen and know only characters; a `Phrase` knows tokens, and what the words say about who is
meant. The steps hand the phrases of an article on in `doc.user_data`, and write the records from them.
"""

from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from readout.annotations import article_of
from readout.detect.knowledge import Known, Sense
from readout.provenance import Evidence, TextSpan, record_id
from readout.records import Mention, MentionKind

KEY = "readout_phrases"
LEFT_DEPENDENTS = frozenset(
    {
        "det",
        "amod",
        "compound",
        "nummod",
        "nmod:poss",
        "nmod:desc",
        "det:predet",
        "flat",
        "nmod",
        "nmod:unmarked",
        "advmod",
    }
    | {"dep", "fixed"}
)
RIGHT_DEPENDENTS = frozenset(
    {"nmod", "acl", "acl:relcl", "flat", "compound", "nummod", "nmod:unmarked", "fixed", "nmod:desc", "amod"}
)


@dataclass(slots=True)
class Phrase:
    """A stretch of tokens [start, stop) that may refer to an actor. `core`: the tokens of the name itself."""

    start: int
    stop: int
    root: int
    kind: MentionKind
    type: str
    rule: str
    core: tuple[int, int] | None = None
    known: tuple[tuple[Known, Sense], ...] = ()
    title: str | None = None
    noun: str = ""
    country: str | None = None
    owner: int | None = None
    former: bool = False
    number: str | None = None
    gender: str | None = None
    person: int = 3
    definite: bool = False
    actor: str | None = None
    score: float | None = None
    reason: str | None = None
    link: str | None = None
    chain: int = -1
    parts: list["Phrase"] = field(default_factory=list)

    @property
    def length(self) -> int:
        """Number of tokens."""
        return self.stop - self.start

    def covers(self, index: int) -> bool:
        """Does it contain the token at this place?"""
        return self.start <= index < self.stop


def phrases_of(doc: Doc) -> list[Phrase]:
    """Return the phrases that the steps have found so far."""
    found: list[Phrase] = doc.user_data.get(KEY, [])
    return found


def text_of(doc: Doc, phrase: Phrase) -> str:
    """Return the words of a phrase."""
    return str(doc[phrase.start : phrase.stop].text)


def core_text(doc: Doc, phrase: Phrase) -> str:
    """Return the name in a phrase, without titles and modifiers, white space made plain."""
    start, stop = phrase.core or (phrase.start, phrase.stop)
    return " ".join(doc[start:stop].text.split())


def mention_record(doc: Doc, phrase: Phrase, chain: str | None = None, actor: str | None = None) -> Mention:
    """Return the record of a phrase; alone in its chain if none is given."""
    article = article_of(doc)
    span = TextSpan.of(article, doc[phrase.start : phrase.stop])
    own = record_id("m", article.id, span.start, span.stop)
    return Mention(own, span, doc[phrase.root].idx, phrase.kind, phrase.type, chain or own, actor)


def found_evidence(mention: Mention, phrase: Phrase, step: str) -> Evidence:
    """Return why a stretch of text is a mention."""
    return Evidence(mention.id, "kind", mention.kind.value, mention.span, step, rule=phrase.rule)


def noun_phrase(token: Token) -> tuple[int, int]:
    """Return the tokens of the noun phrase that a noun heads, without prepositions, conjuncts and loose clauses."""
    start, stop = token.i, token.i + 1
    for child in reversed(list(token.lefts)):
        if child.dep_ not in LEFT_DEPENDENTS or child.right_edge.i != start - 1:
            break
        start = child.left_edge.i
    for child in token.rights:
        if child.dep_ not in RIGHT_DEPENDENTS or child.left_edge.i != stop:
            break
        stop = _clause_stop(child) if child.dep_.startswith("acl") else child.right_edge.i + 1
    return trimmed(token.doc, start, stop, token.i)


def _clause_stop(clause: Token) -> int:
    """Return where a clause after a noun ends, at the latest before ", but" and ", and"."""
    for index in range(clause.left_edge.i, clause.right_edge.i):
        pause = clause.doc[index].text in {",", ";", "--", "—"}
        if pause and (index > clause.i or clause.doc[index + 1].tag_ == "CC"):
            return index
    return int(clause.right_edge.i) + 1


def trimmed(doc: Doc, start: int, stop: int, root: int) -> tuple[int, int]:
    """Return the tokens without white space, punctuation and conjunctions at the ends."""
    while start < root and (doc[start].is_space or doc[start].is_punct or doc[start].tag_ in {"CC", "IN", "TO"}):
        start += 1
    while stop > root + 1 and (
        doc[stop - 1].is_space or doc[stop - 1].is_punct or doc[stop - 1].tag_ in {"CC", "IN", "POS"}
    ):
        stop -= 1
    for index in range(root, stop):
        if "\n" in doc[index].text:
            return start, max(index, root + 1)
    return start, stop
