"""The head of the minutes: body, date, times, place, whether public, and who attended."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from corpus.record import AttendanceStatus
from pipeline.attendance import read_list
from pipeline.layout import Layout
from pipeline.lexicon import pattern, rows
from pipeline.persons import Mention

_MONTHS = {name: int(number) for name, number in rows("months.tsv")}
_DATE = re.compile(
    r"\b(?P<day>[0-3]?\d)\.\s*(?:(?P<month>[01]?\d)\.\s*|(?P<name>[A-ZÄ][a-zä]{2,8})\.?\s+)(?P<year>(?:1[89]|20)\d\d|\d\d\b(?!:))"
)
_TIME = r"(?P<hour>[012]?\d)(?:[.:](?P<minute>[0-5]\d))?\s*(?:Uhr|h\b)"
_CLOCK = re.compile(_TIME)
_END = pattern("meeting.end")
_RANGE = re.compile(r"(?P<a>[012]?\d)[.:](?P<b>[0-5]\d)\s*(?:Uhr\s*)?(?:-|–|bis)\s*(?P<c>[012]?\d)[.:](?P<d>[0-5]\d)")
_BODY = pattern("meeting.body")
_NO_BODY = re.compile(r"(?i)stadtrat\w*\s|versammlung\b")
_BODY_END = re.compile(r"\s+(?:am|vom|in|im)\b.*$")
_SITTING = pattern("meeting.sitting")
_OF_WRITING = re.compile(
    r"(?<!\w)(?!(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch|Sonnabend)[A-ZÄÖÜ][\w-]+,\s*(?:den|am)?\s*\Z"
)
_GENITIVE = re.compile(r"(?<=ausschuss)es\b|(?<=rat)e?s\b|(?<=tag)e?s\b|(?<=senat)e?s\b")
_PLACE = re.compile(
    r"(?:Ort|Sitzungsort|Raum|Tagungsort|Sitzungsraum|Sitzungsstätte)[ \t]*:[ \t]*(?P<place>[^\n]{3,120})"
)
_HALL = pattern("meeting.hall")
_HEAD_BLOCKS = 45

T = TypeVar("T")


@dataclass(frozen=True)
class Attendee:
    """One entry of the attendance list: number of the mention, status, and times as written."""

    mention: int
    status: AttendanceStatus
    arrives: str | None
    leaves: str | None


@dataclass(frozen=True)
class Stated(Generic[T]):
    """A value, and the span of the clean text that states it."""

    value: T
    start: int
    end: int


@dataclass(frozen=True)
class Head:
    """What the head says; `None` where it says nothing."""

    body: Stated[str] | None
    date: Stated[dt.date] | None
    start_time: Stated[dt.time] | None
    end_time: Stated[dt.time] | None
    place: Stated[str] | None
    public: bool | None
    attendance: tuple[Attendee, ...]


def read_head(layout: Layout, mentions: Sequence[Mention]) -> Head:
    """Read the head of the minutes; times and the end of the sitting may also stand in the closing lines."""
    text = layout.clean.text
    stop = _head_end(layout)
    head = text[:stop]
    span = _RANGE.search(head)
    start = _clock(span, "a", "b") if span else _time(_CLOCK.search(head))
    end = _clock(span, "c", "d") if span else _time(_last(_END, text))
    if start and end and start.value == end.value:
        end = None
    return Head(
        body=_body(head),
        date=_date(head),
        start_time=start,
        end_time=end,
        place=_place(head),
        public=_public(head),
        attendance=tuple(Attendee(e.mention, e.status, e.arrives, e.leaves) for e in read_list(layout, mentions)),
    )


def _head_end(layout: Layout) -> int:
    blocks = layout.blocks[:_HEAD_BLOCKS]
    for block in blocks:
        if block.kind in ("heading", "list") or block.section == "agenda":
            return block.start
    return blocks[min(len(blocks), 8) - 1].end if blocks else 0


def _date(head: str) -> Stated[dt.date] | None:
    """The first date that is not that of the letter: "Lindenau, den 3. April 2024"."""
    dates = sorted(_DATE.finditer(head), key=lambda m: _OF_WRITING.search(head, 0, m.start()) is not None)
    for m in dates:
        month = int(m["month"]) if m["month"] else _MONTHS.get(m["name"].lower().rstrip("."), 0)
        year = int(m["year"]) + (2000 if len(m["year"]) == 2 else 0)
        try:
            return Stated(dt.date(year, month, int(m["day"])), *m.span())
        except ValueError:
            continue
    return None


def _time(m: re.Match[str] | None) -> Stated[dt.time] | None:
    if m is None or int(m["hour"]) > 24:
        return None
    return Stated(dt.time(int(m["hour"]) % 24, int(m["minute"] or 0)), m.start("hour"), m.end())


def _clock(m: re.Match[str], hour: str, minute: str) -> Stated[dt.time]:
    return Stated(dt.time(int(m[hour]) % 24, int(m[minute])), m.start(hour), m.end(minute))


def _last(expression: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = list(expression.finditer(text, max(0, len(text) - 3000)))
    return found[-1] if found else None


def _body(head: str) -> Stated[str] | None:
    """The first noun of a body in a line that is no sentence, in the nominative."""
    at = 0
    for line in head.split("\n"):
        if len(line) <= 160 and not line.endswith("."):
            for m in _BODY.finditer(line):
                if m["body"][0].isupper() and not _NO_BODY.match(m["body"]):
                    written = _BODY_END.sub("", m["body"]).strip()
                    start = at + line.index(written, m.start("body"))
                    return Stated(_GENITIVE.sub("", written), start, start + len(written))
        at += len(line) + 1
    sitting = _SITTING.search(head)
    return Stated(sitting["body"], *sitting.span("body")) if sitting else None


def _place(head: str) -> Stated[str] | None:
    m = _PLACE.search(head) or _HALL.search(head)
    if m is None:
        return None
    place = m["place"].strip(" ,\t")
    if not place:
        return None
    start = head.index(place, m.start("place"))
    return Stated(place, start, start + len(place))


def _public(head: str) -> bool | None:
    closed = re.search(r"(?i)\bnicht[- ]?öffentlich", head)
    opened = re.search(r"(?i)(?<!nicht)(?<!nicht[- ])\böffentlich", head)
    return True if opened else False if closed else None
