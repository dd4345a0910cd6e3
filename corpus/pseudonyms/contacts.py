"""E-mail addresses, telephone numbers, and postal addresses beside a name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from corpus.pseudonyms.edits import Edit
from corpus.pseudonyms.lexicon import may_be_name, written
from corpus.record import Span

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}(?:@|\s?[\[(](?:at|@)[\])]\s?)[\w-]{1,64}(?:\.[\w-]{1,64})+")
_TELEPHONE = re.compile(
    r"""(?:(?<=Tel\.)|(?<=Tel\.:)|(?<=Telefon)|(?<=Telefon:)|(?<=Mobil)|(?<=Mobil:)|(?<=Handy)|(?<=Handy:)|(?<=Fax)
        |(?<=Fax:)|(?<=Nummer))\s*(?P<labelled>[+(]?\d[\d\s/()–-]{3,20}\d)
      | (?<![\w/.-])(?P<plain>(?:\+\d{2}|00\d{2}|0\d{2,5})[\s/()–-]{1,3}\d[\d\s–-]{3,20}\d)(?![\w/.-]*\d)
    """,
    re.VERBOSE,
)
_ENDINGS = "|".join(map(re.escape, written("street")))
_AT = "|".join(word.capitalize() for word in written("at"))
_NUMBER = r"[^\S\n]+\d{1,3}(?:\s?[a-z]\b)?(?!\d|[.,]\d|\s?(?:Uhr|€|Euro|%|Prozent|m\b|km\b))"
_PLACE = r"(?:(?:,\s*|\s+in\s+)\d{4,5}\s+[A-ZÄÖÜ][\w-]+)?"
_ADDRESS = re.compile(
    rf"""(?: \b(?:[A-ZÄÖÜ][\w.-]{{,40}}[\s-]){{0,2}}[A-ZÄÖÜ]?[\w-]{{,40}}(?i:{_ENDINGS})\b\.?  # "Lindenstr."
           | \b(?:{_AT})\s+(?:(?:der|den|dem|alten|neuen)\s+)*(?P<at>[A-ZÄÖÜ][\w-]+)     # "Am Anger"
         ){_NUMBER}{_PLACE}""",
    re.VERBOSE,
)
_FURTHEST = 60  # characters
_BESIDE = re.compile(rf"[\s,;:()–-]*(?:(?i:{'|'.join(written('beside'))})\b[\s,;:()–.-]*)*")


def contact_edits(text: str, names: Iterable[Edit]) -> Iterator[Edit]:
    """Yield edits of all e-mail addresses and telephone numbers, and of the addresses beside the replaced names."""
    for match in _MAIL.finditer(text):
        yield Edit(*match.span(), "[E-Mail]")
    for match in _TELEPHONE.finditer(text):
        yield Edit(*match.span(match.lastgroup or 0), "[Telefon]")
    spans = sorted((edit.start, edit.end) for edit in names)
    starts = [start for start, _ in spans]
    for match in _ADDRESS.finditer(text) if spans else ():
        if match["at"] and not may_be_name(match["at"]):
            continue  # "Auf Seite 7"
        behind = bisect_left(starts, match.start())
        if any(_beside(text, span, match.span()) for span in spans[max(0, behind - 1) : behind + 2]):
            yield Edit(*match.span(), "[Adresse]")


def _beside(text: str, name: Span, address: Span) -> bool:
    """Tell whether a name and an address stand in one phrase: "Herr Lux, wohnhaft Am Anger 3", "Am Anger 3 (Lux)"."""
    first, second = sorted((name, address))
    return first[1] <= second[0] <= first[1] + _FURTHEST and bool(_BESIDE.fullmatch(text, first[1], second[0]))
