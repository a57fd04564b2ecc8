"""Link descriptions and pronouns to what they refer to, from left to right; the sure rules first."""

from collections.abc import Callable
from functools import partial

from spacy.tokens import Doc

from readout.detect.antecedents import antecedent
from readout.detect.cast import Called, Cast
from readout.detect.discourse import Discourse
from readout.detect.knowledge import Sense
from readout.detect.meanings import meaning
from readout.detect.phrases import Phrase
from readout.detect.ranking import Ranking, is_readable
from readout.records import ActorKind, MentionKind

NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "hardly"})
RELATIVES = frozenset({"who", "whom"})


def link(doc: Doc, phrases: list[Phrase], cast: Cast) -> None:
    """Give every phrase its chain, and its actor where one is known; a tie stays open, with the reason."""
    discourse = Discourse(doc, phrases, cast)
    for index, phrase in enumerate(phrases):
        if phrase.kind is MentionKind.NAME or phrase.actor:
            discourse.start_chain(index, alone=is_attribute(discourse, phrase))
    _link_equal_names(discourse)
    _link_appositions(discourse)
    discourse.refer = chooser(discourse)
    for index, phrase in enumerate(phrases):
        if phrase.chain < 0:
            _link_one(discourse, index)
    for index, phrase in enumerate(phrases):
        if phrase.kind is MentionKind.DESCRIPTION and phrase.chain < 0:
            discourse.start_chain(index)


def chooser(discourse: Discourse) -> Callable[[int], None]:
    """Return how pronouns find what they stand for: by the network if it can read the words' states, else by rule."""
    return Ranking(discourse).refer if is_readable(discourse) else partial(antecedent, discourse)


def is_attribute(discourse: Discourse, phrase: Phrase) -> bool:
    """Does a name only qualify the next noun ("Russian aggression", "iPod line"), so that nothing refers back to it?"""
    if phrase.known and phrase.known[0][1] is Sense.ADJECTIVE and phrase.type == "NORP":
        return True
    return phrase.type == "MISC" and phrase.actor is None and discourse.doc[phrase.root].dep_ in {"compound", "amod"}


def _link_equal_names(discourse: Discourse) -> None:
    """Chain names that no actor is known for by their words."""
    first: dict[str, int] = {}
    for index, phrase in enumerate(discourse.phrases):
        if phrase.kind is MentionKind.NAME and phrase.actor is None and not is_attribute(discourse, phrase):
            words = discourse.words[index]
            if words in first:
                discourse.join(index, first[words], "coreference.equal-name")
            first.setdefault(words, index)


def _link_appositions(discourse: Discourse) -> None:
    """Chain "X, head of Y": the description says who X is."""
    doc = discourse.doc
    for index, phrase in enumerate(discourse.phrases):
        token = doc[phrase.root]
        if phrase.kind is MentionKind.PRONOUN:
            continue
        if token.dep_ != "appos":
            _link_after_comma(discourse, index)
            continue
        to = discourse.by_root.get(token.head.i)
        to = _name_around(discourse, token.head.i) if to is None else to
        if to is not None and to != index and _may_be_apposed(discourse, index, to):
            discourse.join(index, to, "coreference.apposition")
            _learn(discourse, index)


def _link_predicate(discourse: Discourse, index: int) -> bool:
    """Chain "X is the head of Y": the noun after "is" says who X is, unless it is denied, asked or only possible."""
    doc, phrase = discourse.doc, discourse.phrases[index]
    token = doc[phrase.root]
    subject = next((c for c in token.lefts if c.dep_ in {"nsubj", "nsubj:outer"}), None)
    if subject is None or not any(c.dep_ == "cop" for c in token.lefts):
        return False
    if any(c.tag_ == "MD" or c.lower_ in NEGATIONS for c in token.lefts):
        return False
    to = discourse.by_root.get(subject.i)
    to = _name_around(discourse, subject.i) if to is None else to
    if to is None or discourse.phrases[to].kind is MentionKind.PRONOUN or not _may_be_apposed(discourse, index, to):
        return False
    discourse.join(index, to, "coreference.predicate")
    _learn(discourse, index)
    return True


