"""Places, their namesakes, and the place of a verb."""

import time
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import spacy
import yaml
from spacy.language import Language
from spacy.tokens import Doc, Span

from readout.annotations import article_of, evidence_of, places_of
from readout.extract.gazetteer import places_named, zone_of
from readout.extract.places import add_places, place_of
from readout.records import Where

CASES = yaml.load((Path(__file__).parent / "cases/extract/places.yml").read_text("utf-8"), Loader=yaml.BaseLoader)[
    "cases"
]


SIZE = 100_000
SECONDS = 20.0  # for 30,000 words that are all names; 1.5 on an idle machine


@pytest.fixture(scope="module")
def blank() -> Language:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


def read(nlp: Language, text: str) -> Doc:
    doc = nlp(text)
    article_of(doc)
    return add_places(doc)


@pytest.mark.parametrize("name", CASES)
def test_places_of_case(blank: Language, name: str) -> None:
    case: dict[str, Any] = CASES[name]
    doc = read(blank, case["text"])
    given = [[where.span.text, where.name, where.country or "none"] for where in places_of(doc)]
    assert given == case["places"]


def parsed(nlp: Language, tree: str) -> Doc:
    """Return a Doc made by hand of word/tag/head/dependency, the head counted from 0."""
    texts, tags, heads, deps = zip(*(part.split("/") for part in tree.split()), strict=True)
    doc = Doc(nlp.vocab, list(texts), tags=list(tags), heads=[int(head) for head in heads], deps=list(deps))
    article_of(doc)
    return add_places(doc)


def text_of(where: Where | None) -> str | None:
    return where.span.text if where else None


def test_a_place_has_its_id_and_position(blank: Language) -> None:
    (where,) = places_of(read(blank, "The summit opened in Vilnius."))
    assert (where.geonames, where.country, where.reason) == (593116, "LTU", None)
    assert (where.lat, where.lon) == pytest.approx((54.689, 25.280), abs=0.01)


def test_a_country_has_its_id_and_position(blank: Language) -> None:
    (where,) = places_of(read(blank, "Talks were held in Norway."))
    assert (where.geonames, where.country) == (3144096, "NOR")
    assert where.lat is not None


def test_an_unknown_place_says_why_it_has_no_position(blank: Language) -> None:
    doc = read(blank, "Shells hit the village of Odrinka.")
    (where,) = places_of(doc)
    assert (where.lat, where.reason) == (None, "no place of this name in the gazetteer")
    assert [(piece.field, piece.value, piece.reason) for piece in evidence_of(doc)] == [
        ("name", "Odrinka", None),
        ("lat", None, "no place of this name in the gazetteer"),
    ]


def test_evidence_names_what_decided_between_namesakes(blank: Language) -> None:
    doc = read(blank, "A fire broke out in Paris, Texas.")
    paris = places_of(doc)[0]
    assert {(piece.field, piece.rule) for piece in evidence_of(doc) if piece.record_id == paris.id} == {
        ("name", "place.address"),
        ("lat", "place.outer"),
    }


def test_a_region_without_geonames_id_says_so(blank: Language) -> None:
    doc = read(blank, "Militants hold parts of Helmand.")
    reasons = [piece.reason for piece in evidence_of(doc) if piece.field == "geonames"]
    assert reasons == ["not among GeoNames' populated places"]


def test_the_models_names_are_believed_where_the_words_around_bear_them_out(blank: Language) -> None:
    doc = blank("Shells fell in Odrinka. Jordan spoke of Velvetitis.")
    doc.ents = [Span(doc, 3, 4, "GPE"), Span(doc, 5, 6, "PERSON"), Span(doc, 8, 9, "GPE")]
    article_of(doc)
    add_places(doc)
    assert [where.span.text for where in places_of(doc)] == ["Odrinka"]


def test_the_models_name_without_the_word_for_its_kind(blank: Language) -> None:
    doc = blank("Fighting spread to the Kherson Oblast.")
    doc.ents = [Span(doc, 3, 6, "GPE")]
    article_of(doc)
    (where,) = places_of(add_places(doc))
    assert (where.span.text, where.country) == ("Kherson Oblast", "UKR")


