"""A snapshot's SQLite file: its tables, its facts, and what is wrong with it in words.

Records have a row number that is never given twice, also not after a build that was cut short:
what an index holds of a row that is gone can then mean no other record. Source: sqlite.org,
fileformat2 (application id), pragma, lang_transaction.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from urllib.parse import quote_from_bytes

from exocite.errors import ExociteError, LockedError, ReadError, StoreError, UsageError

FORMAT = 1
"""The version of the tables; a snapshot of a later one is not read."""

_APPLICATION = 0x45584F43
_HEADER = b"SQLite format 3\0"
# Of a small page a record of a kilobyte leaves a sixth empty.
_PAGE = 16 * 1024
_CACHE_KIB = 64 * 1024
_WAIT = 2.0

_TABLES = """
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE part (name TEXT, size INTEGER, digest TEXT, works INTEGER, bad INTEGER,
                   without_doi INTEGER, PRIMARY KEY (name, size, digest)) WITHOUT ROWID;
CREATE TABLE unread (name TEXT PRIMARY KEY, reason TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE work (row INTEGER PRIMARY KEY, doi TEXT NOT NULL, record BLOB NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a snapshot says of itself.

    `token` tells it from others. `engine` is how it is searched, `selection` what was asked of
    its records in words ("" for nothing), `selection_key` the same for comparison, `data_date` the
    day of its data ("" if unknown), `built` when it was finished. `words` is how many a work has
    in the mean. `whole` is false while a build is not finished.
    """

    token: str
    engine: str
    selection: str = ""
    selection_key: str = ""
    data_date: str = ""
    given_date: str = ""
    built: str = ""
    session: int = 0
    works: int = 0
    words: float = 0.0
    whole: bool = False
    unread: Mapping[str, str] = field(default_factory=dict)
    parts: int = 0
    bad: int = 0
    without_doi: int = 0


_STORED = (
    *("token", "engine", "selection", "selection_key", "data_date", "given_date", "built"),
    *("session", "works", "words", "whole"),
)


def begin(path: Path, facts: Facts) -> tuple[sqlite3.Connection, Facts]:
    """Open a snapshot for building: a new one, or one of the same engine and selection.

    Nobody else can read or write it until the connection is closed. Raises UsageError where the
    file is something else or another selection, LockedError, ReadError, StoreError.
    """
    fresh = not path.exists() or path.stat().st_size == 0
    if not fresh:
        _refuse_other_file(path)
    with told(path):
        connection = sqlite3.connect(path, timeout=_WAIT, isolation_level=None)
    try:
        with told(path):
            connection.execute(f"PRAGMA page_size = {_PAGE}")
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("BEGIN EXCLUSIVE")
            if fresh:
                for statement in _TABLES.split(";\n"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {_APPLICATION}")
                connection.execute(f"PRAGMA user_version = {FORMAT}")
                found = facts
            else:
                found = read_facts(path, connection)
                _refuse_other_selection(path, found, facts)
        return connection, found
    except BaseException:
        connection.close()
        raise


def opened(path: Path) -> tuple[sqlite3.Connection, Facts]:
    """Open a whole snapshot for reading. Raises ReadError, LockedError."""
    if not path.is_file():
        raise ReadError(f"{path}: there is no such snapshot", hint=_BUILD)
    _refuse_other_file(path)
    with told(path):
        connection = sqlite3.connect(
            f"{address(path.absolute())}?mode=ro",
            uri=True,
            timeout=_WAIT,
            isolation_level=None,
            check_same_thread=False,
        )
    try:
        with told(path):
            connection.execute("PRAGMA trusted_schema = OFF")
            facts = read_facts(path, connection)
    except BaseException:
        connection.close()
        raise
    return connection, facts


def address(path: PurePath) -> str:
    """The URI of an absolute path as SQLite reads it: a share of Windows is no host to it."""
    plain = path.as_posix()
    slash = "" if plain.startswith("/") else "/"
    return f"file://{slash}{quote_from_bytes(os.fsencode(plain), safe='/:')}"


_BUILD = "`exocite snapshot build FILES... -o FILE` makes one"


def _refuse_other_file(path: Path) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(72)
    except OSError as error:
        raise ReadError(f"{path}: {error.strerror or error}") from error
    if not head.startswith(_HEADER) or int.from_bytes(head[68:72], "big") != _APPLICATION:
        raise UsageError(f"{path}: this file is no snapshot of exocite", hint=_BUILD)


def read_facts(path: Path, connection: sqlite3.Connection) -> Facts:
    """What the snapshot says of itself. Raises ReadError."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version != FORMAT:
        newer = "newer" if version > FORMAT else "older"
        raise ReadError(
            f"{path}: this snapshot was made by a {newer} exocite (format {version}, not {FORMAT})",
            hint="build it again with this version, or use the other one",
        )
    stored = {str(name): str(value) for name, value in connection.execute("SELECT * FROM fact")}
    counts = connection.execute("SELECT count(*), sum(bad), sum(without_doi) FROM part").fetchone()
    unread = dict(connection.execute("SELECT name, reason FROM unread ORDER BY name"))
    try:
        values = {name: json.loads(stored[name]) for name in _STORED}
        facts = Facts(**values)
        if not all(isinstance(values[name], _TYPES.get(name, str)) for name in _STORED):
            raise TypeError
    except (KeyError, TypeError, ValueError):
        raise _damaged(path) from None
    parts, bad, without = (int(count or 0) for count in counts)
    return replace(facts, unread=unread, parts=parts, bad=bad, without_doi=without)


_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "session": int,
    "works": int,
    "words": (int, float),
    "whole": bool,
}


def write_facts(connection: sqlite3.Connection, facts: Facts) -> None:
    """Put down what a snapshot says of itself, within the transaction under way."""
    rows = [(name, json.dumps(getattr(facts, name))) for name in _STORED]
    connection.executemany("INSERT OR REPLACE INTO fact VALUES (?, ?)", rows)


def _refuse_other_selection(path: Path, found: Facts, asked: Facts) -> None:
    if found.engine != asked.engine:
        raise UsageError(
            f"{path}: this snapshot is searched by {found.engine}, not {asked.engine}",
            hint=f"give --engine {found.engine}, or another file with -o",
        )
    if found.selection_key != asked.selection_key:
        raise UsageError(
            f"{path}: this snapshot holds another selection: {found.selection or 'everything'}",
            hint="give the same --journal, --year and --dois, or another file with -o",
        )


def new_token() -> str:
    """A name that no other snapshot has."""
    return secrets.token_hex(8)


# --------------------------------------------------------------------------- errors


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """Errors of SQLite and of the disk as the errors that a person is told."""
    try:
        yield
    except sqlite3.Error as error:
        raise spoken(path, error) from error
    except OSError as error:
        raise StoreError(
            f"{path}: cannot be written: {error.strerror or error}", hint=_ROOM
        ) from error


def spoken(path: Path, error: sqlite3.Error) -> ExociteError:
    """What an error of SQLite says to a person."""
    said = str(error)
    match getattr(error, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return LockedError(
                f"{path}: another process has the snapshot locked",
                hint="wait until it has finished, then run the command again",
            )
        case sqlite3.SQLITE_FULL:
            return StoreError(
                f"{path}: the disk is full; what was finished is kept",
                hint="make room and run the same command again: it goes on from there",
            )
        case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return StoreError(f"{path}: cannot be written: {said}", hint=_ROOM)
        case sqlite3.SQLITE_IOERR:
            return StoreError(f"{path}: the disk cannot be read or written: {said}", hint=_ROOM)
    if "fts5" in said and "module" in said:
        return StoreError(
            f"{path}: this Python's SQLite has no FTS5",
            hint="use `--engine tantivy` (pip install 'exocite[snapshot]')",
        )
    return _damaged(path)


def _damaged(path: Path) -> ReadError:
    return ReadError(
        f"{path}: this snapshot is damaged", hint="delete it and build it again from its files"
    )


_ROOM = "check the folder's rights and the space on the disk"
