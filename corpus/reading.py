"""Reading of documents: bytes in, text out that is never changed again, or an error that says what to do."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from corpus.locations import location, reachable
from corpus.readers.archive import MARK, member_names, read_member
from corpus.readers.boxes import Boxes
from corpus.readers.content import MAX_BYTES, MAX_CHARACTERS, NOTHING_SAID, Metadata, Reader
from corpus.readers.content import ReadError as ReadError
from corpus.readers.docx import read_docx
from corpus.readers.isolated import read_pdf_apart
from corpus.readers.markdown import read_markdown
from corpus.readers.markup import read_html
from corpus.readers.odt import read_odt
from corpus.readers.plain import read_plain
from corpus.readers.rtf import read_rtf
from corpus.readers.sniffing import ARCHIVE_ENDINGS, ENDINGS, Format, format_of, is_archive, refusal
from corpus.readers.tei import read_tei

ENDING = ".txt"  # of the texts that annotations stand off from

READERS: Mapping[Format, Reader] = {
    "text": read_plain,
    "pdf": read_pdf_apart,
    "docx": read_docx,
    "odt": read_odt,
    "rtf": read_rtf,
    "html": read_html,
    "markdown": read_markdown,
    "tei": read_tei,
}


@dataclass(frozen=True)
class Source:
    """One document as read.

    `text` of a plain text is the decoded bytes and nothing else: line ends and form feeds stand as they are, a byte
    order mark is no part of it; `encoding` is the codec that gives it. Of other formats `text` is what the reader
    makes of them (docs/formats.md), and `encoding` the name of the format where the bytes are no text.

    `pages` tile the text, each with the form feed that ends it; `None` without pages. `sha256` is that of the bytes.
    `boxes` say where on its page each character stands (PDF), `notes` what of the document is not in the text.
    """

    name: str
    text: str
    sha256: str
    encoding: str
    pages: tuple[tuple[int, int], ...] | None = None
    format: Format = "text"
    metadata: Metadata = NOTHING_SAID
    boxes: Boxes | None = field(default=None, repr=False)
    notes: tuple[str, ...] = ()


def decode(data: bytes, name: str) -> Source:
    """Return the text of a document in any format; `ReadError` if it is empty, damaged or cannot be read here."""
    # A file name that is no UTF-8 reaches Python with lone surrogates, which no JSON can hold.
    name = name.encode("utf-8", "backslashreplace").decode("utf-8")
    _check_size(len(data), name)
    if refused := refusal(data):
        what, remedy = refused
        raise ReadError(f"{name} is {what}, not text: {remedy}")
    form = format_of(data, name)
    if form == "archive":
        raise ReadError(f"{name} is an archive, within another or on the standard input: unpack it first")
    content = READERS[form](data, name)
    if len(content.text) > MAX_CHARACTERS:
        raise ReadError(f"{name} holds more than {MAX_CHARACTERS} characters: split it by session")
    paged = "\f" in content.text or form == "pdf"
    return Source(
        name,
        content.text,
        hashlib.sha256(data).hexdigest(),
        content.encoding or form,
        tuple(_pages(content.text)) if paged else None,
        form,
        content.metadata,
        content.boxes,
        content.notes,
    )


def read_source(path: Path) -> Source:
    """Read one file, or a document in an archive ("2024.zip!/rat.pdf"); `ReadError` as of `read_bytes` and `decode`."""
    return decode(read_bytes(path), path.as_posix())


def read_bytes(path: Path) -> bytes:
    """Return the bytes of one document, in a folder or an archive.

    `ReadError` for a folder, an archive, a missing file, one that may not be read and one that is too large.
    """
    with reachable(path):
        return _read_bytes(path)


def _read_bytes(path: Path) -> bytes:
    if inside := in_archive(path):
        return read_member(*inside)
    try:
        if path.is_file() and is_archive(path):  # a pipe can be read only once
            member_names(path)  # says what is wrong with it, if anything is
            raise ReadError(f"{path} is an archive without a document that can be read ({', '.join(ENDINGS)})")
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except IsADirectoryError as error:
        raise ReadError(f"{path} is a folder, not a file: list its documents first") from error
    except FileNotFoundError as error:
        raise ReadError(f"{path} does not exist: check the path") from error
    except PermissionError as error:
        raise ReadError(f"{path} may not be read: check its permissions") from error
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror or error}") from error
    _check_size(len(data), str(path))
    return data


def find_documents(path: Path) -> list[Path]:
    """Return the file itself, the documents in an archive, or those under a folder, archives in it opened.

    They are chosen by their endings and sorted; hidden ones are left out, and what is called README. A document
    in an archive is named "2024.zip!/rat.pdf". An archive without documents, or a damaged one, stands for itself, so
    that reading it says why. Names of documents keep their address if the path is one (`corpus.locations`).
    """
    with reachable(path):
        return _find_documents(path)


def _find_documents(path: Path) -> list[Path]:
    if in_archive(path):
        return [path]
    if not path.exists():
        raise ReadError(f"{path} does not exist: check the path")
    if not path.is_dir():
        return list(_opened(path)) if path.is_file() else [path]
    found = sorted(p for p in path.rglob("*") if _wanted(p.relative_to(path).parts) and p.is_file())
    documents = [document for p in found for document in (_opened(p) if _has(p.name, ARCHIVE_ENDINGS) else [p])]
    if not documents:
        raise ReadError(f"{path} holds no document ({', '.join(ENDINGS)}, or archives of them): convert them first")
    return documents


def _check_size(size: int, name: str) -> None:
    if size > MAX_BYTES:
        raise ReadError(f"{name} has more than {MAX_BYTES} bytes: split it by session")


def _has(name: str, endings: Iterable[str]) -> bool:
    return name.lower().endswith(tuple(endings))


def _wanted(parts: tuple[str, ...]) -> bool:
    if not parts:  # an archive may hold a file without a name
        return False
    hidden = any(part.startswith(".") and part != ".." for part in parts) or "__MACOSX" in parts
    about = parts[-1].partition(".")[0].upper() == "README"
    return not hidden and not about and _has(parts[-1], (*ENDINGS, *ARCHIVE_ENDINGS))


def _opened(path: Path) -> Iterator[Path]:
    """Yield the documents in an archive; any other file stands for itself, and an archive where none can be listed."""
    try:
        names = member_names(path) if is_archive(path) else []
        names = [name for name in names if _wanted(PurePosixPath(name).parts)]
    except ReadError:
        names = []
    yield from (location(f"{path}{MARK}/{name}") for name in names) if names else [path]


def in_archive(path: Path) -> tuple[Path, str] | None:
    """Take the name of a document in an archive apart; `None` for any other path."""
    for outer in reversed(path.parents):
        name = outer.name
        if name.endswith(MARK) and not outer.is_dir() and (archive := outer.with_name(name[: -len(MARK)])).is_file():
            return archive, "/".join(path.relative_to(outer).parts)
    return None


def _pages(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = text.find("\f", start) + 1 or len(text)
        yield start, end
        start = end
