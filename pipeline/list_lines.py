"""The lines of an attendance list: where each begins within its block, which label stands before its names, what it
counts, and whether it names nothing but people.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.layout import Block, Layout
from pipeline.lexicon import pattern, word_set
from pipeline.listed_names import gaps, joined_lines
from pipeline.mentions import Mention
from pipeline.nominals import names_people
from pipeline.roles import is_party
from pipeline.words import words_of

OPENS = pattern("attendance.opens")
EXCUSED = pattern("attendance.excused")
ABSENT = pattern("attendance.absent")
MARK = re.compile(r"^(?:[-–•*]\s+)?(?:\(?[a-z0-9]{1,2}[.)]\s+)?(?:(?:der|die|das|den)\s+)?")
_LABEL = re.compile(r"(?P<label>[^:\n()]{2,90}?(?:\s*\(\d+\))?)\s*:(?!\d)")
_SENTENCE = pattern("attendance.sentence")
_LISTING = pattern("attendance.listing")
_MISSING = pattern("attendance.missing")
_FURTHER = pattern("attendance.further")
_COUNT = pattern("attendance.count")
_INNER_LABEL = re.compile(
    rf"[\s;,.(](?P<label>(?:{EXCUSED.pattern}|{ABSENT.pattern}|(?:Es )?[Ff]ehl\w+)(?:\s\w+)?\s?:)", re.I
)
_GROUP = re.compile(rf"(?:{OPENS.pattern}|{EXCUSED.pattern}|{ABSENT.pattern})[\w\s,./*()-]*", re.I)
_NOTE = re.compile(r"\([^()]*\)|\bab\b.*|\bbis\b.*|\.{3,}|[|_]")
_JOINING = word_set("attendance.joining")
_LONGEST_LABEL = 60


def is_sentence(text: str, start: int, end: int) -> bool:
    """Tell whether a block tells something, unlike "Unter dem Vorsitz von Herrn Lux waren erschienen: ..."."""
    return _SENTENCE.search(text, start, end) is not None and not _LISTING.search(text, start, end)


def counts(text: str, start: int, end: int) -> re.Match[str] | None:
    """Match a line that says how many are there or missing and names nobody: "Anwesend: 9", "Abwesend: 3"."""
    return _COUNT.fullmatch(text, start, end)


def lines_of(layout: Layout, block: Block, people: Sequence[Mention]) -> list[tuple[int, int]]:
    """Cut a block at lines that joining hid, where one begins with a label or holds one of `people`, and before a
    status within a line: "Anwesend: Lux, Zeh; entschuldigt: Rot", "... und Jan Zeh. Es fehlte Herr Rot.".
    """
    text = layout.clean.text
    cuts = {block.start, block.end}
    for m in _INNER_LABEL.finditer(text, block.start + 1, block.end):
        if any(sign in text[block.start : m.start()] for sign in ":,)"):  # not within "Entschuldigt fehlt:"
            cuts.add(m.start("label"))
    cuts |= {m.start() for m in _MISSING.finditer(text, block.start + 1, block.end)}
    further = _FURTHER.finditer(text, block.start + 2, block.end)
    cuts |= {m.start() for m in further if text[m.start() - 2 : m.start()] in (". ", ".\n")}
    for start, end in pairwise((block.start, *joined_lines(layout, block), block.end)):
        if start > block.start and _GROUP.fullmatch(text, start, end):
            cuts |= {start, end}
        elif start > block.start and (_opens_group(layout, start, end) or any(start <= m.start < end for m in people)):
            cuts.add(start)
    return list(pairwise(sorted(cuts)))


def label_of(layout: Layout, start: int, end: int, inside: Sequence[Mention], *, labelled: bool) -> str | None:
    """What stands before the colon of a line or before a gap, or the whole line where it names a group and nobody.

    `inside` are the persons of the line; `labelled` tells that the layout takes its beginning for a label.
    """
    tabbed = _tabbed(layout, start, end)
    if tabbed is not None:
        return tabbed
    line = layout.clean.text[start:end]
    m = _LABEL.match(line)
    if m:
        return m["label"]
    line = MARK.sub("", line)
    if not inside:
        names_group = labelled or _GROUP.fullmatch(line) or is_party(line)
        return line if line.endswith(":") or (len(line) <= _LONGEST_LABEL and names_group) else None
    said = _MISSING.match(line) or _FURTHER.match(line) or (OPENS.match(line) if labelled else None)
    return said.group() if said else None


def names_only(text: str, start: int, end: int, inside: Sequence[Mention]) -> bool:
    """Tell whether a line holds nothing but people, their offices and parties: "3. Anna Lux (SPD), Beigeordnete"."""
    if not inside:
        return False
    m = _LABEL.match(text, start, end)
    at = m.end() if m and m.end() <= inside[0].start else start
    rest: list[str] = []
    for mention in inside:
        rest.append(text[at : mention.start])
        at = max(at, mention.end)
    rest.append(text[at:end])
    left = [w.text for w in words_of(_NOTE.sub(" ", " ; ".join(rest)))]
    strange = [w for w in left if w[0].isalpha() and len(w) > 1 and w not in _JOINING and not names_people(w)]
    names = {mention.name for mention in inside}  # "Lux, Anna .... gez. Lux"
    strange = [w for w in strange if not (w in names or is_party(w) or EXCUSED.match(w) or ABSENT.match(w))]
    return not strange or (len(strange) == 1 and strange[0][0].isupper() and "," in rest[-1])


def _opens_group(layout: Layout, start: int, end: int) -> bool:
    """Tell whether a line begins with the name of a group: "Verwaltung/Gäste: Frau Lux", "Vorsitz⇥⇥Anna Lux"."""
    label = _LABEL.match(layout.clean.text, start, end)
    if label:
        return any(expression.match(label["label"]) for expression in (OPENS, EXCUSED, ABSENT))
    return _tabbed(layout, start, end) is not None


def _tabbed(layout: Layout, start: int, end: int) -> str | None:
    """The name of a group that a wide gap or a tab divides from the names: "Vorsitz⇥⇥Anna Lux"."""
    gap = next(iter(gaps(layout, start, end)), None)
    if gap is None or not _GROUP.fullmatch(layout.clean.text, start, gap):
        return None
    return layout.clean.text[start:gap]
