"""The store of an archive as its readers see it: records, failures, counts, and a search over turns."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from types import TracebackType

from corpus.record import Minutes
from corpus.store.database import Database
from corpus.store.errors import StoreError
from corpus.store.ledger import Ledger
from corpus.store.rows import entry_of, unpacked
from corpus.store.selection import EVERYTHING, Selection, conditions, search_expression
from corpus.store.state import Counts, Failure, FailureKind, Found, Hit, Outcome, Run

_SNIPPET = 24  # words
_OUTCOME = tuple(field.name for field in fields(Outcome))


class Store:
    """A store in the file `path`, made where there is none unless `create` is false. Use it in a `with` block.

    What an iterator yields is read as it is asked for, and is the state of the store when it began. All methods
    raise `StoreError` where the file is no store, is damaged, of a later version, or cannot be written.
    """

    def __init__(self, path: str | Path, *, create: bool = True) -> None:
        self.path = Path(path)
        self._db = Database(self.path, create=create)
        self.ledger = Ledger(self._db)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def put(self, minutes: Minutes) -> None:
        """Store a record in place of what was stored of its `source`."""
        self.ledger.put(Found(minutes.source), entry_of(minutes), minutes.generator.config)

    def paths(self, *, removed: bool = False) -> Iterator[str]:
        """Yield the paths of all documents that are there, or of those that were removed, sorted."""
        sign = "=" if removed else "<>"
        return (path for (path,) in self._db.rows(f"SELECT path FROM document WHERE state {sign} 'removed' ORDER BY 1"))

    def records(self, selection: Selection = EVERYTHING) -> Iterator[Minutes]:
        """Yield the records of the documents that are there, one at a time, sorted by path.

        Documents with the same content have one record, whose `source` is the first of their paths.
        """
        condition, values = conditions(selection)
        chosen = self._db.rows(
            f"SELECT record, path FROM present JOIN meeting USING (record) WHERE {condition} ORDER BY path", *values
        )
        for record, path in chosen:
            row = self._db.row("SELECT json FROM record WHERE id = ?", record)  # apart: no record has to be sorted
            assert row is not None
            yield unpacked(row[0], path)

    def failures(self, kind: FailureKind | None = None) -> Iterator[Failure]:
        """Yield the documents that failed, sorted by path; only those of one kind if it is given."""
        rows = self._db.rows(
            "SELECT path, kind, reason, trace, attempts, last FROM failure JOIN document ON document.id = document"
            " WHERE state = 'failed' AND kind = coalesce(?, kind) ORDER BY path",
            kind,
        )
        return (Failure(*row) for row in rows)

    def search(
        self, query: str, selection: Selection = EVERYTHING, *, speaker: str | None = None, limit: int = 20
    ) -> Iterator[Hit]:
        """Yield the turns that fit best. `speaker` is part of a speaker's name.

        A query has words, "phrases", beginnings (Weg*), AND, OR, NOT and brackets; "ä" is "a", and case does not
        count. `StoreError` where it cannot be read as one.
        """
        condition, values = conditions(selection)
        hits = self._db.rows(
            "SELECT present.path, turn.id, body, date, agenda.number, agenda.title, label, turn.speakers,"
            f" snippet(turn_search, 0, '[', ']', '…', {_SNIPPET})"
            " FROM turn_search JOIN turn ON turn.key = turn_search.rowid"
            " JOIN present ON present.record = turn.record JOIN meeting ON meeting.record = turn.record"
            " LEFT JOIN agenda ON agenda.record = turn.record AND agenda.id = turn.agenda_item"
            f" WHERE turn_search MATCH ? AND {condition}"
            " AND (? IS NULL OR instr(folded(turn.speakers), folded(?)) > 0)"
            " ORDER BY rank, present.path, turn.start LIMIT ?",
            *(search_expression(query), *values, speaker, speaker, limit),
        )
        try:
            for path, turn, body, date, *rest in hits:
                yield Hit(path, turn, body, _date(date), *rest)
        except StoreError as error:
            if "fts5: syntax error" not in str(error.__cause__):
                raise
            raise StoreError(f"{query!r} cannot be searched: put phrases and signs into double quotes") from error

    def counts(self) -> Counts:
        """Return how much is in the store."""
        states = dict(self._db.rows("SELECT state, count(*) FROM document GROUP BY state"))
        turns, decisions = (
            next(self._db.rows(f"SELECT count(*) FROM {table} JOIN present USING (record)"))[0]
            for table in ("turn", "decision")
        )
        records, characters, first, last = next(
            self._db.rows(
                "SELECT count(*), coalesce(sum(characters), 0), min(date), max(date) FROM present"
                " JOIN record ON record.id = present.record JOIN meeting ON meeting.record = present.record"
            )
        )
        return Counts(
            done=states.get("done", 0),
            failed=states.get("failed", 0),
            removed=states.get("removed", 0),
            records=records,
            turns=turns,
            decisions=decisions,
            characters=characters,
            first=_date(first),
            last=_date(last),
        )

    def runs(self) -> Iterator[Run]:
        """Yield the runs over the archive, the latest first."""
        columns = f"started, sources, settings, fingerprint, jobs, ended, {', '.join(_OUTCOME)}"
        for started, sources, settings, fingerprint, jobs, ended, *rest in self._db.rows(
            f"SELECT {columns} FROM run ORDER BY id DESC"
        ):
            yield Run(
                started, tuple(json.loads(sources)), settings, fingerprint, jobs, Outcome(*rest) if ended else None
            )


def _date(stored: str | None) -> dt.date | None:
    return dt.date.fromisoformat(stored) if stored else None
