from __future__ import annotations

import datetime as dt

import pytest

from corpus.german import german_date, german_times, german_votes
from corpus.page.resolution import vote_bar
from corpus.page.sheet import Sheet
from corpus.record import LABELS, Votes
from tests.corpus.page.meetings import meeting


@pytest.fixture(scope="module")
def sheet() -> Sheet:
    return Sheet("m1", meeting())


def _turns(sheet: Sheet) -> dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]]:
    shown = (block.shown for block in sheet.blocks)
    return {x.number: (x.state, tuple(y.text for y in x.answers), tuple(y.text for y in x.replies)) for x in shown if x}


def test_questions_know_their_answers_and_answers_their_questions(sheet: Sheet) -> None:
    assert _turns(sheet) == {
        "t1": ("", ("t2 · Sommer",), ()),
        "t2": ("", (), ("t1 · Lux",)),
        "t3": ("deferred", ("t4 · Sommer",), ()),
        "t4": ("deferred", (), ("t3 · Lux",)),
        "t5": ("open", (), ()),
        "t6": ("", (), ()),
        "t7": ("", (), ()),
    }
    assert [(link.text, deferred) for link, deferred in sheet.open_questions] == [
        ("t3 · Lux", True),
        ("t5 · Bürgerin", False),
    ]


def test_the_head_says_what_is_stated_and_what_is_not(sheet: Sheet) -> None:
    assert sheet.title == "Gemeinderat, Dienstag, 14. Mai 2024"
    facts = dict(sheet.facts)
    assert facts["Uhrzeit"] == "19:00 bis 20:10 Uhr"
    assert facts["Vorsitz"] == "Dr. Sommer, Bürgermeister"
    assert facts["Ort"] == "nicht angegeben"
    assert sheet.attendance == (
        ("anwesend", ("Lux (GRÜNE) – bis 20 Uhr",)),
        ("entschuldigt", ("Dr. Sommer, Bürgermeister – Verwaltung",)),
    )


def test_the_agenda_counts_turns_and_leads_to_headings(sheet: Sheet) -> None:
    first, second = sheet.entries
    assert (first.target, first.number, first.title) == ("m1-a1", "1", "Mühlweg")
    assert first.counts == (("question", "Frage", 3), ("answer", "Antwort", 2))
    assert second.target == "m1-a2"
    assert {x.id for x in sheet.blocks} >= {"m1-a1", "m1-a2"}
    assert [x[0] for x in sheet.counts] == list(LABELS)


def test_an_item_whose_heading_lies_in_a_turn_leads_to_the_turn() -> None:
    record = meeting()
    inside = record.agenda[1].model_copy(
        update={"id": "a3", "start": record.turns[5].start, "heading_end": record.turns[5].end}
    )
    sheet = Sheet("m1", record.model_copy(update={"agenda": (*record.agenda, inside)}))
    assert sheet.entries[2].target == "m1-t6"


def test_unsure_is_what_has_no_label_or_an_improbable_one(sheet: Sheet) -> None:
    shown = {x.shown.number: x.shown for x in sheet.blocks if x.shown}
    assert {number for number, x in shown.items() if x.unsure} == {"t1", "t6"}
    assert (shown["t1"].percent, shown["t2"].percent) == (75, None)
    assert shown["t6"].label_word == "ohne Art"


def test_a_decision_has_votes_in_words_and_as_a_bar(sheet: Sheet) -> None:
    resolution = next(x.shown.resolution for x in sheet.blocks if x.shown and x.shown.resolution)
    assert (resolution.outcome_word, resolution.total.words) == ("angenommen", "8 Ja, 1 Nein")
    assert resolution.total.bar == (("yes", 0.0, 88.89), ("no", 88.89, 11.11))
    assert [(x.name, x.words) for x in resolution.ballots] == [
        ("CDU", "8 Ja, 0 Nein"),
        ("SPD", "1 Nein"),
        ("Ziffer 2: abgelehnt", ""),
    ]
    assert resolution.notes == ("auf Antrag von Lux",)


@pytest.mark.parametrize(
    "votes", [None, Votes(), Votes(no=1), Votes(yes=9), Votes(no=3, abstain=1), Votes(yes=0, no=0)]
)
def test_no_bar_where_the_whole_is_unknown(votes: Votes | None) -> None:
    assert vote_bar(votes) == ()


def test_words_are_german() -> None:
    assert german_date(dt.date(2024, 3, 3)) == "Sonntag, 3. März 2024"
    assert german_times(dt.time(18), None) == "ab 18:00 Uhr"
    assert german_times(None, dt.time(18)) == "bis 18:00 Uhr"
    assert german_times(None, None) == ""
    assert german_votes(Votes(yes=1, abstain=1), True) == "einstimmig, 1 Ja, 1 Enthaltung"
    assert german_votes(Votes(abstain=0)) == "0 Enthaltungen"
    assert german_votes(None) == ""
