"""The conditions that lexicon entries set: what must be in the clause for the words to mean the event."""

from collections.abc import Callable, Sequence

from spacy.tokens import Token

from readout.extract.acts import Act
from readout.extract.appraisals import reproaches
from readout.extract.casting import people
from readout.extract.predicates import Kind, wordlist
from readout.extract.roles import SUBJECTS, behind, child, direct_object, is_passive, noun_phrase_after
from readout.records import Party

SPEECH_ACTS = frozenset({"REQUEST", "REJECT", "AGREE", "THREATEN"})
INFINITIVE_REACH = 9  # words between a verb of asking and its infinitive: "told the two Danish envoys to"
LABEL_REACH = 14  # words after "labelled" in which what someone is called stands
PRESS = frozenset({"JRN"})
INTENTIONS = frozenset({"operator.intend", "operator.wish", "operator.willing"})
NO_TARGET = "no actor stands as target"
SOURCE_NEEDS = frozenset({"both", "source", "mention-source"})
SHARED_NEEDS = frozenset({"target", "both", "source"})
AGENTLESS = frozenset({"ACCUSE", "THREATEN", "CONCEDE"})  # types whose passives tell enough without an agent
OBLIGING = frozenset({"should", "must", "ought"})
JUDGING = frozenset({"ACCUSE", "SUPPORT", "REJECT"})  # types that a measure can have as object: "welcomed the decision"
LIKELY = 0.15  # chance from which words for or against a measure are an event
REFLEXIVE = frozenset({"retreat.recuse", "accuse.distance"})  # entries whose object is who does it
HANDLED = frozenset({"accuse.investigate", "accuse.allege", "reject.deny", "support.sign", "support.recognition"})


def unmet(act: Act, *, sources: Sequence[Party], targets: Sequence[Party]) -> str | None:
    """Return which condition of its entry an act does not meet."""
    why = another_sense(act, targets)
    if why is not None:
        return why
    needs = needs_of(act)
    if act.hit.predicate.kind is Kind.NOUN and not {"both", "target", "source"} & needs:
        return None if sources else "no actor stands as source"
    if not sources and act.hit.predicate.kind is not Kind.NOUN:
        if not may_lack_agent(act):
            return "who does it is not named"
        needs = frozenset({"target"}) | (needs - SOURCE_NEEDS) if needs & SOURCE_NEEDS else needs
    whys = (UNMET[need](act, sources, targets) for need in sorted(needs))
    return next((why for why in whys if why is not None), None)


def another_sense(act: Act, targets: Sequence[Party]) -> str | None:
    """Return why the words of an act mean something else here."""
    if avoided(act) or unfit_inside(act):
        return "another sense of the words, by their object"
    if act.type == "ACCUSE" and act.hit.entry.head in wordlist("labelling") and not reproached(act):
        return "what it is called is no reproach"
    if act.type == "CONSULT" and any(one.sector in PRESS or party_is_press(act, one) for one in targets):
        return "said to the press"
    return only_wished(act, targets)


def may_lack_agent(act: Act) -> bool:
    """May an act be told without who does it: "was arrested", "has been asked to leave", but not "was praised"?"""
    if not is_passive(act.head):
        return False
    if act.type == "REQUEST":
        return act.hit.entry.head not in wordlist("wishing") and act.hit.noun is None
    plain = act.quad == 4 or act.type in AGENTLESS or act.mode == "release"
    return plain and act.inner is None


def is_wish(act: Act) -> bool:
    """Does a verb only say what someone has in mind: "expects them to win"? "Wants Chad to leave" asks for it."""
    head = act.hit.entry.head
    if head not in {"want", "like"}:
        return head in wordlist("wishing")
    who, whom = child(act.head, SUBJECTS), direct_object(act.head)
    asked = child(act.head, frozenset({"xcomp", "ccomp", "advcl"}))
    if asked is not None and asked.lower_ in wordlist("undergoing"):
        return True
    own = who is not None and who.lower_ in {"we", "i"} and act.head.tag_ != "VBD"
    return not own and whom is not None and whom.token.pos_ == "PRON"


