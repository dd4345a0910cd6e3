"""Tables in the attendance list: a status for each column, names below it or marks beside the names.

"Anwesend:        Abwesend:" stands above two columns of names; "Name | anwesend | entschuldigt" above names with an "x"
in one of the columns. "[x] Anna Lux" has its mark in front.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.record import AttendanceStatus
from pipeline.layout import Layout
from pipeline.lexicon import pattern

_STATUSES: tuple[tuple[AttendanceStatus, re.Pattern[str]], ...] = (
    ("excused", pattern("attendance.column_excused")),
    ("absent", pattern("attendance.column_absent")),
    ("present", pattern("attendance.column_present")),
)
_CELL = re.compile(r"[^\s|](?:[^\t\n|]*?[^\s|])??(?=\s{2,}|\s*[\t|]|\s*$)")
_CHECK = re.compile(r"(?<![^\s|])(?:[xX×✓✔☒☑+])(?![^\s|])")
_FRONT = re.compile(r"\s*(?:\[(?P<bracket>[^\[\]\w]|[xXeEuU]|)\]|(?P<box>[☒☑☐✓✔✗✘]))\s*")
_PRESENT_MARKS = "x☒☑✓✔"
_SLACK = 2  # characters by which a name may begin before the heading of its column


@dataclass(frozen=True)
class Columns:
    """The columns of a table that bear a status: where their headings begin and end, counted from the line's start."""

    spans: tuple[tuple[int, int], ...]
    statuses: tuple[AttendanceStatus, ...]

    def of(self, line: str, at: int) -> AttendanceStatus | None:
        """The status of whom `line` names at `at`: that of the column with a mark, else of the one he stands in."""
        marks = [m.start() for m in _CHECK.finditer(line) if m.start() > at]
        if marks:
            return self.statuses[min(range(len(self.spans)), key=lambda k: self._off(k, line, marks[0]))]
        if at + _SLACK < self.spans[0][0]:
            return None
        column = max(k for k, (start, _) in enumerate(self.spans) if start <= at + _SLACK)
        return self.statuses[column]

    def _off(self, k: int, line: str, mark: int) -> int:
        start, end = self.spans[k]
        return abs(2 * mark - start - end)


def columns(line: str) -> Columns | None:
    """Read the heading of a table: two cells or more that are each a status."""
    found = [
        (m.span(), status)
        for m in _CELL.finditer(line)
        for status in [next((s for s, words in _STATUSES if words.fullmatch(m.group())), None)]
        if status is not None
    ]
    if len(found) < 2:
        return None
    return Columns(tuple(span for span, _ in found), tuple(status for _, status in found))


def front_mark(line: str) -> AttendanceStatus | None:
    """The status of a mark in front of a name: "[x]", "[e]"; an empty one says that somebody is absent."""
    m = _FRONT.match(line)
    if m is None:
        return None
    sign = (m["bracket"] or m["box"] or "-").casefold()
    return "present" if sign in _PRESENT_MARKS else "excused" if sign == "e" else "absent"


def raw_line(layout: Layout, offset: int) -> tuple[str, int]:
    """Return the line of the raw text in which an offset of the clean text lies, tabs as blanks, and where in it."""
    at = layout.clean.offsets[offset]
    start = layout.text.rfind("\n", 0, at) + 1
    end = layout.text.find("\n", at)
    line = layout.text[start : end if end >= 0 else len(layout.text)]
    return line.expandtabs(), len(line[: at - start].expandtabs())
