"""Find where: the places that an article names, with GeoNames ids and positions, and the one that belongs to a verb."""

from collections.abc import Callable, Iterator

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from readout.annotations import annotate, article_of, places_of, register
from readout.extract.namesakes import Chosen, choose
from readout.extract.toponyms import Toponym, toponyms
from readout.provenance import Evidence, TextSpan, record_id
from readout.records import Article, Where

STEP = "places@1"
NO_NAME = "a place described, not named"


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
    proof = [piece for where, name, one in zip(records, names, chosen, strict=True) for piece in evidence(where, name, one)]
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
