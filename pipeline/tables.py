"""Tables of who said what: "| 2 | GF Lux | fragt nach den Kosten | |", or with tabs and wide gaps between the columns.

A row is read as if a colon stood between the two cells that count ("GF Lux: fragt nach den Kosten"). Which these are
says the head of the table; without one, they are a column of people and a column of sentences beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.furniture import Lines
from pipeline.lexicon import pattern
from pipeline.nominals import first_of_several, names_people

Span = tuple[int, int]

_BORDER = re.compile(r"[ \t]*\|[ \t]*|[ \t]*\t[ \t]*| {3,}")
_RULE = re.compile(r"[|:+=\s-]*")
_WHO = pattern("tables.who")
_SAID = pattern("tables.said")
_TASKS = pattern("tables.tasks")
_EVERYBODY = pattern("tables.everybody")
_FEWEST = 3  # rows of a table without a head
_SENTENCE = 3  # words that a cell has on average if people speak in its column
_LONGEST_NAME = 45


@dataclass(frozen=True)
class Row:
    """A row of the table: spans of who speaks (`None`: nobody, or everybody) and what is said.

    `goes_on` tells that the row is only the next line of the cell above.
    """

    who: Span | None
    said: Span
    goes_on: bool


@dataclass(frozen=True)
class Tables:
    """The rows by the number of their line, and the lines that only draw or head a table."""

    rows: dict[int, Row]
    frame: frozenset[int]


def speech_tables(lines: Lines, content: Sequence[int]) -> Tables:
    """Find the tables of who said what among the lines `content`."""
    rows: dict[int, Row] = {}
    frame: set[int] = set()
    for table in _tables(lines, content):
        ruled = [i for i in table if not _RULE.fullmatch(lines.content(i))]
        cells = {i: _cells(lines, i) for i in ruled}
        head = _columns_of_head([lines.text[a:b] for a, b in cells[ruled[0]]]) if ruled else None
        columns = head or _columns_of_rows(lines.text, list(cells.values()))
        if columns is None:
            continue
        who, said = columns
        body = ruled[1:] if head else ruled
        frame.update(set(table) - set(body))
        for i in body:
            row = cells[i]
            if len(row) > said and row[said][0] < row[said][1]:
                named = row[who][0] < row[who][1] and not _EVERYBODY.fullmatch(lines.text, *row[who])
                rows[i] = Row(row[who] if named else None, row[said], all(a == b for a, b in row[:said]))
    return Tables(rows, frozenset(frame))


def _tables(lines: Lines, content: Sequence[int]) -> Iterator[list[int]]:
    """Runs of at least two lines that borders divide."""
    table: list[int] = []
    for i in content:
        divided = len(_cells(lines, i)) > 1 or (table and _RULE.fullmatch(lines.content(i)))
        if divided and (not table or table[-1] == i - 1):
            table.append(i)
            continue
        if len(table) > 1:
            yield table
        table = [i] if divided else []
    if len(table) > 1:
        yield table


def _cells(lines: Lines, i: int) -> list[Span]:
    """Spans of the cells of a line, without those before the first border of "| a | b |"; cells may be empty."""
    start, end = lines.strip[i]
    text = lines.text
    if text[start] == "|":
        start, end = start + 1, end - (text[end - 1] == "|")
    elif text[max(0, start - 1) : start] == "\t" or text[max(0, start - 3) : start] == "   ":
        start -= 1  # the first cell is empty: what follows carries on the row above
    cells = []
    pos = start
    for m in _BORDER.finditer(text, start, end):
        cells.append((pos, m.start()))
        pos = m.end()
    cells.append((pos, end))
    return [_stripped(text, a, b) for a, b in cells]


def _stripped(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _columns_of_head(cells: Sequence[str]) -> tuple[int, int] | None:
    who = next((n for n, cell in enumerate(cells) if _WHO.fullmatch(cell)), None)
    said = next((n for n, cell in enumerate(cells) if n != who and _SAID.fullmatch(cell)), None)
    if who is None or said is None or said < who or any(_TASKS.match(cell) for cell in cells):
        return None
    return who, said


def _columns_of_rows(text: str, rows: Sequence[Sequence[Span]]) -> tuple[int, int] | None:
    rows = [row for row in rows if len(row) > 1 and row[0][0] < row[0][1]]
    width = min((len(row) for row in rows), default=0)
    if len(rows) < _FEWEST:
        return None
    for n in range(width - 1):
        who = [text[slice(*row[n])] for row in rows]
        words = sum(len(text[slice(*row[n + 1])].split()) for row in rows)
        if all(map(_names, who)) and words >= _SENTENCE * len(rows):
            return n, n + 1
    return None


def _names(cell: str) -> bool:
    first = cell.split()[0].rstrip(".:") if cell else ""
    known = len(first) > 1 and first[0].isupper() and names_people(first)
    return known and len(cell) <= _LONGEST_NAME and first.lower() not in first_of_several()
