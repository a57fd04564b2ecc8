"""The brief of a story: what it says, and that nothing from an article can break a layout."""

import io
import re

import pytest
from rich.console import Console

from readout.provenance import TextSpan
from readout.records import (
    Actor,
    ActorKind,
    Article,
    ArticleRole,
    Block,
    BlockKind,
    Claim,
    Difference,
    DifferenceKind,
    DifferingValue,
    Event,
    Member,
    Name,
    Origin,
    Party,
    Reading,
    Report,
    Sentence,
    Statement,
    StatementKind,
    Story,
    Unresolved,
    When,
    Wording,
)
from readout.serve import markdown, pages, terminal
from readout.serve.brief import brief
from readout.serve.lines import Brief, letter
from readout.serve.phrases import and_list, date_phrase, event_sentence, phrases, plural

FIRST = (
    "Solheim calls Krogh\n\n"
    "Ingrid Solheim spoke by phone with Mads Krogh on Tuesday.\n"
    "“We must stay calm,” Solheim told Krogh, <b>the ministry</b> said."
)
SECOND = "“We must remain calm,” Solheim said on Wednesday. Nobody *else* was asked."


def article(name: str, text: str, *, headline: bool) -> Article:
    bare = Article(id=f"a-{name}", text=text)
    blocks: list[Block] = []
    position = 0
    for line in text.split("\n"):
        span = TextSpan.trimmed(bare, position, position + len(line))
        if span:
            kind = BlockKind.HEADLINE if headline and not blocks else BlockKind.BODY
            blocks.append(Block(kind, span, paragraph=len(blocks) + 1))
        position += len(line) + 1
    title = Name(blocks[0].span.text, blocks[0].span) if headline else None
    return Article(id=bare.id, text=text, outlet=f"The {name} <Post>", headline=title, blocks=tuple(blocks))


def quote(of: Article, words: str) -> TextSpan:
    start = of.text.index(words)
    return TextSpan.within(of, start, start + len(words))


def solheim(of: Article, words: str = "Solheim") -> Party:
    return Party(quote(of, words), actor="x-solheim", name="Ingrid Solheim", country="NOR", sector="GOV")


def krogh(of: Article) -> Party:
    return Party(quote(of, "Krogh"), actor="x-krogh", name="Mads Krogh", country="DNK", sector="GOV")


def sentence(of: Article, words: str, number: int) -> Sentence:
    return Sentence(f"n-{of.id}-{number}", quote(of, words), number)


@pytest.fixture
def page() -> Brief:
    one, two = article("One", FIRST, headline=True), article("Two", SECOND, headline=False)
    call = Event(
        "e-1",
        "CONSULT",
        (quote(one, "spoke by phone"),),
        mode="phone",
        sources=(solheim(one),),
        targets=(krogh(one),),
        reciprocal=True,
        when=When("w-1", quote(one, "on Tuesday"), "DATE", "2025-03-11"),
    )
    said = Statement(
        "s-1",
        StatementKind.DIRECT,
        (quote(one, "We must stay calm,"),),
        source=solheim(one),
        targets=(krogh(one),),
        cue=quote(one, "told"),
        via=(Party(quote(one, "the ministry"), name="Ministry", channel="statement"),),
    )
    again = Statement("s-2", StatementKind.DIRECT, (quote(two, "We must remain calm,"),), source=solheim(two))
    actors = (Actor("x-solheim", "Ingrid Solheim", ActorKind.PERSON, "NOR", ("GOV",)),)
    first = Reading(
        one,
        sentences=(sentence(one, "Ingrid Solheim spoke by phone with Mads Krogh on Tuesday.", 2),),
        actors=actors,
        statements=(said,),
        events=(call,),
    )
    second = Reading(two, actors=actors, statements=(again,))
    reports = (
        Report(one.id, "s-1", Wording.IDENTICAL),
        Report(two.id, "s-2", Wording.REWORDED, (("stay", "remain"),)),
    )
    story = Story(
        "t-1",
        "Solheim <calls> Krogh",
        (Member(one.id, ArticleRole.ORIGINAL), Member(two.id, ArticleRole.INDEPENDENT)),
        claims=(
            Claim("c-1", "event", "e-1", (Report(one.id, "e-1", Wording.IDENTICAL),), 1),
            Claim("c-2", "statement", "s-1", reports, 2, (Origin("Ministry"),)),
        ),
        differences=(
            Difference(
                "c-2",
                DifferenceKind.WORDING,
                (DifferingValue(one.id, quote(one, "stay calm")), DifferingValue(two.id, quote(two, "remain calm"))),
            ),
        ),
        only_in={one.id: ("c-1",)},
        unresolved=(Unresolved("s-2", "when", "no publication date"),),
    )
    return brief(story, {one.id: first, two.id: second})


