"""How fast one process on one core reads English: words a second, start-up, memory, the ratio to a bare tokenizer.

    OMP_NUM_THREADS=1 python benchmarks/speed/language.py --corpora CORPORA [--floor 9000]

Words are the tokens of the Universal Dependencies dev texts, in batches of 64 texts of ten sentences. Seconds are CPU
seconds of this process, so that a busy machine does not change the figure much. The best of three rounds
counts; the first, with every word still new, is printed beside it.
"""

import argparse
import resource
import sys
import time
from pathlib import Path

import spacy
from spacy.language import Language

from benchmarks.quality.language import gold_doc, read_sentences, tens
from readout.weights import load

BATCH = 64
ROUNDS = 3


def texts(corpora: Path) -> list[str]:
    """Return the dev texts of both treebanks, ten sentences each."""
    blank = spacy.blank("en")
    return [
        gold_doc(blank, group).text
        for part in ("ewt", "gum")
        for group in tens([rows for _, rows in read_sentences(corpora / f"ud-{part}" / "dev.conllu")])
    ]


def words_per_second(nlp: Language, lines: list[str]) -> tuple[float, float]:
    """Return the rate of the first round and of the best, after a warm-up."""
    list(nlp.pipe(lines[:BATCH], batch_size=BATCH))
    rates = []
    for _ in range(ROUNDS):
        began = time.process_time()
        words = sum(len(doc) for doc in nlp.pipe(lines, batch_size=BATCH))
        rates.append(words / (time.process_time() - began))
    return rates[0], max(rates)


def memory() -> float:
    """Return the most memory this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Print the figures; fail below the floor."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--model")
    parser.add_argument("--floor", type=float, default=0.0, help="fewest words per second")
    args = parser.parse_args()
    began = time.perf_counter()
    nlp = load(args.model)
    loaded = time.perf_counter() - began
    lines = texts(args.corpora)
    (first, rate), (bare_first, bare) = words_per_second(nlp, lines), words_per_second(spacy.blank("en"), lines)
    print(f"load {loaded:.2f} s   {rate:,.0f} words/s (first round {first:,.0f})   memory {memory():.0f} MB")
    print(f"blank tokenizer {bare:,.0f} words/s (first round {bare_first:,.0f})")
    print(f"ratio 1:{bare / rate:.0f} (first round 1:{bare_first / first:.0f})")
    return 0 if rate >= args.floor else 1


if __name__ == "__main__":
    sys.exit(main())
