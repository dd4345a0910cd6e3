"""The lexicon files of this package: tab-separated, with comments."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files


def lexicon_rows(name: str, package: str = "corpus.lexicons") -> Iterator[tuple[str, ...]]:
    """Yield the lines of a lexicon file as tuples of its columns; comments and blank lines are left out."""
    for line in (files(package) / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield tuple(line.split("\t"))
