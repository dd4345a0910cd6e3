"""Offsets of two texts of one document on one scale.

A record may be made from another file than gold (a PDF, say), so its text can break lines and hyphenate
elsewhere. The scale therefore counts only characters that are neither white space nor hyphen.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import accumulate

_HYPHENS = "-\N{SOFT HYPHEN}"


@dataclass(frozen=True)
class Alignment:
    """For each offset of the gold text and of the record's text, its end included, the place on the scale.

    The scale is that of the gold text. Spans on it can be empty: a span that holds only white space is. `common` is
    the share of gold's letters that the record has.
    """

    gold: tuple[int, ...]
    record: tuple[int, ...]
    common: float = 1.0


def align(gold: str, record: str) -> Alignment:
    """Align the text of a record with the gold text; letters that only one of them has are bridged by a diff.

    The diff takes quadratic time, but runs only where the letters differ.
    """
    scale = _scale(gold)
    if record == gold:
        return Alignment(scale, scale)
    own = _scale(record)
    letters, gold_letters = _letters(record), _letters(gold)
    if letters == gold_letters:
        return Alignment(scale, own)
    bridge, common = _bridge(letters, gold_letters)
    return Alignment(scale, tuple(bridge[at] for at in own), common)


@cache  # of the few characters that there are, millions of times
def _counts(character: str) -> bool:
    return not (character.isspace() or character in _HYPHENS)


def _letters(text: str) -> str:
    return "".join(filter(_counts, text))


def _scale(text: str) -> tuple[int, ...]:
    return tuple(accumulate(map(_counts, text), initial=0))


def _bridge(letters: str, gold: str) -> tuple[tuple[int, ...], float]:
    """Return the place in `gold` of each offset of `letters`, and the share of gold's letters that there are.

    What gold lacks falls where it would stand.
    """
    places: list[int] = []
    common = 0
    matcher = SequenceMatcher(None, letters, gold, autojunk=False)
    for tag, start, end, at, _ in matcher.get_opcodes():
        length = end - start
        common += length if tag == "equal" else 0
        places += range(at, at + length) if tag == "equal" else [at] * length
    return (*places, len(gold)), common / len(gold) if gold else 1.0
