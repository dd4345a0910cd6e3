"""Where the head of the minutes ends: at the list of items or at the first item, not at a heading of its own title."""

from __future__ import annotations

from pipeline.layout import Layout
from pipeline.lexicon import pattern
from pipeline.moments import clocks, dates

_SITTING = pattern("meeting.sitting_word")
_LISTS = ("present", "excused", "absent")
_HEAD_BLOCKS = 45
_TITLE_BLOCKS = 6  # among which a heading may belong to the title
_LONGEST_TITLE = 160


def first_item(layout: Layout) -> int:
    """Return the number of the block with which the items or their list begin, else the number of blocks."""
    blocks = layout.blocks
    for n, block in enumerate(blocks):
        if block.kind == "heading" and n < _TITLE_BLOCKS and _of_title(layout, n):
            continue
        if block.kind in ("heading", "list") or block.section == "agenda":
            return n
    return len(blocks)


def head_end(layout: Layout) -> int:
    """Return the offset in the clean text where the head ends; without items it has few lines."""
    blocks, n = layout.blocks, first_item(layout)
    if n < min(len(blocks), _HEAD_BLOCKS):
        return blocks[n].start
    return blocks[min(len(blocks), 8) - 1].end if blocks else 0


def title_end(layout: Layout) -> int:
    """Return the offset where the list of those present begins, or the head ends."""
    head = head_end(layout)
    return next((b.start for b in layout.blocks[:_HEAD_BLOCKS] if b.section in _LISTS and b.start < head), head)


def _of_title(layout: Layout, n: int) -> bool:
    """Tell whether a heading without a number stands above labels of the head or the date of the sitting."""
    heading = layout.blocks[n].heading
    if heading and heading.number:
        return False
    behind = layout.blocks[n + 1 : _HEAD_BLOCKS]
    stop = next((k for k, b in enumerate(behind) if b.kind in ("heading", "list")), len(behind))
    if any(b.label == "head" or b.label in _LISTS for b in behind[:stop]):
        return True
    return any(_dates_sitting(layout.clean.text[b.start : b.end]) for b in behind[: min(stop, 3)])


def _dates_sitting(line: str) -> bool:
    """ "Verhandelt Lindenau, den 3. März 1911. Beginn 5 Uhr" is of a title, "Am 3. März fehlte das Licht" is not."""
    if len(line) > _LONGEST_TITLE or next(dates(line), None) is None:
        return False
    return _SITTING.search(line) is not None or any(clock.sure for clock in clocks(line))
