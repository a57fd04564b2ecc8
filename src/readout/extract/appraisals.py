"""Find reproach and praise in what is said of another: "she is unfit", "he has betrayed us", "called him a liar"."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc, Token

from readout.annotations import statements_of
from readout.extract.acts import Act
from readout.extract.predicates import Entry, Hit, Kind, Lexicon, build, entries_of, knowledge, read_yaml, wordlist
from readout.extract.roles import PASSIVE_SUBJECTS, SUBJECTS, child, preposition
from readout.records import Statement

TURNED = {"ACCUSE": "SUPPORT", "SUPPORT": "ACCUSE"}
NEGATIONS = frozenset({"not", "n't", "n’t", "never", "neither", "hardly"})
THINKING = frozenset({"think", "believe", "say"})  # "I don't think he is fit": it is the fitness that is denied
OPENING = frozenset({"could", "can", "may", "might", "should", "must", "if", "whether", "unless", "than"})
CIRCUMSTANCES = frozenset({"after", "when", "while"})
SUBJECT_LABELS = SUBJECTS | PASSIVE_SUBJECTS | {"nsubj:outer"}
CLAUSES = frozenset({"ccomp", "xcomp", "acl:relcl", "advcl", "conj", "parataxis", "csubj", "acl"})
DEPTH = 5  # clauses between an appraisal and the words that introduce the statement


@cache
def appraisal_lexicon() -> Lexicon:
    """Read the words of reproach and praise; once per process."""
    return build(entries_of(read_yaml(knowledge("appraisals.yaml"))))


@cache
def reproaches() -> frozenset[str]:
    """Return the adjectives and nouns of reproach, as they are written."""
    found = appraisal_lexicon()
    entries = [*found.adjectives.items(), *found.nouns.items()]
    return frozenset(form for form, those in entries if any(is_reproach(one, form) for one in those))


def is_reproach(entry: Entry, form: str) -> bool:
    """Is one written word alone a reproach: not the "leader" of "weak leader"?"""
    alone = not entry.rest and (entry.nouns is None or () in entry.nouns.forms.get(form, ((),)))
    return entry.predicate.type == "ACCUSE" and alone


def appraisals(doc: Doc) -> Iterator[Act]:
    """Yield what statements say for or against someone."""
    spans = [(one.start, one.stop) for said in statements_of(doc) if may_appraise(said) for one in said.content]
    if not spans:
        return
    for hit in appraisal_lexicon().hits(doc):
        if any(start <= hit.head.idx < stop for start, stop in spans):
            made_of = (appraisal(one) for one in (hit, *hit.others))
            yield from [act for act in made_of if act is not None][:1]


def is_appraisal(act: Act) -> bool:
    """Is an act reproach or praise in what is said of another?"""
    return act.hit.predicate.id.startswith("appraisal.")


def may_appraise(said: Statement) -> bool:
    """Can what a statement holds be its source's own view? Not if it is denied, or asked."""
    return said.cue is None or not any(word in wordlist("disowning") for word in said.cue.text.lower().split())


def appraisal(hit: Hit) -> Act | None:
    """Return the act of words of reproach or praise, turned by "not"; None when they are said of no one, or not so."""
    if hit.head.i and hit.head.nbor(-1).text in {"-", "–"}:
        return None  # "alt-right"
    hit = said_by_phrase(hit)
    verbal = hit.predicate.kind is Kind.VERB
    clause = hit.head if verbal else predicate_of(hit.head)
    if clause is None:
        strong = hit.predicate.id == "appraisal.strong.bad" and hit.head.dep_ == "amod" and is_free(hit.head.head)
        return made(hit, turned=False) if strong else None
    if not is_free(clause) or (clause.tag_ == "VB" and verbal and not has_will(clause)):
        return None
    return made(hit, turned=is_negated(clause))


def said_by_phrase(hit: Hit) -> Hit:
    """Let the noun stand for a phrase that says it: "out of touch", "in the pocket of", "a class act"."""
    head = hit.head.head
    opens = hit.head.dep_ in {"case", "det", "advmod", "mark"} and hit.predicate.kind is Kind.ADJECTIVE
    return replace(hit, head=head) if opens and head.i > hit.head.i and head in hit.tokens else hit


