"""Excel: one workbook with a sheet for each table (extra `tables`).

Text is written as text, so that no cell is a formula or a link. The rows go to temporary files as they come, and memory
does not grow with them.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from corpus.captions import counted
from corpus.record import Minutes
from corpus.tables import Cell, Column, Kind, Row, Table, clean_rows
from corpus.writers.places import FilePlace, WriteError

ROWS_OF_A_SHEET = 1_048_576
CHARACTERS_OF_A_CELL = 32_767
NOTES = "notes"

_CUT = " […]"
_WIDTHS: dict[Kind, int] = {"text": 18, "list": 24, "integer": 10, "number": 10, "truth": 8, "date": 11, "time": 9}
_WIDE = {"source": 32, "title": 40, "agenda_title": 40, "text": 80, "content": 80, "wording": 60, "warnings": 40}
_CREATED = dt.datetime(2000, 1, 1)  # a fixed moment: the same records give the same bytes


class _Formats(NamedTuple):
    head: Format
    date: Format
    time: Format


class ExcelWriter:
    """A `corpus.writing.Writer` of one workbook; the sheet "notes" says what had to be cut or continued.

    A table with more rows than a sheet can have goes on in a sheet of its name with a number ("turns 2").
    """

    def __init__(self, path: Path, tables: tuple[Table, ...]) -> None:
        self._place = FilePlace(path)
        # Texts that look like links or numbers are texts here: `write_string` is all that is called for them.
        self._book = Workbook(str(self._place.part), {"constant_memory": True})
        self._book.set_properties({"created": _CREATED})
        formats = _Formats(
            self._book.add_format({"bold": True, "bottom": 1}),
            self._book.add_format({"num_format": "yyyy-mm-dd"}),
            self._book.add_format({"num_format": "hh:mm"}),
        )
        self._sheets = [(table, _Sheet(self._book, table, formats)) for table in tables]
        self._notes = self._book.add_worksheet(NOTES)

    def write(self, minutes: Minutes) -> None:
        rows = [clean_rows(table, minutes) for table, _ in self._sheets]
        for (_, sheet), added in zip(self._sheets, rows, strict=True):
            for row in added:
                sheet.add(row)

    def __enter__(self) -> ExcelWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            for _, sheet in self._sheets:
                sheet.filter()
            self._notes.set_column(0, 0, 100)
            for row, note in enumerate(note for _, sheet in self._sheets for note in sheet.notes()):
                self._notes.write_string(row, 0, note)
            self._book.close()
        except Exception as fault:
            self._place.close(complete=False)
            if kind is None:
                raise WriteError(f"the workbook cannot be written: {fault}") from fault
        else:
            self._place.close(complete=kind is None)


class _Sheet:
    """One table in one worksheet, or in several where its rows are too many for one."""

    def __init__(self, book: Workbook, table: Table, formats: _Formats) -> None:
        self._book, self._table, self._formats = book, table, formats
        self._parts = 0
        self._rows = 0
        self._cut: Counter[str] = Counter()
        self._sheet = self._begin()

    def add(self, row: Row) -> None:
        if self._rows >= ROWS_OF_A_SHEET - 1:  # the head takes one
            self.filter()
            self._sheet = self._begin()
        self._rows += 1
        for number, (cell, column) in enumerate(zip(row, self._table.columns, strict=True)):
            self._write(self._rows, number, cell, column)

    def filter(self) -> None:
        """Put filters on the head of the sheet; they need the number of its rows."""
        self._sheet.autofilter(0, 0, self._rows, len(self._table.columns) - 1)

    def notes(self) -> list[str]:
        """Return what does not stand as it was, in sentences."""
        name = self._table.name
        notes = [
            f"{name}: {counted(number, 'cell')} of the column {column} had more than {CHARACTERS_OF_A_CELL:,} "
            f"characters, which is all that Excel holds, and end in {_CUT.strip()}"
            for column, number in sorted(self._cut.items())
        ]
        if self._parts > 1:
            notes.append(
                f"{name}: more than {ROWS_OF_A_SHEET:,} rows, which is all that Excel holds; they go on in "
                f"{name} 2{f' to {name} {self._parts}' if self._parts > 2 else ''}"
            )
        return notes

    def _begin(self) -> Worksheet:
        self._parts += 1
        self._rows = 0
        sheet = self._book.add_worksheet(self._table.name if self._parts == 1 else f"{self._table.name} {self._parts}")
        sheet.freeze_panes(1, 0)
        for number, column in enumerate(self._table.columns):
            sheet.set_column(number, number, _WIDE.get(column.name, _WIDTHS[column.kind]))
        for number, column in enumerate(self._table.columns):
            sheet.write_string(0, number, column.name, self._formats.head)
        return sheet

    def _write(self, row: int, number: int, cell: Cell, column: Column) -> None:
        if isinstance(cell, tuple):
            cell = "; ".join(cell) or None
        if cell is None:
            return
        if isinstance(cell, dt.date) and cell.year < 1900:  # before the first day that Excel knows
            cell = cell.isoformat()
        if isinstance(cell, bool):
            self._sheet.write_boolean(row, number, cell)
        elif isinstance(cell, str):
            if text := self._fitting(cell, column.name):
                self._sheet.write_string(row, number, text)
        elif isinstance(cell, dt.date | dt.time):
            form = self._formats.date if isinstance(cell, dt.date) else self._formats.time
            self._sheet.write_datetime(row, number, cell, form)
        else:
            self._sheet.write_number(row, number, cell)

    def _fitting(self, text: str, column: str) -> str:
        # Excel counts UTF-16 units; only characters beyond the first plane need two.
        if len(text) * 2 <= CHARACTERS_OF_A_CELL or _units(text) <= CHARACTERS_OF_A_CELL:
            return text
        self._cut[column] += 1
        room = CHARACTERS_OF_A_CELL - len(_CUT)
        encoded = text.encode("utf-16-le")[: room * 2]
        return encoded.decode("utf-16-le", "ignore") + _CUT


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
