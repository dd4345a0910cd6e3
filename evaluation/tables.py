"""Tables of plain strings, for the terminal and for Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rich.console import Group
from rich.table import Table as RichTable
from rich.text import Text

from corpus.captions import one_line

UNDEFINED = "–"

_MARKDOWN = re.compile(r"[\\`*\[\]<>|#~&$]|(?<!\w)_|_(?!\w)")


@dataclass(frozen=True)
class Table:
    """Rows of cells under a head; the first `left` columns hold words, the others numbers."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    left: int = 1


def number(value: float | None) -> str:
    """Return a ratio with three digits, "–" where it is undefined."""
    return UNDEFINED if value is None else f"{value:.3f}"


def for_terminal(table: Table) -> Group:
    """Return what rich can print; nothing in a table is read as rich's markup or as a control sequence."""
    rich = RichTable(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for at, name in enumerate(table.head):
        head = Text(one_line(name))
        if at < table.left:
            rich.add_column(head, overflow="fold")
        else:
            rich.add_column(head, justify="right", no_wrap=True)
    for row in table.rows:
        rich.add_row(*(Text(one_line(cell)) for cell in row))
    return Group(Text(one_line(table.title), style="bold underline"), rich, Text())


def markdown(table: Table) -> str:
    """Return a table as GitHub's Markdown under a heading; what Markdown would read as its own is escaped."""
    rule = ["---" if at < table.left else "---:" for at in range(len(table.head))]
    cells = [_row(table.head), "| " + " | ".join(rule) + " |", *map(_row, table.rows)]
    return "\n".join([f"## {_escaped(table.title)}", "", *cells, ""])


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(map(_escaped, cells)) + " |"


def _escaped(cell: str) -> str:
    return _MARKDOWN.sub(lambda match: "\\" + match[0], one_line(cell))
