"""Say who stands as source and target of an act, by the roles that its lexicon entry names."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from readout.extract import roles
from readout.extract.acts import Act
from readout.extract.predicates import Kind, Words, knowledge, listed, read_yaml, wordlist
from readout.extract.roles import Filler

Accepts = Callable[[Token], bool]
Alike = Callable[[Token, Token], bool]

DIG_PREPOSITIONS = frozenset(
    {"by", "of", "from", "with", "against", "in", "to", "on", "between", "toward", "towards", "for"}
)
LOOSE_LABELS = frozenset(
    {"fixed", "dep", "conj", "appos", "compound", "flat", "parataxis", "nmod:unmarked", "obl:unmarked"}
)
SUBJECT_RULES = tuple(
    f"role.{name}"
    for name in ("subject", "adjacent-left", "left-neighbour", "controlled", "modified-noun", "complement-subject")
)
OBJECT_RULES = frozenset({"role.object", "role.right-neighbour", "role.adjacent-right"})
OWN_SIDE = frozenset({"our", "my", "we", "us", "me"})  # "our elections" are not the speaker
NEUTER = frozenset(
    {"it", "that", "this", "which", "these", "those", "what"}
)  # said of a thing, whoever it goes back to
LEADING_AWAY = frozenset(
    {"as", "after", "before", "during", "because", "since", "while", "amid", "despite", "than", "if"}
)
UNDUG = frozenset({"role.adjacent-right", "role.said-of"})
DIG_DEPTH = 2  # noun phrases inside noun phrases: "the decision of the court in The Hague"
SURFACE_WINDOW = 8  # tokens after a trigger within which a preposition is taken as its own when the tree is silent
OUTER_FIRST = frozenset({"REQUEST", "REJECT"})


@dataclass(frozen=True, slots=True)
class Cast:
    """Who does an act, and to whom."""

    sources: tuple[Filler, ...] = ()
    targets: tuple[Filler, ...] = ()


@cache
def people(kind: str) -> Words:
    """Return common nouns for parties: "forces", "protesters", "people", "press"."""
    return Words.of(listed(read_yaml(knowledge("parties.yaml"))[kind]))


def cast(act: Act, accepts: Accepts, alike: Alike | None = None) -> Cast:
    """Return the fillers of source and target that are parties; `alike` tells words for one actor ("its")."""
    predicate = act.hit.predicate
    sources = first_filled(act, predicate.source, accepts, exclude=())

    def accepts_other(token: Token) -> bool:
        return accepts(token) and not (alike and any(alike(token, one.token) for one in sources))

    targets = first_filled(act, predicate.target, accepts_other, exclude=[one.token for one in sources])
    if predicate.reciprocal and not sources and len(targets) > 1:
        return Cast(targets, ())
    return Cast(sources, targets)


def first_filled(act: Act, names: Iterable[str], accepts: Accepts, *, exclude: Iterable[Token]) -> tuple[Filler, ...]:
    """Return the parties of the first role that has any."""
    excluded = {token.i for token in exclude}
    for name in names:
        for filler in role_fillers(act, name, accepts):
            if name == "as" and act.type == "RETREAT" and filler.token.pos_ != "PROPN":
                continue  # "resigned as chairman": that is he himself
            if act.type == "CONSULT" and filler.rule in OBJECT_RULES and not accepts(filler.token):
                continue  # one meets and visits parties, not things of theirs
            if act.type == "SUPPORT" and filler.token.lower_ in wordlist("harms"):
                continue  # who advocates an expulsion supports no one whom it hits
            if is_recalled(act, filler) and not accepts(filler.token):
                continue  # "recalled his generosity" dismisses no one
            found = [one for one in parties_in(filler, accepts) if one.token.i not in excluded]
            if found:
                return tuple(found)
    return ()


def is_recalled(act: Act, filler: Filler) -> bool:
    """Is a word the object of a verb of dismissing or recalling?"""
    dismisses = act.type == "SANCTION" and act.hit.predicate.kind is Kind.VERB and act.inner is None
    return dismisses and filler.rule in OBJECT_RULES and not belongs_to_party(filler.token)


def role_fillers(act: Act, name: str, accepts: Accepts) -> Iterator[Filler]:
    """Yield the words that can fill a role, the likeliest first."""
    hit = act.hit
    noun = hit.noun if hit.noun is not None else hit.head
    simple = SIMPLE_ROLES.get(name)
    if simple is not None:
        yield from (filler for filler in simple(act, noun) if filler is not None)
    elif name == "inner" and act.inner is not None:
        if not asks_another(act):
            yield from inner_fillers(act, accepts)
    else:
        yield from prepositional(act, noun, name)


def asks_another(act: Act) -> bool:
    """Has a demand an object that no one knows, so that the parties of what is asked are not whom it is asked of?"""
    whom = roles.child(act.head, roles.OBJECTS)
    if whom is None and act.hit.link is not None and act.hit.link.lower_ == "for":
        behind = roles.behind(act.hit.link)
        whom = None if behind is None else behind.token
    return (
        act.type == "REQUEST"
        and act.inner is not None
        and act.inner.head.tag_ == "VB"
        and whom is not None
        and whom.i < act.inner.head.i
        and whom not in act.tokens
    )


def inner_fillers(act: Act, accepts: Accepts) -> Iterator[Filler]:
    """Yield the parties of the act in the complement: of a demand first who is to act, else first whom it is for."""
    if act.inner is None:
        return
    inner = cast(act.inner, accepts)
    first, second = (inner.sources, inner.targets) if act.type in OUTER_FIRST else (inner.targets, inner.sources)
    for filler in (*first, *second):
        yield Filler(filler.token, f"{filler.rule}+complement")


def subject_fillers(act: Act, noun: Token) -> Iterator[Filler | None]:
    """Yield the subject; of an adjective or noun that is a predicate, that of its copula."""
    head = act.head
    if act.hit.predicate.kind in {Kind.ADJECTIVE, Kind.NOUN} and not any(
        one.dep_ in roles.SUBJECTS for one in head.children
    ):
        climb = head.head if head.pos_ == "ADP" else head
        yield roles.surface_subject(climb)
        if climb.head != climb:
            yield roles.surface_subject(climb.head)
        yield roles.left_neighbour(head)
        return
    yield roles.subject(head)
    yield issuer(head)
    if not roles.is_passive(head):
        yield roles.adjacent_left(head)


def issuer(verb: Token) -> Filler | None:
    """Return whose document it is that says so: "approved a resolution condemning", "a letter by nurses urging"."""
    noun = verb.head
    if verb.tag_ != "VBG" or verb.dep_ != "acl" or noun.lower_ not in wordlist("documents"):
        return None
    own = [roles.possessor(noun), *roles.obliques(noun, frozenset({"by", "from"}))]
    found = next((one for one in own if one is not None), None)
    if found is None and noun.dep_ == "obj" and noun.head.lemma_ in wordlist("issuing"):
        found = roles.surface_subject(noun.head)
    return found and Filler(found.token, "role.issuer")


def object_fillers(act: Act, noun: Token) -> Iterator[Filler | None]:
    """Yield the object of the verb; for a phrase that is its noun, whose own parties count."""
    yield roles.direct_object(act.head)
    if not roles.is_passive(act.head):
        after = roles.adjacent_right(act.head)
        yield None if after is not None and belongs_to_object(after.token, act) else after


def belongs_to_object(token: Token, act: Act) -> bool:
    """Does the word after a verb only name the place of an agreement, or whose a recalled thing is?"""
    if token.dep_ == "compound":
        return token.head.lower_ in wordlist("treaties")
    return token.dep_ == "nmod:poss" and act.type == "SANCTION"


def prepositional(act: Act, noun: Token, name: str) -> Iterator[Filler]:
    """Yield nouns behind a preposition: of the noun, of the verb, of its object, or next in the text."""
    names = frozenset({name})
    yield from roles.obliques(noun, names)
    if noun != act.head:
        yield from roles.obliques(act.head, names)
    found = roles.child(act.head, roles.OBJECTS)
    if found is not None and found != noun:
        yield from roles.obliques(found, names)
    last = act.hit.tokens[-1].i
    for token in noun.doc[last + 1 : last + 1 + SURFACE_WINDOW]:
        if token.is_sent_start or token.text in {";", ":", ".", "“", '"'} or token.tag_ in {"VBD", "VBZ", "VBP", "MD"}:
            return
        if act.hit.predicate.kind is Kind.NOUN and (token.text == "," or leads_away(token)):
            return
        if token.lower_ == name and token.pos_ in {"ADP", "SCONJ", "PART"}:
            after = roles.behind(token)
            if after is not None:
                yield Filler(after.token, f"role.{name}-nearby")
            return


def said_of(act: Act, noun: Token) -> Iterator[Filler | None]:
    """Yield of whom a word is said: who is called so, the subject of its copula, and whose the subject is."""
    clause = act.head
    if (clause.dep_ in {"amod", "compound"} and clause.head.i > clause.i) or clause.dep_ in {"conj", "appos"}:
        clause = clause.head
    found = roles.child(clause, roles.SUBJECTS | roles.OUTER_SUBJECTS)
    if found is not None and found.dep_.startswith("csubj"):
        yield roles.surface_subject(found)  # "what he did is a disgrace"
    elif found is not None and found.lower_ not in NEUTER:
        yield Filler(roles.antecedent(found, clause), "role.said-of")
        yield None if found.lower_ in wordlist("fortunes") else roles.possessor(found)
    elif found is None and clause.head.pos_ == "VERB" and clause.dep_ != "amod":
        named = named_object(clause.head)
        if named is not None and named.token.lower_ not in NEUTER:
            yield Filler(named.token, "role.said-of")
            yield roles.possessor(named.token)


def named_object(verb: Token) -> Filler | None:
    """Return who is called or proves to be something: the object, of "proved (himself)" the subject."""
    found = roles.direct_object(verb)
    own = verb.lemma_ in wordlist("proving") and (found is None or found.token.lower_ in wordlist("reflexive"))
    return roles.surface_subject(verb) if own else found


def appraised(act: Act, noun: Token) -> Iterator[Filler | None]:
    """Yield of whom a word is said, or by whose name it stands: "the crooked senator", "her reckless plan"."""
    if act.head.dep_ != "amod":
        yield from said_of(act, noun)
        return
    beside = act.head.head
    if roles.child(beside, roles.SUBJECTS) is not None:
        yield from said_of(act, noun)
        return
    yield Filler(beside, "role.said-of")
    yield roles.possessor(beside)
    yield from roles.obliques(beside, frozenset({"of", "by"}))


def subject_owner(act: Act, noun: Token) -> Iterator[Filler | None]:
    """Yield whose the subject is: "her campaign has lied"."""
    subject = roles.subject(act.head)
    yield subject and roles.possessor(subject.token)


def own_source(act: Act) -> Filler | None:
    """Return who does what is announced, when its noun says so: "announced her resignation"."""
    inner = act.inner
    if inner is None or inner.hit.predicate.kind is not Kind.NOUN:
        return None
    return roles.possessor(inner.head) or roles.agent(inner.head)


def host(noun: Token) -> Filler | None:
    """Return the subject of the clause in which a nominal event is a circumstance: "he said so during a call with"."""
    if roles.preposition(noun) not in {"during", "in", "by", "on", "for", "after"} and noun.dep_ != "advcl":
        return None
    verb = noun.head
    while verb.pos_ in roles.NOMINAL and verb.head != verb:
        verb = verb.head
    found = roles.surface_subject(verb)
    return found and Filler(found.token, "role.subject-of-clause")


def _as_filler(token: Token | None, rule: str) -> Filler | None:
    return None if token is None else Filler(token, rule)


def leads_away(token: Token) -> bool:
    """Does a word begin something else here, in which a noun's own parties no longer stand: "as a member of"?"""
    return token.lower_ in LEADING_AWAY