def _link_after_comma(discourse: Discourse, index: int) -> None:
    """Chain "X, the interior minister," where the parser sees no apposition."""
    phrase, doc = discourse.phrases[index], discourse.doc
    if phrase.title is None or not phrase.definite or phrase.kind is not MentionKind.DESCRIPTION or phrase.start < 2:
        return
    if doc[phrase.start - 1].text != "," or (phrase.stop < len(doc) and doc[phrase.stop].text not in {",", "."}):
        return
    to = next((i for i in discourse.before(index, 0) if discourse.phrases[i].stop == phrase.start - 1), None)
    if to is not None and discourse.phrases[to].kind is MentionKind.NAME and discourse.phrases[to].type == "PERSON":
        discourse.join(index, to, "coreference.apposition")
        _learn(discourse, index)


def _name_around(discourse: Discourse, token: int) -> int | None:
    found = [i for i, p in enumerate(discourse.phrases) if p.kind is MentionKind.NAME and p.covers(token)]
    return max(found, key=lambda i: discourse.phrases[i].length, default=None)


def _may_be_apposed(discourse: Discourse, index: int, to: int) -> bool:
    phrase, other = discourse.phrases[index], discourse.phrases[to]
    if phrase.chain >= 0 and phrase.kind is MentionKind.NAME:
        return False
    kinds = {phrase.type, other.type}
    if "PERSON" in kinds and kinds - {"PERSON", "MISC", "THING"}:
        return False
    return phrase.number == other.number or phrase.number is None or other.type == "ORG"


def _learn(discourse: Discourse, index: int) -> None:
    """Note the title that an apposition gives someone."""
    phrase = discourse.phrases[index]
    figure = discourse.figure(phrase)
    if figure is None or phrase.title is None or figure.kind is not ActorKind.PERSON:
        return
    title = discourse.cast.knowledge.titles.get(phrase.title)
    figure.country = figure.country or phrase.country
    country = phrase.country or figure.country
    figure.titles.append(Called(phrase.title, title.kind if title else None, country, None, index, phrase.former))
    if title:
        figure.add_sectors(title.sectors)
    figure.gender = figure.gender or phrase.gender


def _link_one(discourse: Discourse, index: int) -> None:
    phrase = discourse.phrases[index]
    if phrase.kind is MentionKind.DESCRIPTION:
        if not _link_predicate(discourse, index):
            meaning(discourse, index)
    elif discourse.doc[phrase.root].lower_ in RELATIVES:
        _link_relative(discourse, index)
    elif phrase.person == 3:
        discourse.refer(index)
    else:
        _link_speaker(discourse, index)


def _link_relative(discourse: Discourse, index: int) -> None:
    """Link "who" to the noun that its clause describes."""
    phrase = discourse.phrases[index]
    clause = discourse.doc[phrase.root]
    while clause.dep_ != "acl:relcl" and clause.head.i != clause.i and not clause.is_sent_start:
        clause = clause.head
    to = None
    if clause.dep_ == "acl:relcl":
        to = discourse.by_root.get(clause.head.i)
        to = _name_around(discourse, clause.head.i) if to is None else to
    if to is None:
        to = next((i for i in discourse.before(index, 0) if discourse.phrases[i].stop >= phrase.start - 1), None)
    if to is None:
        phrase.reason = "asks or stands for no one named before"
    else:
        discourse.join(index, to, "coreference.relative")


def _link_speaker(discourse: Discourse, index: int) -> None:
    """Chain the first and second persons of one quotation, or of the author's own text."""
    phrase = discourse.phrases[index]
    quote = discourse.quote(phrase)
    for earlier in range(index - 1, -1, -1):
        other = discourse.phrases[earlier]
        same = (other.person, other.number) == (phrase.person, phrase.number)
        if other.kind is MentionKind.PRONOUN and same and discourse.quote(other) == quote and other.chain >= 0:
            discourse.join(index, earlier, "coreference.same-speaker")
            break
    else:
        discourse.start_chain(index)
    phrase.reason = (
        "first person: the speaker of the quotation, once that is known"
        if phrase.person == 1
        else ("second person: whoever is addressed")
    )
