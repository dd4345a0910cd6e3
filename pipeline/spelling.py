"""Spellings of one name: what clerks and scanners make of "Bräunlich", "Schulze-Rat" and "Weiß"."""

from __future__ import annotations

from functools import lru_cache

from pipeline.lexicon import rows

_LONG = 6  # in a shorter name one other letter makes another name ("Maier", "Meier")


def same_spelling(one: str, other: str) -> bool:
    """Tell whether two family names can be the same, one of them misspelt or misread.

    Letters that scanners take for each other are the same ("Braunlich", "Bräunlich"); long names may differ by one.
    """
    a, b = _folded(one), _folded(other)
    if a == b:
        return True
    return min(len(a), len(b)) >= _LONG and a[0] == b[0] and _one_edit(a, b)


@lru_cache(maxsize=4096)
def _folded(name: str) -> str:
    folded = "".join(letter for letter in name.casefold() if letter.isalpha())
    for read, meant in rows("misread_names.tsv"):
        folded = folded.replace(read, meant)
    return folded


def _one_edit(a: str, b: str) -> bool:
    """One letter more, less or other, or two that changed places."""
    if abs(len(a) - len(b)) > 1:
        return False
    i = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return (
        a[i + 1 :] == b[i + 1 :]
        or a[i:] == b[i + 1 :]
        or a[i + 1 :] == b[i:]
        or a[i:] == b[i + 1 : i + 2] + b[i : i + 1] + b[i + 2 :]
    )