SIMPLE_ROLES: dict[str, Callable[[Act, Token], Iterator[Filler | None]]] = {
    "subj": subject_fillers,
    "obj": object_fillers,
    "iobj": lambda act, _: iter([_as_filler(roles.child(act.head, frozenset({"iobj"})), "role.indirect-object")]),
    "link": lambda act, _: iter([roles.behind(act.hit.link) if act.hit.link is not None else None]),
    "comp": lambda act, _: iter([roles.complement_subject(act.head)]),
    "noun": lambda act, noun: iter([Filler(noun, "role.noun") if act.hit.noun is not None else None]),
    "inner-source": lambda act, _: iter([own_source(act)]),
    "poss": lambda _, noun: iter([roles.possessor(noun)]),
    "people": lambda act, noun: iter([one for one in roles.modifiers(noun) if one.token not in act.hit.tokens]),
    "between": lambda _, noun: iter(roles.between(noun)),
    "said-of": said_of,
    "appraised": appraised,
    "subj-poss": subject_owner,
    "host": lambda _, noun: iter([host(noun)]),
    "by": lambda act, noun: iter([roles.agent(act.head), *roles.obliques(noun, frozenset({"by"}))]),
}


def parties_in(filler: Filler, accepts: Accepts) -> list[Filler]:
    """Return the parties that a filler names: itself and those coordinated with it, else those inside its phrase."""
    among = filler.rule == "role.between"
    direct = [token for token in roles.coordinated(filler.token, accepts) if accepts(token)]
    if direct:
        return [Filler(token, filler.rule) for token in with_neighbours(direct, accepts, among=among)]
    if filler.rule in UNDUG:
        return []
    if filler.rule.startswith(SUBJECT_RULES) and not belongs_to_party(filler.token):
        return []
    return inside(filler, accepts, DIG_DEPTH)


