"""Learn the tables of readout.detect.forms from the treebanks.

python -m training.forms --corpora DIR --out FILE
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from dataclasses import asdict
from pathlib import Path

from readout.detect.forms import _AS_WRITTEN, _STRAIGHT, Forms
from training.treebank import Word, read_conllu


def learn(words: list[Word]) -> Forms:
    """Return tables that answer with the most frequent analysis."""
    return Forms(*_lemmas(words), _parts(words), _morphology(words))


def _rule(word: str, lemma: str) -> tuple[int, str]:
    shared = 0
    while shared < min(len(word), len(lemma)) and word[shared] == lemma[shared]:
        shared += 1
    return len(word) - shared, lemma[shared:]


def _lemmas(words: list[Word]) -> tuple[dict, dict]:
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for word in words:
        text = word.text.translate(_STRAIGHT)
        counts[word.tag, text if word.tag in _AS_WRITTEN else text.lower()][word.lemma] += 1
    best = {key: lemmas.most_common(1)[0][0] for key, lemmas in counts.items()}
    rules: dict[str, dict[str, Counter]] = defaultdict(lambda: defaultdict(Counter))
    for (tag, text), lemma in best.items():
        cut, add = _rule(text, lemma)
        for size in range(min(5, len(text) - 1) + 1):
            rules[tag][text[len(text) - size :]][cut, add] += 1
    endings: dict[str, dict[str, list]] = defaultdict(dict)
    for tag, table in rules.items():
        for ending in sorted(table, key=len):
            (rule, count), total = table[ending].most_common(1)[0], sum(table[ending].values())
            shorter = next(
                (endings[tag][ending[i:]] for i in range(1, len(ending) + 1) if ending[i:] in endings[tag]), [0, ""]
            )
            if not ending or (list(rule) != shorter and total >= 3 and count / total > 0.6):
                endings[tag][ending] = list(rule)
    partial = Forms(endings=dict(endings))
    exceptions: dict[str, dict[str, str]] = defaultdict(dict)
    for (tag, text), lemma in best.items():
        if partial.lemma(text, tag) != lemma and (sum(counts[tag, text].values()) > 1 or tag not in _AS_WRITTEN):
            exceptions[tag][text] = lemma
    return dict(endings), dict(exceptions)


def _parts(words: list[Word]) -> dict[str, str]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for word in words:
        counts[word.tag][word.pos] += 1
        counts[f"{word.tag} {word.dep if word.head else 'ROOT'}"][word.pos] += 1
    best = {key: parts.most_common(1)[0][0] for key, parts in counts.items()}
    return {key: pos for key, pos in best.items() if " " not in key or best[key.split()[0]] != pos}


def _morphology(words: list[Word]) -> dict[str, str]:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for word in words:
        feats = "" if word.feats == "_" else word.feats
        counts[f"{word.tag} {word.pos}"][feats] += 1
        counts[f"{word.tag} {word.pos} {word.text.lower()}"][feats] += 1
    best = {key: feats.most_common(1)[0][0] for key, feats in counts.items()}
    general = {key: feats for key, feats in best.items() if key.count(" ") == 1}
    special = {
        k: v
        for k, v in best.items()
        if k.count(" ") > 1 and sum(counts[k].values()) > 2 and v != general[" ".join(k.split(" ")[:2])]
    }
    return general | special


def treebank_words(corpora: Path, part: str) -> list[Word]:
    """Return the words of both treebanks."""
    return [w for bank in ("ud-ewt", "ud-gum") for s in read_conllu(corpora / bank / f"{part}.conllu") for w in s.words]


def main() -> None:
    """Write the tables and say how right they are on the dev parts, given gold tags."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    forms = learn(treebank_words(args.corpora, "train"))
    args.out.write_text(json.dumps(asdict(forms), ensure_ascii=False, indent=0, sort_keys=True), encoding="utf-8")
    dev = treebank_words(args.corpora, "dev")
    right = {
        "lemma": sum(forms.lemma(w.text, w.tag) == w.lemma for w in dev),
        "pos": sum(forms.part_of_speech(w.tag, w.dep if w.head else "ROOT") == w.pos for w in dev),
        "morphology": sum(forms.features(w.text, w.tag, w.pos) == w.feats.replace("_", "") for w in dev),
    }
    print({name: round(100 * count / len(dev), 2) for name, count in right.items()}, "of", len(dev), "words")


if __name__ == "__main__":
    main()
