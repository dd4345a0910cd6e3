"""The attendance list: who is listed, under which group, present or not, from when to when, and who presides.

`read_list` goes through the lines of the head one by one. A line is a heading of a group ("Verwaltung:",
"Entschuldigt"), one entry or several ("CDU: Anna Lux, Jan Zeh (ab 18:50 Uhr)"), or none. What stands behind a name up
to the next name or the end of the line belongs to its entry: "Anna Lux (SPD), Ortsvorsteherin" gives no office to the
line below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.record import AttendanceStatus
from pipeline.heads import first_item
from pipeline.layout import Block, Layout
from pipeline.lexicon import pattern
from pipeline.list_entries import Entry, ListLine, entries_of
from pipeline.list_lines import ABSENT, EXCUSED, MARK, OPENS, counts, is_sentence, label_of, lines_of, names_only
from pipeline.list_tables import Columns, columns, raw_line
from pipeline.listed_names import HEAD_BLOCKS
from pipeline.mentions import Mention
from pipeline.nominals import office_of
from pipeline.roles import is_party

_SUBSTITUTE = pattern("attendance.substitute")
_HEAD = ("body", "head", "end", "debate")  # "Vorsitzender" and "Protokoll:" above a name are sections of their own
_LISTS: dict[str, AttendanceStatus] = {"present": "present", "excused": "excused", "absent": "absent"}
_TOLD = pattern("attendance.told")
_MEMBERS = pattern("attendance.members")
_PLAIN = ("Herr", "Herrn", "Frau", "Hr", "Hrn", "Fr")
_LONGEST_LINE = 600
_LONGEST_SENTENCE = 90  # of those that a list may hold: "Herr Lux nimmt ab TOP 3 teil."
_FEWEST_UNLABELLED = 3


def read_list(layout: Layout, mentions: Sequence[Mention]) -> tuple[Entry, ...]:
    """Read the attendance list; entries in the order of the text, none where there is no list."""
    return tuple(_Reader(layout, mentions).entries())


@dataclass
class _State:
    """What the lines above say of those below: their status, their group, and the columns of a table."""

    status: AttendanceStatus | None = None
    group: str | None = None
    columns: Columns | None = None
    missing: bool = False  # the line above is a heading of those who are missing


class _Reader:
    """Go through the lines of the head, and through labelled lists behind it."""

    def __init__(self, layout: Layout, mentions: Sequence[Mention]) -> None:
        self.layout, self.mentions, self.text = layout, mentions, layout.clean.text
        self.state = _State()
        self.counted = False  # the line above was a count: "Anwesend: 9"

    def entries(self) -> Iterator[Entry]:
        """Yield the entries of all lines."""
        unlabelled: list[ListLine] = []
        for line, labelled in self._lines():
            if labelled:
                yield from self._of_unlabelled(unlabelled)
                unlabelled = []
                yield from entries_of(self.layout, self.mentions, line)
            elif line.inside:
                unlabelled.append(line)
            else:
                yield from self._of_unlabelled(unlabelled)
                unlabelled = []
        yield from self._of_unlabelled(unlabelled)

    def _of_unlabelled(self, lines: Sequence[ListLine]) -> Iterator[Entry]:
        """Lines of the head that name nothing but people are a list though no label says so; two are none."""
        if len(lines) >= _FEWEST_UNLABELLED:
            for line in lines:
                yield from entries_of(self.layout, self.mentions, line)

    def _lines(self) -> Iterator[tuple[ListLine, bool]]:
        """Yield lines of names with whether a label gives them a status; a line without persons ends those without."""
        layout, text, mentions = self.layout, self.text, self.mentions
        first, over, found = 0, False, False  # text follows the list
        stop = min(first_item(layout), HEAD_BLOCKS)
        for n, block in enumerate(layout.blocks):
            section, in_head = _LISTS.get(block.section), n < stop
            if block.kind in ("heading", "list") or (section is None and (not in_head or block.section not in _HEAD)):
                self.state = _State()
                if not found:
                    yield from self._told(block)
                continue
            if block.end - block.start > _LONGEST_LINE or is_sentence(text, block.start, block.end):
                self.state = _State()
                if not found:
                    yield from self._told(block)
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
                    found = found or (status is not None and bool(inside))
                    over_it = status or "present", self.state.group, self.state.columns
                    yield ListLine(start, end, tuple(inside), *over_it), status is not None
                else:
                    yield ListLine(start, end, (), "present", None, None), False

    def _told(self, block: Block) -> Iterator[tuple[ListLine, bool]]:
        """Yield what sentences of the text list: "Anwesend waren Frau Lux und Herr Zeh. Es fehlte Frau Rot."."""
        m = _TOLD.search(self.text, block.start, block.end)
        while m:
            persons = _persons(self.text, self.mentions, 0, m.start(), m.end())
            status = _under(m["label"], None)
            if persons and status:
                yield ListLine(m.start(), m.end(), tuple(persons), status, m["label"], None), True
            m = _TOLD.match(self.text, m.end(), block.end)

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
            if not (state.missing and _MEMBERS.fullmatch(label)):  # "Nicht anwesend:" / "Ratsmitglieder" / "Jan Zeh"
                state.status = _under(label, state.status)
            state.group, state.columns = label, None
            bare = text[start:end].rstrip(" :") == label
            state.missing = bare and state.status in ("excused", "absent")
        elif inside:
            state.missing = False
        if label is None and state.status is None:
            state.status = section
        return state.status


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
    if person.given_name is None and (person.honorific or "").rstrip(".") not in _PLAIN:
        return False  # "Pfr. Lux, Diakon Zeh" are two
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
