from __future__ import annotations

import math
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import bootstrap
from statsmodels.stats.multitest import multipletests

from corpus.record import LABELS
from evaluation.counts import UNLABELLED, Confusion, Counts, Fraction, Share
from evaluation.intervals import Estimate, contrasts, estimate, holm, intervals, metric_intervals, wilson
from evaluation.scores import METRICS, Metric, Scores

GOOD = Scores(turn=Counts(tp=4))
BAD = Scores(turn=Counts(fp=4, fn=4))
SIDES = st.sampled_from([*LABELS, None])


def _scores(*pairs: tuple[str | None, str | None]) -> Scores:
    return Scores(confusion=Confusion.of(pairs))  # type: ignore[arg-type]


@given(st.lists(st.lists(st.tuples(SIDES, st.sampled_from([*LABELS, UNLABELLED, None])), max_size=6), max_size=5))
def test_the_parts_make_up_every_metric(documents: list[list[tuple[str | None, str | None]]]) -> None:
    scores = [_scores(*pairs) for pairs in documents]
    total = sum(scores, Scores(outcome=Share(1, 3), turn=Counts(2, 3, 4)))
    of_parts = {}
    for name, metric in total.tallies.items():
        defined = [part.right / part.total for part in metric.fractions if part.total]
        of_parts[name] = fmean(defined) if defined and metric.mean == "arithmetic" else None
    assert list(of_parts) == list(METRICS)
    assert of_parts == {name: value if value is None else pytest.approx(value) for name, value in total.metrics.items()}


@given(st.lists(st.lists(st.tuples(SIDES, SIDES), max_size=6), max_size=5))
def test_the_value_is_the_metric_of_all_documents(documents: list[list[tuple[str | None, str | None]]]) -> None:
    scores = [_scores(*pairs) for pairs in documents]
    found = intervals(scores, rounds=20)
    for name, value in sum(scores, Scores()).metrics.items():
        assert found[name].value == (value if value is None else pytest.approx(value))


def test_two_documents_by_hand() -> None:
    # Of two documents a resample has twice the bad one (1/4), both (1/2) or twice the good one (1/4).
    found = intervals([GOOD, BAD])["turn_f1"]
    assert (found.value, found.low, found.high) == (0.5, 0.0, 1.0)
    assert intervals([GOOD, BAD] * 200)["turn_f1"].low == pytest.approx(0.45, abs=0.01)  # ±1.96 · √(.25 / 400)


def test_the_same_seed_gives_the_same_interval() -> None:
    documents = [Scores(turn=Counts(tp=n, fn=n * n % 7)) for n in range(9)]
    assert intervals(documents, rounds=50) == intervals(documents, rounds=50)
    assert intervals(documents, rounds=50) != intervals(documents, rounds=50, seed=1)


def test_a_label_that_occurs_nowhere_in_a_resample_is_left_out_there() -> None:
    # The document of decisions is all right, the other all wrong; without either the mean has one label less.
    found = intervals([_scores(("decision", "decision")), _scores(("question", "answer"))])["macro4_f1"]
    assert found.value == pytest.approx(1 / 3)
    assert (found.low, found.high) == (0.0, 1.0)


def test_batches_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = intervals([GOOD, BAD, GOOD], rounds=30)
    monkeypatch.setattr("evaluation.intervals._BATCH", 21)
    assert intervals([GOOD, BAD, GOOD], rounds=30) == whole


@pytest.mark.parametrize("scores", [[], [Scores()], [Scores(), Scores()]])
def test_what_is_undefined_has_no_interval(scores: list[Scores]) -> None:
    assert set(intervals(scores, rounds=5).values()) == {Estimate(None)}


def test_one_document_has_no_interval() -> None:
    assert intervals([GOOD], rounds=5)["turn_f1"] == Estimate(1.0)


def test_undefined_resamples_are_left_out() -> None:
    found = estimate(0.5, [None, 0.0, None, 1.0], 2)
    assert (found.low, found.high, found.method) == (pytest.approx(0.025), pytest.approx(0.975), "percentile")
    assert estimate(0.5, [None], 2) == Estimate(0.5)


def test_a_system_that_is_always_better_is_no_chance() -> None:
    found = contrasts([GOOD] * 20, [BAD] * 20)["turn_f1"]
    assert found.difference == Estimate(1.0)  # every resample gives 1, which is no certainty
    assert found.effect == pytest.approx(math.pi)  # 2 arcsin 1 - 2 arcsin 0
    # Only if all or none of the 20 documents change sides is the difference as large: 2 in 2^20.
    assert found.p == pytest.approx(1 / 10_001, abs=2 / 10_001)


def test_the_worse_system_has_the_same_p() -> None:
    ours, theirs = [GOOD] * 6 + [BAD], [BAD] * 6 + [GOOD]
    one, other = contrasts(ours, theirs)["turn_f1"], contrasts(theirs, ours)["turn_f1"]
    assert one.difference.value == -(other.difference.value or math.nan)
    assert one.p == other.p


def test_two_documents_cannot_tell_systems_apart() -> None:
    # Four assignments, of which two give the full difference.
    assert contrasts([GOOD] * 2, [BAD] * 2)["turn_f1"].p == pytest.approx(0.5, abs=0.02)


