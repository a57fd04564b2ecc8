"""Copies and reused passages, with the characters of both sides."""

import time

import pytest

from group_readings import article
from readout.group.copies import Side, candidates, copies, fingerprints, matches, passages, precedence
from readout.records import Article, Passage, Wording

FERRY = (
    "The ferry Skua ran aground on the Lindal bar at dawn with 140 passengers on board.\n"
    "Two tugs from Marn pulled her free at high water, the harbour master said.\n"
    "Nobody was hurt, but the hull has a crack as long as a bus below the waterline.\n"
    "Engineers will decide on Thursday whether the ship can sail to the yard under her own power.\n"
    "The owners have promised a refund to everyone who missed the market on the island.\n"
    "It is the third accident on the bar since the lighthouse lost its keeper."
)
COUNCIL = (
    "The council of Ostrava Bay voted to close the old tram line after a debate that lasted until midnight.\n"
    "Shopkeepers along the quay had collected four thousand signatures against the plan.\n"
    "Buses will take over in the spring, and the rails are to be lifted before the regatta."
)


def shared(first: Article, second: Article) -> list[Passage]:
    """Return the passages of two articles."""
    return list(passages([first, second], [Side.of(first.text), Side.of(second.text)]))


def test_a_copy_is_found_with_every_character() -> None:
    first = article(FERRY, outlet="The Marn Echo", published="2031-05-02")
    second = article(FERRY, outlet="The Ostrava Post", published="2031-05-03")
    found = shared(first, second)
    assert [passage.span.text for passage in found] == FERRY.split("\n")
    assert {passage.wording for passage in found} == {Wording.IDENTICAL}
    assert copies([first, second], found) == {second.id: first.id}


def test_the_later_article_is_the_copy() -> None:
    later = article(FERRY, outlet="The Marn Echo", published="2031-05-03")
    earlier = article(FERRY, outlet="The Ostrava Post", published="2031-05-02")
    assert {(p.article, p.other) for p in shared(later, earlier)} == {(later.id, earlier.id)}


def test_without_dates_the_article_with_an_agency_credit_is_the_copy() -> None:
    credited = article(FERRY, outlet="The Marn Echo", credit="Coast Wire")
    own = article(FERRY, outlet="The Ostrava Post")
    assert min((credited, own), key=precedence) == own


def test_a_copy_cut_and_led_anew_is_found() -> None:
    lines = FERRY.split("\n")
    second = article("Travellers were stranded for hours.\n" + "\n".join(lines[1:5]), published="2031-05-03")
    first = article(FERRY, published="2031-05-02")
    assert copies([first, second], shared(first, second)) == {second.id: first.id}


def test_shuffled_paragraphs_are_found_each_in_its_place() -> None:
    first = article(FERRY, published="2031-05-02")
    second = article("\n".join(reversed(FERRY.split("\n"))), published="2031-05-03")
    found = shared(first, second)
    assert [p.span.text for p in found] == [p.other_span.text for p in found] == list(reversed(FERRY.split("\n")))


def test_reworded_copy_says_so_sentence_by_sentence() -> None:
    reworded = FERRY.replace("pulled her free", "dragged her off").replace(
        "Nobody was hurt, but", "No one was hurt but"
    )
    first, second = article(FERRY, published="2031-05-02"), article(reworded, published="2031-05-03")
    by_line = {p.span.text: p.wording for p in shared(first, second)}
    assert by_line[FERRY.split("\n", maxsplit=1)[0]] is Wording.IDENTICAL
    assert by_line[reworded.split("\n")[1]] is Wording.REWORDED


def test_house_style_is_typography() -> None:
    british = "The harbour authority said that nobody had recognised the buoy - a gift of the guild - in the fog."
    american = "The harbor authority said that nobody had recognized the buoy—a gift of the guild—in the fog."
    first, second = article(FERRY + "\n" + british, published="2031-05-02"), article(american, published="2031-05-03")
    assert [p.wording for p in shared(first, second)] == [Wording.TYPOGRAPHY]


def test_two_paragraphs_lifted_into_another_article_are_found() -> None:
    lines = FERRY.split("\n")
    second = article(COUNCIL + "\n" + lines[2] + "\n" + lines[3], published="2031-05-03")
    found = shared(article(FERRY, published="2031-05-02"), second)
    assert [p.span.text for p in found] == lines[2:4]
    assert copies([second], found) == {}


def test_a_clause_in_another_sentence_is_found() -> None:
    clause = "nobody was hurt, but the hull has a crack as long as a bus below the waterline"
    second = article(COUNCIL + f"\nDivers reported that {clause}, and sent their pictures to the insurers in the city.")
    found = shared(article(FERRY, published="2031-05-02"), second)
    assert [p.span.text.strip(",") for p in found] == [clause]


def test_unrelated_articles_share_nothing() -> None:
    assert shared(article(FERRY), article(COUNCIL)) == []


def test_an_outlets_furniture_is_no_reused_passage() -> None:
    promo = "\nSign up for the harbour letter and never miss a tide, a timetable or a tale from the quay."
    whale = "A whale was seen off the pier at noon and stayed until the band of the fire brigade began to play."
    knots = "The museum of knots has a new roof, paid for by a raffle that the widow of its founder has won twice."
    bodies = [FERRY, COUNCIL, whale, knots]
    days = [article(b + promo, outlet="The Marn Echo", published=f"2031-05-0{n}") for n, b in enumerate(bodies, 1)]
    assert list(passages(days, [Side.of(one.text) for one in days])) == []


def test_one_text_in_very_many_outlets_is_found_in_all() -> None:
    articles = [article(FERRY, outlet=f"Outlet {n}", published=f"2031-05-{n // 10 + 1:02}") for n in range(60)]
    articles.sort(key=precedence)
    found = list(passages(articles, [Side.of(one.text) for one in articles]))
    assert set(copies(articles, found)) == {one.id for one in articles[1:]}


def test_15_equal_words_always_share_a_fingerprint() -> None:
    words = [f"w{n}" for n in range(400)]
    own = fingerprints(words)
    for start in range(0, 380, 7):
        assert candidates([own, fingerprints([f"x{start}", *words[start : start + 15], f"y{start}"])])


@pytest.mark.parametrize("text", ["", "Fire.", "The ferry Skua ran aground on the Lindal bar"])
def test_short_texts_are_compared(text: str) -> None:
    assert matches(Side.of(FERRY), Side.of(text)) in ([], matches(Side.of(FERRY), Side.of(text)))
    assert candidates([fingerprints(Side.of(text).keys), fingerprints(Side.of(COUNCIL).keys)]) == {}


@pytest.mark.parametrize("text", ["the same four words " * 5_000, "a " * 50_000, ". \n" * 30_000])
def test_repetitive_text_takes_little_time(text: str) -> None:
    start = time.perf_counter()
    matches(Side.of(text), Side.of(text))
    assert time.perf_counter() - start < 3
