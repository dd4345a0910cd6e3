"""Which body sits, and the number of its sitting: "Niederschrift über die 12. Sitzung des Bauausschusses".

`sitting_body` prefers what the minutes say outright ("Gremium: Rat", "Sitzung des Rates") to lines of the title that
only name a body: "Die Bürgerschaft" above "Ausschuss für Kultur" is the body that the committee belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.lexicon import pattern, rows
from pipeline.moments import Stated

_NOUN = "|".join(f"(?:{noun})" for noun, _ in rows("bodies.tsv"))
_NOMINATIVES = tuple(
    (re.compile(rf"(?:{noun})(?:{genitive})$", re.I), genitive) for noun, genitive in rows("bodies.tsv")
)
_GENITIVE = "|".join(sorted({genitive for _, genitive in rows("bodies.tsv") if genitive != "-"}))
_BODY = re.compile(
    rf"""(?x)
    (?P<noun> (?:[A-ZÄÖÜ][\w-]*-,?\s+(?:(?:und|u\.|sowie)\s+)?)*
              (?<![\w-])(?=[A-ZÄÖÜ])[\w-]*? (?i:{_NOUN})(?i:{_GENITIVE})? (?![\w-]) )
    (?P<tail> {pattern("sittings.tail").pattern} )?"""
)
_NO_BODY = pattern("sittings.no_body")
_TAIL_END = pattern("sittings.tail_end")
_LABEL = pattern("sittings.label")
_OF = pattern("sittings.of")
_AND = pattern("sittings.and")
_BEHIND = pattern("sittings.behind")
_COMPOUND = pattern("sittings.compound")
_NUMBER = pattern("sittings.number")


def sitting_body(text: str, lines: Sequence[tuple[int, int]]) -> Stated[str] | None:
    """Return the body in the nominative; `lines` are the spans of the title and the lines below it."""
    if not lines:
        return None
    start, end = lines[0][0], lines[-1][1]
    for label in _LABEL.finditer(text, start, end):
        found = _body(text, label.end(), end)
        if found:
            return found
    for sitting in _OF.finditer(text, start, end):
        found = _body(text, sitting.end(), end)
        if found:
            return _joint(text, found, end)
    titles = [found for a, b in lines if text[b - 1] not in ".:" and b - a <= 160 and (found := _first(text, a, b))]
    for found in titles:
        if _BEHIND.match(text, found.end):  # "AG Schule, 7. Beratung"
            return found
    compound = _COMPOUND.search(text, start, end)
    if compound and not titles:
        return Stated(_nominative(compound["body"]), *compound.span("body"))
    return titles[-1] if titles else None


def sitting_number(text: str, start: int, end: int) -> Stated[str] | None:
    """Return the number of the sitting as written: "12", "XII/3", "BauA/009/2024"."""
    m = _NUMBER.search(text, start, end)
    if m is None:
        return None
    group = next(name for name, value in m.groupdict().items() if value)
    return Stated(m[group], *m.span(group))


def _first(text: str, start: int, end: int) -> Stated[str] | None:
    """The first body of a line; before a colon it is a label of a list ("Präsidium: Anna Lux")."""
    for m in _BODY.finditer(text, start, end):
        if not _NO_BODY.match(text, m.start(), end) and text[m.end("noun") : m.end("noun") + 1] != ":":
            return _stated(text, m)
    return None


def _body(text: str, start: int, end: int) -> Stated[str] | None:
    """The body that the text names just here."""
    m = _BODY.match(text, start, end)
    return _stated(text, m) if m and not _NO_BODY.match(text, start, end) else None


def _stated(text: str, m: re.Match[str]) -> Stated[str]:
    tail = m["tail"] or ""
    cut = _TAIL_END.search(tail)
    tail = (tail[: cut.start()] if cut else tail).rstrip(" ,.–-")
    end = m.end("noun") + len(tail)
    return Stated(_nominative(m["noun"]) + tail, m.start("noun"), end)


def _joint(text: str, first: Stated[str], stop: int) -> Stated[str]:
    """Add the other bodies of a joint sitting: "des Bauausschusses und des Umweltausschusses"."""
    values, end = [first.value], first.end
    while (link := _AND.match(text, end, stop)) and (other := _body(text, link.end(), stop)):
        values.append(other.value)
        end = other.end
    return Stated(" und ".join(values), first.start, end)


def _nominative(noun: str) -> str:
    for expression, genitive in _NOMINATIVES:
        m = expression.search(noun) if genitive != "-" else None
        if m:
            return re.sub(rf"(?:{genitive})$", "", noun, flags=re.I)
    return noun
