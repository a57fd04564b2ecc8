"""Code one marked pair: which PLOVER type has what the source does to the target; always an answer.

Every act of the sentence is weighed: does the source stand where the lexicon puts a source, the target where it puts a
target, and how near are its words to the path between the two? The best act gives type, mode and trigger.
"""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Token

from readout import weights
from readout.errors import BadTable
from readout.extract.acts import Act, acts, auxiliaries
from readout.extract.casting import cast
from readout.extract.conditions import unmet_by_words
from readout.extract.predicates import QUADS, Kind, lexicon
from readout.extract.roles import surface_subject
from readout.extract.said import demands

Range = tuple[int, int]

COLUMNS = ("sentence", "marked_sentence", "source", "target")
OUT_COLUMNS = ("uid", "type", "mode", "score")
MARK = re.compile(r"</?[st]>")
SOURCE_FITS = 0.5  # weights of the evidence for an act; set by hand on sentences of our own
TARGET_FITS = 0.3
OUTERMOST = 0.25
BETWEEN = 0.2
FAR = 0.02  # per token between the act and the nearest party
NOMINAL = 0.15
UNFIT = 0.6
ASIDE = 0.2
ECHOES = frozenset({"it", "they", "he", "she"})
MATERIAL_CONFLICT = 4
FUTURE = frozenset({"will", "'ll", "’ll", "shall", "would"})
FALLBACK = "CONSULT"


