"""What training data is worth: a cheap classifier of turns, trained on it and tried on house styles it has not seen.

The classifier is logistic regression over tf-idf of words and letters of the turn, and of the words of the turn before.
It sees annotated spans, so its figures are those of labelling alone. Needs scikit-learn (extra `train`).
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from corpus.collection import Document
from corpus.record import LABELS, Label
from evaluation.errors import EvaluationError
from evaluation.scores import CONTENT_LABELS

if TYPE_CHECKING:
    from sklearn.pipeline import Pipeline

_WORDS_BEFORE = 40

Rows = list[tuple[str, str]]
"""Of each turn its text and the last words of the turn before it in the document."""


@dataclass(frozen=True)
class Probe:
    """F1 by label and their mean without `other`, on the documents of one split; with a 95 % interval of the mean."""

    turns: int
    f1: dict[Label, float]
    macro4: float
    low: float
    high: float


def probe(train: Iterable[Document], held_out: Sequence[Document], *, rounds: int = 500, seed: int = 0) -> Probe:
    """Train on some documents and score on others; the interval resamples the latter, whole documents.

    Raises `EvaluationError` without scikit-learn, and where one side has no turns.
    """
    texts, labels = _rows(train)
    parts = [_rows([document]) for document in held_out]
    if not labels or not any(part[1] for part in parts):
        raise EvaluationError("there is nothing to train on or nothing to try it on: name folders with both splits")
    model = _model(seed)
    model.fit(texts, labels)
    pairs = [list(zip(gold, model.predict(rows), strict=True)) for rows, gold in parts if gold]
    f1 = _f1(pair for part in pairs for pair in part)
    generator = random.Random(seed)
    resampled = []
    for _ in range(rounds):
        chosen = generator.choices(pairs, k=len(pairs))
        resampled.append(_macro4(_f1(pair for part in chosen for pair in part)))
    low, high = np.percentile(resampled, (2.5, 97.5))
    return Probe(len(labels), f1, _macro4(f1), float(low), float(high))


def predict(train: Iterable[Document], held_out: Iterable[Document], seed: int = 0) -> list[list[Label]]:
    """Train on some documents and return the labels of the turns of others; errors as `probe` raises them."""
    texts, labels = _rows(train)
    if not labels:
        raise EvaluationError("there is nothing to train on: name folders with annotated turns")
    model = _model(seed)
    model.fit(texts, labels)
    parts = (_rows([document])[0] for document in held_out)
    return [list(model.predict(rows)) if rows else [] for rows in parts]


def _rows(documents: Iterable[Document]) -> tuple[Rows, list[Label]]:
    rows: Rows = []
    labels: list[Label] = []
    for document in documents:
        before: list[str] = []
        for turn in document.gold.turns:
            words = document.gold.text[turn.start : turn.end].split()
            rows.append((" ".join(words), " ".join(before[-_WORDS_BEFORE:])))
            labels.append(turn.label)
            before = words
    return rows, labels


def _model(seed: int) -> Pipeline:
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline, make_union
        from sklearn.preprocessing import FunctionTransformer
    except ModuleNotFoundError as error:
        raise EvaluationError("scikit-learn is not installed: pip install 'protokollant[train]'") from error

    own, before = FunctionTransformer(_own), FunctionTransformer(_before)
    words = {"ngram_range": (1, 2), "min_df": 2, "sublinear_tf": True}
    letters = {"analyzer": "char_wb", "ngram_range": (2, 5), "min_df": 3, "sublinear_tf": True, "max_features": 120_000}
    features = make_union(
        make_pipeline(own, TfidfVectorizer(**words)),
        make_pipeline(own, TfidfVectorizer(**letters)),
        make_pipeline(before, TfidfVectorizer(**words)),
    )
    classifier = LogisticRegression(C=4, max_iter=500, class_weight="balanced", random_state=seed)
    return make_pipeline(features, classifier)


def _own(rows: Rows) -> list[str]:
    return [text for text, _ in rows]


def _before(rows: Rows) -> list[str]:
    return [before for _, before in rows]


def _f1(pairs: Iterable[tuple[str, str]]) -> dict[Label, float]:
    listed = list(pairs)
    scores: dict[Label, float] = {}
    for label in LABELS:
        right = sum(gold == found == label for gold, found in listed)
        both = sum((gold == label) + (found == label) for gold, found in listed)
        scores[label] = 2 * right / both if both else 0.0
    return scores


def _macro4(f1: dict[Label, float]) -> float:
    return sum(f1[label] for label in CONTENT_LABELS) / len(CONTENT_LABELS)
