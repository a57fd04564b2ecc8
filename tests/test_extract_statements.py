"""Statements: who said what, with evidence for each field; the cases stand in cases/extract/statements.yml."""

from typing import Any

import pytest
import spacy

from case_docs import cases, language, parsed
from readout.annotations import article_of, statements_of
from readout.extract.statements import StatementReader, Statements, read_statements
from readout.records import Party, Statement

FIELDS = {"content", "source", "cue", "targets", "via", "channel", "factuality", "when", "where", "inside"}


def named(party: Party | None) -> str | None:
    """Return the words of a party, without a possessive ending."""
    return None if party is None else party.span.text.removesuffix("'s").removesuffix("’s").strip()


def row(statement: Statement, found: Statements, wanted: dict[str, Any]) -> dict[str, Any]:
    """Return of a statement the fields that the case names, in the form of the case."""
    contents = [span.text for span in statement.content]
    around = {one.id: one for one in found.statements}.get(statement.inside or "")
    values = {
        "kind": str(statement.kind),
        "source": named(statement.source),
        "cue": statement.cue.text if statement.cue else None,
        "to": [named(target) for target in statement.targets],
        "content": contents if isinstance(wanted["content"], list) else " | ".join(contents),
        "channel": statement.channel,
        "via": [[named(link), link.channel] for link in statement.via],
        "hedges": [span.text for span in statement.hedges],
        "factuality": statement.factuality,
        "inside": wanted.get("inside") if around and wanted.get("inside", "") in around.content[0].text else None,
    }
    return {field: values[field] for field in wanted}


def check(case: dict[str, Any]) -> None:
    """Compare the statements of a case's text with those it wants; unless it has `others`, there are no more."""
    found = read_statements(parsed(case["text"]))
    for wanted in case["statements"]:
        rows = [row(statement, found, wanted) for statement in found.statements]
        assert wanted in rows
    if not case.get("others"):
        assert len(found.statements) == len(case["statements"]), [s.content for s in found.statements]


@pytest.mark.parametrize("case", cases("extract/statements.yml"))
def test_statements_are_read(case: dict[str, Any]) -> None:
    check(case)


def test_every_field_has_evidence_or_a_reason() -> None:
    found = read_statements(parsed("Okoro said the road was open. “Come and see.”"))
    for statement in found.statements:
        rows = [one for one in found.evidence if one.record_id == statement.id]
        assert {one.field for one in rows} >= FIELDS
        assert all(one.value is not None or one.reason for one in rows)


def test_cueless_quotation_says_why_it_has_its_source() -> None:
    found = read_statements(parsed("“The road is open,” Okoro said. “Come and see for yourselves.”"))
    sources = [one for one in found.evidence if one.field == "source"]
    assert sources[0].reason == "a quotation without a cue continues the turn of this speaker"


def test_unclaimed_quotation_is_skipped_with_a_reason() -> None:
    found = read_statements(parsed("The two armies met in the “buffer” zone."))
    assert [one.what for one in found.skipped] == ["“buffer”"]
    assert "scare quote" in found.skipped[0].reason


def test_spans_are_characters_of_the_article() -> None:
    doc = parsed("“The U.S. is our partner,” the envoy said. Okoro told Brandt that the road was open.")
    for statement in read_statements(doc).statements:
        for span in statement.content:
            assert article_of(doc).text[span.start : span.stop] == span.text


def test_reading_twice_gives_the_same_statements() -> None:
    text = "Okoro said the road was open, adding that Kenya would pay."
    assert read_statements(parsed(text)).statements == read_statements(parsed(text)).statements


def test_component_works_without_mentions() -> None:
    doc = StatementReader(language(), "readout_statements")(parsed("Okoro said the road was open."))
    assert [named(statement.source) for statement in statements_of(doc)] == ["Okoro"]


def test_unparsed_text_gives_no_exception() -> None:
    doc = spacy.blank("en")("“Okoro said the road was open,” he said. According to Brandt, it was not.")
    read_statements(doc)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "“",
        "”",
        "”“",
        '"' * 50,
        "'" * 50,
        "“" * 50,
        "said",
        "“said”",
        "according to",
        ": “",
        "said said said",
        "“a” " * 200,
    ],
)
def test_odd_texts_give_no_exception(text: str) -> None:
    read_statements(parsed(text))
