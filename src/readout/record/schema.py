"""The record as SQLite sees it: its tables, its views, and what marks the file as a record.

One rule gives the names: a nested value of the contract is flattened with underscores, so `source.name` of a statement
is the column `source_name`. Values of which there can be several have a table of their own, in the order `n`.
"""

from collections.abc import Iterator

from readout.record.article_tables import ARTICLE_TABLES
from readout.record.columns import Table
from readout.record.story_tables import STORY_TABLES

APPLICATION_ID = 0x52444F54  # "RDOT": tells a record from the SQLite files of other programs
VERSION = 2
TABLES = (*ARTICLE_TABLES, *STORY_TABLES)
BY_NAME = {table.name: table for table in TABLES}
UNSTORED_TEXT = ("blocks", "sentences", "skipped")  # positions without a copy of the characters
VIEWS_TO_READ = {
    "who_said_what": """SELECT date, outlet, coalesce(source_name, source_text) AS source, source_country AS country,
  cue_text AS cue, content, targets, via, channel, kind, factuality, hedges, when_value, where_name, article, id,
  statements.rowid AS rowid FROM statements""",
    "who_did_what_to_whom": """SELECT date, outlet, sources, type, mode, targets, sentence, factuality, aspect, hedges,
  where_name, where_country, magnitude, when_value, score, cameo, article, attributed_to, id,
  events.rowid AS rowid FROM events""",
}
CONFLICT_FIELDS = ("name", "kind", "country", "sectors")


def create_statements() -> Iterator[str]:
    """Yield all that makes an empty record."""
    for table in TABLES:
        yield from table.create()
    for name, query in VIEWS_TO_READ.items():
        yield f"CREATE VIEW {name} AS\n{query}"
    yield f"CREATE VIEW spans AS\n{spans_query()}"
    yield f"CREATE VIEW actor_conflicts AS\n{conflicts_query()}"


def spans_query() -> str:
    """Return the query for every stretch of text that the record quotes, wherever it is kept."""
    return "\nUNION ALL\n".join(query for table in TABLES for query in _span_queries(table))


def _span_queries(table: Table) -> Iterator[str]:
    """Yield one query per group of characters in a table; none when the table keeps no copy of them."""
    if table.name in UNSTORED_TEXT:
        return
    for name in table.names:
        if name.endswith("start"):
            yield _span_query(table, name.removesuffix("start"))


def _span_query(table: Table, prefix: str) -> str:
    article, join = _article_of(table, prefix)
    return (
        f"SELECT '{table.name}' AS found_in, {article} AS article, {_record_of(table)} AS record,"
        f' {_field_of(table, prefix)} AS field, t."{prefix}start" AS start, t."{prefix}stop" AS stop,'
        f' t."{prefix}text" AS text FROM {table.name} t{join} WHERE t."{prefix}start" IS NOT NULL'
    )


def _article_of(table: Table, prefix: str) -> tuple[str, str]:
    """Return the expression for the article that the characters stand in, and the join that it needs."""
    if table.name == "articles":
        return "t.id", ""
    if f"{prefix}article" in table.names:  # the `when` of a story
        return f't."{prefix}article"', ""
    if prefix == "other_":  # the second article of a passage
        return "t.other", ""
    if "article" in table.names:
        return "t.article", ""
    owner = table.column(str(table.owner))
    return "o.article", f" JOIN {owner.points_to} o ON o.id = t.{owner.name}"


def _record_of(table: Table) -> str:
    if "record" in table.names:
        return "t.record"
    return "t.id" if table.key == ("id",) else f"t.{table.owner}"


def _field_of(table: Table, prefix: str) -> str:
    if prefix:
        return f"'{prefix.removesuffix('_')}'"
    return "t.field" if "field" in table.names else f"'{table.spans}'"


def conflicts_query() -> str:
    """Return the query for what articles say differently of one actor."""
    return "\nUNION ALL\n".join(
        f"SELECT a.actor, '{field}' AS field, a.{field} AS value, count(*) AS articles, min(a.article) AS article"
        f" FROM article_actors a JOIN actors x ON x.id = a.actor"
        f" WHERE a.{field} IS NOT NULL AND instr(x.conflicts, '\"{field}\"') GROUP BY a.actor, a.{field}"
        for field in CONFLICT_FIELDS
    )
