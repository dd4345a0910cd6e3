"""The agreement of annotators, for reading (tables) and for programs (JSON)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from corpus.captions import counted
from corpus.record import LABELS
from evaluation.agreement import Agreement
from evaluation.report import scores_json
from evaluation.tables import Table, number

_NAMES = (*LABELS, "empty")


def agreement_tables(agreement: Agreement) -> tuple[Table, ...]:
    """Return every figure with its interval, for every pair the confusion of labels over characters, what one lacks."""
    rows = tuple((name, number(x.value), number(x.low), number(x.high)) for name, x in agreement.estimates.items())
    missing = tuple((name,) for name in agreement.unpaired)
    compared = f"{agreement.annotators} annotators over {counted(len(agreement.documents), 'document')}"
    return (
        Table(f"Agreement of {compared}", ("Figure", "Value", "95 % from", "to"), rows),
        *(_characters(agreement, first, second) for first, second in agreement.pairs),
        *((Table("Not in every folder", ("Document",), missing),) if missing else ()),
    )


def agreement_json(agreement: Agreement) -> Mapping[str, object]:
    """Return what `agreement_tables` shows, and the counts of turns, as a value that `json.dumps` takes.

    Annotators are numbered from 1 in the order of their folders; tables are labels of the first × of the second.
    """
    return {
        "annotators": agreement.annotators,
        "documents": [document.name for document in agreement.documents],
        "unpaired": list(agreement.unpaired),
        "figures": {name: asdict(x) for name, x in agreement.estimates.items()},
        "pairs": [
            {
                "annotators": [first + 1, second + 1],
                "characters": agreement.characters(first, second).tolist(),
                "turns": scores_json(pair.scores),
            }
            for (first, second), pair in agreement.pairs.items()
        ],
    }


def _characters(agreement: Agreement, first: int, second: int) -> Table:
    counts = agreement.characters(first, second).tolist()
    rows = tuple((name, *map(str, row)) for name, row in zip(_NAMES, counts, strict=True))
    return Table(f"Characters by label: annotator {first + 1} down, {second + 1} across", ("", *_NAMES), rows)
