"""What is known about a file beside the file: a sidecar (`NAME.json`, `NAME.yaml`), or a row of a table."""

import csv
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from readout.collect.dates import iso_date
from readout.errors import BadTable
from readout.provenance import Skipped

STEP = "collect.metadata"
AUTHORS_BETWEEN = re.compile(r" ?(?:,|;|\band\b|&) ?")
SIDECARS = (".json", ".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What an input, its sidecar or a table says about an article."""

    url: str | None = None
    outlet: str | None = None
    title: str | None = None
    published: str | None = None
    modified: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    refused: tuple[Skipped, ...] = field(default=(), compare=False)

    def over(self, other: "Metadata") -> "Metadata":
        """Return this metadata, with the other's values where this has none."""
        return replace(
            self,
            url=self.url or other.url,
            outlet=self.outlet or other.outlet,
            title=self.title or other.title,
            published=self.published or other.published,
            modified=self.modified or other.modified,
            authors=self.authors or other.authors,
            language=self.language or other.language,
            refused=(*self.refused, *other.refused),
        )


def metadata_of(row: Mapping[str, Any]) -> Metadata:
    """Return what a row of JSON, YAML or a table says; a date that cannot be read is refused, with the reason."""
    refused: list[Skipped] = []
    return Metadata(
        url=_text(row.get("url")),
        outlet=_text(row.get("outlet")),
        title=_text(row.get("title")),
        published=_date(row.get("published") or row.get("date"), "published", refused),
        modified=_date(row.get("modified"), "modified", refused),
        authors=_authors(row.get("authors") or row.get("author")),
        refused=tuple(refused),
    )


def sidecar(path: Path) -> Metadata:
    """Return what the sidecar of a file says, if it has one."""
    bare = path.with_suffix("") if path.suffix.lower() == ".gz" else path
    for suffix in SIDECARS:
        for place in (bare.with_suffix(suffix), bare.with_name(bare.name + suffix)):
            if place != path and place.is_file():
                return _read_sidecar(place)
    return Metadata()


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table of metadata by path."""

    rows: Mapping[str, Metadata] = field(default_factory=dict)

    def of(self, path: str) -> Metadata:
        """Return the row of a path: as given, as the absolute path, or by the file's name alone."""
        for key in (path, str(Path(path).resolve()), Path(path).name):
            if key in self.rows:
                return self.rows[key]
        return Metadata()


def table(path: Path | None) -> Table:
    """Read a CSV or TSV with the column path and any of url, outlet, published, title, authors; raise BadTable."""
    if path is None:
        return Table()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadTable(str(path), str(error)) from error
    head = text.splitlines()[0] if text.strip() else ""
    reader = csv.DictReader(text.splitlines(), delimiter="\t" if "\t" in head else ",")
    if "path" not in (reader.fieldnames or ()):
        raise BadTable(str(path), "it has no column `path`; expected are path, url, outlet, published, title")
    rows: dict[str, Metadata] = {}
    for row in reader:
        name = (row.get("path") or "").strip()
        if name:
            known = metadata_of(row)
            rows |= dict.fromkeys((name, str(Path(name).resolve()), str((path.parent / name).resolve())), known)
    return Table(rows)


def _read_sidecar(path: Path) -> Metadata:
    try:
        text = path.read_text(encoding="utf-8-sig")
        row = json.loads(text) if path.suffix == ".json" else yaml.safe_load(text)
    except (OSError, UnicodeDecodeError, ValueError, yaml.YAMLError, RecursionError) as error:
        reason = f"the sidecar cannot be read: {str(error).splitlines()[0]}"
        return Metadata(refused=(Skipped(str(path), STEP, reason),))
    if not isinstance(row, Mapping):
        reason = "the sidecar is no set of fields (url, outlet, published, title, authors)"
        return Metadata(refused=(Skipped(str(path), STEP, reason),))
    return metadata_of(row)


def _text(value: object) -> str | None:
    text = " ".join(value.split()) if isinstance(value, str) else ""
    clean = text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")
    return clean or None


def _date(value: object, field_: str, refused: list[Skipped]) -> str | None:
    if value is None or value == "":
        return None
    found = iso_date(value)
    if found is None:
        what = str(value)[:80].encode("utf-8", "replace").decode("utf-8")
        refused.append(Skipped(what, STEP, f"{field_}: not a full, unambiguous date (write it as 2022-01-27)"))
    return found


def _authors(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        value = AUTHORS_BETWEEN.split(" ".join(value.split()))
    if not isinstance(value, list | tuple):
        return ()
    names = (_text(one.get("name") if isinstance(one, Mapping) else one) for one in value)
    return tuple(dict.fromkeys(name for name in names if name))
