"""Find the words that report: verbs, nouns, adjectives and prepositions of data/cues.yaml, in a parsed text."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from spacy.tokens import Doc, Token

from readout.extract.inflections import noun_forms, verb_forms
from readout.extract.wordclasses import word_class

VERB_TAGS = frozenset({"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"})
FINITE_VERBS = frozenset({"VBD", "VBP", "VBZ"})
NOT_REPORTING = frozenset({"amod", "case", "compound", "fixed", "det", "mark"})
UNMISTAKABLE = frozenset(
    {"said", "says", "told", "tells", "wrote", "warns", "urges", "vows", "slams", "blasts", "calls"}
)
MAX_GAP = 3  # words between a verb and its particle or preposition: "called again for"


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry of the lexicon; see the head of data/cues.yaml for the meaning of its fields."""

    id: str
    kind: str
    words: tuple[str, ...]
    cls: str
    frames: tuple[str, ...]
    preps: frozenset[str] = frozenset()
    negative: bool = False
    strength: str = "plain"
    plover: str | None = None
    np_about: frozenset[str] = frozenset()
    said_by: frozenset[str] = frozenset()
    possessed: bool = False
    raising: bool = False


@dataclass(frozen=True, slots=True)
class CueMatch:
    """A cue in the text: the word that heads it, and all its words; `cues` from the longest entry to the shortest."""

    head: Token
    stop: int
    cues: tuple[Cue, ...]

    @property
    def start(self) -> int:
        """The first token of the cue."""
        return self.head.i


@cache
def lexicon() -> dict[str, dict[str, tuple[Cue, ...]]]:
    """Return the cues by kind and first lemma, longest first."""
    text = files("readout.extract").joinpath("data/cues.yaml").read_text(encoding="utf-8")
    by_kind: dict[str, dict[str, tuple[Cue, ...]]] = {}
    for section, groups in yaml.safe_load(text).items():
        table: dict[str, list[Cue]] = {}
        for cue in (cue for group in groups for cue in _cues_of(section, group)):
            table.setdefault(cue.words[0], []).append(cue)
        by_kind[section] = {
            lemma: tuple(sorted(cues, key=lambda cue: -len(cue.words))) for lemma, cues in table.items()
        }
    return by_kind


def _cues_of(section: str, group: dict[str, Any]) -> Iterator[Cue]:
    for entry in group["cues"]:
        own = entry if isinstance(entry, dict) else {"lemma": entry}
        fields = {**group, **own}
        lemma = str(fields["lemma"])
        yield Cue(
            id=f"cue.{group['id']}.{lemma.replace(' ', '_')}",
            kind=section,
            words=tuple(lemma.split()),
            cls=fields["class"],
            frames=tuple(fields["frames"]),
            preps=frozenset(fields.get("preps", ())),
            negative=fields.get("polarity") == "negative",
            strength=fields.get("strength", "plain"),
            plover=fields.get("plover"),
            np_about=frozenset(fields.get("np_about", ())),
            said_by=frozenset(fields.get("said_by", ())),
            possessed=bool(fields.get("possessed", False)),
            raising=bool(fields.get("raising", False)),
        )


def cue_matches(doc: Doc) -> Iterator[CueMatch]:
    """Yield every word of the text that can report, with its lexicon entries."""
    tables = lexicon()
    known = _known_words()
    for token in doc:
        if (token.lower_ not in known and token.lemma_.lower() not in known) or token.is_punct or token.is_space:
            continue
        match = _match(doc, token, tables)
        if match is not None:
            yield match


@cache
def _known_words() -> frozenset[str]:
    """Return every form with which a cue can start: most words of a text need no second look."""
    prepositions = {word.lower() for word in lexicon()["prepositions"]}
    return frozenset(prepositions.union(*(forms(section) for section in lexicon())))


def _match(doc: Doc, token: Token, tables: dict[str, dict[str, tuple[Cue, ...]]]) -> CueMatch | None:
    lower = token.lower_
    if lower in tables["prepositions"]:
        found = _fitting(doc, token, tables["prepositions"][lower])
        if found is not None:
            return found
    for section in _sections(token):
        entries = _entries(tables[section], token, section)
        if entries:
            return _fitting(doc, token, entries)
    return None


