"""A readable view of a raw text that can always be led back to it.

Minutes out of PDFs hold page marks in the middle of sentences, hyphens at line ends and runs of blanks. Rules are
written against the *clean* text, in which a block (heading, label line, paragraph) is exactly one line; every
character of it knows its offset in the raw text, so what is found there is stated in raw offsets.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field

_HYPHENS = "-‐‑\u00ad¬"
# "Vor- und Nachteile", "Haus- bzw. Grundbesitzer": the hyphen is spelling, not a line break
_ELLIPSIS = re.compile(r"(?:und|oder|bzw\.?|sowie|als|wie|bis|noch)\b")
_BLANKS = re.compile(r"\s{2,}|[^\S ]")  # all but single spaces


@dataclass(frozen=True)
class CleanText:
    """`offsets[i]` is the raw offset of `text[i]`; `offsets` has one entry more, the end of the last character."""

    text: str
    offsets: array[int] = field(repr=False)

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """Lead a half-open span of the clean text back to the raw text."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def pieces(self, raw: str, start: int, end: int) -> list[tuple[int, int]]:
        """Lead a span back to the raw text, cut where a page mark or the hyphen of a line end was left out."""
        offsets = self.offsets
        if offsets[end - 1] - offsets[start] == end - 1 - start:
            return [self.raw(start, end)]
        jumps = (i for i in range(start + 1, end) if offsets[i] > offsets[i - 1] + 1)
        cuts = [i for i in jumps if raw[offsets[i - 1] + 1 : offsets[i]].strip()]
        return [self.raw(a, b) for a, b in zip([start, *cuts], [*cuts, end], strict=True)]


@dataclass
class Cleaner:
    """Collect blocks, each a list of raw line spans, into a clean text."""

    raw: str
    _parts: list[str] = field(default_factory=list)
    _offsets: array[int] = field(default_factory=lambda: array("l"))
    _length: int = 0

    def block(self, lines: list[tuple[int, int]]) -> tuple[int, int]:
        """Append one block and return its span in the clean text."""
        start = self._length
        raw = self.raw
        last = len(lines) - 1
        for i, (a, b) in enumerate(lines):
            if i < last and raw[b - 1] in _HYPHENS and b - a > 1 and raw[b - 2].isalpha():
                follower = lines[i + 1][0]
                if _ELLIPSIS.match(raw, follower):
                    self._line(a, b)
                    self._blank(b)
                elif raw[follower].islower() or raw[b - 1] in "\u00ad¬":
                    self._line(a, b - 1)
                else:  # "E-\nPkws", "U-Bahn-\nStation"
                    self._line(a, b)
            else:
                self._line(a, b)
                if i < last:
                    self._blank(b)
        end = self._length
        self._append("\n", (lines[-1][1],))
        return start, end

    def row(self, who: tuple[int, int] | None, said: list[tuple[int, int]]) -> tuple[int, int]:
        """Append one row of a table of who said what as "who: said" and return its span in the clean text.

        Colon and blank take the offset of the border behind `who`.
        """
        start = self._length
        if who:
            self._line(*who)
            self._append(": ", (who[1], who[1]))
        self.block(said)
        return start, self._length - 1

    def _line(self, start: int, end: int) -> None:
        raw = self.raw
        for m in _BLANKS.finditer(raw, start, end):
            self._append(raw[start : m.start()], range(start, m.start()))
            self._blank(m.start())
            start = m.end()
        self._append(raw[start:end], range(start, end))

    def _blank(self, offset: int) -> None:
        self._append(" ", (offset,))

    def _append(self, part: str, offsets: range | tuple[int, ...]) -> None:
        self._parts.append(part)
        self._offsets.extend(offsets)
        self._length += len(part)

    def finish(self) -> CleanText:
        """Close the collection; the cleaner is not used afterwards."""
        self._offsets.append(len(self.raw))
        return CleanText("".join(self._parts), self._offsets)
