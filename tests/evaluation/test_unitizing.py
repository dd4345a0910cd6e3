"""The examples of docs/agreement.md, the published one, and the formula by enumeration."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.unitizing import Continuum, Unit, unitized_alpha


def _continuum(length: int, *annotators: tuple[tuple[int, int], ...]) -> Continuum:
    return Continuum(length, tuple(tuple(Unit(*span, "question") for span in spans) for spans in annotators))


def test_the_same_units_agree_fully() -> None:
    assert unitized_alpha([_continuum(10, ((2, 6),), ((2, 6),))]).value == 1


def test_a_moved_boundary_by_hand() -> None:
    moved = unitized_alpha([_continuum(10, ((2, 6),), ((2, 7),))])
    # One boundary is off by 1, the pair counts in both directions: D_o = 2 · 1² / (2 · 1 · 10²).
    assert float(moved.observed) == pytest.approx(1 / 100)
    # Units against each other in all places: (2 − 1) · (4·3·7/3 + 5·4·9/3) = 28 + 60.
    # Units within gaps (of 2, 4, 2 and 3): that of 4 in the gap of 4, 4² in one place = 16; that of 5 in none.
    # Places: 20 · 19 − 4 · 3 − 5 · 4 = 348. D_e = 2/10 · (88 + 16) / 348.
    assert float(moved.expected) == pytest.approx(20.8 / 348)
    assert moved.value == pytest.approx(433 / 520)
    # Off by 2: D_o = 4/100, D_e = 2/10 · (28 + 110 + 16) / (380 − 12 − 30).
    further = unitized_alpha([_continuum(10, ((2, 6),), ((2, 8),))])
    assert further.value == pytest.approx(1 - 0.04 * 338 / 30.8)  # 216/385


def test_units_apart_by_hand() -> None:
    # Each lies within a gap of the other: D_o = 2 · (4² + 4²) / (2 · 10²).
    # D_e = 2/10 · (28 + 28 + 4 · 4² · 3) / (380 − 12 − 12): either unit has 3 places in each of the two gaps of 6.
    apart = unitized_alpha([_continuum(10, ((0, 4),), ((6, 10),))])
    assert (float(apart.observed), float(apart.expected)) == pytest.approx((0.32, 49.6 / 356))
    assert apart.value == pytest.approx(-201 / 155)


def test_the_published_example() -> None:
    # Krippendorff (2004): 300 long, categories c and k; D_o .0144 and 0, D_e .0532 and .0490.
    same = (Unit(30, 90, "k"), Unit(150, 200, "k"))
    continuum = Continuum(
        300,
        (
            (Unit(75, 145, "c"), Unit(220, 250, "c"), *same),
            (Unit(70, 150, "c"), Unit(205, 225, "c"), Unit(250, 270, "c"), *same),
        ),
    )
    c, k = (unitized_alpha([continuum], [category]) for category in "ck")
    assert (float(c.observed), float(c.expected)) == pytest.approx((0.0144, 0.0532), abs=5e-5)
    assert (float(k.observed), float(k.expected)) == pytest.approx((0, 0.0490), abs=5e-5)
    assert (c.value, k.value) == pytest.approx((0.7286, 1), abs=5e-5)
    assert unitized_alpha([continuum]).value == pytest.approx(1 - 0.0144444 / (0.0532218 + 0.0489786), abs=5e-5)


def test_nothing_is_undefined() -> None:
    assert unitized_alpha([]).value is None
    assert unitized_alpha([Continuum(10, ((), ()))]).value is None
    assert unitized_alpha([Continuum(10, ((Unit(0, 2, "question"),), ()))], ["answer"]).value is None
    assert unitized_alpha([_continuum(10, ((0, 2),))]).value is None


def test_what_is_no_continuum_is_refused() -> None:
    with pytest.raises(ValueError, match="not within 0 and 10"):
        _continuum(10, ((2, 11),))
    with pytest.raises(ValueError, match="empty"):
        _continuum(10, ((2, 2),))
    with pytest.raises(ValueError, match="overlap"):
        _continuum(10, ((2, 4), (3, 5)))
    with pytest.raises(ValueError, match="same number of annotators"):
        unitized_alpha([_continuum(10, (), ()), _continuum(10, ())])


LENGTH = 12
_RUNS = st.lists(st.tuples(st.sampled_from(["question", "answer", None]), st.integers(1, 4)), max_size=6)


def _annotator(runs: list[tuple[str | None, int]]) -> tuple[Unit, ...]:
    units, at = [], 0
    for category, length in runs:
        if category and at + length <= LENGTH:
            units.append(Unit(at, at + length, category))
        at += length
    return tuple(units)


ANNOTATORS = _RUNS.map(_annotator)
CONTINUA = st.tuples(ANNOTATORS, ANNOTATORS).map(lambda x: Continuum(LENGTH, x))

Section = tuple[int, int, bool]
"""Begin, length, and whether it is a unit: the terms of the paper."""


def _sections(units: tuple[Unit, ...], category: str) -> list[Section]:
    found, at = [], 0
    for unit in sorted((x for x in units if x.category == category), key=lambda x: x.start):
        if at < unit.start:
            found.append((at, unit.start - at, False))
        found.append((unit.start, unit.end - unit.start, True))
        at = unit.end
    return [*found, (at, LENGTH - at, False)] if at < LENGTH else found


def _difference(a: Section, b: Section) -> int:
    (start, length, unit), (start_b, length_b, unit_b) = a, b
    apart = start - start_b
    if unit and unit_b and -length < apart < length_b:
        return apart**2 + (apart + length - length_b) ** 2
    if unit and not unit_b and 0 <= apart <= length_b - length:
        return length**2
    if unit_b and not unit and length_b - length <= apart <= 0:
        return length_b**2
    return 0


@given(st.lists(ANNOTATORS, min_size=2, max_size=3))
def test_the_formula_is_what_enumeration_finds(annotators: list[tuple[Unit, ...]]) -> None:
    found = unitized_alpha([Continuum(LENGTH, tuple(annotators))], ["question"])
    sections = [_sections(units, "question") for units in annotators]
    m = len(annotators)
    seen = sum(_difference(a, b) for x, y in permutations(sections, 2) for a in x for b in y)
    assert float(found.observed) == pytest.approx(seen / (m * (m - 1) * LENGTH**2))
    # Any two sections of any annotators, beside each other in every place.
    by_chance = sum(
        _difference((shift, *a[1:]), (0, *b[1:]))
        for a, b in permutations([x for of_one in sections for x in of_one], 2)
        for shift in range(-LENGTH, LENGTH + 1)
    )
    lengths = [length for of_one in sections for _, length, unit in of_one if unit]
    places = m * LENGTH * (m * LENGTH - 1) - sum(length * (length - 1) for length in lengths)
    assert float(found.expected) == pytest.approx(by_chance / (LENGTH * places))


@given(st.lists(CONTINUA, min_size=1, max_size=4))
def test_order_does_not_matter(continua: list[Continuum]) -> None:
    found = unitized_alpha(continua).value
    assert unitized_alpha([Continuum(x.length, x.annotators[::-1]) for x in continua]).value == pytest.approx(found)
    assert unitized_alpha(continua[::-1]).value == pytest.approx(found)
    assert found is None or found <= 1


@given(st.lists(ANNOTATORS, min_size=1, max_size=3))
def test_who_is_of_one_mind_agrees_fully(annotators: list[tuple[Unit, ...]]) -> None:
    found = unitized_alpha([Continuum(LENGTH, (units, units)) for units in annotators])
    assert float(found.observed) == 0
    assert found.value == (1 if float(found.expected) else None)


@given(st.lists(CONTINUA, min_size=1, max_size=3), st.data())
def test_times_are_repeated_continua(continua: list[Continuum], data: st.DataObject) -> None:
    size = st.lists(st.integers(0, 2), min_size=len(continua), max_size=len(continua))
    samples = data.draw(st.lists(size, min_size=1, max_size=3))
    found = unitized_alpha(continua, ["question", "answer"], samples).values
    for value, times in zip(found, samples, strict=True):
        repeated = [x for x, number in zip(continua, times, strict=True) for _ in range(number)]
        alone = unitized_alpha(repeated, ["question", "answer"]).values
        assert value == pytest.approx(alone, nan_ok=True)
