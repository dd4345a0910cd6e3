"""Counted votes in the result of a resolution."""

from __future__ import annotations

import re
from typing import Literal

from corpus.record import Votes
from pipeline.lexicon import alternatives, pattern, rows

Ballot = Literal["yes", "no", "abstain"]

_NUMBERS = {word: int(number) for word, number in rows("numbers.tsv")}
_NUMBER = rf"(?P<n>\d{{1,3}}|{alternatives(_NUMBERS)})"
_KINDS: dict[Ballot, str] = {
    "yes": pattern("votes.yes").pattern,
    "no": pattern("votes.no").pattern,
    "abstain": pattern("votes.abstain").pattern,
}
_UNITS = (
    r"(?!\s*(?:Uhr|Euro|€|[-–]?\s*(?:Stimm|Gegenst)))(?!\s+(?!Ja|Nein|Dagegen|Enth|Stimm|und\b|bei\b)[A-Za-zÄÖÜäöü])"
)


def _compiled(template: str) -> dict[Ballot, re.Pattern[str]]:
    return {ballot: re.compile(template.replace("KIND", kind), re.IGNORECASE) for ballot, kind in _KINDS.items()}


# "3 Nein-Stimmen", "einer Enthaltung"
_BEFORE = _compiled(rf"(?<![\w:.,]){_NUMBER}\s*x?\s*(?:KIND)")
# "Dagegen: 2", "Ja-Stimmen (SPD) : 8", "Enthaltung: keine"
_BEHIND = _compiled(
    r"(?<!\w)(?:KIND)(?:\s*\([^)]*\))?\s*[:=]\s*(?P<n>\d{1,3}|keine?r?|eine?|zwei|drei|--?)(?![\d.]*\d)"
)
# "Dafür 5", not "dagegen 19 Uhr"
_LOOSE = _compiled(rf"\b(?:KIND)\s+(?P<n>\d{{1,3}})(?![.\d]*\d)\b{_UNITS}")
# "Abstimmung: Ja 16 Nein 0": the name of each ballot stands before its number
_NAME_FIRST = re.compile(
    rf"\D*\b(?:{'|'.join(_KINDS.values())})\s+\d|[^\n]*\b(?:{'|'.join(_KINDS.values())})\s+\d{{1,3}}\s*$",
    re.IGNORECASE | re.MULTILINE,
)
# "15 : 0", "mit 12 zu 3 Stimmen", "6/0/1 angenommen"
_RATIO = pattern("votes.ratio")
_RATIO_CONTEXT = pattern("votes.ratio_context")
_WITH = re.compile(
    rf"\bmit\s+{_NUMBER}\s+(?:von\s+\d+\s+)?Stimmen\b(?!\s*(?:der|von|aus|gegen|dagegen))", re.IGNORECASE
)


def votes(text: str) -> Votes | None:
    """Read the counted votes of a result, `None` where it counts none; a kind that is not counted stays `None`.

    >>> votes("Bei 3 Nein-Stimmen und einer Enthaltung mehrheitlich zugestimmt")
    Votes(yes=None, no=3, abstain=1)
    """
    found: dict[Ballot, int] = {}
    name_first = _NAME_FIRST.match(text) is not None
    for ballot in _KINDS:
        orders = (_BEHIND, _LOOSE, _BEFORE) if name_first else (_BEHIND, _BEFORE, _LOOSE)
        m = next((m for order in orders if (m := order[ballot].search(text))), None)
        if m:
            found[ballot] = number(m["n"])
    if "yes" not in found and "no" not in found and _RATIO_CONTEXT.search(text) and (m := _RATIO.search(text)):
        found["yes"], found["no"] = int(m["yes"]), int(m["no"])
        if m["abstain"]:
            found["abstain"] = int(m["abstain"])
    if "yes" not in found and (m := _WITH.search(text)):
        found["yes"] = number(m["n"])
    if not found or not (any(found.values()) or re.search(r"\d", text)):
        return None
    return Votes(yes=found.get("yes"), no=found.get("no"), abstain=found.get("abstain"))


def number(text: str) -> int:
    """Return a number in digits or as a word, 0 for none."""
    return int(text) if text.isdigit() else _NUMBERS.get(text.lower(), 0)
