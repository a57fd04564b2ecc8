"""Is it found who said what? On polnear/dev, with the first annotator's attributions.

python -m benchmarks.quality.statements CORPORA

PolNeAR marks beliefs and intentions as well as speech, and only the outermost attribution: statements inside others are
left out here. Its contents include the quotation marks, which ours leave out: a neighbouring mark is added. It marks a
relative pronoun as (part of) the source, which ours keeps in the evidence.
"""

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from readout import pipeline
from readout.annotations import evidence_of, make_doc, plain_article, statements_of
from readout.provenance import TextSpan
from readout.records import Statement

DATA = ("polnear/dev",)
UNNEEDED = ("readout_times", "readout_places", "readout_events", "readout_background")
MARKS = "“”\"‘’'«»"


def measure(corpora: Path) -> dict[str, float]:
    """Return F1, precision and recall of linked attributions in percent, and recall by kind and by class of cue."""
    scorer = _scorer(corpora.parent / "scorers" / "score_polnear.py")
    texts = scorer.read_texts(str(corpora / "polnear"), "dev")
    predicted = dict(predictions(texts))
    gold = scorer.read_gold(str(corpora / "polnear"), "dev", "first")
    result = scorer.score([(scorer.Doc(texts[doc]), predicted[doc], found) for _, doc, found in gold])
    return _figures(result)


def _scorer(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_polnear", path)
    if spec is None or spec.loader is None:
        sys.exit(f"no scorer at {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predictions(texts: dict[str, str]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield the attributions that are found in each text."""
    nlp = pipeline.load()
    for name in UNNEEDED:
        nlp.remove_pipe(name)
    for doc_id in sorted(texts):
        doc = make_doc(nlp, plain_article(texts[doc_id]))
        for _, component in nlp.pipeline:
            doc = component(doc)
        found = [one for one in statements_of(doc) if one.inside is None]
        pronouns = {row.record_id: row.span for row in evidence_of(doc) if row.rule == "source.relative_pronoun"}
        yield doc_id, [_attribution(one, pronouns.get(one.id), texts[doc_id]) for one in found]


def _attribution(statement: Statement, pronoun: TextSpan | None, text: str) -> dict[str, Any]:
    sources = [statement.source.span] if statement.source else []
    sources += [pronoun] if pronoun else []
    return {
        "content": [_with_marks(span.start, span.stop, text) for span in statement.content],
        "cue": [[statement.cue.start, statement.cue.stop]] if statement.cue else [],
        "source": [[span.start, span.stop] for span in sources],
    }


def _with_marks(start: int, stop: int, text: str) -> list[int]:
    start -= start > 0 and text[start - 1] in MARKS
    stop += stop < len(text) and text[stop] in MARKS
    return [start, stop]


def _figures(result: dict[str, Any]) -> dict[str, float]:
    linked = result["attributions"]["full-overlap"]
    figures = {
        "full_overlap_f1": linked["F1"],
        "full_overlap_precision": linked["P"],
        "full_overlap_recall": linked["R"],
        "content_f1": result["attributions"]["content@.5"]["F1"],
        "source_given_content": result["link"]["source_overlap_when_gold_has_one"],
    }
    kinds = {
        "direct": "direct",
        "mixed": "mixed",
        "indirect": "indirect",
        "speech-cue": "speech_cue",
        "other-cue": "other_cue",
    }
    figures |= {f"recall_{name}": result["by_type"][kind]["recall"] for kind, name in kinds.items()}
    return {name: round(100 * value, 2) for name, value in figures.items()}


if __name__ == "__main__":
    for metric, figure in measure(Path(sys.argv[1])).items():
        print(f"{metric:24} {figure:6.2f}")
