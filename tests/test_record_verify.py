"""`readout verify` finds what cannot be true in a record, and nothing in a sound one."""

import time
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from pathlib import Path

import pytest

from readout.provenance import TextSpan
from readout.record.schema import TABLES, UNSTORED_TEXT
from readout.record.store import Store
from readout.record.verify import verify
from readout.records import Article, Mention, MentionKind, Reading
from record_examples import bare_article, border_reading, harbour_reading, story_of


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    first, second = harbour_reading(), border_reading()
    with Store(tmp_path / "record.db") as store:
        store.add(first)
        store.add(second)
        store.replace_stories([story_of(first, second)])
        yield store


def test_a_sound_record_has_nothing_bad(store: Store) -> None:
    found = verify(store)
    assert found.bad == ()
    assert found.good


def test_every_span_of_the_records_is_checked(store: Store) -> None:
    """Count the spans of the readings and the story by walking them, and compare with what SQL checked."""
    spans = [walk_count(one) for one in (*store.readings(), *store.stories())]
    kept_without_text = sum(len(one.article.blocks) + len(one.sentences) for one in store.readings())
    assert verify(store).checked == sum(spans) - kept_without_text


def walk_count(value: object) -> int:
    """Count the spans inside a record."""
    if isinstance(value, TextSpan):
        return 1
    if is_dataclass(value):
        return sum(walk_count(getattr(value, field.name)) for field in fields(value))
    return sum(walk_count(one) for one in value) if isinstance(value, tuple) else 0


def span_columns() -> list[tuple[str, str]]:
    """Return every table and prefix with positions."""
    return [
        (table.name, name.removesuffix("start"))
        for table in TABLES
        for name in table.names
        if name == "start" or name.endswith("_start")
    ]


@pytest.mark.parametrize(("table", "prefix"), span_columns())
@pytest.mark.parametrize("shift", [-100_000, 100_000], ids=["before the text", "after the text"])
def test_a_position_outside_the_text_is_found_in_every_table(store: Store, table: str, prefix: str, shift: int) -> None:
    change = f'UPDATE {table} SET "{prefix}start" = "{prefix}start" + ?, "{prefix}stop" = "{prefix}stop" + ?'
    changed = store.connection.execute(f'{change} WHERE "{prefix}start" IS NOT NULL', (shift, shift)).rowcount
    assert changed > 0
    assert sum(bad.found_in == table and "do not exist" in bad.why for bad in verify(store).bad) == changed


@pytest.mark.parametrize(("table", "prefix"), [pair for pair in span_columns() if pair[0] not in UNSTORED_TEXT])
def test_other_words_than_those_of_the_article_are_found_in_every_table(store: Store, table: str, prefix: str) -> None:
    change = f"""UPDATE {table} SET "{prefix}text" = "{prefix}text" || '!' WHERE "{prefix}start" IS NOT NULL"""
    changed = store.connection.execute(change).rowcount
    assert sum(bad.found_in == table for bad in verify(store).bad) == changed > 0


def test_a_span_one_character_off_is_named_with_its_words(store: Store) -> None:
    store.connection.execute(
        "UPDATE statements SET cue_start = cue_start + 1, cue_stop = cue_stop + 1 WHERE cue_text = 'told'"
    )
    (bad,) = verify(store).bad
    assert (bad.found_in, bad.field) == ("statements", "cue")
    assert bad.why.endswith("are old , not told")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("UPDATE blocks SET start = start - 9 WHERE n = 1", "overlaps the block before it"),
        ("UPDATE mentions SET head = stop", "its head"),
        ("UPDATE articles SET length = length + 1", "characters, not"),
        ("DELETE FROM sentences WHERE n = 0", "it should have"),
        ("UPDATE summary SET count = count + 1 WHERE record = 'events' AND field = 'all'", "it counts"),
        ("UPDATE evidence SET record = 's-gone'", "s-gone, which is not in the record"),
        ("UPDATE claims SET canonical = 's-gone'", "s-gone, which is not in the record"),
        ("UPDATE reports SET record = 's-gone'", "s-gone, which is not in the record"),
        ("UPDATE timeline SET claim = 'c-gone'", "c-gone, which is not in the record"),
        ("UPDATE unresolved SET record = 'e-gone'", "e-gone, which is not in the record"),
        ("UPDATE zoned_values SET record = 't-gone' || n || record", "which is not in the record"),
        ("DELETE FROM actors WHERE id = 'actor:renn'", "points to no row of actors"),
        ("DELETE FROM statements_fts_docsize", "the search knows 0 rows"),
    ],
)
def test_a_contradiction_is_found(store: Store, change: str, words: str) -> None:
    store.connection.execute("PRAGMA foreign_keys = OFF")
    store.connection.execute(change)
    assert any(words in bad.why for bad in verify(store).bad)


def test_a_record_can_be_vacuumed_and_searched_after(store: Store) -> None:
    store.connection.execute("DELETE FROM skipped")
    store.connection.execute("UPDATE summary SET count = 0 WHERE record = 'skipped'")
    store.connection.execute("VACUUM")
    assert verify(store).good
    query = (
        "SELECT content FROM statements WHERE rowid IN (SELECT rowid FROM statements_fts WHERE statements_fts MATCH ?)"
    )
    assert store.connection.execute(query, ("closed",)).fetchall() == [("the harbour of Port Alde will stay closed",)]


def test_many_articles_of_one_text_keep_their_own_spans(tmp_path: Path) -> None:
    with Store(tmp_path / "record.db") as store:
        for outlet in ("A Post", "B Times", "C Courier"):
            store.add(harbour_reading(outlet=outlet))
        assert verify(store).good
        assert len(store.article_ids()) == 3


def test_a_damaged_file_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "record.db"
    with Store(path) as store:
        store.add(harbour_reading())
        page_size = store.connection.execute("PRAGMA page_size").fetchone()[0]
        query = "SELECT rootpage FROM sqlite_master WHERE name = 'evidence_record'"
        page = store.connection.execute(query).fetchone()[0]
    with path.open("r+b") as file:
        file.seek((page - 1) * page_size)
        file.write(b"\xff" * page_size)
    with Store(path) as store:
        found = verify(store)
        assert not found.good
        assert {bad.found_in for bad in found.bad} == {"file"}


def test_spans_of_a_long_text_are_checked_fast_and_as_strictly(tmp_path: Path) -> None:
    line = "Envoy Ada met Envoy Ilo in Pört Alde \U0001f3f4 again.\n"
    article = bare_article(line * 20_000)
    starts = [place * len(line) + line.index("Ada") for place in range(3_000)]
    people = tuple(mention_at(article, start, start + 3) for start in starts)
    with Store(tmp_path / "record.db") as store:
        store.add(Reading(article, mentions=people))
        started = time.process_time()
        assert verify(store).good
        assert time.process_time() - started < 2
        store.connection.execute("UPDATE mentions SET text = 'Ido' WHERE n = 2999")
        (bad,) = verify(store).bad
        assert bad.why.endswith("are Ada, not Ido")


def mention_at(article: Article, start: int, stop: int) -> Mention:
    """Return the mention of nobody known."""
    return Mention(f"m-{start}", article.span(start, stop), start, MentionKind.NAME, "PERSON", "c")


def test_text_without_records_is_sound(tmp_path: Path) -> None:
    with Store(tmp_path / "record.db") as store:
        store.add(replace(harbour_reading(), evidence=(), skipped=()))
        assert verify(store).good
