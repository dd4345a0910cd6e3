from __future__ import annotations

import pytest

from corpus.record import LABELS
from evaluation.counts import UNLABELLED, Confusion, Counts, Fraction, Share, SpanCounts


def test_ratios_come_from_the_counts() -> None:
    counts = Counts.among(3, predicted=4, gold=6)
    assert counts == Counts(tp=3, fp=1, fn=3)
    assert (counts.precision, counts.recall, counts.f1) == (0.75, 0.5, 0.6)


@pytest.mark.parametrize(
    ("counts", "precision", "recall", "f1"),
    [
        (Counts(), None, None, None),
        (Counts(fn=2), None, 0.0, 0.0),
        (Counts(fp=2), 0.0, None, 0.0),
    ],
)
def test_what_is_undefined_is_none(
    counts: Counts, precision: float | None, recall: float | None, f1: float | None
) -> None:
    assert (counts.precision, counts.recall, counts.f1) == (precision, recall, f1)


def test_no_cases_have_no_share() -> None:
    assert Share().ratio is None
    assert Share(0, 3).ratio == 0.0


def test_counts_add_up() -> None:
    assert Counts(1, 2, 3) + Counts(4, 5, 6) == Counts(5, 7, 9)
    assert Share(1, 2) + Share(0, 3) == Share(1, 5)


PAIRS = [
    ("question", "question"),
    ("question", "addition"),
    ("answer", "answer"),
    ("answer", None),
    (None, "addition"),
    (None, "addition"),
]


def test_the_counts_of_labels_come_from_the_matrix() -> None:
    matrix = Confusion.of(PAIRS)
    assert matrix.span == Counts(tp=3, fp=2, fn=1)
    assert matrix.label == Counts(tp=2, fp=3, fn=2)
    assert matrix.of_label("question") == Counts(tp=1, fp=0, fn=1)
    assert matrix.of_label("answer") == Counts(tp=1, fp=0, fn=1)
    assert matrix.of_label("addition") == Counts(tp=0, fp=3, fn=0)
    assert matrix.of_label("other") == Counts()


def test_a_macro_average_leaves_out_labels_that_do_not_occur() -> None:
    # question 2/3, answer 2/3, addition 0; no decision
    assert Confusion.of(PAIRS).macro_f1(LABELS) == pytest.approx(4 / 9)
    assert Confusion.of(PAIRS).macro_f1(["decision", "other"]) is None
    assert Confusion().macro_f1(LABELS) is None


def test_matrices_add_up() -> None:
    assert Confusion.of(PAIRS[:2]) + Confusion.of(PAIRS[2:]) == Confusion.of(PAIRS)
    assert Confusion.of(PAIRS) + Confusion() == Confusion.of(PAIRS)


def test_a_cell_is_found_by_its_labels() -> None:
    matrix = Confusion.of(PAIRS)
    assert matrix.count(None, "addition") == 2
    assert matrix.count("answer", None) == 1
    assert matrix.count("addition", None) == 0


def test_a_turn_without_a_label_is_found_and_nobodys() -> None:
    matrix = Confusion.of([("question", "question"), ("question", UNLABELLED), (None, UNLABELLED), ("answer", None)])
    assert matrix.span == Counts(tp=2, fp=1, fn=1)
    assert matrix.of_label("question") == Counts(tp=1, fp=0, fn=1)
    assert matrix.label == Counts(tp=1, fp=0, fn=2)
    assert (matrix.unlabelled, matrix.count("question", UNLABELLED)) == (2, 1)


def test_fractions_are_the_terms_of_the_ratios() -> None:
    assert Counts(tp=3, fp=1, fn=3).fraction == Fraction(3, 5)  # 4 predicted and 6 gold: 5 on average
    assert Share(2, 5).fraction == Fraction(2, 5)
    assert Counts().fraction == Share().fraction == Fraction()
    assert Fraction().ratio is None


def test_spans_by_every_way_of_matching() -> None:
    # Possible (gold): 3 + 1 + 2 + 2 = 8; actual (predicted): 3 + 1 + 2 + 4 = 10; 9 on average.
    spans = SpanCounts(correct=3, incorrect=1, partial=2, missed=2, spurious=4, boundary=4, overlap=5)
    assert (spans.gold, spans.predicted) == (8, 10)
    assert spans.fractions == {
        "exact": Fraction(3, 9),
        "boundary": Fraction(4, 9),
        "overlap": Fraction(5, 9),
        "partial": Fraction(4, 9),  # 3 + 2 / 2
    }
    assert spans + SpanCounts() == spans
    assert (spans + spans).gold == 16
