"""Agenda items: which lines are headings of items that are dealt with, and which only announce them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.lexicon import pattern
from pipeline.nominals import is_given_name, is_office
from pipeline.words import words_of

_PAPER = re.compile(
    r"""(?x) (?: (?:Vorlagen?(?:-?\s?Nr\.?|nummer)?|Drucksachen?(?:-?Nr\.?)?|Drs\.?(?:-Nr\.)?|DS|SV|Anlage|BV|Antrag|VO|V)\s*[:.]?\s*
        )? \b( (?:[A-Z]{1,5}[-/ ])? \d{1,4} (?: [-/] (?:[A-Z]{1,5}|\d{2,5}|[IVX]+) )+ | [A-Z]{1,4}-\d+-\d+ | [A-Z]{1,3}/\d+/\d+ ) (?=\W|$)"""
)
_STRONG = re.compile(
    r"""(?x) (?: (?:zu\s+)? (?:Tagesordnungspunkt|TOP|Top|T\.?O\.?P\.?|Traktandum|Trakt\.|Traktand)\s* (?:Nr\.?\s*)? (?P<a>[ÖNöÖ]?\s?\d+(?:\.\d+)*[a-z]?|[IVX]+) \.? \)?
        | (?:Zu\s+)? Punkt \s+ (?P<b>\d+(?:\.\d+)*[a-z]?|[IVX]+) \.? (?:\s+der\s+Tagesordnung)?
        | [Zz]u \s+ (?P<c>\d+(?:\.\d+)*[a-z]?) \.? (?=\s{1,}[A-ZÄÖÜ„"])
        | (?P<f>\d{1,2})\.\)(?=\s*$) | (?P<d>[ÖN]\s\d+(?:\.\d+)*) | §\s?(?P<e>\d+[a-z]?)(?=$|\s+(?!Abs|Satz|Nr|und|bis|ff)[A-ZÄÖÜ])
        ) \s*[:.)–—-]*\s* (?P<title>.*) $"""
)
_MARKDOWN = re.compile(r"#{2,6}\s+")
_WEAK = re.compile(
    r"""(?x) (?: (?P<a>\d{1,2}(?:\.\d{1,2}){0,3}[a-z]?) (?:\.\)?|\))? | (?P<b>[IVX]{1,5})\. ) \s+ (?P<title>(?=[A-ZÄÖÜ„"(]).+) $"""
)
# a heading names a matter: it has no finite verb of a sentence and no full stop at its end
_SENTENCE = pattern("agenda.sentence")
_VERDICT = pattern("agenda.verdict")
_NAMEY = re.compile(r"(?:Herrn?|Frau|Hr\.|Fr\.|Dr\.|Prof\.)\s")
_DATE = re.compile(r"\d{1,2}\.\s*(?:\d{1,2}\.|[A-ZÄ][a-zä]+)\s*\d{2,4}")
_PREAMBLE = pattern("agenda.preamble")


LISTS = ("present", "excused", "absent", "head")  # sections that hold lists of names


@dataclass(frozen=True)
class Heading:
    """How a line reads as a heading; `strong` where it says so itself ("TOP 3", "Punkt 4 der Tagesordnung")."""

    number: str
    title: str
    strong: bool


@dataclass(frozen=True)
class AgendaEntry:
    """An item that is dealt with: the block of its heading and blocks that carry its title on."""

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
        m = _WEAK.match(line, markdown.end())
        return Heading(_number(m), m["title"].strip(), strong=True) if m else None
    m = _STRONG.match(line)
    if m:
        title = m["title"].strip()
        if title and (title[0].islower() or (_SENTENCE.search(title) and len(title) > 40 and title.endswith("."))):
            return None  # "Zu Punkt 3 fragt Frau Lux, ob ..."
        return Heading(_number(m), title, strong=True)
    m = _WEAK.match(line)
    if (
        m
        and not _MONTHLY.match(line)
        and not (len(m["title"]) > 25 and m["title"].endswith("."))
        and not _VERDICT.search(m["title"])
    ):
        return Heading(_number(m), m["title"].strip(), strong=False)
    return None


_MONTHLY = pattern("agenda.monthly")


def _number(m: re.Match[str]) -> str:
    return next(v for k, v in m.groupdict().items() if k != "title" and v)


def agenda_items(blocks: Sequence[tuple[str, Heading | None, str, str]]) -> Agenda:
    """Choose the items among blocks given as (text, heading, section, kind), in order.

    Where headings carry numbers, only numbered lines are items; what stands in the announced agenda, or comes back
    later under the same number, is listed. Where none does, a short line without a sentence above prose is an item.
    """
    candidates = [
        i for i, (text, heading, section, _) in enumerate(blocks) if heading and _title_like(heading, section)
    ]
    listed = _listed(blocks, candidates)
    strong = [i for i in candidates if blocks[i][1].strong and i not in listed]  # type: ignore[union-attr]
    chosen = strong if strong else [i for i in candidates if i not in listed]
    if strong:
        chosen = _with_subitems(blocks, candidates, strong, listed)
    chosen = [i for i in chosen if not _number_alone(blocks, chosen, i)]
    if chosen and not (len(chosen) == 1 and not strong and _prose_blocks(blocks) > 12):
        return Agenda(tuple(_entry(blocks, i, chosen) for i in chosen), tuple(sorted(listed)))
    bare = [i for i in range(len(blocks)) if _bare_heading(blocks, i)]
    return Agenda(tuple(AgendaEntry(i, (), None, *_split_paper(blocks[i][0]), 1) for i in bare), tuple(sorted(listed)))


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


def _listed(blocks: Sequence[tuple[str, Heading | None, str, str]], candidates: list[int]) -> set[int]:
    """Blocks that announce an item: under "Tagesordnung", or coming back later with the same number and title."""
    listed: set[int] = set()
    later: dict[tuple[str, str], int] = {}
    for i in reversed(candidates):
        heading = blocks[i][1]
        assert heading is not None
        key = (heading.number.rstrip("."), re.sub(r"\W+", "", heading.title).casefold()[:12])
        if key in later and blocks[i][2] in ("agenda", "body", "head", "present"):
            listed.add(i)
        later.setdefault(key, i)
    again = [i for i in candidates if i in listed or blocks[i][2] == "agenda"]
    if any(i in listed for i in again):  # the list runs up to where its first item comes back
        first = blocks[min(listed)][1]
        assert first is not None
        back = next(
            (i for i in candidates if i > max(listed) and blocks[i][1].number == first.number),  # type: ignore[union-attr]
            max(listed) + 1,
        )
        listed.update(i for i in candidates if min(listed) <= i < back)
    return listed


def _with_subitems(
    blocks: Sequence[tuple[str, Heading | None, str, str]], candidates: list[int], strong: list[int], listed: set[int]
) -> list[int]:
    """Add "5.1 Meierstraße" under "TOP 5": weak headings whose number begins with that of the item above."""
    chosen = []
    above = ""
    for i in candidates:
        heading = blocks[i][1]
        assert heading is not None
        if i in listed:
            continue
        if heading.strong:
            chosen.append(i)
            above = heading.number.lstrip("ÖN ")
        elif above and heading.number.startswith(above + "."):
            chosen.append(i)
    return chosen


def _number_alone(blocks: Sequence[tuple[str, Heading | None, str, str]], chosen: list[int], i: int) -> bool:
    """ "3." directly above "Punkt 3 der Tagesordnung: ..." says nothing of its own."""
    heading = blocks[i][1]
    return heading is not None and not heading.strong and not heading.title and i + 1 in chosen


def _prose_blocks(blocks: Sequence[tuple[str, Heading | None, str, str]]) -> int:
    return sum(kind == "prose" and len(text) > 80 for text, _, _, kind in blocks)


def _entry(blocks: Sequence[tuple[str, Heading | None, str, str]], i: int, chosen: list[int]) -> AgendaEntry:
    heading = blocks[i][1]
    assert heading is not None
    title, paper = _split_paper(heading.title)
    more: list[int] = []
    k = i + 1
    while k < len(blocks) and k not in chosen and len(more) < 3:
        text, other, section, kind = blocks[k]
        if re.match(r"(?:Vorlage|Drucksache|Drs)", text) and len(text) < 60:
            paper = paper or _split_paper(text)[1]
            break
        if (title and not more) or kind != "prose" or other or len(text) > 200 or _SENTENCE.search(text):
            break
        rest, found = _split_paper(text)
        paper = paper or found
        if rest:
            if title:
                break
            title = rest
            more.append(k)
        k += 1
    return AgendaEntry(i, tuple(more), heading.number, title, paper, heading.number.count(".") + 1)


def _split_paper(title: str) -> tuple[str | None, str | None]:
    """Cut the number of a paper off a title: "Haushalt - Vorlage: 2021/0930" -> ("Haushalt", "2021/0930")."""
    m = None
    for m in _PAPER.finditer(title):
        pass
    if m is None or (
        m.start() > 0 and m.end() < len(title) - 2 and not title[m.end() :].strip().startswith(("(", "-"))
    ):
        return title.strip() or None, None
    rest = (title[: m.start()] + title[m.end() :]).strip(" -–,:;()|")
    return rest or None, m.group(1)


def _bare_heading(blocks: Sequence[tuple[str, Heading | None, str, str]], i: int) -> bool:
    text, _, section, kind = blocks[i]
    if kind != "prose" or section not in ("body", "debate", "decision", "result") or not 3 <= len(text) <= 160:
        return False
    if (not text[0].isupper() and text[0] not in '„"') or _SENTENCE.search(text) or text.endswith(":"):
        return False
    if _VERDICT.search(text) or _PREAMBLE.match(text) or _DATE.search(text) or _NAMEY.match(text):
        return False
    return i + 1 < len(blocks) and blocks[i + 1][3] in ("prose", "bullet") and len(blocks[i + 1][0]) > 60
