from __future__ import annotations

from dataclasses import replace

from models.labelled import Labelled
from tests.models.tiny import ANSWER, EXCHANGE, QUESTION, TALK, TEXT

LUX, ROTH = TEXT.index("Frau Lux"), TEXT.index("Herr Roth")
DOCUMENT = Labelled(
    "rat-1", "rat", EXCHANGE, ("question", "answer", "addition"), ((0, 3), (LUX, LUX + 8), (ROTH, ROTH + 9))
)


def test_each_turn_as_a_document_of_its_own() -> None:
    found = list(DOCUMENT.turn_by_turn())
    assert [x.document.text for x in found] == [QUESTION, ANSWER, TALK]
    assert [x.labels for x in found] == [("question",), ("answer",), ("addition",)]
    assert {(x.name, x.style) for x in found} == {("rat-1", "rat")}
    for own in found:
        (turn,), (block,) = own.document.turns, own.document.blocks
        assert (turn.start, turn.section, turn.text) == (0, 0, own.document.text)
        assert (block.start, block.end, block.heading) == (0, len(turn.text), False)
    spans = [[x.document.text[a:b] for a, b in x.speakers] for x in found]
    assert spans == [["Frau Lux"], ["Herr Roth"], []]  # that of the heading belongs to none
    assert found[1].document.turns[0].addressees == ("lux",)


def test_a_document_without_turns() -> None:
    assert list(Labelled("a", "a", replace(EXCHANGE, turns=()), ()).turn_by_turn()) == []
