"""Krippendorff's alpha for unitizing: do annotators cut the same units out of a continuum?

The coefficient of Krippendorff (1995; 2004, "Measuring the reliability of qualitative text analysis data"). A moved
boundary costs the square of the distance, a unit that the other annotator does not have the square of its length.
The continuum of a category is units and the gaps between them. Chance is every way to lay the sections of two
annotators beside each other.

Krippendorff et al. (2016) redefine the coefficient, because with more than two annotators it does not behave as
expected. Take means over pairs there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
import numpy.typing as npt

from evaluation.coefficients import Coefficient, Floats, ratio


@dataclass(frozen=True)
class Unit:
    """A stretch of a continuum, half open, and its category."""

    start: int
    end: int
    category: str


@dataclass(frozen=True)
class Continuum:
    """A text of so many characters, and the units that each annotator cut out of it.

    Raises `ValueError` for a unit outside of the text, an empty one, and two of one annotator that overlap in one
    category.
    """

    length: int
    annotators: tuple[tuple[Unit, ...], ...]

    def __post_init__(self) -> None:
        for units in self.annotators:
            for unit in units:
                if not 0 <= unit.start < unit.end <= self.length:
                    raise ValueError(f"{unit} is empty or not within 0 and {self.length}")
            for a, b in pairwise(sorted(units, key=lambda x: (x.category, x.start))):
                if a.category == b.category and b.start < a.end:
                    raise ValueError(f"{a} and {b} of one annotator overlap")


def unitized_alpha(
    continua: Sequence[Continuum], categories: Sequence[str] | None = None, times: npt.ArrayLike | None = None
) -> Coefficient:
    """Return alpha of several continua laid end to end, over all categories together or over those named.

    No unit and no gap goes beyond its continuum. `times` says how often each continuum stands; its leading axes are
    samples, for a bootstrap. Raises `ValueError` where the continua differ in the number of annotators.
    """
    if len({len(continuum.annotators) for continuum in continua}) > 1:
        raise ValueError("the continua do not all have the same number of annotators")
    often = np.ones(len(continua)) if times is None else np.asarray(times, dtype=np.float64)
    used = {x.category for continuum in continua for units in continuum.annotators for x in units}
    counted = used if categories is None else used.intersection(categories)
    parts = [_of_category(continua, category, often) for category in sorted(counted)]
    nothing = np.zeros(often.shape[:-1])
    return Coefficient(sum((x.observed for x in parts), nothing), sum((x.expected for x in parts), nothing))


def _of_category(continua: Sequence[Continuum], category: str, often: Floats) -> Coefficient:
    spans = [[_spans(units, category) for units in continuum.annotators] for continuum in continua]
    lengths = [np.concatenate([x[:, 1] - x[:, 0] for x in annotators]) for annotators in spans]
    gaps = [
        np.concatenate([_gaps(x, continuum.length) for x in annotators])
        for continuum, annotators in zip(continua, spans, strict=True)
    ]
    pairs = [[_distance(a, b) for a, b in combinations(annotators, 2)] for annotators in spans]
    whole = often @ np.array([float(continuum.length) for continuum in continua])
    observed = ratio(often @ np.array([sum(x) for x in pairs]), len(pairs[0]) * whole**2)

    # Over all offsets of two units of lengths l and m, the distances add up to l(l−1)(2l−1)/3 + m(m−1)(2m−1)/3.
    number = often @ np.array([len(x) for x in lengths])
    overlapping = (number - 1) * (often @ np.array([(x * (x - 1) * (2 * x - 1)).sum() / 3 for x in lengths]))
    enclosed = np.array([_enclosed(x, gaps) for x in lengths])
    in_gaps = ((often @ enclosed) * often).sum(axis=-1)
    everything = len(spans[0]) * whole
    places = everything * (everything - 1) - often @ np.array([(x * (x - 1)).sum() for x in lengths])
    return Coefficient(observed, ratio(2 * (overlapping + in_gaps), whole * places))


def _spans(units: tuple[Unit, ...], category: str) -> Floats:
    """Return start and end of the units of a category, in order."""
    spans = sorted((x.start, x.end) for x in units if x.category == category)
    return np.array(spans, dtype=np.float64).reshape(-1, 2)


def _gaps(spans: Floats, length: int) -> Floats:
    return np.append(spans[:, 0], length) - np.insert(spans[:, 1], 0, 0)


def _distance(first: Floats, second: Floats) -> float:
    """Return the distances of all sections of two annotators, each pair once."""
    overlap = (first[:, None, 0] < second[None, :, 1]) & (second[None, :, 0] < first[:, None, 1])
    moved = ((first[:, None] - second[None]) ** 2).sum(axis=-1)
    # What overlaps no unit of the other's lies within one of the other's gaps.
    alone = np.concatenate([first[~overlap.any(axis=1)], second[~overlap.any(axis=0)]])
    return float(moved[overlap].sum() + ((alone[:, 1] - alone[:, 0]) ** 2).sum())


def _enclosed(lengths: Floats, gaps: Sequence[Floats]) -> list[float]:
    """Return the squared lengths of units in all places within the gaps of each continuum."""
    unit = lengths[:, None]
    return [float((unit**2 * np.maximum(gap - unit + 1, 0)).sum()) for gap in gaps]
