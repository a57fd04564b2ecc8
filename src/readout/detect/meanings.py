"""Say who is meant by a description: a counterpart, a title, a country's or body's kind, a thing named before."""

from collections.abc import Callable, Iterator

from readout.detect.cast import Figure
from readout.detect.discourse import SUBJECTS, Discourse
from readout.detect.lexicon import word_list
from readout.detect.phrases import Phrase
from readout.records import ActorKind, MentionKind

MEMORY = 400  # phrases back that a definite description is looked for


def meaning(discourse: Discourse, index: int) -> None:
    """Link a description to an actor or to an earlier phrase, or leave it open with the reason."""
    phrase = discourse.phrases[index]
    for rule in RULES:
        if rule(discourse, index):
            return
    if phrase.reason is None:
        phrase.reason = "a description of no one known from the text before"


def _counterpart(discourse: Discourse, index: int) -> bool:
    """Resolve "his Chinese counterpart": the one with the same office there."""
    phrase = discourse.phrases[index]
    if discourse.doc[phrase.root].lemma_.lower() != "counterpart" or phrase.country is None:
        return False
    possessor = _possessor(discourse, index)
    if possessor is None:
        phrase.reason = "nobody is known whose counterpart this is"
        return True
    kinds = _offices(discourse, possessor)
    found = [
        f
        for f in discourse.cast
        if f.country == phrase.country and f is not possessor and kinds & _offices(discourse, f)
    ]
    if len(found) == 1:
        discourse.mean(index, found[0], "description.counterpart.text")
        return True
    cast = discourse.cast
    held = {
        k.key: k
        for kind in kinds
        for k in cast.knowledge.holders(kind, phrase.country, first=cast.first, last=cast.last)
    }
    if len(held) == 1:
        discourse.mean(index, cast.known(next(iter(held.values()))), "description.counterpart.knowledge", 0.8)
    else:
        phrase.reason = f"{len(held) or 'no'} people are known who may have been the counterpart at the time"
    return True


def _possessor(discourse: Discourse, index: int) -> Figure | None:
    """Return whose counterpart is meant: the possessor in the text, else the subject of the sentence."""
    phrase = discourse.phrases[index]
    if phrase.owner is not None:
        owner = discourse.by_root.get(phrase.owner)
        if owner is not None and discourse.phrases[owner].actor is None and discourse.phrases[owner].chain < 0:
            _resolve_owner(discourse, owner)
        if owner is not None and discourse.phrases[owner].actor:
            return discourse.figure(discourse.phrases[owner])
    people = [
        (discourse.phrases[i], figure)
        for i in discourse.before(index, 1)
        if (figure := discourse.figure(discourse.phrases[i])) and figure.kind is ActorKind.PERSON
    ]
    subjects = [figure for other, figure in people if discourse.place(other) in SUBJECTS]
    return next(iter(subjects), None) or next((figure for _, figure in people), None)


def _resolve_owner(discourse: Discourse, owner: int) -> None:
    if discourse.phrases[owner].kind is MentionKind.PRONOUN and discourse.phrases[owner].person == 3:
        discourse.refer(owner)


def _offices(discourse: Discourse, figure: Figure) -> set[str]:
    """Return the classes of offices that someone holds at the time."""
    cast = discourse.cast
    now = {called.kind for called in figure.titles if called.kind and not called.former}
    if not now and figure.known:
        now = {office.kind for office in figure.known.offices if office.kind and office.held(cast.first, cast.last)}
    return {kind for kind in now if kind}


def _both(discourse: Discourse, index: int) -> bool:
    """Link "both sides", "the two leaders" to the pair named before; a pair is no actor."""
    phrase = discourse.phrases[index]
    first = discourse.words[index].split()[:1]
    if phrase.number != "p" or first not in (["both"], ["two"], ["three"]):
        return False
    size = 3 if first == ["three"] else 2
    for earlier in discourse.before(index, 4):
        parts = discourse.phrases[earlier].parts
        if len(parts) == size and all(_may_be(phrase, part) for part in parts):
            discourse.join(index, earlier, "description.both")
            return True
    return False


def _may_be(phrase: Phrase, part: Phrase) -> bool:
    """May a member of a pair be called so: people leaders, countries neighbours, anyone a side?"""
    if phrase.noun in {"sides", "parties"}:
        return part.type != "THING"
    return part.type == phrase.type or (phrase.type == "ORG" and part.type in {"ORG", "GPE"})


def _titled(discourse: Discourse, index: int) -> bool:
    """Resolve "the secretary", "the Russian president", "the former minister"."""
    phrase = discourse.phrases[index]
    if phrase.title is None or phrase.number == "p" or not phrase.definite:
        return False
    found: dict[str, Figure] = {}
    for earlier in _earlier(discourse, index):
        figure = discourse.figure(discourse.phrases[earlier])
        if figure and figure.kind is ActorKind.PERSON and _bears(discourse, figure, phrase):
            found.setdefault(figure.key, figure)
            break
    if not found:
        found = {f.key: f for f in discourse.cast if _bears(discourse, f, phrase) and phrase.country}
    if len(found) == 1:
        discourse.mean(index, next(iter(found.values())), "description.title")
        return True
    return _by_office(discourse, index)


