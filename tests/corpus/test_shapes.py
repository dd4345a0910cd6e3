from __future__ import annotations

import re

import pytest

from corpus.collection import Document
from corpus.gold import Gold
from corpus.shapes import Occurrences, count_shapes, frame, shapes


def _gold(text: str, mention: str | None = None, label: str = "addition", **fields: object) -> Gold:
    turn: dict[str, object] = {"start": 0, "end": len(text), "label": label, **fields}
    if mention:
        turn["speaker_mentions"] = [(text.index(mention), text.index(mention) + len(mention))]
    if label == "decision":
        turn["outcome"] = "adopted"
    return Gold.model_validate({"text": text, "turns": [turn]})


@pytest.mark.parametrize(
    ("text", "mention", "fields", "expected"),
    [
        (
            "Frau Rätin Lux (SPD) bittet Herrn Roth.",
            "Frau Rätin Lux",
            {"speakers": ["Lux"], "roles": ["Rätin"], "parties": ["SPD"], "addressees": ["Roth"]},
            "«HRN» ({party}) bittet Herrn {to}.",
        ),
        ("Dr. Ina von Lux dankt.", "Dr. Ina von Lux", {"speakers": ["von Lux"]}, "«TGN» dankt."),
        ("Sie dankt.", "Sie", {"speakers": ["Lux"]}, "«P» dankt."),
        ("Der Vor-\nsitzende dankt.", "Der Vor-\nsitzende", {"speakers": ["Vorsitzende"]}, "«DN» dankt."),
        ("Das Ge-\nbäude sei alt, so\nFrau Lux.", "Frau Lux", {"speakers": ["Lux"]}, "Das Gebäude sei alt, so «HN»."),
        ("M. Lux dankt.", "M. Lux", {"speakers": ["Lux"]}, "«IN» dankt."),
    ],
)
def test_frames(text: str, mention: str, fields: dict[str, object], expected: str) -> None:
    gold = _gold(text, mention, **fields)
    assert frame(gold, gold.turns[0]) == expected


@pytest.mark.parametrize(
    ("code", "gold"),
    [
        ("A1", _gold("Frau Lux dankt.", "Frau Lux", speakers=["Lux"])),
        ("A5", _gold("Herr Lux (Bauamt) berichtet.", "Herr Lux", speakers=["Lux"], roles=["Bauamt"])),
        ("A9", _gold("Er meint dies.", "Er", speakers=["Lux"])),
        ("A12", _gold("GR. Lux: Nein.", "GR. Lux", speakers=["Lux"], roles=["GR."])),
        ("B2", _gold("Frau Lux entgegnet, man könne nur raten.", "Frau Lux", speakers=["Lux"])),
        ("B3", _gold("Frau Lux halte dies für falsch.", "Frau Lux", speakers=["Lux"])),
        ("B6", _gold("Auf Nachfrage von Herrn Roth teilt sie mit, es sei so.", "sie", "answer", speakers=["Lux"])),
        ("B7", _gold("Hierzu wurde erklärt, dass dies stimmt.", None, "answer")),
        ("B9", _gold("Frau Lux bittet um Auskunft.", "Frau Lux", "question", speakers=["Lux"])),
        ("C16", _gold("Frau Lux fragte nach.", "Frau Lux", "question", speakers=["Lux"])),
        ("F3", _gold("Bei 2 Gegenstimmen beschlossen.", None, "decision")),
        ("F8", _gold("Beschlossen mit 12 : 3 Stimmen.", None, "decision")),
        ("F10", _gold("4xZustimmung", None, "decision")),
    ],
)
def test_a_shape_is_found(code: str, gold: Gold) -> None:
    assert count_shapes([Document("a", gold)])[code] == Occurrences(1, 1)


@pytest.mark.parametrize(
    ("code", "gold"),
    [
        ("A1", _gold("Lux dankt.", "Lux", speakers=["Lux"])),
        ("A9", _gold("Frau Lux dankt.", "Frau Lux", speakers=["Lux"])),
        ("B2", _gold("Frau Lux meint, dass man raten könne.", "Frau Lux", speakers=["Lux"])),
        ("B3", _gold("Frau Lux sagt, dies sei falsch.", "Frau Lux", speakers=["Lux"])),
        ("B7", _gold("Frau Lux erklärt, es werde geprüft.", "Frau Lux", "answer", speakers=["Lux"])),
        ("C16", _gold("Frau Lux fragt nach.", "Frau Lux", "question", speakers=["Lux"])),
        ("AN8", _gold("Frau Lux kommt um 18.30 Uhr.", "Frau Lux", speakers=["Lux"])),
    ],
)
def test_a_shape_is_not_found(code: str, gold: Gold) -> None:
    assert count_shapes([Document("a", gold)])[code] == Occurrences()


def test_the_order_of_labels_in_an_item_is_a_shape() -> None:
    text = "TOP 1 Bad\nFrau Lux fragt.\nHerr Roth nickt.\nBeschlossen.\n"
    starts = [text.index(x) for x in ("Frau", "Herr", "Besch")]
    turns = [
        {"start": start, "end": text.index("\n", start), "label": label}
        for start, label in zip(starts, ("question", "answer", "decision"), strict=True)
    ]
    turns[2]["outcome"] = "adopted"
    gold = Gold.model_validate({"text": text, "agenda": [{"start": 0, "end": 9}], "turns": turns})
    counts = count_shapes([Document("a", gold)])
    assert (counts["E6"].times, counts["E7"].times) == (0, 1)


def test_shapes_are_in_the_order_of_the_catalogue() -> None:
    codes = [shape.code for shape in shapes()]
    assert len(set(codes)) == len(codes)
    assert [re.match("[A-G]", code)[0] for code in codes] == sorted(code[0] for code in codes)  # type: ignore[index]
