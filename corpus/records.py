"""Records from wherever they are kept: a store, a file of JSON lines, or Python."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import ValidationError

from corpus.record import Minutes
from corpus.store import Selection, Store, StoreError
from corpus.store.selection import EVERYTHING

Records = Store | Minutes | Iterable[Minutes] | str | Path
"""A store (open, or the path of its file), the path of a file of JSON lines, one record, or several."""

_SQLITE = b"SQLite format 3\0"


class RecordError(ValueError):
    """A file of records that cannot be read; the message names it and the line."""


def records_of(source: Records, selection: Selection | None = None) -> Iterator[Minutes]:
    """Yield the records of a source one at a time, only those of a selection if it is given.

    Raises `RecordError` for a file that holds none, `StoreError` where an open store cannot be read, `TypeError` for
    what is not records.
    """
    selection = selection or EVERYTHING
    if isinstance(source, Store):
        return source.records(selection)
    if isinstance(source, str | Path):
        return read_records(Path(source), selection)
    given = (source,) if isinstance(source, Minutes) else source
    return (_checked(minutes) for minutes in given if selection.holds(_checked(minutes)))


def read_records(path: Path, selection: Selection = EVERYTHING) -> Iterator[Minutes]:
    """Yield the records of a file of JSON lines or of a store, one at a time; `RecordError` names what is none."""
    if is_store(path):
        try:
            with Store(path, create=False) as store:
                yield from store.records(selection)
        except StoreError as error:
            raise RecordError(str(error)) from error
        return
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    minutes = _record(line, f"{path}: line {number}")
                    if selection.holds(minutes):
                        yield minutes
    except OSError as error:
        raise RecordError(f"{path} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise RecordError(f"{path} is no text in UTF-8: name a file that `extract -o NAME.jsonl` wrote") from error


def is_store(path: Path) -> bool:
    """Tell whether a file is a store, or any other database of SQLite."""
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False  # the reader of lines says why


def _record(line: str, place: str) -> Minutes:
    try:
        return Minutes.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        reason = f"{where}: {first['msg']}" if where else first["msg"]
        raise RecordError(f"{place} is no record ({reason})") from error


def _checked(minutes: object) -> Minutes:
    if not isinstance(minutes, Minutes):
        raise TypeError(f"{type(minutes).__name__} is no record: give Minutes, a Store, or the path of a file of them")
    return minutes
