"""Say whom pronouns and descriptions refer to, and chain the mentions of one actor."""

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from readout.annotations import article_of, register
from readout.detect import facts
from readout.detect.actors import CAST, write
from readout.detect.cast import Cast
from readout.detect.identities import identify
from readout.detect.knowledge import Knowledge
from readout.detect.links import link
from readout.detect.mentions import find_phrases
from readout.detect.phrases import KEY, Phrase
from readout.detect.speakers import resolve_first_person

__all__ = ["Coreference", "make_coreference", "resolve_first_person"]

STEP = "coreference@1"


@Language.factory(
    "readout_coreference",
    requires=["doc._.readout_mentions", "doc._.readout_actors", "token.dep"],
    assigns=["doc._.readout_mentions", "doc._.readout_actors", "doc._.readout_evidence"],
    default_config={"actors": []},
)
def make_coreference(nlp: Language, name: str, actors: list[str]) -> Callable[[Doc], Doc]:
    """Return the component; `actors` are files with the user's own actors."""
    register()
    return Coreference(facts.load(actors))


class Coreference:
    """Resolves what the names leave open, and chains all mentions of one actor."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def __call__(self, doc: Doc) -> Doc:
        phrases: list[Phrase] = doc.user_data.get(KEY) or find_phrases(doc, self.knowledge)
        cast: Cast | None = doc.user_data.get(CAST)
        if cast is None:
            cast = Cast(self.knowledge, article_of(doc).published)
            identify(doc, phrases, cast)
        before = frozenset(i for i, phrase in enumerate(phrases) if phrase.actor is None)
        link(doc, phrases, cast)
        write(doc, phrases, cast, step=STEP, only=before)
        return doc
