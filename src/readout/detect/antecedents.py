"""Choose whom a third-person pronoun refers to: number, gender, nearness, grammatical place; no guess on a tie."""

from readout.detect.discourse import SUBJECTS, Discourse
from readout.detect.phrases import Phrase
from readout.records import MentionKind

REACH = 4  # sentences back
TIE = 0.25  # two candidates nearer than this in score, and none the subject: no guess
PERSONAL = frozenset({"PERSON"})
COLLECTIVE = frozenset({"ORG", "GPE", "NORP"})


def antecedent(discourse: Discourse, index: int) -> None:
    """Link a pronoun to the best candidate before it, or leave it open with the reason."""
    scored: dict[int, tuple[float, int]] = {}
    excluded = {
        discourse.phrases[i].chain
        for i in discourse.before(index, 0)
        if _is_bound(discourse, discourse.phrases[index], discourse.phrases[i])
    }
    for candidate in discourse.before(index, REACH):
        score = fitness(discourse, index, candidate)
        chain = discourse.phrases[candidate].chain
        if score is None or (chain >= 0 and chain in excluded):
            continue
        key = chain if chain >= 0 else -candidate - 2
        if key not in scored or scored[key][0] < score:
            scored[key] = (score, candidate)
    ranked = sorted(scored.values(), reverse=True)
    phrase = discourse.phrases[index]
    if not ranked:
        phrase.reason = "nothing before it agrees in number and gender"
    elif len(ranked) > 1 and ranked[0][0] - ranked[1][0] < TIE:
        names = " and ".join(repr(discourse.doc[p.start : p.stop].text) for p in (discourse.phrases[i] for _, i in ranked[:2]))
        phrase.reason = f"two candidates tie: {names}"
    else:
        discourse.join(index, ranked[0][1], "coreference.pronoun", _confidence(ranked))


def _confidence(ranked: list[tuple[float, int]]) -> float:
    margin = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else 2.0
    return round(min(0.99, 0.5 + margin / 4), 2)


def fitness(discourse: Discourse, index: int, candidate: int) -> float | None:
    """Return how well a candidate fits a pronoun; None when it cannot be meant."""
    pronoun, other = discourse.phrases[index], discourse.phrases[candidate]
    agreement = _agreement(discourse, pronoun, other)
    if agreement is None or _is_bound(discourse, pronoun, other):
        return None
    return agreement + _nearness(discourse, pronoun, other) + _prominence(discourse, pronoun, candidate)


def _agreement(discourse: Discourse, pronoun: Phrase, other: Phrase) -> float | None:
    """Compare number, gender and kind."""
    if other.kind is MentionKind.PRONOUN:
        if other.person != 3 or (other.number, other.gender) != (pronoun.number, pronoun.gender):
            return None
        return 0.6 if other.chain >= 0 else None
    if pronoun.gender in {"m", "f"}:
        return _personal(discourse, pronoun, other)
    if pronoun.gender == "n":
        return _neuter(discourse, other)
    return _plural(discourse, other)


def _personal(discourse: Discourse, pronoun: Phrase, other: Phrase) -> float | None:
    gender = discourse.gender(other)
    if gender not in {None, pronoun.gender} or discourse.number(other) == "p":
        return None
    if other.type not in {"PERSON", "MISC"}:
        return None
    known = 0.8 if gender == pronoun.gender else 0.0
    name = 0.7 if other.kind is MentionKind.NAME else 0.0
    return known + name + (0.0 if other.type == "PERSON" else -1.0)


def _neuter(discourse: Discourse, other: Phrase) -> float | None:
    if other.type == "PERSON" or discourse.number(other) == "p":
        return None
    named = 0.5 if other.kind is MentionKind.NAME and other.type in {"ORG", "GPE"} else 0.0
    definite = 0.3 if other.definite else 0.0
    return named + definite + (-0.5 if other.type == "NORP" else 0.0)


def _plural(discourse: Discourse, other: Phrase) -> float | None:
    number = discourse.number(other)
    if number == "p":
        return 0.8 if other.type in {"PERSON", "NORP", "ORG", "GPE"} else 0.4
    if other.type == "ORG":
        return 0.2
    return None


def _is_bound(discourse: Discourse, pronoun: Phrase, other: Phrase) -> bool:
    """Can grammar exclude the candidate: it contains the pronoun, or both are parts of one verb, "he met him"?"""
    doc = discourse.doc
    if other.covers(pronoun.root):
        return True
    one, two = doc[pronoun.root], doc[other.root]
    if one.tag_ == "PRP$" or one.lower_.endswith(("self", "selves")):
        return False
    places = {"nsubj", "nsubj:pass", "obj", "iobj", "obl"}
    return one.head.i == two.head.i and one.dep_ in places and two.dep_ in places


def _nearness(discourse: Discourse, pronoun: Phrase, other: Phrase) -> float:
    distance = discourse.sentence(pronoun) - discourse.sentence(other)
    same_quote = discourse.quote(pronoun) == discourse.quote(other)
    return 1.2 - 0.8 * min(distance, 4) + (0.2 if same_quote else 0.0) - 0.01 * min(50, pronoun.root - other.root)


def _prominence(discourse: Discourse, pronoun: Phrase, candidate: int) -> float:
    other = discourse.phrases[candidate]
    place, own = discourse.place(other), discourse.place(pronoun)
    subject = 0.8 if place in SUBJECTS else 0.3 if place in {"obj", "iobj"} else 0.0
    parallel = 0.3 if place == own else 0.0
    owned = -0.2 if place in {"nmod:poss", "compound"} else 0.0
    size = len(discourse.members.get(other.chain, ())) if other.chain >= 0 else 0
    return subject + parallel + owned + 0.1 * min(size, 5)
