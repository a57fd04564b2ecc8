"""Inputs of every kind: what becomes an article, and what becomes a Skipped row with a plain reason."""

import gzip
import hashlib
import io
import json
from pathlib import Path

import pytest

from readout.collect.inputs import count_inputs
from readout.collect.readers import read_inputs
from readout.errors import BadTable, UsageError
from readout.provenance import Skipped
from readout.records import Article
from readout.settings import Settings

STORY = (
    "The foreign minister of Norland told reporters on Monday that talks with Sudland would go on.\n"
    "He said that both sides had agreed to meet again, and that no date had been set.\n"
)


def read(*paths: Path | str, stdin: bytes | None = None, **settings: object) -> list[Article | Skipped]:
    options = Settings(**settings)  # type: ignore[arg-type]
    return list(read_inputs(map(str, paths), settings=options, stdin=io.BytesIO(stdin) if stdin is not None else None))


def only_article(outcomes: list[Article | Skipped]) -> Article:
    (found,) = outcomes
    assert isinstance(found, Article), found
    return found


def reasons(outcomes: list[Article | Skipped]) -> list[str]:
    return [one.reason for one in outcomes if isinstance(one, Skipped)]


def test_a_text_is_kept_as_given_but_for_its_byte_order_mark(tmp_path: Path) -> None:
    text = STORY.replace("\n", "\r\n") + "\u2028 end\n"
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())
    found = only_article(read(tmp_path / "a.txt"))
    assert found.text == text
    assert found.path == str(tmp_path / "a.txt")
    assert found.sha256 == hashlib.sha256(b"\xef\xbb\xbf" + text.encode()).hexdigest()
    assert not found.repaired


def test_the_same_file_under_another_path_is_the_same_article(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(STORY)
    one, other = read(tmp_path / "a.txt", tmp_path / "b.txt")
    assert isinstance(one, Article)
    assert isinstance(other, Article)
    assert one.id == other.id


def test_another_outlet_with_the_same_text_is_another_article(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    ids = {only_article(read(tmp_path / "a.txt", outlet=outlet)).id for outlet in ("Varga Post", "Norland Daily")}
    assert len(ids) == 2


def test_a_folder_is_read_in_order_and_each_file_once(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("c.txt", "b/a.txt", "a.txt", ".hidden.txt"):
        (tmp_path / name).write_text(STORY + name)
    found = read(tmp_path, tmp_path / "a.txt", str(tmp_path / "*.txt"))
    assert [Path(one.path or "").name for one in found if isinstance(one, Article)] == ["a.txt", "a.txt", "c.txt"]


def test_files_that_are_not_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "c.txt").write_bytes(b"%PDF-1.4 ...")
    assert reasons(read(tmp_path)) == ["files of the kind '.docx' are not read", "this is a PDF file, not a text"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b" \n\t ", "the file is empty"),
        (b"abc\x00def" * 10, "NUL"),
        (bytes(range(1, 32)) * 20, "control characters"),
        ("Министр заявил, что переговоры продолжатся.".encode(), "not in English"),
        (
            "Der Minister sagte am Montag, dass die Gespräche weitergehen und beide Seiten warten.".encode(),
            "not in English",
        ),
        ("12345 67 !!! " * 9, "no words"),
        ("Министр заявил".encode("koi8-r") * 9, "wrongly encoded"),
        ("\ufffd talks \ufffd" * 50, "wrongly encoded"),
        (b"\x89PNG\r\n\x1a\n0000", "an image"),
    ],
)
def test_what_is_no_english_text_is_skipped_with_the_reason(tmp_path: Path, data: bytes | str, reason: str) -> None:
    (tmp_path / "a.txt").write_bytes(data if isinstance(data, bytes) else data.encode())
    (found,) = reasons(read(tmp_path / "a.txt"))
    assert reason in found


def test_an_oversized_text_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY * 10)
    assert reasons(read(tmp_path / "a.txt", text_limit=1000)) == ["it is larger than 1,000 bytes"]


