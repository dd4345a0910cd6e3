from __future__ import annotations

import pytest

from evaluation.matching import match


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


def test_greedy_matching_can_leave_a_turn_alone() -> None:
    # the pair of .9 takes the prediction that the other gold turn needs
    found = match([(0, 10), (0, 9)], [(0, 9), (30, 40)])
    assert found.pairs == ((1, 0),)
    assert (found.missed, found.spurious) == ((0,), (1,))


def test_of_equal_overlaps_the_earlier_wins() -> None:
    assert match([(0, 10)], [(0, 5), (5, 10)]).pairs == ((0, 0),)
    assert match([(0, 5), (5, 10)], [(0, 10)]).pairs == ((0, 0),)
