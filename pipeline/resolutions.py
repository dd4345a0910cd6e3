"""What a turn decides that is known to be a decision: outcome, votes, unanimity.

`pipeline.decisions` finds decisions and must not take speech for one; here weaker words count too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from corpus.record import Outcome, Votes
from pipeline import ballots, decisions
from pipeline.lexicon import pattern, rows, swiss

_UNANIMOUS = pattern("resolutions.unanimous")
_RESULT_LINE = pattern("resolutions.result_line")
_FORM = pattern("resolutions.form")
_COUNT_LABEL = pattern("resolutions.count_label")
_QUOTED = pattern("resolutions.quoted")
_LONG = 600  # characters from which on a wording may speak of other votes


@dataclass(frozen=True)
class Resolution:
    """What one turn decides; `bare` is a result without wording, `open` a wording without result."""

    outcome: Outcome
    votes: Votes | None
    unanimous: bool
    by_party: dict[str, Votes]
    bare: bool = False
    open: bool = False


def read_resolution(whole: str, result: str, wording: str) -> Resolution:
    """Read a turn by its text, the text that states its result, and its wording with the label ("" if none)."""
    lines = [line.strip() for line in whole.split("\n")]
    stated = [x for x in lines if _RESULT_LINE.match(x) or decisions.is_verdict(x)]
    results = "\n".join(dict.fromkeys([*filter(None, result.split("\n")), *stated]))
    counted = ballots.count("\n".join(stated) or results, results if results and len(whole) > _LONG else whole)
    rest = [x for x in lines if x and x not in results and not decisions.is_consequence(x)]
    return Resolution(
        outcome="other" if _is_blank(results) else _outcome(results, wording or whole, counted),
        votes=counted,
        unanimous=_is_unanimous(results, whole, counted),
        by_party=ballots.by_party(whole),
        bare=bool(results) and not rest,
        open=not results,
    )


def _is_blank(results: str) -> bool:
    """Tell whether the result is a form that nobody filled in: "Ja: / Nein: / Enthaltung:"."""
    return bool(_FORM.search(results)) and not re.search(r"\w", _RESULT_LINE.sub("", _FORM.sub("", results)))


def _outcome(results: str, wording: str, counted: Votes | None) -> Outcome:
    result, resolved = (_COUNT_LABEL.sub("", _QUOTED.sub("", x)) for x in (results, wording))
    said: str = decisions.outcome(result, resolved)
    if said == "other" and not (decisions.stated_outcome(result) or decisions.stated_outcome(resolved)):
        said = _by_count(counted) or "none"
    for outcome, overruled, expression in _second_look():
        if said in overruled and (expression.search(result) or expression.search(resolved)):
            return outcome
    return "other" if said == "none" else cast(Outcome, said)


def _by_count(counted: Votes | None) -> Outcome | None:
    """More no than yes votes reject; a resolution that names only who was against it is adopted."""
    if counted is None:
        return None
    return "rejected" if counted.no and counted.yes is not None and counted.yes <= counted.no else "adopted"


@cache
def _second_look() -> tuple[tuple[Outcome, frozenset[str], re.Pattern[str]], ...]:
    return tuple(
        (cast(Outcome, name), frozenset(overruled.split(",")), re.compile(swiss(expression), re.IGNORECASE))
        for name, overruled, expression in rows("resolution_outcomes.tsv")
    )


def _is_unanimous(results: str, whole: str, counted: Votes | None) -> bool:
    if decisions.unanimous(results) or _UNANIMOUS.search(results):
        return True
    if counted and counted.no:
        return False  # "gemäß dem einstimmigen Vorschlag": of somebody else
    said = _QUOTED.sub("", whole)
    return decisions.unanimous(said) or bool(_UNANIMOUS.search(said))
