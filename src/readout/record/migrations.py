"""Bring a record file to the version of this Readout: mark a new one, move an older one on, refuse a foreign one."""

import sqlite3
from collections.abc import Mapping, Sequence

from readout.errors import StoreOfAnotherVersion
from readout.record.schema import APPLICATION_ID, VERSION, VIEWS_TO_READ, create_statements

# Version -> the SQL that leads to it from the one before. Schema.py always describes the newest; a released version
# is never changed, and each step has a test that a moved record has the tables of a new one.
MIGRATIONS: Mapping[int, Sequence[str]] = {
    2: (
        "ALTER TABLE events ADD COLUMN cameo TEXT",
        "DROP VIEW who_did_what_to_whom",
        f"CREATE VIEW who_did_what_to_whom AS\n{VIEWS_TO_READ['who_did_what_to_whom']}",
    ),
}


def bring_up_to_date(
    connection: sqlite3.Connection,
    path: str,
    *,
    version: int = VERSION,
    migrations: Mapping[int, Sequence[str]] = MIGRATIONS,
) -> None:
    """Make the tables of an empty file, or run what an older record lacks, in one transaction."""
    if is_current(connection, path, version=version):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not is_current(connection, path, version=version):  # another process may have been faster
            _run(connection, _pending(connection, version, migrations))
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def is_current(connection: sqlite3.Connection, path: str, *, version: int = VERSION) -> bool:
    """Is this a record of the version we write? Raise for a file that no step of ours can make into one."""
    found = _pragma(connection, "user_version")
    if is_empty(connection):
        return False
    if _pragma(connection, "application_id") != APPLICATION_ID:
        raise StoreOfAnotherVersion(path, "it is a database of another program")
    if found > version:
        why = f"it has version {found} and this Readout knows versions up to {version}; install a newer Readout"
        raise StoreOfAnotherVersion(path, why)
    return found == version


def is_empty(connection: sqlite3.Connection) -> bool:
    """Is there nothing in the file yet?"""
    return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None


def _pending(connection: sqlite3.Connection, version: int, migrations: Mapping[int, Sequence[str]]) -> list[str]:
    """Return the statements that lead from the version of the file to ours."""
    if is_empty(connection):
        return list(create_statements())
    found = _pragma(connection, "user_version")
    return [statement for step in range(found + 1, version + 1) for statement in migrations[step]]


def _run(connection: sqlite3.Connection, statements: Sequence[str]) -> None:
    for statement in statements:
        connection.execute(statement)


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])
