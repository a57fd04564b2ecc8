"""Say what the word above a clause or an act does to its factuality: "failed to", "plans to", "lack of"."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from readout.extract.hedgerules import HedgeRule, governing, rule_of

CLAUSAL = frozenset({"ccomp", "xcomp", "csubj", "csubj:pass"})
NEGATIVE_WORDS = frozenset({"no", "neither", "nobody", "none", "nothing", "nowhere"})
NEGATIONS = frozenset({"not", "n't", "n’t", "never", "neither", "nor"})
SCOPED = frozenset(
    {"all", "every", "everyone", "everything", "only", "just", "merely", "simply", "necessarily", "until", "always"}
)
ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "obj"})
OPENING = frozenset({"“", '"', "‘", "'", "``"})
WISHES = frozenset({"like", "want", "wish"})
RESULTS = frozenset({"only", "just"})
SUPPOSING = frozenset({"would", "could", "might", "may"})


@dataclass(frozen=True, slots=True)
class Link:
    """A step of the walk upwards: the predicate asked about, and the word below the next governor."""

    token: Token
    clause: Token

    @property
    def governor(self) -> Token:
        """Return what stands above."""
        return self.clause.head


@dataclass(frozen=True, slots=True)
class Effect:
    """What a governor does: causes, whether its own negation reaches down, and whether the walk ends here."""

    causes: tuple[tuple[HedgeRule, Token], ...] = ()
    negation: bool = True
    ends: bool = False


END = Effect(ends=True)
PURPOSE = HedgeRule("hedge.purpose", frozenset({"to"}), "Uu", soft=True)
SUPPOSED = HedgeRule("hedge.supposed", SUPPOSING, "Uu", hedge=True)


def effect_of(link: Link) -> Effect:
    """Return what the governor does to the clause or noun below it."""
    relation = link.clause.dep_
    if relation in CLAUSAL:
        return _of_complement(link)
    if relation == "advcl":
        return _of_adverbial(link)
    if relation in {"acl", "ccomp"} or (relation == "nmod" and is_noun(link.clause)):
        return _of_noun(link)
    if is_noun(link.clause) and (link.clause == link.token or link.token.dep_ == "conj"):
        return _of_verb_with_object(link)
    return END


def form_of(clause: Token) -> str:
    """Return the shape of a clause: infinitive, gerund, subjunctive or clause."""
    children = list(clause.children)
    if is_infinitive(clause):
        return "infinitive"
    finite = any(
        child.tag_ in {"MD", "VBD", "VBZ", "VBP"} for child in children if child.dep_ in {"aux", "cop", "aux:pass"}
    )
    if clause.tag_ == "VBG" and not finite:
        return "gerund"
    if clause.tag_ == "VB" or any(child.lower_ == "be" and child.tag_ == "VB" for child in children):
        modal = any(child.tag_ == "MD" and child.lower_ != "should" for child in children)
        if not modal and not any(child.lower_ in {"do", "does", "did"} for child in children):
            return "infinitive" if clause.dep_ == "xcomp" else "subjunctive"
    return "subjunctive" if any(child.lower_ == "should" for child in children) else "clause"


def marker_of(token: Token) -> Token | None:
    """Return the "to" of an infinitive; also that of "due to", which the parser takes for one marker."""
    for child in token.children:
        if child.dep_ in {"mark", "aux"}:
            if child.tag_ == "TO":
                return child
            fixed = next((one for one in child.children if one.tag_ == "TO"), None)
            if fixed is not None and 0 < token.i - fixed.i < 3:
                return fixed
    return None


def is_infinitive(token: Token) -> bool:
    """Is a verb marked by "to"?"""
    return marker_of(token) is not None


def is_arranged(token: Token) -> bool:
    """Is a verb what someone "is to" do, in a headline simply "to" do, or asks how "to" do?"""
    marker, head = marker_of(token), token.head
    if marker is None:
        return False
    be = any(child.lemma_ == "be" and child.i < marker.i for child in token.children)
    asked = any(word.tag_.startswith("W") and word.i == marker.i - 1 for word in (*token.children, head))
    if token.dep_ == "acl":
        return asked or (head.dep_.lower() == "root" and head.pos_ == "PROPN" and head.i == marker.i - 1)
    below = token.dep_ in {"advcl", "xcomp", "ccomp", "csubj", "conj"}
    return asked or be or (not below and any(child.dep_ in {"nsubj", "nsubj:pass"} for child in token.children))


def is_generic(token: Token) -> bool:
    """Is a participle a condition of what holds in general: "breaks when dropped"?"""
    when = any(child.lower_ in {"when", "whenever"} for child in token.children)
    alone = not any(child.dep_ in {"aux", "aux:pass", "nsubj", "nsubj:pass"} for child in token.children)
    return when and alone and token.tag_ in {"VBN", "VBD"} and token.head.tag_ in {"VBZ", "VBP", "VB"}


def is_order(token: Token) -> bool:
    """Is a verb an imperative: a base form without subject or auxiliary at the start of its sentence?"""
    if token.tag_ != "VB" or token.dep_.lower() not in {"root", "ccomp", "parataxis"}:
        return False
    quoted = token.i > 0 and token.doc[token.i - 1].text in OPENING
    if not quoted and (token.i - token.sent.start > 3 or token.dep_.lower() != "root"):
        return False
    helpers = [child for child in token.children if child.dep_ in {"nsubj", "nsubj:pass", "aux", "aux:pass", "mark"}]
    return all(child.lower_ in {"do", "please"} for child in helpers)


def is_performed(token: Token) -> bool:
    """Is what a verb says done by saying it: "I would like to thank the crew"?"""
    if token.lemma_.lower() in WISHES:
        below = (child for child in token.children if child.dep_ == "xcomp")
        return any(rule_of("performatives", _lemma(child)) is not None for child in below)
    subject = next((child.lower_ for child in token.children if child.dep_ == "nsubj"), None)
    return subject in {"i", "we"} and rule_of("performatives", _lemma(token)) is not None


def negation_of(token: Token) -> list[Token]:
    """Return the words that negate a predicate: "not", "no one", "neither", "no" before its subject or object."""
    found = []
    for child in token.children:
        lower = child.lower_
        if lower in NEGATIONS and child.dep_ in {"advmod", "neg", "cc", "cc:preconj"}:
            following = token.doc[child.i + 1] if child.i + 1 < len(token.doc) else None
            below = following is not None and following.tag_ == "TO" and child.i > token.i
            if following is not None and following.lower_ not in SCOPED and not below:
                found.append(child)
        elif child.dep_ == "det" and lower in NEGATIVE_WORDS:
            found.append(child)
        elif child.dep_ in ARGUMENTS:
            found.extend(_negative_words(child))
    marker = marker_of(token)
    before = token.doc[marker.i - 1] if marker is not None and marker.i > 0 else None
    if before is not None and before.lower_ in NEGATIONS and before.head == token.head and before.head != token:
        found.append(before)  # "chose not to attend", with "not" hung on the verb above
    return found


def _negative_words(noun: Token) -> Iterator[Token]:
    if noun.lower_ in NEGATIVE_WORDS:
        yield noun
    yield from (child for child in noun.children if child.dep_ == "det" and child.lower_ in NEGATIVE_WORDS)


def _of_complement(link: Link) -> Effect:
    governor, form = link.governor, form_of(link.clause)
    lemma = _lemma(governor)
    if is_noun(governor):
        found = governing("governor_nouns", lemma, form)
        if found is not None:
            return _signed(found, governor)
    if governing("factives", lemma, form) is not None:
        return END
    if is_performed(governor) and rule_of("performatives", _lemma(link.clause)) is not None:
        return END
    raised = governing("governors", lemma, "raised") if form == "infinitive" and _is_passive(governor) else None
    rule = raised or governing("governors", lemma, form)
    if rule is not None:
        # "chose not to vote": did not; "chose to vote" is open
        settled = rule.id == "hedge.decision" and bool(negation_of(link.clause))
        return END if settled else _signed(rule, governor)
    if governing("report_governors", lemma, form) is not None:
        return END
    return Effect(negation=form != "clause" or governor.pos_ in {"ADJ", "NOUN"})


def _of_adverbial(link: Link) -> Effect:
    """Return what an adverbial clause's governor does: a purpose is open; what one is kept from does not happen."""
    governor, clause = link.governor, link.clause
    if form_of(clause) == "gerund":
        for child in clause.children:
            rule = rule_of("governors_with", f"{_lemma(governor)} {child.lower_}") if child.i < clause.i else None
            if rule is not None:
                return _signed(rule, governor)
        return END
    if not is_infinitive(clause) or any(child.lower_ in RESULTS and child.i < clause.i for child in clause.children):
        return END
    particle = any(child.dep_ == "compound:prt" or child.lower_ in {"up", "out"} for child in governor.children)
    rule = governing("governors", _lemma(governor), "infinitive") if not particle else None
    if rule is not None and rule.form == "infinitive":
        return _signed(rule, governor)
    return Effect(((PURPOSE, marker_of(clause) or clause),), negation=False)


