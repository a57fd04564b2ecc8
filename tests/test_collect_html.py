"""Articles out of pages: text without page residue, and what the page says about itself."""

from pathlib import Path

import pytest

from readout.collect.extraction import Page, decode_page, extract_page
from readout.collect.readers import read_inputs
from readout.records import Article, BlockKind
from readout.settings import Settings

PAGES = Path(__file__).parent / "pages"


def page(name: str) -> Page:
    return extract_page((PAGES / name).read_bytes())


def article(name: str) -> Article:
    (found,) = read_inputs([str(PAGES / name)], settings=Settings())
    assert isinstance(found, Article)
    return found


def test_the_text_of_a_page_is_headline_blank_line_body_without_residue() -> None:
    paragraphs = article("port-strike.html").text.split("\n")
    assert paragraphs[:2] == ["Dockers in Port Varga end strike – for now", ""]
    assert [line.split()[0] for line in paragraphs[2:]] == ["Dockers", "“We", "The", "The"]


def test_metadata_comes_from_json_ld_and_meta_tags() -> None:
    metadata = page("port-strike.html").metadata
    assert metadata.url == "https://varga-post.example/2025/03/port-strike"
    assert metadata.outlet == "The Varga Post"
    assert metadata.title == "Dockers in Port Varga end strike – for now"
    assert metadata.published == "2025-03-12T07:40:00+01:00"
    assert metadata.modified == "2025-03-12T09:05:00+01:00"
    assert metadata.authors == ("Ann Lee",)
    assert metadata.language == "en"


def test_an_agency_among_the_authors_is_the_credit() -> None:
    found = article("port-strike.html")
    assert found.authors == ("Ann Lee",)
    assert found.credit is not None
    assert (found.credit.text, found.credit.span) == ("Agence France-Presse", None)


def test_the_updates_of_a_live_blog_are_kept_in_the_order_of_the_page() -> None:
    lines = page("live-blog.html").lines
    starts = [line.split(".")[0] for line in lines if line.endswith(".")]
    assert starts.index("The first session ended without a statement") < starts.index("The talks began an hour late")
    assert "The ministers of Norland and Sudland have arrived at the harbour" in starts
    assert not any("holiday homes" in line for line in lines)


def test_no_author_is_invented() -> None:
    assert page("no-markup.html").metadata.authors == ()


def test_a_page_without_json_ld_has_title_date_dateline_and_credit() -> None:
    found = article("no-markup.html")
    assert found.headline is not None
    assert (found.headline.text, found.published) == ("Minister resigns", "2025-03-12")
    assert found.dateline is not None
    assert found.dateline.text == "OSLO, March 12 (Reuters) -"
    assert found.credit is not None
    assert found.credit.text == "Reuters"
    kinds = [block.kind for block in found.blocks]
    assert kinds.count(BlockKind.CREDIT) == 1
    assert "Our Standards" not in found.text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<p>café “x”</p>".encode(), "<p>café “x”</p>"),
        ("<p>café “x”</p>".encode("utf-16"), "<p>café “x”</p>"),
        ("<p>a long enough café</p>".encode("utf-16-le"), "<p>a long enough café</p>"),
        ('<meta charset="utf-16"><p>café</p>'.encode(), '<meta charset="utf-16"><p>café</p>'),
        ('<meta charset="iso-8859-2"><p>Łódź</p>'.encode("iso-8859-2"), '<meta charset="iso-8859-2"><p>Łódź</p>'),
        ("<p>café “x”</p>".encode("windows-1252"), "<p>café “x”</p>"),
        ('<meta charset="no-such-thing"><p>é</p>'.encode("windows-1252"), '<meta charset="no-such-thing"><p>é</p>'),
        (b"<p>a\x00b</p>", "<p>ab</p>"),
    ],
)
def test_a_page_is_decoded_by_what_it_is_then_by_what_it_claims(data: bytes, text: str) -> None:
    assert decode_page(data) == text
