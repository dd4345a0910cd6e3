"""A drawing on a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A drawing: `name` is unlike that of any other on the page, `description` says its values in words.

    `svg` is put into the page as it is: it must come from a plotting function and hold text only escaped. Its colours
    may be the variables of the page ("var(--ink)", "var(--series-0)").
    """

    name: str
    title: str
    caption: str
    description: str
    svg: str


def distinct(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Return the figures of a page; `ValueError` where two have one name, since their ids would be the same."""
    names = [figure.name for figure in figures]
    if len(set(names)) < len(names):
        raise ValueError(f"two figures of one name among {', '.join(sorted(names))}: their ids would be the same")
    return tuple(figures)
