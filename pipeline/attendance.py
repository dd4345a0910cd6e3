"""The attendance list: who is listed, under which group, present or not, from when to when, and who presides.

`read_list` goes through the lines of the head one by one. A line is a heading of a group ("Verwaltung:",
"Entschuldigt"), one entry or several ("CDU: Anna Lux, Jan Zeh (ab 18:50 Uhr)"), or none. What stands behind a name up
to the next name or the end of the line belongs to its entry: "Anna Lux (SPD), Ortsvorsteherin" gives no office to the
line below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.record import AttendanceStatus, Capacity
from pipeline.heads import first_item
from pipeline.layout import Layout
from pipeline.lexicon import pattern
from pipeline.list_lines import ABSENT, EXCUSED, MARK, OPENS, counts, is_sentence, label_of, lines_of, names_only
from pipeline.list_tables import Columns, columns, front_mark, raw_line
from pipeline.listed_names import HEAD_BLOCKS
from pipeline.nominals import OfficeForm, office_of
from pipeline.persons import Mention
from pipeline.roles import is_party
from pipeline.words import words_of

_WHEN = r"(?P<time>(?:(?:TOP|Top|Trakt\.|Punkt)\s*)?\d[\d.:]*[½¼¾]?(?:\s*(?:Uhr|h\b))?(?:\s\d\d\b)?)"
_ARRIVES = re.compile(rf"(?:\bab|\bvon|\berscheint um|\bseit)\s+{_WHEN}")
_LEAVES = re.compile(rf"\bbis\s+(?:einschließlich\s+|einschl\.\s+)?{_WHEN}")
_PRESENT = pattern("attendance.present")
_SUBSTITUTE = pattern("attendance.substitute")
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
_HEAD = ("body", "head", "end", "debate")  # "Vorsitzender" and "Protokoll:" above a name are sections of their own
_LISTS: dict[str, AttendanceStatus] = {"present": "present", "excused": "excused", "absent": "absent"}
_FRACTION = pattern("attendance.fraction")
_MANDATE = pattern("attendance.mandate")
_BRACKET = re.compile(r"\((?P<inside>[^()]{2,40})\)")
_LONGEST_LINE = 600
_LONGEST_SENTENCE = 90  # of those that a list may hold: "Herr Lux nimmt ab TOP 3 teil."
_LONGEST_NOTE = 120
_FEWEST_UNLABELLED = 3


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


def read_list(layout: Layout, mentions: Sequence[Mention]) -> tuple[Entry, ...]:
    """Read the attendance list; entries in the order of the text, none where there is no list."""
    return tuple(_Reader(layout, mentions).entries())


@dataclass
class _State:
    """What the lines above say of those below: their status, their group, and the columns of a table."""

    status: AttendanceStatus | None = None
    group: str | None = None
    columns: Columns | None = None


@dataclass(frozen=True)
class _Line:
    """A line of names: its span, its persons, and what stands over it."""

    start: int
    end: int
    inside: tuple[int, ...]
    status: AttendanceStatus
    group: str | None
    columns: Columns | None


class _Reader:
    """Go through the lines of the head, and through labelled lists behind it."""

    def __init__(self, layout: Layout, mentions: Sequence[Mention]) -> None:
        self.layout, self.mentions, self.text = layout, mentions, layout.clean.text
        self.state = _State()
        self.counted = False  # the line above was a count: "Anwesend: 9"

    def entries(self) -> Iterator[Entry]:
        """Yield the entries of all lines."""
        unlabelled: list[_Line] = []
        for line, labelled in self._lines():
            if labelled:
                yield from self._of_unlabelled(unlabelled)
                unlabelled = []
                yield from _entries(self.layout, self.mentions, line)
            elif line.inside:
                unlabelled.append(line)
            else:
                yield from self._of_unlabelled(unlabelled)
                unlabelled = []
        yield from self._of_unlabelled(unlabelled)

    def _of_unlabelled(self, lines: Sequence[_Line]) -> Iterator[Entry]:
        """Lines of the head that name nothing but people are a list though no label says so; two are none."""
        if len(lines) >= _FEWEST_UNLABELLED:
            for line in lines:
                yield from _entries(self.layout, self.mentions, line)

    def _lines(self) -> Iterator[tuple[_Line, bool]]:
        """Yield lines of names with whether a label gives them a status; a line without persons ends those without."""
        layout, text, mentions = self.layout, self.text, self.mentions
        first, over, found = 0, False, False  # text follows the list
        stop = min(first_item(layout), HEAD_BLOCKS)
        for n, block in enumerate(layout.blocks):
            section, in_head = _LISTS.get(block.section), n < stop
            if block.kind in ("heading", "list") or (section is None and (not in_head or block.section not in _HEAD)):
                self.state = _State()
                continue
            if block.end - block.start > _LONGEST_LINE or is_sentence(text, block.start, block.end):
                self.state = _State()
                if found and block.end - block.start > _LONGEST_SENTENCE:
                    stop, over = min(stop, n), True
                continue
            over = over and block.label not in _LISTS
            if over:
                continue
            while first < len(mentions) and mentions[first].start < block.start:
                first += 1
            people = [mentions[i] for i in _persons(text, mentions, first, block.start, block.end)]
            for start, end in lines_of(layout, block, people):
                inside = _persons(text, mentions, first, start, end)
                labelled = block.label in _LISTS and start == block.start
                status = self._read(start, end, inside, section, labelled=labelled)
                if status is None and text[start:end].endswith(":") and _names_follow(layout, mentions, first, n):
                    self.state.status = "present"  # "Für den Betriebsrat:" above names
                if status is not None or names_only(text, start, end, [mentions[i] for i in inside]):
                    line = _Line(start, end, tuple(inside), status or "present", self.state.group, self.state.columns)
                    found = found or (status is not None and bool(inside))
                    yield line, status is not None
                else:
                    yield _Line(start, end, (), "present", None, None), False

    def _read(
        self, start: int, end: int, inside: Sequence[int], section: AttendanceStatus | None, *, labelled: bool
    ) -> AttendanceStatus | None:
        """The status of those named in a line, by its label, by the lines above, or by the section."""
        state, text = self.state, self.text
        table = columns(raw_line(self.layout, start)[0]) if not inside else None
        if table is not None:
            self.state = _State("present", None, table)
            return None
        count = counts(text, start, end) if not inside else None
        if count is not None and (count["present"] or self.counted):
            self.counted = True
            state.status = "present"
            return None
        self.counted = False
        label = label_of(self.layout, start, end, [self.mentions[i] for i in inside], labelled=labelled)
        if label is not None:
            state.status, state.group = _under(label, state.status), label
            state.columns = None
        elif state.status is None:
            state.status = section
        return state.status


def chair_of(entries: Iterable[Entry]) -> int | None:
    """Return the mention of whoever the list says to preside."""
    return next((e.mention for e in entries if e.presides and e.status == "present"), None)


def head_of(entries: Iterable[Entry], text: str) -> int | None:
    """Return the mention of who presides by office: the head of the body at the top of the list, else the deputy."""
    present = [entry for entry in entries if entry.status == "present"]
    for entry in present[:1]:
        if not entry.deputy and _HEAD_OFFICE.search(text, entry.start, entry.end):
            return entry.mention
    return next((e.mention for e in present if e.deputy and _CHAIR.search(text, e.start, e.end)), None)


def is_deputy(written: str) -> bool:
    """ "stellv. Ortsvorsteher", "Obmann-Stv.", "2. Vorsitzender", but not "Ortsvorsteher"."""
    return _DEPUTY.search(written) is not None


def _names_follow(layout: Layout, mentions: Sequence[Mention], first: int, n: int) -> bool:
    """Tell whether the line below block `n` begins with a person."""
    if n + 1 == len(layout.blocks):
        return False
    below = layout.blocks[n + 1]
    return any(m.kind == "person" and m.start == below.start for m in mentions[first : first + 3])


def _persons(text: str, mentions: Sequence[Mention], first: int, start: int, end: int) -> list[int]:
    """Numbers of the persons in a line, without those who are only represented: "Frau Lux für Frau Zeh"."""
    found: list[int] = []
    for i in range(first, len(mentions)):
        if mentions[i].start >= end:
            break
        if mentions[i].start < start or mentions[i].kind != "person" or not mentions[i].name:
            continue
        between = text[mentions[found[-1]].end : mentions[i].start] if found else ""
        joined = between.rstrip().endswith(",") and _apposition(mentions[found[-1]], mentions[i])
        if found and (joined or _SUBSTITUTE.search(between)):
            continue
        found.append(i)
    return found


def _apposition(person: Mention, behind: Mention) -> bool:
    """ "Frau Lux, Leiterin Tiefbau" is one person, "AM Lux, AM Zeh" and "Ida (Kassenwartin), Jan (Vors.)" are two."""
    alone = behind.given_name is None and behind.title is None and behind.honorific is None
    first = person.offices[0][0] if person.offices else person.end
    return alone and bool(behind.offices) and behind.offices[0][0] < behind.end and first >= person.end


def _under(label: str, status: AttendanceStatus | None) -> AttendanceStatus | None:
    """Status under a label; that of a party keeps the one above, "Verwaltung:" ends that of the excused."""
    if EXCUSED.search(label):
        return "excused"
    if ABSENT.search(label):
        return "absent"
    if OPENS.match(MARK.sub("", label)):
        return "present"
    last = label.split()[-1]
    if status is None and last[0].isupper() and office_of(last) is not None:
        return "present"  # "Oberbürgermeisterin: Frau Lux"
    if status is None or is_party(label):
        return status
    return "present" if label[0].isupper() and not label[-1].isdigit() else status


def _entries(layout: Layout, mentions: Sequence[Mention], line: _Line) -> Iterator[Entry]:
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
