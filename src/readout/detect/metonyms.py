"""Tell a capital or a seat that stands for its government from the place, by its part in the sentence."""

from spacy.tokens import Doc, Token

from readout.detect.knowledge import Sense
from readout.detect.phrases import Phrase

PLACE_PREPOSITIONS = frozenset(
    "in at near outside around across through throughout toward towards inside into onto above beyond off".split()
)
SIDE_PREPOSITIONS = frozenset("with by between against for among to from of on upon over via".split())
TRAVEL = frozenset(
    "arrive travel fly go return visit leave head depart come move drive land march flee walk sail bring take send stop "
    "hold meet gather be live born based locate miles kilometers drone train flight trip journey road route way distance"
    .split()
)
SPEECH_AND_ACTS = frozenset(
    "accuse urge tell ask call warn press condemn criticize criticise blame thank support oppose pressure persuade convince "
    "anger provoke threaten sanction punish reassure inform notify welcome defy isolate appease confront embarrass alarm "
    "allow force compel push help arm back deny expect invite summon demand allow enable irk upset infuriate antagonize "
    "challenge consult brief advise assure face deter counter engage assist remind hit target".split()
)
ACT_NOUNS = frozenset(
    "statement decision demand response reaction policy position stance role support offer proposal claim denial refusal "
    "insistence intention plan ally allies envoy ambassador relations ties talk talks negotiation negotiations deal pressure "
    "influence ambition ambitions aggression invasion campaign strategy objection concern concerns interest interests "
    "diplomat diplomats representative military army troops forces government official officials move moves announcement "
    "warning threat threats sanctions approach view effort efforts request call calls rhetoric leadership diplomacy "
    "commitment willingness attempt attempts alliance foreign-policy tension tensions relationship dispute rivalry war "
    "partnership agreement standoff confrontation spat row split rapprochement dialogue consultation reply counterpart "
    "criticism side goal goals bid handling involvement backing actions action accusations allegations".split()
)


RULERS = frozenset(
    "government official officials diplomat diplomats policymakers leaders leadership authorities regime ally allies envoy "
    "ambassador administration".split()
)


def stands_for_government(doc: Doc, phrase: Phrase, sense: Sense) -> str | None:
    """Return the rule by which the name of a place means the government there, or None if it means the place."""
    start, stop = phrase.core or (phrase.start, phrase.stop)
    token = doc[start:stop].root
    case = next((c.lower_ for c in token.lefts if c.dep_ == "case"), None)
    before = doc[phrase.start - 1].lower_ if phrase.start else ""
    case = case or (before if before in PLACE_PREPOSITIONS | SIDE_PREPOSITIONS else None)
    if case in PLACE_PREPOSITIONS:
        return None
    if case is not None:
        return _by_preposition(doc, token, case, sense)
    if stop < len(doc) and doc[stop].tag_ == "POS":
        return _by_possession(token, sense)
    return _by_dependency(token, sense)


def _by_preposition(doc: Doc, token: Token, case: str, sense: Sense) -> str | None:
    if case in {"between", "with", "by", "against", "among"}:
        return f"metonym.{case}"
    head = token.head
    governed = head.lemma_.lower()
    if governed in TRAVEL:
        return None
    if governed in ACT_NOUNS or head.lower_ in ACT_NOUNS or governed in SPEECH_AND_ACTS:
        return "metonym.of-act"
    if case in {"from", "to", "of", "on", "for"} and sense is Sense.SEAT and case != "to":
        return "metonym.seat"
    return None


def _by_possession(token: Token, sense: Sense) -> str | None:
    owned = token.head
    if token.dep_ != "nmod:poss":
        owned = next((t for t in token.doc[token.i + 2 : token.i + 6] if t.tag_ in {"NN", "NNS"}), token.head)
    if owned.lemma_.lower() in ACT_NOUNS or owned.lower_ in ACT_NOUNS or sense is Sense.SEAT:
        return "metonym.possessor"
    return None


def _by_dependency(token: Token, sense: Sense) -> str | None:
    head = token.head
    if token.dep_ in {"nsubj", "nsubj:outer"} and not head.tag_.startswith("NN"):
        return None if _is_located(head) else "metonym.subject"
    if token.dep_ == "nsubj" and sense is Sense.SEAT:
        return "metonym.subject"
    if token.dep_ in {"obj", "iobj", "nsubj:pass"}:
        acts = head.lemma_.lower() in SPEECH_AND_ACTS
        return "metonym.object" if acts else None
    if token.dep_ == "obl:agent":
        return "metonym.agent"
    if token.dep_ in {"conj", "appos"} and head.i != token.i and head.ent_type_ != "LOC":
        return _by_first_conjunct(token, sense)
    if sense is Sense.SEAT and token.dep_ in {"compound", "nmod", "nmod:unmarked"}:
        return "metonym.seat"
    if token.dep_ == "compound" and head.lower_ in RULERS:
        return "metonym.compound"
    return "metonym.seat" if sense is Sense.SEAT else None


def _by_first_conjunct(token: Token, sense: Sense) -> str | None:
    head = token.head
    case = next((c.lower_ for c in head.lefts if c.dep_ == "case"), None)
    if case in PLACE_PREPOSITIONS:
        return None
    if case is not None:
        return _by_preposition(token.doc, head, case, sense)
    if head.dep_ in {"nsubj", "obj", "iobj"}:
        return _by_dependency(head, sense)
    return "metonym.seat" if sense is Sense.SEAT else None


def _is_located(verb: Token) -> bool:
    """Is the subject a place: "Paris is a city", "Berlin lies on the Spree"?"""
    return verb.lemma_.lower() in {"be", "lie", "locate", "situate", "host"}
