from __future__ import annotations

import math
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.record import LABELS
from evaluation.counts import UNLABELLED, Confusion, Counts, Share
from evaluation.intervals import Estimate, contrasts, estimate, intervals
from evaluation.scoring import METRICS, Scores

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
    for name, parts in total.parts.items():
        defined = [right / all for right, all in (part.fraction for part in parts) if all]
        of_parts[name] = fmean(defined) if defined else None
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
    assert found == Estimate(0.5, 0.0, 1.0)
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
    assert estimate(0.5, [None, 0.0, None, 1.0], 2) == Estimate(0.5, 0.025, 0.975)
    assert estimate(0.5, [None], 2) == Estimate(0.5)


def test_a_system_that_is_always_better_is_no_chance() -> None:
    found = contrasts([GOOD] * 20, [BAD] * 20)["turn_f1"]
    assert found.difference == Estimate(1.0, 1.0, 1.0)
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
    assert (found.difference, found.p) == (Estimate(0.0, 0.0, 0.0), 1.0)


def test_undefined_metrics_are_not_compared() -> None:
    assert contrasts([GOOD], [BAD], ["macro4_f1"])["macro4_f1"].p is None
    assert contrasts([], [])["turn_f1"].p is None


def test_other_documents_are_refused() -> None:
    with pytest.raises(ValueError, match="of 1 and of 2 documents"):
        contrasts([GOOD], [BAD, BAD])
