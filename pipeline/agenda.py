"""Agenda items: which lines are headings of items that are dealt with, and which only announce them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

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
_NUMBER = r"\d+(?:\.\d+)*[a-z]?"
_STRONG = re.compile(
    rf"""(?x)
    (?: (?:[Zz]u\s+)? (?:Tagesordnungspunkte?|TOPs?|Tops?|T\.?O\.?P\.?|Traktand(?:um|en)?|Trakt\.) :? \s* (?:Nr\.?\s*)?
            (?P<top>[ÖNöÖ]?\s?{_NUMBER}|[IVX]+) \.? \)?
        | (?:[Zz]u\s+)? (?:Punkte?|Pkt\.) \s+ (?P<punkt>{_NUMBER}|[IVX]+) \.? \)?
        | [Zz]u \s+ (?P<zu>{_NUMBER}) (?: \.?\) | [.:]? (?=\s+(?:\d{{1,2}}\.\s)?[A-ZÄÖÜ„"]) )
        | (?P<alone>\d{{1,2}})\.\)(?=\s*$)
        | (?P<open>[ÖN]\s\d+(?:\.\d+)*)
        | §\s?(?P<section>\d+[a-z]?)(?=$|\s+(?!Abs|Satz|Nr|und|bis|ff)[A-ZÄÖÜ])
    )
    (?: \s*(?:[–—-]|und|u\.|bis|,)\s*(?:TOP\s*)? \d{{1,2}}(?:\.\d+)*         # "TOP 5 – 7", "Punkte 3, 4 und 5"
        (?=\s*(?:$|[:;,–—-]|(?:und|u\.|bis|gemeinsam|der|(?:nicht-?)?öffentlich\w+)[\s:])) )* (?:\s+gemeinsam\b)?
    (?: \s+der\s+Tagesordnung)? (?: \s+(?:nicht)?-?\s?öffentlicher\s+Teil)?
    (?P<mark>\s*[:.)–—-]*)\s* (?P<title>.*) $"""
)
_MARKDOWN = re.compile(r"#{2,6}\s+")
_WEAK = re.compile(
    r"""(?x) (?: (?P<arabic>\d{1,2}(?:\.\d{1,2}){0,3}[a-z]?) (?:\.\)?|\)|(?<=\d\.\d):)? | (?P<roman>[IVX]{1,5})\.? )
    \s+ (?P<title>(?= (?:\d{1,2}\.\s)? [A-ZÄÖÜ„"(]).+) $"""
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
    """A block as far as the agenda is concerned; `alone` tells that empty lines stand above and below it."""

    text: str
    heading: Heading | None
    section: str
    kind: str
    alone: bool = False


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
        goes_on = title[:1].islower() and ":" not in m["mark"]  # "Zu Punkt 3 fragt Frau Lux, ob ..." is none
        return None if goes_on or sentence or _VERDICT.match(title) else _heading(m, strong=True)
    m = _WEAK.match(line)
    if not m or _COUNTED.match(line) or _VERDICT.search(m["title"]):
        return None
    long = len(m["title"]) > 25 and m["title"].endswith(".")
    return None if long and not m["roman"] else _heading(m, strong=False)


def _heading(m: re.Match[str], *, strong: bool) -> Heading:
    number = next(value for key, value in m.groupdict().items() if key not in ("title", "mark") and value)
    return Heading(number, m["title"].strip(), strong)


def agenda_items(lines: Sequence[Line]) -> Agenda:
    """Choose the items among the blocks of a document, in order.

    Where headings carry numbers, only numbered lines are items; what stands in the announced agenda, or comes back
    later under the same number, is listed; under them a short line between empty lines heads an item of its own.
    Where none does, a short line without a sentence above prose is an item.
    """
    numbered = {i: h for i, line in enumerate(lines) if (h := line.heading)}
    back = _coming_back(lines, numbered)
    headings = {i: h for i, h in numbered.items() if i in back.values() or _title_like(h, lines[i].section)}
    listed = _listed(lines, headings, back)
    dealt = {i: h for i, h in headings.items() if i not in listed}
    strong = any(h.strong for h in dealt.values())
    chosen = _with_subitems(dealt) if strong else list(dealt)
    lone = len(chosen) == 1 and not strong and sum(e.kind == "prose" and len(e.text) > 80 for e in lines) > 12
    if chosen and not lone:
        entries = [_entry(lines, i, headings[i], chosen) for i in chosen]
        return Agenda(tuple(_with_subheadings(lines, entries, listed)), tuple(sorted(listed)))
    bare = [i for i in range(len(lines)) if _bare_heading(lines, i)]
    return Agenda(tuple(_bare_entry(lines, i) for i in bare), tuple(sorted(listed)))


def _title_like(heading: Heading, section: str) -> bool:
    if heading.strong:
        return True
    title = heading.title
    if section in ("end", "background") or (section in LISTS and person_like(title)):
        return False
    if heading.number[0] in "IVX":  # "III. Anschaffung einer Dampfspritze."
        title = title.removesuffix(".")
    return len(title) < 300 and not _SENTENCE.search(title) and not _NAMEY.match(title)


def person_like(title: str) -> bool:
    """Tell whether a numbered line names a person: "1. Bürgermeister Lux (SPD)" in an attendance list."""
    words = [word.text for word in words_of(title)[:2]]
    if title.endswith(":"):
        return True  # "6. Lux, Richard (Soz.), vom Frauenverein:"
    bracket = title.endswith(")") and not _PAPER_LINE.match(title, title.rfind("(") + 1)
    return bracket or any(is_office(word) or is_given_name(word) for word in words)


def _coming_back(lines: Sequence[Line], headings: dict[int, Heading]) -> dict[int, int]:
    """Blocks with number and title of a later one, each with the number of that block."""
    later: dict[str, list[tuple[str, int]]] = {}
    back: dict[int, int] = {}
    for i, heading in reversed(headings.items()):
        title = re.sub(r"\W+", "", heading.title or _below(lines, i)).casefold()
        same = later.setdefault(heading.number.rstrip("."), [])
        if lines[i].section in ("agenda", "body", "head", "present"):
            found = next((k for other, k in reversed(same) if _same_title(title, other)), None)
            if found is not None:
                back[i] = found
        same.append((title, i))
    return back


def _same_title(one: str, other: str) -> bool:
    """Compare titles without blanks and signs; what is dealt with is often named at more length."""
    n = min(12, len(one), len(other))
    return one[:n] == other[:n] if n > 4 else one == other


def _below(lines: Sequence[Line], i: int) -> str:
    """The title under a number that stands alone, behind the number of a paper."""
    for line in lines[i + 1 : i + 3]:
        if line.heading or line.kind != "prose":
            break
        title = _split_paper(line.text)[0]
        if title and not _PAPER_LINE.match(line.text):
            return title
    return ""


def _listed(lines: Sequence[Line], headings: dict[int, Heading], back: dict[int, int]) -> set[int]:
    """Blocks that announce an item: they come back with the same number and title, or stand among such blocks."""
    listed = {i for i in back if i in headings}
    if listed:  # the list runs up to where its first item comes back
        first, last = min(listed), max(listed)
        while first - 1 in headings and lines[first - 1].section == "agenda":
            first -= 1  # announced under another title than it is dealt with
        number = headings[first].number
        end = next((i for i, h in headings.items() if i > last and h.number == number), last + 1)
        listed.update(i for i in headings if first <= i < end)
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


def _with_subheadings(lines: Sequence[Line], entries: list[AgendaEntry], listed: set[int]) -> Iterator[AgendaEntry]:
    """Add what is headed without a number: "Altdeponie Ihlheide" under "TOP 5 Mitteilungen und Anfragen"."""
    for n, entry in enumerate(entries):
        yield entry
        heads = {entry.block, *entry.more}
        end = entries[n + 1].block if n + 1 < len(entries) else len(lines)
        for i in range(max(heads) + 1, end):
            if (
                i not in listed
                and _subheading(lines, i, below=i - 1 in heads)
                and lines[i].text not in (entry.title or "")
            ):
                yield replace(_bare_entry(lines, i), level=entry.level + 1)


def _subheading(lines: Sequence[Line], i: int, *, below: bool) -> bool:
    """Tell whether a short line between empty lines heads what follows: the text above has come to its end."""
    text = lines[i].text
    ended = below or lines[i - 1].text.endswith((".", "!", "?", ")", "“"))
    plain = len(text) <= 80 and text[-1] not in ".:;,!?)" and not _PAPER_LINE.match(text) and not person_like(text)
    return lines[i].alone and ended and plain and _bare_heading(lines, i)


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
