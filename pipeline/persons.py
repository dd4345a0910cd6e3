"""Mentions of persons, offices, groups and citizens.

A mention is what a clerk writes for somebody: "Landrat Dr. Lux", "Frau A.", "Ktabg. Zeh", "Der Vorsitzende", "die
Verwaltung", "Eine Anwohnerin", "Dr. Anna Lux". `find_mentions` reads a clean text from left to right: honorifics,
titles and offices in any order, then a name. Names that stand behind an honorific or an office anywhere in the
document are known in the whole document, so that "Lux bittet ..." is found as well.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from pipeline.mention_reader import MentionReader, opening
from pipeline.mentions import ClosedSpan, Mention
from pipeline.nominals import (
    gender_of,
    is_given_name,
)
from pipeline.words import Line, words_of

_LINE = re.compile(r"[^\n]+")


def find_mentions(
    text: str, seeds: Iterable[str] = (), speakers: Iterable[ClosedSpan] = (), breaks: Iterable[int] = ()
) -> list[Mention]:
    """Return the mentions in a clean text in order; they do not overlap.

    `seeds` are family names that are known from elsewhere, for instance from a named-entity recogniser, `speakers`
    spans that a base takes for speakers: they are mentions too where the rules see none. No mention reaches over an
    offset of `breaks`.
    """
    return _with_speakers(text, _turned(_find(text, seeds, sorted(breaks))), speakers)


def _find(text: str, seeds: Iterable[str], breaks: list[int]) -> list[Mention]:
    lines = [Line(text, words_of(text, a, b)) for m in _LINE.finditer(text) for a, b in _parts(*m.span(), breaks)]
    first = [list(_scan(line, frozenset())) for line in lines]
    known = set(seeds)
    for mentions in first:
        for mention in mentions:
            if mention.kind == "person" and mention.name and len(mention.name) > 2:
                known.add(mention.name)
            given = mention.given_name
            if given and " " not in given and not given.endswith("."):
                known.add(given)
    names = frozenset(known)
    parts = frozenset(part for name in names for part in name.split())
    return [
        mention
        for line, before in zip(lines, first, strict=True)
        for mention in (_scan(line, names) if _overlooked(line, before, parts) else before)
    ]


def _turned(mentions: list[Mention]) -> list[Mention]:
    """Turn names round whose first word is the family name elsewhere: "GV Egle Kurt" where others say "GV Egle"."""
    alone = {m.name for m in mentions if m.name and not m.given_name and (m.honorific or m.offices or m.title)}
    return [
        replace(m, name=m.given_name, given_name=m.name, gender=gender_of(m.name) or m.gender)
        if m.given_name in alone and m.name not in alone and is_given_name(m.name or "")
        else m
        for m in mentions
    ]


def _parts(start: int, end: int, breaks: list[int]) -> Iterator[ClosedSpan]:
    inside = breaks[bisect_right(breaks, start) : bisect_left(breaks, end)]
    yield from pairwise((start, *inside, end))


def _with_speakers(text: str, mentions: list[Mention], speakers: Iterable[ClosedSpan]) -> list[Mention]:
    ends = [mention.end for mention in mentions]
    added = []
    for start, end in speakers:
        i = bisect_right(ends, start)
        if i == len(mentions) or mentions[i].start >= end:
            added.append(_speaker(text, start, end))
    return sorted((*mentions, *added), key=lambda mention: mention.start) if added else mentions


def _speaker(text: str, start: int, end: int) -> Mention:
    """Read what no rule takes for a mention: "K. Lux", "Der BA", "EH", "Verwalter Lux", "EV 2"."""
    *before, last = text[start:end].split()
    article = before[0].lower() if before and opening(before[0]) == "article" else None
    if article:
        return Mention(start, end, "group", article=article, outer_end=end, head=last)
    given = " ".join(word for word in before if is_given_name(word) or (len(word) == 2 and word[1] == ".")) or None
    if last.isdigit():
        return Mention(
            start,
            end,
            "office",
            offices=((start, end),),
            lemmas=(text[start:end],),
            outer_end=end,
            head=text[start:end],
        )
    office = before[0] if len(before) == 1 and given is None else None  # whatever it is
    offices = ((start, start + len(office)),) if office else ()
    lemmas = (office.rstrip("."),) if office else ()
    return Mention(
        start, end, "person", last, given, offices=offices, lemmas=lemmas, gender=gender_of(given), outer_end=end
    )


def _overlooked(line: Line, mentions: list[Mention], parts: frozenset[str]) -> bool:
    """Tell whether a part of a known name stands outside of the mentions."""
    spans = iter(mentions)
    mention = next(spans, None)
    for word in line.words:
        if word.text not in parts:
            continue
        while mention is not None and mention.end <= word.start:
            mention = next(spans, None)
        if mention is None or word.start < mention.start:
            return True
    return False


def _scan(line: Line, known: frozenset[str]) -> Iterator[Mention]:
    reader = MentionReader(line, known)
    i = behind = 0
    last: Mention | None = None
    while i < len(line.words):
        if last is not None and i <= behind + 1 and last.kind == "person":
            joined = reader.listed(i, last)
            if joined is not None:
                yield joined
                last = joined
                i = behind = i + 1
                continue
            close = reader.bracket(i, last)
            if close is not None:
                i = behind = close
                continue
        found = reader.read(i) if reader.may_begin(i) else None
        if found is None:
            i += 1
        else:
            last, i = found
            behind = i
            yield last
