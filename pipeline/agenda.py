"""Agenda items: which lines are headings of items that are dealt with, and which only announce them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.lexicon import pattern, silence
from pipeline.nominals import is_given_name, is_office
from pipeline.words import words_of

_PAPER = re.compile(
    r"""(?x)
    (?: (?:Vorlagen?(?:-?\s?Nr\.?|nummer)?|Drucksachen?(?:-?Nr\.?)?|Drs\.?(?:-Nr\.)?|DS|SV|Anlage|BV|Antrag|VO|V)
        \s*[:.]?\s* )?
    \b (?P<paper> (?:[A-Z]{1,5}[-/ ])? \d{1,4} (?: [-/] (?:[A-Z]{1,5}|\d{2,5}|[IVX]+) )+
        | [A-Z]{1,4}-\d+-\d+ | [A-Z]{1,3}/\d+/\d+ ) (?=\W|$)"""
)
_STRONG = re.compile(
    r"""(?x)
    (?: (?:zu\s+)? (?:Tagesordnungspunkt|TOP|Top|T\.?O\.?P\.?|Traktandum|Trakt\.|Traktand) \s* (?:Nr\.?\s*)?
            (?P<top>[ÖNöÖ]?\s?\d+(?:\.\d+)*[a-z]?|[IVX]+) \.? \)?
        | (?:Zu\s+)? Punkt \s+ (?P<punkt>\d+(?:\.\d+)*[a-z]?|[IVX]+) \.? (?:\s+der\s+Tagesordnung)?
        | [Zz]u \s+ (?P<zu>\d+(?:\.\d+)*[a-z]?) \.? (?=\s{1,}[A-ZÄÖÜ„"])
        | (?P<alone>\d{1,2})\.\)(?=\s*$)
        | (?P<open>[ÖN]\s\d+(?:\.\d+)*)
        | §\s?(?P<section>\d+[a-z]?)(?=$|\s+(?!Abs|Satz|Nr|und|bis|ff)[A-ZÄÖÜ])
    ) \s*[:.)–—-]*\s* (?P<title>.*) $"""
)
_MARKDOWN = re.compile(r"#{2,6}\s+")
_WEAK = re.compile(
    r"""(?x) (?: (?P<arabic>\d{1,2}(?:\.\d{1,2}){0,3}[a-z]?) (?:\.\)?|\))? | (?P<roman>[IVX]{1,5})\. )
    \s+ (?P<title>(?=[A-ZÄÖÜ„"(]).+) $"""
)
# a heading names a matter: it has no finite verb of a sentence and no full stop at its end
_SENTENCE = pattern("agenda.sentence")
_VERDICT = pattern("agenda.verdict")
_COUNTED = pattern("agenda.counted")
_NAMEY = re.compile(r"(?:Herrn?|Frau|Hr\.|Fr\.|Dr\.|Prof\.)\s")
_DATE = re.compile(r"\d{1,2}\.\s*(?:\d{1,2}\.|[A-ZÄ][a-zä]+)\s*\d{2,4}")
_PREAMBLE = pattern("agenda.preamble")
_PAPER_LINE = re.compile(r"(?:Vorlage|Drucksache|Drs)")

LISTS = ("present", "excused", "absent", "head")  # sections that hold lists of names


@dataclass(frozen=True)
class Heading:
    """How a line reads as a heading; `strong` where it says so itself ("TOP 3", "Punkt 4 der Tagesordnung")."""

    number: str
    title: str
    strong: bool


@dataclass(frozen=True)
class Line:
    """A block as far as the agenda is concerned."""

    text: str
    heading: Heading | None
    section: str
    kind: str


@dataclass(frozen=True)
class AgendaEntry:
    """An item that is dealt with: the number of its block and of blocks that carry its title on."""

    block: int
    more: tuple[int, ...]
    number: str | None
    title: str | None
    paper: str | None
    level: int


@dataclass(frozen=True)
class Agenda:
    """The items in order, and the blocks that belong to the announced agenda (`listed`)."""

    items: tuple[AgendaEntry, ...]
    listed: tuple[int, ...]


def heading_of(line: str) -> Heading | None:
    """Read a line as a numbered heading, or return `None`.

    >>> heading_of("Punkt 11 der Tagesordnung: Haushalt")
    Heading(number='11', title='Haushalt', strong=True)
    """
    markdown = _MARKDOWN.match(line)
    if markdown:
        m = _STRONG.match(line, markdown.end()) or _WEAK.match(line, markdown.end())
        return _heading(m, strong=True) if m else None
    m = _STRONG.match(line)
    if m:
        title = m["title"].strip()
        sentence = len(title) > 40 and title.endswith(".") and _SENTENCE.search(title)
        # "Zu Punkt 3 fragt Frau Lux, ob ..." is none
        return None if title[:1].islower() or sentence else _heading(m, strong=True)
    m = _WEAK.match(line)
    if not m or _COUNTED.match(line) or _VERDICT.search(m["title"]):
        return None
    return None if len(m["title"]) > 25 and m["title"].endswith(".") else _heading(m, strong=False)


def _heading(m: re.Match[str], *, strong: bool) -> Heading:
    number = next(value for key, value in m.groupdict().items() if key != "title" and value)
    return Heading(number, m["title"].strip(), strong)


def agenda_items(lines: Sequence[Line]) -> Agenda:
    """Choose the items among the blocks of a document, in order.

    Where headings carry numbers, only numbered lines are items; what stands in the announced agenda, or comes back
    later under the same number, is listed. Where none does, a short line without a sentence above prose is an item.
    """
    headings = {i: h for i, line in enumerate(lines) if (h := line.heading) and _title_like(h, line.section)}
    listed = _listed(lines, headings)
    dealt = {i: h for i, h in headings.items() if i not in listed}
    strong = any(h.strong for h in dealt.values())
    chosen = _with_subitems(dealt) if strong else list(dealt)
    lone = len(chosen) == 1 and not strong and sum(e.kind == "prose" and len(e.text) > 80 for e in lines) > 12
    if chosen and not lone:
        return Agenda(tuple(_entry(lines, i, headings[i], chosen) for i in chosen), tuple(sorted(listed)))
    bare = [i for i in range(len(lines)) if _bare_heading(lines, i)]
    return Agenda(tuple(_bare_entry(lines, i) for i in bare), tuple(sorted(listed)))


def _title_like(heading: Heading, section: str) -> bool:
    if heading.strong:
        return True
    title = heading.title
    if section in ("end", "background") or (section in LISTS and person_like(title)):
        return False
    return len(title) < 300 and not _SENTENCE.search(title) and not _NAMEY.match(title)


def person_like(title: str) -> bool:
    """Tell whether a numbered line names a person: "1. Bürgermeister Lux (SPD)" in an attendance list."""
    words = [word.text for word in words_of(title)[:2]]
    return title.endswith(")") or any(is_office(word) or is_given_name(word) for word in words)


def _listed(lines: Sequence[Line], headings: dict[int, Heading]) -> set[int]:
    """Blocks that announce an item: they come back with the same number and title, or stand among such blocks."""
    listed: set[int] = set()
    later: set[tuple[str, str]] = set()
    for i, heading in reversed(headings.items()):
        key = (heading.number.rstrip("."), re.sub(r"\W+", "", heading.title).casefold()[:12])
        if key in later and lines[i].section in ("agenda", "body", "head", "present"):
            listed.add(i)
        later.add(key)
    if listed:  # the list runs up to where its first item comes back
        first, last = min(listed), max(listed)
        number = headings[first].number
        back = next((i for i, h in headings.items() if i > last and h.number == number), last + 1)
        listed.update(i for i in headings if first <= i < back)
    return listed


def _with_subitems(headings: dict[int, Heading]) -> list[int]:
    """Headings that say so themselves, and "5.1 Meierstraße" under "TOP 5"."""
    chosen = []
    above = ""
    for i, heading in headings.items():
        if heading.strong:
            chosen.append(i)
            above = heading.number.lstrip("ÖN ")
        elif above and heading.number.startswith(above + "."):
            chosen.append(i)
    return chosen


def _entry(lines: Sequence[Line], i: int, heading: Heading, chosen: list[int]) -> AgendaEntry:
    """Read title and paper of the item, also from the lines below where its own line has none."""
    title, paper = _split_paper(heading.title)
    more: list[int] = []
    for k in range(i + 1, min(i + 5, len(lines))):
        line = lines[k]
        if k in chosen or len(more) == 3:
            break
        if _PAPER_LINE.match(line.text) and len(line.text) < 60:
            paper = paper or _split_paper(line.text)[1]
            break
        plain = line.kind == "prose" and not line.heading and len(line.text) <= 200
        if (title and not more) or not plain or _SENTENCE.search(line.text):
            break
        rest, found = _split_paper(line.text)
        if rest and title:
            break
        paper = paper or found
        if rest:
            title = rest
            more.append(k)
    return AgendaEntry(i, tuple(more), heading.number, title, paper, heading.number.count(".") + 1)


def _bare_entry(lines: Sequence[Line], i: int) -> AgendaEntry:
    title, paper = _split_paper(lines[i].text)
    return AgendaEntry(i, (), None, title, paper, 1)


def _split_paper(title: str) -> tuple[str | None, str | None]:
    """Cut the number of a paper off a title: "Haushalt - Vorlage: 2021/0930" -> ("Haushalt", "2021/0930")."""
    papers = list(_PAPER.finditer(title))
    if not papers:
        return title.strip() or None, None
    m = papers[-1]
    behind = title[m.end() :].strip()
    if m.start() > 0 and len(behind) > 1 and not behind.startswith(("(", "-")):
        return title.strip() or None, None
    rest = (title[: m.start()] + title[m.end() :]).strip(" -–,:;()|")
    return rest or None, m["paper"]


def _bare_heading(lines: Sequence[Line], i: int) -> bool:
    """Tell whether a short line is the heading of the prose below it."""
    line = lines[i]
    text = line.text
    if (
        line.kind != "prose"
        or line.section not in ("body", "debate", "decision", "result")
        or not 3 <= len(text) <= 160
    ):
        return False
    if not (text[0].isupper() or text[0] in '„"') or _SENTENCE.search(text) or text.endswith(":"):
        return False
    if (
        silence().match(text)
        or _VERDICT.search(text)
        or _PREAMBLE.match(text)
        or _DATE.search(text)
        or _NAMEY.match(text)
    ):
        return False
    return i + 1 < len(lines) and lines[i + 1].kind in ("prose", "bullet") and len(lines[i + 1].text) > 60
