"""The leaderboard for reading (tables) and for programs (JSON)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict

from evaluation.benchmark import Entry, Leaderboard
from evaluation.intervals import Estimate
from evaluation.report import CONTRAST_HEAD, contrast_cells, interval_cell
from evaluation.tables import UNDEFINED, Table, number

HEADLINE = ("turn_f1", "span_f1", "label_f1", "speaker_f1", "macro4_f1")
"""The metrics that the tables show end to end; systems stand in the order of the first."""

GIVEN = "macro4_f1"
"""The metric that they show for labels of given turns."""

Json = Mapping[str, object]

_HEAD = ("Set", "System", *HEADLINE, f"{GIVEN}, given")


def tables(board: Leaderboard, reference: str) -> tuple[Table, ...]:
    """Return scores, their intervals, tests against a system, the sets, and what was skipped or failed."""
    ranked = ranking(board)
    tests = tuple((x.set, x.system, x.metric, *contrast_cells(x.contrast)) for x in board.against(reference))
    test_head = ("Set", "System", "Metric", *CONTRAST_HEAD)
    skipped = tuple((x.system, x.set or UNDEFINED, x.reason) for x in board.skipped)
    missing = tuple((x.system, x.set, str(len(y))) for x in ranked if not x.failures and (y := x.evaluation.missing))
    failed = tuple((x.system, x.set, failure.source.name, failure.reason) for x in ranked for failure in x.failures)
    return (
        Table("Leaderboard", (*_HEAD, "words/s"), tuple((*_cells(x, _score), _speed(x)) for x in ranked), left=2),
        Table("Intervals of 95 %", _HEAD, tuple(_cells(x, interval_cell) for x in ranked), left=2),
        *((Table(f"Against {reference}", test_head, tests, left=3),) if tests else ()),
        Table("Sets", ("Set", "Documents", "Turns", "Words"), tuple(_sets(board))),
        *((Table("Skipped", ("System", "Set", "Reason"), skipped, left=3),) if skipped else ()),
        *((Table("No record, counted as empty", ("System", "Set", "Documents"), missing, left=2),) if missing else ()),
        *(
            (Table("Failed, counted as empty", ("System", "Set", "Document", "Reason"), failed, left=4),)
            if failed
            else ()
        ),
    )


def as_json(board: Leaderboard, reference: str) -> Json:
    """Return all metrics with their intervals as a value that `json.dumps` takes; undefined is null."""
    return {
        "entries": [
            {
                "system": x.system,
                "set": x.set,
                "documents": len(x.evaluation.documents),
                "missing": list(x.evaluation.missing),
                "warnings": list(x.evaluation.warnings),
                "metrics": _metrics(x.intervals),
                "given": _metrics(x.given_intervals) if x.given else None,
                "words": x.words,
                "seconds": x.seconds,
                "words_per_second": x.words_per_second,
                "failures": [{"document": y.source.name, "reason": y.reason} for y in x.failures],
            }
            for x in ranking(board)
        ],
        "reference": reference,
        "comparisons": [
            {"system": x.system, "set": x.set, "metric": x.metric, **asdict(x.contrast)}
            for x in board.against(reference)
        ],
        "skipped": [asdict(x) for x in board.skipped],
    }


def ranking(board: Leaderboard) -> tuple[Entry, ...]:
    """Return the entries set by set, the best system first."""
    sets = list(dict.fromkeys(entry.set for entry in board.entries))

    def rank(entry: Entry) -> tuple[int, float, str]:
        return sets.index(entry.set), -(entry.intervals[HEADLINE[0]].value or 0.0), entry.system

    return tuple(sorted(board.entries, key=rank))


def results(board: Leaderboard, metric: str) -> dict[str, dict[str, Estimate]]:
    """Return a metric with its interval by system and set, the best system of the first set first."""
    found: dict[str, dict[str, Estimate]] = {}
    for entry in ranking(board):
        found.setdefault(entry.system, {})[entry.set] = entry.intervals[metric]
    return found


def _cells(entry: Entry, show: Callable[[Estimate], str]) -> tuple[str, ...]:
    shown = [*(entry.intervals[name] for name in HEADLINE), entry.given_intervals.get(GIVEN, Estimate(None))]
    return (entry.set, entry.system, *map(show, shown))


def _score(x: Estimate) -> str:
    return number(x.value)


def _speed(entry: Entry) -> str:
    return UNDEFINED if entry.words_per_second is None else f"{entry.words_per_second:.0f}"


def _sets(board: Leaderboard) -> Iterator[tuple[str, ...]]:
    of_set = {entry.set: entry for entry in board.entries}
    for name, entry in of_set.items():
        documents = entry.evaluation.documents
        turns = sum(document.scores.confusion.span.gold for document in documents)
        yield name, str(len(documents)), str(turns), str(entry.words)


def _metrics(estimates: Mapping[str, Estimate]) -> Json:
    return {name: asdict(x) for name, x in estimates.items()}
