from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.reading import Source
from corpus.record import Minutes
from evaluation.systems import LabelsGivenTurns
from evaluation.systems.ours import Pipeline, combination, network, with_classifier
from models.calibration import Calibration
from models.inference import NetworkClassifier
from models.weights import embedded_folder, read_manifest
from pipeline.components import TURN_LABELS, TurnLabels

TEXT = "Frau Lux fragt nach dem Radweg.\nHerr Berg antwortet, er komme im Mai.\n"
SPANS = [(0, 31), (32, 69)]


def _calibration(system: Pipeline) -> Calibration:
    labels = system.nlp.get_pipe(TURN_LABELS)
    assert isinstance(labels, TurnLabels) and isinstance(labels.classifier, NetworkClassifier)
    return labels.classifier.calibration


def _labels(minutes: Minutes) -> list[str | None]:
    return [turn.label for turn in minutes.turns]


@pytest.mark.parametrize("make", [lambda: with_classifier("rules", "rules"), network, combination])
def test_turns_are_found_and_can_be_given(make: Callable[[], Pipeline], source_of: Callable[[str], Source]) -> None:
    system = make()
    assert isinstance(system, LabelsGivenTurns)
    assert _labels(system.extract(source_of(TEXT))) == ["question", "answer"]
    given = system.extract_given(source_of(TEXT), SPANS)
    assert [(turn.start, turn.end) for turn in given.turns] == SPANS
    assert _labels(given) == ["question", "answer"]


def test_the_network_stands_with_and_without_the_vote_of_the_rules(source_of: Callable[[str], Source]) -> None:
    alone, shipped = network(), combination()
    assert _calibration(alone).rules_weight == 0
    assert _calibration(shipped) == Calibration.of(read_manifest(embedded_folder())["calibration"])
    sources = [system.extract(source_of(TEXT)).generator.models["turn_labels"] for system in (alone, shipped)]
    assert len(set(sources)) == 2
