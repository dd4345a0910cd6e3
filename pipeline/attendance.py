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
from itertools import pairwise

from corpus.record import AttendanceStatus, Capacity
from pipeline.heads import first_item
from pipeline.layout import Block, Layout
from pipeline.lexicon import pattern
from pipeline.listed_names import HEAD_BLOCKS, gaps, joined_lines
from pipeline.mentions import Mention
from pipeline.nominals import OfficeForm, office_of
from pipeline.roles import is_party
from pipeline.words import words_of

_WHEN = r"(?P<time>(?:(?:TOP|Top|Trakt\.|Punkt)\s*)?\d[\d.:]*[½¼¾]?(?:\s*(?:Uhr|h\b))?(?:\s\d\d\b)?)"
_ARRIVES = re.compile(rf"(?:\bab|\bvon|\berscheint um|\bseit)\s+{_WHEN}")
_LEAVES = re.compile(rf"\bbis\s+(?:einschließlich\s+|einschl\.\s+)?{_WHEN}")
_MARK = re.compile(r"^(?:[-–•*]\s+)?(?:\(?[a-z0-9]{1,2}[.)]\s+)?(?:(?:der|die|das|den)\s+)?")
_LABEL = re.compile(r"(?P<label>[^:\n()]{2,60}?)\s*:(?!\d)")
_OPENS = pattern("attendance.opens")
_EXCUSED = pattern("attendance.excused")
_ABSENT = pattern("attendance.absent")
_PRESENT = pattern("attendance.present")
_SUBSTITUTE = pattern("attendance.substitute")
_CHAIR = pattern("attendance.chair")
_HEAD_OFFICE = pattern("attendance.head_office")
_DEPUTY = pattern("attendance.deputy")
_DEPUTY_OFFICE = pattern("attendance.deputy_office")
_SENTENCE = pattern("attendance.sentence")
_CAPACITIES: tuple[tuple[Capacity, re.Pattern[str]], ...] = (
    ("minutes", pattern("attendance.minutes")),
    ("guest", pattern("attendance.guest")),
    ("administration", pattern("attendance.administration")),
    ("member", pattern("attendance.member")),
)
_INNER_LABEL = re.compile(
    rf"[\s;,.(](?P<label>(?:{_EXCUSED.pattern}|{_ABSENT.pattern}|(?:Es )?[Ff]ehl\w+)(?:\s\w+)?\s?:)", re.I
)
_GROUP = re.compile(rf"(?:{_OPENS.pattern}|{_EXCUSED.pattern}|{_ABSENT.pattern})[\w\s,./*()-]*", re.I)
_HEAD = ("body", "head", "end", "debate")  # "Vorsitzender" and "Protokoll:" above a name are sections of their own
_LISTS: dict[str, AttendanceStatus] = {"present": "present", "excused": "excused", "absent": "absent"}
_FRACTION = pattern("attendance.fraction")
_MANDATE = pattern("attendance.mandate")
_BRACKET = re.compile(r"\((?P<inside>[^()]{2,40})\)")
_LONGEST_LINE = 600
_LONGEST_SENTENCE = 90  # of those that a list may hold: "Herr Lux nimmt ab TOP 3 teil."
_LONGEST_NOTE = 120


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
    text = layout.clean.text
    entries: list[Entry] = []
    status: AttendanceStatus | None = None
    group: str | None = None
    first, over = 0, False  # text follows the list
    stop = min(first_item(layout), HEAD_BLOCKS)
    for n, block in enumerate(layout.blocks):
        section, in_head = _LISTS.get(block.section), n < stop
        if block.kind in ("heading", "list") or (section is None and (not in_head or block.section not in _HEAD)):
            status = group = None
            continue
        if block.end - block.start > _LONGEST_LINE or _SENTENCE.search(text, block.start, block.end):
            status = group = None
            if entries and block.end - block.start > _LONGEST_SENTENCE:
                stop, over = min(stop, n), True
            continue
        over = over and block.label not in _LISTS
        if over:
            continue
        while first < len(mentions) and mentions[first].start < block.start:
            first += 1
        for start, end in _segments(layout, block):
            inside = _persons(text, mentions, first, start, end)
            label = _tabbed(layout, start, end) or _label(
                text[start:end], inside, labelled=block.label in _LISTS and start == block.start
            )
            if label is not None:
                status, group = _under(label, status), label
                if status is None and text[start:end].endswith(":") and _names_follow(layout, mentions, first, n):
                    status = "present"  # "Für den Betriebsrat:" above names
            elif status is None:
                status = section
            if status is not None:
                entries.extend(_entries(text, mentions, inside, end, status, group))
    return tuple(entries)


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


