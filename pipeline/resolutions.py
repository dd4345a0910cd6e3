"""What a turn decides that is known to be a decision: outcome, votes, unanimity.

`pipeline.decisions` finds decisions and must not take speech for one; here weaker words count too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import cast

from corpus.record import Outcome, Votes
from pipeline import ballots, decisions
from pipeline.lexicon import pattern, rows, swiss

_UNANIMOUS = pattern("resolutions.unanimous")
_RESULT_LINE = pattern("resolutions.result_line")
_FORM = pattern("resolutions.form")
_COUNT_LABEL = pattern("resolutions.count_label")
_QUOTED = pattern("resolutions.quoted")
_DECISION_LABEL = pattern("resolutions.decision_label")
_CONTENT = pattern("resolutions.content")
_TABLE_ROW = pattern("ballots.table_row")
_MOVED = ("noted", "elected", "postponed", "referred", "withdrawn", "amended")
_LONG = 600  # characters from which on a wording may speak of other votes


@dataclass(frozen=True)
class Resolution:
    """What one turn decides; `bare`: a result without wording, `open`: a wording without result."""

    outcome: Outcome
    votes: Votes | None
    unanimous: bool
    by_party: dict[str, Votes]
    bare: bool = False
    open: bool = False


def read_resolution(whole: str, result: str, wording: str) -> Resolution:
    """Read a turn by its text, the text that states its result, and its wording with the label ("" if none)."""
    whole, result, wording = (_legible(text) for text in (whole, result, wording))
    if ballots_held := ballots.rounds(whole):
        whole = result = wording = ballots_held[-1]  # the last ballot decides
    lines = [line.strip() for line in whole.split("\n")]
    stated = [x for x in lines if _RESULT_LINE.match(x) or decisions.is_verdict(_DECISION_LABEL.sub("", x))]
    found = [x for x in result.split("\n") if x.strip() and x.strip() not in stated]
    results = "\n".join([*found, *stated])
    counted = ballots.count("\n".join(stated), results, results if results and len(whole) > _LONG else whole)
    blank = _is_blank(results)
    weighed = _outcome("\n".join(stated) or results, "\n".join([wording or whole, *(found if stated else [])]), counted)
    return Resolution(
        outcome="other" if blank else weighed,
        votes=counted,
        unanimous=_is_unanimous(results, whole, counted),
        by_party=ballots.by_party(whole),
        bare=bool(stated) and not blank and all(_says_no_more(x) for x in lines if x not in stated),
        open=not results or blank,
    )


def settled(resolutions: Sequence[tuple[int, Resolution]]) -> list[Resolution]:
    """Give a wording the outcome of the bare result beside it; the number says to which agenda item each belongs.

    A result that only approves takes what was approved: "12 Ja, 1 Nein" below a wording that postpones.
    """
    done = [resolution for _, resolution in resolutions]
    for n, (before, after) in enumerate(pairwise(resolutions)):
        if before[0] != after[0] or {done[n].open, done[n + 1].open} != {True, False}:
            continue
        wording, result = (n, n + 1) if done[n].open else (n + 1, n)
        if not done[result].bare or done[result].outcome == "other":
            continue
        if done[result].outcome == "adopted" and done[wording].outcome in _MOVED and wording < result:
            done[result] = replace(done[result], outcome=done[wording].outcome)
        elif wording < result or done[wording].outcome == "other":
            done[wording] = replace(done[wording], outcome=done[result].outcome)
    return done


def _legible(text: str) -> str:
    for expression, meant in _misreadings():
        text = expression.sub(meant, text)
    return text


@cache
def _misreadings() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(expression), meant) for expression, meant in rows("misreadings.tsv"))


def _says_no_more(line: str) -> bool:
    """Tell whether a line of a result has no wording: "Damit ist der Antrag abgelehnt.", "CDU 4 0 0"."""
    return not line or decisions.is_consequence(line) or bool(_TABLE_ROW.match(line))


def _is_blank(results: str) -> bool:
    """Tell whether the result is a form that nobody filled in: "Ja: / Nein: / Enthaltung:"."""
    return bool(_FORM.search(results)) and not re.search(r"\w", _RESULT_LINE.sub("", _FORM.sub("", results)))


def _outcome(result: str, wording: str, counted: Votes | None) -> Outcome:
    result, wording = (_COUNT_LABEL.sub("", _QUOTED.sub("", x)) for x in (result, wording))
    said = decisions.outcome(result, wording)
    silent = said == "other" and not (decisions.stated_outcome(result) or decisions.stated_outcome(wording))
    if outcome := _overruled("none" if silent else said, result, wording):
        return outcome
    if silent or (said == "adopted" and counted and counted.yes is not None):
        said = _by_count(counted) or said
    if said == "other" and silent and _CONTENT.search(wording):
        return "adopted"  # "Beschluss: Der Ortsbeirat gibt 540 Euro für den Kasten."
    return (_overruled(said, result, wording) if silent else None) or said


def _overruled(said: str, *texts: str) -> Outcome | None:
    """Return the outcome of the second look, `None` where `said` stands."""
    for outcome, overruled, expression in _second_look():
        if said in overruled and any(expression.search(text) for text in texts):
            return outcome
    return None


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
