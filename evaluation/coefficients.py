"""Coefficients of agreement beyond chance, from tables of counts.

All are 1 − D_o / D_e: the disagreement that is observed over the one that chance would bring. They differ in what
they take chance to be. docs/agreement.md works an example of each and says which to believe when.

Three of them take units × categories: how many annotators gave a unit a category. Units that many rows would repeat
can stand in one, with `times` saying how often; leading axes of `times` are samples, for a bootstrap.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Coefficient:
    """Observed and expected disagreement, one of each for every sample; NaN where there is nothing to observe."""

    observed: Floats
    expected: Floats

    @property
    def values(self) -> Floats:
        """The coefficient in each sample, NaN where chance alone leaves no disagreement."""
        values: Floats = 1 - ratio(self.observed, self.expected)
        return values

    @property
    def value(self) -> float | None:
        """The coefficient of a single sample, `None` where it is undefined."""
        value = float(self.values)
        return None if np.isnan(value) else value


def cohen_kappa(table: npt.ArrayLike) -> Coefficient:
    """Return Cohen's kappa of two annotators (Cohen 1960).

    `table`: categories of the first × of the second, leading axes samples. Chance: both label at random, each
    with the frequencies of their own.
    """
    counts = np.asarray(table, dtype=np.float64)
    n = counts.sum(axis=(-2, -1))
    agreed = np.trace(counts, axis1=-2, axis2=-1)
    by_chance = (counts.sum(axis=-1) * counts.sum(axis=-2)).sum(axis=-1)
    return Coefficient(ratio(n - agreed, n), ratio(n**2 - by_chance, n**2))


def fleiss_kappa(units: npt.ArrayLike, times: npt.ArrayLike | None = None) -> Coefficient:
    """Return Fleiss' kappa of any number of annotators (Fleiss 1971).

    Chance: everybody labels at random with the frequencies of all together. Raises `ValueError` where the units do not
    all have as many labels: the coefficient knows no missing ones.
    """
    rows, often = _rows(units, times)
    given = rows.sum(axis=-1)
    if len(given) and given.min() != given.max():
        raise ValueError("Fleiss' kappa needs as many labels for each unit; take alpha or AC1 where some are missing")
    total = often @ given
    by_chance = ((often @ rows) ** 2).sum(axis=-1)
    return Coefficient(
        ratio(often @ _disagreeing(rows), often @ (given * (given - 1))), ratio(total**2 - by_chance, total**2)
    )


def nominal_alpha(units: npt.ArrayLike, times: npt.ArrayLike | None = None) -> Coefficient:
    """Return Krippendorff's alpha for nominal data (Krippendorff 2011).

    Units with one label or none are left out. Chance: the labels that were given are dealt out again, none twice.
    """
    rows, often = _rows(units, times)
    given = rows.sum(axis=-1)
    rows, often, given = rows[given > 1], often[..., given > 1], given[given > 1]
    total = often @ given
    by_chance = ((often @ rows) ** 2).sum(axis=-1)
    return Coefficient(
        ratio(often @ (_disagreeing(rows) / (given - 1)), total), ratio(total**2 - by_chance, total * (total - 1))
    )


def gwet_ac1(units: npt.ArrayLike, times: npt.ArrayLike | None = None) -> Coefficient:
    """Return Gwet's AC1 (Gwet 2008; missing labels as in Gwet 2014).

    Units with one label count for the frequencies only. Every column is a category, also one that nobody uses. Chance:
    only units that are hard to label are labelled at random; the nearer the frequencies are to uniform, the more. It is
    undefined with one column, but 1 where all use one and the same of several.
    """
    rows, often = _rows(units, times)
    given = rows.sum(axis=-1)
    some, several = given > 0, given > 1
    apart = _disagreeing(rows[several]) / (given * (given - 1))[several]
    observed = ratio(often[..., several] @ apart, often[..., several].sum(axis=-1))
    labelled = often[..., some].sum(axis=-1)
    shares = ratio(often[..., some] @ (rows[some] / given[some, None]), labelled[..., None])
    by_chance = ratio((shares * (1 - shares)).sum(axis=-1), np.asarray(rows.shape[-1] - 1.0))
    return Coefficient(observed, 1 - by_chance)


def ratio(part: Floats, whole: Floats) -> Floats:
    """Divide, NaN where the whole is 0."""
    part, whole = np.broadcast_arrays(part, whole)
    divided: Floats = np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole != 0)
    return divided


def _rows(units: npt.ArrayLike, times: npt.ArrayLike | None) -> tuple[Floats, Floats]:
    rows = np.asarray(units, dtype=np.float64)
    return rows, np.ones(len(rows)) if times is None else np.asarray(times, dtype=np.float64)


def _disagreeing(rows: Floats) -> Floats:
    """Return how many ordered pairs of labels of a unit differ."""
    pairs: Floats = rows.sum(axis=-1) ** 2 - (rows**2).sum(axis=-1)
    return pairs
