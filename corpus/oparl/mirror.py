"""The folder of a mirror: its state in one SQLite file, the files of minutes, and `meetings.jsonl` made of both.

What a page brought and that it came is one transaction, so a run may end at any moment: the next one goes on
from the last page that is in.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from pydantic import ValidationError

from corpus.oparl.errors import OParlError
from corpus.oparl.objects import AgendaItem, Body, Meeting, MinutesFile
from corpus.placing import placed

MEETINGS = "meetings.jsonl"
FILES = "files"
STATE = "mirror.sqlite"
_VERSION = 1

_SCHEMA = """
CREATE TABLE meeting (id TEXT PRIMARY KEY, start TEXT, value TEXT NOT NULL);
CREATE TABLE body (id TEXT PRIMARY KEY, name TEXT);
CREATE TABLE text (file TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE stale (meeting TEXT PRIMARY KEY);
CREATE TABLE list (url TEXT PRIMARY KEY, since TEXT, began TEXT, next TEXT, pages INTEGER NOT NULL DEFAULT 0);
CREATE TABLE page (url TEXT PRIMARY KEY, etag TEXT, last_modified TEXT, next TEXT);
CREATE TABLE file (
    key TEXT PRIMARY KEY, modified TEXT, sha256 TEXT, size INTEGER, path TEXT,
    etag TEXT, last_modified TEXT, problem TEXT
);
"""


@dataclass(frozen=True)
class ListState:
    """How far a list has been walked: `next` is the page to go on with, `since` when the last whole walk began."""

    since: str | None = None
    began: str | None = None
    next: str | None = None
    pages: int = 0


@dataclass(frozen=True)
class KnownPage:
    """A page of a list that came before: how to ask whether it has changed, and the page after it."""

    etag: str | None = None
    last_modified: str | None = None
    next: str | None = None


@dataclass(frozen=True)
class StoredFile:
    """What is known of the bytes of a file."""

    modified: str | None = None
    sha256: str | None = None
    size: int | None = None
    path: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    problem: str | None = None


class Mirror:
    """A mirror that is being brought up to date, by one process at a time.

    Leaving the context writes `meetings.jsonl`, whatever ended the run. Raises `OParlError` where the folder is
    in use, cannot be written or holds something else.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            (folder / FILES).mkdir(parents=True, exist_ok=True)
            # Ours alone until it is closed: a killed process leaves no lock behind.
            self._db = sqlite3.connect(folder / STATE, timeout=1, isolation_level=None)
        except (OSError, sqlite3.Error) as error:
            raise OParlError(f"{folder} cannot be written: {getattr(error, 'strerror', None) or error}") from error
        try:
            self._db.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._db.execute("BEGIN EXCLUSIVE")
            (version,) = self._db.execute("PRAGMA user_version").fetchone()
            if version == 0:
                for statement in _SCHEMA.split(";"):
                    self._db.execute(statement)
                self._db.execute(f"PRAGMA user_version={_VERSION}")
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            self._db.close()
            if "locked" in str(error):
                raise OParlError(f"{folder} is in use by another run: wait until it ends") from error
            if isinstance(error, sqlite3.OperationalError):
                raise OParlError(f"{folder / STATE} cannot be written: {error}") from error
            raise OParlError(f"{folder / STATE}: {error}; remove it to start anew") from error
        if version not in (0, _VERSION):
            self._db.close()
            raise OParlError(f"{folder / STATE} is of another version of protokollant: take a new folder")
        for part in (*(folder / FILES).glob(".*.part"), *folder.glob(f".{MEETINGS}.*.part")):
            part.unlink()

    def __enter__(self) -> Mirror:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._write_meetings()
        finally:
            self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Store all of what happens inside, or nothing."""
        self._db.execute("BEGIN")
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def put_meeting(self, meeting: Meeting, texts: dict[str, str]) -> bool:
        """Store a meeting in place of what was known of it; return whether that is news.

        Of a deleted one a feed gives little more than its id: what was known stays.
        """
        known = self.meeting(meeting.id)
        if meeting.deleted and known:
            meeting = known.model_copy(update={"deleted": True, "modified": meeting.modified or known.modified})
        self._db.execute("DELETE FROM stale WHERE meeting = ?", (meeting.id,))
        self._db.executemany("INSERT OR REPLACE INTO text VALUES (?, ?)", texts.items())
        if meeting == known:
            return False
        self._db.execute(
            "INSERT OR REPLACE INTO meeting VALUES (?, ?, ?)", (meeting.id, meeting.start, meeting.model_dump_json())
        )
        return True

    def any(self) -> bool:
        """Say whether there are meetings."""
        return self._db.execute("SELECT 1 FROM meeting LIMIT 1").fetchone() is not None

    def meeting(self, id: str) -> Meeting | None:
        """Return a meeting as it was last stored, its bodies without names and its files as in the feed."""
        row = self._db.execute("SELECT value FROM meeting WHERE id = ?", (id,)).fetchone()
        return Meeting.model_validate_json(row[0]) if row else None

    def put_body(self, body: Body) -> None:
        """Store the name of a body; a body without one is known not to have any."""
        self._db.execute("INSERT OR REPLACE INTO body VALUES (?, ?)", (body.id, body.name))

    def bodies_without_name(self) -> list[str]:
        """Return the bodies of meetings that nothing is known of."""
        known = {id for (id,) in self._db.execute("SELECT id FROM body")}
        return sorted({x.id for meeting in self._stored() for x in meeting.bodies} - known)

    def put_item(self, item: AgendaItem, meeting: str, *, deleted: bool) -> None:
        """Take note of an item from a list of its own: its meeting is stale if it has the item otherwise."""
        known = self.meeting(meeting)
        items = known.agenda if known else ()
        fresh = all(x.id != item.id for x in items) if deleted else item in items
        if not fresh:
            self._db.execute("INSERT OR IGNORE INTO stale VALUES (?)", (meeting,))

    def drop_stale(self, meeting: str) -> None:
        """Take note that a meeting need not, or cannot, be fetched again."""
        self._db.execute("DELETE FROM stale WHERE meeting = ?", (meeting,))

    def stale(self) -> list[str]:
        """Return the meetings that have to be fetched again."""
        return [id for (id,) in self._db.execute("SELECT meeting FROM stale ORDER BY meeting")]

    def list_state(self, url: str) -> ListState | None:
        """Return how far a list has been walked; `None` for an unknown one."""
        row = self._db.execute("SELECT since, began, next, pages FROM list WHERE url = ?", (url,)).fetchone()
        return ListState(*row) if row else None

    def put_list(self, url: str, state: ListState) -> None:
        """Store how far a list has been walked."""
        values = (url, state.since, state.began, state.next, state.pages)
        self._db.execute("INSERT OR REPLACE INTO list VALUES (?, ?, ?, ?, ?)", values)

    def page(self, url: str) -> KnownPage | None:
        """Return what is known of a page."""
        row = self._db.execute("SELECT etag, last_modified, next FROM page WHERE url = ?", (url,)).fetchone()
        return KnownPage(*row) if row else None

    def put_page(self, url: str, page: KnownPage) -> None:
        """Store what is known of a page."""
        values = (url, page.etag, page.last_modified, page.next)
        self._db.execute("INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?)", values)

    def files(self) -> Iterator[MinutesFile]:
        """Yield the minutes of all meetings that are not deleted, each address once."""
        met: set[str] = set()
        for meeting in list(self._stored()):
            for file in meeting.files if not meeting.deleted else ():
                if (key := key_of(file)) not in met:
                    met.add(key)
                    yield file

    def file(self, key: str) -> StoredFile | None:
        """Return what is known of the bytes of a file."""
        columns = "modified, sha256, size, path, etag, last_modified, problem"
        row = self._db.execute(f"SELECT {columns} FROM file WHERE key = ?", (key,)).fetchone()
        return StoredFile(*row) if row else None

    def put_file(self, key: str, file: StoredFile) -> None:
        """Store what is known of the bytes of a file."""
        values = (
            key,
            file.modified,
            file.sha256,
            file.size,
            file.path,
            file.etag,
            file.last_modified,
            file.problem,
        )
        self._db.execute("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?)", values)

    def text(self, file: MinutesFile) -> str | None:
        """Return the text that the feed itself has for a file."""
        row = self._db.execute("SELECT value FROM text WHERE file = ?", (file.id,)).fetchone()
        return row[0] if row else None

    def meetings(self) -> Iterator[Meeting]:
        """Yield all meetings in the order of their beginnings, with the names of bodies and the stored files."""
        names: dict[str, str | None] = dict(self._db.execute("SELECT id, name FROM body"))
        for meeting in self._stored():
            yield meeting.model_copy(
                update={
                    "bodies": tuple(Body(id=x.id, name=names.get(x.id)) for x in meeting.bodies),
                    "files": tuple(self._with_bytes(x) for x in meeting.files),
                }
            )

    def _stored(self) -> Iterator[Meeting]:
        rows = self._db.execute("SELECT value FROM meeting ORDER BY start, id")
        return (Meeting.model_validate_json(value) for (value,) in rows)

    def _with_bytes(self, file: MinutesFile) -> MinutesFile:
        fetched = self.file(key_of(file)) or StoredFile()
        stored = fetched if fetched.sha256 else self.file(text_key_of(file)) or fetched
        return file.model_copy(
            update={"sha256": stored.sha256, "size": stored.size, "path": stored.path, "problem": fetched.problem}
        )

    def _write_meetings(self) -> None:
        with placed(self.folder / MEETINGS) as lines:
            for meeting in self.meetings():
                lines.write(f"{meeting.model_dump_json()}\n".encode("utf-8", "replace"))


def key_of(file: MinutesFile) -> str:
    """Return what tells the bytes of a file from others: its address, or else its id."""
    return file.url or file.id or ""


def text_key_of(file: MinutesFile) -> str:
    """Return what tells the text that a feed has for a file from the file itself."""
    return f"text of {file.id}"


def read_meetings(path: Path) -> Iterator[Meeting]:
    """Yield the meetings of a mirror, or of its `meetings.jsonl`; `OParlError` names the first line that is none."""
    file = path / MEETINGS if path.is_dir() else path
    try:
        with file.open(encoding="utf-8") as lines:
            yield from _meetings(lines, file)
    except FileNotFoundError as error:
        raise OParlError(f"{file} does not exist: mirror the meetings first") from error


def _meetings(lines: Iterable[str], file: Path) -> Iterator[Meeting]:
    for number, line in enumerate(lines, start=1):
        try:
            yield Meeting.model_validate_json(line)
        except ValidationError as error:
            raise OParlError(f"{file}:{number}: no meeting: {error.errors()[0]['msg']}") from error