@dataclass(frozen=True, slots=True)
class Coding:
    """What a source does to a target, with the words that say so (None when nothing in the lexicon does)."""

    type: str
    mode: str | None
    quad: int
    score: float
    trigger: tuple[Range, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence with the ranges of characters of its source and its target."""

    sentence: str
    source: tuple[Range, ...] = ()
    target: tuple[Range, ...] = ()


@cache
def language(model: str | None = None) -> Language:
    """Return the language model, once per process."""
    return weights.load(model)


def code(sentence: str, *, source: Range | None, target: Range | None, model: str | None = None) -> Coding:
    """Return the PLOVER type of what the source does to the target in a sentence."""
    pair = Pair(sentence, (source,) if source else (), (target,) if target else ())
    return coded(language(model)(sentence), pair)


def coded(doc: Doc, pair: Pair) -> Coding:
    """Return the type of a marked pair in a parsed sentence."""
    sources, targets = tokens_in(doc, pair.source), tokens_in(doc, pair.target)
    found = [*acts(lexicon().hits(doc)), *demanded(doc, targets)]
    weighed = [(weight(act, sources, targets), act) for act in found]
    if not weighed:
        return Coding(FALLBACK, None, QUADS[FALLBACK], 0.1)
    score, best = max(weighed, key=lambda one: one[0])
    type_ = pair_type(best)
    trigger = tuple((token.idx, token.idx + len(token)) for token in best.tokens)
    mode = best.mode if type_ == best.type else None
    return Coding(type_, mode, QUADS[type_], round(min(max(score / 2, 0.05), 0.99), 3), trigger)


def demanded(doc: Doc, targets: frozenset[int]) -> Iterator[Act]:
    """Yield what the source says that the target must do."""
    for act in demands(doc):
        found = surface_subject(act.head)
        if found is not None and found.token.i in targets:
            yield act


def pair_type(act: Act) -> str:
    """Return the type of an act as marked pairs are coded: an announced use of force is a threat, capture a fight."""
    if act.quad == MATERIAL_CONFLICT and {one.lower_ for one in auxiliaries(act.head)} & FUTURE:
        return "THREATEN"
    return act.hit.predicate.pair or act.type if act.inner is None and act.type == act.hit.predicate.type else act.type


def tokens_in(doc: Doc, ranges: Sequence[Range]) -> frozenset[int]:
    """Return the tokens of ranges of characters."""
    return frozenset(token.i for token in doc if any(overlaps(token, one) for one in ranges))


def overlaps(token: Token, characters: Range) -> bool:
    """Does a word share a character with a range?"""
    return characters[0] < token.idx + len(token) and token.idx < characters[1]


def weight(act: Act, sources: frozenset[int], targets: frozenset[int]) -> float:
    """Return how well an act fits what the source does to the target."""
    marked = sources | targets
    echoes = sources | {one for one in pronouns(act.head.doc) if sources and one > min(sources)}
    filled = cast(act, lambda token: token.i in marked or token.i in echoes)
    value = act.score
    by_source = act.hit.predicate.source == ("speaker",) or any(one.token.i in echoes for one in filled.sources)
    value += SOURCE_FITS * by_source
    value += TARGET_FITS * any(one.token.i in targets for one in (*filled.targets, *filled.sources))
    value -= NOMINAL * (act.hit.predicate.kind is Kind.NOUN)
    value += OUTERMOST * is_main(act.head) - ASIDE * (act.head.dep_ in {"advcl", "acl:relcl"})
    value += BETWEEN * is_between(act.head.i, sources, targets)
    value -= FAR * distance(act, marked)
    value -= UNFIT * unmet_by_words(act)
    inside = all(token.i in marked for token in act.tokens)
    return value - (1.0 if inside else 0.0)


def is_main(head: Token) -> bool:
    """Does a word head the sentence, or what is said in it?"""
    return head.dep_ == "ROOT" or (head.dep_ == "ccomp" and head.head.dep_ == "ROOT")


def pronouns(doc: Doc) -> list[int]:
    """Return the subjects that can stand for a party named before."""
    return [token.i for token in doc if token.lower_ in ECHOES and token.dep_ in {"nsubj", "nsubj:pass"}]


def is_between(position: int, sources: frozenset[int], targets: frozenset[int]) -> bool:
    """Does a word stand between the two parties?"""
    if not sources or not targets:
        return False
    return min(max(sources), max(targets)) < position < max(min(sources), min(targets))


def distance(act: Act, marked: frozenset[int]) -> int:
    """Return how many tokens lie between an act and the nearest party."""
    return min((abs(act.head.i - position) for position in marked), default=10)


def code_table(path_in: Path, path_out: Path, *, model: str | None = None) -> int:
    """Code the marked pairs of a table, write uid, type, mode and score, and return how many there were."""
    rows = list(table_rows(path_in))
    docs = language(model).pipe(pair.sentence for _, pair in rows)
    with path_out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(OUT_COLUMNS)
        for (uid, pair), doc in zip(rows, docs, strict=True):
            result = coded(doc, pair)
            writer.writerow([uid, result.type, result.mode or "", result.score])
    return len(rows)


def table_rows(path: Path) -> Iterator[tuple[str, Pair]]:
    """Yield the rows of a table of marked pairs, each with its uid (else its number, from 0)."""
    csv.field_size_limit(1 << 27)
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t")
        missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
        if missing:
            why = f"it lacks {', '.join(missing)}; the columns are {', '.join(COLUMNS)}, separated by tabs"
            raise BadTable(str(path), why)
        for number, row in enumerate(reader):
            yield row.get("uid") or str(number), pair_of(row)


def pair_of(row: dict[str, str]) -> Pair:
    """Return the pair of a row: from the marks, or, for a party without marks, by looking for its words."""
    sentence, marked = unmarked(row["marked_sentence"] or row["sentence"] or "")
    source = marked["s"] or found(sentence, row["source"])
    target = marked["t"] or found(sentence, row["target"])
    return Pair(sentence, tuple(source), tuple(target))


def unmarked(text: str) -> tuple[str, dict[str, list[Range]]]:
    """Return a sentence without its marks, and the ranges that they stood around; an unclosed mark is dropped."""
    pieces: list[str] = []
    length, position = 0, 0
    opened: dict[str, int] = {}
    ranges: dict[str, list[Range]] = {"s": [], "t": []}
    for match in MARK.finditer(text):
        pieces.append(text[position : match.start()])
        length += match.start() - position
        position = match.end()
        name = match.group()[-2]
        if match.group().startswith("</"):
            if name in opened and opened[name] < length:
                ranges[name].append((opened.pop(name), length))
        else:
            opened[name] = length
    pieces.append(text[position:])
    return "".join(pieces), ranges


def found(sentence: str, words: str | None) -> list[Range]:
    """Return where the words of an unmarked party stand, if they do."""
    start = sentence.lower().find(words.lower()) if words else -1
    return [(start, start + len(words or ""))] if start >= 0 else []
