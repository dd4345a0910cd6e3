from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from corpus.reading import Source
from evaluation.systems.records import FoundTurn, paragraphs, record

TEXT = "Frau Lux fragt. Herr Berg nickt. Frau Lux dankt. Abgelehnt."


def test_a_record_has_each_speaker_once(source_of: Callable[[str], Source]) -> None:
    turns = [
        FoundTurn(0, 15, "question", speaker="Lux", mention=(0, 8), cue=(9, 14)),
        FoundTurn(16, 32, "addition", speaker="Berg", mention=(16, 25)),
        FoundTurn(33, 48, "other", speaker="Lux", mention=(33, 41)),
        FoundTurn(49, 59, "decision", outcome="rejected"),
    ]
    minutes = record(source_of(TEXT), "test", turns)
    assert [(person.id, person.name, person.mentions) for person in minutes.persons] == [
        ("p1", "Lux", ((0, 8), (33, 41))),
        ("p2", "Berg", ((16, 25),)),
    ]
    assert [turn.speakers for turn in minutes.turns] == [("p1",), ("p2",), ("p1",), ()]
    assert [(x.turn, x.outcome) for x in minutes.decisions] == [("t4", "rejected")]
    assert (minutes.source, minutes.generator.package) == ("see-1.txt", "test")


def test_paragraphs_stand_between_blank_lines() -> None:
    text = "\n TOP 1\r\n \r\nFrau Lux\r\nfragt. \n\n\n Ende"
    assert [text[start:end] for start, end in paragraphs(text)] == ["TOP 1", "Frau Lux\r\nfragt.", "Ende"]


@given(st.text(alphabet="ab \n\r\t\f"))
def test_paragraphs_hold_all_that_is_not_white_space(text: str) -> None:
    found = [text[start:end] for start, end in paragraphs(text)]
    assert all(part and part == part.strip() for part in found)
    assert "".join("".join(found).split()) == "".join(text.split())
