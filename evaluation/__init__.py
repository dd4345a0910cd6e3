"""Measure extraction: records against gold and against the city's own results, words a second."""

from evaluation.differences import Difference, differences
from evaluation.errors import EvaluationError
from evaluation.harness import (
    Document,
    DocumentScores,
    Evaluation,
    evaluate,
    gold_documents,
    join,
    pair,
    score_documents,
)
from evaluation.outcomes import OutcomeCheck, check_outcomes
from evaluation.predictions import Extractor, Failure, Run, read_records, run
from evaluation.scoring import METRICS, Scores, score
from evaluation.speed import Speed, measure_speed

__all__ = [
    "METRICS",
    "Difference",
    "Document",
    "DocumentScores",
    "Evaluation",
    "EvaluationError",
    "Extractor",
    "Failure",
    "OutcomeCheck",
    "Run",
    "Scores",
    "Speed",
    "check_outcomes",
    "differences",
    "evaluate",
    "gold_documents",
    "join",
    "measure_speed",
    "pair",
    "read_records",
    "run",
    "score",
    "score_documents",
]
