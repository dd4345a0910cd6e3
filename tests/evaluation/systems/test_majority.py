from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from corpus.collection import read_documents, samples_folder
from corpus.reading import Source
from evaluation.systems import LabelsGivenTurns
from evaluation.systems.majority import Majority

TEXT = (
    "Niederschrift\n\nTOP 1 Radweg\nFrau Lux fragt nach dem Radweg. Er fehlt. \n\nBeschluss:\n  Dem wird zugestimmt.\n"
)


def test_lines_of_prose_are_turns(source_of: Callable[[str], Source]) -> None:
    minutes = Majority().extract(source_of(TEXT))
    assert [TEXT[turn.start : turn.end] for turn in minutes.turns] == [
        "Frau Lux fragt nach dem Radweg. Er fehlt.",
        "Dem wird zugestimmt.",
    ]
    assert minutes.persons == () and minutes.decisions == ()


def test_the_label_is_the_most_frequent_one_of_train() -> None:
    documents = read_documents(samples_folder(), ("train",))
    ((label, _),) = Counter(turn.label for x in documents for turn in x.gold.turns).most_common(1)
    assert Majority().label == label


def test_given_turns_get_that_label(source_of: Callable[[str], Source]) -> None:
    system = Majority()
    assert isinstance(system, LabelsGivenTurns)
    turns = system.extract_given(source_of(TEXT), [(0, 13), (15, 27)]).turns
    assert [(turn.start, turn.end, turn.label) for turn in turns] == [(0, 13, system.label), (15, 27, system.label)]
