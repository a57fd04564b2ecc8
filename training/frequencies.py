"""Make src/readout/group/data/frequencies.txt: in how many documents each word stem occurs.

    python -m training.frequencies CORPORA OUT

Counted over Wikinews articles (CC BY 2.5) and the documents of UD English EWT (CC BY-SA 4.0) and GUM (CC BY): a backing
for the rarity of a word when only a few articles are at hand. Stems of fewer than MIN_DOCUMENTS documents are left out.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from readout.group.words import keys_of, stem

MIN_DOCUMENTS = 3


def documents(corpora: Path) -> Iterator[str]:
    """Yield the text of every document that the list is counted on."""
    with (corpora / "raw/wikinews.jsonl").open(encoding="utf-8") as rows:
        for row in rows:
            article = json.loads(row)
            yield f"{article['title'] or ''}\n{article['text']}"
    for treebank in ("ud-ewt/train.conllu", "ud-gum/train.conllu"):
        for document in (corpora / treebank).read_text(encoding="utf-8").split("# newdoc")[1:]:
            lines = [line for line in document.splitlines() if line.startswith("# text = ")]
            yield "\n".join(line.removeprefix("# text = ") for line in lines)


def main(corpora: Path, out: Path) -> None:
    """Count and write."""
    counts: Counter[str] = Counter()
    number = 0
    for text in documents(corpora):
        counts.update({stem(key) for key in keys_of(text)})
        number += 1
    rows = sorted((word, count) for word, count in counts.items() if count >= MIN_DOCUMENTS)
    head = "# Documents in which a word stem occurs (training/frequencies.py); the empty word counts them all.\n"
    body = "".join(f"{word}\t{count}\n" for word, count in [("", number), *rows])
    out.write_text(head + body, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