def reproached(act: Act) -> bool:
    """Is there a word of reproach in what someone is labelled as?"""
    tail = act.head.doc[act.head.i + 1 : min(act.head.i + LABEL_REACH, act.head.sent.end)]
    return any(token.lower_ in reproaches() for token in tail)


def only_wished(act: Act, targets: Sequence[Party]) -> str | None:
    """Return why words of wishing and insisting ask no one: "expects him to win", "insists on going"."""
    link = act.hit.link
    if act.type == "REQUEST" and link is not None and link.lower_ == "on" and act.hit.entry.head == "insist":
        gerund = link.i + 1 < len(link.doc) and link.nbor(1).tag_ == "VBG"
        return "what its subject does itself" if gerund else None
    if act.type == "REQUEST" and is_wish(act):
        return "wished, not asked for"
    inner = act.inner
    if inner is None or act.hit.predicate.id not in INTENTIONS or inner.type == "REQUEST" or targets:
        return None
    return NO_TARGET if {"target", "both"} & inner.hit.predicate.needs else None


def unfit_inside(act: Act) -> bool:
    """Is what an act continues or plans no act by its own words: "keeps telling the truth"?"""
    if act.inner is None:
        return False
    said = act.type in SPEECH_ACTS and act.type != act.inner.type
    if said and act.hit.predicate.id not in INTENTIONS:
        return False
    return unmet_by_words(act.inner)


def needs_of(act: Act) -> frozenset[str]:
    """Return the conditions of an act: of an operator also those of what it does ("continued to criticise")."""
    needs = act.hit.predicate.needs - (frozenset({"violent"}) if "act.verbal-attack" in act.rules else frozenset())
    if act.inner is None:
        return needs
    same = act.type == act.inner.type
    return (needs - {"complement", "infinitive"}) | (needs_of(act.inner) & SHARED_NEEDS if same else frozenset())


def avoided(act: Act) -> bool:
    """Does a word of the object rule the entry out: "reject the shot"?"""
    own = frozenset() if act.hit.predicate.id in REFLEXIVE else wordlist("reflexive")
    avoid = act.hit.predicate.avoid | own
    found = direct_object(act.head)
    after = noun_phrase_after(act.hit.tokens[-1], "")
    nouns = [filler.token for filler in (found, after) if filler is not None]
    nouns += [token for one in nouns for token in one.children if token.dep_ == "compound"]
    words = {token.i for token in act.tokens}
    return any(token.lower_ in avoid and token.i not in words for token in nouns)


def party_is_press(act: Act, party: Party) -> bool:
    """Is a party journalists, to whom one speaks but with whom one does not consult?"""
    words = act.head.doc.char_span(party.span.start, party.span.stop, alignment_mode="expand")
    return words is not None and any(people("press").at(token) for token in words)


def needs_target(act: Act, sources: Sequence[Party], targets: Sequence[Party]) -> str | None:
    """A target, or a promise in its place."""
    promised = "act.will" in act.rules and not act.hit.predicate.reciprocal
    judged = act.type in JUDGING and bool(sources) and judges_measure(act)
    return None if targets or promised or judged else NO_TARGET


def judges_measure(act: Act) -> bool:
    """Is a measure praised, criticised or refused, and do the words likely tell that?"""
    return act.score >= LIKELY and act.hit.predicate.id not in HANDLED and names_measure(act)


def needs_reproach(act: Act, sources: Sequence[Party], targets: Sequence[Party]) -> str | None:
    """A word of reproach in what someone is described as."""
    return None if reproached(act) else "what it is called is no reproach"


