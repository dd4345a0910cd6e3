"""A folder with one file for each table: CSV, or Parquet in `corpus.writers.parquet`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Protocol

from corpus.record import Minutes
from corpus.tables import Row, Table, clean_rows
from corpus.writers.cells import csv_line
from corpus.writers.places import FolderPlace


class Sheet(Protocol):
    """The open file of one table."""

    def add(self, rows: Sequence[Row]) -> None: ...

    def close(self) -> None: ...


class Opening(Protocol):
    """Opens the file of a table."""

    def __call__(self, path: Path, table: Table) -> Sheet: ...


class TableFolder:
    """A `corpus.writing.Writer` of one file a table, named after it."""

    def __init__(self, path: Path, tables: Sequence[Table], ending: str, opening: Opening) -> None:
        names = {table.name + ending for table in tables}
        self._place = FolderPlace(path, ours=lambda folder: {file.name for file in folder.iterdir()} <= names)
        try:
            self._sheets = [(table, opening(self._place.part / (table.name + ending), table)) for table in tables]
        except OSError:
            self._place.close(complete=False)
            raise

    def write(self, minutes: Minutes) -> None:
        # All rows are made before the first is written: a record that breaks something leaves no half of itself.
        rows = [clean_rows(table, minutes) for table, _ in self._sheets]
        for (_, sheet), added in zip(self._sheets, rows, strict=True):
            sheet.add(added)

    def __enter__(self) -> TableFolder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        complete = False
        try:
            for _, sheet in self._sheets:
                sheet.close()
            complete = kind is None
        finally:
            self._place.close(complete)


class CsvSheet:
    """A CSV file with the names of the columns in its first line."""

    def __init__(self, path: Path, table: Table) -> None:
        self._stream = path.open("w", encoding="utf-8", newline="")
        self._stream.write(csv_line(column.name for column in table.columns))

    def add(self, rows: Sequence[Row]) -> None:
        self._stream.writelines(map(csv_line, rows))

    def close(self) -> None:
        self._stream.close()