def made(hit: Hit, *, turned: bool) -> Act | None:
    """Return the act of a hit; a misdeed that someone did not do is no praise."""
    kind = hit.predicate.type
    if kind is None or (turned and hit.predicate.kind is Kind.VERB and hit.predicate.target[0] == "subj"):
        return None
    act = Act(hit, kind, hit.predicate.mode, hit.predicate.score, rules=(hit.rule,))
    if not turned:
        return act
    type_ = TURNED[kind]
    mode = "disapprove" if type_ == "ACCUSE" else None
    return replace(act, type=type_, mode=mode, rules=(hit.rule, "act.turned"))


def predicate_of(token: Token) -> Token | None:
    """Return the word that says it of a subject: itself, or the noun it stands by: "is wrong", "is a bad man"."""
    for one in (token, token.head):
        beside = token.dep_ in {"amod", "compound"} and one.i > token.i
        listed = token.dep_ in {"conj", "appos"} and token.pos_ != "PROPN" and one.i < token.i
        if one != token and not beside and not listed:
            return None
        if child(one, frozenset({"cop"})) is not None and child(one, SUBJECT_LABELS) is not None:
            return one
        if is_named_so(one):
            return one
    return None


def is_named_so(token: Token) -> bool:
    """Is a word what someone is called or described as: "called him a liar", "described her as unfit"?"""
    verb = token.head
    proves = verb.lemma_ in wordlist("proving")
    if verb.pos_ != "VERB" or token.i < verb.i or not (proves or verb.lemma_ in wordlist("naming")):
        return False
    return token.dep_ in {"xcomp", "obj", "ccomp", "advcl"} or preposition(token) == "as"


def is_free(clause: Token) -> bool:
    """Is a clause asserted: under no "if", "could", "deny", and no question?"""
    current = clause
    for _ in range(DEPTH):
        if is_open(current, clause) or (current.i != clause.i and is_disowned(current)):
            return False
        if current.dep_ not in CLAUSES or current.head == current:
            break
        current = current.head
    return not any(token.text == "?" for token in clause.sent[-2:])


def is_open(clause: Token, said: Token) -> bool:
    """Does a word before what is said leave a clause open: "if", "could", "how"?"""
    before = [one for one in clause.children if one.i < said.i]
    if any(one.lower_ in OPENING | CIRCUMSTANCES and one.dep_ in {"aux", "mark", "advmod"} for one in before):
        return True
    relative = clause.dep_ in {"acl:relcl", "acl"}
    return not relative and any(one.tag_ == "WRB" for one in before)


def is_disowned(verb: Token) -> bool:
    """Is what stands under a verb not the speaker's view: "denied that", "did not argue that"?"""
    return verb.lemma_ in wordlist("disowning") or (own_negations(verb) > 0 and verb.lemma_ not in THINKING)


def is_negated(clause: Token) -> bool:
    """Is it said that it is not so: "is not fit", "is no leader", "I don't think he is fit"?"""
    count = own_negations(clause)
    above = clause.head
    if clause.dep_ == "ccomp" and above.lemma_ in THINKING:
        count += own_negations(above)
    return count % 2 == 1


def own_negations(clause: Token) -> int:
    """Return how many words of negation a clause has."""
    before = [one for one in clause.children if one.i < clause.i]
    return sum(one.lower_ in NEGATIONS or (one.dep_ == "det" and one.lower_ == "no") for one in before)


def has_will(verb: Token) -> bool:
    """Has an infinitive "will" or "would", or "do", before it, or is it what someone tries or goes on to do?"""
    if verb.dep_ == "xcomp" and verb.head.lemma_ in wordlist("pursuing") and verb.head.i < verb.i:
        return verb.head.tag_ != "VB" or has_will(verb.head)
    return any(one.dep_ == "aux" and one.tag_ in {"MD", "VBZ", "VBP", "VBD"} for one in verb.children)
