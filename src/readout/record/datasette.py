"""What Datasette needs to show a record well: titles, descriptions, facets, search, and questions to start from.

`datasette record.db --metadata metadata.json`, with the file that `write_metadata` makes.
"""

from pathlib import Path

from readout.record.columns import Table
from readout.record.export import json_text
from readout.record.schema import TABLES

LABELS = {"articles": "headline_text", "actors": "name", "stories": "title", "statements": "content"}
ORDER = {
    "articles": {"sort_desc": "published"},
    "statements": {"sort_desc": "date"},
    "events": {"sort_desc": "date"},
    "actors": {"sort_desc": "mentions"},
    "stories": {"sort_desc": "articles"},
}
VIEWS = {
    "who_said_what": {
        "description": "The statements, to read; all of their fields are in the table statements.",
        "facets": ["outlet", "country", "kind", "channel", "factuality"],
        "sort_desc": "date",
        "fts_table": "statements_fts",
        "fts_pk": "rowid",
    },
    "who_did_what_to_whom": {
        "description": "The events, to read; all of their fields are in the table events.",
        "facets": ["outlet", "type", "factuality", "where_country"],
        "sort_desc": "date",
        "fts_table": "events_fts",
        "fts_pk": "rowid",
    },
}
MOST_DESCRIBED = 14  # Datasette lists descriptions above the rows: of a wide table they would fill the page
HIDDEN = ("blocks", "sentences", "zoned_values")
QUERIES = {
    "what_an_actor_said": {
        "title": "What an actor said",
        "description": "Statements whose source has this in its name.",
        "sql": "SELECT * FROM who_said_what WHERE source LIKE '%' || :name || '%' ORDER BY date",
    },
    "between_two_actors": {
        "title": "Between two actors",
        "description": "Events between two actors, whoever began.",
        "sql": "SELECT * FROM who_did_what_to_whom WHERE (sources || '; ' || targets) LIKE '%' || :one || '%'"
        " AND (sources || '; ' || targets) LIKE '%' || :other || '%' ORDER BY date",
    },
    "why": {
        "title": "Why a record has its values",
        "description": "The evidence of each field of a record: words, step, rule, or why there is nothing.",
        "sql": "SELECT field, value, text, step, rule, score, reason FROM evidence WHERE record = :record"
        " ORDER BY article, n",
    },
    "reported_by_many": {
        "title": "What most outlets report",
        "description": "Claims by the number of outlets and of origins.",
        "sql": "SELECT c.outlets, (SELECT count(*) FROM origins o WHERE o.claim = c.id) AS origins, c.kind,"
        " coalesce(s.source_name || ': ' || s.content, e.sentence) AS words, c.factuality, c.id"
        " FROM claims c LEFT JOIN statements s ON s.id = c.canonical LEFT JOIN events e ON e.id = c.canonical"
        " ORDER BY c.outlets DESC, origins DESC",
    },
    "types_of_events": {
        "title": "Types of events",
        "description": "How often each PLOVER type occurs.",
        "sql": "SELECT value AS type, count FROM summary WHERE record = 'events' AND field = 'type'"
        " ORDER BY count DESC",
    },
}


def datasette_metadata(database: str) -> dict[str, object]:
    """Return the metadata for a record; `database` is its file name without the ending."""
    return {
        "title": "News coverage, read into a record",
        "description": "Who said or did what to whom, when, where, and according to whom, with the words that say so.",
        "databases": {
            database: {
                "tables": {table.name: table_metadata(table) for table in TABLES} | VIEWS,
                "queries": QUERIES,
            }
        },
    }


def table_metadata(table: Table) -> dict[str, object]:
    """Return how Datasette shows a table."""
    shown: dict[str, object] = {
        "description": table.doc,
        "facets": list(table.facets),
        **ORDER.get(table.name, {}),
    }
    if len(table.columns) <= MOST_DESCRIBED:
        shown |= {"columns": {column.name: column.doc for column in table.columns}}
    if table.search:
        shown |= {"fts_table": f"{table.name}_fts"}
    if table.name in LABELS:
        shown |= {"label_column": LABELS[table.name]}
    if table.name in HIDDEN:
        shown |= {"hidden": True}
    return shown


def write_metadata(record: str | Path, path: str | Path) -> None:
    """Write the metadata of a record file as JSON."""
    Path(path).write_text(json_text(datasette_metadata(Path(record).stem), indent=2) + "\n", encoding="utf-8")
