from __future__ import annotations

from corpus.annotating import gold_of
from corpus.record import Attendance, Meeting
from tests.corpus.page.meetings import attack, item, meeting, span


def test_gold_says_what_the_record_says() -> None:
    record = meeting()
    gold = gold_of(record)
    assert gold.text == record.text
    assert [(x.start, x.end) for x in gold.turns] == [(x.start, x.end) for x in record.turns]
    assert [x.label for x in gold.turns[:5]] == [x.label for x in record.turns[:5]]
    assert [x.speakers for x in gold.turns[:3]] == [("Lux",), ("Sommer",), ("Lux",)]
    assert gold.turns[1].addressees == ("Lux",)
    assert [x.replies_to for x in gold.turns[:4]] == [(), (0,), (), (2,)]
    decision = gold.turns[6]
    assert (decision.outcome, decision.votes) == ("adopted", record.decisions[0].votes)
    assert [x.title for x in gold.agenda] == ["Mühlweg", "Haushalt"]
    assert [(x.person, x.status, x.until) for x in gold.attendance] == [
        ("Lux", "present", "20 Uhr"),
        ("Sommer", "excused", None),
    ]
    assert gold.meeting.facts.keys() == {"body"}  # the date has no evidence
    assert (gold.meeting.chair, gold.meeting.public) == ("Sommer", True)


def test_a_turn_without_a_label_gets_the_likeliest() -> None:
    record = meeting()
    assert gold_of(record).turns[5].label == "other"
    likely = record.turns[5].model_copy(update={"probabilities": {"addition": 0.6, "other": 0.4}})
    turns = (*record.turns[:5], likely, *record.turns[6:])
    assert gold_of(record.model_copy(update={"turns": turns})).turns[5].label == "addition"


def test_of_what_overlaps_the_first_stays() -> None:
    record = meeting()
    inner = item("a3", "1 Mühlweg", len(record.text), title="innen")
    entries = (Attendance(person="p1", status="present", span=span("Lux")), *record.meeting.attendance)
    crowded = record.model_copy(
        update={"agenda": (*record.agenda, inner), "meeting": Meeting(attendance=entries)},
    )
    gold = gold_of(crowded)
    assert [x.title for x in gold.agenda] == ["Mühlweg", "Haushalt"]
    assert [x.person for x in gold.attendance] == ["Lux", "Sommer"]


def test_half_characters_and_empty_names_are_no_obstacle() -> None:
    record = attack()
    persons = (record.persons[0].model_copy(update={"name": ""}), record.persons[1])
    turns = (record.turns[0].model_copy(update={"roles": ("\ud800",)}), *record.turns[1:])
    gold = gold_of(record.model_copy(update={"persons": persons, "turns": turns, "text": record.text[:-1] + "\udc00"}))
    assert gold.turns[0].speakers == ()
    assert gold.turns[0].roles == ("\ufffd",)
    assert gold.text.endswith("\ufffd")
