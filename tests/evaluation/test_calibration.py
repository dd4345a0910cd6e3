from __future__ import annotations

from collections.abc import Callable
from statistics import fmean
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.gold import Gold
from corpus.record import Minutes, Turn
from evaluation import calibrate
from evaluation.calibration import (
    Coverage,
    Judged,
    adaptive_calibration_error,
    calibration,
    expected_calibration_error,
    judge,
    reliability,
)
from evaluation.harness import Document

TEXT = "Frau Ammer fragt nach dem Radweg.\nHerr Berg lobt.\nFrau Cordes schweigt.\n"
ASK = {"quote": "Frau Ammer fragt nach dem Radweg.", "label": "question"}
PRAISE = {"quote": "Herr Berg lobt.", "label": "addition"}
SILENCE = {"quote": "Frau Cordes schweigt.", "label": "other"}


def _turn(**fields: Any) -> Turn:
    return Turn.model_validate({"id": "t1", "start": 0, "end": 1, "label": "question", **fields})


def _arrays(*judged: tuple[float, bool]) -> tuple[Any, Any]:
    return np.array([x for x, _ in judged], dtype=float), np.array([x for _, x in judged], dtype=bool)


# Two bins: below, .4 and .2 with one right of two (gap .2); above, .9, .8 and .7 with two right of three (gap .4/3).
FIVE = ((0.4, True), (0.2, False), (0.9, True), (0.8, True), (0.7, False))


def test_the_error_by_hand() -> None:
    # 2/5 · |.3 − .5| + 3/5 · |.8 − 2/3| = .08 + .08
    assert expected_calibration_error(*_arrays(*FIVE), bins=2) == pytest.approx(0.16)


def test_the_adaptive_error_by_hand() -> None:
    # Sorted: .2 .4 .7 | .8 .9 → |1.3 − 1| / 5 + |1.7 − 2| / 5
    assert adaptive_calibration_error(*_arrays(*FIVE), bins=2) == pytest.approx(0.12)


def test_sure_and_wrong_is_the_worst() -> None:
    wrong = _arrays((1.0, False), (1.0, False))
    assert expected_calibration_error(*wrong) == adaptive_calibration_error(*wrong) == 1.0


def test_a_coin_that_knows_it_is_one_is_calibrated() -> None:
    coin = _arrays((0.5, True), (0.5, False))
    assert expected_calibration_error(*coin) == 0.0
    # Each turn is a bin of its own there, and no single turn is half right.
    assert adaptive_calibration_error(*coin) == 0.5


def test_without_turns_there_is_no_error() -> None:
    assert expected_calibration_error(*_arrays()) is None
    assert adaptive_calibration_error(*_arrays()) is None


def test_the_curve_has_all_bins() -> None:
    below, above = reliability(*_arrays(*FIVE), bins=2)
    assert (below.low, below.high, below.turns) == (0.0, 0.5, 2)
    assert (below.confidence, below.accuracy) == (pytest.approx(0.3), 0.5)
    assert (above.turns, above.accuracy) == (3, pytest.approx(2 / 3))
    empty = reliability(*_arrays((1.0, True)))
    assert [x.turns for x in empty] == [0] * 14 + [1]
    assert (empty[0].confidence, empty[0].accuracy) == (None, None)


@pytest.mark.parametrize(("confidence", "number"), [(0.0, 0), (0.2, 0), (0.201, 1), (0.4, 1), (0.6, 2), (1.0, 4)])
def test_an_edge_belongs_to_the_bin_below(confidence: float, number: int) -> None:
    assert [x.turns for x in reliability(*_arrays((confidence, True)), bins=5)].index(1) == number


def test_the_squares_of_all_labels_count() -> None:
    turn = _turn(confidence=0.7, probabilities={"question": 0.7, "answer": 0.3})
    assert judge(turn, "question") == Judged(0.7, True, pytest.approx(0.3**2 + 0.3**2))
    assert judge(turn, "answer") == Judged(0.7, False, pytest.approx(0.7**2 + 0.7**2))
    assert judge(turn, "other") == Judged(0.7, False, pytest.approx(0.7**2 + 0.3**2 + 1))


