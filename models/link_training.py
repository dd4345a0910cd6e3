"""Training of the scorer of links on annotated documents, with a cross-validation that leaves house styles out."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from corpus.version import __version__
from models.links import COLUMNS, Chooser, LinkInput, LinkScorer, Round, choose_open, link

Links = frozenset[tuple[int, int]]
_STRENGTHS = (0.1, 0.3, 1.0, 3.0)  # inverse of the regularisation
_FOLDS = 5


@dataclass(frozen=True)
class LinkedDocument:
    """A document's turns with the links of gold: pairs of the numbers of an answer and of a question.

    `missed` counts links of gold one of whose turns was not found.
    """

    style: str
    turns: tuple[LinkInput, ...]
    links: Links
    missed: int = 0


@dataclass(frozen=True)
class LinkReport:
    """What a training came to: F1 of the links on house styles that were left out, of the scorer and of the rule."""

    documents: int
    pairs: int
    strength: float
    learned: float
    rules: float


def train_links(documents: Sequence[LinkedDocument]) -> tuple[LinkScorer, LinkReport]:
    """Fit the scorer; `ValueError` where there are fewer than two house styles with links."""
    styles = sorted({document.style for document in documents if document.links})
    if len(styles) < 2:
        raise ValueError("training links takes documents of at least two house styles with answers to questions")
    random.Random(0).shuffle(styles)
    folds = [set(styles[i::_FOLDS]) for i in range(min(_FOLDS, len(styles)))]
    scores = {strength: _cross_validate(documents, folds, strength) for strength in _STRENGTHS}
    strength = max(scores, key=lambda x: scores[x])
    rows, right = _examples(documents)
    weights = _fit(rows, right, strength)
    mark = hashlib.sha256(json.dumps(weights, sort_keys=True).encode()).hexdigest()[:12]
    report = LinkReport(
        documents=len(documents),
        pairs=len(rows),
        strength=strength,
        learned=round(scores[strength], 4),
        rules=round(f1((x, choose_open) for x in documents if x.style in styles), 4),
    )
    return LinkScorer(f"protokollant-links {__version__} {mark}", weights), report


def write_links(scorer: LinkScorer, report: LinkReport, path: Path) -> None:
    """Write the weights with what is known of their training."""
    stored = {"name": scorer.name, "training": asdict(report), "weights": scorer.weights}
    path.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")


def f1(chosen: Iterable[tuple[LinkedDocument, Chooser]]) -> float:
    """Return the F1 of the links of documents, each with what chooses them."""
    right = found = wanted = 0
    for document, choose in chosen:
        links = {(n, k) for n, questions in enumerate(link(document.turns, choose)) for k in questions}
        right += len(links & document.links)
        found += len(links)
        wanted += len(document.links) + document.missed
    return 2 * right / (found + wanted) if found + wanted else 0.0


def _cross_validate(documents: Sequence[LinkedDocument], folds: Sequence[set[str]], strength: float) -> float:
    chosen: list[tuple[LinkedDocument, Chooser]] = []
    for fold in folds:
        rows, right = _examples([x for x in documents if x.style not in fold])
        scorer = LinkScorer("", _fit(rows, right, strength))
        chosen += [(x, scorer.choose) for x in documents if x.style in fold]
    return f1(chosen)


def _examples(documents: Iterable[LinkedDocument]) -> tuple[list[list[float]], list[bool]]:
    """Return a row for each pair that the scorer is asked about, the questions before it taken as in gold."""
    rows: list[list[float]] = []
    right: list[bool] = []
    for document in documents:

        def as_in_gold(found: Round, links: Links = document.links) -> list[int]:
            rows.extend([*found.columns(rank).values()] for rank in range(len(found.questions)))
            answered = [(found.answer, k) in links for k in found.questions]
            right.extend(answered)
            return [k for k, yes in zip(found.questions, answered, strict=True) if yes]

        link(document.turns, as_in_gold)
    return rows, right


def _fit(rows: Sequence[Sequence[float]], right: Sequence[bool], strength: float) -> dict[str, float]:
    from sklearn.linear_model import LogisticRegression

    fitted = LogisticRegression(C=strength, fit_intercept=False, max_iter=5000)
    fitted.fit(np.array(rows, dtype=float), np.array(right))
    return {name: round(float(weight), 3) for name, weight in zip(COLUMNS, fitted.coef_[0], strict=True)}
