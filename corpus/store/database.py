"""The connection to a store: transactions, rows, and errors in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from corpus.store.errors import explained
from corpus.store.schema import connect


class Database:
    """An open store. Every method raises `StoreError` where SQLite fails."""

    def __init__(self, path: Path, *, create: bool) -> None:
        self.path = path
        self._connection = connect(path, create=create)

    def close(self) -> None:
        """Close the file. Its journal goes into it, if nobody else has it open."""
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Store all of what happens inside, or nothing."""
        with explained(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # a full disk has rolled it back already
                    self._connection.execute("ROLLBACK")
                raise

    def rows(self, sql: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query, as they are asked for."""
        with explained(self.path):
            yield from self._connection.execute(sql, values)

    def row(self, sql: str, *values: object) -> tuple[Any, ...] | None:
        """Return the first row of a query."""
        with explained(self.path):
            row: tuple[Any, ...] | None = self._connection.execute(sql, values).fetchone()
            return row

    def change(self, sql: str, *values: object) -> int:
        """Run a statement and return the number of the row that it inserted, if it did."""
        with explained(self.path):
            return self._connection.execute(sql, values).lastrowid or 0

    def insert(self, table: str, rows: Sequence[NamedTuple], **more: object) -> int:
        """Insert rows whose fields are columns, each with `more`; return the number of the last."""
        if not rows:
            return 0
        columns = (*more, *rows[0]._fields)
        names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
        values = tuple(more.values())
        with explained(self.path):
            cursor = self._connection.cursor()
            for row in rows:
                cursor.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", (*values, *row))
            return cursor.lastrowid or 0