def belongs_to_party(token: Token) -> bool:
    """Do the names inside a subject's phrase stand for it: "Russian warplanes", "the White House counsel's team"?"""
    return bool(people("forces").at(token) or people("organs").at(token))


def with_neighbours(tokens: list[Token], accepts: Accepts, *, among: bool = False) -> list[Token]:
    """Add parties that stand beside these with only "and" between, and that the tree leaves hanging."""
    first = min(tokens, key=lambda token: token.i)
    last = max(tokens, key=lambda token: token.i)
    before = beside(first, -1, accepts)
    after = beside(last, 1, accepts, among=among)
    extra = [one for one in (before, after) if one is not None and one not in tokens]
    return [*extra, *tokens] if before in extra else [*tokens, *extra]


def beside(token: Token, step: int, accepts: Accepts, *, among: bool = False) -> Token | None:
    """Return the party on one side of a party when only "and" and small words lie between."""
    doc, sentence = token.doc, token.sent
    position = token.i + step
    while sentence.start <= position < sentence.end and accepts(doc[position]):
        position += step
    seen_and = False
    while sentence.start <= position < sentence.end and doc[position].lower_ in roles.BETWEEN_PARTIES:
        seen_and |= doc[position].lower_ in {"and", "&"}
        position += step
    if not seen_and or not sentence.start <= position < sentence.end or not accepts(doc[position]):
        return None
    other = doc[position]
    own_role = not among and step > 0 and other.dep_ in roles.SUBJECTS and not adjacent_verb(other, token)
    return None if own_role or (step < 0 and other.dep_ not in LOOSE_LABELS and other.head.i != token.i) else other


