"""What every reader gives, what it may refuse, and the limits that all of them keep."""

from __future__ import annotations

import datetime as dt
import importlib
from dataclasses import dataclass
from types import ModuleType
from typing import Protocol

from corpus.readers.boxes import Boxes

MAX_BYTES = 200_000_000  # of a file or of an archive's member; a session's minutes with all annexes have less
MAX_MARKUP = 20_000_000  # bytes of HTML, TEI, RTF and the XML in an office file: some 30 s to read
MAX_CHARACTERS = 20_000_000  # of a text; rules need no more memory than that, unlike the parsers spaCy's limit is for


class ReadError(ValueError):
    """A document that cannot be read; the message names it and says what to do."""


@dataclass(frozen=True)
class Metadata:
    """What a file says of itself; `None` where it does not. A time without a zone is one of unknown zone."""

    page_count: int | None = None
    producer: str | None = None
    created: dt.datetime | None = None
    modified: dt.datetime | None = None


NOTHING_SAID = Metadata()


@dataclass(frozen=True)
class Content:
    """The text of a document as its reader gives it, and what goes with it.

    `encoding` is the codec where the bytes are text themselves. `notes` say in a sentence each what was left out.
    """

    text: str
    encoding: str | None = None
    metadata: Metadata = NOTHING_SAID
    boxes: Boxes | None = None
    notes: tuple[str, ...] = ()


class Reader(Protocol):
    """Any function from the bytes of a document, and its name for messages, to its content.

    Paragraphs are parted by blank lines, pages by form feeds. Raises `ReadError`.
    """

    def __call__(self, data: bytes, name: str) -> Content: ...


def of_extra(module: str, extra: str, name: str, what: str) -> ModuleType:
    """Import a module that only an extra brings; `ReadError` says which extra where it is missing."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != module.partition(".")[0]:
            raise
        raise ReadError(f"{name} is {what}: to read it, pip install 'protokollant[{extra}]'") from error


def whole(written: str | None) -> int | None:
    """Read a number of at most nine digits; `None` for anything else, which only a damaged or hostile file has."""
    return int(written) if written and len(written) < 10 and written.isascii() and written.isdecimal() else None


def moment(written: str | None) -> dt.datetime | None:
    """Read a time in ISO 8601 ("2022-03-04T09:12:07Z"); `None` for anything else."""
    try:
        # Python 3.10 knows neither "Z" nor nine digits of a second, which LibreOffice writes.
        head, dot, rest = (written or "").strip().replace("Z", "+00:00").partition(".")
        digits = rest[: len(rest) - len(rest.lstrip("0123456789"))]
        return dt.datetime.fromisoformat(f"{head}{dot}{digits[:6]:0<6}{rest[len(digits) :]}" if dot else head)
    except ValueError:
        return None