def _of_noun(link: Link) -> Effect:
    """Return what a noun does to its clause, or to the act it has as complement: "plans to strike", "lack of talks"."""
    governor, clause = link.governor, link.clause
    misplaced = _of_verb_above(link)
    if misplaced is not None:
        return misplaced
    if clause.dep_ == "nmod":
        if clause != link.token or not any(child.lower_ in {"of", "for", "in"} for child in clause.children):
            return END
        form = "nominal"
    elif form_of(clause) == "gerund" and any(child.lower_ in {"of", "for", "in", "on"} for child in clause.children):
        form = "nominal"
    elif any(child.dep_ in {"mark"} for child in clause.children):
        form = form_of(clause)
    else:
        return END
    rule = governing("governor_nouns", _lemma(governor), form)
    if rule is None:
        return END
    failed = [(found, child) for child in governor.children if (found := _failing(child)) is not None]
    return Effect(tuple(failed[:1]) or ((_variant(rule, negation_of(governor)), governor),), ends=True)


def _of_verb_above(link: Link) -> Effect | None:
    """Return what a verb does to a clause that the parser hung on its object: "accused them of burning"."""
    noun, clause = link.governor, link.clause
    if clause.dep_ != "acl" or noun.dep_ not in {"obj", "obl", "nsubj:pass"}:
        return None
    rule = None
    if is_infinitive(clause) and noun.dep_ == "obj" and governing("governor_nouns", _lemma(noun), "infinitive") is None:
        rule = governing("governors", _lemma(noun.head), "infinitive")
        rule = rule if rule is not None and rule.id == "hedge.demand" else None
    elif clause.tag_ == "VBG":
        before = (f"{_lemma(noun.head)} {child.lower_}" for child in clause.children if child.dep_ in {"mark", "case"})
        rule = next((found for words in before if (found := rule_of("governors_with", words)) is not None), None)
    return None if rule is None else Effect(((_variant(rule, negation_of(noun.head)), noun.head),), ends=True)


