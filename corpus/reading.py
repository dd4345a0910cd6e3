"""Reading of documents: bytes in, text out that is never changed again, or an error that says what to do."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus.encodings import encoding_by_mark, is_damaged_utf8, single_byte_encoding, utf16_without_mark

ENDING = ".txt"

_BEGINNINGS = (
    (b"%PDF-", "a PDF", "convert it to text first, for example with `pdftotext -layout IN.pdf OUT.txt`"),
    (b"{\\rtf", "an RTF document", "save it as plain text first"),
    (b"\xd0\xcf\x11\xe0", "an old Office document (DOC)", "save it as plain text first"),
    (b"PK\x03\x04", "a ZIP archive", "unpack it first"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first"),
    (b"\x89PNG", "a PNG image", "recognise its text first, for example with `tesseract -l deu`"),
    (b"\xff\xd8\xff", "a JPEG image", "recognise its text first, for example with `tesseract -l deu`"),
    (b"II*\x00", "a TIFF image", "recognise its text first, for example with `tesseract -l deu`"),
    (b"MM\x00*", "a TIFF image", "recognise its text first, for example with `tesseract -l deu`"),
)
_OFFICE_ARCHIVES = (
    (b"word/", "a Word document (DOCX)"),
    (b"opendocument.text", "an OpenDocument text (ODT)"),
    (b"xl/", "an Excel workbook (XLSX)"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")


class ReadError(ValueError):
    """A document that cannot be read; the message names it and says what to do."""


@dataclass(frozen=True)
class Source:
    """One document as read.

    `text` is the decoded bytes and nothing else: line ends and form feeds stand as they are, a byte order
    mark is no part of it; `encoding` is the codec that gives it. `pages` tile the text, each with the form
    feed that ends it; `None` without form feeds. `sha256` is that of the bytes.
    """

    name: str
    text: str
    sha256: str
    encoding: str
    pages: tuple[tuple[int, int], ...] | None = None


def decode(data: bytes, name: str) -> Source:
    """Return the text of a document; `ReadError` if it is empty, no text or damaged."""
    # A file name that is no UTF-8 reaches Python with lone surrogates, which no JSON can hold.
    name = name.encode("utf-8", "backslashreplace").decode("utf-8")
    if kind := _kind_of_binary(data):
        what, remedy = kind
        raise ReadError(f"{name} is {what}, not text: {remedy}")
    encoding = _encoding(data, name)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(f"{name} is damaged {encoding} at byte {error.start}: save it again as UTF-8") from error
    if not text.strip():
        scanned = "; a scanned document needs text recognition first" if "\f" in text else ""
        raise ReadError(f"{name} is empty: leave it out{scanned}")
    if "\x00" in text or len(_CONTROL.findall(text)) > len(text) / 50:
        raise ReadError(f"{name} is a binary file, not text: convert it to text first")
    pages = tuple(_pages(text)) if "\f" in text else None
    return Source(name, text, hashlib.sha256(data).hexdigest(), encoding, pages)


def read_source(path: Path) -> Source:
    """Read one file; `ReadError` also for a folder, a missing file and one that may not be read."""
    try:
        data = path.read_bytes()
    except IsADirectoryError as error:
        raise ReadError(f"{path} is a folder, not a file: list its documents first") from error
    except FileNotFoundError as error:
        raise ReadError(f"{path} does not exist: check the path") from error
    except PermissionError as error:
        raise ReadError(f"{path} may not be read: check its permissions") from error
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror or error}") from error
    return decode(data, path.as_posix())


def find_documents(path: Path) -> list[Path]:
    """Return the file itself, or the text files under a folder in sorted order, hidden ones left out."""
    if not path.exists():
        raise ReadError(f"{path} does not exist: check the path")
    if not path.is_dir():
        return [path]
    found = sorted(p for p in path.rglob("*") if p.suffix.lower() == ENDING and p.is_file())
    documents = [p for p in found if not any(part.startswith(".") for part in p.relative_to(path).parts)]
    if not documents:
        raise ReadError(f"{path} holds no {ENDING} file: convert the documents to text first")
    return documents


def _kind_of_binary(data: bytes) -> tuple[str, str] | None:
    for beginning, what, remedy in _BEGINNINGS:
        if data.startswith(beginning):
            if what == "a ZIP archive":
                for part, office in _OFFICE_ARCHIVES:
                    if part in data:
                        return office, "save it as plain text first"
            return what, remedy
    return None


def _encoding(data: bytes, name: str) -> str:
    if encoding := encoding_by_mark(data) or utf16_without_mark(data):
        return encoding
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if is_damaged_utf8(data):
            raise ReadError(f"{name} is damaged UTF-8 at byte {error.start}: save it again as UTF-8") from error
        return single_byte_encoding(data)
    return "utf-8"


def _pages(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = text.find("\f", start) + 1 or len(text)
        yield start, end
        start = end
