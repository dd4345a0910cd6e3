"""The schema of a store: opened, or brought up to date one step after another, each step whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from corpus.store.errors import StoreError, explained
from corpus.store.selection import search_expression

_APPLICATION = 0x50726F74  # "Prot", in the head of the file: other programs' databases are not written to
_PATIENCE = 30  # seconds to wait for another writer; no transaction of ours takes so long


@cache
def steps() -> tuple[str, ...]:
    """Return the SQL of every step, in order: the schema is of version n after the first n of them."""
    found = sorted((files("corpus.store") / "steps").iterdir(), key=lambda file: file.name)
    return tuple(file.read_text(encoding="utf-8") for file in found if file.name.endswith(".sql"))


def connect(path: Path, *, create: bool) -> sqlite3.Connection:
    """Open a store whose schema is ours; `StoreError` where it is none, is damaged or of a later version."""
    if not create and not path.is_file():
        raise StoreError(f"{path} does not exist: make it with `protokollant run SOURCE --store {path}`")
    with explained(path):
        db = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        with explained(path):
            _check(db, path)
            db.execute("PRAGMA journal_mode = WAL")
            db.execute("PRAGMA synchronous = NORMAL")  # a power cut may take the last documents, with their done marks
            db.execute("PRAGMA foreign_keys = ON")
            migrate(db, steps())
        add_functions(db)
    except BaseException:
        db.close()
        raise
    return db


def add_functions(db: sqlite3.Connection) -> None:
    """Let queries fold the case of all letters, and search as `Store.search` does."""
    db.create_function("folded", 1, _folded, deterministic=True)
    db.create_function("search_expression", 1, _search_expression, deterministic=True)


def migrate(db: sqlite3.Connection, wanted: Sequence[str]) -> None:
    """Take the steps that a store has not seen yet."""
    for n, step in enumerate(wanted, 1):
        if _version(db) >= n:
            continue
        db.execute("BEGIN IMMEDIATE")
        try:
            if _version(db) < n:  # another process may have been faster
                for statement in _statements(step):
                    db.execute(statement)
                db.execute(f"PRAGMA application_id = {_APPLICATION}")
                db.execute(f"PRAGMA user_version = {n}")
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")


def _check(db: sqlite3.Connection, path: Path) -> None:
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != _APPLICATION and (tables or application):
        raise StoreError(f"{path} is a database, but no store of protokollant: name another file")
    if (version := _version(db)) > len(steps()):
        raise StoreError(f"{path} is of a later version of protokollant (schema {version}): upgrade protokollant")


def _version(db: sqlite3.Connection) -> int:
    (version,) = db.execute("PRAGMA user_version").fetchone()
    return int(version)


def _statements(script: str) -> Iterator[str]:
    # Python's executescript would commit first, and a step has to be one transaction.
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _folded(text: str | None) -> str | None:
    return text.casefold() if text is not None else None  # SQLite's own LIKE folds ASCII alone


def _search_expression(query: str | None) -> str | None:
    return search_expression(query or "") or '""'  # what is not there; FTS5 refuses an empty expression
