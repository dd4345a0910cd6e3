"""Where names stand in a text: in one piece, divided at line ends, spaced, with endings, several words in a run."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.joining import HYPHENS
from corpus.pseudonyms.lexicon import listed
from corpus.pseudonyms.names import Names, Owner
from corpus.pseudonyms.spelling import WORD, folded, words_of
from corpus.record import Span

_LETTERS = WORD.pattern
_DIVIDED = re.compile(rf"(?<![^\W\d_])(?P<first>{_LETTERS})[{HYPHENS}][^\S\n]*\n")
_LINE_START = re.compile(rf"^[^\S\n]*(?P<word>{_LETTERS})", re.MULTILINE)
_FURTHEST = 8  # lines of a page's foot and head between the halves of a divided word
_SPACED = re.compile(r"(?<![^\W\d_])[^\W\d_](?:[ \u00a0\u2009\u202f][^\W\d_](?![^\W\d_])){2,}")
_BEFORE_NUMBER = re.compile(r"\d\s?$")
_PARTICLES = "|".join(sorted(listed("particle")))
_GAP = re.compile(rf"(?:\s*|[{HYPHENS}]\s*|\s+(?:(?:{_PARTICLES})\s+)+|\s+(?:[A-ZÄÖÜ]\.\s*)+)")
_LISTED_GAP = re.compile(r",[^\S\n]*|[^\S\n]*\t[^\S\n]*")  # "Lux, Anna"
_OPENING_PARTICLES = re.compile(rf"\b(?:(?:{_PARTICLES})\s+)+$")
_INITIALS = re.compile(r"\b(?P<first>[A-ZÄÖÜ][a-zäöü]{0,2})\.\s?(?:-?[A-ZÄÖÜ]\.\s?)*$")
_APOSTROPHE = re.compile(r"\b[A-Z]['’]$")
_LONGEST_OPENING = 30
_LONGEST_SPACED = 24
_LOOKS_BACK = 3  # mentions of a record hardly overlap


@dataclass(frozen=True)
class Hit:
    """A name or a part of it: `word` without its ending, who owns it, and which mention of the record it stands in.

    A `common` word counts only in a mention or behind another word of the name. A `rest` is the second half of a word
    that a page's end divides; an `ending` that of the genitive ("s") or an adjective ("sche").
    """

    start: int
    end: int
    word: str
    owners: frozenset[int]
    mention: int | None = None
    rest: Span | None = None
    common: bool = False
    ending: str = ""


class Kept:
    """Where the record names persons who stay, and with which words."""

    def __init__(self, mentions: Iterable[tuple[Span, frozenset[str]]]) -> None:
        self._mentions = sorted(mentions, key=lambda mention: mention[0])
        self._starts = [span[0] for span, _ in self._mentions]

    def holds(self, offset: int, word: str) -> bool:
        """Tell whether the word at an offset is that of a person who stays."""
        last = bisect_right(self._starts, offset)
        near = self._mentions[max(0, last - _LOOKS_BACK) : last]
        return any(span[0] <= offset < span[1] and word in words for span, words in near)


def find_hits(text: str, names: Names, kept: Kept) -> list[Hit]:
    """Return the words of names in order, those that a person who stays bears in the same place left out."""
    if not names:
        return []
    mentions = _Mentions(names)
    found: list[Hit] = []
    last = 0
    for hit in sorted(_candidates(text, names), key=lambda hit: (hit.start, -hit.end)):
        if hit.start < last:
            continue
        mention = mentions.at(hit.start, hit.owners)
        if mention is not None:
            owner, number = mention
            hit = replace(hit, owners=frozenset((owner,)), mention=number)
        elif kept.holds(hit.start, hit.word) or (hit.common and not _goes_on(text, found, hit)):
            continue
        elif names.is_given(hit.word, hit.owners) and _BEFORE_NUMBER.search(text, max(0, hit.start - 2), hit.start):
            continue  # "150 Mark"
        found.append(hit)
        last = hit.end
    return found


def _goes_on(text: str, found: Sequence[Hit], hit: Hit) -> bool:
    return bool(found) and text[found[-1].end : hit.start] == " " and bool(found[-1].owners & hit.owners)


def runs(text: str, hits: Sequence[Hit], names: Names) -> Iterator[list[Hit]]:
    """Yield the hits that are one name together: "Anna von Lux", "Lux, Anna", "Lux-Berg"."""
    run: list[Hit] = []
    for hit in hits:
        if run and not _continues(text, run, hit, names):
            yield run
            run = []
        run.append(hit)
    if run:
        yield run


def common_owners(run: Sequence[Hit]) -> frozenset[int]:
    """Return who owns all words of a run."""
    return frozenset.intersection(*(hit.owners for hit in run))


def opening(text: str, start: int, owner: Owner) -> int:
    """Return where the name at an offset begins, with particles and initials: "von der Lux", "P. Lux", "O'Lux"."""
    before = text[max(0, start - _LONGEST_OPENING) : start]
    particles = _OPENING_PARTICLES.search(before)
    if particles and {folded(word) for word in words_of(particles.group())} <= {*map(folded, words_of(owner.name))}:
        before = before[: particles.start()]
        start -= len(particles.group())
    initials = _INITIALS.search(before)
    if initials and folded(owner.given_name or "").startswith(folded(initials["first"])):
        start -= len(initials.group())
    return start - 2 if _APOSTROPHE.search(text, max(0, start - 3), start) else start


def _continues(text: str, run: list[Hit], hit: Hit, names: Names) -> bool:
    last = run[-1]
    shared = common_owners([*run, hit])
    if not shared or last.rest or hit.rest or last.mention != hit.mention:
        return False
    if any(hit.word == other.word for other in run):
        return False
    gap = text[last.end : hit.start]
    if names.is_given(hit.word, shared) and not names.is_given(last.word, shared):
        return _LISTED_GAP.fullmatch(gap) is not None or gap == " "
    if gap.count("\n") > 1:
        return False
    if "\n" in gap and not names.is_given(last.word, shared) and gap[:1] not in HYPHENS:
        return False
    return _GAP.fullmatch(gap) is not None


def _candidates(text: str, names: Names) -> Iterator[Hit]:
    for match in WORD.finditer(text):
        if match.group()[0].isupper():
            word, owners, ending = names.of(match.group())
            if owners:
                yield Hit(*match.span(), word, owners, ending=ending)
                continue
            word, owners = names.common(match.group())
            if owners:
                yield Hit(*match.span(), word, owners, common=True)
    yield from _divided(text, names)
    for match in _SPACED.finditer(text):
        yield from _spaced(match, names)


def _divided(text: str, names: Names) -> Iterator[Hit]:
    """ "Mühl-" at the end of a line and "berg" at the start of the next, or of one behind a page's foot and head."""
    for match in _DIVIDED.finditer(text):
        if not match["first"][0].isupper():
            continue
        lines = _LINE_START.finditer(text, match.end())
        for _, second in zip(range(_FURTHEST), lines, strict=False):
            word, owners, ending = names.of(match["first"] + second["word"])
            if owners:
                near = not text[match.end() : second.start("word")].strip()
                start, end = match.span("first")
                if near:
                    yield Hit(start, second.end("word"), word, owners, ending=ending)
                else:
                    yield Hit(start, end + 1, word, owners, rest=second.span("word"), ending=ending)
                break


