"""What can go wrong with a store, in words that say what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_REASONS = (  # by what SQLite says; names of its errors came only with Python 3.11
    ("disk is full", "cannot grow: the disk is full; free some space and run again, what came before is kept"),
    ("disk i/o", "cannot be written: the disk is full or faulty; run again after that, what came before is kept"),
    ("not a database", "is not a store, or is damaged: name another file, or take the last copy of it"),
    ("malformed", "is damaged: take the last copy of it, or name a new file and run again"),
    ("locked", "is being written by another program: wait until it ends"),
    ("readonly", "may not be written: check its permissions and those of its folder"),
    ("unable to open", "cannot be opened: check that its folder exists and may be written"),
    ("no such module: fts5", "needs an SQLite with FTS5, which this Python does not have: take another Python"),
)


class StoreError(RuntimeError):
    """A store that cannot be opened, read or written; the message names it and says what to do."""


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn the errors of SQLite into `StoreError`."""
    try:
        yield
    except sqlite3.Error as error:
        said = str(error)
        reason = next((reason for sign, reason in _REASONS if sign in said.lower()), f"cannot be used: {said}")
        raise StoreError(f"{path} {reason}") from error
