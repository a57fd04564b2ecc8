"""Keep the tables that add up over articles: actors, and how many rows have which value."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator

from readout.record.cells import list_cell, read_list
from readout.record.schema import CONFLICT_FIELDS
from readout.records import Actor, Event, Reading

ADD_ACTOR = "INSERT INTO actors VALUES (?, ?, ?, ?, ?, 0, 0, 0, 0, '[]')"
CHANGE_ACTOR = "UPDATE actors SET country = ?, sectors = ?, conflicts = ? WHERE id = ?"
COUNT_ACTOR = (
    "UPDATE actors SET articles = articles + ?, mentions = mentions + ?, statements = statements + ?,"
    " events = events + ? WHERE id = ?"
)
ADD_COUNT = (
    "INSERT INTO summary VALUES (?, ?, ?, ?)"
    " ON CONFLICT (record, field, value) DO UPDATE SET count = count + excluded.count"
)


def add_actors(connection: sqlite3.Connection, reading: Reading) -> None:
    """Add the actors of a reading to those of the record, and count what it says of them."""
    for actor in reading.actors:
        _add_actor(connection, actor)
    connection.executemany(COUNT_ACTOR, _actor_counts(reading))


def _add_actor(connection: sqlite3.Connection, actor: Actor) -> None:
    """Add an actor, or what is new about it: a first value stays, and another one is noted as a conflict."""
    new = (actor.name, actor.kind.value, actor.country, list_cell(actor.sectors))
    query = "SELECT name, kind, country, sectors, conflicts FROM actors WHERE id = ?"
    row = connection.execute(query, (actor.id,)).fetchone()
    if row is None:
        connection.execute(ADD_ACTOR, (actor.id, *new))
        return
    *old, conflicts = row
    found = {name for name, one, other in zip(CONFLICT_FIELDS, old, new, strict=True) if _differ(name, one, other)}
    changed = (
        old[2] if old[2] is not None else actor.country,
        list_cell(dict.fromkeys((*read_list(old[3]), *actor.sectors))),
        list_cell(sorted(found | set(read_list(conflicts)))),
    )
    if changed != (old[2], old[3], conflicts):
        connection.execute(CHANGE_ACTOR, (*changed, actor.id))


def _differ(name: str, one: str | None, other: str | None) -> bool:
    """Do two values contradict each other? Sectors do when each side has one that the other lacks."""
    if one is None or other is None:
        return False
    if name == "sectors":
        first, second = set(read_list(one)), set(read_list(other))
        return bool(first - second and second - first)
    return one != other


def _actor_counts(reading: Reading) -> Iterator[tuple[int, int, int, int, str]]:
    mentions = Counter(mention.actor for mention in reading.mentions if mention.actor)
    sources = Counter(
        statement.source.actor for statement in reading.statements if statement.source and statement.source.actor
    )
    events = Counter(actor for event in reading.events for actor in _parties(event))
    for actor in {actor.id for actor in reading.actors} | set(mentions) | set(sources) | set(events):
        yield 1, mentions[actor], sources[actor], events[actor], actor


def _parties(event: Event) -> set[str]:
    return {party.actor for party in (*event.sources, *event.targets) if party.actor}


def add_counts(connection: sqlite3.Connection, reading: Reading) -> None:
    """Count the rows of a reading, in all and by the values that people filter on first."""
    counts: dict[tuple[str, str, str], int] = defaultdict(int)
    for record, name, value in _counted(reading):
        counts[record, name, value or ""] += 1
    connection.executemany(ADD_COUNT, ((*key, count) for key, count in counts.items()))


def add_skipped_input(connection: sqlite3.Connection) -> None:
    """Count an input that gave no article."""
    connection.execute(ADD_COUNT, ("skipped", "all", "", 1))


def _counted(reading: Reading) -> Iterator[tuple[str, str, str | None]]:
    yield "articles", "all", ""
    yield "articles", "outlet", reading.article.outlet
    for statement in reading.statements:
        yield "statements", "all", ""
        yield "statements", "kind", statement.kind.value
        yield "statements", "channel", statement.channel
        yield "statements", "factuality", statement.factuality
    for event in reading.events:
        yield "events", "all", ""
        yield "events", "type", event.type
        yield "events", "factuality", event.factuality
    yield from (("mentions", "all", "") for _ in reading.mentions)
    yield from (("skipped", "all", "") for _ in reading.skipped)
