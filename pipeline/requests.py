"""At whose request somebody speaks: "Auf Nachfrage von Frau Lux ..."."""

from __future__ import annotations

import re

from pipeline.clause import Clause
from pipeline.lexicon import pattern

_REQUEST = pattern("attribution.request")
_REFERENCE = re.compile(r"\b(?:geht|ging|verweist|kommt)\b[^,]*$")  # "geht auf die Frage ein"
_QUESTION_OF = pattern("attribution.question_of")
_OF = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:(?:von|seitens|durch|vom)\s+)?(?:(?:der|des|dem|den)\s+)?$")
_OBLIQUE_JOINT = re.compile(r"\s*(?:,|und|sowie)\s+(?:von\s+)?(?:der\s+|des\s+|dem\s+)?")


def read_request(clause: Clause) -> tuple[bool, tuple[int, ...]]:
    """Return whether somebody asked ("Auf Nachfrage ...") and the numbers of the mentions of who did."""
    asked = False
    found: list[int] = []
    for m in _REQUEST.finditer(clause.text, clause.begin, clause.end):
        asked = asked or not _REFERENCE.search(clause.text[clause.begin : m.start()])
        for i in clause.inside:
            mention = clause.mentions[i]
            follows = mention.start >= m.end() and _OF.fullmatch(clause.text, m.end(), mention.start)
            if follows and mention.nominative is not True:
                found.extend(_together_oblique(clause, i))
                break
    of = None if found else _QUESTION_OF.match(clause.text, clause.begin, clause.end)
    if of:
        found = [i for i in clause.inside if of.end() - 4 <= clause.mentions[i].start <= of.end()][:1]
        asked = asked or bool(found)
    return asked, tuple(found)


def _together_oblique(clause: Clause, first: int) -> list[int]:
    group = [first]
    for i in clause.inside[clause.inside.index(first) + 1 :]:
        if not _OBLIQUE_JOINT.fullmatch(clause.text, clause.mentions[group[-1]].outer_end, clause.mentions[i].start):
            break
        group.append(i)
    return group
