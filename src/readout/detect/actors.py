"""Say which actor a name or description means, on the article's date."""

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from readout.annotations import annotate, article_of, register
from readout.detect import facts
from readout.detect.cast import Cast, actor_record
from readout.detect.identities import identify
from readout.detect.knowledge import Knowledge
from readout.detect.mentions import find_phrases, is_shown
from readout.detect.phrases import KEY, Phrase, mention_record
from readout.provenance import Evidence
from readout.records import Mention

STEP = "actors@1"
CAST = "readout_cast"


@Language.factory(
    "readout_actors",
    requires=["doc._.readout_mentions", "token.tag", "token.dep"],
    assigns=["doc._.readout_actors", "doc._.readout_mentions", "doc._.readout_evidence"],
    default_config={"actors": []},
)
def make_actors(nlp: Language, name: str, actors: list[str]) -> Callable[[Doc], Doc]:
    """Return the component; `actors` are files with the user's own actors."""
    register()
    return Actors(facts.load(actors))


class Actors:
    """Names the actors behind names and descriptions, and enters them in the cast of the article."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def __call__(self, doc: Doc) -> Doc:
        phrases: list[Phrase] = doc.user_data.setdefault(KEY, find_phrases(doc, self.knowledge))
        cast = Cast(self.knowledge, article_of(doc).published)
        identify(doc, phrases, cast)
        doc.user_data[CAST] = cast
        write(doc, phrases, cast, step=STEP)
        return doc


def write(doc: Doc, phrases: list[Phrase], cast: Cast, *, step: str, only: frozenset[int] | None = None) -> None:
    """Write the mentions with their actors, the actors, and the evidence for both."""
    first: dict[int, str] = {}
    mentions: list[Mention] = []
    evidence: list[Evidence] = []
    by_phrase: dict[int, str] = {}
    sizes: dict[int, int] = {}
    for phrase in phrases:
        sizes[phrase.chain] = sizes.get(phrase.chain, 0) + 1
    for index, phrase in enumerate(phrases):
        if not is_shown(phrase) and (phrase.chain < 0 or sizes[phrase.chain] < 2):
            continue
        figure = cast.figures.get(phrase.actor) if phrase.actor else None
        mention = mention_record(doc, phrase, first.get(phrase.chain), figure.id if figure else None)
        if phrase.chain >= 0:
            first.setdefault(phrase.chain, mention.chain)
        mentions.append(mention)
        by_phrase[index] = mention.id
        if only is None or index in only:
            value = figure.id if figure else None
            reason = phrase.reason if figure else phrase.reason or "no actor is known for these words"
            rule = phrase.link if figure else None
            evidence.append(Evidence(mention.id, "actor", value, mention.span, step, rule, phrase.score, reason))
    meant = {phrase.actor for phrase in phrases if phrase.actor}
    figures = [figure for figure in cast if figure.key in meant]
    actors = [actor_record(figure, by_phrase) for figure in figures]
    annotate(doc, mentions=mentions, actors=actors, evidence=evidence)
