"""The word lists of the baselines: commented tab-separated files beside this module."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files


def rows(name: str) -> Iterator[tuple[str, ...]]:
    """Yield the lines of a file as tuples of its columns; comments and blank lines are left out."""
    for line in files("evaluation.systems").joinpath(name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield tuple(line.split("\t"))
