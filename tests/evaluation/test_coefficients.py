"""The examples of docs/agreement.md, other implementations, and what holds for every table."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import krippendorff
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import fleiss_kappa as fleiss_kappa_of_statsmodels

from evaluation.coefficients import Coefficient, cohen_kappa, fleiss_kappa, gwet_ac1, nominal_alpha

Table = npt.NDArray[np.int64]

CONFUSION = [[4, 2], [0, 4]]
PREVALENT = [[90, 5], [5, 0]]
THREE = [[3, 0, 0], [0, 3, 0], [2, 1, 0], [0, 1, 2]]
"""Four turns × question, answer, addition: what three annotators said."""


def _units(table: list[list[int]] | Table) -> Table:
    """Return units × categories of a table of two annotators."""
    rows = np.asarray(table)
    pairs = [(i, j) for i in range(len(rows)) for j in range(len(rows)) for _ in range(int(rows[i, j]))]
    return np.array([np.bincount(pair, minlength=len(rows)) for pair in pairs], dtype=np.int64).reshape(-1, len(rows))


def test_cohen_s_kappa_by_hand() -> None:
    # The first says question 6 times of 10, the second 4 times. P_o = 8/10, P_e = 6/10·4/10 + 4/10·6/10 = 48/100.
    assert cohen_kappa(CONFUSION).value == pytest.approx(Fraction(80 - 48, 100 - 48))  # 8/13
    assert float(cohen_kappa(CONFUSION).observed) == pytest.approx(0.2)
    assert float(cohen_kappa(CONFUSION).expected) == pytest.approx(0.52)


def test_fleiss_kappa_by_hand() -> None:
    # 20 labels, 10 of each: P_e = 1/4 + 1/4, κ = (8/10 − 1/2) / (1 − 1/2).
    assert fleiss_kappa(_units(CONFUSION)).value == pytest.approx(Fraction(3, 5))
    # Pairs of annotators that agree: 1, 1, 1/3, 1/3, so P_o = 2/3. Of 12 labels 5, 5 and 2: P_e = 54/144 = 3/8.
    assert fleiss_kappa(THREE).value == pytest.approx((Fraction(2, 3) - Fraction(3, 8)) / Fraction(5, 8))  # 7/15


def test_alpha_by_hand() -> None:
    # D_o = 2/10. Two of the 20 labels differ in 2 · 10 · 10 of 20 · 19 ordered cases: D_e = 10/19.
    assert nominal_alpha(_units(CONFUSION)).value == pytest.approx(1 - Fraction(2, 10) * Fraction(19, 10))  # 31/50
    # D_o = 1/3, D_e = (144 − 54) / (12 · 11) = 15/22.
    assert nominal_alpha(THREE).value == pytest.approx(1 - Fraction(1, 3) * Fraction(22, 15))  # 23/45


def test_ac1_by_hand() -> None:
    # π = 1/2, 1/2: P_e = (1/4 + 1/4) / (2 − 1) = 1/2.
    assert gwet_ac1(_units(CONFUSION)).value == pytest.approx(Fraction(3, 5))
    # π = 5/12, 5/12, 2/12: P_e = (1 − 54/144) / (3 − 1) = 5/16, AC1 = (2/3 − 5/16) / (11/16).
    assert gwet_ac1(THREE).value == pytest.approx(Fraction(17, 33))


def test_a_missing_label_by_hand() -> None:
    incomplete = [*THREE, [0, 0, 2]]  # the third annotator left the fifth turn out
    # 14 labels: 5, 5, 4. Turns 3 and 4 have 4 ordered pairs that differ, each weighs 1/(3 − 1): D_o = 4/14.
    # D_e = (196 − 66) / (14 · 13) = 5/7.
    assert nominal_alpha(incomplete).value == pytest.approx(1 - Fraction(2, 7) * Fraction(7, 5))  # 3/5
    # Turns 3 and 4 disagree in 2/3 of the pairs: D_o = 4/15. Each category has a third of the mean turn:
    # P_e = 3 · 1/3 · 2/3 / 2 = 1/3.
    assert gwet_ac1(incomplete).value == pytest.approx(1 - Fraction(4, 15) * Fraction(3, 2))  # 3/5
    with pytest.raises(ValueError, match="as many labels for each unit"):
        fleiss_kappa(incomplete)


def test_kappa_is_low_and_ac1_is_not_where_one_label_prevails() -> None:
    # P_o = 90/100. Both say the first label 95 times of 100: P_e = 0.95² + 0.05² = 0.905.
    assert cohen_kappa(PREVALENT).value == pytest.approx(Fraction(900 - 905, 1000 - 905))  # −1/19
    assert fleiss_kappa(_units(PREVALENT)).value == pytest.approx(Fraction(-1, 19))
    # D_e = (200² − 190² − 10²) / (200 · 199) = 19/199.
    assert nominal_alpha(_units(PREVALENT)).value == pytest.approx(1 - Fraction(1, 10) * Fraction(199, 19))  # −9/190
    # P_e = 2 · 0.95 · 0.05 = 0.095.
    assert gwet_ac1(_units(PREVALENT)).value == pytest.approx(Fraction(900 - 95, 1000 - 95))  # 161/181


@pytest.mark.parametrize("coefficient", [fleiss_kappa, nominal_alpha, gwet_ac1])
def test_nothing_to_compare_is_undefined(coefficient: Callable[[npt.ArrayLike], Coefficient]) -> None:
    assert coefficient(np.zeros((0, 3))).value is None
    assert coefficient([[1, 0], [0, 1]]).value is None  # one annotator
    assert coefficient([[2], [2]]).value is None  # one category


def test_one_label_is_undefined_where_chance_then_agrees_on_everything() -> None:
    assert cohen_kappa([[0, 0], [0, 0]]).value is None
    assert cohen_kappa([[5, 0], [0, 0]]).value is None
    assert fleiss_kappa([[2, 0], [2, 0]]).value is None
    assert nominal_alpha([[2, 0], [2, 0]]).value is None
    assert gwet_ac1([[2, 0], [2, 0]]).value == 1


CONFUSIONS = st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=3, max_size=3).map(np.array)


def _tables(least: int) -> st.SearchStrategy[Table]:
    """Units × 3 categories from between `least` and 4 labels a unit."""
    labels = st.lists(st.integers(0, 2), min_size=least, max_size=4)
    return st.lists(labels, min_size=1, max_size=8).map(
        lambda units: np.array([np.bincount(x, minlength=3) for x in units])
    )


COMPLETE = _tables(4)
INCOMPLETE = _tables(0)


@given(CONFUSIONS)
def test_cohen_s_kappa_is_that_of_scikit_learn(table: Table) -> None:
    pairs = [(i, j) for i in range(3) for j in range(3) for _ in range(int(table[i, j]))]
    assume(len(pairs) and len({*pairs, (pairs[0][0], pairs[0][0])}) > 1)
    assert cohen_kappa(table).value == pytest.approx(cohen_kappa_score(*zip(*pairs, strict=True)))


@given(COMPLETE)
def test_fleiss_kappa_is_that_of_statsmodels(units: Table) -> None:
    assume((units.sum(axis=0) > 0).sum() > 1)
    assert fleiss_kappa(units).value == pytest.approx(fleiss_kappa_of_statsmodels(units, method="fleiss"))


@given(INCOMPLETE)
def test_alpha_is_that_of_krippendorff_s_package(units: Table) -> None:
    assume((units[units.sum(axis=1) > 1].sum(axis=0) > 0).sum() > 1)
    expected = krippendorff.alpha(value_counts=units, level_of_measurement="nominal")
    assert nominal_alpha(units).value == pytest.approx(expected)


@given(INCOMPLETE)
def test_ac1_is_what_its_definition_says(units: Table) -> None:
    labelled = [row for row in units.tolist() if sum(row)]
    several = [row for row in labelled if sum(row) > 1]
    assume(several)
    agreed = [Fraction(sum(n * (n - 1) for n in row), sum(row) * (sum(row) - 1)) for row in several]
    shares = [sum(Fraction(row[k], sum(row)) for row in labelled) / len(labelled) for k in range(3)]
    chance = sum(share * (1 - share) for share in shares) / 2
    assert gwet_ac1(units).value == pytest.approx((sum(agreed) / len(agreed) - chance) / (1 - chance))


@given(CONFUSIONS, st.permutations(range(3)))
def test_cohen_s_kappa_knows_no_order(table: Table, order: list[int]) -> None:
    found = cohen_kappa(table).value
    assert cohen_kappa(table.T).value == pytest.approx(found)
    assert cohen_kappa(table[order][:, order]).value == pytest.approx(found)
    assert found is None or -1 <= found <= 1


@pytest.mark.parametrize("coefficient", [fleiss_kappa, nominal_alpha, gwet_ac1])
@given(units=COMPLETE, categories=st.permutations(range(3)), data=st.data())
def test_units_and_categories_have_no_order(
    coefficient: Callable[[npt.ArrayLike], Coefficient], units: Table, categories: list[int], data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(len(units))))
    found = coefficient(units).value
    assert coefficient(units[order][:, categories]).value == pytest.approx(found)
    assert found is None or -1.5 < found <= 1


@pytest.mark.parametrize("coefficient", [fleiss_kappa, nominal_alpha, gwet_ac1])
@given(labels=st.lists(st.integers(0, 2), min_size=1).filter(lambda x: len(set(x)) > 1), annotators=st.integers(2, 4))
def test_who_is_of_one_mind_agrees_fully(
    coefficient: Callable[[npt.ArrayLike], Coefficient], labels: list[int], annotators: int
) -> None:
    assert coefficient(annotators * np.eye(3)[labels]).value == 1
    assert cohen_kappa(np.diag(np.bincount(labels, minlength=3))).value == 1


@pytest.mark.parametrize("coefficient", [fleiss_kappa, nominal_alpha, gwet_ac1])
@given(units=COMPLETE, data=st.data())
def test_times_are_repeated_units(coefficient: Callable[..., Coefficient], units: Table, data: st.DataObject) -> None:
    size = st.lists(st.integers(0, 3), min_size=len(units), max_size=len(units))
    samples = data.draw(st.lists(size, min_size=1, max_size=3))
    found = coefficient(units, samples).values
    for value, times in zip(found, samples, strict=True):
        assert value == pytest.approx(coefficient(np.repeat(units, times, axis=0)).values, nan_ok=True)
