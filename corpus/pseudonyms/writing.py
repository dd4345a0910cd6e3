"""Pseudonyms at the seam where records go out: a writer before a writer, and the file of the key."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from corpus.pseudonyms.placeholders import PseudonymError, checked
from corpus.pseudonyms.private import Who
from corpus.pseudonyms.replacing import pseudonymise
from corpus.record import Minutes
from corpus.writing import Writer


@dataclass(frozen=True)
class Pseudonyms:
    """Whose names are replaced in what goes out, and with which key; call it with a record."""

    who: Who
    key: bytes | None = None

    def __call__(self, minutes: Minutes) -> Minutes:
        return pseudonymise(minutes, self.who, key=self.key)


class PseudonymWriter:
    """A `corpus.writing.Writer` that hands records on with pseudonyms."""

    def __init__(self, writer: Writer, pseudonyms: Pseudonyms) -> None:
        self._writer, self._pseudonyms = writer, pseudonyms

    def write(self, minutes: Minutes) -> None:
        self._writer.write(self._pseudonyms(minutes))

    def __enter__(self) -> PseudonymWriter:
        self._writer.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.__exit__(kind, error, trace)


def read_key(path: Path) -> bytes:
    """Return the key in a file, without the line end behind it; `PseudonymError` if there is none, or a short one."""
    try:
        return checked(path.read_bytes().strip())
    except OSError as error:
        raise PseudonymError(f"the key {path} cannot be read: {error.strerror or error}") from error
