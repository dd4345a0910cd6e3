"""The head of the minutes: body, number, date, times, place, and whether it is public.

The *title* reaches from the beginning to the list of those present, the *head* to the first item. What the title
does not say of the times, the sentences that open and close the sitting may.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.heads import head_end, title_end
from pipeline.layout import Layout
from pipeline.lexicon import pattern
from pipeline.listed_names import joined_lines
from pipeline.moments import Clock, Stated, clocks, dates
from pipeline.sittings import sitting_body, sitting_number

_OF_WRITING = re.compile(
    r"(?<!\w)(?!(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|Sonnabend)[A-ZÄÖÜ][\w-]+,\s*(?:den|am)?\s*\Z"
)
_OTHER_DATE = pattern("meeting.other_date")
_BEGINS = pattern("meeting.begins")
_ENDS = pattern("meeting.ends")
_CLOSES = pattern("meeting.closes")
_CLOSING_WORDS = pattern("meeting.closing")
_OPENS = pattern("meeting.opens")
_ASIDE = pattern("meeting.aside")
_PLACE_LABEL = pattern("meeting.place_label")
_ROOM_LABEL = pattern("meeting.room_label")
_NEXT_LABEL = pattern("meeting.next_label")
_LOCATED = pattern("meeting.located")
_PLACE_END = pattern("meeting.place_end")
_HALL = pattern("meeting.hall")
_SEAT = pattern("meeting.seat")
_PUBLIC = pattern("meeting.public")
_CLOSED = pattern("meeting.closed")
_PUBLIC_PART = pattern("meeting.public_part")
_TO = re.compile(r"\s*(?:Uhr|h\b)?\s*(?:-|–|—|[Bb]is\s*:?|und)\s*(?:ca\.\s*|gegen\s*|etwa\s*)?")
_NEXT = re.compile(r"\s*,?\s*(?:um\s*)?")
_SENTENCE_END = re.compile(r"[^\d\W]{3,}[.!?]\s+(?=[A-ZÄÖÜ])|\n")
_OPENING = 6000
_CLOSING = 3000
_REACH = 110  # characters between a time and the words that say what begins or ends
_MORNING = dt.time(7)
_MORNING_IN_WORDS = dt.time(8, 30)


@dataclass(frozen=True)
class Head:
    """What the head says; `None` where it says nothing."""

    body: Stated[str] | None
    number: Stated[str] | None
    date: Stated[dt.date] | None
    start_time: Stated[dt.time] | None
    end_time: Stated[dt.time] | None
    place: Stated[str] | None
    public: Stated[bool] | None


def read_head(layout: Layout) -> Head:
    """Read the head of the minutes; times and the end of the sitting may also stand in the closing lines."""
    text = layout.clean.text
    title, head = title_end(layout), head_end(layout)
    lines = list(_lines(layout, title))
    date = _date(text[:head])
    start, end = _times(text, title, head, date)
    return Head(
        body=sitting_body(text, lines),
        number=sitting_number(text, 0, title),
        date=date,
        start_time=start,
        end_time=end,
        place=_place(text, title, head, lines, date),
        public=_public(text, head),
    )


def _lines(layout: Layout, stop: int) -> Iterator[tuple[int, int]]:
    """Spans of the lines of the raw text up to `stop`, in the clean text."""
    for block in layout.blocks:
        if block.start >= stop:
            return
        ends = (block.start, *joined_lines(layout, block), block.end + 1)
        yield from ((a, b - 1) for a, b in pairwise(ends) if b - 1 > a)


def _date(head: str) -> Stated[dt.date] | None:
    """The first date that is not that of the letter: "Lindenau, den 3. April 2024"."""

    def other(date: Stated[dt.date]) -> bool:
        before = head[max(0, date.start - 60) : date.start]
        return bool(_OF_WRITING.search(before) or _OTHER_DATE.search(before))

    return min(dates(head), key=other, default=None)


def _times(text: str, title: int, head: int, date: Stated[dt.date] | None) -> tuple[Clock | None, Clock | None]:
    """Start and end: by labels of the head, by a range ("18 bis 20 Uhr"), and last by the opening and closing words."""
    start: Clock | None = None
    end: Clock | None = None
    span: tuple[Clock, Clock] | None = None
    first: Clock | None = None
    before: Clock | None = None
    for clock in clocks(text, 0, head):
        said = text[max(text.rfind("\n", 0, clock.start) + 1, before.end if before else 0) : clock.start]
        if before and _TO.fullmatch(text, before.end, clock.start):
            if (
                span is None
                and clock.sure | before.sure | (before.start < title)
                and before is (start or first or before)
            ):
                span = before, clock
        elif _ASIDE.search(said):
            pass
        elif _ENDS.search(said):
            end = clock
        elif start is None and _BEGINS.search(said):
            start = clock
        elif (
            first is None
            and clock.start < title
            and (clock.sure or (date and _NEXT.fullmatch(text, date.end, clock.start)))
        ):
            first = clock
        before = clock
    if span and (start is None or start is span[0]):
        start, end = span[0], end or span[1]
    start = start or first or _opening(text, title)
    end = end or _closing(text, head)
    return _early(start), _after(_early(start), end)


def _opening(text: str, title: int) -> Clock | None:
    for clock in clocks(text, title, title + _OPENING):
        before, behind = _around(text, clock)
        if clock.sure and _OPENS.search(before + " " + behind) and not _ASIDE.search(before + " " + behind):
            return clock
    return None


def _closing(text: str, head: int) -> Clock | None:
    found = None
    for clock in clocks(text, max(head, len(text) - _CLOSING)):
        before, behind = _around(text, clock)
        said = before + text[clock.start : clock.end] + behind
        if (
            (_ENDS.search(before) or _CLOSES.match(behind))
            and _CLOSING_WORDS.search(said)
            and not _ASIDE.search(before)
        ):
            found = clock
    return found


def _around(text: str, clock: Clock) -> tuple[str, str]:
    """What stands in the sentence before a time and behind it."""
    before = text[max(0, clock.start - _REACH) : clock.start]
    ends = [m.end() for m in _SENTENCE_END.finditer(before)]
    behind = text[clock.end : clock.end + _REACH]
    stop = _SENTENCE_END.search(behind)
    return before[ends[-1] if ends else 0 :], behind[: stop.start() + 1 if stop else None]


def _early(start: Clock | None) -> Clock | None:
    """Take "um halb acht" and "6 Uhr" for the evening: no sitting begins so early."""
    if start and start.value < (_MORNING_IN_WORDS if start.halved else _MORNING) and start.value.hour:
        return replace(start, value=start.value.replace(hour=start.value.hour + 12))
    return start


def _after(start: Clock | None, end: Clock | None) -> Clock | None:
    """Take "7¾ Uhr" for a quarter to eight in the evening where the sitting began in the afternoon."""
    if start is None or end is None:
        evening = end is not None and end.halved and end.value.hour < 12
        return replace(end, value=end.value.replace(hour=end.value.hour + 12)) if end and evening else end
    if start.value == end.value:
        return None
    late = end.value.hour + 12
    if end.value < start.value and late < 24 and end.value.replace(hour=late) > start.value:
        return replace(end, value=end.value.replace(hour=late))
    return end


def _place(
    text: str, title: int, head: int, lines: Sequence[tuple[int, int]], date: Stated[dt.date] | None
) -> Stated[str] | None:
    """The place by its label, behind the date, in a line of its own, or in the sentence of the title."""
    labelled = _PLACE_LABEL.search(text, 0, head) or _ROOM_LABEL.search(text, 0, head)
    if labelled:
        return _stated_place(text, labelled, _NEXT_LABEL)
    if date and date.start < title:
        at = date.end
        for clock in clocks(text, date.end, min(title, date.end + 60)):
            at = clock.end
        for start in dict.fromkeys((at, date.end)):
            m = _LOCATED.match(text, start, title)
            if m and "\n" not in text[start : m.start("place")].strip(" "):
                return _stated_place(text, m, _PLACE_END)
    for start, end in lines:
        if m := _HALL.match(text[start:end]):
            place = _stated_place(text[start:end], m, _PLACE_END)
            return replace(place, start=start + place.start, end=start + place.end) if place else None
    m = _SEAT.search(text, 0, title)
    return _stated_place(text, m, _PLACE_END) if m else None


def _stated_place(text: str, m: re.Match[str], end: re.Pattern[str]) -> Stated[str] | None:
    written = m["place"]
    cut = end.search(written)
    written = (written[: cut.start()] if cut else written).rstrip(" ,.;\t")
    lead = len(written) - len(written.lstrip())
    start = m.start("place") + lead
    return Stated(written.strip(), start, start + len(written.strip())) if written.strip() else None


def _public(text: str, head: int) -> Stated[bool] | None:
    """True where a part is public, by the head or by headings and sentences below it; false where none is."""
    closed = _CLOSED.search(text, 0, head)
    opened = _PUBLIC.search(text, 0, head) or (None if closed else _PUBLIC_PART.search(text, head))
    if opened:
        return Stated(True, *opened.span())
    return Stated(False, *closed.span()) if closed else None
