"""Measure the English model: tags, trees and sentences on Universal Dependencies, names on the dev corpora."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example

from readout.weights import assigned, load_english

DATA = (
    "ud-ewt/dev.conllu",
    "ud-gum/dev.conllu",
    "ner/ner_gum_free_dev.jsonl",
    "ner/ner_meantime_dev.jsonl",
    "ner/ner_uner_ewt_dev.jsonl",
)
NEWS_LIKE = ("news", "interview", "speech", "bio", "voyage")
# The labels of the corpora that count as a person, an organization or a place (`score_ner.py --map core`).
_CORE = {
    name: kind
    for kind, names in {
        "PER": "PER PERSON person Person politician",
        "ORG": "ORG organization Organisation organisation politicalparty",
        "LOC": "LOC GPE Location location place country FAC",
    }.items()
    for name in names.split()
}
Row = tuple[str, bool, str, int, str]


def read_sentences(path: Path) -> Iterator[tuple[str, list[Row]]]:
    """Yield genre and (form, space after, tag, head, relation) rows of each sentence."""
    rows: list[list[str]] = []
    genre = "web"
    with path.open(encoding="utf-8") as lines:
        for line in map(str.rstrip, lines):
            if line.startswith("# meta::genre"):
                genre = line.partition("=")[2].strip()
            elif not line and rows:
                yield genre, list(_syntactic_words(rows))
                rows = []
            elif line and not line.startswith("#"):
                rows.append(line.split("\t"))


def _syntactic_words(rows: list[list[str]]) -> Iterator[Row]:
    covered, glued = 0, False
    for row in rows:
        if "-" in row[0]:
            covered, glued = int(row[0].split("-")[1]), "SpaceAfter=No" in row[9]
        elif "." not in row[0]:
            index = int(row[0])
            joined = True if index < covered else (glued if index == covered else "SpaceAfter=No" in row[9])
            yield row[1], not joined, row[4], int(row[6]), row[7]


def gold_doc(nlp: Language, sentences: Iterable[list[Row]]) -> Doc:
    """Join sentences with spaces into one document that carries the gold annotation."""
    words, spaces, tags, heads, deps, starts = [], [], [], [], [], []
    for rows in sentences:
        base = len(words)
        for index, (form, space, tag, head, dep) in enumerate(rows):
            words.append(form)
            spaces.append(space or index == len(rows) - 1)
            tags.append(tag)
            heads.append(base + (head - 1 if head else index))
            deps.append(dep if head else "ROOT")
            starts.append(index == 0)
    return Doc(nlp.vocab, words=words, spaces=spaces, tags=tags, heads=heads, deps=deps, sent_starts=starts)


def parse_scores(nlp: Language, golds: list[Doc], *, gold_tokens: bool = False) -> dict[str, float]:
    """Score tags, trees and sentence bounds, from raw text or on the gold tokens and sentences."""
    if gold_tokens:
        inputs: list[Any] = [_bare(nlp, gold) for gold in golds]
    else:
        inputs = [gold.text for gold in golds]
    examples = [Example(_upper_root(guess), gold) for guess, gold in zip(nlp.pipe(inputs), golds, strict=True)]
    scores = Scorer(nlp).score(examples)
    return {
        key: 100 * scores[key] for key in ("tag_acc", "dep_uas", "dep_las", "sents_f") if scores.get(key) is not None
    }


def _bare(nlp: Language, gold: Doc) -> Doc:
    doc = Doc(nlp.vocab, words=[t.text for t in gold], spaces=[bool(t.whitespace_) for t in gold])
    for token, known in zip(doc, gold, strict=True):
        token.is_sent_start = bool(known.is_sent_start)
    return doc


def _upper_root(doc: Doc) -> Doc:
    for token in doc:
        if token.dep_ == "root":
            token.dep_ = "ROOT"
    return doc


def tens(sentences: list[list[Row]]) -> Iterator[list[list[Row]]]:
    """Yield ten sentences at a time, as score_parse.py does."""
    for at in range(0, len(sentences), 10):
        yield sentences[at : at + 10]


def name_scores(nlp: Language, path: Path) -> dict[str, float]:
    """Return exact-span precision, recall, F1 over persons, organizations and places, and F1 of each."""
    counts: dict[str, list[int]] = {kind: [0, 0, 0] for kind in ("PER", "ORG", "LOC")}
    entries = [json.loads(line) for line in path.open(encoding="utf-8")]
    for entry, doc in zip(entries, nlp.pipe(entry["text"] for entry in entries), strict=True):
        gold = {(e["start"], e["end"], _CORE[e["label"]]) for e in entry["ents"] if e["label"] in _CORE}
        found = {(e.start_char, e.end_char, _CORE[e.label_]) for e in doc.ents if e.label_ in _CORE}
        for index, spans in enumerate((gold & found, found, gold)):
            for span in spans:
                counts[span[2]][index] += 1
    right, found_, gold_ = (sum(column) for column in zip(*counts.values(), strict=True))
    micro = {"p": 100 * right / max(1, found_), "r": 100 * right / max(1, gold_), "f": _f1(right, found_, gold_)}
    return micro | {f"f_{kind.lower()}": _f1(*column) for kind, column in counts.items()}


def _f1(right: int, found: int, gold: int) -> float:
    return 200 * right / max(1, found + gold)


def measure_model(nlp: Language, corpora: Path) -> dict[str, float]:
    """Return every figure for a pipeline."""
    out: dict[str, float] = {}
    parts = {part: list(read_sentences(corpora / f"ud-{part}" / "dev.conllu")) for part in ("ewt", "gum")}
    docs = {
        part: [gold_doc(nlp, group) for group in tens([rows for _, rows in pairs])] for part, pairs in parts.items()
    }
    for part, golds in {**docs, "ud": docs["ewt"] + docs["gum"]}.items():
        out |= {f"parse.{part}.{key.removeprefix('dep_')}": value for key, value in parse_scores(nlp, golds).items()}
    news = [gold_doc(nlp, group) for group in tens([rows for genre, rows in parts["gum"] if genre in NEWS_LIKE])]
    gold = parse_scores(nlp, news, gold_tokens=True)
    out |= {f"parse.gum_news_gold.{key.removeprefix('dep_')}": value for key, value in gold.items() if key != "sents_f"}
    for name in ("gum_free", "meantime", "uner_ewt"):
        scores = name_scores(nlp, corpora / "ner" / f"ner_{name}_dev.jsonl") if "doc.ents" in assigned(nlp) else {}
        out |= {f"names.{name}.{key}": value for key, value in scores.items()}
    return {key: round(value, 2) for key, value in out.items()}


def measure(corpora: Path) -> dict[str, float]:
    """Return every figure for the model that ships."""
    return measure_model(load_english(), corpora)
