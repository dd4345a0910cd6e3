from __future__ import annotations

import random
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nervaluate import Evaluator

from evaluation.counts import SpanCounts
from evaluation.matching import assign, compare_spans, match, overlaps

Spans = list[tuple[int, int]]


@st.composite
def _apart(draw: st.DrawFn) -> Spans:
    """Spans in order that do not overlap, as turns stand in a text."""
    bounds = sorted(draw(st.sets(st.integers(0, 60), max_size=12)))
    return list(pairwise(bounds))[::2]


@pytest.mark.parametrize(
    ("predicted", "matched"),
    [
        ((0, 10), True),
        ((0, 5), True),  # 5 of 10
        ((0, 4), False),  # 4 of 10
        ((5, 15), False),  # 5 of 15
        ((0, 20), True),  # 10 of 20
        ((0, 21), False),
        ((10, 20), False),
        ((3, 3), False),
    ],
)
def test_half_of_the_common_extent_must_overlap(predicted: tuple[int, int], matched: bool) -> None:
    found = match([(0, 10)], [predicted])
    assert found.pairs == (((0, 0),) if matched else ())
    assert found.missed == (() if matched else (0,))
    assert found.spurious == (() if matched else (0,))


def test_the_best_overlap_comes_first() -> None:
    # (0, 10) overlaps (0, 8) by 8/10 and (0, 10) wholly: the second takes it, though it stands later.
    assert match([(0, 10)], [(0, 8), (0, 10)]).pairs == ((0, 1),)


def test_the_sum_of_overlaps_is_greatest() -> None:
    # Greedily, (0, 9) would take (0, 9) and leave (0, 10) alone with (0, 5): 1 + .5. The same is best here, but
    # with (0, 8) in its place both pairs count: .9 + .8 is more than 1 + 0.
    assert match([(0, 10), (0, 9)], [(0, 9), (0, 5)]).pairs == ((0, 1), (1, 0))
    assert match([(0, 10), (9, 19)], [(0, 10)]).pairs == ((0, 0),)
    assert match([(0, 12), (4, 12)], [(4, 12), (0, 16)]).pairs == ((0, 1), (1, 0))


def test_of_equal_overlaps_the_earlier_wins() -> None:
    assert match([(0, 10)], [(0, 5), (5, 10)]).pairs == ((0, 0),)
    assert match([(0, 5), (5, 10)], [(0, 10)]).pairs == ((0, 0),)


def test_pairs_without_gain_are_left_out() -> None:
    assert assign(np.array([[0.0, 2.0], [0.0, 3.0]])) == ((1, 1),)
    assert assign(np.zeros((0, 3))) == ()


def test_overlaps_are_shares_of_the_common_extent() -> None:
    assert overlaps([(0, 10), (20, 30)], [(5, 15)]).tolist() == [[5 / 15], [0.0]]
    assert overlaps([], [(0, 1)]).shape == (0, 1)


def test_every_way_of_matching_by_hand() -> None:
    gold = [(0, 10), (10, 20), (20, 30), (40, 50)]
    predicted = [(0, 10), (10, 14), (18, 29), (60, 70)]
    # The first is the same; (10, 14) begins alike but has 4 of 10; (18, 29) shares 9 of 12 with (20, 30).
    assert compare_spans(gold, predicted) == SpanCounts(
        correct=1, partial=2, missed=1, spurious=1, boundary=2, overlap=2
    )


def test_a_span_under_another_label_is_incorrect() -> None:
    gold, predicted = [(0, 10), (10, 20)], [(0, 10), (10, 19)]
    labelled = compare_spans(gold, predicted, (["question", "answer"], ["question", "addition"]))
    assert labelled == SpanCounts(correct=1, incorrect=1, boundary=1, overlap=1)


def test_the_right_label_is_looked_for_before_the_right_span() -> None:
    # (0, 10) is the same span as the second one, but the first has its label.
    found = compare_spans([(0, 10)], [(0, 6), (0, 10)], (["answer"], ["answer", "question"]))
    assert (found.correct, found.partial, found.incorrect, found.spurious) == (0, 1, 0, 1)


@given(_apart(), _apart())
def test_bounds_and_symmetry(gold: Spans, predicted: Spans) -> None:
    there, back = compare_spans(gold, predicted), compare_spans(predicted, gold)
    assert (there.gold, there.predicted) == (len(gold), len(predicted))
    assert there.fractions == back.fractions
    assert (there.missed, there.spurious) == (back.spurious, back.missed)
    assert there.correct <= there.boundary <= min(len(gold), len(predicted))
    assert there.correct <= there.overlap <= there.correct + there.partial
    assert all(x.ratio is None or 0 <= x.ratio <= 1 for x in there.fractions.values())


@given(_apart())
def test_identity_is_right_in_every_way(spans: Spans) -> None:
    found = compare_spans(spans, spans)
    assert found == SpanCounts(correct=len(spans), boundary=len(spans), overlap=len(spans))


@given(_apart(), _apart(), st.randoms(use_true_random=False))
def test_the_order_of_spans_does_not_matter(gold: Spans, predicted: Spans, shuffle: random.Random) -> None:
    other = (shuffle.sample(gold, len(gold)), shuffle.sample(predicted, len(predicted)))
    assert compare_spans(*other) == compare_spans(gold, predicted)


@given(_apart(), st.lists(st.tuples(st.sampled_from(["same", "shorter", "missed"]), st.booleans()), min_size=6))
def test_nervaluate_counts_the_same(gold: Spans, fates: list[tuple[str, bool]]) -> None:
    # Each prediction touches one gold span at most: nervaluate does not look for the best matching.
    predicted = []
    for (start, end), (fate, _) in zip(gold, fates, strict=False):
        if fate == "same" or (fate == "shorter" and end - start < 2):
            predicted.append((start, end))
        elif fate == "shorter":
            predicted.append((start, end - 1))
    predicted += [(100, 110)] if fates[0][1] else []
    ours = compare_spans(gold, predicted)
    as_dicts = [[{"label": "X", "start": a, "end": b - 1} for a, b in spans] for spans in (gold, predicted)]
    theirs = Evaluator([as_dicts[0]], [as_dicts[1]], tags=["X"], loader="dict").evaluate()["overall"]["partial"]
    assert (theirs.correct, theirs.partial, theirs.missed, theirs.spurious) == (
        ours.correct,
        ours.partial,
        ours.missed,
        ours.spurious,
    )
    assert theirs.f1 == pytest.approx(ours.fractions["partial"].ratio or 0)