def _bears(discourse: Discourse, figure: Figure, phrase: Phrase) -> bool:
    """Is someone called by this title in the text, or by a word for the office held?"""
    noun = discourse.doc[phrase.root].lower_
    if phrase.country and figure.country and phrase.country != figure.country:
        return False
    if phrase.gender and figure.gender and phrase.gender != figure.gender:
        return False
    title = phrase.title or noun
    for called in figure.titles:
        if (
            called.title == title
            or called.title.endswith(f" {title}")
            or f" {noun}" in f" {called.title}".split(" of ")[0]
        ):
            return True
        if called.kind and noun in discourse.cast.knowledge.calls.get(called.kind, ()):
            return True
    cast = discourse.cast
    if figure.known is None or figure.titles:
        return False
    held = [office for office in figure.known.offices if office.held(cast.first, cast.last) or phrase.former]
    return any(office.kind and noun in cast.knowledge.calls.get(office.kind, ()) for office in held)


def _by_office(discourse: Discourse, index: int) -> bool:
    """Resolve "the Russian president" by who held the office on the date."""
    phrase, cast = discourse.phrases[index], discourse.cast
    title = cast.knowledge.titles.get(phrase.title or "")
    if title is None or phrase.country is None or phrase.former or (cast.first is None and cast.last is None):
        return False
    held = cast.knowledge.holders(title.kind, phrase.country, first=cast.first, last=cast.last)
    held = [k for k in held if any(o.title == phrase.title for o in k.offices)] or held
    if len(held) == 1:
        discourse.mean(index, cast.known(held[0]), "description.office.knowledge", 0.8)
        return True
    return False


def _country(discourse: Discourse, index: int) -> bool:
    """Resolve "the Eastern European country", "the kingdom", "the country"."""
    phrase = discourse.phrases[index]
    if phrase.type != "GPE" or phrase.number == "p" or not phrase.definite:
        return False
    words = discourse.words[index]
    for earlier in _earlier(discourse, index):
        other = discourse.phrases[earlier]
        figure = discourse.figure(other)
        if figure is None or figure.country is None or figure.kind is ActorKind.PERSON:
            continue
        country = discourse.cast.knowledge.actors.get(figure.country)
        if country is None or country.kind is not ActorKind.COUNTRY:
            continue
        plain = words in {"country", "nation", "state"}
        if (figure.kind is ActorKind.COUNTRY and plain) or _described(words, country.regions, country.calls):
            discourse.mean(index, discourse.cast.known(country), "description.country")
            return True
    return False


def _described(words: str, regions: tuple[str, ...], calls: tuple[str, ...]) -> bool:
    if any(words == call.lower() or words.endswith(f" {call.lower()}") for call in calls):
        return True
    kinds = ("country", "nation", "state", "power", "kingdom", "republic")
    return any(words.startswith(region.lower()) and words.endswith(kinds) for region in regions)


def _called(discourse: Discourse, index: int) -> bool:
    """Resolve "the wire service", "the ministry", "the alliance"."""
    phrase = discourse.phrases[index]
    if phrase.type == "GPE" or phrase.number == "p" or not phrase.definite:
        return False
    words = discourse.words[index]
    noun = discourse.doc[phrase.root].lower_
    for earlier in _earlier(discourse, index):
        figure = discourse.figure(discourse.phrases[earlier])
        if figure is None or figure.kind is not ActorKind.ORGANIZATION:
            continue
        if phrase.country and figure.country and phrase.country != figure.country:
            continue
        calls = figure.known.calls if figure.known else ()
        by_call = any(words == call.lower() or words.endswith(" " + call.lower()) for call in calls)
        by_name = noun in figure.name.lower().replace(",", "").split() and phrase.type == "ORG"
        if by_call or by_name:
            phrase.type = "ORG"
            discourse.mean(index, figure, "description.called" if by_call else "description.noun-of-name")
            return True
    return False


def _same_head(discourse: Discourse, index: int) -> bool:
    """Link a definite description to an earlier one with the same noun and no other modifiers."""
    phrase = discourse.phrases[index]
    if not phrase.definite or phrase.owner is not None:
        return False
    noun = discourse.doc[phrase.root].lemma_.lower()
    words = set(discourse.words[index].split()) - {discourse.doc[phrase.root].lower_}
    for earlier in _earlier(discourse, index):
        other = discourse.phrases[earlier]
        if other.kind is not MentionKind.DESCRIPTION or other.number != phrase.number:
            continue
        if discourse.doc[other.root].lemma_.lower() == noun and words <= set(discourse.words[earlier].split()):
            discourse.join(index, earlier, "coreference.same-noun")
            return True
    return False


def _same_words(discourse: Discourse, index: int) -> bool:
    """Link a plural or mass noun without article to an earlier phrase with the same words: a kind, not a new thing."""
    phrase, doc = discourse.phrases[index], discourse.doc
    first = doc[phrase.start]
    if first.tag_ in {"CD", "PDT", "PRP$"} or first.lower_ in word_list("new"):
        return False
    words = discourse.words[index]
    for earlier in _earlier(discourse, index):
        other = discourse.phrases[earlier]
        if other.kind is MentionKind.DESCRIPTION and discourse.words[earlier] == words:
            discourse.join(index, earlier, "coreference.same-words")
            return True
    return False


def _earlier(discourse: Discourse, index: int) -> Iterator[int]:
    """Yield phrases before this one, nearest first, not those beside it by "and"."""
    here, joined_to, phrases = discourse.phrases[index], discourse.joined_to, discourse.phrases
    for earlier in range(index - 1, max(-1, index - MEMORY), -1):
        other = phrases[earlier]
        if other.stop <= here.start and joined_to[index] != other.root and joined_to[earlier] != here.root:
            yield earlier


RULES: tuple[Callable[[Discourse, int], bool], ...] = (
    _counterpart,
    _both,
    _titled,
    _country,
    _called,
    _same_head,
    _same_words,
)
