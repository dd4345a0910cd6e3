"""Names that the record lacks: words behind "Frau", "Familie", "Anwohner", and behind a given name."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from corpus.pseudonyms.lexicon import (
    announces_name,
    is_given_name,
    is_office_noun,
    is_private_noun,
    listed,
    may_be_name,
    written,
)
from corpus.pseudonyms.names import Owner
from corpus.pseudonyms.spelling import WORD, folded, words_of
from corpus.record import Minutes, Span

_TITLE = "|".join(map(re.escape, written("title")))
_NAME = rf"{WORD.pattern}(?:[-‐‑]{WORD.pattern})*"
_PARTICLES = r"(?P<particles>(?:(?:von|van|de|zu|le|la|di|da|El)\s+(?:(?:de[rnm]|la)\s+)?)?)"
_TITLES = rf"(?:(?i:{_TITLE})\b[.-]?\s*)*"
_BEHIND_HONORIFIC = re.compile(
    rf"\.?\s+{_TITLES}(?P<given>(?:{_NAME}[^\S\n]+|[A-ZÄÖÜ]\.[^\S\n]*)?){_PARTICLES}(?P<family>{_NAME})"
)
_BEHIND_NOUN = re.compile(
    rf"[^\S\n]+{_TITLES}(?P<given>(?:{_NAME}[^\S\n]+|[A-ZÄÖÜ]\.[^\S\n]*)?){_PARTICLES}(?P<family>{_NAME})"
)
_FULL = re.compile(rf"(?P<given>{_NAME})\s+(?:[A-ZÄÖÜ]\.\s*)?{_PARTICLES}(?P<family>{_NAME})(?!\w*[-‐‑])")
_BEFORE = re.compile(rf"({WORD.pattern})\W{{0,2}}$")
_LONG_LINE = 50  # characters
_COUNTED = re.compile(r"[\d-]\s?$")
_FIRM = re.compile(r"\s+(?:\w+\s+)?(?:GmbH|mbH|gGmbH|AG|KG|OHG|e\.\s?V|&)")


def unresolved_names(minutes: Minutes, kept: frozenset[str]) -> Iterator[Owner]:
    """Yield the names of private persons whom the record does not list; a name of somebody who stays is none."""
    mentions = sorted(span for person in minutes.persons if person.kind == "person" for span in person.mentions)
    starts = [start for start, _ in mentions]
    for lead in WORD.finditer(minutes.text):
        if not lead.group()[0].isupper():
            continue
        found = _behind(minutes.text, lead)
        if found is None or any(_inside(mentions, starts, found.start(part)) for part in ("given", "family")):
            continue
        given, family = found["given"].strip(), found["family"]
        if found.re is _FULL and not _on_one_line(found):
            continue
        if (
            given
            and found.re is not _FULL
            and not given.endswith(".")
            and not (is_given_name(given) and _may_be(family))
        ):
            given, family = "", given  # "Frau Lux Auskunft"
        if _may_be(family) and not any(word in kept for word in _parts(family)):
            first = set(_parts(given)) - kept if not given.endswith(".") else set()
            yield Owner(None, family, given or None, set(_parts(family)), first)


def _behind(text: str, lead: re.Match[str]) -> re.Match[str] | None:
    """Return the name behind a word that has one behind it."""
    word = lead.group()
    if folded(word) in listed("honorific"):
        before = _BEFORE.search(text, max(0, lead.start() - 40), lead.start())
        in_office = before is not None and is_office_noun(before[1])  # "Stadtrat Herr Lux"
        return None if in_office else _BEHIND_HONORIFIC.match(text, lead.end())
    if announces_name(word):
        found = _BEHIND_NOUN.match(text, lead.end())
    elif is_given_name(word) and not _COUNTED.search(text, max(0, lead.start() - 2), lead.start()):
        found = _FULL.match(text, lead.start())  # not "150 Mark Strafe"
    else:
        return None
    return found if found and not _FIRM.match(text, found.end()) else None


def _on_one_line(name: re.Match[str]) -> bool:
    """Tell whether a name stands in one line, or is divided by the end of a long one, not by that of a list's entry."""
    line_end = name.string.find("\n", *name.span())
    return line_end < 0 or line_end - name.string.rfind("\n", 0, name.start()) > _LONG_LINE


def _may_be(word: str) -> bool:
    return may_be_name(word) and not is_office_noun(word) and not is_private_noun(word)


def _parts(name: str) -> list[str]:
    return [folded(word) for word in words_of(name) if may_be_name(word)]


def _inside(mentions: list[Span], starts: list[int], offset: int) -> bool:
    last = bisect_right(starts, offset)
    return any(offset < end for _, end in mentions[max(0, last - 3) : last])
