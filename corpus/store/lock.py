"""One run over a store at a time. Reading goes on meanwhile."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from corpus.store.errors import StoreError, explained


@contextmanager
def only_run(path: Path) -> Iterator[None]:
    """Keep other runs off the store at `path`; `StoreError` at once where one is there already.

    The lock is that of an empty database beside it, which every system lets go of when its holder dies, however it
    dies. (The lock of the store itself has to be free again after each document, for notebooks that write.)
    """
    beside = path.with_name(f"{path.name}-run")
    with explained(beside):
        lock = sqlite3.connect(beside, timeout=0, isolation_level=None)
    try:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise StoreError(f"{beside} cannot be made: {error}") from error
            raise StoreError(f"{path} is in use by another run: wait until it ends") from error
        yield
    finally:
        lock.close()
