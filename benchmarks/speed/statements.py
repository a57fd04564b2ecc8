"""How dear are statements? CPU seconds of the component, as a share of those of the parse of the same articles.

    OMP_NUM_THREADS=1 python -m benchmarks.speed.statements CORPORA [--articles 40] [--most 25]

The articles are those of polnear/dev, parsed in batches as the product does. The first is read once before, so that
loading the lexicons does not count; the best of three rounds does.
"""

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

from spacy.language import Language

from readout import pipeline
from readout.annotations import make_doc, plain_article

UNNEEDED = ("readout_events", "readout_background")
ROUNDS = 3


def share(corpora: Path, articles: int) -> float:
    """Return what the component costs in percent of the parse: the least of some rounds."""
    nlp = pipeline.load()
    for name in UNNEEDED:
        nlp.remove_pipe(name)
    paths = sorted((corpora / "polnear" / "dev" / "text").glob("*.txt"))[:articles]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    seconds_of(nlp, texts[:1])
    rounds = (seconds_of(nlp, texts) for _ in range(ROUNDS))
    return min(100 * spent["readout_statements"] / spent["readout_english"] for spent in rounds)


def seconds_of(nlp: Language, texts: list[str]) -> Counter[str]:
    """Return the CPU seconds that each component takes for these texts."""
    spent: Counter[str] = Counter()
    docs = [make_doc(nlp, plain_article(text)) for text in texts]
    for name, component in nlp.pipeline:
        began = time.process_time()
        docs = list(component.pipe(docs)) if hasattr(component, "pipe") else [component(doc) for doc in docs]
        spent[name] += time.process_time() - began
    return spent


def main() -> int:
    """Print the share; fail when it is above the ceiling."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--most", type=float, default=100.0, help="percent of the parse that statements may cost")
    args = parser.parse_args()
    found = share(args.corpora, args.articles)
    print(f"statements cost {found:.1f} % of the parse")
    return int(found > args.most)


if __name__ == "__main__":
    sys.exit(main())
