"""What was measured, for reading (tables) and for programs (JSON)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Literal

from corpus.captions import counted
from corpus.collection import Document as Annotated
from corpus.record import LABELS, Label
from evaluation.agreement import Agreement as TwoAnnotators
from evaluation.calibration import Calibration
from evaluation.counts import UNLABELLED, Confusion, Counts, Found, Share
from evaluation.differences import Difference, differences
from evaluation.harness import Document, Evaluation
from evaluation.intervals import Contrast, Estimate, intervals
from evaluation.outcomes import Agreement, OutcomeCheck
from evaluation.probe import Probe
from evaluation.scoring import Scores
from evaluation.speed import Speed, Spread
from evaluation.tables import UNDEFINED, Table, number

By = Literal["style", "document"]
Json = Mapping[str, object]

# What a breakdown shows is legible at 80 columns; the JSON has every metric of every part.
_PARTS = ("span_f1", "label_f1", "speaker_f1", "turn_f1", "link_f1", "outcome_acc", "agenda_f1")


def tables(evaluation: Evaluation, by: By = "style") -> tuple[Table, ...]:
    """Return all scores with intervals, by label, by style or document, the confusion matrix, what had no record."""
    total = evaluation.total
    missing = tuple((name,) for name in evaluation.missing)
    return (
        _overall(total, evaluation.intervals, len(evaluation.documents)),
        _labels(total),
        _breakdown(_parts(evaluation, by), by),
        _confusion(total),
        *((Table("No record, counted as empty", ("Document",), missing),) if missing else ()),
    )


def as_json(evaluation: Evaluation, by: By = "style") -> Json:
    """Return what `tables` shows, and the counts, as a value that `json.dumps` takes; undefined is null."""
    return {
        "documents": len(evaluation.documents),
        "missing": list(evaluation.missing),
        **_scores_json(evaluation.total),
        "intervals": {name: _interval_json(x) for name, x in evaluation.intervals.items()},
        "by": by,
        "parts": {name: _scores_json(scores) for name, scores in _parts(evaluation, by).items()},
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
    rows = tuple((name, *_difference_cells(x.difference), _p(x.p)) for name, x in contrasts.items())
    return Table(f"Against {other}", ("Metric", "Better by", "2.5 %", "97.5 %", "p"), rows)


def against_json(contrasts: Mapping[str, Contrast], other: str) -> Json:
    """Return what `against_table` shows as a value that `json.dumps` takes."""
    differences = {name: {**asdict(x.difference), "p": x.p} for name, x in contrasts.items()}
    return {"other": other, "differences": differences}


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


def speed_table(speeds: Mapping[str, Speed]) -> Table:
    """Return words a second over the rounds of each system."""
    head = ("Pipeline", "Texts", "Words", "Rounds", "Minimum", "Median", "Maximum")
    rows = (
        (name, str(x.texts), str(x.words), str(len(x.rounds.values)), *_spread(x.rounds, 0))
        for name, x in speeds.items()
    )
    return Table("Words a second in one process", head, tuple(rows))


def needs_table(ratio: Spread | None, memory: float | None, start: Spread | None) -> Table:
    """Return what is measured besides words a second; what was not is left out."""
    rows = (
        ("times as fast as the other pipeline", _spread(ratio, 2) if ratio else None),
        ("peak memory of this process, MB", (UNDEFINED, f"{memory:.0f}", UNDEFINED) if memory else None),
        ("start of a process to its first record, s", _spread(start, 2) if start else None),
    )
    head = ("Figure", "Minimum", "Median", "Maximum")
    return Table("Ratio, memory, start", head, tuple((name, *cells) for name, cells in rows if cells))


def outcome_tables(check: OutcomeCheck) -> tuple[Table, ...]:
    """Return agreement for each result, and what was left out or failed; "any" is the headline."""
    rows = [(result, *_agreement(x)) for result, x in check.by_result.items()]
    head = ("Result of the feed", "Documents", "Any (headline)", "First", "Last", "No decision")
    agreement = Table("Decisions that agree", head, (*rows, ("all", *_agreement(check.total))))
    left_out = tuple((result or UNDEFINED, str(count)) for result, count in check.left_out)
    rest = (
        ("in the index without a text", str(check.without_text)),
        ("texts without a row in the index", str(check.without_row)),
        ("failed", str(len(check.failures))),
    )
    failed = tuple((x.source.name, x.reason) for x in check.failures)
    return (
        agreement,
        Table("Left out: the result names no outcome", ("Result of the feed", "Documents"), left_out),
        Table("Not compared", ("Documents", "Number"), rest),
        *((Table("Failed", ("Document", "Reason"), failed, left=2),) if failed else ()),
    )


def disagreement_table(check: OutcomeCheck) -> Table:
    """Return the documents none of whose decisions agrees with the result of the feed."""
    rows = (
        (x.source.name, x.result, ", ".join(sorted(x.acceptable)), ", ".join(x.outcomes) or UNDEFINED)
        for x in check.disagreements
    )
    return Table("Disagreements", ("Document", "Result of the feed", "Agree", "Found"), tuple(rows), left=4)


def _difference(x: Difference) -> tuple[str, ...]:
    gold = UNDEFINED if x.gold is None else str(x.gold)
    return (x.fault, gold, *(cell or UNDEFINED for cell in (x.turn, x.expected, x.found)), x.excerpt)


def _parts(evaluation: Evaluation, by: By) -> dict[str, Scores]:
    if by == "style":
        return evaluation.styles
    return {document.name: document.scores for document in evaluation.documents}


def _overall(scores: Scores, intervals: Mapping[str, Estimate], documents: int) -> Table:
    rows: list[tuple[str, ...]] = []
    for name, value in scores.metrics.items():
        if name.startswith("f1_"):
            continue
        counts = scores.counted.get(name)
        match counts:
            case Counts():
                rest = _cells(counts)
            case Share():
                rest = (UNDEFINED, UNDEFINED, str(counts.right), UNDEFINED, str(counts.total))
            case None:
                rest = (UNDEFINED,) * 5
        rows.append((name, number(value), _interval(intervals[name]), *rest))
    turns = scores.confusion.span.gold
    head = ("Metric", "Score", "95 %", "Precision", "Recall", "Right", "Predicted", "Gold")
    return Table(f"Scores: {counted(documents, 'document')}, {counted(turns, 'turn')}", head, tuple(rows))


def _labels(scores: Scores) -> Table:
    counts = {label: scores.confusion.of_label(label) for label in LABELS}
    rows = tuple((label, number(x.f1), *_cells(x)) for label, x in counts.items())
    return Table("Labels", ("Label", "F1", "Precision", "Recall", "Right", "Predicted", "Gold"), rows)


def _breakdown(parts: Mapping[str, Scores], by: By) -> Table:
    head = (by.capitalize(), "turns", *(name.removesuffix("_f1").removesuffix("_acc") for name in _PARTS))
    rows = tuple(
        (name, str(scores.confusion.span.gold), *(number(scores.metrics[part]) for part in _PARTS))
        for name, scores in parts.items()
    )
    return Table(f"By {by}", head, rows)


def _confusion(scores: Scores) -> Table:
    matrix = scores.confusion
    found: tuple[Found, ...] = (*LABELS, UNLABELLED) if matrix.unlabelled else LABELS
    rows = [(label, *(str(matrix.count(label, x)) for x in (*found, None))) for label in LABELS]
    rows.append(("spurious", *(str(matrix.count(None, x)) for x in found), ""))
    head = ("", *LABELS, *(("no label",) if matrix.unlabelled else ()), "missed")
    return Table("Gold (rows) against prediction (columns)", head, tuple(rows))


def _interval(x: Estimate) -> str:
    return UNDEFINED if x.low is None else f"{number(x.low)}–{number(x.high)}"


def _interval_json(x: Estimate) -> Json | None:
    return None if x.low is None else {"low": x.low, "high": x.high}


def _difference_cells(x: Estimate) -> tuple[str, ...]:
    return tuple(UNDEFINED if value is None else f"{value:+.3f}" for value in (x.value, x.low, x.high))


def _p(value: float | None) -> str:
    return UNDEFINED if value is None else f"{value:.4f}"


def _spread(x: Spread, digits: int) -> tuple[str, str, str]:
    low, middle, high = (f"{value:.{digits}f}" for value in (x.minimum, x.median, x.maximum))
    return low, middle, high


def _cells(counts: Counts) -> tuple[str, ...]:
    numbers = (counts.tp, counts.predicted, counts.gold)
    return (number(counts.precision), number(counts.recall), *map(str, numbers))


def _agreement(x: Agreement) -> tuple[str, ...]:
    shares = (number(share.ratio) for share in (x.any, x.first, x.last))
    return (str(x.any.total), *shares, str(x.undecided))


def _scores_json(scores: Scores) -> Json:
    matrix = scores.confusion
    columns: dict[str, Found] = {**{label: label for label in LABELS}, UNLABELLED: UNLABELLED, "missed": None}
    rows: dict[str, Label | None] = {**{label: label for label in LABELS}, "spurious": None}
    return {
        "metrics": scores.metrics,
        "counts": {name: _counts_json(x) for name, x in scores.counted.items()},
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


def agreement_tables(agreement: TwoAnnotators) -> tuple[Table, ...]:
    """Return every figure with its interval, and the confusion of labels over characters."""
    rows = tuple((name, number(x.value), number(x.low), number(x.high)) for name, x in agreement.estimates.items())
    figures = Table(
        f"Agreement over {counted(len(agreement.pairs), 'document')}", ("Figure", "Value", "2.5 %", "97.5 %"), rows
    )
    names = (*LABELS, "empty")
    characters = agreement.characters
    table = tuple((name, *map(str, row)) for name, row in zip(names, characters.tolist(), strict=True))
    missing = tuple((name,) for name in agreement.unpaired)
    return (
        figures,
        Table("Characters by label: first annotator down, second across", ("", *names), table),
        *((Table("In one folder only", ("Document",), missing),) if missing else ()),
    )


def agreement_json(agreement: TwoAnnotators) -> Json:
    """Return what `agreement_tables` shows as a value that `json.dumps` takes."""
    return {
        "documents": [pair.name for pair in agreement.pairs],
        "unpaired": list(agreement.unpaired),
        "figures": {name: asdict(x) for name, x in agreement.estimates.items()},
        "characters": agreement.characters.tolist(),
        "turns": _scores_json(agreement.scores),
    }


def probe_table(probes: Mapping[int, Probe], split: str) -> Table:
    """Return what training with so many generated turns is worth, a row each."""
    rows = tuple(
        (
            str(generated),
            str(x.turns),
            number(x.macro4),
            f"{number(x.low)}–{number(x.high)}",
            *(number(x.f1[label]) for label in LABELS),
        )
        for generated, x in probes.items()
    )
    head = ("Generated turns", "Turns in all", "macro4_f1", "95 %", *LABELS)
    return Table(f"Linear classifier of turns, trained on train and tried on {split}", head, rows)


def variants_table(
    names: Sequence[str],
    predictions: Sequence[Mapping[str, Sequence[Sequence[Label]]]],
    sets: Mapping[str, Sequence[Annotated]],
) -> Table:
    """Return the labels of each system on given turns: macro F1 of the four with its interval, and F1 by label."""
    head = ["System", *(cell for name in sets for cell in (f"{name}: macro4_f1", "95 %", *LABELS))]
    rows = []
    for system, found in zip(names, predictions, strict=True):
        cells = [system]
        for name, gold in sets.items():
            scores = _label_scores([x for x in gold if x.gold.turns], found[name])
            macro4 = intervals(scores)["macro4_f1"]
            total = sum(scores, Scores()).confusion
            cells += [number(macro4.value), f"{number(macro4.low)}–{number(macro4.high)}"]
            cells += [number(total.of_label(label).f1) for label in LABELS]
        rows.append(tuple(cells))
    return Table("Labels of given turns", tuple(head), tuple(rows))


def _label_scores(gold: Sequence[Annotated], found: Sequence[Sequence[Label]]) -> list[Scores]:
    pairs = (zip(document.gold.turns, labels, strict=True) for document, labels in zip(gold, found, strict=True))
    return [Scores(confusion=Confusion.of((turn.label, label) for turn, label in part)) for part in pairs]


def tags_table(found: Mapping[str, Counts]) -> Table:
    """Return how well each system finds the names of the speakers of given turns, character by character."""
    rows = tuple((name, number(x.f1), *_cells(x)) for name, x in found.items())
    head = ("System", "F1", "Precision", "Recall", "Right", "Predicted", "Gold")
    return Table("Names of speakers in given turns, exact spans", head, rows)
