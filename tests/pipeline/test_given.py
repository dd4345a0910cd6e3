from __future__ import annotations

import pytest
from spacy.language import Language

from pipeline import load, to_minutes
from pipeline.clean import CleanText
from pipeline.components import document_input
from pipeline.given import clean_span, process_given
from pipeline.layout import layout
from tests.models.tiny import minutes

HEADING = "TOP 1: Bad"
QUESTION = "Ratsfrau Lux (SPD) fragt, ob das Bad öffne."
ANSWER = "Herr Roth antwortet, es öffne im Mai. Die Becken würden noch gestrichen."
DECISION = "Beschluss:\nDer Rat stimmt dem Bericht zu.\n\nAbstimmungsergebnis: 9 Ja, 2 Nein"
TEXT = f"{HEADING}\n\n{QUESTION}\n\n{ANSWER}\n\n{DECISION}\n"
PAGED = (
    "Niederschrift\n\nTOP 1: Bad\n\nFrau Lux fragt, ob das\n\n- 2 -\n\nBad im Mai öffne.\n\n- 3 -\n\nHerr Roth "
    "antwortet, es\n\n- 4 -\n\nöffne im Mai.\n\n- 5 -\n"
)


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load(classifier="rules")


def _spans(*parts: str, text: str = TEXT) -> list[tuple[int, int]]:
    return [(text.index(part), text.index(part) + len(part)) for part in parts]


def _own(nlp: Language, text: str) -> list[tuple[int, int]]:
    return [(turn.start, turn.end) for turn in to_minutes(nlp(text), nlp=nlp).turns]


def test_the_turns_are_those_given(nlp: Language) -> None:
    for parts in ((QUESTION, ANSWER, DECISION), (ANSWER,), (HEADING, "Die Becken würden noch gestrichen."), ()):
        spans = _spans(*parts)
        found = to_minutes(process_given(nlp, TEXT, spans), nlp=nlp)
        assert [(turn.start, turn.end) for turn in found.turns] == spans
        assert [found.text[turn.start : turn.end] for turn in found.turns] == list(parts)


def test_annotated_spans_come_back(nlp: Language) -> None:
    for document in minutes():
        gold = document.gold
        spans = [(turn.start, turn.end) for turn in gold.turns]
        found = to_minutes(process_given(nlp, gold.text, spans), nlp=nlp)
        assert [(turn.start, turn.end) for turn in found.turns] == spans


@pytest.mark.parametrize("text", [TEXT, minutes()[0].gold.text, minutes()[3].gold.text], ids=["ours", "0", "3"])
def test_what_is_seen_is_what_the_rules_see_in_their_own_turns(nlp: Language, text: str) -> None:
    own = nlp(text)
    given = process_given(nlp, text, _own(nlp, text))
    assert document_input(given) == document_input(own)
    assert to_minutes(given, nlp=nlp) == to_minutes(own, nlp=nlp)


def test_speaker_cue_and_decision_are_read(nlp: Language) -> None:
    found = to_minutes(process_given(nlp, TEXT, _spans(QUESTION, ANSWER, DECISION)), nlp=nlp)
    question, answer, decision = found.turns
    assert [turn.label for turn in found.turns] == ["question", "answer", "decision"]
    mentions = [[found.text[a:b] for a, b in turn.speaker_mentions] for turn in (question, answer)]
    assert mentions == [["Ratsfrau Lux"], ["Herr Roth"]]
    assert question.cue and found.text[slice(*question.cue)] == "fragt"
    assert answer.replies_to == (question.id,)
    (read,) = found.decisions
    assert read.turn == decision.id
    assert read.votes is not None and (read.votes.yes, read.votes.no) == (9, 2)


def test_a_turn_that_ends_in_a_sentence(nlp: Language) -> None:
    parts = ("Ratsfrau Lux (SPD) fragt", "ob das Bad öffne")
    found = to_minutes(process_given(nlp, TEXT, _spans(*parts)), nlp=nlp)
    assert [found.text[turn.start : turn.end] for turn in found.turns] == list(parts)
    assert [turn.label is None for turn in found.turns] == [False, False]


def test_page_furniture_in_a_turn_stays_in_it(nlp: Language) -> None:
    parts = (
        "Frau Lux fragt, ob das\n\n- 2 -\n\nBad im Mai öffne.",
        "Herr Roth antwortet, es\n\n- 4 -\n\nöffne im Mai.",
    )
    doc = process_given(nlp, PAGED, _spans(*parts, text=PAGED))
    found = to_minutes(doc, nlp=nlp)
    assert [found.text[turn.start : turn.end] for turn in found.turns] == list(parts)
    texts = [" ".join(turn.text.split()) for turn in document_input(doc).turns]
    assert texts == ["Frau Lux fragt, ob das Bad im Mai öffne.", "Herr Roth antwortet, es öffne im Mai."]


def test_furniture_at_the_ends_of_a_span_is_left_out(nlp: Language) -> None:
    part = "- 3 -\n\nHerr Roth antwortet, es\n\n- 4 -\n\nöffne im Mai.\n\n- 5 -\n"
    found = to_minutes(process_given(nlp, PAGED, _spans(part, text=PAGED)), nlp=nlp)
    assert [found.text[turn.start : turn.end] for turn in found.turns] == [part[7:-8]]


@pytest.mark.parametrize("part", ["- 3 -", "\n\n- 3 -\n\n", "\n\n"])
def test_a_span_without_text_is_refused(nlp: Language, part: str) -> None:
    start, end = _spans(part, text=PAGED)[0]
    with pytest.raises(ValueError, match=rf"the turn {start}:{end} holds no text: only white space or page furniture"):
        process_given(nlp, PAGED, [(start, end)])


def test_spans_in_the_clean_text() -> None:
    clean: CleanText = layout(PAGED).clean
    for part in ("Frau Lux", "das\n\n- 2 -\n\nBad", "öffne im Mai."):
        start = PAGED.index(part)
        span = clean_span(clean, start, start + len(part))
        assert span is not None
        assert clean.raw(*span) == (start, start + len(part))
    assert clean_span(clean, len(PAGED), len(PAGED) + 5) is None
    assert clean_span(clean, 3, 3) is None