def test_a_small_place_named_once_surely_is_known_again(blank: Language) -> None:
    doc = read(blank, "Snow fell in Odda, Norway. Later the people of Odda and Bergen left.")
    assert [where.name for where in places_of(doc)] == ["Odda", "Norway", "Odda", "Bergen"]


def test_place_of_a_verb_is_the_one_that_hangs_on_it(blank: Language) -> None:
    tree = (
        "They/PRP/1/nsubj met/VBD/1/ROOT in/IN/3/case Vilnius/NNP/1/obl after/IN/6/mark shells/NNS/6/nsubj "
        "hit/VBD/1/advcl a/DT/8/det school/NN/6/obj in/IN/10/case Kharkiv/NNP/6/obl"
    )
    doc = parsed(blank, tree)
    assert (text_of(place_of(doc, doc[1])), text_of(place_of(doc, doc[6]))) == ("Vilnius", "Kharkiv")


def test_place_of_a_verb_in_a_noun_phrase(blank: Language) -> None:
    tree = "They/PRP/1/nsubj met/VBD/1/ROOT in/IN/4/case the/DT/4/det city/NN/1/obl of/IN/6/case Vilnius/NNP/4/nmod"
    doc = parsed(blank, tree)
    assert text_of(place_of(doc, doc[1])) == "Vilnius"


def test_a_border_is_a_place_described(blank: Language) -> None:
    tree = (
        "It/PRP/1/nsubj massed/VBD/1/ROOT troops/NNS/1/obj along/IN/5/case its/PRP$/5/nmod:poss borders/NNS/1/obl "
        "with/IN/7/case Norway/NNP/5/nmod in/IN/9/case May/NNP/1/obl"
    )
    doc = parsed(blank, tree)
    where = place_of(doc, doc[1])
    assert where is not None
    assert (where.span.text, where.name, where.lat) == ("along its borders with Norway",) * 2 + (None,)
    assert where.reason == "a place described, not named"


def test_a_party_is_no_place_of_a_verb(blank: Language) -> None:
    tree = "They/PRP/1/nsubj talked/VBD/1/ROOT with/IN/3/case Norway/NNP/1/obl"
    doc = parsed(blank, tree)
    assert place_of(doc, doc[1]) is None


@pytest.mark.parametrize(
    ("place", "zone"),
    [("Beijing", "Asia/Shanghai"), ("Tokyo", "Asia/Tokyo"), ("Kiev", "Europe/Kyiv"), ("Odrinka", None)],
)
def test_zone_of_a_place(place: str, zone: str | None) -> None:
    assert zone_of(place) == zone


def test_names_are_found_without_accents_and_case() -> None:
    assert {place.country for place in places_named("são paulo")} & {
        place.country for place in places_named("Sao Paulo")
    } >= {"BRA"}


def test_every_country_is_found_by_its_name() -> None:
    table = yaml.load(files("readout.extract").joinpath("data/places.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
    for _, _, *names in table["countries"].values():
        for name in names:
            assert any(place.kind == "country" for place in places_named(name)), name


def test_every_region_is_found_by_its_name() -> None:
    table = yaml.load(files("readout.extract").joinpath("data/regions.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
    for name in [*table["areas"], *(name for regions in table["first_level"].values() for name in regions)]:
        assert any(place.kind != "city" for place in places_named(name)), name


@pytest.mark.parametrize("piece", ["Paris ", "Paris, ", "San San ", "A", "the city of ", "New York and ", "U.S. "])
def test_long_runs_of_the_same_end_soon(blank: Language, piece: str) -> None:
    doc = blank.make_doc((piece * SIZE)[:SIZE])
    doc = Doc(
        doc.vocab,
        [token.text for token in doc],
        [bool(token.whitespace_) for token in doc],
        sent_starts=[False] * len(doc),
    )
    article_of(doc)
    start = time.perf_counter()
    add_places(doc)
    assert time.perf_counter() - start < SECONDS
