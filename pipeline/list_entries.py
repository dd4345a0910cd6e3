"""One entry of the attendance list: what stands behind a name up to the next one tells of it.

"Anna Lux (SPD), Ortsvorsteherin" gives no office to the line below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.record import AttendanceStatus, Capacity
from pipeline.layout import Layout
from pipeline.lexicon import pattern
from pipeline.list_lines import ABSENT, EXCUSED, MARK
from pipeline.list_tables import Columns, front_mark, raw_line
from pipeline.mentions import Mention
from pipeline.nominals import OfficeForm, office_of
from pipeline.roles import is_party
from pipeline.words import words_of

_WHEN = r"(?P<time>(?:(?:TOP|Top|Trakt\.|Punkt)\s*)?\d[\d.:]*[½¼¾]?(?:\s*(?:Uhr|h\b))?(?:\s\d\d\b)?)"
_ARRIVES = re.compile(rf"(?:\bab|\bvon|\berscheint um|\bseit)\s+{_WHEN}")
_LEAVES = re.compile(rf"\bbis\s+(?:einschließlich\s+|einschl\.\s+)?{_WHEN}")
_PRESENT = pattern("attendance.present")
_CHAIR = pattern("attendance.chair")
_HEAD_OFFICE = pattern("attendance.head_office")
_DEPUTY = pattern("attendance.deputy")
_DEPUTY_OFFICE = pattern("attendance.deputy_office")
_CAPACITIES: tuple[tuple[Capacity, re.Pattern[str]], ...] = (
    ("minutes", pattern("attendance.minutes")),
    ("guest", pattern("attendance.guest")),
    ("administration", pattern("attendance.administration")),
    ("member", pattern("attendance.member")),
)
_FRACTION = pattern("attendance.fraction")
_MANDATE = pattern("attendance.mandate")
_BRACKET = re.compile(r"\((?P<inside>[^()]{2,40})\)")
_LONGEST_NOTE = 120
_SHORT_LABEL = 30


@dataclass(frozen=True)
class Entry:
    """One entry: number of its mention, its span without the label, and what the list says of the person.

    `group` is the label or heading above as written; `offices` are spans of those behind the name
    that the mention lacks, `lemmas` the base forms of all, `deputises` those
    of the offices that the person only deputises for. `party` is that of the group ("CDU-Fraktion").
    """

    mention: int
    start: int
    end: int
    status: AttendanceStatus
    group: str | None
    arrives: str | None
    leaves: str | None
    offices: tuple[tuple[int, int], ...] = ()
    lemmas: tuple[str, ...] = ()
    deputises: tuple[str, ...] = ()
    deputy: bool = False
    presides: bool = False
    capacity: Capacity | None = None
    party: str | None = None

    @property
    def function(self) -> bool:
        """Tell whether the label above is that of the chair or of the minutes, not of a group."""
        return self.group is not None and bool(_CHAIR.match(self.group) or _CAPACITIES[0][1].search(self.group))


@dataclass(frozen=True)
class ListLine:
    """A line of names: its span, its persons, and what stands over it."""

    start: int
    end: int
    inside: tuple[int, ...]
    status: AttendanceStatus
    group: str | None
    columns: Columns | None


def entries_of(layout: Layout, mentions: Sequence[Mention], line: ListLine) -> Iterator[Entry]:
    text, inside, group = layout.clean.text, line.inside, line.group
    marked = front_mark(text[line.start : line.end])
    ends = [*(mentions[i].start for i in inside[1:]), line.end][: len(inside)]
    for n, (i, end) in enumerate(zip(inside, ends, strict=True)):
        mention = mentions[i]
        note = text[mention.end : min(end, mention.end + _LONGEST_NOTE)]
        written = [*mention.offices, *_offices(text, mention.end, min(end, mention.end + _LONGEST_NOTE))]
        spans = tuple(dict.fromkeys(written))
        own = text[mention.start : mention.end] + note
        deputy = is_deputy(own)
        arrives, leaves = _ARRIVES.search(note), _LEAVES.search(note)
        over = group if n == 0 and group and not is_deputy(group) else None
        status = (line.columns and line.columns.of(*raw_line(layout, mention.start))) or marked or line.status
        yield Entry(
            i,
            mention.start,
            end,
            _said(note, status),
            group,
            arrives["time"] if arrives else None,
            leaves["time"] if leaves else None,
            tuple((a, b) for a, b in spans if not any(c <= a and b <= d for c, d in mention.offices)),
            tuple(_lemmas(text, [span for span in spans if not _deputises(text, *span)])),
            tuple(_lemmas(text, [span for span in spans if _deputises(text, *span)])),
            deputy,
            bool(_CHAIR.search(_DEPUTY_OFFICE.sub("", own)) or (over and _CHAIR.match(MARK.sub("", over)))),
            _capacity(own, group),
            party_of_group(group),
        )


def chair_of(entries: Iterable[Entry]) -> int | None:
    """Return the mention of whoever the list says to preside."""
    return next((e.mention for e in entries if e.presides and e.status == "present"), None)


def head_of(entries: Iterable[Entry], text: str) -> int | None:
    """Return the mention of who presides by office: the head of the body at the top of the list, else the deputy,
    else who is listed under the office: "Bürgermeister: Frau Lux".
    """
    present = [entry for entry in entries if entry.status == "present"]
    for entry in present[:1]:
        line = text.rfind("\n", 0, entry.start) + 1  # "Bürgermeister       Herr Lux"
        own = _HEAD_OFFICE.search(text, max(line, entry.start - _SHORT_LABEL), entry.end)
        own = own or _HEAD_OFFICE.search(entry.group or "")
        if own and not entry.deputy:
            return entry.mention
    called = (e.mention for e in present if e.group and _HEAD_OFFICE.fullmatch(e.group) and not is_deputy(e.group))
    deputies = (e.mention for e in present if e.deputy and _CHAIR.search(text, e.start, e.end))
    return next(deputies, next(called, None))


def is_deputy(written: str) -> bool:
    """ "stellv. Ortsvorsteher", "Obmann-Stv.", "2. Vorsitzender", but not "Ortsvorsteher"."""
    return _DEPUTY.search(written) is not None


def _capacity(own: str, group: str | None) -> Capacity | None:
    """What the list names somebody as: who takes the minutes by the entry itself, the others by the group above."""
    if _CAPACITIES[0][1].search(own):
        return "minutes"
    for capacity, expression in _CAPACITIES:
        if group and expression.search(group):
            return capacity
    if group and is_party(group):
        return "member"
    return "member" if _MANDATE.search(own) or _in_party(own) else None


def party_of_group(group: str | None) -> str | None:
    """The party that a heading of the list names: "CDU-Fraktion", "Fraktion der SPD", "GRÜNE"."""
    if group is None or not is_party(group):
        return None
    return _FRACTION.sub("", group).strip() or None


def _in_party(own: str) -> bool:
    """ "Anna Lux (SPD)" sits for a party."""
    bracket = _BRACKET.search(own)
    return bracket is not None and is_party(bracket["inside"])


def _said(note: str, status: AttendanceStatus) -> AttendanceStatus:
    """The status that the entry itself states, else that of its group."""
    if _PRESENT.search(note):
        return "present"
    if EXCUSED.search(note):
        return "excused"
    return "absent" if ABSENT.search(note) else status


def _offices(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of the offices between a name and the next: "(SPD), Ortsvorsteherin"."""
    for word in words_of(text, start, end):
        if word.upper and _office(word.text) is not None:
            yield word.start, word.end


def _deputises(text: str, start: int, end: int) -> bool:
    """Tell whether an office is that of a deputy: "(stellv. Ortsvorsteherin)"."""
    before = re.split(r"[,;(\n]", text[max(0, start - 12) : start])[-1]
    behind = text[end : end + 5] if text[end : end + 1] == "-" else ""  # "Obmann-Stv."
    return is_deputy(before + text[start:end] + behind)


def _lemmas(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[str]:
    for start, end in spans:
        for word in words_of(text, start, end):
            form = _office(word.text) if word.upper else None
            if form is not None:
                yield from form.lemmas


def _office(word: str) -> OfficeForm | None:
    return office_of(word) if len(word) > 1 else None
