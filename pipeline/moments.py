"""Dates and times of day as minutes write them: "3. Mai 2024", "3. III. 1978", "19.30 Uhr", "halb neun", "7¾ Uhr".

Scanners leave blanks within numbers ("1 9:05 Uhr") and take digits for letters ("l7.3O Uhr"); both are read.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from pipeline.lexicon import alternatives, pattern, rows

T = TypeVar("T")

_MONTHS = {name: int(number) for name, number in rows("months.tsv")}
_ORDINALS = {name: int(number) for name, number in rows("ordinals.tsv")}
_NUMBERS = {name: int(number) for name, number in rows("numbers.tsv") if int(number)}
_FRACTIONS = {"¼": 15, "½": 30, "¾": 45, "1/4": 15, "1/2": 30, "3/4": 45}
_DIGITS = str.maketrans("OolI⁰¹²³⁴⁵⁶⁷⁸⁹", "00110123456789")
_PIVOT = 50  # "3.5.24" is of 2024, "3.5.78" of 1978

_ORDINAL = alternatives(_ORDINALS)
_NUMBER = alternatives(_NUMBERS)
_DATE = re.compile(
    rf"""(?x) (?<![\w.])
    (?: (?P<iso>(?:19|20)\d\d) - (?P<iso_month>[01]\d) - (?P<iso_day>[0-3]\d) (?!\d)
      | (?: (?P<day>[0-3lI]?[\dlIO])\.\s*
            (?: (?P<month>[01lI]?[\dlIO])\.\s* | (?P<roman>[IVX]{{1,4}})\.\s* | (?P<name>[A-ZÄa-zä]{{3,9}})\.?\s+ )
          | (?P<ordinal>(?i:{_ORDINAL}))\s+ (?P<named>[A-ZÄ][a-zä]{{2,8}})\s+ )
        (?P<year> [1lI][89][\dlIO]{{2}}\b | 20[\dlIO]{{2}}\b | \d\d\b(?![:.,]\d|\s*Uhr) )
    )"""
)
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_CLOCK = re.compile(
    rf"""(?x) (?<![\w.,:/])
    (?: (?P<before>[¼½¾])\s?(?P<next>[01]?\d)\s*Uhr
      | (?: (?P<hour>[012lI]\s?[\dOlI](?=\s?[.:,])|[012lI]?[\dO]) )
        (?: (?P<fraction>[¼½¾]|\s(?:1/4|1/2|3/4))\s*Uhr
          | (?P<high>[⁰¹²³⁴⁵][⁰¹²³⁴⁵⁶⁷⁸⁹])\s*(?:Uhr|h\b)?
          | (?: \s?[.:]\s? | , ) (?P<minute>[0-5OolI]\s?[\dOolI]) (?!\.?\d|[.,]\s?[\dlI]) (?P<unit>\s*(?:Uhr|h\b))?
          | (?P<joined>[0-5]\d)\s*Uhr  # "1930 Uhr"
          | \s*(?:Uhr|h)\s*(?P<behind>[0-5]\d)(?!\d|\.\d|\s*(?:Uhr|h\b))(?:\s*Min(?:uten|\.)?)?
          | \s*(?:Uhr|h\b)
          | (?= \s*(?:-|–|bis)\s*(?:ca\.\s*|gegen\s*)?[012]?\d(?:[.:][0-5]\d)?\s*(?:Uhr|h\b) )
        )
      | (?P<part>(?i:halb|viertel\s(?:nach|vor)|dreiviertel|viertel))\s
        (?P<parted>(?i:{_NUMBER})|[1-9]|1[012])\b(?:\s*Uhr)?
      | (?P<word>(?i:{_NUMBER}))\sUhr(?:\s(?P<minutes>(?i:{_NUMBER}))(?=[\s,.;)]|$))?
      | (?P<midnight>Mitternacht)\b
    )"""
)
_PARTS = {"halb": -30, "viertel nach": 15, "viertel vor": -15, "dreiviertel": -15, "viertel": -45}
_LATE = pattern("moments.late")
_LATE_BEFORE = re.compile(rf"(?:{_LATE.pattern})\s*(?:um\s|gegen\s)?\s*$")
_LATE_BEHIND = re.compile(rf"\s*(?:Uhr\s*)?(?:{_LATE.pattern})")


@dataclass(frozen=True)
class Stated(Generic[T]):
    """A value, and the span of the clean text that states it."""

    value: T
    start: int
    end: int


@dataclass(frozen=True)
class Clock(Stated[dt.time]):
    """A time of day; `sure` where "Uhr" says that it is one, `halved` where it may mean the evening ("halb neun")."""

    sure: bool
    halved: bool


def dates(text: str) -> Iterator[Stated[dt.date]]:
    """Yield the dates of a text; what is none in the calendar ("31.02.2024") is left out."""
    for m in _DATE.finditer(text):
        try:
            yield Stated(_date(m), *m.span())
        except ValueError:
            continue


def clocks(text: str, start: int = 0, end: int | None = None) -> Iterator[Clock]:
    """Yield the times of day within `text[start:end]`, on the clock of 24 hours where the part of the day is said."""
    for m in _CLOCK.finditer(text, start, len(text) if end is None else end):
        minutes = _minutes(m)
        if minutes is None or not 0 <= minutes <= 24 * 60:
            continue
        late = _LATE_BEFORE.search(text, max(0, m.start() - 20), m.start()) or _LATE_BEHIND.match(text, m.end())
        if late and minutes < 12 * 60:
            minutes += 12 * 60
        value = dt.time(minutes // 60 % 24, minutes % 60)
        halved = not late and bool(m["before"] or m["fraction"] or m["part"] or m["word"] or m["behind"])
        yield Clock(value, m.start(), m.end(), m["minute"] is None or m["unit"] is not None, halved)


def _date(m: re.Match[str]) -> dt.date:
    if m["iso"]:
        return dt.date(int(m["iso"]), int(m["iso_month"]), int(m["iso_day"]))
    written = _number(m["year"])
    year = written if written > 99 else written + (2000 if written <= _PIVOT else 1900)
    if m["month"]:
        month = _number(m["month"])
    elif m["roman"]:
        month = _ROMAN.index(m["roman"]) + 1
    else:
        month = _MONTHS.get((m["name"] or m["named"]).lower(), 0)
    return dt.date(year, month, _number(m["day"]) if m["day"] else _ORDINALS[m["ordinal"].lower()])


def _minutes(m: re.Match[str]) -> int | None:
    """Minutes since midnight, as the words say them."""
    if m["midnight"]:
        return 24 * 60
    if m["before"]:  # "½8 Uhr" is half past seven
        return int(m["next"]) * 60 - 60 + _FRACTIONS[m["before"]]
    if m["part"]:
        hour = _NUMBERS.get(m["parted"].lower()) or int(m["parted"])
        return hour * 60 + _PARTS[" ".join(m["part"].lower().split())]
    if m["word"]:
        return _NUMBERS[m["word"].lower()] * 60 + (_NUMBERS[m["minutes"].lower()] if m["minutes"] else 0)
    hour = _number(m["hour"])
    if m["fraction"]:
        return hour * 60 + _FRACTIONS[m["fraction"].strip()]
    minute = m["minute"] or m["high"] or m["joined"] or m["behind"]
    return hour * 60 + (_number(minute) if minute else 0) if hour <= 24 else None


def _number(written: str) -> int:
    return int("".join(written.split()).translate(_DIGITS))
