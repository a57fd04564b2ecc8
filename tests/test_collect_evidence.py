"""Where the fields of an article come from."""

from dataclasses import replace

from readout.collect.blocks import with_blocks
from readout.collect.evidence import article_evidence
from readout.provenance import Evidence
from readout.records import Article

TEXT = (
    "Norland recalls its envoy\nBy Ada Holm\n"
    "GENEVA, March 3 (Reuters) - Norland said on Thursday that it had recalled its envoy.\nIt gave no reason.\n"
)


def evidence(article: Article) -> dict[str, Evidence]:
    return {row.field: row for row in article_evidence(with_blocks(article))}


def test_fields_found_in_the_text_name_their_characters_and_the_rule() -> None:
    rows = evidence(Article(id="a-1", text=TEXT))
    found = {field: (row.span.text if row.span else None, row.rule) for field, row in rows.items() if row.value}
    assert found == {
        "headline": ("Norland recalls its envoy", "headline.first-line"),
        "dateline": ("GENEVA, March 3 (Reuters) -", "dateline.place"),
        "credit": ("Reuters", "dateline.place"),
        "authors": ("By Ada Holm", "byline.by"),
    }


def test_fields_that_are_empty_give_the_reason() -> None:
    rows = evidence(Article(id="a-1", text=TEXT))
    assert rows["published"].value is None
    assert rows["published"].reason == "no publication date was stated"


def test_fields_that_the_input_stated_say_so() -> None:
    rows = evidence(replace(Article(id="a-1", text=TEXT), outlet="Varga Post", published="2022-03-03"))
    assert (rows["outlet"].rule, rows["published"].rule) == ("metadata.stated", "metadata.stated")