def names_measure(act: Act) -> bool:
    """Is the object of an act what politics decides, plans or says: "welcomed the decision", "scorned the notion"?"""
    link = act.hit.link
    found = [direct_object(act.head), None if link is None else behind(link)]
    nouns = [act.hit.noun, *(one.token for one in found if one is not None)]
    return any(one is not None and is_measure(one) for one in nouns)


def is_measure(noun: Token) -> bool:
    """Is a noun one for a measure, or the name of a law?"""
    return bool(people("measures").at(noun)) or (noun.pos_ == "PROPN" and bool(people("laws").at(noun)))


def needs_source(act: Act, sources: Sequence[Party], targets: Sequence[Party]) -> str | None:
    """A source."""
    return None if sources else "no actor stands as source"


def needs_both(act: Act, sources: Sequence[Party], targets: Sequence[Party]) -> str | None:
    """Source and target; of reciprocal events two sources will do, of passives without agent a target that acts."""
    if act.hit.predicate.reciprocal and len(sources) > 1:
        return None
    return needs_source(act, sources, targets) or needs_target(act, sources, targets)


def needs_named_source(act: Act, sources: Sequence[Party], targets: Sequence[Party]) -> str | None:
    """A source that is a person or a group."""
    return None if sources else "no actor stands as source"


def needs_complement(act: Act, sources: Sequence[Party], targets: Sequence[Party]) -> str | None:
    """A clause of what is asked, promised or allowed."""
    head = act.head
    labels = frozenset({"xcomp", "ccomp", "advcl", "acl"})
    found = child(head, labels)
    noun = act.hit.noun or head
    if (found is not None and found.i > head.i) or child(noun, labels) is not None:
        return None
    for one in head.doc[act.hit.tokens[-1].i : act.hit.tokens[-1].i + 10]:
        if one.lower_ == "to" and next_is_verb(one):
            return None
        if one.tag_ in {"VBD", "VBZ", "VBP"} and one.i != head.i:
            break
    return "nothing that is asked or promised follows"


def needs_infinitive(act: Act, sources: Sequence[Party], targets: Sequence[Party]) -> str | None:
    """An infinitive of what is asked: "told them to leave", not "told them that"."""
    last = act.hit.tokens[-1].i
    for token in act.head.doc[last : min(last + INFINITIVE_REACH, act.head.sent.end)]:
        finite = token.tag_ in {"VBD", "VBZ", "VBP", "MD"} and token.i != act.head.i
        if finite or token.lower_ in {"that", "whether", "how", "why", ",", "about", "before", "after", "while"}:
            break
        if token.lower_ == "to" and next_is_verb(token):
            return None
    return "nothing that is asked follows"


def next_is_verb(token: Token) -> bool:
    """Does a verb follow?"""
    return token.i + 1 < len(token.doc) and token.nbor(1).tag_ == "VB"


def needs_forces(act: Act, sources: Sequence[Party], targets: Sequence[Party]) -> str | None:
    """An object that is troops, police, weapons."""
    found = direct_object(act.head)
    if found is not None and people("forces").at(found.token):
        return None
    return "what is moved are no forces"


def needs_force_source(act: Act, sources: Sequence[Party], targets: Sequence[Party]) -> str | None:
    """A source that is troops or police, or an actor that has them."""
    return None if party_words(act, sources, "forces") else "who is on alert are no forces"


def needs_protesters(act: Act, sources: Sequence[Party], targets: Sequence[Party]) -> str | None:
    """A source that protests: a crowd, students, farmers."""
    return None if party_words(act, sources, "protesters") else "who does it are no protesters"


def party_words(act: Act, parties: Sequence[Party], kind: str) -> bool:
    """Does a party's phrase hold one of these nouns?"""
    doc = act.head.doc
    spans = [doc.char_span(one.span.start, one.span.stop, alignment_mode="expand") for one in parties]
    return any(words is not None and any(people(kind).at(token) for token in words) for words in spans)


