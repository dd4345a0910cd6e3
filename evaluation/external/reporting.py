"""Our scores beside published ones, for reading (tables) and for programs (JSON)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources

from evaluation.external.running import ExternalBoard, ExternalScores, SkippedTask
from evaluation.report import interval_cell
from evaluation.tables import UNDEFINED, Table, number

MEASURED = "measured here"

Json = Mapping[str, object]


@dataclass(frozen=True)
class Published:
    """A score that others report; `source` says where."""

    task: str
    set: str
    metric: str
    system: str
    score: float
    source: str


@cache
def published() -> tuple[Published, ...]:
    """Return the scores of `published.tsv` in its order."""
    text = resources.files("evaluation.external").joinpath("published.tsv").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return tuple(
        Published(row["task"], row["set"], row["metric"], row["system"], float(row["score"]), row["source"])
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    )


def external_tables(board: ExternalBoard) -> tuple[Table, ...]:
    """Return all scores with the published ones beside them, the runs, and what was skipped or failed."""
    runs = tuple(
        (_set(x), x.system, str(len(x.documents)), str(len(x.failures)), f"{x.seconds:.1f}") for x in board.scores
    )
    skipped = tuple((_set(x), x.reason) for x in board.skipped)
    failed = tuple((_set(x), x.system, y.source.name, y.reason) for x in board.scores for y in x.failures)
    return (
        external_table(board.scores),
        Table("Runs", ("Set", "System", "Documents", "Failed", "Seconds"), runs, left=2),
        *((Table("Sets left out", ("Set", "Reason"), skipped, left=2),) if skipped else ()),
        *(
            (Table("Failed, counted as empty", ("Set", "System", "Document", "Reason"), failed, left=4),)
            if failed
            else ()
        ),
    )


def external_table(scores: Sequence[ExternalScores]) -> Table:
    """Return a row for each set, metric and system: first the systems that were run, then what is published."""
    head = ("Set", "Metric", "System", "Source", "F1", "95 %")
    return Table("Benchmarks of others", head, tuple(_rows(scores)), left=4)


def external_json(board: ExternalBoard) -> Json:
    """Return what `external_tables` shows as a value that `json.dumps` takes; undefined is null."""
    return {
        "scores": [
            {
                "task": x.task,
                "set": x.set,
                "system": x.system,
                "documents": len(x.documents),
                "metrics": {name: asdict(estimate) for name, estimate in x.estimates.items()},
                "seconds": x.seconds,
                "failures": [{"document": y.source.name, "reason": y.reason} for y in x.failures],
            }
            for x in board.scores
        ],
        "published": [asdict(x) for x in published()],
        "skipped": [asdict(x) for x in board.skipped],
    }


def _rows(scores: Sequence[ExternalScores]) -> Iterator[tuple[str, ...]]:
    for name in dict.fromkeys(map(_set, scores)):
        ran = [x for x in scores if _set(x) == name]
        known = [x for x in published() if _set(x) == name]
        for metric in dict.fromkeys([*_metrics(ran), *(x.metric for x in known)]):
            for x in ran:
                if metric in x.estimates:
                    estimate = x.estimates[metric]
                    yield name, metric, x.system, MEASURED, number(estimate.value), interval_cell(estimate)
            for y in known:
                if y.metric == metric:
                    yield name, metric, y.system, y.source, number(y.score), UNDEFINED


def _set(x: ExternalScores | SkippedTask | Published) -> str:
    return f"{x.task} {x.set}"


def _metrics(scores: Iterable[ExternalScores]) -> Iterator[str]:
    return (metric for x in scores for metric in x.estimates)
