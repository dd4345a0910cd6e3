"""A new store that holds the records that were written."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from corpus.record import Minutes
from corpus.store import Store, StoreError
from corpus.writers.places import FilePlace, WriteError


class StoreWriter:
    """A `corpus.writing.Writer` of a store (docs/store.md); one that is there already is never replaced."""

    def __init__(self, path: Path) -> None:
        if path.exists():
            raise WriteError(f"{path} exists, and a store is never replaced: name a new file")
        self._path = path
        self._place = FilePlace(path)
        try:
            self._store = Store(self._place.part)
        except StoreError as error:
            raise WriteError(f"{path} cannot be written: {error}") from error

    def write(self, minutes: Minutes) -> None:
        try:
            self._store.put(minutes)
        except StoreError as error:
            raise WriteError(f"{self._path} cannot be written: {error}") from error

    def __enter__(self) -> StoreWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._store.close()
        self._place.close(complete=kind is None)
