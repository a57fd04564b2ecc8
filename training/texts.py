"""The raw texts that may train, as paragraphs (Wikinews, ECB+, GENEVA, LitBank)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from training.treebank import read_conllu

SHORTEST = 5  # words of a text from which it is read for acts
RAW = (
    "raw/wikinews.jsonl",
    "stories/ecbplus_dev.jsonl",
    "events/event_geneva_train.jsonl",
    "coref/coref_litbank.jsonl",
)
_SPACED_PUNCTUATION = re.compile(r" (?=[.,;:!?%)\]]|n't\b|'(?:s|re|ve|ll|d|m)\b)|(?<=[(\[$]) ")
_SPACED_HYPHEN = re.compile(r"(?<=\w) - (?=\w)")
_SINGLE_QUOTES = re.compile(r"` `|'' |``")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of raw text."""

    source: str
    text: str


def paragraphs(corpora: Path) -> Iterator[Paragraph]:
    """Yield the paragraphs of every raw corpus, tokenised text glued together again."""
    for name in RAW:
        source = Path(name).stem
        for line in (corpora / name).open(encoding="utf-8"):
            text = json.loads(line)["text"] or ""
            if source != "wikinews":
                text = _glue(text)
            for block in re.split(r"\n+", text):
                block = " ".join(block.split())
                if len(block) > 1:
                    yield Paragraph(source, block)


def sentences(corpora: Path) -> Iterator[str]:
    """Yield paragraphs of news and encyclopedic text and sentences of the treebanks, of five words and more."""
    plain = (one.text for one in paragraphs(corpora) if one.source != "coref_litbank")
    trees = (one for part in ("ud-ewt", "ud-gum") for one in read_conllu(corpora / part / "train.conllu"))
    written = (" ".join(word.text for word in one.words) for one in trees)
    yield from (text for text in chain(plain, written) if len(text.split()) >= SHORTEST)


def _glue(text: str) -> str:
    """Undo the spaces of tokenised text."""
    text = _SINGLE_QUOTES.sub('"', text)
    return _SPACED_HYPHEN.sub("-", _SPACED_PUNCTUATION.sub("", text))
