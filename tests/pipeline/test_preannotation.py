from __future__ import annotations

import pytest
import spacy

import pipeline
from corpus.gold import Fact
from pipeline.preannotation import preannotate

TEXT = """Stadt Lindheim
Niederschrift über die öffentliche Sitzung des Bauausschusses
am Montag, 6. Mai 2024, 18:00 Uhr bis 19:30 Uhr, Ort: Ratssaal

Anwesend:
Frau Lux (SPD), Vorsitzende
Herr Roth (CDU), bis 19:00 Uhr

TOP 1: Bad

Herr Roth (CDU) fragt Frau Lux, ob das Bad öffne.

Frau Lux antwortet, es öffne im Mai.

Beschluss: Der Ausschuss stimmt mit 8 Ja-Stimmen und 1 Nein-Stimme zu.
"""


def test_the_annotation_says_what_the_record_says() -> None:
    nlp = pipeline.load(classifier="rules")
    gold = preannotate(nlp(TEXT))
    minutes = pipeline.extract(TEXT, nlp=nlp)
    assert [(x.start, x.end, x.label) for x in gold.turns] == [(x.start, x.end, x.label) for x in minutes.turns]
    question, answer, decision = gold.turns
    assert (question.speakers, question.parties, question.addressees) == (("Roth",), ("CDU",), ("Lux",))
    assert answer.replies_to == (0,)
    assert decision.outcome == "adopted"
    assert decision.votes and (decision.votes.yes, decision.votes.no) == (8, 1)
    assert [item.title for item in gold.agenda] == ["Bad"]


def test_facts_of_the_meeting_have_their_evidence() -> None:
    meeting = preannotate(pipeline.load(classifier="rules")(TEXT)).meeting
    values = {name: (fact.value, TEXT[fact.start : fact.end]) for name, fact in meeting.facts.items()}
    assert values["date"] == ("2024-05-06", "6. Mai 2024")
    assert values["start_time"] == ("18:00", "18:00 Uhr")
    assert values["end_time"] == ("19:30", "19:30 Uhr")
    assert values["place"] == ("Ratssaal", "Ratssaal")
    assert isinstance(meeting.body, Fact) and meeting.body.value == "Bauausschuss"
    assert meeting.public is True


def test_attendance_is_annotated() -> None:
    entries = preannotate(pipeline.load(classifier="rules")(TEXT)).attendance
    assert [(x.person, x.status, x.until) for x in entries] == [
        ("Lux", "present", None),
        ("Roth", "present", "19:00 Uhr"),
    ]


def test_sentences_hold_headings_and_make_up_the_turns() -> None:
    gold = preannotate(pipeline.load(classifier="rules")(TEXT))
    written = [TEXT[start:end] for start, end in gold.sentences]
    assert "TOP 1: Bad" in written
    starts, ends = ({x[side] for x in gold.sentences} for side in (0, 1))
    assert all(turn.start in starts and turn.end in ends for turn in gold.turns)


def test_an_empty_document_has_an_empty_annotation() -> None:
    gold = preannotate(pipeline.load(classifier="rules")("Nichts."))
    assert (gold.turns, gold.agenda, gold.attendance) == ((), (), ())


def test_a_document_that_was_not_processed_is_refused() -> None:
    nlp = spacy.blank("de")
    nlp.add_pipe("protokollant_layout")
    with pytest.raises(ValueError, match="lacks"):
        preannotate(nlp(TEXT))
