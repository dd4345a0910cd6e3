"""Measure extraction: records against gold and against the city's own results, words a second."""

from evaluation.calibration import Calibration, calibrate
from evaluation.differences import Difference, differences
from evaluation.errors import EvaluationError
from evaluation.feed import FeedCheck, check_feed
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
from evaluation.intervals import Contrast, Estimate
from evaluation.outcomes import OutcomeCheck, check_outcomes
from evaluation.predictions import Extractor, Failure, Run, read_records, run
from evaluation.scores import METRICS, Scores
from evaluation.scoring import score
from evaluation.speed import Speed, Spread, measure_speed, peak_memory, time_to_first_record

__all__ = [
    "METRICS",
    "Calibration",
    "Contrast",
    "Difference",
    "Document",
    "DocumentScores",
    "Estimate",
    "Evaluation",
    "EvaluationError",
    "Extractor",
    "Failure",
    "FeedCheck",
    "OutcomeCheck",
    "Run",
    "Scores",
    "Speed",
    "Spread",
    "calibrate",
    "check_feed",
    "check_outcomes",
    "differences",
    "evaluate",
    "gold_documents",
    "join",
    "measure_speed",
    "pair",
    "peak_memory",
    "read_records",
    "run",
    "score",
    "score_documents",
    "time_to_first_record",
]