def adjacent_verb(other: Token, token: Token) -> bool:
    """Is a word, tagged as the subject of a verb, the only subject between it and that verb's?"""
    return other.head.i == token.head.i


def names_place(filler: Filler, noun: Token) -> bool:
    """Is a name only where an agreement was made: "the Paris agreement"?"""
    return filler.rule == "role.modifier" and filler.token.pos_ == "PROPN" and noun.lower_ in wordlist("treaties")


def inside(filler: Filler, accepts: Accepts, depth: int) -> list[Filler]:
    """Return the party inside a phrase that is none itself: "Tehran's refusal", "the decision by the court"."""
    noun = filler.token
    candidates = [roles.possessor(noun), *roles.modifiers(noun), *roles.obliques(noun, DIG_PREPOSITIONS)]
    nested = [one for one in candidates if one is not None]
    nested = [one for one in nested if one.token.lower_ not in OWN_SIDE and not names_place(one, noun)]
    for one in nested:
        if one.rule == "role.modifier" and (noun.text[0].isupper() or one.token.pos_ not in {"PROPN", "ADJ"}):
            continue
        found = [token for token in roles.coordinated(one.token, accepts) if accepts(token)]
        if found:
            return [Filler(token, f"{filler.rule}+{one.rule.removeprefix('role.')}") for token in found]
    for one in nested:
        deeper = inside(Filler(one.token, f"{filler.rule}+inside"), accepts, depth - 1) if depth > 1 else []
        if deeper:
            return deeper
    return []
