"""The scores of records, for reading (tables) and for programs (JSON)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict

from corpus.captions import counted
from corpus.record import LABELS, Label
from evaluation.baseline import Change
from evaluation.breakdowns import By, TurnGroup, breakdown
from evaluation.calibration import Calibration
from evaluation.counts import UNLABELLED, Counts, Found, Share
from evaluation.differences import Difference, differences
from evaluation.harness import Document, Evaluation
from evaluation.intervals import Contrast, Estimate
from evaluation.scores import Scores, Spans
from evaluation.tables import UNDEFINED, Table, number

Json = Mapping[str, object]

CONTRAST_HEAD = ("Better by", "2.5 %", "97.5 %", "p", "p (Holm)", "Cohen's h")
"""What a table says of one comparison, after the names of what is compared."""

# What a breakdown shows is legible at 80 columns; the JSON has every metric of every part.
_PARTS = ("span_f1", "label_f1", "speaker_f1", "turn_f1", "link_f1", "outcome_acc", "agenda_f1")


def tables(evaluation: Evaluation, by: Iterable[By] = ("style",)) -> tuple[Table, ...]:
    """Return all scores with intervals, labels, spans, the confusion matrix, the breakdowns, what had no record."""
    total = evaluation.total
    missing = tuple((name,) for name in evaluation.missing)
    return (
        _overall(evaluation),
        _labels(evaluation),
        _confusion(total),
        _spans(total.spans),
        *((_facts(total),) if total.meeting.total else ()),
        *(_breakdown(evaluation, x) for x in by),
        *((Table("No record, counted as empty", ("Document",), missing),) if missing else ()),
    )


def as_json(evaluation: Evaluation, by: Iterable[By] = ("style",)) -> Json:
    """Return what `tables` shows, and the counts, as a value that `json.dumps` takes; undefined is null."""
    return {
        "documents": len(evaluation.documents),
        "missing": list(evaluation.missing),
        "warnings": list(evaluation.warnings),
        **scores_json(evaluation.total),
        "intervals": intervals_json(evaluation.intervals),
        "breakdowns": {x: _breakdown_json(evaluation, x) for x in by},
    }


def difference_tables(documents: Iterable[Document]) -> tuple[Table, ...]:
    """Return the faults of each document that has some; turns go by gold's number and the record's id."""
    head = ("Fault", "Gold", "Record", "Expected", "Found", "Text")
    found = ((x.name, differences(x.gold, x.minutes)) for x in documents)
    return tuple(
        Table(f"Wrong turns of {name}", head, tuple(map(_difference, faults)), left=6)
        for name, faults in found
        if faults
    )


def difference_lists(documents: Iterable[Document]) -> Json:
    """Return the faults of each document by its name as a value that `json.dumps` takes."""
    return {x.name: [asdict(fault) for fault in differences(x.gold, x.minutes)] for x in documents}


def against_table(contrasts: Mapping[str, Contrast], other: str) -> Table:
    """Return the differences to another system, by metric."""
    rows = tuple((name, *contrast_cells(x)) for name, x in contrasts.items())
    return Table(f"Against {other}", ("Metric", *CONTRAST_HEAD), rows)


def against_json(contrasts: Mapping[str, Contrast], other: str) -> Json:
    """Return what `against_table` shows as a value that `json.dumps` takes."""
    differences = {name: asdict(x) for name, x in contrasts.items()}
    return {"other": other, "differences": differences}


def baseline_table(changes: Iterable[Change]) -> Table:
    """Return every metric of a baseline then and now."""
    rows = (
        (
            x.metric,
            number(x.then.value),
            interval_cell(Estimate(x.then.value, x.then.low, x.then.high)),
            number(x.now),
            *_signed((None if x.now is None else x.now - x.then.value,)),
            "fell" if x.fell else "",
        )
        for x in changes
    )
    return Table("Against the baseline", ("Metric", "Then", "95 %", "Now", "Change", "Below"), tuple(rows))


def calibration_tables(found: Calibration) -> tuple[Table, ...]:
    """Return the errors, the reliability curve and what abstaining would buy."""
    figures = (
        ("turns with a confidence", str(found.turns)),
        ("turns without", str(found.without)),
        ("mean confidence", number(found.confidence)),
        ("accuracy", number(found.accuracy)),
        ("ECE, 15 bins of equal width", number(found.ece)),
        ("ECE, 15 bins of equally many turns", number(found.adaptive_ece)),
        ("Brier score", number(found.brier)),
        ("AURC", number(found.aurc)),
    )
    curve = (
        (f"{x.low:.2f}–{x.high:.2f}", str(x.turns), number(x.confidence), number(x.accuracy))
        for x in found.bins
        if x.turns
    )
    kept = ((f"{x.threshold:g}", number(x.coverage), number(x.accuracy)) for x in found.coverage)
    return (
        Table("Calibration", ("Figure", "Value"), figures),
        Table("Reliability", ("Confidence", "Turns", "Mean confidence", "Accuracy"), tuple(curve)),
        Table("Labels given from a confidence on", ("Confidence", "Coverage", "Accuracy"), tuple(kept)),
    )


def _difference(x: Difference) -> tuple[str, ...]:
    gold = UNDEFINED if x.gold is None else str(x.gold)
    return (x.fault, gold, *(cell or UNDEFINED for cell in (x.turn, x.expected, x.found)), x.excerpt)


def _overall(evaluation: Evaluation) -> Table:
    total, documents = evaluation.total, len(evaluation.documents)
    rows = (
        (name, number(total.metrics[name]), interval_cell(evaluation.intervals[name]), *_rest(total.counted.get(name)))
        for name in (*total.counted, *total.composed)
    )
    title = f"Scores: {counted(documents, 'document')}, {counted(total.confusion.span.gold, 'turn')}"
    return Table(title, ("Metric", "Score", "95 %", "Precision", "Recall", "Right", "Predicted", "Gold"), tuple(rows))


def _rest(counts: Counts | Share | None) -> tuple[str, ...]:
    match counts:
        case Counts():
            return counts_cells(counts)
        case Share():
            return UNDEFINED, UNDEFINED, str(counts.right), UNDEFINED, str(counts.total)
        case None:
            return (UNDEFINED,) * 5


def _labels(evaluation: Evaluation) -> Table:
    counts = {label: evaluation.total.confusion.of_label(label) for label in LABELS}
    rows = tuple(
        (label, number(x.f1), interval_cell(evaluation.intervals[f"f1_{label}"]), *counts_cells(x))
        for label, x in counts.items()
    )
    return Table("Labels", ("Label", "F1", "95 %", "Precision", "Recall", "Right", "Predicted", "Gold"), rows)


def _spans(spans: Spans) -> Table:
    rows = tuple(
        (
            layer,
            *(number(x.ratio) for x in counts.fractions.values()),
            *map(str, (counts.correct, counts.incorrect, counts.partial, counts.missed, counts.spurious)),
        )
        for layer, counts in spans.layers.items()
    )
    head = ("Layer", "Exact", "Boundary", "Overlap", "Partial", "Correct", "Incorrect", "Partly", "Missed", "Spurious")
    return Table("Spans: F1 by way of matching, and counts", head, rows)


def _facts(scores: Scores) -> Table:
    rows = ((name, number(x.ratio), str(x.right), str(x.total)) for name, x in scores.facts.by_field.items())
    return Table("Fields of the meeting", ("Field", "Share", "Right", "Gold"), tuple(rows))


def _breakdown(evaluation: Evaluation, by: By) -> Table:
    found = breakdown(evaluation, by)
    if isinstance(found, tuple):
        head = (by.capitalize(), "turns", "span found", "label", "speakers", "all three", "95 %")
        return Table(f"Gold turns by {by}: share that is found", head, tuple(map(_turn_cells, found)))
    names = (*(name.removesuffix("_f1").removesuffix("_acc") for name in _PARTS), "95 % of turn")
    rows = tuple(_part_cells(name, part) for name, part in found.items())
    return Table(f"By {by}", (by.capitalize(), "turns", *names), rows)


def _part_cells(name: str, part: Evaluation) -> tuple[str, ...]:
    scores = [number(part.total.metrics[x]) for x in _PARTS]
    return name, str(part.total.confusion.span.gold), *scores, interval_cell(part.turn_interval)


def _turn_cells(x: TurnGroup) -> tuple[str, ...]:
    shares = (x.span, x.label, x.speakers, x.right.value)
    return x.name, str(x.turns), *map(number, shares), interval_cell(x.right)


def _breakdown_json(evaluation: Evaluation, by: By) -> Json:
    found = breakdown(evaluation, by)
    if isinstance(found, tuple):
        return {x.name: asdict(x) for x in found}
    return {
        name: {**scores_json(part.total), "documents": len(part.documents), "turn_f1": asdict(part.turn_interval)}
        for name, part in found.items()
    }


def _confusion(scores: Scores) -> Table:
    matrix = scores.confusion
    found: tuple[Found, ...] = (*LABELS, UNLABELLED) if matrix.unlabelled else LABELS
    rows = [(label, *(str(matrix.count(label, x)) for x in (*found, None))) for label in LABELS]
    rows.append(("spurious", *(str(matrix.count(None, x)) for x in found), ""))
    head = ("", *LABELS, *(("no label",) if matrix.unlabelled else ()), "missed")
    return Table("Gold (rows) against prediction (columns)", head, tuple(rows))


def interval_cell(x: Estimate) -> str:
    """Return an interval for a table."""
    return UNDEFINED if x.low is None else f"{number(x.low)}–{number(x.high)}"


def intervals_json(estimates: Mapping[str, Estimate]) -> Json:
    """Return intervals by name as a value that `json.dumps` takes; `null` where there is none."""
    return {
        name: None if x.low is None else {"low": x.low, "high": x.high, "method": x.method}
        for name, x in estimates.items()
    }


def contrast_cells(x: Contrast) -> tuple[str, ...]:
    """Return what `CONTRAST_HEAD` names."""
    difference = _signed((x.difference.value, x.difference.low, x.difference.high))
    return (*difference, _p(x.p), _p(x.adjusted), *_signed((x.effect,)))


def _signed(values: Iterable[float | None]) -> tuple[str, ...]:
    """Return values with their signs; nought is positive."""
    return tuple(UNDEFINED if value is None else f"{round(value, 3) + 0.0:+.3f}" for value in values)


def _p(value: float | None) -> str:
    return UNDEFINED if value is None else f"{value:.4f}"


def counts_cells(counts: Counts) -> tuple[str, ...]:
    """Return precision, recall, right, predicted, gold."""
    numbers = (counts.tp, counts.predicted, counts.gold)
    return (number(counts.precision), number(counts.recall), *map(str, numbers))


def scores_json(scores: Scores) -> Json:
    """Return metrics, counts and the confusion of labels as a value that `json.dumps` takes; undefined is null."""
    matrix = scores.confusion
    columns: dict[str, Found] = {**{label: label for label in LABELS}, UNLABELLED: UNLABELLED, "missed": None}
    rows: dict[str, Label | None] = {**{label: label for label in LABELS}, "spurious": None}
    return {
        "metrics": scores.metrics,
        "counts": {name: _counts_json(x) for name, x in scores.counted.items()},
        "spans": {name: asdict(x) for name, x in scores.spans.layers.items()},
        "confusion": {
            row: {
                column: matrix.count(gold, predicted)
                for column, predicted in columns.items()
                if gold is not None or predicted is not None
            }
            for row, gold in rows.items()
        },
    }


def _counts_json(x: Counts | Share) -> Json:
    match x:
        case Counts():
            return {"tp": x.tp, "fp": x.fp, "fn": x.fn, "precision": x.precision, "recall": x.recall}
        case Share():
            return {"right": x.right, "total": x.total}
