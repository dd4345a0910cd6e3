"""The check of `evaluation.outcomes` item by item: our decisions against the results in a mirror of an OParl feed.

Minutes of a single item stand for it as a whole. Those of a meeting hold many items, which are joined by number,
and by title where a number stands twice ("Ö 1" and "N 1" are both 1 in some feeds).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from corpus.oparl import AgendaItem, Meeting
from corpus.record import Decision, Minutes
from evaluation.errors import EvaluationError
from evaluation.outcomes import CheckedDocument, OutcomeCheck, acceptable

_NUMBER = re.compile(r"\d+(?:\.\d+)*(?:\s*[a-z]\b)?")
_NO_WORD = re.compile(r"\W+")


@dataclass(frozen=True)
class CheckedItem(CheckedDocument):
    """One agenda item whose result says something; `source` is the file of its minutes."""

    meeting: Meeting
    item: AgendaItem


@dataclass(frozen=True)
class FeedCheck:
    """The items compared.

    `left_out` counts by result the items whose result says nothing about an outcome, `not_found` those with a
    telling result whose heading the minutes lack, `without_minutes` those whose meeting has no record.
    """

    items: tuple[CheckedItem, ...]
    left_out: tuple[tuple[str, int], ...] = ()
    not_found: int = 0
    without_minutes: int = 0

    @property
    def outcomes(self) -> OutcomeCheck:
        """The same as `check_outcomes` returns it."""
        return OutcomeCheck(self.items, left_out=self.left_out)


def check_feed(meetings: Iterable[Meeting], records: Iterable[Minutes]) -> FeedCheck:
    """Compare the decisions of records with the results of a mirror; they are joined by the hash of the file.

    Raises `EvaluationError` where no record is of a file of the mirror.
    """
    by_hash = {minutes.sha256: minutes for minutes in records}
    checked: list[CheckedItem] = []
    silent: Counter[str] = Counter()
    not_found = without = joined = 0
    for meeting in meetings:
        if meeting.deleted:
            continue
        found = _records(meeting, by_hash)
        joined += len(found)
        for item in meeting.agenda:
            result = item.result or ""
            if not (agreeing := acceptable(result)):
                silent[result] += bool(found)
                continue
            decided = _decided(item, meeting, found)
            if decided:
                path, decisions = decided
                outcomes = tuple(x.outcome for x in decisions)
                checked.append(CheckedItem(path, result, agreeing, outcomes, meeting, item))
            elif found:
                not_found += 1
            else:
                without += 1
    if not joined:
        raise EvaluationError("no record is of a file of the mirror: extract the files that are in it now")
    left_out = sorted(((x, n) for x, n in silent.items() if n), key=lambda x: (-x[1], x[0]))
    return FeedCheck(tuple(checked), tuple(left_out), not_found, without)


_Records = list[tuple[str | None, Path, Minutes]]
"""The id of the item whose minutes it is, `None` for the whole meeting; the file; the record."""


def _records(meeting: Meeting, by_hash: dict[str, Minutes]) -> _Records:
    files = [x for x in meeting.files if x.sha256 in by_hash]
    return [(x.agenda_item, Path(x.path or ""), by_hash[x.sha256]) for x in files if x.sha256]


def _decided(item: AgendaItem, meeting: Meeting, records: _Records) -> tuple[Path, list[Decision]] | None:
    """Return the decisions of an item in text order, from its own minutes, or the first that have its heading."""
    own = [(path, minutes) for of_item, path, minutes in records if of_item and of_item == item.id]
    if own:
        path, minutes = own[0]
        return path, _in_order(minutes, None)
    for of_item, path, minutes in records:
        if of_item is None and (id := _item_of(minutes, item, meeting)):
            return path, _in_order(minutes, id)
    return None


def _item_of(minutes: Minutes, item: AgendaItem, meeting: Meeting) -> str | None:
    """Return the id of the item of a record that is the item of the feed."""
    key, title = _key(item.number), _words(item.name)
    ours = [x for x in minutes.agenda if key and _key(x.number) == key]
    theirs = [x for x in meeting.agenda if _key(x.number) == key]
    if len(ours) == len(theirs) == 1:
        return ours[0].id
    # Headings break off at the end of a line or go on with the paper: one begins like the other.
    alike = [x for x in ours or minutes.agenda if title and (words := _words(x.title)) and _alike(words, title)]
    return alike[0].id if len(alike) == 1 else None


def _in_order(minutes: Minutes, item: str | None) -> list[Decision]:
    place = {turn.id: turn.start for turn in minutes.turns}
    chosen = [x for x in minutes.decisions if item is None or x.agenda_item == item]
    return sorted(chosen, key=lambda x: place[x.turn])


def _key(number: str | None) -> str | None:
    """Return what is the same in "Ö 3.1.", "TOP 3.1" and "3.1"."""
    found = _NUMBER.search((number or "").lower())
    return found[0].replace(" ", "") if found else None


def _words(title: str | None) -> str:
    return _NO_WORD.sub(" ", title or "").strip().casefold()


def _alike(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)