def test_a_system_is_as_good_as_itself() -> None:
    found = contrasts([GOOD, BAD, GOOD], [GOOD, BAD, GOOD])["turn_f1"]
    assert (found.difference, found.p) == (Estimate(0.0, 0.0, 0.0, "percentile"), 1.0)
    assert (found.effect, found.adjusted) == (0.0, 1.0)


def test_undefined_metrics_are_not_compared() -> None:
    assert contrasts([GOOD], [BAD], ["macro4_f1"])["macro4_f1"].p is None
    assert contrasts([], [])["turn_f1"].p is None


def test_other_documents_are_refused() -> None:
    with pytest.raises(ValueError, match="of 1 and of 2 documents"):
        contrasts([GOOD], [BAD, BAD])


def test_bca_is_scipys() -> None:
    # scipy's bootstrap of a mean on the same numbers, the one library that has BCa; both draw 10,000 times.
    values = [0.1, 0.2, 0.2, 0.3, 0.4, 0.9, 1.0, 0.1, 0.3, 0.2, 0.15, 0.6]
    found = metric_intervals({"mean": [Metric((Fraction(x, 1),)) for x in values]})["mean"]
    theirs = bootstrap((values,), np.mean, n_resamples=10_000, rng=np.random.default_rng(1)).confidence_interval
    assert found.method == "BCa"
    assert (found.low, found.high) == (pytest.approx(theirs.low, abs=0.01), pytest.approx(theirs.high, abs=0.01))


def test_all_right_is_no_certainty() -> None:
    # Every resample gives 1. Wilson's lower bound of 20 of 20: 1 / (1 + 1.96² / 20).
    found = intervals([Scores(turn=Counts(tp=4))] * 5)["turn_f1"]
    assert (found.value, found.high, found.method) == (1.0, 1.0, "Wilson")
    assert found.low == pytest.approx(1 / (1 + 1.959964**2 / 20))
    nothing = intervals([Scores(turn=Counts(fp=4, fn=4))] * 5)["turn_f1"]
    assert (nothing.low, nothing.high) == (0.0, pytest.approx(1 - (found.low or 0)))


def test_a_harmonic_mean_is_that_of_the_sums() -> None:
    documents = [
        Metric((Fraction(1, 2), Fraction(1, 1)), "harmonic"),
        Metric((Fraction(1, 2), Fraction(0, 1)), "harmonic"),
    ]
    # Precision 2 of 4, recall 1 of 2 over both documents.
    assert metric_intervals({"f1": documents})["f1"].value == 0.5
    assert documents[0].value == pytest.approx(2 / 3)
    assert documents[1].value == 0
    # Nothing predicted, though there is something to find: no precision, but an F1 of 0.
    nothing = Metric((Fraction(), Fraction(0, 2)), "harmonic")
    assert nothing.value == metric_intervals({"f1": [nothing] * 2})["f1"].value == 0
    assert Metric((Fraction(), Fraction()), "harmonic").value is None


def test_wilson_by_hand() -> None:
    # 8 of 10: centre (8 + 1.92) / (10 + 3.84) = .7168, half width 1.96 √(10 · .8 · .2 + .96) / 13.84 = .2265
    found = wilson(8, 10)
    assert (found.low, found.high) == (pytest.approx(0.4902, abs=1e-4), pytest.approx(0.9433, abs=1e-4))
    assert wilson(0, 0) == Estimate(None)


def test_holm_by_hand() -> None:
    # .01 · 3, then .03 · 2 = .06, then .04 · 1 = .04, which may not be less than .06.
    assert holm([0.04, None, 0.01, 0.03]) == [pytest.approx(0.06), None, pytest.approx(0.03), pytest.approx(0.06)]
    assert holm([0.8, 0.9]) == [1.0, 1.0]
    assert holm([]) == []


@settings(max_examples=20)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=8))
def test_holm_is_that_of_statsmodels(p_values: list[float]) -> None:
    assert holm(p_values) == pytest.approx(list(multipletests(p_values, method="holm")[1]))


def test_what_is_undefined_after_a_swap_does_not_speak_against_chance() -> None:
    # Nothing in gold, one wrong turn on each side: no difference, so p is 1. In half of the swaps one side has nothing.
    ours, theirs = [Scores(turn=Counts(fp=1)), Scores()], [Scores(), Scores(turn=Counts(fp=1))]
    assert contrasts(ours, theirs)["turn_f1"].p == 1.0


def test_a_figure_of_one_document_among_many_has_no_interval() -> None:
    found = intervals([Scores(outcome=Share(8, 10)), *[Scores()] * 30])["outcome_acc"]
    assert found == Estimate(0.8)


def test_the_cases_of_a_harmonic_mean_are_counted_once() -> None:
    whole = Metric((Fraction(4, 4), Fraction(4, 4)), "harmonic")
    alone = Metric((Fraction(4, 4),))
    nothing = Metric((Fraction(0, 0), Fraction(0, 4)), "harmonic")  # nothing predicted, four to find
    found = metric_intervals({"both": [whole] * 5, "one": [alone] * 5, "nothing": [nothing] * 5})
    assert found["both"].low == found["one"].low
    assert found["nothing"].high == pytest.approx(1 - (found["one"].low or 0))