def test_missing_files_and_patterns_are_skipped(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    found = reasons(read(tmp_path / "none.txt", str(tmp_path / "*.html"), tmp_path / "empty"))
    assert [reason.split()[-1] for reason in found] == ["folder", "pattern", "file"]


def test_broken_encoding_is_repaired_and_said_so(tmp_path: Path) -> None:
    broken = STORY.replace("on Monday", "â€œon Mondayâ€\x9d in CafÃ© Varga")
    (tmp_path / "a.txt").write_text(broken, encoding="utf-8")
    found = only_article(read(tmp_path / "a.txt"))
    assert "“on Monday” in Café Varga" in found.text
    assert found.repaired


def test_typography_that_is_not_broken_stays(tmp_path: Path) -> None:
    text = STORY.replace("Monday", "“Monday” – ‘Café’ … ﬁnal Ⅳ")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    found = only_article(read(tmp_path / "a.txt"))
    assert (found.text, found.repaired) == (text, False)


def test_windows_text_is_read_and_counts_as_repaired(tmp_path: Path) -> None:
    text = STORY.replace("Monday", "“Monday” in the Café")
    (tmp_path / "a.txt").write_bytes(text.encode("windows-1252"))
    found = only_article(read(tmp_path / "a.txt"))
    assert (found.text, found.repaired) == (text, True)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_marked_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(STORY.encode(encoding))
    assert only_article(read(tmp_path / "a.txt")).text == STORY


def test_jsonl_rows_become_articles_and_bad_lines_skipped_rows_with_their_number(tmp_path: Path) -> None:
    rows = [
        json.dumps(
            {
                "text": STORY,
                "outlet": "Varga Post",
                "title": "Talks go on",
                "date": "27 January 2022",
                "authors": ["Ann Lee"],
            }
        ),
        "{not json",
        json.dumps({"title": "no text"}),
        json.dumps({"text": "half \ud800 a pair " + STORY}),
        json.dumps([1]),
        "",
        json.dumps({"text": STORY, "url": "https://varga-post.example/a", "published": "02/03/2022"}),
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(rows))
    found = read(tmp_path / "a.jsonl")
    articles = [one for one in found if isinstance(one, Article)]
    assert [one.published for one in articles] == ["2022-01-27", None]
    assert articles[0].headline is not None
    assert (articles[0].headline.text, articles[0].authors) == ("Talks go on", ("Ann Lee",))
    assert articles[1].url == "https://varga-post.example/a"
    lines = [one.what.rpartition(" ")[2] for one in found if isinstance(one, Skipped)]
    assert lines == ["2", "3", "4", "5", "02/03/2022"]


def test_a_date_that_cannot_be_read_leaves_the_article_undated_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": STORY, "published": "last week"}))
    article, skipped = read(tmp_path / "a.jsonl")
    assert isinstance(article, Article)
    assert article.published is None
    assert isinstance(skipped, Skipped)
    assert (skipped.what, "not a full" in skipped.reason) == ("last week", True)


def test_a_json_file_is_one_article_or_a_list_of_them(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps({"text": STORY, "outlet": "Varga Post"}, indent=2))
    (tmp_path / "two.json").write_text(json.dumps([{"text": STORY}, {"text": STORY + "More."}], indent=2))
    assert len(read(tmp_path)) == 3


def test_compressed_inputs_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(STORY.encode()))
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(json.dumps({"text": STORY}).encode()))
    assert [one.text for one in read(tmp_path) if isinstance(one, Article)] == [STORY, STORY]


def test_a_truncated_compressed_file_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(STORY.encode())[:-12])
    (found,) = reasons(read(tmp_path / "a.txt.gz"))
    assert found.startswith("it cannot be read")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (STORY.encode(), STORY),
        (json.dumps({"text": STORY}).encode(), STORY),
        (gzip.compress(STORY.encode()), STORY),
        (f"<html><body><p>{STORY}</p></body></html>".encode(), STORY.strip().replace("\n", " ")),
    ],
)
def test_standard_input_is_read_by_its_content(data: bytes, text: str) -> None:
    assert " ".join(only_article(read("-", stdin=data)).text.split()) == " ".join(text.split())


@pytest.mark.parametrize("name", ["a.json", "a.yaml", "a.txt.json"])
def test_a_sidecar_says_what_is_known_of_a_file(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / name).write_text('{"outlet": "Varga Post", "published": "2022-01-27", "title": "Talks go on"}')
    found = only_article(read(tmp_path, outlet="Somebody Else"))
    assert (found.outlet, found.published) == ("Varga Post", "2022-01-27")


def test_a_sidecar_that_cannot_be_read_is_a_skipped_row_and_the_article_stays(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "a.json").write_text("{")
    found = read(tmp_path / "a.txt")
    assert [type(one) for one in found] == [Skipped, Article]


def test_a_table_gives_each_file_its_outlet_and_date(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(STORY + name)
    table = tmp_path / "meta.csv"
    table.write_text(
        "path,outlet,published,title\na.txt,Varga Post,2022-01-27,Talks go on\nb.txt,Norland Daily,2022-01-28,\n"
    )
    found = read(tmp_path / "a.txt", tmp_path / "b.txt", meta=table)
    assert [(one.outlet, one.published) for one in found if isinstance(one, Article)] == [
        ("Varga Post", "2022-01-27"),
        ("Norland Daily", "2022-01-28"),
    ]


def test_a_table_without_paths_is_refused(tmp_path: Path) -> None:
    (tmp_path / "meta.csv").write_text("file,outlet\na.txt,Varga Post\n")
    with pytest.raises(BadTable, match="no column `path`"):
        read(tmp_path, meta=tmp_path / "meta.csv")


def test_the_settings_are_defaults(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    found = only_article(read(tmp_path / "a.txt", published="27 Jan 2022", outlet="Varga Post"))
    assert (found.published, found.outlet) == ("2022-01-27", "Varga Post")


def test_a_publication_date_of_the_settings_must_be_one() -> None:
    with pytest.raises(UsageError, match="2022-01-27"):
        read("x.txt", published="soon")


def test_inputs_are_counted_for_a_progress_bar(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    (tmp_path / "b.jsonl").write_text('{"text": "a"}\n{"text": "b"}\n')
    assert count_inputs([str(tmp_path)]) == 3
    assert count_inputs(["-"]) is None
