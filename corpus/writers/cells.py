"""Cells of CSV: one rule for every CSV file that we write."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from corpus.tables import Cell, clean

_SPACE = re.compile(r"\s+")
_LINE_BREAK = re.compile(r"[\n\r\v\f\x85\u2028\u2029]")
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
GUARD = "'"


def csv_line(cells: Iterable[Cell]) -> str:
    """Return one line of CSV.

    Nothing is an empty cell, several values are separated by "; ", line breaks become blanks. Text that a
    spreadsheet would take for a formula ("=1+1", "- Herr Lux") gets an apostrophe in front.
    """
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(map(_cell, cells))
    return line.getvalue()


def unguarded(cell: str) -> str:
    """Return the text of a cell without the apostrophe that `csv_line` puts in front of formulas."""
    return cell[1:] if cell.startswith(GUARD) and _FORMULA.match(cell, 1) else cell


def _cell(value: Cell) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        value = "; ".join(_SPACE.sub(_folded, part) for part in value)
    if not isinstance(value, str):
        return "" if value is None else str(value)
    text = _SPACE.sub(_folded, str(clean(value)))
    return GUARD + text if _FORMULA.match(text) else text


def _folded(space: re.Match[str]) -> str:
    return " " if _LINE_BREAK.search(space[0]) else space[0]