def _spaced(match: re.Match[str], names: Names) -> Iterator[Hit]:
    """ "M ü l l e r", also within "F r a u M ü l l e r"."""
    letters = [(offset, sign) for offset, sign in enumerate(match.group(), match.start()) if sign.isalpha()]
    first = 0
    while first < len(letters):
        longest = min(len(letters), first + _LONGEST_SPACED) if letters[first][1].isupper() else first
        for last in range(longest, first + 2, -1):
            word, owners, ending = names.of("".join(sign for _, sign in letters[first:last]))
            if owners:
                yield Hit(letters[first][0], letters[last - 1][0] + 1, word, owners, ending=ending)
                first = last - 1
                break
        first += 1


class _Mentions:
    """Where the record names the owners."""

    def __init__(self, names: Names) -> None:
        self._spans = sorted((*span, number) for number, owner in enumerate(names.owners) for span in owner.mentions)
        self._starts = [start for start, _, _ in self._spans]

    def at(self, offset: int, owners: frozenset[int]) -> tuple[int, int] | None:
        """Return the owner whom the record names at an offset, and the number of the mention."""
        last = bisect_right(self._starts, offset)
        for number in range(last - 1, max(-1, last - 1 - _LOOKS_BACK), -1):
            start, end, owner = self._spans[number]
            if start <= offset < end and owner in owners:
                return owner, number
        return None
