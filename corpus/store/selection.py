"""Which documents of a store are meant, and which turns: the conditions of its queries."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from fnmatch import fnmatchcase

from corpus.record import Minutes

_PART = re.compile(r'"[^"]*"\*?|[()]|[^\s()"]+')
_OPERATORS = ("AND", "OR", "NOT", ")")
_OPEN = ("AND", "OR", "NOT", "(")
_SYNTAX = (*_OPERATORS, "(")


@dataclass(frozen=True)
class Selection:
    """Documents by what they say of their sitting, and by their path; `None` does not choose.

    `body` is part of the name of the body, `path` a pattern ("2012/*"), case ignored in the first. A sitting without
    a date is in no range of dates; `until` is the last day.
    """

    body: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    path: str | None = None

    def holds(self, minutes: Minutes) -> bool:
        """Tell whether a record is meant, as `Store.records` would."""
        meeting = minutes.meeting
        return (
            (self.body is None or self.body.casefold() in (meeting.body or "").casefold())
            and (self.since is None or (meeting.date is not None and meeting.date >= self.since))
            and (self.until is None or (meeting.date is not None and meeting.date <= self.until))
            and (self.path is None or fnmatchcase(minutes.source, self.path.replace("[^", "[!")))
        )


EVERYTHING = Selection()


def conditions(selection: Selection) -> tuple[str, list[str]]:
    """Return the SQL condition on `present` and `meeting`, and its parameters."""
    wanted = (
        ("instr(folded(meeting.body), folded(?)) > 0", selection.body),
        ("meeting.date >= ?", selection.since.isoformat() if selection.since else None),
        ("meeting.date <= ?", selection.until.isoformat() if selection.until else None),
        ("present.path GLOB ?", selection.path),
    )
    given = [(condition, value) for condition, value in wanted if value is not None]
    return " AND ".join(["1", *(condition for condition, _ in given)]), [value for _, value in given]


def search_expression(query: str) -> str:
    """Return a query as FTS5 wants it: words, "phrases", beginnings of words (Weg*), AND, OR, NOT and brackets.

    All else is quoted, so that "Kita-Gebühren" and "§ 34" are searched and not taken for syntax; signs alone are left
    out. What stands side by side has to stand there both: FTS5 knows that for words, but not for brackets.
    """
    expression: list[str] = []
    for part in (m[0] for m in _PART.finditer(query) if m[0] in _SYNTAX or any(map(str.isalnum, m[0]))):
        if expression and expression[-1] not in _OPEN and part not in _OPERATORS:
            expression.append("AND")
        expression.append(part if part in _SYNTAX or part.startswith('"') else _quoted(part))
    return " ".join(expression)


def _quoted(word: str) -> str:
    return f'"{word[:-1]}"*' if word.endswith("*") and len(word) > 1 else f'"{word}"'
