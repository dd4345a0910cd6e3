"""What a run writes into a store: results, failures, what has gone, and the run itself.

The results of a document and the mark that it is done are one transaction, so a process may end at any moment.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import fields
from pathlib import PurePosixPath

from corpus.store.database import Database
from corpus.store.rows import Entry
from corpus.store.state import Failed, Found, Known, Outcome, Stamp

_TABLES = tuple(field.name for field in fields(Entry) if field.name != "record")


class Ledger:
    """The writing side of a store. Raises `StoreError`; what was written before stays."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def known(self, path: str) -> Known | None:
        """Return what is known of the document at a path."""
        row = self._db.row(
            "SELECT state, sha256, file_size, file_mtime_ns, fingerprint FROM document WHERE path = ?", path
        )
        if row is None:
            return None
        state, sha256, size, mtime_ns, fingerprint = row
        return Known(path, state, sha256, None if mtime_ns is None else Stamp(size, mtime_ns), fingerprint)

    def put(self, found: Found, entry: Entry, fingerprint: str, seconds: float | None = None) -> None:
        """Store the rows of a record, in one transaction with the mark that its document is done."""
        sha256 = entry.record[0].sha256  # of the bytes that were read; the file may have changed since it was found
        with self._db.transaction():
            record = self._record(sha256, found.path, fingerprint)
            if record is None:
                suffix = suffix_of(found.path)
                record = self._db.insert("record", entry.record, suffix=suffix, fingerprint=fingerprint)
                for table in _TABLES:
                    self._db.insert(table, getattr(entry, table), record=record)
            self._finish(Found(found.path, found.stamp, sha256, found.size), fingerprint, record, seconds)

    def put_same(self, found: Found, fingerprint: str) -> bool:
        """Store that a document is done if one of the same content is; return whether that is so."""
        record = self._record(found.sha256, found.path, fingerprint)
        if record is None:
            return False
        with self._db.transaction():
            self._finish(found, fingerprint, record, None)
        return True

    def put_failure(self, found: Found, failed: Failed, fingerprint: str, seconds: float | None = None) -> None:
        """Store why there is no record of a document. What an earlier pipeline made of the same content stays."""
        with self._db.transaction():
            row = self._db.row("SELECT sha256, record FROM document WHERE path = ?", found.path)
            kept = row[1] if row and row[0] and row[0] == found.sha256 else None
            document = self._put_document(found, "failed", fingerprint, kept, seconds)
            self._db.change(
                "INSERT INTO failure (document, kind, reason, trace, attempts, last) VALUES (?, ?, ?, ?, 1, ?)"
                " ON CONFLICT (document) DO UPDATE SET kind = excluded.kind, reason = excluded.reason,"
                " trace = excluded.trace, attempts = attempts + 1, last = excluded.last",
                *(document, failed.kind, storable(failed.reason), failed.trace and storable(failed.trace), _now()),
            )

    def touch(self, found: Found) -> None:
        """Store that a document is there with the content that it had; one that was removed is back."""
        stamp = found.stamp
        with self._db.transaction():
            self._db.change(
                "UPDATE document SET file_size = ?, file_mtime_ns = ?,"
                " changed = CASE state WHEN 'removed' THEN ? ELSE changed END,"
                " state = CASE WHEN id IN (SELECT document FROM failure) THEN 'failed' ELSE 'done' END WHERE path = ?",
                *(stamp and stamp.size, stamp and stamp.mtime_ns, _now(), found.path),
            )

    def mark_removed(self, paths: Iterable[str]) -> None:
        """Mark documents that are no longer there. Their records stay, but stand in no answer any more."""
        with self._db.transaction():
            now = _now()
            for path in paths:
                self._db.change("UPDATE document SET state = 'removed', changed = ? WHERE path = ?", now, path)

    def begin(self, sources: Sequence[str], settings: str, fingerprint: str, jobs: int) -> int:
        """Store that a run begins; return its number."""
        given = json.dumps([storable(source) for source in sources], ensure_ascii=False)
        return self._db.change(
            "INSERT INTO run (started, sources, settings, fingerprint, jobs) VALUES (?, ?, ?, ?, ?)",
            *(_now(), given, settings, fingerprint, jobs),
        )

    def end(self, run: int, outcome: Outcome) -> None:
        """Store what came of a run."""
        names = [field.name for field in fields(Outcome)]
        self._db.change(
            f"UPDATE run SET ended = ?, {', '.join(f'{name} = ?' for name in names)} WHERE id = ?",
            *(_now(), *(getattr(outcome, name) for name in names), run),
        )

    def _record(self, sha256: str | None, path: str, fingerprint: str) -> int | None:
        row = self._db.row(
            "SELECT id FROM record WHERE sha256 = ? AND suffix = ? AND fingerprint = ?",
            *(sha256, suffix_of(path), fingerprint),
        )
        return row[0] if row else None

    def _finish(self, found: Found, fingerprint: str, record: int, seconds: float | None) -> None:
        document = self._put_document(found, "done", fingerprint, record, seconds)
        self._db.change("DELETE FROM failure WHERE document = ?", document)

    def _put_document(
        self, found: Found, state: str, fingerprint: str, record: int | None, seconds: float | None
    ) -> int:
        stamp, now = found.stamp, _now()
        before = self._db.row("SELECT id, record FROM document WHERE path = ?", found.path)
        self._db.change(
            "INSERT INTO document (path, state, sha256, size, file_size, file_mtime_ns, fingerprint, record, seconds,"
            " added, changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (path) DO UPDATE SET state = excluded.state, sha256 = excluded.sha256, size = excluded.size,"
            " file_size = excluded.file_size, file_mtime_ns = excluded.file_mtime_ns,"
            " fingerprint = excluded.fingerprint, record = excluded.record, seconds = excluded.seconds, changed = ?",
            *(found.path, state, found.sha256, found.size, stamp and stamp.size, stamp and stamp.mtime_ns),
            *(fingerprint, record, seconds, now, now, now),
        )
        if before is None:
            row = self._db.row("SELECT id FROM document WHERE path = ?", found.path)
            assert row is not None
            return int(row[0])
        number, earlier = before
        if earlier is not None and earlier != record:
            self._db.change(
                "DELETE FROM record WHERE id = ? AND NOT EXISTS (SELECT 1 FROM document WHERE record = record.id)",
                earlier,
            )
        return int(number)


def suffix_of(path: str) -> str:
    """Return the part of a name that decides the format where bytes cannot: ".md" of "2024.zip!/Rat.MD"."""
    return PurePosixPath(path).suffix.lower()


def storable(text: str) -> str:
    """Return text that SQLite takes: a file name that is no UTF-8 reaches Python with lone surrogates."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _now() -> str:
    return dt.datetime.now(dt.timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")
