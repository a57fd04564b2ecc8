"""Find where: the places that an article names, with GeoNames ids and positions, and the one that belongs to a verb."""

from collections.abc import Callable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from readout.annotations import annotate, article_of, places_of, register
from readout.extract.namesakes import Chosen, choose
from readout.extract.placecontext import words
from readout.extract.tenses import clause_head, is_verb
from readout.extract.toponyms import Toponym, toponyms
from readout.provenance import Evidence, TextSpan, record_id
from readout.records import Article, Where

STEP = "extract.places"
NO_NAME = "a place described, not named"
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD", "VB"})
REACH = 15  # words after a verb in which a place may be its own
TOPICAL = frozenset({"on", "over", "around"})
PHRASE = 6  # words of a noun phrase up to its noun
SUBCLAUSES = frozenset({"ccomp", "advcl", "acl", "acl:relcl", "parataxis", "csubj"})


@Language.factory("readout_places", requires=[], assigns=["doc._.readout_places", "doc._.readout_evidence"])
def make_places(nlp: Language, name: str) -> Callable[[Doc], Doc]:
    """Return the component that writes the places of a Doc."""
    register()
    return add_places


def add_places(doc: Doc) -> Doc:
    """Write the places that a Doc names, with evidence for which is meant or for why it is not known."""
    article = article_of(doc)
    names = toponyms(doc)
    chosen = choose(doc, names)
    records = [record(article, doc, name, one) for name, one in zip(names, chosen, strict=True)]
    proof = [
        piece for where, name, one in zip(records, names, chosen, strict=True) for piece in evidence(where, name, one)
    ]
    annotate(doc, places=records, evidence=proof)
    return doc


def record(article: Article, doc: Doc, name: Toponym, chosen: Chosen) -> Where:
    """Return a name and its place as a record."""
    span = TextSpan.of(article, doc[name.start : name.end])
    place = chosen.place
    if place is None:
        return Where(record_id("p", article.id, span.start, span.stop), span, name.name, reason=chosen.reason)
    return Where(
        id=record_id("p", article.id, span.start, span.stop),
        span=span,
        name=place.name,
        geonames=place.geonames,
        country=place.country,
        lat=place.lat,
        lon=place.lon,
    )


def evidence(where: Where, name: Toponym, chosen: Chosen) -> Iterator[Evidence]:
    """Yield why the words are a place name, and why they mean this place."""
    yield Evidence(where.id, "name", where.name, where.span, STEP, rule=name.rule)
    place = chosen.place
    position = f"{place.lat:.3f}, {place.lon:.3f}" if place else None
    yield Evidence(where.id, "lat", position, where.span, STEP, rule=chosen.rule, reason=chosen.reason)
    if place and place.geonames is None:
        yield Evidence(where.id, "geonames", None, where.span, STEP, reason="not among GeoNames' populated places")


def place_of(doc: Doc, tokens: Span | Token) -> Where | None:
    """Return the place of a verb: named or described among its dependents, else the one named nearest in its clause."""
    head = tokens.root if isinstance(tokens, Span) else tokens
    sentence = head.sent
    start, stop = sentence.start_char, sentence.end_char
    named = [where for where in places_of(doc) if start <= where.span.start < stop]
    for prepositions in (words("place_prepositions"), words("goal_prepositions")):
        for noun in locative_nouns(head, prepositions):
            found = located(doc, noun, preposition(noun), named)
            if found is not None:
                return found
    return nearby(doc, clause_head(head), named) or following(doc, head, named)


def located(doc: Doc, noun: Token, word: str, named: list[Where]) -> Where | None:
    """Return the place that a noun names or describes; after "on" a name is a topic or party ("call on Odrin")."""
    by_name = named_in(doc, noun, named) if word not in TOPICAL else None
    return by_name or described(doc, noun)


def following(doc: Doc, head: Token, named: list[Where]) -> Where | None:
    """Return the place after a verb with no finite verb between, which the parser may have hung elsewhere."""
    if not is_verb(head):
        return None
    for token in doc[head.i + 1 : min(head.i + REACH, head.sent.end - 1)]:
        if token.tag_ in FINITE:
            return None
        if token.tag_ == "IN" and token.lower_ in words("place_prepositions"):
            noun = last_noun(doc, token.i + 1)
            found = located(doc, noun, token.lower_, named) if noun is not None else None
            if found is not None:
                return found
    return None


