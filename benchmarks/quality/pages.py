"""Body text of news pages: token F1, and the share of lines that are no part of the article (as score_pages.py)."""

import gzip
import json
import re
import sys
from collections import Counter
from pathlib import Path

from readout.collect.extraction import extract_page

DATA = ("pages",)
LOWER_IS_BETTER = frozenset({"pages.foreign_lines"})
FEWEST_WORDS = 4  # a shorter line is not counted


def measure(corpora: Path) -> dict[str, float]:
    """Return the mean token F1 per page, and the share of kept lines that no gold paragraph contains."""
    gold = json.loads((corpora / "pages" / "gold.json").read_text(encoding="utf-8"))
    scores: list[float] = []
    kept = foreign = 0
    for page, row in gold.items():
        lines = extract_page(gzip.decompress((corpora / "pages" / "html" / page).read_bytes())).lines
        scores.append(token_f1(row["body"], lines))
        body = squeezed(" ".join(row["body"]))
        counted = [line for line in lines if len(re.findall(r"\w+", line)) >= FEWEST_WORDS]
        kept += len(counted)
        foreign += sum(squeezed(line) not in body for line in counted)
    return {
        "pages": float(len(gold)),
        "pages.token_f1": sum(scores) / max(len(scores), 1),
        "pages.foreign_lines": foreign / max(kept, 1),
    }


def token_f1(wanted: list[str], found: tuple[str, ...]) -> float:
    """Return the F1 of the words of two lists of lines, as multisets."""
    a, b = (Counter(re.findall(r"\w+", " ".join(lines).lower())) for lines in (wanted, found))
    hit = sum((a & b).values())
    return 2 * hit / (a.total() + b.total()) if hit else 0.0


def squeezed(text: str) -> str:
    """Return the letters and digits of a text in lower case."""
    return re.sub(r"\W+", "", text.lower())


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1])), indent=1))
