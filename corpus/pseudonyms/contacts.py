"""E-mail addresses, telephone numbers, and postal addresses beside a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus.pseudonyms.edits import Edit
from corpus.pseudonyms.lexicon import written

_MAIL = re.compile(r"[\w.+-]+(?:@|\s?[\[(](?:at|@)[\])]\s?)[\w-]+(?:\.[\w-]+)+")
_TELEPHONE = re.compile(
    r"""(?:(?<=Tel\.)|(?<=Tel\.:)|(?<=Telefon)|(?<=Telefon:)|(?<=Mobil)|(?<=Mobil:)|(?<=Handy)|(?<=Handy:)|(?<=Fax)
        |(?<=Fax:)|(?<=Nummer))\s*(?P<labelled>[+(]?\d[\d\s/()–-]{3,}\d)
      | (?<![\w/.-])(?P<plain>(?:\+\d{2}|00\d{2}|0\d{2,5})[\s/()–-]{1,3}\d[\d\s–-]{3,}\d)(?![\w/.-]*\d)
    """,
    re.VERBOSE,
)
_ENDINGS = "|".join(map(re.escape, written("street")))
_AT = "|".join(word.capitalize() for word in written("at"))
_NUMBER = r"\s+\d{1,3}(?:\s?[a-z]\b)?(?!\d|[.,]\d|\s?(?:Uhr|€|Euro|%|Prozent|m\b|km\b))"
_PLACE = r"(?:(?:,\s*|\s+in\s+)\d{4,5}\s+[A-ZÄÖÜ][\w-]+)?"
_ADDRESS = re.compile(
    rf"""(?: (?:[A-ZÄÖÜ][\w.-]*[\s-]){{0,2}}[A-ZÄÖÜ]?[\w-]*(?i:{_ENDINGS})\b\.?  # "Lindenstr.", "Lange Gasse"
           | \b(?:{_AT})\s+(?:(?:der|den|dem|alten|neuen)\s+)*[A-ZÄÖÜ][\w-]+     # "Am Anger"
         ){_NUMBER}{_PLACE}""",
    re.VERBOSE,
)
_NEAR = 60  # characters
_APART = re.compile(r"\n\s*\n")


def contact_edits(text: str, names: Iterable[Edit]) -> Iterator[Edit]:
    """Yield edits of all e-mail addresses and telephone numbers, and of the addresses beside the replaced names."""
    for match in _MAIL.finditer(text):
        yield Edit(*match.span(), "[E-Mail]")
    for match in _TELEPHONE.finditer(text):
        yield Edit(*match.span(match.lastgroup or 0), "[Telefon]")
    near = [(edit.start - _NEAR, edit.end + _NEAR) for edit in names]
    for match in _ADDRESS.finditer(text) if near else ():
        if any(start < match.end() and match.start() < end and _beside(text, match, start, end) for start, end in near):
            yield Edit(*match.span(), "[Adresse]")


def _beside(text: str, match: re.Match[str], start: int, end: int) -> bool:
    """Tell whether no paragraph ends between an address and a name."""
    between = text[start + _NEAR : match.start()] if match.start() >= end - _NEAR else text[match.end() : start + _NEAR]
    return _APART.search(between) is None