def terminal_text(page: Brief) -> str:
    console = Console(file=io.StringIO(), width=100, highlight=False)
    console.print(terminal.render(page))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_event_is_the_sentence_of_the_article_with_its_coding_below(page: Brief) -> None:
    text = terminal_text(page)
    assert "• Ingrid Solheim spoke by phone with Mads Krogh on Tuesday. [A¶2]" in text
    assert "Ingrid Solheim ↔ Mads Krogh  consult, phone  Tuesday 11 March 2025" in text


def test_statement_cites_both_reports_and_says_what_the_second_changed(page: Brief) -> None:
    text = terminal_text(page)
    assert "“We must stay calm” [A¶3 B¶1]" in text
    assert "B has “remain” for “stay”" in text
    assert "2 articles, 1 origin: Ministry" in text


def test_chain_of_attribution_is_said(page: Brief) -> None:
    assert "to Mads Krogh; according to Ministry (in a statement)" in terminal_text(page)


def test_what_only_one_article_has_is_listed_under_it(page: Brief) -> None:
    only = next(section for section in page.sections if section.key == "only")
    assert [group.heading for group in only.groups] == ["A  The One <Post>"]


def test_unresolved_says_why(page: Brief) -> None:
    assert "When: no publication date — “We must remain calm,” B¶1" in terminal_text(page)


def test_html_escapes_everything_from_outside_and_requests_nothing(page: Brief) -> None:
    html = pages.render([page])
    assert "<b>the ministry</b>" not in html
    assert "<Post>" not in html
    assert "<title>Solheim &lt;calls&gt; Krogh</title>" in html
    assert not re.search(r"<script|src=|url\(|@import|<link", html)


def test_every_citation_in_html_leads_to_a_paragraph(page: Brief) -> None:
    for html in (pages.render([page]), pages.render([page, page])):
        links = set(re.findall(r'href="#([^"]+)"', html))
        anchors = re.findall(r' id="([^"]+)"', html)
        assert links
        assert links <= set(anchors)
        assert len(anchors) == len(set(anchors))


def test_markdown_escapes_markup_from_articles(page: Brief) -> None:
    text = markdown.render(page)
    assert "# Solheim \\<calls\\> Krogh" in text
    assert "<Post>" not in text


def test_story_with_one_article_has_no_comparison(page: Brief) -> None:
    reading = next(iter(page.readings.values()))
    alone = Story("t-2", "Alone", (Member(reading.article.id, ArticleRole.ORIGINAL),))
    assert brief(alone, {reading.article.id: reading}).sections == ()


@pytest.mark.parametrize(("number", "expected"), [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (52, "BA")])
def test_letters_go_on_after_z(number: int, expected: str) -> None:
    assert letter(number) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2022-01-26", "26 January 2022"),
        ("2021-12", "December 2021"),
        ("2014", "2014"),
        ("2022-01-26T15:30", "26 January 2022, 15:30"),
        ("PAST_REF", "in the past"),
        ("2022-W04", "week of 24 January 2022"),
        ("2022-W60", "2022-W60"),
        ("2022-13-40", "2022-13-40"),
    ],
)
def test_dates_read_as_people_write_them(value: str, expected: str) -> None:
    assert date_phrase(value) == expected


def test_lists_are_joined_as_in_english() -> None:
    assert [and_list([]), and_list(["a"]), and_list(["a", "b", "a"]), and_list(["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]


def test_plurals() -> None:
    assert [plural(1, "story"), plural(2, "story"), plural(3, "article")] == ["1 story", "2 stories", "3 articles"]


def test_every_plover_type_has_a_sentence() -> None:
    types = (
        "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE"
    )
    for name in (*types.split(), "COERCE", "ASSAULT"):
        assert {"other", "alone"} <= phrases()[name].keys()


def test_event_without_parties_still_reads() -> None:
    one = article("One", FIRST, headline=True)
    protest = Event("e-2", "PROTEST", (quote(one, "calls"),))
    talks = Event("e-3", "CONSULT", (quote(one, "calls"),), reciprocal=True)
    assert event_sentence(protest, sources="", targets="") == "Someone not named protested"
    assert event_sentence(talks, sources="", targets="") == "The parties held talks"
