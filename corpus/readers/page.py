"""The words of a printed page in reading order, as text: lines, columns, paragraphs.

Words come with their boxes, from a PDF or from text recognition. Lists and tables are read line by line, with runs of
blanks between their columns, as `pipeline.attendance` expects them; only columns of prose are read one after another.
Nothing is taken away: page numbers, running heads and divided words stand in the text, for `pipeline.layout` to handle.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import inf
from statistics import median

from corpus.readers.boxes import Boxes

_COLUMN_LINES = 5  # columns of prose have at least so many lines
_COLUMN_WORDS = 4  # of this many words each: a list of names has fewer
_WIDE = 0.9  # a gap of this share of the line's height parts two columns of a table
_RARE = 0.2  # a distance between lines that fewer have, as a share of the commonest one's, is none of a paragraph
_BLANK = 0.3  # of the height: what a blank takes
_RAGGED = 0.1  # of the width: how far from the margin full lines end that are not justified
_ENDS = (".", "!", "?", "“", ".)")
_PARAGRAPH = 1.25  # a line this much farther from the line above than usual begins a paragraph


@dataclass(frozen=True)
class Word:
    """A run of characters without a blank; `edges` are four numbers a character: left, top, right, bottom.

    Coordinates grow to the right and downwards.
    """

    text: str
    edges: tuple[float, ...]

    @property
    def left(self) -> float:
        return self.edges[0]

    @property
    def right(self) -> float:
        return self.edges[-2]

    @property
    def top(self) -> float:
        return min(self.edges[1::4])

    @property
    def bottom(self) -> float:
        return max(self.edges[3::4])


@dataclass(frozen=True)
class Line:
    """Words of one printed line, or of one cell of it, from left to right."""

    words: tuple[Word, ...]
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @cached_property
    def letters(self) -> float:
        """The height of most words: a superscript or a letter of another font makes the line itself higher."""
        return median(word.bottom - word.top for word in self.words)

    @cached_property
    def usual_gap(self) -> float:
        """The middle one of the gaps between the words, as a share of the line's height; 0 where there are few."""
        if len(self.words) < 4 or not self.height:
            return 0.0
        return median((b.left - a.right) / self.height for a, b in pairwise(self.words))


