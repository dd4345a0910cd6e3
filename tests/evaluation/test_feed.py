from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from corpus.oparl import AgendaItem, Meeting, MinutesFile
from corpus.record import Minutes
from evaluation import EvaluationError, check_feed
from evaluation.counts import Share
from evaluation.feed import FeedCheck
from evaluation.measurements import feed_tables

TEXT = (
    "TOP 1 Radweg\nEs wird zugestimmt.\nTOP 2 Turnhalle (Vorlage 7)\nEs wird abgelehnt.\nTOP 3 Wahlen\nEs wird gewählt."
)
ADOPTED = {"quote": "Es wird zugestimmt.", "label": "decision", "outcome": "adopted"}
REJECTED = {"quote": "Es wird abgelehnt.", "label": "decision", "outcome": "rejected"}
ITEMS = (("1", "Radweg"), ("2", "Turnhalle (Vorlage 7)"), ("3", "Wahlen"))


@pytest.fixture
def record(record_of: Callable[..., Minutes]) -> Minutes:
    """Minutes of a meeting with three items, of which the third has no decision."""
    agenda = [
        {"number": number, "title": title, "start": TEXT.index("TOP " + number), "end": TEXT.index("TOP " + number) + 6}
        for number, title in ITEMS
    ]
    record = record_of(TEXT, ADOPTED, REJECTED, agenda=tuple(agenda))
    decisions = [x.model_copy(update={"agenda_item": f"a{i}"}) for i, x in enumerate(record.decisions)]
    return record.model_copy(update={"sha256": "hash", "decisions": tuple(decisions)})


def _item(number: str | None, result: str | None, name: str | None = None) -> AgendaItem:
    return AgendaItem(id=f"item {number}", number=number, name=name, result=result)


def _meeting(*items: AgendaItem, of_item: str | None = None, **fields: Any) -> Meeting:
    file = MinutesFile(kind="results", sha256="hash", path="files/hash.txt", agenda_item=of_item)
    return Meeting(id="m", start="2026-01-01T18:00:00+01:00", agenda=items, files=(file,), **fields)


def _found(check: FeedCheck) -> list[tuple[str | None, tuple[str, ...], bool]]:
    return [(x.item.number, x.outcomes, x.any) for x in check.items]


@pytest.mark.parametrize("number", ["1", "Ö 1", "TOP 1.", "Ö1 "])
def test_items_are_joined_by_number(record: Minutes, number: str) -> None:
    check = check_feed([_meeting(_item(number, "einstimmig beschlossen"))], [record])
    assert _found(check) == [(number, ("adopted",), True)]


def test_items_are_joined_by_title_where_a_number_does_not_tell(record: Minutes) -> None:
    meeting = _meeting(
        _item("1", "vertagt", "Personalsache"),
        _item("1", "beschlossen", "Radweg"),
        _item(None, "mehrheitlich abgelehnt", "Turnhalle"),
        _item("9", "abgelehnt", "Personalsache"),
    )
    check = check_feed([meeting], [record])
    assert _found(check) == [("1", ("adopted",), True), (None, ("rejected",), True)]
    assert check.not_found == 2


def test_a_number_is_not_a_part_of_a_longer_one(record: Minutes) -> None:
    assert check_feed([_meeting(_item("1.1", "beschlossen", "Anderes"))], [record]).not_found == 1


def test_what_agrees_is_counted_as_for_single_documents(record: Minutes) -> None:
    meeting = _meeting(
        _item("1", "abgelehnt"), _item("2", "abgelehnt"), _item("3", "gewählt"), _item("4", None), _item("5", "siehe")
    )
    gone = _meeting(_item("1", "abgelehnt")).model_copy(update={"deleted": True})
    other = Meeting(id="n", agenda=(_item("1", "abgelehnt"), _item("2", None)))
    check = check_feed([meeting, gone, other], [record])
    assert _found(check) == [("1", ("adopted",), False), ("2", ("rejected",), True), ("3", (), False)]
    assert check.outcomes.total.any == Share(1, 3)
    assert check.left_out == (("", 1), ("siehe", 1))
    assert (check.not_found, check.without_minutes) == (0, 1)
    tables = {x.title: x.rows for x in feed_tables(check, errors=True)}
    assert tables["Disagreements"][0] == ("2026-01-01", "1", "hash.txt", "abgelehnt", "rejected", "adopted")
    assert dict(tables["Not compared"]) == {
        "heading not found in the minutes": "0",
        "no record of the meeting's minutes": "1",
    }


def test_minutes_of_an_item_stand_for_it_as_a_whole(record: Minutes) -> None:
    meeting = _meeting(_item("7", "abgelehnt"), _item("2", "abgelehnt"), of_item="item 7")
    check = check_feed([meeting], [record])
    assert _found(check) == [("7", ("adopted", "rejected"), True)]
    assert check.not_found == 1


def test_records_of_other_files_are_refused(record: Minutes) -> None:
    with pytest.raises(EvaluationError, match="no record is of a file of the mirror"):
        check_feed([Meeting(id="m", agenda=(_item("1", "abgelehnt"),))], [record])
