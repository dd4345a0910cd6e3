from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import evaluation.systems.cues
from corpus.reading import Source, decode
from evaluation.systems import LabelsGivenTurns
from evaluation.systems.cues import Cues


@pytest.mark.parametrize(
    ("sentence", "label", "speaker"),
    [
        ("Frau Lux fragt nach dem Radweg.", "question", "Lux"),
        ("Wann der Radweg kommt, will Stadtrat von Ahlen wissen.", "question", "von Ahlen"),
        ("Herr Dr. Berg antwortet, er komme im Mai.", "answer", "Berg"),
        ("GRin Anna Lux kritisiert das.", "addition", "Anna Lux"),
        ("Die Verwaltung sagt eine Prüfung zu.", "answer", "Verwaltung"),
        ("Bürgermeister Berg eröffnet die Sitzung.", "other", "Berg"),
        ("Es wird nachgefragt, ob das stimmt.", "question", None),
        ("Einstimmig.", "decision", None),
        ("Dem Antrag von Frau Lux wird zugestimmt.", "decision", None),
    ],
)
def test_the_first_cue_gives_the_label(
    source_of: Callable[[str], Source], sentence: str, label: str, speaker: str | None
) -> None:
    minutes = Cues().extract(source_of(sentence))
    (turn,) = minutes.turns
    assert (turn.label, [person.name for person in minutes.persons]) == (label, [speaker] if speaker else [])
    assert all(sentence[start:end].endswith(speaker or "") for start, end in turn.speaker_mentions)


def test_a_turn_ends_at_the_next_cue_a_blank_line_and_a_heading(source_of: Callable[[str], Source]) -> None:
    text = (
        "TOP 2 Anfragen\n\nFrau Lux fragt nach Nr. 5. Der Weg fehlt. Herr Berg erklärt das.\n\nKein Stichwort.\n\n"
        "3. Bericht\n\nHerr Berg erklärt es.\n"
    )
    turns = Cues().extract(source_of(text)).turns
    # "erklärt" answers only while a question is open: the heading closes it.
    assert [(text[turn.start : turn.end], turn.label) for turn in turns] == [
        ("Frau Lux fragt nach Nr. 5. Der Weg fehlt.", "question"),
        ("Herr Berg erklärt das.", "answer"),
        ("Herr Berg erklärt es.", "addition"),
    ]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Beschluss:\nDem Entwurf wird zugestimmt.\nEinstimmig.", "adopted"),
        ("Der Antrag wird mehrheitlich abgelehnt.", "rejected"),
        ("Der Rat nimmt den Bericht zur Kenntnis.", "noted"),
        ("Die Sache wird einstimmig vertagt.", "postponed"),
    ],
)
def test_lines_of_a_decision_are_one_turn_with_an_outcome(
    source_of: Callable[[str], Source], text: str, outcome: str
) -> None:
    minutes = Cues().extract(source_of(text))
    assert [(turn.start, turn.end) for turn in minutes.turns] == [(0, len(text))]
    assert [decision.outcome for decision in minutes.decisions] == [outcome]


def test_text_without_cues_has_no_turns(source_of: Callable[[str], Source]) -> None:
    assert Cues().extract(source_of("Der Radweg ist lang. Er führt am See entlang.")).turns == ()


def test_given_turns_are_kept(source_of: Callable[[str], Source]) -> None:
    text = "Frau Lux fragt danach.\nDas komme im Mai, erklärt Herr Berg.\nDer See ist tief.\nBeschluss: Ja."
    spans = [(0, 22), (23, 59), (60, 77), (78, 92)]
    system = Cues()
    assert isinstance(system, LabelsGivenTurns)
    turns = system.extract_given(source_of(text), spans).turns
    assert [(turn.start, turn.end) for turn in turns] == spans
    assert [turn.label for turn in turns] == ["question", "answer", "addition", "decision"]


_PARTS = st.sampled_from(
    [
        "Frau Lux",
        "fragt",
        "erklärt",
        "Beschluss:",
        "Dr. ",
        "TOP 1",
        "\n",
        "\n\n",
        " ",
        ". ",
        "? ",
        "2024. Er",
        "\f",
        "„",
        "é",
    ]
)


@given(st.lists(_PARTS).map("".join).filter(str.strip))
def test_spans_are_evidence_in_any_text(text: str) -> None:
    minutes = Cues().extract(decode(text.encode(), "see-1.txt"))
    for turn in minutes.turns:
        assert text[turn.start : turn.end].strip() == text[turn.start : turn.end] != ""
        assert turn.cue and turn.start <= turn.cue[0] < turn.cue[1] <= turn.end
    names = {text[start:end] for person in minutes.persons for start, end in person.mentions}
    assert all(any(person.name in name for name in names) for person in minutes.persons)


def test_the_baseline_is_independent_of_the_pipeline() -> None:
    tree = ast.parse(Path(evaluation.systems.cues.__file__).read_text(encoding="utf-8"))
    imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert not any(name.partition(".")[0] in ("pipeline", "models") for name in imported)