def test_a_label_need_not_be_the_likeliest() -> None:
    # A classifier that decodes the document as a whole may settle on the second.
    turn = _turn(label="answer", confidence=0.3, probabilities={"question": 0.7, "answer": 0.3})
    judged = judge(turn, "answer")
    assert judged is not None
    assert (judged.confidence, judged.right) == (0.3, True)


def test_an_abstained_turn_stands_for_its_likeliest_label() -> None:
    turn = _turn(confidence=0.4, probabilities={"addition": 0.4, "answer": 0.3, "other": 0.3})
    judged = judge(turn.model_copy(update={"label": None}), "addition")
    assert judged is not None
    assert judged.right


def test_a_turn_without_a_confidence_is_not_judged() -> None:
    assert judge(_turn(), "question") is None
    assert judge(_turn(confidence=0.9), "question") == Judged(0.9, True)


def test_coverage_against_accuracy() -> None:
    found = calibration([Judged(0.55, False), Judged(0.6, True), Judged(0.75, False), Judged(0.92, True)])
    assert found.coverage == (
        Coverage(0.5, 1.0, 0.5),
        Coverage(0.6, 0.75, pytest.approx(2 / 3)),
        Coverage(0.7, 0.5, 0.5),
        Coverage(0.8, 0.25, 1.0),
        Coverage(0.9, 0.25, 1.0),
        Coverage(0.95, 0.0, None),
    )


def test_risk_and_coverage_by_hand() -> None:
    found = calibration([Judged(0.9, True), Judged(0.8, False), Judged(0.6, False), Judged(0.8, True)])
    assert found.risk_coverage == (
        Coverage(0.9, 0.25, 1.0),
        Coverage(0.8, 0.75, pytest.approx(2 / 3)),
        Coverage(0.6, 1.0, 0.5),
    )
    # .25 · 0 + .5 · 1/3 + .25 · 1/2
    assert found.aurc == pytest.approx(7 / 24)


@given(st.lists(st.tuples(st.sampled_from((0.3, 0.5, 0.7, 1.0)), st.booleans()), min_size=1))
def test_the_area_is_the_mean_error_among_those_at_least_as_sure(turns: list[tuple[float, bool]]) -> None:
    found = calibration([Judged(*turn) for turn in turns])
    surer = ([not right for other, right in turns if other >= confidence] for confidence, _ in turns)
    assert found.aurc == pytest.approx(fmean(fmean(wrong) for wrong in surer))
    assert found.risk_coverage[-1].coverage == 1.0
    assert found.risk_coverage[-1].accuracy == found.accuracy


def test_only_matched_turns_are_judged(gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]) -> None:
    sure = {"confidence": 1.0, "probabilities": {"question": 1.0}}
    record = record_of(
        TEXT, {**ASK, **sure}, {**PRAISE, "label": "question", **sure}, {"quote": "Cordes", "label": "question", **sure}
    )
    found = calibrate([Document("see", gold_of(TEXT, ASK, PRAISE, SILENCE), record)])
    assert (found.turns, found.without) == (2, 0)
    assert (found.accuracy, found.confidence, found.ece, found.brier) == (0.5, 1.0, 0.5, 1.0)


def test_labels_without_probabilities_have_no_calibration(
    gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]
) -> None:
    found = calibrate([Document("see", gold_of(TEXT, ASK, PRAISE), record_of(TEXT, ASK, PRAISE))])
    assert (found.turns, found.without, found.ece, found.adaptive_ece, found.brier) == (0, 2, None, None, None)
    assert (found.coverage, found.accuracy) == ((), None)
    assert (found.risk_coverage, found.aurc) == ((), None)
