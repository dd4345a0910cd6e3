"""The register as rows of a CSV file that a person corrects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from corpus.register.comparing import Comparison
from corpus.register.corrections import NO_CORRECTIONS, SEPARATOR, Corrections, Row, reference_text
from corpus.register.entries import Entry, Reference
from corpus.register.proposing import Proposal, Register
from corpus.tables import Cell

COLUMNS = (
    "register_id",
    "decision",
    "different_from",
    "score",
    "reasons",
    "name",
    "given_name",
    "titles",
    "gender",
    "parties",
    "roles",
    "bodies",
    "first_date",
    "last_date",
    "documents",
    "mentions",
    "surface_forms",
    "candidates",
    "persons",
)

# Spreadsheets cut cells off at 32,767 characters, and the rest would be lost when the file is saved.
LONGEST_CELL = 30_000
_MOST = 12  # of the surface forms and candidates of one row


def register_rows(register: Register, corrections: Corrections = NO_CORRECTIONS) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows below the head; decisions on documents that are not there now are kept as they were."""
    decisions = {
        reference: row
        for row in corrections.rows
        if row.decision in ("same", "different")
        for reference in row.references
    }
    seen: set[Reference] = set()
    for proposal in register.proposals:
        seen.update(proposal.entry.references)
        yield from _rows(proposal, decisions, corrections)
    for row in corrections.rows:
        missing = [reference for reference in row.references if reference not in seen]
        if missing and row.decision:
            kept = {**row.cells, "register_id": corrections.ruled.get(missing[0], row.register_id)}
            kept["persons"] = SEPARATOR.join(map(reference_text, missing))
            yield tuple(kept.get(column) or None for column in COLUMNS)


def _rows(proposal: Proposal, decisions: dict[Reference, Row], corrections: Corrections) -> Iterator[tuple[Cell, ...]]:
    entry = proposal.entry
    ruling = next((decisions[x].decision for x in entry.references if entry.ruled and x in decisions), None)
    unsure = "unsure" if not corrections.unsure.isdisjoint(entry.references) else None
    apart = sorted(
        id for pair in corrections.apart if proposal.register_id in pair for id in pair - {proposal.register_id}
    )
    for references in _portions(entry.references):
        yield (
            proposal.register_id,
            ruling or unsure,
            SEPARATOR.join(apart) if ruling else None,
            proposal.because.score if proposal.because else None,
            _reasons(proposal.because) if proposal.because else _alone(entry),
            entry.name,
            entry.given_name,
            _listed(entry.titles),
            _listed(entry.genders),
            _listed(entry.parties),
            _listed(entry.roles),
            _listed(entry.bodies),
            entry.first,
            entry.last,
            len(entry.sources),
            entry.mentions,
            _counted(entry.surface_forms),
            " | ".join(f"{id} {x.score} ({_reasons(x)})" for id, x in proposal.candidates[:_MOST]) or None,
            SEPARATOR.join(map(reference_text, references)),
        )


def _alone(entry: Entry) -> str | None:
    """Say why the documents of a row that fits no other are in one row."""
    return f"one name in {len(entry.sources)} documents with the same people" if len(entry.sources) > 1 else None


def _portions(references: Sequence[Reference]) -> Iterator[list[Reference]]:
    """Yield the references in portions of which each fits into a cell."""
    portion: list[Reference] = []
    length = 0
    for reference in references:
        added = len(reference_text(reference)) + len(SEPARATOR)
        if portion and length + added > LONGEST_CELL:
            yield portion
            portion, length = [], 0
        portion.append(reference)
        length += added
    yield portion


def _reasons(comparison: Comparison) -> str:
    return ", ".join(reason for reason in comparison.reasons if reason)


def _listed(values: Mapping[str, int]) -> str | None:
    return SEPARATOR.join(value for value, _ in _sorted(values)) or None


def _counted(values: Mapping[str, int]) -> str | None:
    return SEPARATOR.join(f"{value} ({times})" for value, times in _sorted(values)[:_MOST]) or None


def _sorted(values: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(values.items(), key=lambda x: (-x[1], x[0]))