def last_noun(doc: Doc, start: int) -> Token | None:
    """Return the last of the nouns with which the words after a preposition begin."""
    noun = None
    for token in doc[start : start + PHRASE]:
        if token.tag_.startswith("NN"):
            noun = token
        elif noun is not None or not token.tag_.startswith(("DT", "PRP$", "JJ", "CD", "VBN", "POS")):
            break
    return noun


def locative_nouns(head: Token, prepositions: frozenset[str]) -> Iterator[Token]:
    """Yield the nouns that a verb, or the verb that it is joined to, has as its place."""
    for child in sorted(head.children, key=lambda token: abs(token.i - head.i)):
        if child.dep_.split(":")[0] in {"obl", "nmod", "advmod", "dep"} and preposition(child) in prepositions:
            yield child
    for child in head.children:
        if child.dep_ in {"obj", "nsubj:pass"}:  # "placed troops along its borders": parsers hang it on the troops
            yield from (noun for noun in child.children if noun.dep_ == "nmod" and preposition(noun) in prepositions)


def preposition(noun: Token) -> str:
    """Return the preposition before a noun."""
    cases = [child.lower_ for child in noun.children if child.dep_ == "case" and child.i < noun.i]
    return cases[0] if cases else ""


def named_in(doc: Doc, noun: Token, named: list[Where]) -> Where | None:
    """Return the place named by a noun phrase: "the capital, Kyiv", but not "the border with Kyiv"."""
    if base(noun) in words("relational"):
        return None
    inside = {token.idx for token in phrase(noun)}
    return next(
        (where for where in named if where.span.start in inside or where.span.start <= noun.idx < where.span.stop), None
    )


def phrase(noun: Token) -> list[Token]:
    """Return the tokens of a noun phrase without its clauses and without what its prepositions but "of" bring in."""
    kept = [noun]
    for child in noun.children:
        dep = child.dep_.split(":")[0]
        if dep in {"compound", "flat", "det", "amod", "nummod", "appos", "conj"} or (
            dep == "nmod" and preposition(child) in {"of", "in", "near", ""}
        ):
            kept.extend(phrase(child))
    return sorted(kept, key=lambda token: token.i)


def described(doc: Doc, noun: Token) -> Where | None:
    """Return a place that is described and not named, with its preposition: "along its borders with Ukraine"."""
    if base(noun) not in words("described"):
        return None
    article = article_of(doc)
    span = TextSpan.of(article, doc[described_start(noun) : described_stop(noun)])
    return Where(record_id("p", article.id, span.start, span.stop), span, span.text, reason=NO_NAME)


def base(noun: Token) -> str:
    """Return a noun's base form, also where no lemma is given."""
    return noun.lemma_.lower() or noun.lower_.removesuffix("s")


def described_start(noun: Token) -> int:
    """Return the first token of a described place: its preposition."""
    return min(child.i for child in [noun, *(child for child in noun.children if child.i < noun.i)])


def described_stop(noun: Token) -> int:
    """Return the end of a described place: with its "of" and "with", without times, clauses and further places."""
    stop, doc = noun.i + 1, noun.doc
    if stop + 1 >= len(doc) or doc[stop].lower_ not in {"of", "with", "between", "near"}:
        return stop
    end = stop + 1  # by the words, for a parser may hang "with Ukraine" on the verb
    while end < len(doc) and (
        doc[end].tag_.startswith(("N", "J", "PRP", "POS")) or doc[end].lower_ in {"the", "a", "and"}
    ):
        end += 1
    while doc[end - 1].lower_ in {"the", "a", "and"}:
        end -= 1
    return end if end > stop + 1 else stop


def nearby(doc: Doc, head: Token, named: list[Where]) -> Where | None:
    """Return the place named nearest to a verb in its clause, after a preposition of place."""
    candidates = []
    for where in named:
        token = doc.char_span(where.span.start, where.span.stop, alignment_mode="expand")
        if token is None or token.start == 0 or not in_clause(token.root, head):
            continue
        if doc[token.start - 1].lower_ in words("place_prepositions"):
            candidates.append((abs(token.start - head.i), token.start, where))
    return min(candidates)[2] if candidates else None


def in_clause(token: Token, head: Token) -> bool:
    """Does no clause of its own lie between a word and the verb above it?"""
    while token.i != head.i:
        if token.dep_ in SUBCLAUSES or token.head.i == token.i:
            return False
        token = token.head
    return True
