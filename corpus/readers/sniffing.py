"""The format of a document by its bytes; its name counts only where bytes cannot tell (Markdown)."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Literal

from corpus.encodings import encoding_by_mark
from corpus.readers.content import ReadError
from corpus.readers.markdown import is_markdown
from corpus.readers.parquet import MAGIC
from corpus.readers.zips import FAULTS, open_zip

Format = Literal["text", "pdf", "docx", "odt", "rtf", "html", "markdown", "tei", "archive"]

ENDINGS = (
    *(".txt", ".pdf", ".docx", ".docm", ".odt", ".rtf"),
    *(".html", ".htm", ".xhtml", ".md", ".markdown", ".xml", ".tei"),
)
ARCHIVE_ENDINGS = (".zip", ".tar", ".tgz", ".tar.gz", ".tbz2", ".tar.bz2", ".txz", ".tar.xz", ".parquet")

_PDF_WITHIN = 1024  # mail and web servers put lines before it (ISO 32000-1, annex H)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!DOCTYPE\s+html|html|head|body)\b", re.I | re.DOTALL
)
_HTML_ENDINGS = (".html", ".htm", ".xhtml")  # part of a page, without its own beginning
_TEI = re.compile(r"<(?:\w+:)?(?:TEI|teiCorpus)\b[^>]*\bhttp://www\.tei-c\.org/ns/1\.0")
_IMAGE = "recognise its text first, for example with `tesseract -l deu`"
_OLE = b"\xd0\xcf\x11\xe0"  # what old Office documents are in, and new ones with a password
_PROTECTED = "EncryptedPackage".encode("utf-16-le")
_REFUSED = (
    (_OLE, "an old Office document (DOC)", "save it as DOCX first"),
    (b"\x89PNG", "a PNG image", _IMAGE),
    (b"\xff\xd8\xff", "a JPEG image", _IMAGE),
    (b"II*\x00", "a TIFF image", _IMAGE),
    (b"MM\x00*", "a TIFF image", _IMAGE),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_PACKED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")


def format_of(data: bytes, name: str) -> Format:
    """Return the format of a document; what is none of the others is text, or will be refused as such."""
    if data.startswith(_ZIP):
        return _zip_format(data)
    if _is_tar(data):
        return "archive"
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if re.match(rb"[\s\x00-\x7f]{0,%d}%%PDF-\d" % _PDF_WITHIN, data[: _PDF_WITHIN + 8]) and _is_pdf(data):
        return "pdf"
    beginning = data[:4096].decode(encoding_by_mark(data) or "latin-1", "replace").lstrip("\ufeff")
    if _HTML.match(beginning) or (name.lower().endswith(_HTML_ENDINGS) and re.search(r"<[A-Za-z!]", beginning)):
        return "html"
    if beginning.lstrip().startswith("<") and _TEI.search(beginning):
        return "tei"
    return "markdown" if is_markdown(data, name) else "text"


def is_archive(path: Path) -> bool:
    """Tell whether a file is an archive of documents; a Word file is a ZIP archive too, but none of these."""
    try:
        with path.open("rb") as file:
            beginning = file.read(512)
    except OSError:
        return False
    if beginning.startswith(_ZIP):
        return _zip_format(path) == "archive"
    if beginning.startswith(MAGIC):
        return True
    # what is left of a damaged one, and a tar of before 1988, are known by the name alone
    return _is_tar(beginning) or path.name.lower().endswith(ARCHIVE_ENDINGS)


def refusal(data: bytes) -> tuple[str, str] | None:
    """Return what a file is that no reader reads, and what to do with it; `None` for all others."""
    if data.startswith(_OLE) and _PROTECTED in data:
        return "an encrypted Office document", "save it without a password first"
    for beginning, what, remedy in _REFUSED:
        if data.startswith(beginning):
            return what, remedy
    if data.startswith(b"<?xml") and not (_HTML.match(start := data[:4096].decode("latin-1")) or _TEI.search(start)):
        return "XML, but neither TEI nor XHTML", "convert it to one of them or to text first"
    if data.startswith(_ZIP) and "xl/workbook.xml" in _zip_names(data):
        return "an Excel workbook (XLSX)", "save the sheet as text first"
    return None


def _is_pdf(data: bytes) -> bool:
    """Tell a PDF from a text about PDF: the mark stands at the beginning of a line, objects follow."""
    m = re.search(rb"(?:\A|[\r\n])%PDF-\d", data[: _PDF_WITHIN + 8])
    return m is not None and (m.start() == 0 or b" obj" in data)


def _is_tar(beginning: bytes) -> bool:
    return beginning.startswith(_PACKED) or beginning[257:262] == b"ustar"


def _zip_format(source: Path | bytes) -> Format:
    names = _zip_names(source)
    if "word/document.xml" in names:
        return "docx"
    if "mimetype" in names and "content.xml" in names:
        with open_zip(source, "") as archive:
            return "odt" if _mimetype(archive).startswith(b"application/vnd.oasis.opendocument.text") else "archive"
    if not names and isinstance(source, bytes):  # a torn one, which its reader refuses by name
        if b"word/" in source:
            return "docx"
        if b"opendocument.text" in source[:200]:
            return "odt"
    return "archive"


def _zip_names(source: Path | bytes) -> frozenset[str]:
    """Return the names of the files in a ZIP file; none where it is damaged."""
    try:
        with open_zip(source, "") as archive:
            return frozenset(archive.namelist())
    except (ReadError, *FAULTS):
        return frozenset()


def _mimetype(archive: zipfile.ZipFile) -> bytes:
    try:
        with archive.open("mimetype") as file:
            return file.read(100)
    except FAULTS:
        return b""
