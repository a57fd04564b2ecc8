"""Choose whom a third-person pronoun refers to: number, gender, nearness, grammatical place; no guess on a tie.

What cannot be meant is left out by rule; the others are weighed. The weights are in data/actors/antecedents.yaml,
learned by `python -m training.antecedents`.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import yaml

from readout.detect.discourse import SUBJECTS, Discourse
from readout.detect.lexicon import word_list
from readout.detect.phrases import Phrase
from readout.records import MentionKind

REACH = 5  # sentences back
TIE = 0.1  # of the natural logarithm of the odds: nearer than this, and it is a guess
OBJECTS = frozenset({"obj", "iobj"})
ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl"})
INDEFINITE = frozenset({"a", "an", "some", "any", "no", "every", "each"})
KINDS = {"m": "personal", "f": "personal", "n": "neuter", None: "plural"}


@cache
def learned_weights() -> dict[str, dict[str, float]]:
    """Return the weight of every feature, for personal, neuter and plural pronouns."""
    data = files("readout.detect") / "data" / "actors" / "antecedents.yaml"
    content = yaml.safe_load(data.read_text(encoding="utf-8"))
    return {kind: dict(weights) for kind, weights in content.items()}


def antecedent(discourse: Discourse, index: int) -> None:
    """Link a pronoun to the best candidate before it, or leave it open with the reason."""
    phrase = discourse.phrases[index]
    if phrase.type == "THING":
        phrase.reason = "what it points to is not told without the states of the words"
        return
    weights = learned_weights()[KINDS[phrase.gender]]
    scored: dict[int, tuple[float, int]] = {}
    for candidate, features in candidates(discourse, index):
        score = sum(weights.get(feature, 0.0) for feature in features)
        chain = discourse.phrases[candidate].chain
        key = chain if chain >= 0 else -candidate - 2
        if key not in scored or scored[key][0] < score:
            scored[key] = (score, candidate)
    ranked = sorted(scored.values(), key=lambda item: (-item[0], -item[1]))
    if not ranked:
        phrase.reason = "nothing before it agrees in number and gender"
    elif len(ranked) > 1 and ranked[0][0] - ranked[1][0] < TIE:
        first, second = (discourse.phrases[candidate] for _, candidate in ranked[:2])
        named = [repr(discourse.doc[p.start : p.stop].text) for p in (first, second)]
        phrase.reason = f"two candidates tie: {named[0]} and {named[1]}"
    else:
        discourse.join(index, ranked[0][1], "coreference.pronoun", _confidence(ranked))


def _confidence(ranked: list[tuple[float, int]]) -> float:
    margin = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else 3.0
    return round(min(0.99, 0.5 + margin / 6), 2)


def candidates(discourse: Discourse, index: int) -> Iterator[tuple[int, list[str]]]:
    """Yield what a pronoun may refer to, nearest first, with the features that are weighed."""
    pronoun = discourse.phrases[index]
    near = list(discourse.before(index, REACH))
    excluded = {
        discourse.phrases[i].chain
        for i in near
        if discourse.sentence(discourse.phrases[i]) == discourse.sentence(pronoun)
        and is_bound(discourse, pronoun, discourse.phrases[i])
    }
    rank = 0
    for candidate in near:
        other = discourse.phrases[candidate]
        if not _agrees(discourse, pronoun, other) or (other.chain >= 0 and other.chain in excluded):
            continue
        if is_bound(discourse, pronoun, other):
            continue
        yield candidate, [*_kind_features(discourse, pronoun, other), *_place_features(discourse, pronoun, other, rank)]
        rank += 1


def _agrees(discourse: Discourse, pronoun: Phrase, other: Phrase) -> bool:
    """Compare number, gender and kind."""
    if other.kind is MentionKind.PRONOUN:
        same = (other.person, other.number, other.gender) == (3, pronoun.number, pronoun.gender)
        return same and other.chain >= 0
    if pronoun.gender in {"m", "f"}:
        gender = discourse.gender(other)
        return gender in {None, pronoun.gender} and other.number != "p" and other.type in {"PERSON", "MISC"}
    if pronoun.gender == "n":
        return other.type != "PERSON" and other.number != "p"
    return other.number == "p" or other.type in {"ORG", "GPE", "THING", "NORP", "PERSON", "MISC"}


def is_bound(discourse: Discourse, pronoun: Phrase, other: Phrase) -> bool:
    """Does grammar exclude the candidate: it contains the pronoun, or both are parts of one verb ("he met him")?"""
    doc = discourse.doc
    if other.covers(pronoun.root):
        return True
    one, two = doc[pronoun.root], doc[other.root]
    if one.tag_ == "PRP$" or one.lower_.endswith(("self", "selves")):
        return False
    return bool(one.head.i == two.head.i and one.dep_ in ARGUMENTS and two.dep_ in ARGUMENTS)


def _kind_features(discourse: Discourse, pronoun: Phrase, other: Phrase) -> Iterator[str]:
    """Yield what the candidate is."""
    if other.kind is MentionKind.PRONOUN:
        yield "pronoun"
    elif other.kind is MentionKind.NAME:
        yield f"name:{other.type}"
    else:
        first = discourse.doc[other.start].lower_
        form = "definite" if other.definite else "indefinite" if first in INDEFINITE else "bare"
        yield "coordination" if other.parts else f"description:{other.type}"
        yield f"form:{form}"
    if other.kind is not MentionKind.PRONOUN:
        yield f"number:{other.number}"
        if pronoun.gender in {"m", "f"} and discourse.gender(other) == pronoun.gender:
            yield "gender"
    if other.actor:
        yield "actor"
    if pronoun.gender not in {"m", "f"}:
        token = discourse.doc[pronoun.root]
        use = (
            "owner"
            if token.tag_ == "PRP$"
            else "speaker"
            if token.head.lemma_.lower() in word_list("acts")
            else "other"
        )
        yield f"{use}:{other.type}"


def _place_features(discourse: Discourse, pronoun: Phrase, other: Phrase, rank: int) -> Iterator[str]:
    """Yield where the candidate stands, seen from the pronoun."""
    distance = discourse.sentence(pronoun) - discourse.sentence(other)
    yield f"sentences:{min(distance, 4)}"
    yield f"rank:{min(rank, 5)}"
    place, own = discourse.place(other), discourse.place(pronoun)
    where = "subject" if place in SUBJECTS else "object" if place in OBJECTS else place.split(":", maxsplit=1)[0]
    mine = "subject" if own in SUBJECTS else "object" if own in OBJECTS else own.split(":", maxsplit=1)[0]
    yield f"place:{where}"
    if where == mine:
        yield "parallel"
    if distance == 0 and where == "subject" and mine != "subject":
        yield "subject-of-sentence"
    if distance == 1 and where == mine == "subject":
        yield "subject-again"
    if discourse.quote(pronoun) != discourse.quote(other):
        yield "other-quotation"
    size = len(discourse.members.get(other.chain, ())) if other.chain >= 0 else 1
    yield f"mentioned:{min(size, 6)}"
