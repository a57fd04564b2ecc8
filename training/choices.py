"""Note the choices that pronouns leave: their candidates, what the network sees of them, and which are right.

python -m training.choices --corpora DIR --out work/choices

Data: coref/coref_gum_free_train (CC BY 4.0). The chains before a pronoun are those that gold leads to. Needs the
package; `training.ranking` needs torch alone.
"""

import argparse
import json
import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from readout import weights
from readout.annotations import make_doc, plain_article
from readout.detect import links
from readout.detect.discourse import Discourse
from readout.detect.pairs import PAIR_COLUMNS, PHRASE_COLUMNS, Phrasebook
from readout.detect.phrases import Phrase
from readout.detect.ranking import candidates, phrase_states
from readout.records import MentionKind

STEPS = ("readout_mentions", "readout_actors", "readout_coreference")
SET = "coref/coref_gum_free_train.jsonl"
Ints = npt.NDArray[np.int64]
Chains = list[list[tuple[int, int]]]


@dataclass(slots=True)
class Choice:
    """One pronoun: its candidates, the columns of each pair, and which are right."""

    index: int
    candidates: Ints
    pairs: Ints
    right: npt.NDArray[np.bool_]


@dataclass(slots=True)
class Choices:
    """The pronouns of one text, and what the network sees of its phrases."""

    states: npt.NDArray[np.float16]
    columns: Ints
    genre: str
    choices: list[Choice] = field(default_factory=list)


def main(corpora: Path, out: Path) -> None:
    """Read the corpus and write its choices, with the sizes of the columns."""
    out.mkdir(parents=True, exist_ok=True)
    nlp = weights.load(None)
    for step in STEPS:
        nlp.add_pipe(step)
    found: list[Choices] = []
    for text, genre, chains in texts(corpora / SET):
        links.chooser = guided(chains, genre, found)  # type: ignore[assignment]
        nlp(make_doc(nlp, plain_article(text)))
    rows = [
        (one.states, one.columns, [(c.index, c.candidates, c.pairs, c.right) for c in one.choices]) for one in found
    ]
    (out / "choices.pickle").write_bytes(pickle.dumps(rows))
    sizes = {"phrase": list(PHRASE_COLUMNS.values()), "pair": list(PAIR_COLUMNS.values())}
    (out / "columns.json").write_text(json.dumps(sizes), encoding="utf-8")


def texts(path: Path) -> Iterator[tuple[str, str, Chains]]:
    """Yield each text of a corpus with its genre and its chains."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield row["text"], row["genre"], row["clusters"]


def guided(chains: Chains, genre: str, found: list[Choices]) -> Callable[[Discourse], Callable[[int], None]]:
    """Return a way for pronouns to find what they stand for that notes what it sees and follows the gold chains."""

    def chooser(discourse: Discourse) -> Callable[[int], None]:
        book = Phrasebook(discourse)
        noted = Choices(phrase_states(discourse, book).astype(np.float16), book.columns, genre)
        found.append(noted)
        gold = chain_of_phrases(discourse.doc, discourse.phrases, chains)

        def refer(index: int) -> None:
            near = np.array(candidates(discourse, index), dtype=np.int64)
            if not len(near):
                return
            right = (gold[near] == gold[index]) & (gold[index] >= 0)
            noted.choices.append(Choice(index, near, book.pairs(index, near.tolist()), right))
            if right.any():
                discourse.join(index, int(near[right][0]), "gold")

        return refer

    return chooser


def chain_of_phrases(doc: Doc, phrases: list[Phrase], chains: Chains) -> Ints:
    """Return the gold chain of each phrase, -1 if none: of the same characters, else (nouns) of the same head."""
    exact: dict[tuple[int, int], int] = {}
    by_root: dict[int, tuple[int, int]] = {}
    for number, chain in enumerate(chains):
        for start, stop in chain:
            exact[start, stop] = number
            span = doc.char_span(start, stop, alignment_mode="contract")
            if span is not None and len(span):
                by_root[span.root.i] = min(by_root.get(span.root.i, (10**9, -1)), (stop - start, number))
    return np.array([_chain_of(doc, phrase, exact, by_root) for phrase in phrases], dtype=np.int64)


def _chain_of(doc: Doc, phrase: Phrase, exact: dict[tuple[int, int], int], by_root: dict[int, tuple[int, int]]) -> int:
    span = doc[phrase.start : phrase.stop]
    known = exact.get((span.start_char, span.end_char))
    if known is not None:
        return known
    if phrase.parts or phrase.kind is MentionKind.PRONOUN:
        return -1
    return by_root.get(phrase.root, (0, -1))[1]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    main(args.corpora, args.out)
