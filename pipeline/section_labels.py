"""Labels of sections: "Beschluss:", "Anwesend:", "Sachverhalt", and what kind of section each begins."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, cast

from pipeline.lexicon import rows, swiss

Section = Literal[
    "body",
    "decision",
    "result",
    "debate",
    "background",
    "head",
    "present",
    "excused",
    "absent",
    "agenda",
    "end",
    "reference",
]

_MARK = re.compile(r"(?:(?:[-•*→⇒]|[-=]{1,2}>)\s+)?\*{0,2}")  # list item, Markdown emphasis
_LONGEST_LABEL = 200  # characters before the colon: "Abstimmung über den Antrag der Fraktion ...:"


def label_of(text: str, start: int, end: int) -> tuple[Section, int] | None:
    """Return the kind of label that `text[start:end]` begins with and the offset behind its colon."""
    if end - start > _LONGEST_LABEL and text.find(":", start, start + _LONGEST_LABEL) < 0:
        return None
    mark = _MARK.match(text, start, end)
    start = mark.end() if mark else start
    for kind, label in _labels():
        m = label.match(text, start, end)
        if m:
            return kind, m.end()
    return None


@cache
def _labels() -> tuple[tuple[Section, re.Pattern[str]], ...]:
    found = []
    for kind, expression in rows("labels.tsv"):
        # "Ort", "Sitzung" or "Beginn" alone on a line is the rest of something else
        close = r":\*{0,2}" if kind == "head" else r"(?::\*{0,2}|$)"
        whole = rf"(?:{swiss(expression)})\*{{0,2}}\s*{close}"
        found.append((cast(Section, kind), re.compile(whole, re.IGNORECASE)))
    return tuple(found)
