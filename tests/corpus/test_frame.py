from __future__ import annotations

import sys

import pytest

from corpus.frame import Exchange, TurnRow, exchange_rows, exchanges, frame, turn_rows
from corpus.record import Decision, Minutes, Turn


def test_rows_have_names_for_ids(minutes: Minutes) -> None:
    question, answer, decision = turn_rows(minutes)
    assert (question.speakers, question.parties) == (("Lux",), ("GRÜNE",))
    assert (answer.speakers, answer.roles) == (("Sommer",), ("Bürgermeister",))
    assert (answer.addressees, answer.replies_to) == (("Lux",), ("t1",))
    assert (decision.outcome, decision.speakers) == ("adopted", ())
    assert {row.agenda_title for row in (question, answer, decision)} == {"Wegebau"}


def test_rows_without_what_is_not_stated(minutes: Minutes) -> None:
    turn = minutes.turns[0].model_copy(update={"agenda_item": None, "speakers": (), "confidence": None})
    (row,) = turn_rows(minutes.model_copy(update={"turns": (turn,), "decisions": ()}))
    assert (row.agenda_number, row.agenda_title, row.outcome, row.confidence) == (None, None, None, None)
    assert row.speakers == ()


def test_the_first_of_several_decisions_counts(minutes: Minutes) -> None:
    second = Decision(turn="t3", outcome="rejected")
    record = minutes.model_copy(update={"decisions": (*minutes.decisions, second)})
    assert turn_rows(record)[2].outcome == "adopted"


def test_the_text_is_that_between_the_offsets(minutes: Minutes) -> None:
    for row in turn_rows(minutes):
        assert row.text == minutes.text[row.start : row.end]


def test_one_frame_for_several_documents(minutes: Minutes) -> None:
    other = minutes.model_copy(update={"source": "kreis.txt"})
    table = frame(minutes, other)
    assert list(table.columns) == list(TurnRow._fields)
    assert list(table["source"]) == ["rat.txt"] * 3 + ["kreis.txt"] * 3
    assert table["speakers"][1] == ("Sommer",)
    assert table["start"].dtype == "int64"
    assert minutes.to_frame().equals(frame(minutes))


def test_content_and_mood_on_request(minutes: Minutes) -> None:
    start = minutes.turns[0].start
    turn = minutes.turns[0].model_copy(update={"content": ((start, start + 4),), "mood": "subjunctive"})
    record = minutes.model_copy(update={"turns": (turn, *minutes.turns[1:])})
    table = record.to_frame(content=True)
    assert list(table.columns) == [*TurnRow._fields, "mood", "content"]
    assert (table["mood"][0], table["content"][0]) == ("subjunctive", minutes.text[start : start + 4].strip())
    assert record.content("t1") == record.content(turn) == table["content"][0]
    with pytest.raises(KeyError):
        record.content("t99")


def test_a_frame_of_nothing_has_all_columns() -> None:
    assert list(frame().columns) == list(TurnRow._fields)
    assert frame()["confidence"].dtype == "float64"


def test_without_pandas_the_extra_is_named(minutes: Minutes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(ImportError, match=r"pip install protokollant\[notebook\]"):
        frame(minutes)


def test_a_question_with_its_answers(minutes: Minutes) -> None:
    (row,) = exchange_rows(minutes)
    assert (row.question, row.askers, row.answers, row.answerers) == ("t1", ("Lux",), ("t2",), ("Sommer",))
    assert (row.status, row.agenda_number) == ("answered", "1")
    assert row.text == "Frau Lux (GRÜNE) fragt, ob der\nWeg gesperrt sei."
    assert minutes.unanswered() == ()


def test_a_question_stays_open_until_one_answer_does_not_defer(minutes: Minutes) -> None:
    question, answer, _ = minutes.turns
    deferred = answer.model_copy(update={"status": "deferred"})
    later = answer.model_copy(update={"id": "t3", "speakers": ()})

    def status(*turns: Turn) -> tuple[str, bool]:
        record = minutes.model_copy(update={"turns": (question, *turns), "decisions": ()})
        (row,) = exchange_rows(record)
        return row.status, question in record.unanswered()

    assert status() == ("open", True)
    assert status(deferred) == ("deferred", True)
    assert status(deferred, later) == ("answered", False)
    assert status(answer.model_copy(update={"replies_to": ()})) == ("open", True)


def test_exchanges_of_several_documents_and_of_none(minutes: Minutes) -> None:
    assert list(exchanges(minutes, minutes)["question"]) == ["t1", "t1"]
    assert list(exchanges().columns) == list(Exchange._fields)
    assert minutes.exchanges().equals(exchanges(minutes))
