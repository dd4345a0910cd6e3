"""Benchmarks of others: their documents, their metrics, and published scores to stand beside."""

from evaluation.external.adapter import events_of, names_of
from evaluation.external.documents import Event, ExternalDocument
from evaluation.external.metrics import score_names, score_quotations, score_speech_events, score_tokens
from evaluation.external.prose import Prose, prose
from evaluation.external.readers import read_events, read_names
from evaluation.external.reporting import Published, external_json, external_table, external_tables, published
from evaluation.external.running import (
    ExternalBoard,
    ExternalScores,
    SkippedTask,
    benchmark_external,
    score_external,
)
from evaluation.external.tasks import DEVELOPMENT, EXTERNAL, Found, Task

__all__ = [
    "DEVELOPMENT",
    "EXTERNAL",
    "Event",
    "ExternalBoard",
    "ExternalDocument",
    "ExternalScores",
    "Found",
    "Prose",
    "Published",
    "SkippedTask",
    "Task",
    "benchmark_external",
    "events_of",
    "external_json",
    "external_table",
    "external_tables",
    "names_of",
    "prose",
    "published",
    "read_events",
    "read_names",
    "score_external",
    "score_names",
    "score_quotations",
    "score_speech_events",
    "score_tokens",
]
