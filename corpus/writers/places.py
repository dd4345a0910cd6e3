"""Where output goes: the standard output, a file or a folder, in place only when all of it is there."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Protocol

from corpus.placing import is_stream, part_of, put_in_place

STANDARD_OUTPUT = "-"


class WriteError(ValueError):
    """An output that cannot be written; the message names it and says what to do."""


class Place(Protocol):
    """Where text goes; `close` puts it in place if it is complete, and else leaves what stood there."""

    def put(self, text: str) -> None: ...

    def close(self, complete: bool) -> None: ...


def text_place(target: str | Path) -> Place:
    """Open the standard output for "-", else a file."""
    return StandardOutput() if str(target) == STANDARD_OUTPUT else TextFile(Path(target))


class StandardOutput:
    """UTF-8 whatever the locale says; in a notebook, which has no bytes below the text, the text."""

    def __init__(self) -> None:
        self._bytes: IO[bytes] | None = getattr(sys.stdout, "buffer", None)

    def put(self, text: str) -> None:
        if self._bytes is None:
            sys.stdout.write(text)
        else:
            self._bytes.write(text.encode("utf-8"))

    def close(self, complete: bool) -> None:
        sys.stdout.flush()


class FilePlace:
    """A file that is made beside its place under a hidden name (`part`) and moved there.

    A device or a pipe is written to directly.
    """

    def __init__(self, path: Path) -> None:
        # A link stays a link: what it points to is replaced.
        self._path = path.resolve()
        self._direct = is_stream(path)
        self.part = self._path if self._direct else part_of(self._path)
        if path.is_dir():
            raise WriteError(f"{path} is a folder: name a file in it")
        if path.exists() and not os.access(path, os.W_OK):
            raise WriteError(f"{path} may not be written: check its permissions")
        _check_parent(path)

    def close(self, complete: bool) -> None:
        """Move the file into place, or remove it."""
        try:
            if complete and not self._direct:
                put_in_place(self.part, self._path)
        finally:
            if not self._direct:
                self.part.unlink(missing_ok=True)


class TextFile:
    """A file of text."""

    def __init__(self, path: Path) -> None:
        self._place = FilePlace(path)
        try:
            self._stream = self._place.part.open("w", encoding="utf-8", newline="")
        except OSError as error:
            raise WriteError(f"{path} cannot be written: {error.strerror or error}") from error

    def put(self, text: str) -> None:
        self._stream.write(text)

    def close(self, complete: bool) -> None:
        try:
            self._stream.close()
        except OSError:
            complete = False
            raise
        finally:
            self._place.close(complete)


class FolderPlace:
    """A folder that is filled beside its place under a hidden name (`part`) and moved there.

    An older folder is replaced only if `ours` says of it that its files are all of our making: what else lies in a
    folder is never removed.
    """

    def __init__(self, path: Path, ours: Callable[[Path], bool]) -> None:
        self._path = path.resolve()
        if path.exists() and not path.is_dir():
            raise WriteError(f"{path} is a file: name a folder, or another form of output")
        _check_parent(path)
        self._put_back()
        if path.exists() and any(path.iterdir()) and not ours(path):
            raise WriteError(f"{path} holds other files: name a new folder")
        self.part = part_of(self._path)
        try:
            self.part.mkdir()
        except OSError as error:
            raise WriteError(f"{path} cannot be written: {error.strerror or error}") from error

    def close(self, complete: bool) -> None:
        """Move the folder into place, or remove it."""
        try:
            if complete:
                # After a crash of the machine there is the older folder or all of the new, as with files.
                if hasattr(os, "sync"):
                    os.sync()
                if self._path.exists():
                    self._path.rename(part_of(self._path).with_suffix(".old"))
                self.part.rename(self._path)
                for old in self._moved_away():
                    shutil.rmtree(old, ignore_errors=True)
        finally:
            shutil.rmtree(self.part, ignore_errors=True)

    def _put_back(self) -> None:
        """Put an older folder back that a run moved away just before it was killed."""
        moved = self._moved_away()
        if moved and not self._path.exists():
            moved[-1].rename(self._path)

    def _moved_away(self) -> list[Path]:
        beginning, end = f".{self._path.name}.", ".old"
        return sorted(x for x in self._path.parent.iterdir() if x.name.startswith(beginning) and x.name.endswith(end))


def _check_parent(path: Path) -> None:
    if not path.parent.is_dir():
        raise WriteError(f"{path}: the folder {path.parent} does not exist; make it first")
    if not os.access(path.parent, os.W_OK) and not path.exists():
        raise WriteError(f"{path} cannot be written: check the permissions of {path.parent}")