def _failing(word: Token) -> HedgeRule | None:
    """Return the rule of an adjective that undoes what its noun announces: "a cancelled plan to strike"."""
    rule = rule_of("adjectives", word.lower_) if word.dep_ == "amod" else None
    return rule if rule is not None and rule.negative else None


def _of_verb_with_object(link: Link) -> Effect:
    """Return what a verb does to an act named by a noun: "cancelled the vote", "called for a truce"."""
    governor, noun = link.governor, link.clause
    lemma = _lemma(governor)
    if noun.dep_ in {"obj", "nsubj:pass"} or (noun.dep_ == "nsubj" and _lacks_auxiliary(governor)):
        particle = next((child.lower_ for child in governor.children if child.dep_ == "compound:prt"), None)
        role = "object" if noun.dep_ == "obj" else "subject"
        rule = governing("noun_governors", lemma, role)
        if particle is not None:
            rule = rule_of("particles", f"{lemma} {particle}") or rule_of("particles", f"{governor.lower_} {particle}")
        if rule is not None and (noun.dep_ != "nsubj" or rule.negative):
            return _signed(rule, governor)
    elif noun.dep_ == "obl":
        for child in noun.children:
            rule = rule_of("noun_governors_with", f"{lemma} {child.lower_}") if child.dep_ == "case" else None
            if rule is not None:
                return _signed(rule, governor)
    if _carries(governor, noun):
        return Effect()
    if noun.dep_ == "nsubj" and _indefinite(noun):
        helpers = (child for child in governor.children if child.dep_ == "aux" and child.lower_ in SUPPOSING)
        return Effect(tuple((SUPPOSED, child) for child in helpers), ends=True)
    return END


def _signed(rule: HedgeRule, governor: Token) -> Effect:
    """Return what a signature leaves: with a variant for the negated governor, its negation reaches no further."""
    negative = negation_of(governor)
    return Effect(((_variant(rule, negative), governor),), negation=not (rule.negated is not None and negative))


def _variant(rule: HedgeRule, negative: list[Token]) -> HedgeRule:
    return rule.negated if rule.negated is not None and len(negative) % 2 else rule


def _carries(verb: Token, noun: Token) -> bool:
    """Does a verb only carry the act that a noun names: "may launch an attack", "no talks took place"?"""
    if noun.dep_ not in ARGUMENTS or rule_of("light_verbs", _lemma(verb)) is None:
        return False
    return noun.dep_ != "nsubj" or not _has_object(verb)


def _is_passive(verb: Token) -> bool:
    return any(child.dep_ == "aux:pass" for child in verb.children)


def _lacks_auxiliary(verb: Token) -> bool:
    """Is a verb a headline's passive: "test flight delayed"?"""
    return verb.tag_ in {"VBN", "VBD"} and not any(child.dep_ in {"aux", "aux:pass", "obj"} for child in verb.children)


def _has_object(verb: Token) -> bool:
    return any(child.dep_ == "obj" and child.lower_ != "place" for child in verb.children)


def _indefinite(noun: Token) -> bool:
    return any(child.dep_ == "det" and child.lower_ in {"a", "an", "any", "another"} for child in noun.children)


def is_noun(token: Token) -> bool:
    """Is a word a noun, common or proper?"""
    return token.pos_ in {"NOUN", "PROPN"} or token.tag_.startswith("NN")


def _lemma(token: Token) -> str:
    return token.lemma_.lower()
