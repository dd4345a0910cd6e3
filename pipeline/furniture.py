"""Page furniture: page numbers, running heads and feet, which are no part of what was said."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

Line = tuple[int, int]

_PAGE_MARK = re.compile(
    r"""(?ix) [-–—.\s]* (?: (?:Seite|S\.|Blatt|-?Seite)\s*[:\-–]?\s*\d+ (?:\s*(?:von|/|of)\s*\d+)?
        | \d+\s*/\s*\d+ | [-–—]\s*\d+\s*[-–—] | [-–—]\s?\d+\s?[-–—]? ) [-–—.\s]* $"""
)
_NUMBER = re.compile(r"\d{1,3}$")
_WITH_PAGE = re.compile(r"(?:\bSeite|\bBlatt)\s*:?\s*\d+(?:\s*(?:von|/)\s*\d+)?\s*$")
# "Protokoll der 33. Sitzung des Hauptausschusses vom 08.07.2026" between two paragraphs
_RUNNING_HEAD = re.compile(
    r"(?:Niederschrift|Protokoll|Auszug)\b[^:]{0,80}\b\w*[Ss]itzung\b.{0,120}\b\d{1,2}\.\s*(?:\d{1,2}\.|[A-ZÄ]\w+)\s*\d{4}\b[^.]{0,40}$"
)
_DIGITS = re.compile(r"\d+")
_BREATH = 3  # lines of a running head stand at most this far from a page mark


@dataclass(frozen=True)
class Lines:
    """All lines of a text without their ends; `strip[i]` is the span without outer white space (empty if blank)."""

    text: str
    strip: tuple[Line, ...]

    def content(self, i: int) -> str:
        start, end = self.strip[i]
        return self.text[start:end]

    def blank(self, i: int) -> bool:
        """Tell whether there is no line `i` or nothing on it."""
        return not 0 <= i < len(self.strip) or self.strip[i][0] == self.strip[i][1]


def split_lines(text: str) -> Lines:
    """Cut at LF, CRLF, CR, form feed and vertical tab; nothing of the text is lost or moved."""
    spans = []
    pos = 0
    for line in re.split(r"(\r\n|[\n\r\f\v\u2028\u2029])", text):
        stop = pos + len(line)
        start, end = pos, stop
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if not (line and line[0] in "\n\r\f\v\u2028\u2029"):
            spans.append((start, end))
        pos = stop
    return Lines(text, tuple(spans))


def page_furniture(lines: Lines) -> frozenset[int]:
    """Return the numbers of the lines that belong to the page and not to the minutes.

    A page mark is furniture wherever it stands alone; a bare number between blank lines is, when the numbers rise
    through the document; a line is part of a running head or foot when it comes back with other digits next to a mark.
    """
    marks: set[int] = set()
    numbers: list[tuple[int, int]] = []
    for i in range(len(lines.strip)):
        if lines.blank(i):
            continue
        start, end = lines.strip[i]
        if end - start > 160:
            continue
        content = lines.text[start:end]
        if _PAGE_MARK.match(content):
            marks.add(i)
        elif _NUMBER.match(content) and (lines.blank(i - 1) or lines.blank(i + 1)):
            numbers.append((int(content), i))
        elif _WITH_PAGE.search(content) and not content.endswith("."):
            marks.add(i)
    marks.update(_rising(numbers))
    heads = {
        i
        for i in range(1, len(lines.strip))
        if not lines.blank(i)
        and lines.blank(i - 1)
        and lines.blank(i + 1)
        and lines.strip[i][1] - lines.strip[i][0] <= 160
        and _RUNNING_HEAD.match(lines.content(i))
        and _prose_before(lines, i)
    }
    return frozenset(marks | heads | _running(lines, marks))


def _rising(numbers: list[tuple[int, int]]) -> set[int]:
    """Lines whose bare numbers count pages: each larger than the one before by one or two, beginning low."""
    found: set[int] = set()
    last = 0
    for number, line in numbers:
        if last < number <= last + 3:
            found.add(line)
            last = number
    return found


def _prose_before(lines: Lines, i: int) -> bool:
    """Tell whether the text was already under way: the title of a document is no running head."""
    return sum(not lines.blank(k) for k in range(i)) > 5


def _running(lines: Lines, marks: set[int]) -> set[int]:
    """Lines near page marks whose shape comes back, and comes back mostly there ("TOP 3" does not)."""
    shape = {
        i: _DIGITS.sub("#", lines.content(i)).casefold()
        for i, (start, end) in enumerate(lines.strip)
        if start < end <= start + 160 and i not in marks
    }
    near = {i for mark in marks for i in _around(lines, mark) if i in shape}
    total, close = Counter(shape.values()), Counter(shape[i] for i in near)
    return {
        i
        for i in near
        if close[shape[i]] >= 2
        and close[shape[i]] > 0.6 * total[shape[i]]
        and len(shape[i]) > 3
        and not shape[i].endswith((".", ":"))
    }


def _around(lines: Lines, mark: int) -> list[int]:
    near = []
    for step in (-1, 1):
        i, seen = mark + step, 0
        while 0 <= i < len(lines.strip) and seen < _BREATH:
            if not lines.blank(i):
                near.append(i)
                seen += 1
            i += step
    return near
