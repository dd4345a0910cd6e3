"""Where on its page each character of a text stands."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Box:
    """A rectangle on a page; pages count from 1, the rest is in points (1/72 inch) from the page's upper left."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Boxes:
    """The boxes of all printed characters of a text, compact: `starts` of the runs of characters without a blank.

    `firsts[i]` is the number of the first character of run `i`, `pages[i]` its page, and `edges` holds four numbers a
    character: left, top, right, bottom.
    """

    starts: array[int] = field(repr=False)
    firsts: array[int] = field(repr=False)
    pages: array[int] = field(repr=False)
    edges: array[float] = field(repr=False)

    def at(self, offset: int) -> Box | None:
        """Return the box of the character at an offset; that of the last one before it where a blank stands there.

        `None` before the first printed character.
        """
        run = bisect_right(self.starts, offset) - 1
        if run < 0:
            return None
        end = self.firsts[run + 1] if run + 1 < len(self.firsts) else len(self.edges) // 4
        n = min(self.firsts[run] + offset - self.starts[run], end - 1)
        return Box(self.pages[run], *self.edges[4 * n : 4 * n + 4])

    def of(self, start: int, end: int) -> tuple[Box, ...]:
        """Return what is printed of `text[start:end]` as boxes, one for each line, in their order."""
        found: list[Box] = []
        first = max(bisect_right(self.starts, start) - 1, 0)
        for run in range(first, bisect_right(self.starts, end - 1)):
            after = self.firsts[run + 1] if run + 1 < len(self.firsts) else len(self.edges) // 4
            a = max(start - self.starts[run], 0) + self.firsts[run]
            b = min(end - self.starts[run] + self.firsts[run], after)
            found.extend(Box(self.pages[run], *self.edges[4 * n : 4 * n + 4]) for n in range(a, b))
        lines: list[list[Box]] = []
        for box in found:
            if lines and _same_line(lines[-1][-1], box):
                lines[-1].append(box)
            else:
                lines.append([box])
        return tuple(_around(line) for line in lines)


def _same_line(before: Box, box: Box) -> bool:
    middle = (box.top + box.bottom) / 2
    return before.page == box.page and before.top <= middle <= before.bottom and box.left >= before.left


def _around(line: Sequence[Box]) -> Box:
    return Box(
        line[0].page,
        min(box.left for box in line),
        min(box.top for box in line),
        max(box.right for box in line),
        max(box.bottom for box in line),
    )
