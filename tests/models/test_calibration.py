from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from corpus.record import LABELS, Label
from models.calibration import Calibration, expected_calibration_error, fit_temperature, log_softmax, softmax
from models.features import COLUMNS


def _drawn(temperature: float, turns: int = 20_000) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Scores, and labels drawn with the probabilities that the scores give at that temperature."""
    generator = np.random.default_rng(0)
    scores = generator.normal(0, 2, (turns, 5))
    sums = softmax(scores / temperature).cumsum(axis=1)
    return scores, (generator.random((turns, 1)) > sums).sum(axis=1).clip(max=4)


@pytest.mark.parametrize("temperature", [0.4, 1.0, 2.5])
def test_a_known_temperature_is_found(temperature: float) -> None:
    scores, gold = _drawn(temperature)
    found = fit_temperature(scores, gold)
    assert found == pytest.approx(temperature, rel=0.05)
    probabilities = softmax(scores / found)
    right = probabilities.argmax(1) == gold
    after = expected_calibration_error(probabilities.max(1), right)
    assert after is not None and after < 0.02
    before = expected_calibration_error(softmax(scores).max(1), right)
    assert before is not None and (temperature == 1 or before > 0.05)


def _ruled(*labels: Label) -> NDArray[np.float32]:
    """The features of turns that the rules give these labels."""
    rows = np.full((len(labels), len(COLUMNS)), 1, np.float32)
    for row, label in zip(rows, labels, strict=True):
        row[[COLUMNS.index(f"rules_{x}") for x in LABELS]] = [x == label for x in LABELS]
    return rows


def test_a_temperature_changes_no_label() -> None:
    scores, _ = _drawn(2.5, 200)
    features = np.repeat(_ruled("other"), 200, axis=0)
    found = Calibration(3.0)(scores, features)
    assert (found.argmax(1) == scores.argmax(1)).all()
    np.testing.assert_allclose(softmax(found), softmax(scores / 3.0))


def test_the_rules_weigh_as_much_as_is_said() -> None:
    scores = np.asarray([[1.0, 0.0, 0.0, 0.0, 0.0]] * 2)
    features = _ruled("question", "answer")
    odds = [np.log(x[0] / x[1]) for x in softmax(Calibration(2.0, rules_weight=1.5)(scores, features))]
    assert odds == pytest.approx([(1 + 1.5) / 2, (1 - 1.5) / 2])
    assert Calibration(rules_weight=1.5)(scores, features).argmax(1).tolist() == [0, 1]
    assert Calibration(rules_weight=0.5)(scores, features).argmax(1).tolist() == [0, 0]
    assert Calibration()(scores[:0], features[:0]).shape == (0, 5)


def test_sure_and_always_right_ends_at_the_bound() -> None:
    scores = np.eye(5) * 9
    assert fit_temperature(scores, np.arange(5)) == pytest.approx(0.05, rel=1e-3)
    assert fit_temperature(scores, (np.arange(5) + 1) % 5) == pytest.approx(20, rel=1e-3)


@pytest.mark.parametrize(("scores", "labels"), [(3, 2), (0, 0)])
def test_as_many_labels_as_scores(scores: int, labels: int) -> None:
    with pytest.raises(ValueError, match="there must be as many, and at least one"):
        fit_temperature(np.zeros((scores, 5)), np.zeros(labels, np.int64))


def test_it_can_be_stored() -> None:
    assert Calibration.of(Calibration(1.5, 0.5).as_json()) == Calibration(1.5, 0.5)


@given(st.lists(st.lists(st.floats(-1e4, 1e4, width=32), min_size=5, max_size=5), max_size=6))
def test_probabilities_sum_to_one(rows: list[list[float]]) -> None:
    scores = np.asarray(rows, np.float32).reshape(-1, 5)
    probabilities = softmax(scores)
    np.testing.assert_allclose(np.exp(log_softmax(scores)), probabilities, atol=1e-12)
    assert probabilities.shape == (len(rows), 5)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1)
