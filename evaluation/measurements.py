"""What was measured besides the scores of records: speed, outcomes against a feed, classifiers side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.collection import Document as Annotated
from corpus.record import LABELS, Label
from evaluation.counts import Confusion, Counts
from evaluation.feed import FeedCheck
from evaluation.intervals import Estimate, intervals, wilson
from evaluation.outcomes import Agreement, OutcomeCheck
from evaluation.probe import Probe
from evaluation.report import counts_cells, interval_cell
from evaluation.scores import Scores
from evaluation.speed import Speed, Spread
from evaluation.tables import UNDEFINED, Table, number


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
    rest = (
        ("in the index without a text", str(check.without_text)),
        ("texts without a row in the index", str(check.without_row)),
        ("failed", str(len(check.failures))),
    )
    failed = tuple((x.source.name, x.reason) for x in check.failures)
    return (
        *_agreement_tables(check, "Documents"),
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


def feed_tables(check: FeedCheck, *, errors: bool = False) -> tuple[Table, ...]:
    """Return agreement of agenda items with each result, and what was not compared; with `errors` what disagrees."""
    rest = (
        ("heading not found in the minutes", str(check.not_found)),
        ("no record of the meeting's minutes", str(check.without_minutes)),
    )
    rows = (
        (
            (x.meeting.start or UNDEFINED)[:10],
            x.item.number or UNDEFINED,
            x.source.name,
            x.result,
            ", ".join(sorted(x.acceptable)),
            ", ".join(x.outcomes) or UNDEFINED,
        )
        for x in check.items
        if not x.any
    )
    head = ("Meeting", "Item", "Minutes", "Result of the feed", "Agree", "Found")
    return (
        *_agreement_tables(check.outcomes, "Items"),
        Table("Not compared", ("Items", "Number"), rest),
        *((Table("Disagreements", head, tuple(rows), left=6),) if errors else ()),
    )


def _agreement_tables(check: OutcomeCheck, unit: str) -> tuple[Table, Table]:
    rows = [(result, *_agreement(x)) for result, x in check.by_result.items()]
    head = ("Result of the feed", unit, "Any (headline)", "95 %", "First", "Last", "No decision")
    left_out = tuple((result or UNDEFINED, str(count)) for result, count in check.left_out)
    return (
        Table("Decisions that agree", head, (*rows, ("all", *_agreement(check.total)))),
        Table("Left out: the result names no outcome", ("Result of the feed", unit), left_out),
    )


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


def variants_table(names: Sequence[str], scores: Sequence[Mapping[str, Sequence[Scores]]]) -> Table:
    """Return the labels of each system on the sets it was tried on: macro F1 of the four, and F1 by label."""
    head = ["System", *(cell for name in scores[0] for cell in (f"{name}: macro4_f1", "95 %", *LABELS))]
    rows = []
    for system, of_sets in zip(names, scores, strict=True):
        cells = [system]
        for of_documents in of_sets.values():
            macro4 = macro4_interval(of_documents)
            total = sum(of_documents, Scores()).confusion
            cells += [number(macro4.value), interval_cell(macro4)]
            cells += [number(total.of_label(label).f1) for label in LABELS]
        rows.append(tuple(cells))
    return Table("Labels of given turns", tuple(head), tuple(rows))


def macro4_interval(scores: Sequence[Scores]) -> Estimate:
    """Return `macro4_f1` of documents with its interval."""
    return intervals(scores, metrics=("macro4_f1",))["macro4_f1"]


def label_scores(gold: Sequence[Annotated], found: Sequence[Sequence[Label]]) -> list[Scores]:
    """Score labels of given turns, a list for each document that has turns."""
    documents = [x for x in gold if x.gold.turns]
    pairs = (zip(document.gold.turns, labels, strict=True) for document, labels in zip(documents, found, strict=True))
    return [Scores(confusion=Confusion.of((turn.label, label) for turn, label in part)) for part in pairs]


def tags_table(found: Mapping[str, Counts]) -> Table:
    """Return how well each system finds the names of the speakers of given turns, character by character."""
    rows = tuple((name, number(x.f1), *counts_cells(x)) for name, x in found.items())
    head = ("System", "F1", "Precision", "Recall", "Right", "Predicted", "Gold")
    return Table("Names of speakers in given turns, exact spans", head, rows)


def _spread(x: Spread, digits: int) -> tuple[str, str, str]:
    low, middle, high = (f"{value:.{digits}f}" for value in (x.minimum, x.median, x.maximum))
    return low, middle, high


def _agreement(x: Agreement) -> tuple[str, ...]:
    headline = wilson(x.any.right, x.any.total)
    rest = (number(share.ratio) for share in (x.first, x.last))
    return str(x.any.total), number(headline.value), interval_cell(headline), *rest, str(x.undecided)
