"""The register as a person has corrected it: read back, checked, and applied before anything is proposed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from corpus.readers.plain import read_plain
from corpus.reading import ReadError
from corpus.register.entries import Appearance, Reference, folded
from corpus.writers.cells import unguarded

DECISIONS = ("", "same", "different", "unsure")
NEEDED = ("register_id", "decision", "different_from", "name", "persons")
SEPARATOR = "; "


class CorrectionError(ValueError):
    """A register that cannot be used; the message names the file, the row and what to do."""


@dataclass(frozen=True)
class Row:
    """One row of a register as read; `number` is that of the spreadsheet, whose head is row 1."""

    number: int
    cells: Mapping[str, str]
    register_id: str
    decision: str
    different_from: tuple[str, ...]
    references: tuple[Reference, ...]


@dataclass(frozen=True)
class Corrections:
    """What a register says: `ruled` ids of persons, pairs of ids that are `apart`, ids of rows that nobody ruled on."""

    rows: tuple[Row, ...] = ()
    ruled: Mapping[Reference, str] = field(default_factory=dict)
    previous: Mapping[Reference, str] = field(default_factory=dict)
    apart: frozenset[frozenset[str]] = frozenset()
    unsure: frozenset[Reference] = frozenset()

    @property
    def ids(self) -> set[str]:
        """All ids, so that no new one is among them."""
        return (
            {row.register_id for row in self.rows} | {*self.ruled.values()} | {id for pair in self.apart for id in pair}
        )

    def different(self, a: str, b: str) -> bool:
        """Say whether two ids were ruled to be two persons."""
        return frozenset((a, b)) in self.apart

    def applied(self, found: Iterable[Appearance]) -> tuple[dict[Reference, str], tuple[str, ...]]:
        """Return the ids of the persons who are there, and notes on rows whose persons are no longer who they were.

        A document that was extracted anew may have given "p3" to somebody else: the name in the row tells.
        """
        people = {one.reference: one for one in found}
        applied: dict[Reference, str] = {}
        notes = []
        for row in self.rows:
            for reference in row.references:
                if reference not in people or reference not in self.ruled:
                    continue
                name = people[reference].name
                if folded(name) in folded(f"{row.cells['name']} {row.cells.get('surface_forms', '')}"):
                    applied[reference] = self.ruled[reference]
                else:
                    notes.append(
                        f"row {row.number}: {'#'.join(reference)} is now {name}, not {row.cells['name']}: "
                        "its decision is left out"
                    )
        return applied, tuple(notes)


NO_CORRECTIONS = Corrections()


def read_corrections(path: Path) -> Corrections:
    """Read a register back, as comma-, semicolon- or tab-separated text in any usual encoding.

    Raises `CorrectionError` for a file that is no register, and for decisions that contradict each other.
    """
    rows = list(_rows(path))
    ruled: dict[Reference, tuple[str, int]] = {}
    previous: dict[Reference, str] = {}
    apart = set()
    numbers = _new_ids(rows)
    for row in rows:
        id = row.register_id
        others = row.different_from
        if row.decision == "different":
            # Without another id in "different_from" it is the others of its own id whom it differs from.
            others = others or (id,)
            if id in others:
                id = next(numbers)
        if row.decision in ("same", "different"):
            apart |= {frozenset((id, other)) for other in others}
        for reference in row.references:
            if row.decision in ("same", "different"):
                if reference in ruled and ruled[reference][0] != id:
                    before = ruled[reference][1]
                    raise CorrectionError(
                        f"{path}: row {row.number} and row {before} both decide on {'#'.join(reference)}, "
                        "and not alike: leave it in one of them"
                    )
                ruled[reference] = (id, row.number)
            else:
                previous[reference] = id
    return Corrections(
        tuple(rows),
        {reference: id for reference, (id, _) in ruled.items()},
        {reference: id for reference, id in previous.items() if reference not in ruled},
        frozenset(apart),
        frozenset(reference for row in rows if row.decision == "unsure" for reference in row.references),
    )


def register_ids(path: Path) -> dict[Reference, str]:
    """Return the ids of all persons in a register, decided or proposed, to be joined into the tables."""
    corrections = read_corrections(path)
    return {**corrections.previous, **corrections.ruled}


def reference_text(reference: Reference) -> str:
    """Return "rat.txt#p3"; the separator is written otherwise in names of documents that hold it."""
    source, person = reference
    return f"{source.replace('%', '%25').replace(';', '%3B')}#{person}"


def _reference(text: str) -> Reference | None:
    source, mark, person = text.rpartition("#")
    if not (source and mark and person):
        return None
    return source.replace("%3B", ";").replace("%25", "%"), person


def _rows(path: Path) -> Iterator[Row]:
    try:
        # The bytes of a person's spreadsheet: UTF-8 with or without mark, or Windows-1252.
        text = read_plain(path.read_bytes(), str(path)).text
    except (OSError, ReadError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise CorrectionError(f"{path} cannot be read: {reason}") from error
    text = text.removeprefix("\ufeff")
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    missing = [column for column in NEEDED if column not in (reader.fieldnames or ())]
    if missing:
        raise CorrectionError(f"{path} has no column {missing[0]}: name a file that `protokollant register` wrote")
    for number, cells in enumerate(reader, 2):
        plain = {name: unguarded(cell or "").strip() for name, cell in cells.items() if isinstance(name, str)}
        if any(plain.values()):
            yield _row(path, number, plain)


def _row(path: Path, number: int, cells: Mapping[str, str]) -> Row:
    decision = cells["decision"].casefold()
    place = f"{path}: row {number}"
    if decision not in DECISIONS:
        raise CorrectionError(
            f"{place}: no such decision: {cells['decision']!r}; write same, different, unsure or nothing"
        )
    if not cells["register_id"]:
        raise CorrectionError(f"{place} has no register_id: give it that of the person, or a new one")
    references = []
    for part in cells["persons"].split(SEPARATOR.strip()):
        if part.strip():
            reference = _reference(part.strip())
            if reference is None:
                raise CorrectionError(f"{place}: {part.strip()!r} is no person: write DOCUMENT#ID, as in rat.txt#p3")
            references.append(reference)
    if decision == "same" and cells["register_id"] in cells["different_from"].split(SEPARATOR):
        raise CorrectionError(f"{place} is the same as {cells['register_id']} and different from it: choose one")
    others = tuple(id.strip() for id in cells["different_from"].split(SEPARATOR.strip()) if id.strip())
    return Row(number, cells, cells["register_id"], decision, others, tuple(references))


def _new_ids(rows: Iterable[Row]) -> Iterator[str]:
    """Yield ids that no row has and that later runs find again: they follow the largest number."""
    numbers = [int(id[1:]) for row in rows for id in (row.register_id, *row.different_from) if id[1:].isdigit()]
    return (f"r{number}" for number in count(max(numbers, default=0) + 1))
