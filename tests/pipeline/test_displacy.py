from __future__ import annotations

from pathlib import Path

import pytest
from spacy import displacy as spacy_displacy

import pipeline
from corpus.record import Minutes
from pipeline.displacy import COLOURS, entities, render, spans

EXAMPLE = Path(__file__).parents[2] / "docs" / "example.txt"


@pytest.fixture(scope="module")
def minutes() -> Minutes:
    return pipeline.extract(EXAMPLE, nlp=pipeline.load(classifier="rules"))


def _words(minutes: Minutes, turn: str) -> list[tuple[str, str]]:
    (found,) = spans(minutes, [turn])
    return [
        (span["label"], " ".join(found["tokens"][span["start_token"] : span["end_token"]])) for span in found["spans"]
    ]


def test_a_turn_has_its_label_its_cue_persons_roles_and_parties(minutes: Minutes) -> None:
    found = _words(minutes, "t1")
    assert found[0][0] == "QUESTION"
    assert found[0][1].startswith("Gemeinderätin Aydın ( GRÜNE ) fragt Herrn Brandl , wann")
    assert set(found[1:]) == {
        ("CUE", "fragt"),
        ("PERSON", "Gemeinderätin Aydın"),
        ("PERSON", "Herrn Brandl"),
        ("ROLE", "Gemeinderätin"),
        ("PARTY", "GRÜNE"),
    }


def test_all_turns_come_in_order_with_titles(minutes: Minutes) -> None:
    shown = spans(minutes)
    assert [one["text"] for one in shown] == [minutes.text[turn.start : turn.end] for turn in minutes.turns]
    assert shown[0]["title"] == "t1 · question · Aydın, Gemeinderätin (GRÜNE) → Brandl"
    assert spans(minutes, ["t99"]) == []


def test_mentions_of_the_text_do_not_overlap(minutes: Minutes) -> None:
    found = entities(minutes)
    mentioned = {mention for person in minutes.persons for mention in person.mentions}
    last = 0
    for ent in found["ents"]:
        assert last <= ent["start"]
        assert (ent["start"], ent["end"]) in mentioned
        last = ent["end"]
    assert "Bauamtsleiter Brandl" in {found["text"][ent["start"] : ent["end"]] for ent in found["ents"]}


def test_a_mention_within_another_gives_way_to_it(minutes: Minutes) -> None:
    person = minutes.persons[0]
    (start, end), *_ = person.mentions
    inner = person.model_copy(update={"id": "p99", "mentions": ((start, end - 1),)})
    record = minutes.model_copy(update={"persons": (inner, *minutes.persons)})
    assert entities(record)["ents"] == entities(minutes)["ents"]


def test_displacy_takes_the_dictionaries_and_has_a_colour_for_every_label(minutes: Minutes) -> None:
    shown = [dict(one) for one in spans(minutes)]
    page = spacy_displacy.render(shown, style="span", manual=True, jupyter=False, options={"colors": COLOURS})
    assert page == render(minutes)
    assert "#7aecec" not in page and "#ddd" not in page  # what displaCy takes where it knows no colour
    labels = {span["label"] for one in spans(minutes) for span in one["spans"]}
    labels |= {ent["label"] for ent in entities(minutes)["ents"]}
    assert labels <= set(COLOURS)
    assert render(minutes, "ent").count("<mark") == len(entities(minutes)["ents"])
    assert render(minutes, turns=["t2"], page=True).startswith("<!DOCTYPE html>")


def test_what_comes_from_the_document_is_escaped(minutes: Minutes) -> None:
    text = minutes.text.replace("Frau", "<b>F").replace("Aydın", "<i>ay")
    persons = tuple(person.model_copy(update={"name": "<b>x</b>"}) for person in minutes.persons)
    record = minutes.model_copy(update={"text": text, "persons": persons, "source": "<s>.txt"})
    for page in (render(record), render(record, "ent")):
        assert not any(tag in page for tag in ("<b>", "<i>", "<s>"))
        assert "&lt;" in page


def test_words_that_a_line_end_divides_are_found() -> None:
    text = "Leiter des\nBauamts Brandl fragt, ob der Weg frei sei.\n"
    minutes = pipeline.extract(text, nlp=pipeline.load(classifier="rules"))
    turn = minutes.turns[0].model_copy(update={"roles": ("Leiter des Bauamts",)})
    record = minutes.model_copy(update={"turns": (turn,)})
    assert ("ROLE", "Leiter des \n Bauamts") in _words(record, turn.id)


def test_a_record_without_turns_is_an_empty_page(minutes: Minutes) -> None:
    record = minutes.model_copy(update={"turns": (), "decisions": (), "persons": ()})
    assert spans(record) == []
    assert render(record) == ""
    assert "Niederschrift" in render(record, "ent")
