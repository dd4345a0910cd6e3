"""The format of a document by its bytes; its name counts only where bytes cannot tell (Markdown)."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Literal

from corpus.encodings import encoding_by_mark
from corpus.readers.markdown import is_markdown

Format = Literal["text", "pdf", "docx", "odt", "rtf", "html", "markdown", "tei", "archive"]

ENDINGS = (
    *(".txt", ".pdf", ".docx", ".docm", ".odt", ".rtf"),
    *(".html", ".htm", ".xhtml", ".md", ".markdown", ".xml", ".tei"),
)
ARCHIVE_ENDINGS = (".zip", ".tar", ".tgz", ".tar.gz", ".tbz2", ".tar.bz2", ".txz", ".tar.xz")

_PDF_WITHIN = 1024  # mail and web servers put lines before it (ISO 32000-1, annex H)
_HTML = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!DOCTYPE\s+html|html|head|body)\b", re.I | re.DOTALL)
_HTML_ENDINGS = (".html", ".htm", ".xhtml")  # part of a page, without its own beginning
_TEI = re.compile(r"<(?:\w+:)?(?:TEI|teiCorpus)\b[^>]*\bhttp://www\.tei-c\.org/ns/1\.0")
_IMAGE = "recognise its text first, for example with `tesseract -l deu`"
_REFUSED = (
    (b"\xd0\xcf\x11\xe0", "an old Office document (DOC)", "save it as DOCX first"),
    (b"\x89PNG", "a PNG image", _IMAGE),
    (b"\xff\xd8\xff", "a JPEG image", _IMAGE),
    (b"II*\x00", "a TIFF image", _IMAGE),
    (b"MM\x00*", "a TIFF image", _IMAGE),
    (b"7z\xbc\xaf", "a 7z archive", "unpack it first"),
    (b"Rar!", "a RAR archive", "unpack it first"),
)
_PACKED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")


def format_of(data: bytes, name: str) -> Format:
    """Return the format of a document; what is none of the others is text, or will be refused as such."""
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return _zip_format(data)
    if data.startswith(_PACKED) or data[257:262] == b"ustar":
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


def refusal(data: bytes) -> tuple[str, str] | None:
    """Return what a file is that no reader reads, and what to do with it; `None` for all others."""
    for beginning, what, remedy in _REFUSED:
        if data.startswith(beginning):
            return what, remedy
    if data.startswith(b"<?xml") and not (_HTML.match(start := data[:4096].decode("latin-1")) or _TEI.search(start)):
        return "XML, but neither TEI nor XHTML", "convert it to one of them or to text first"
    if data.startswith(b"PK\x03\x04") and b"xl/workbook" in data:
        return "an Excel workbook (XLSX)", "save the sheet as text first"
    return None


def _is_pdf(data: bytes) -> bool:
    """Tell a PDF from a text about PDF: the mark stands at the beginning of a line, objects follow."""
    m = re.search(rb"(?:\A|[\r\n])%PDF-\d", data[: _PDF_WITHIN + 8])
    return m is not None and (m.start() == 0 or b" obj" in data)


def _zip_format(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "word/document.xml" in names:
                return "docx"
            if "mimetype" in names and "content.xml" in names:
                with archive.open("mimetype") as file:
                    return "odt" if file.read(100).startswith(b"application/vnd.oasis.opendocument.text") else "archive"
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError):
        if b"word/" in data:
            return "docx"  # a torn one, which its reader refuses by name
        if b"opendocument.text" in data[:200]:
            return "odt"
    return "archive"