def _segments(layout: Layout, block: Block) -> list[tuple[int, int]]:
    """Cut a line before a status within it ("Anwesend: Lux, Zeh; entschuldigt: Rot"), and at a heading that was taken
    for the rest of the line above: "Jan Zeh (SPD)" / "entschuldigt".
    """
    text = layout.clean.text
    cuts = {block.start, block.end}
    for m in _INNER_LABEL.finditer(text, block.start + 1, block.end):
        if any(sign in text[block.start : m.start()] for sign in ":,)"):  # not within "Entschuldigt fehlt:"
            cuts.add(m.start("label"))
    lines = (block.start, *joined_lines(layout, block), block.end)
    for start, end in pairwise(lines):
        if start > block.start and _GROUP.fullmatch(text, start, end):
            cuts |= {start, end}
        elif start > block.start and _opens_group(layout, start, end):
            cuts.add(start)
    return list(pairwise(sorted(cuts)))


def _opens_group(layout: Layout, start: int, end: int) -> bool:
    """Tell whether a line begins with the name of a group: "Verwaltung/Gäste: Frau Lux", "Vorsitz⇥⇥Anna Lux"."""
    label = _LABEL.match(layout.clean.text, start, end)
    if label:
        return any(expression.match(label["label"]) for expression in (_OPENS, _EXCUSED, _ABSENT))
    return _tabbed(layout, start, end) is not None


def _tabbed(layout: Layout, start: int, end: int) -> str | None:
    """The name of a group that a wide gap or a tab divides from the names: "Vorsitz⇥⇥Anna Lux"."""
    gap = next(iter(gaps(layout, start, end)), None)
    if gap is None or not _GROUP.fullmatch(layout.clean.text, start, gap):
        return None
    return layout.clean.text[start:gap]


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


def _label(line: str, inside: Sequence[int], *, labelled: bool) -> str | None:
    """What stands before the colon of a line, or the whole line where it names a group and nobody."""
    m = _LABEL.match(line)
    if m:
        return m["label"]
    line = _MARK.sub("", line)
    if not inside and (
        line.endswith(":") or (len(line) <= 60 and (labelled or _GROUP.fullmatch(line) or is_party(line)))
    ):
        return line
    opens = _OPENS.match(line) if labelled else None
    return opens.group() if opens else None


def _under(label: str, status: AttendanceStatus | None) -> AttendanceStatus | None:
    """Status under a label; that of a party keeps the one above, "Verwaltung:" ends that of the excused."""
    if _EXCUSED.search(label):
        return "excused"
    if _ABSENT.search(label):
        return "absent"
    if _OPENS.match(_MARK.sub("", label)):
        return "present"
    last = label.split()[-1]
    if status is None and last[0].isupper() and office_of(last) is not None:
        return "present"  # "Oberbürgermeisterin: Frau Lux"
    if status is None or is_party(label):
        return status
    return "present" if label[0].isupper() and not label[-1].isdigit() else status


def _entries(
    text: str,
    mentions: Sequence[Mention],
    inside: Sequence[int],
    stop: int,
    status: AttendanceStatus,
    group: str | None,
) -> Iterator[Entry]:
    ends = [*(mentions[i].start for i in inside[1:]), stop][: len(inside)]
    for n, (i, end) in enumerate(zip(inside, ends, strict=True)):
        mention = mentions[i]
        note = text[mention.end : min(end, mention.end + _LONGEST_NOTE)]
        written = [*mention.offices, *_offices(text, mention.end, min(end, mention.end + _LONGEST_NOTE))]
        spans = tuple(dict.fromkeys(written))
        own = text[mention.start : mention.end] + note
        deputy = is_deputy(own)
        arrives, leaves = _ARRIVES.search(note), _LEAVES.search(note)
        over = group if n == 0 and group and not is_deputy(group) else None
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
            bool(_CHAIR.search(_DEPUTY_OFFICE.sub("", own)) or (over and _CHAIR.match(_MARK.sub("", over)))),
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
    if _EXCUSED.search(note):
        return "excused"
    return "absent" if _ABSENT.search(note) else status


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