def _sections(token: Token) -> tuple[str, ...]:
    """Return the parts of the lexicon in which a word of this kind may stand."""
    modifies = token.dep_ in NOT_REPORTING and token.tag_ not in FINITE_VERBS and not token.head.is_space
    if modifies or (token.i and token.nbor(-1).text in {"-", "–"} and not token.nbor(-1).whitespace_):
        return ()  # "the said man", "so-called"
    if token.tag_ in VERB_TAGS or word_class(token) == "VERB" or token.lower_ in UNMISTAKABLE:
        return ("verbs", "adjectives") if token.tag_ == "VBN" else ("verbs",)
    if token.tag_ in {"JJ", "NN"} and _is_progressive(token):
        return ("verbs",)
    if token.tag_ in {"JJ", "JJR"} or word_class(token) == "ADJ":
        return ("adjectives",)
    if token.tag_ in {"NN", "NNS"}:
        return ("verbs", "nouns") if _is_hidden_verb(token) else ("nouns", "adjectives")
    return ()


def _is_progressive(token: Token) -> bool:
    """Has the tagger taken a participle for a noun or adjective: "is warning voters", "Ona, warning that"?"""
    if not token.lower_.endswith("ing") or token.i == 0 or token.i + 1 == len(token.doc):
        return False
    if token.lower_ in lexicon()["adjectives"]:
        return False
    be = any(child.dep_ in {"cop", "aux"} and child.i == token.i - 1 for child in token.children)
    governs = any(child.dep_ in {"obj", "ccomp", "xcomp"} and child.i > token.i for child in token.children)
    opened = token.nbor(-1).text == "," and token.dep_ in {"advcl", "acl"} and token.nbor(1).lower_ == "that"
    return (be and governs) or opened


def _is_hidden_verb(token: Token) -> bool:
    """Has the tagger taken the verb of a sentence for a noun: "Norway plans to"? It is the root, after a nominal."""
    if token.tag_ != "NNS" or token.i == token.sent.start or token.i + 1 == len(token.doc):
        return False
    before, after = token.nbor(-1), token.nbor(1)
    if before.tag_ not in {"NNP", "NN", "PRP", "NNPS"}:
        return False
    opens = after.tag_ in {"TO", "WRB"} or after.lower_ == "that"
    return opens or (token.dep_.lower() == "root" and after.tag_ in {"DT", "IN", "PRP", "NNP", "PRP$"})


def _entries(table: dict[str, tuple[Cue, ...]], token: Token, section: str) -> tuple[Cue, ...]:
    """Look a word up by its form, which is surer than a model's lemma; the lemma helps with unusual spellings."""
    base = forms(section).get(token.lower_) or token.lemma_.lower()
    return table.get(base, ())


@cache
def forms(section: str) -> dict[str, str]:
    """Return the first words of a part of the lexicon, by every form that they can have."""
    inflect = {"verbs": verb_forms, "nouns": noun_forms}.get(section)
    bases = lexicon()[section]
    return {form: base for base in bases for form in (inflect(base) if inflect else (base,))}


def _fitting(doc: Doc, token: Token, entries: tuple[Cue, ...]) -> CueMatch | None:
    """Return the entries all of whose words are there; the longest decides where the cue ends."""
    fitting = [(cue, stop) for cue in entries if (stop := _stop_of(doc, token, cue)) is not None]
    if not fitting:
        return None
    return CueMatch(token, fitting[0][1], tuple(cue for cue, _ in fitting))


def _stop_of(doc: Doc, token: Token, cue: Cue) -> int | None:
    """Return where a cue ends that starts at this word; None when its other words do not follow."""
    position = token.i + 1
    for word in cue.words[1:]:
        limit = min(position + (MAX_GAP if position == token.i + 1 and cue.kind == "verbs" else 1), len(doc))
        index = next((i for i in range(position, limit) if doc[i].lower_ == word), None)
        if index is None or any(_breaks(doc[i]) for i in range(position, index)):
            return None
        position = index + 1
    return position


def _breaks(token: Token) -> bool:
    """Can this word not stand between a verb and its preposition?"""
    return not (word_class(token) == "ADV" or token.tag_ in {"RB", "RP"} or token.ent_type_ in {"DATE", "TIME"})
