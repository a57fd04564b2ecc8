"""Read Universal Dependencies treebanks into spaCy documents."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab


@dataclass(frozen=True, slots=True)
class Word:
    """One row of a CoNLL-U file."""

    text: str
    space: bool
    lemma: str
    pos: str
    tag: str
    feats: str
    head: int
    dep: str


@dataclass(frozen=True, slots=True)
class TreebankSentence:
    """One sentence with its place in the treebank."""

    words: tuple[Word, ...]
    document: str
    genre: str
    paragraph: int
    block: str = ""


@dataclass(slots=True)
class _Place:
    """Where in the treebank the reader stands."""

    document: str = ""
    genre: str = "web"
    paragraph: int = 0
    block: str = ""
    rows: list[list[str]] = field(default_factory=list)


def read_conllu(path: Path) -> Iterator[TreebankSentence]:
    """Yield the sentences of a CoNLL-U file with document, genre and paragraph."""
    place = _Place()
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("#"):
                _note(place, line)
            elif line:
                place.rows.append(line.split("\t"))
            elif place.rows:
                yield TreebankSentence(
                    tuple(_words(place.rows)), place.document, place.genre, place.paragraph, place.block
                )
                place.rows = []


def _note(place: _Place, comment: str) -> None:
    key, _, value = comment[1:].partition("=")
    match key.strip():
        case "newdoc id":
            place.document, place.paragraph = value.strip(), place.paragraph + 1
        case "meta::genre" | "genre":
            place.genre = value.strip()
        case "newpar" | "newpar id":
            place.paragraph, place.block = place.paragraph + 1, ""
        case "newpar_block":
            place.block = value.split()[0]


def _words(rows: list[list[str]]) -> Iterator[Word]:
    """Yield syntactic words; inside a multiword token ("do" + "n't") nothing separates them."""
    covered, glued = 0, False
    for row in rows:
        if "-" in row[0]:
            covered, glued = int(row[0].split("-")[1]), "SpaceAfter=No" in row[9]
        elif "." not in row[0]:
            index = int(row[0])
            own = "SpaceAfter=No" in row[9]
            joined = True if index < covered else (glued if index == covered else own)
            yield Word(row[1], not joined, row[2], row[3], row[4], row[5], int(row[6]), row[7])


def to_doc(vocab: Vocab, sentences: Iterable[TreebankSentence]) -> Doc:
    """Join sentences into one gold document, a space between them."""
    words: list[Word] = []
    spaces: list[bool] = []
    heads: list[int] = []
    starts: list[bool] = []
    for sentence in sentences:
        base, last = len(words), len(sentence.words) - 1
        for index, word in enumerate(sentence.words):
            words.append(word)
            spaces.append(word.space or index == last)
            heads.append(base + (word.head - 1 if word.head else index))
            starts.append(index == 0)
    return Doc(
        vocab,
        words=[word.text for word in words],
        spaces=spaces,
        tags=[word.tag for word in words],
        pos=[word.pos for word in words],
        morphs=["" if word.feats == "_" else word.feats for word in words],
        lemmas=[word.lemma for word in words],
        heads=heads,
        deps=["ROOT" if not word.head else word.dep for word in words],
        sent_starts=starts,
    )


def tens(sentences: Iterable[TreebankSentence]) -> Iterator[list[TreebankSentence]]:
    """Yield ten sentences at a time, as the parse scorer reads them."""
    stream = iter(sentences)
    while group := list(islice(stream, 10)):
        yield group


def main() -> None:
    """Write treebank sentences, ten to a document, as a DocBin."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("conllu", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    vocab = spacy.blank("en").vocab
    groups = (group for path in args.conllu for group in tens(read_conllu(path)))
    bin_ = DocBin(docs=[to_doc(vocab, group) for group in groups])
    bin_.to_disk(args.out)


if __name__ == "__main__":
    main()
