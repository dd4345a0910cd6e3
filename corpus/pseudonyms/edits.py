"""A text with parts of it replaced, and where its offsets went."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.record import Span


@dataclass(frozen=True, order=True)
class Edit:
    """A part of a text and what stands there instead."""

    start: int
    end: int
    new: str


class Rewritten:
    """A text after edits that do not overlap."""

    def __init__(self, text: str, edits: Iterable[Edit]) -> None:
        self._edits = sorted(edits)
        self._ends = [edit.end for edit in self._edits]
        self._starts = [edit.start for edit in self._edits]
        self._shifts = [0]
        parts: list[str] = []
        last = 0
        for edit in self._edits:
            if edit.start < last:
                raise ValueError(f"the edit at {edit.start} begins before the one before it ends")
            parts += (text[last : edit.start], edit.new)
            last = edit.end
            self._shifts.append(self._shifts[-1] + len(edit.new) - (edit.end - edit.start))
        self.text = "".join((*parts, text[last:]))

    def span(self, span: Span) -> Span:
        """Return where a span went; one that begins or ends within a replaced part takes all of it."""
        start, end = span
        first = bisect_right(self._ends, start)
        begin = min(start, self._starts[first]) if first < len(self._edits) else start
        last = bisect_left(self._starts, end)
        stop = max(end, self._ends[last - 1]) if last else end
        return begin + self._shifts[first], stop + self._shifts[last]

    def border(self, offset: int) -> int:
        """Return where a border between two parts of the text went; from within a replaced part to behind it."""
        before = bisect_left(self._starts, offset)
        return max(offset, self._ends[before - 1] if before else 0) + self._shifts[before]