def compose(pages: Sequence[Sequence[Word]]) -> tuple[str, Boxes]:
    """Return the text of all pages, a form feed between two, and the boxes of its characters.

    The words of a page come in the order in which the file has them.
    """
    printed = [lines_of(words) for words in pages]
    usual = _usual_distances(printed)
    text: list[str] = []
    length = 0
    starts, firsts, numbers, edges = array("q"), array("q"), array("l"), array("f")

    def write(part: str) -> None:
        nonlocal length
        text.append(part)
        length += len(part)

    for number, lines in enumerate(printed, 1):
        for n, line in enumerate(lines):
            if n:
                before = lines[n - 1]
                write("\n\n" if _parted(before, line, usual) or _broken_off(before, line, lines) else "\n")
            for k, word in enumerate(line.words):
                if k:
                    write(" " * _blanks(line, line.words[k - 1], word))
                starts.append(length)
                firsts.append(len(edges) // 4)
                numbers.append(number)
                edges.extend(word.edges)
                write(word.text)
        write("\n" if lines else "")
        write("\f" if number < len(printed) else "")
    return "".join(text), Boxes(starts, firsts, numbers, edges)


def lines_of(words: Sequence[Word]) -> list[Line]:
    """Return the lines of a page in reading order."""
    return [line for region in _regions(_fragments(words)) for line in _rows(region)]


def _fragments(words: Iterable[Word]) -> list[Line]:
    """Gather words that follow each other closely on one line, in the order of the file."""
    groups: list[list[Word]] = []
    for word in words:
        if groups and _close(groups[-1][-1], word):
            groups[-1].append(word)
        else:
            groups.append([word])
    return [_line(group) for group in groups]


def _close(before: Word, word: Word) -> bool:
    height = before.bottom - before.top
    middle = (word.top + word.bottom) / 2
    return before.top <= middle <= before.bottom and -0.3 * height <= word.left - before.right <= _WIDE * height


def _line(words: Sequence[Word]) -> Line:
    return Line(
        tuple(words),
        min(word.left for word in words),
        min(word.top for word in words),
        max(word.right for word in words),
        max(word.bottom for word in words),
    )


def _regions(fragments: list[Line]) -> list[list[Line]]:
    """Cut a page into parts to be read one after another: columns of prose, and what stands above and below them."""
    gutter = _gutter(fragments)
    if gutter is None:
        return [fragments]
    regions: list[list[Line]] = []
    for band in _bands(fragments, gutter):
        left = [line for line in band if line.right <= gutter]
        right = [line for line in band if line.left >= gutter]
        if len(left) + len(right) == len(band) and _prose(left) and _prose(right):
            regions.append(left)
            regions.extend(_regions(right))
        else:
            regions.append(band)
    return regions


def _gutter(fragments: list[Line]) -> float | None:
    """Return where a column of prose begins that has another on its left."""
    edges = Counter(round(line.left) for line in fragments)
    for edge, lines in sorted(edges.items()):
        gutter = edge - 1.0
        if lines < _COLUMN_LINES:
            continue
        left = [line for line in fragments if line.right <= gutter]
        right = [line for line in fragments if line.left >= gutter]
        if _prose(left) and _prose(right) and _beside(left, right):
            return gutter
    return None


def _prose(lines: Sequence[Line]) -> bool:
    return len(lines) >= _COLUMN_LINES and median(len(line.words) for line in lines) >= _COLUMN_WORDS


def _beside(left: Sequence[Line], right: Sequence[Line]) -> bool:
    top, bottom = (
        max(min(x.top for x in side) for side in (left, right)),
        min(max(x.bottom for x in side) for side in (left, right)),
    )
    return all(sum(top <= x.top and x.bottom <= bottom for x in side) >= _COLUMN_LINES - 1 for side in (left, right))


def _bands(fragments: list[Line], gutter: float) -> list[list[Line]]:
    """Part the fragments, from the top, at those that run across the gutter."""
    bands: list[list[Line]] = [[]]
    across = None
    for line in sorted(fragments, key=lambda x: x.top):
        crosses = line.left < gutter < line.right
        if bands[-1] and crosses != across:
            bands.append([])
        across = crosses
        bands[-1].append(line)
    return bands


def _rows(fragments: list[Line]) -> list[Line]:
    """Join the fragments that stand side by side into lines, from the top."""
    rows: list[list[Line]] = []
    for fragment in sorted(fragments, key=lambda x: (x.top + x.bottom, x.left)):
        if rows and _side_by_side(rows[-1], fragment):
            rows[-1].append(fragment)
        else:
            rows.append([fragment])
    return [_line([word for part in sorted(row, key=lambda x: x.left) for word in part.words]) for row in rows]


def _side_by_side(row: Sequence[Line], fragment: Line) -> bool:
    middle = (fragment.top + fragment.bottom) / 2
    return any(
        (line.top <= middle <= line.bottom or fragment.top <= (line.top + line.bottom) / 2 <= fragment.bottom)
        and abs((line.top + line.bottom) / 2 - middle) <= 0.4 * min(line.height, fragment.height)
        for line in row
    )


def _usual_distances(pages: Iterable[Sequence[Line]]) -> dict[int, float]:
    """Return, for each size of letters, how far apart two lines of a paragraph stand.

    That is the smallest distance that is not rare: where most paragraphs are one line, the commonest is that between
    paragraphs. Sizes that are rare themselves, as of headings, are taken to be spaced as the commonest size is.
    """
    seen: dict[int, Counter[float]] = {}
    for lines in pages:
        for before, line in pairwise(lines):
            distance = round(2 * (line.bottom - before.bottom)) / 2
            if 0 < distance <= 2.5 * line.letters:
                seen.setdefault(_size(line), Counter())[distance] += 1
    if not seen:
        return {}
    usual = {size: min(d for d in found if found[d] >= _RARE * max(found.values())) for size, found in seen.items()}
    body = max(seen, key=lambda size: (seen[size].total(), -size))
    return {size: min(usual.get(size, inf), 1.1 * usual[body] * size / body) for size in range(1, max(seen) + 1)}


def _parted(before: Line, line: Line, usual: dict[int, float]) -> bool:
    distance = line.bottom - before.bottom
    if distance < 0:
        return True  # a new column, or a head that was printed last
    return distance > _PARAGRAPH * usual.get(_size(line), 1.2 * line.letters)


def _broken_off(before: Line, line: Line, lines: Sequence[Line]) -> bool:
    """Tell whether a long line ends a sentence and leaves room for the first word of the next one.

    Some houses print paragraphs without a space between them. Short lines say themselves that they end one; of a long
    one the text alone does not show it: whoever broke the lines would have put the word there.
    """
    if not before.words[-1].text.endswith(_ENDS):
        return False
    ends = [x.right for x in lines if abs(x.left - before.left) <= before.letters]
    margin = max(ends)
    width, first = margin - before.left, line.words[0]
    return (
        sum(end >= margin - _RAGGED * width for end in ends) > 1  # one line alone shows no margin
        and before.right - before.left >= 0.5 * width
        and margin - before.right >= first.right - first.left + _BLANK * before.letters
    )


def _size(line: Line) -> int:
    return round(2 * line.letters)


def _blanks(line: Line, before: Word, word: Word) -> int:
    gap = word.left - before.right
    # the blanks of a justified line may be wide, but then most of them are
    if gap <= max(_WIDE, 2 * line.usual_gap) * line.height:
        return 1
    width = (before.right - before.left) / len(before.text)
    return max(3, min(round(gap / max(width, 1.0)), 60))
