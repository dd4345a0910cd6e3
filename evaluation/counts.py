"""Counts that add up over documents; every ratio is derived from them and is `None` where it is undefined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from typing import Literal

from corpus.record import LABELS, Label

UNLABELLED: Literal["unlabelled"] = "unlabelled"
"""What a turn is found as whose classifier abstained."""

Found = Label | Literal["unlabelled"] | None
"""What a turn is found as: one of the labels, without one, or not at all (`None`)."""

Matched = Literal["exact", "boundary", "overlap", "partial"]
"""How spans are matched: the same, the same start, half of the characters in common, credit for touching."""

_ROWS: tuple[Label | None, ...] = (*LABELS, None)
_COLUMNS: tuple[Found, ...] = (*LABELS, UNLABELLED, None)
_ROW = {label: i for i, label in enumerate(_ROWS)}
_COLUMN = {label: i for i, label in enumerate(_COLUMNS)}


@dataclass(frozen=True)
class Fraction:
    """Two numbers that each add up over documents, so that the ratio of any sample of documents comes from them."""

    right: float = 0
    total: float = 0

    def __add__(self, other: Fraction) -> Fraction:
        return Fraction(self.right + other.right, self.total + other.total)

    @property
    def ratio(self) -> float | None:
        return self.right / self.total if self.total else None


@dataclass(frozen=True)
class Counts:
    """Right, wrong and missing predictions."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @classmethod
    def among(cls, right: int, *, predicted: int, gold: int) -> Counts:
        """Return the counts of `right` predictions among all predicted and all gold ones."""
        return cls(tp=right, fp=predicted - right, fn=gold - right)

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def predicted(self) -> int:
        return self.tp + self.fp

    @property
    def gold(self) -> int:
        return self.tp + self.fn

    @property
    def precision(self) -> float | None:
        return self.tp / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        return self.tp / self.gold if self.gold else None

    @property
    def fraction(self) -> Fraction:
        """F1 as right ones among the mean number of predicted and gold ones."""
        return Fraction(self.tp, (self.predicted + self.gold) / 2)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; `None` only where there is neither gold nor prediction."""
        return self.fraction.ratio


@dataclass(frozen=True)
class Share:
    """How many of the cases that gold holds are right."""

    right: int = 0
    total: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.total + other.total)

    @property
    def fraction(self) -> Fraction:
        return Fraction(self.right, self.total)

    @property
    def ratio(self) -> float | None:
        return self.fraction.ratio


@dataclass(frozen=True)
class SpanCounts:
    """The spans of one layer in the terms of MUC-5 (Chinchor & Sundheim 1993), one to one.

    `correct` spans are the same, `partial` ones touch, `incorrect` ones touch under another label (where the layer has
    labels), `missed` are gold's alone and `spurious` the system's alone. Besides, of the pairs with the same label,
    `boundary` begin at the same character and `overlap` share half of their characters or more.
    """

    correct: int = 0
    incorrect: int = 0
    partial: int = 0
    missed: int = 0
    spurious: int = 0
    boundary: int = 0
    overlap: int = 0

    def __add__(self, other: SpanCounts) -> SpanCounts:
        return SpanCounts(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))

    @property
    def gold(self) -> int:
        return self.correct + self.incorrect + self.partial + self.missed

    @property
    def predicted(self) -> int:
        return self.correct + self.incorrect + self.partial + self.spurious

    @property
    def fractions(self) -> dict[Matched, Fraction]:
        """F1 of every way of matching; with partial credit a span that touches counts half."""
        cases = (self.gold + self.predicted) / 2
        return {
            "exact": Fraction(self.correct, cases),
            "boundary": Fraction(self.boundary, cases),
            "overlap": Fraction(self.overlap, cases),
            "partial": Fraction(self.correct + self.partial / 2, cases),
        }


@dataclass(frozen=True)
class Confusion:
    """Gold label (row) against predicted label (column) of matched turns, in the order of `LABELS`.

    The last row holds the spurious turns by predicted label. The last two columns hold, by gold label, the turns
    found without a label (nothing is predicted there: the label is missing, but none is wrong) and the missed ones.
    """

    rows: tuple[tuple[int, ...], ...] = ((0,) * len(_COLUMNS),) * len(_ROWS)

    @classmethod
    def of(cls, pairs: Iterable[tuple[Label | None, Found]]) -> Confusion:
        """Count pairs of gold and predicted label; `None` stands for no turn on that side."""
        rows = [[0] * len(_COLUMNS) for _ in _ROWS]
        for gold, predicted in pairs:
            rows[_ROW[gold]][_COLUMN[predicted]] += 1
        return cls(tuple(map(tuple, rows)))

    def __add__(self, other: Confusion) -> Confusion:
        pairs = zip(self.rows, other.rows, strict=True)
        return Confusion(tuple(tuple(a + b for a, b in zip(x, y, strict=True)) for x, y in pairs))

    def count(self, gold: Label | None, predicted: Found) -> int:
        return self.rows[_ROW[gold]][_COLUMN[predicted]]

    @property
    def unlabelled(self) -> int:
        """Turns found without a label, spurious ones among them."""
        return sum(row[_COLUMN[UNLABELLED]] for row in self.rows)

    @property
    def span(self) -> Counts:
        """Turns found, whatever their label."""
        missed = sum(row[-1] for row in self.rows)
        spurious = sum(self.rows[-1])
        return Counts(sum(map(sum, self.rows)) - missed - spurious, fp=spurious, fn=missed)

    @property
    def label(self) -> Counts:
        """Turns found with the right label: the labels' counts together."""
        return sum((self.of_label(label) for label in LABELS), Counts())

    def of_label(self, label: Label) -> Counts:
        """Turns of this label, end to end: a found turn with the wrong label is both missing and wrong."""
        at = _COLUMN[label]
        return Counts.among(self.rows[at][at], predicted=sum(row[at] for row in self.rows), gold=sum(self.rows[at]))

    def macro_f1(self, labels: Iterable[Label]) -> float | None:
        """Mean F1 of these labels; those that occur on neither side are left out."""
        defined = [f1 for label in labels if (f1 := self.of_label(label).f1) is not None]
        return sum(defined) / len(defined) if defined else None
