"""`readout why` gives each field its characters in context and who decided, or why there is nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from readout.errors import NoSuchRecord, UsageError
from readout.record.store import Store
from readout.record.why import Explanation, FieldWhy, why
from record_examples import border_reading, harbour_reading, story_of

HARBOUR, BORDER = harbour_reading(), border_reading()
STORY = story_of(HARBOUR, BORDER)
WORDS, REQUEST = HARBOUR.statements
ASKED, SENT = HARBOUR.events


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path: Path = tmp_path_factory.mktemp("record") / "record.db"
    with Store(path) as store:
        store.add(HARBOUR)
        store.add(BORDER)
        store.replace_stories([STORY])
        yield store


def lines(explanation: Explanation, field: str) -> list[FieldWhy]:
    """Return the lines of a field."""
    return [line for line in explanation.fields if line.name == field]


def test_a_field_shows_its_characters_in_context(store: Store) -> None:
    (cue,) = lines(why(store, WORDS.id), "cue")
    assert cue.quote is not None
    assert (cue.quote.span.text, cue.quote.paragraph) == ("told", 2)
    assert cue.quote.before.endswith("“We cannot wait any longer,” she ")
    assert cue.quote.after.startswith(" Estmark's ambassador")
    assert (cue.quote.outlet, cue.quote.published) == ("The Alde Courier", "2021-03-04")
    assert cue.quote.headline is not None and cue.quote.headline.startswith("Norvia asks Estmark")


def test_a_field_shows_step_version_rule_and_score(store: Store) -> None:
    (source,) = lines(why(store, WORDS.id), "source")
    assert (source.value, source.step, source.version, source.rule, source.score) == (
        "Ada Renn (actor:renn, NOV, GOV)",
        "coreference",
        "2",
        "pronoun.subject",
        0.91,
    )


def test_an_empty_field_shows_its_reason(store: Store) -> None:
    (targets,) = lines(why(store, SENT.id), "targets")
    assert (targets.value, targets.reason) == (None, "nobody is named as the target of the soldiers")


def test_an_empty_field_without_a_reason_says_so(store: Store) -> None:
    (targets,) = lines(why(store, REQUEST.id), "targets")
    assert (targets.value, targets.reason) == (None, "no reason was noted")


def test_a_field_without_evidence_still_shows_its_characters(store: Store) -> None:
    first, second = lines(why(store, REQUEST.id), "content")
    assert first.step is None
    assert first.quote is not None and first.quote.span == REQUEST.content[0]
    assert second.quote is not None and second.quote.span == REQUEST.content[1]


def test_a_place_of_an_event_shows_the_evidence_of_the_place(store: Store) -> None:
    (where,) = lines(why(store, ASKED.id), "where")
    assert (where.value, where.rule) == ("Port Aldé (GeoNames 4242)", "gazetteer.exact")


def test_an_event_shows_the_statement_that_asserts_it(store: Store) -> None:
    (asserted,) = lines(why(store, SENT.id), "attributed_to")
    assert asserted.value == f"Ada Renn (told) to Estmark's ambassador: We cannot wait any longer, ({WORDS.id})"


def test_context_stays_in_the_paragraph_and_at_whole_words(store: Store) -> None:
    (hedge, _) = lines(why(store, SENT.id), "hedges")
    assert hedge.quote is not None
    assert hedge.quote.before == "Estmark "
    assert hedge.quote.after.endswith("opened in 1987.")
    (cue,) = lines(why(store, WORDS.id), "cue")
    assert cue.quote is not None
    assert cue.quote.before.startswith("harbour of Port Alde\u0301. “We cannot")


def test_an_actor_shows_what_each_article_says(store: Store) -> None:
    explanation = why(store, "actor:renn")
    assert explanation.kind == "actor"
    assert [line.value for line in lines(explanation, "country")] == ["NOV", "NVA"]
    roles = [line for line in lines(explanation, "roles") if line.quote]
    assert {role.quote.outlet for role in roles if role.quote} == {"The Alde Courier", "Estmark Post"}
    assert lines(explanation, "conflicts")[0].value == '["country"]'
    assert len(lines(explanation, "mention")) == 3


def test_a_claim_shows_the_words_of_every_report(store: Store) -> None:
    explanation = why(store, STORY.claims[0].id)
    first, second = lines(explanation, "report")
    assert first.quote is not None and first.quote.span.text == "We cannot wait any longer,"
    assert second.quote is not None and second.quote.span.text == "We cannot wait much longer."
    assert second.value is not None and "reworded (any → much; ∅ → so)" in second.value
    assert [line.value for line in lines(explanation, "origin")] == [
        "Foreign Ministry of Norvia (actor:norvia-mfa)",
        "an unnamed diplomat",
    ]


def test_a_story_shows_its_articles_claims_and_gaps(store: Store) -> None:
    explanation = why(store, STORY.id)
    assert explanation.title == STORY.title
    assert len(lines(explanation, "article")) == len(lines(explanation, "claim")) == 2
    assert lines(explanation, "when")[0].value == "2021-03-02T10:00"
    assert "nobody is named" in str(lines(explanation, "unresolved")[0].reason)


@pytest.mark.parametrize(
    ("identity", "kind", "title"),
    [
        (WORDS.id, "statement", "Ada Renn (told) to Estmark's ambassador: We cannot wait any longer,"),
        (ASKED.id, "event", "REQUEST (change-policy): Ada Renn, Norvia → Estmark, “asked”"),
        (HARBOUR.mentions[3].id, "mention", "“she” (pronoun) = Ada Renn"),
        (HARBOUR.times[0].id, "time", "“on Tuesday” = 2021-03-02"),
        (HARBOUR.places[1].id, "place", "“the Alde Canal” = Alde Canal"),
        (HARBOUR.background[0].id, "background", "the Alde Canal: the Alde Canal, opened in 1987"),
        (BORDER.article.id, "article", "Estmark rejects Norvian appeal"),
        (STORY.claims[1].id, "claim", "MOBILIZE (troops): Estmark → –, “sent”"),
    ],
    ids=lambda value: str(value).split("-")[0],
)
def test_every_kind_of_record_is_explained_under_its_title(store: Store, identity: str, kind: str, title: str) -> None:
    explanation = why(store, identity)
    assert (explanation.kind, explanation.id, explanation.title) == (kind, identity, title)
    assert explanation.fields


def test_the_beginning_of_an_id_is_enough(store: Store) -> None:
    assert why(store, WORDS.id[:10]).id == WORDS.id


def test_an_id_that_could_be_several_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="Several ids begin with"):
        why(store, "s-")


@pytest.mark.parametrize("identity", ["", "s-0000", "%", "_", "actor:renn'"])
def test_an_id_that_is_none_is_refused(store: Store, identity: str) -> None:
    with pytest.raises(NoSuchRecord):
        why(store, identity)
