"""A folder with one file for each document, and a list of them."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from itertools import chain, count
from pathlib import Path, PurePosixPath
from types import TracebackType

from corpus.record import Minutes
from corpus.tables import clean
from corpus.writers.cells import csv_line
from corpus.writers.places import FolderPlace

INDEX = "index.csv"
_HEAD = ("file", "source", "sha256")
_UNSAFE = re.compile(r"[^\w.-]+")
_LONGEST = 100


class DocumentFolder:
    """A `corpus.writing.Writer` of what `text` makes of each record; `index.csv` says which file is which document."""

    def __init__(self, path: Path, ending: str, text: Callable[[Minutes], str]) -> None:
        self._ending = ending
        self._text = text
        self._place = FolderPlace(path, ours=_listed)
        try:
            self._index = (self._place.part / INDEX).open("w", encoding="utf-8", newline="")
        except OSError:
            self._place.close(complete=False)
            raise
        self._index.write(csv_line(_HEAD))

    def write(self, minutes: Minutes) -> None:
        text = str(clean(self._text(minutes)))
        path = self._free(minutes)
        path.write_text(text, encoding="utf-8", newline="")
        self._index.write(csv_line((path.name, minutes.source, minutes.sha256)))

    def __enter__(self) -> DocumentFolder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        complete = False
        try:
            self._index.close()
            complete = kind is None
        finally:
            self._place.close(complete)

    def _free(self, minutes: Minutes) -> Path:
        """Return a path that no document has yet: the name of the source, if need be with its hash, then a number."""
        stem = _UNSAFE.sub("_", PurePosixPath(minutes.source).stem).lstrip(".")[:_LONGEST] or "document"
        hashed = f"{stem}-{_UNSAFE.sub('_', minutes.sha256)[:8]}"
        numbered = (f"{hashed}-{number}" for number in count(2))
        paths = (self._place.part / f"{name}{self._ending}" for name in chain((stem, hashed), numbered))
        return next(path for path in paths if not path.exists())


def _listed(folder: Path) -> bool:
    """Say whether a folder holds a list of documents and nothing that is not in it."""
    try:
        with (folder / INDEX).open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream))
    except (OSError, ValueError, csv.Error):
        return False
    known = {row[0] for row in rows[1:] if row}
    return rows[:1] == [list(_HEAD)] and all(file.name in known or file.name == INDEX for file in folder.iterdir())
