"""Tables as text: a row is a line where it can be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

CELLS = "   "  # between two cells, as `corpus.readers.page` parts the columns of a printed table


def table_blocks(rows: Iterable[Sequence[Sequence[str]]]) -> Iterator[str]:
    """Yield the blocks of a table whose cells are given as lists of blocks, row by row.

    Rows of single lines make one block of as many lines. A cell of several paragraphs is text that was put into a
    table to place it on the page: its blocks come one after another, cell by cell.
    """
    lines: list[str] = []
    for row in rows:
        filled = [cell for cell in row if cell]
        if all(len(cell) == 1 and "\n" not in cell[0] for cell in filled):
            lines += [_line([cell[0] for cell in filled])] if filled else []
            continue
        if lines:
            yield "\n".join(lines)
        lines = []
        yield from (block for cell in filled for block in cell)
    if lines:
        yield "\n".join(lines)


def _line(cells: Sequence[str]) -> str:
    """ "Datum:" and "31.03.2025" are a label and its value, not two columns."""
    return "".join(cell + (" " if cell.endswith(":") else CELLS) for cell in cells[:-1]) + cells[-1]
