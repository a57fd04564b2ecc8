"""Find the mentions of an article: names, descriptions and pronouns that may refer to an actor."""

from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from readout.annotations import annotate, register
from readout.detect import facts
from readout.detect.descriptions import coordinations, descriptions, pronouns
from readout.detect.knowledge import Knowledge
from readout.detect.marks import mark_words
from readout.detect.names import names
from readout.detect.phrases import KEY, Phrase, found_evidence, mention_record

STEP = "mentions@1"


@Language.factory(
    "readout_mentions",
    requires=["token.tag", "token.dep", "token.head"],
    assigns=["doc._.readout_mentions", "doc._.readout_evidence"],
    default_config={"actors": []},
)
def make_mentions(nlp: Language, name: str, actors: list[str]) -> Callable[[Doc], Doc]:
    """Return the component; `actors` are files with the user's own actors."""
    register()
    return Mentions(facts.load(actors))


class Mentions:
    """Finds who is named, described or referred to, and leaves the phrases for the next steps."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    def __call__(self, doc: Doc) -> Doc:
        phrases = find_phrases(doc, self.knowledge)
        doc.user_data[KEY] = phrases
        shown = [phrase for phrase in phrases if is_shown(phrase)]
        records = [mention_record(doc, phrase) for phrase in shown]
        evidence = [found_evidence(record, phrase, STEP) for record, phrase in zip(records, shown, strict=True)]
        annotate(doc, mentions=records, evidence=evidence)
        return doc


def find_phrases(doc: Doc, knowledge: Knowledge) -> list[Phrase]:
    """Return every phrase of an article that may refer to someone or something, in text order."""
    named = names(doc, knowledge)
    described = list(descriptions(doc, knowledge, mark_words(doc, knowledge), named))
    simple = [*described, *named]
    found = {(phrase.start, phrase.stop): phrase for phrase in (*coordinations(doc, simple), *pronouns(doc), *simple)}
    return sorted(found.values(), key=lambda phrase: (phrase.start, -phrase.stop))


def is_shown(phrase: Phrase) -> bool:
    """Is it a mention by itself? Things, which are no actors, become one when they are mentioned again."""
    return phrase.type != "THING"
