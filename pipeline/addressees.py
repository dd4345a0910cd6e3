"""Whom a verb is directed to: "bittet Herrn Lux", "dankt der Verwaltung", "erkundigt sich beim Bauamt"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.persons import Mention
from pipeline.syntax import PREPOSITIONS, Cue

_JOINT = re.compile(
    r"\s*(?:(?P<last>,?\s*(?:und|sowie|insbesondere|besonders|darunter|vor allem))|,)\s+"
    r"(?:besonders\s+|auch\s+)?(?:von\s+|an\s+)?(?:den\s+|die\s+|der\s+)?"
)
_CLAUSE_BEGINS = re.compile(r"[,;:]|\b(?:dass|ob)\b")
_PLAIN_OBJECT = re.compile(r"\s*(?:(?:\w+\s+){0,2})(?:der |die |den |dem |das )?")
_GENITIVE = re.compile(r"[A-ZÄÖÜ]\w+\s*(?:der |des )?$")
_OF_SOMETHING = re.compile(r"[A-ZÄÖÜ]\w+ von")


def addressees(masked: str, mentions: Sequence[Mention], candidates: Sequence[int], cue: Cue) -> list[int]:
    """Return whom the verb of a cue is directed to: persons in the case that it asks for, behind it.

    `candidates` are the numbers of the mentions of its sentence that are no subjects, in order.
    """
    if cue.span is None or (cue.verb is None and not {"ask", "chair"} & set(cue.functions)):
        return []
    asks = "ask" in cue.functions
    case = cue.verb.object if cue.verb else "acc" if asks else "an"
    for k, i in enumerate(candidates):
        start = mentions[i].start
        if start <= cue.span[0]:
            continue
        between = masked[cue.span[1] : start]
        if _CLAUSE_BEGINS.search(between):
            break
        if mentions[i].article == "beim" or _is_object(between, case, asks=asks):
            return _enumerated(masked, mentions, candidates[k:])
    return []


def _enumerated(masked: str, mentions: Sequence[Mention], candidates: Sequence[int]) -> list[int]:
    """ "die Anwesenden, insbesondere Herrn Lux", "Herrn Lux, Frau Zeh und Herrn Rot"; no list without "und"."""
    group, sure = [candidates[0]], 1
    for i in candidates[1:]:
        joint = _JOINT.fullmatch(masked, mentions[group[-1]].outer_end, mentions[i].start)
        if not joint:
            break
        group.append(i)
        if joint["last"]:
            sure = len(group)
    return group[:sure]


def _is_object(between: str, case: str, *, asks: bool) -> bool:
    """Tell from the words between verb and mention whether the mention is the person addressed."""
    words = between.split()
    last = words[-1].lower() if words else ""
    if last in ("an", "bei", "gegenüber"):
        return True
    if last in ("von", "vom"):
        return asks and not _OF_SOMETHING.search(between)
    if last in PREPOSITIONS or last == "seitens" or case not in ("acc", "dat"):
        return False
    if last not in ("der", "die", "den", "dem") and _GENITIVE.search(between.rstrip() + " "):
        return False
    return _PLAIN_OBJECT.fullmatch(between) is not None
