"""The stages and steps in order: the file to open first.

bytes ─collect─▶ Article ─detect─▶ Sentence, Mention, Actor ─extract─▶ Statement, Event ─group─▶ Story
                    └────────── every step also yields Evidence and Skipped ──────────┘
                                        record: one SQLite file ─serve─▶ the brief, JSON, tables
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from readout import executors, weights
from readout.annotations import (
    actors_of,
    annotate,
    article_of,
    background_of,
    events_of,
    evidence_of,
    make_doc,
    mentions_of,
    places_of,
    sentences_of,
    skipped_of,
    statements_of,
    times_of,
)
from readout.collect.evidence import article_evidence
from readout.collect.readers import read_inputs
from readout.detect.sentences import sentence_records
from readout.group.stories import group
from readout.provenance import Skipped
from readout.records import Article, Reading, Story
from readout.settings import Settings


@dataclass(frozen=True, slots=True)
class Step:
    """One component of the language pipeline: its spaCy factory, and the stage it belongs to."""

    stage: str
    factory: str
    makes: str


STEPS = (
    Step("detect", "readout_mentions", "who is named, described or referred to"),
    Step("detect", "readout_actors", "which actor a name or description means, on that date"),
    Step("detect", "readout_coreference", "which actor a pronoun means"),
    Step("extract", "readout_times", "time expressions and their TIMEX3 values"),
    Step("extract", "readout_places", "places and their GeoNames ids"),
    Step("extract", "readout_statements", "who said what to whom, through whom"),
    Step("extract", "readout_events", "who did what to whom, coded in PLOVER"),
    Step("extract", "readout_background", "facts that explain a term and are not news"),
)
"""What reads an article, in order, after tagger, parser and names; `readout_paragraphs` stands before these."""


def load(model: str | None = None, *, settings: Settings | None = None) -> Language:
    """Return the spaCy pipeline: our English model (or an installed one, by name or folder) and all our steps."""
    settings = settings or Settings()
    nlp = weights.load(model or settings.model)
    for step in STEPS:
        nlp.add_pipe(step.factory, config=step_config(step, settings))
    return nlp


def step_config(step: Step, settings: Settings) -> dict[str, Any]:
    """Return what of the settings concerns a step."""
    if step.stage == "detect":
        return {"actors": [str(path) for path in settings.actors]}
    return {}


def read(paths: Iterable[str], *, settings: Settings | None = None) -> Iterator[Reading | Skipped]:
    """Read articles from files, folders, globs or standard input ("-"); what gives no article is yielded as Skipped."""
    settings = settings or Settings()
    return read_articles(read_inputs(paths, settings=settings), settings=settings)


def read_articles(
    inputs: Iterable[Article | Skipped], *, settings: Settings | None = None
) -> Iterator[Reading | Skipped]:
    """Run detect and extract over articles, here or on several processes, in their order; pass Skipped rows on."""
    settings = settings or Settings()
    return executors.run(partial(Reader, settings), inputs, workers=settings.workers, batch_size=settings.batch_size)


class Reader:
    """The per-article work with its loaded language pipeline; one lives in each process that reads."""

    def __init__(self, settings: Settings, nlp: Language | None = None) -> None:
        self.settings = settings
        self.nlp = nlp or load(settings=settings)
        self.failures: dict[str, Skipped] = {}
        self.nlp.default_error_handler = self._note_failure

    def __call__(self, batch: Sequence[Article | Skipped]) -> list[Reading | Skipped]:
        """Read a batch; an article that cannot be read becomes a Skipped row with the step that failed."""
        docs = [make_doc(self.nlp, one) for one in batch if isinstance(one, Article) and self._fits(one)]
        read_docs = self.nlp.pipe(docs)
        readings = {reading.article.id: reading for reading in map(reading_of, read_docs)}
        outcomes = [one if isinstance(one, Skipped) else readings.get(one.id) or self.failures[one.id] for one in batch]
        self.failures.clear()
        return outcomes

    def _fits(self, article: Article) -> bool:
        limit = self.settings.article_limit
        if len(article.text) > limit:
            reason = f"the text has {len(article.text)} characters, more than the {limit} that are read as one article"
            self.failures[article.id] = Skipped(article.path or article.id, "pipeline", reason)
        return len(article.text) <= limit

    def _note_failure(self, step: str, _component: object, docs: list[Doc], error: Exception) -> None:
        for doc in docs:
            article = article_of(doc)
            reason = f"step {step} failed: {type(error).__name__}: {error}"
            self.failures[article.id] = Skipped(article.path or article.id, step, reason)


def reading_of(doc: Doc) -> Reading:
    """Collect what the components wrote on a Doc."""
    article = article_of(doc)
    annotate(doc, sentences=sentence_records(doc), evidence=article_evidence(article))
    return Reading(
        article=article,
        sentences=sentences_of(doc),
        mentions=mentions_of(doc),
        actors=actors_of(doc),
        statements=statements_of(doc),
        events=events_of(doc),
        times=times_of(doc),
        places=places_of(doc),
        background=background_of(doc),
        skipped=skipped_of(doc),
        evidence=evidence_of(doc),
    )


@dataclass(frozen=True, slots=True)
class Coverage:
    """Readings and the stories that they tell."""

    readings: dict[str, Reading] = field(default_factory=dict)
    stories: tuple[Story, ...] = ()
    skipped: tuple[Skipped, ...] = ()


def cover(outcomes: Iterable[Reading | Skipped]) -> Coverage:
    """Group readings into stories; an article that comes twice counts once."""
    readings: dict[str, Reading] = {}
    skipped: list[Skipped] = []
    for one in outcomes:
        if isinstance(one, Skipped):
            skipped.append(one)
        else:
            readings.setdefault(one.article.id, one)
    return Coverage(readings, tuple(group(list(readings.values()))), tuple(skipped))