def needs_threat(act: Act, sources: Sequence[Party], targets: Sequence[Party]) -> str | None:
    """Words of a threat after it: consequences, retaliation, force."""
    tail = act.head.doc[act.head.i + 1 : act.head.sent.end]
    return None if any(one.lower_ in wordlist("threats") for one in tail) else "warned of, not threatened with"


def needs_demand(act: Act, sources: Sequence[Party], targets: Sequence[Party]) -> str | None:
    """What is suggested is for another to do."""
    if not targets:
        return "suggested to no one"
    tail = act.head.doc[act.head.i + 1 : act.head.sent.end]
    return None if any(one.lower_ in OBLIGING for one in tail) else "suggested, not asked for"


def needs_treaty(act: Act, sources: Sequence[Party], targets: Sequence[Party]) -> str | None:
    """What is left is an agreement, talks or an organization."""
    tail = act.head.doc[act.head.i + 1 : act.head.i + 9]
    return (
        None
        if any(one.lower_ in wordlist("treaties") for one in tail)
        else "what is left is no agreement or organization"
    )


def needs_violence(act: Act, sources: Sequence[Party], targets: Sequence[Party]) -> str | None:
    """Words of violence beside it: "hit", "target" and "fight" alone are said of much else."""
    own = {token.i for token in act.tokens}
    violent = any(token.lower_ in wordlist("violence") and token.i not in own for token in act.head.sent)
    return None if violent else "nothing says that it was done by force"


def needs_object(act: Act, sources: Sequence[Party], targets: Sequence[Party]) -> str | None:
    """An object: "returned the statues to", not "returned to"."""
    return None if direct_object(act.head) is not None else "nothing is given"


def needs_person(act: Act, sources: Sequence[Party], targets: Sequence[Party]) -> str | None:
    """A source that has a name."""
    return None if any(one.actor for one in sources) else "no named actor stands as source"


def needs_accused(act: Act, sources: Sequence[Party], targets: Sequence[Party]) -> str | None:
    """A speaker who says it of another, who is known."""
    if not any(one.actor and one.span.text.lower() != "it" for one in targets):
        return "no named actor stands as target"
    return needs_both(act, sources, targets)


BY_WORDS = frozenset({"complement", "infinitive", "force-object", "threatlike", "treaty", "object"})


def unmet_by_words(act: Act) -> bool:
    """Does an act fail a condition that its words alone decide, whoever the parties are?"""
    needs = act.hit.predicate.needs & BY_WORDS
    if act.inner is not None:
        needs -= {"complement", "infinitive"}
    return avoided(act) or any(UNMET[need](act, (), ()) is not None for need in needs)


ONE_PERSON = frozenset({"he", "his", "him", "she", "her"})


def needs_crowd(act: Act, sources: Sequence[Party], targets: Sequence[Party]) -> str | None:
    """Not one named person: a politician's rally is a campaign event."""
    words = [one.span.text.split() for one in sources]
    one_person = len(sources) == 1 and words[0][0].lower() in ONE_PERSON
    single = len(sources) == 1 and sources[0].actor is not None
    named = one_person or (single and all(word[:1].isupper() for word in words[0]))
    return "a rally of one person's campaign" if named else None


UNMET: dict[str, Callable[[Act, Sequence[Party], Sequence[Party]], str | None]] = {
    "target": needs_target,
    "source": needs_source,
    "both": needs_both,
    "mention-source": needs_named_source,
    "complement": needs_complement,
    "infinitive": needs_infinitive,
    "force-object": needs_forces,
    "force-source": needs_force_source,
    "protester-source": needs_protesters,
    "threatlike": needs_threat,
    "demandlike": needs_demand,
    "treaty": needs_treaty,
    "object": needs_object,
    "violent": needs_violence,
    "no-person": needs_crowd,
    "person-source": needs_person,
    "accused": needs_accused,
    "reproach": needs_reproach,
    "actor-target": needs_target,
}
