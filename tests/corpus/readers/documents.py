"""Documents of all formats, made for the tests."""

from __future__ import annotations

import io
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

import pypdfium2
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer

TEI = "http://www.tei-c.org/ns/1.0"


def drawn(*pages: Callable[[Canvas], None], **settings: Any) -> bytes:
    """A PDF whose pages are drawn one by one; `settings` are those of reportlab's canvas."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, **settings)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def lines(*written: str, left: float = 60, top: float = 760, size: float = 11) -> Callable[[Canvas], None]:
    """Draw lines below each other."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", size)
        for n, line in enumerate(written):
            canvas.drawString(left, top - n * 1.2 * size, line)

    return draw


def both(*parts: Callable[[Canvas], None]) -> Callable[[Canvas], None]:
    """Draw several things on one page, in their order."""

    def draw(canvas: Canvas) -> None:
        for part in parts:
            part(canvas)

    return draw


def printed(text: str, head: str) -> bytes:
    """A PDF of a text: justified, with a running head and page numbers, as a word processor prints minutes."""
    style = ParagraphStyle("body", fontName="Helvetica", fontSize=10.5, leading=13, alignment=4)

    def furniture(canvas: Canvas, document: Any) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, 810, head)
        canvas.drawRightString(535, 30, f"Seite {document.page}")

    flow: list[Any] = []
    for page in text.split("\f"):
        flow += [PageBreak()] if flow else []
        for line in map(str.strip, page.splitlines()):
            flow.append(Paragraph(escape(line), style) if line else Spacer(1, 7))
    out = io.BytesIO()
    template = SimpleDocTemplate(out, pagesize=A4, leftMargin=60, rightMargin=60, topMargin=60, bottomMargin=60)
    template.build(flow, onFirstPage=furniture, onLaterPages=furniture)
    return out.getvalue()


def scanned(data: bytes, *before: Callable[[Canvas], None]) -> bytes:
    """The pages of a PDF as pictures, behind pages that are drawn."""

    def picture(page: Any) -> Callable[[Canvas], None]:
        image = ImageReader(page.render(scale=200 / 72, grayscale=True).to_pil())
        return lambda canvas: canvas.drawImage(image, 0, 0, *A4)

    return drawn(*before, *map(picture, pypdfium2.PdfDocument(data)))


def without_pages(data: bytes, *numbers: int) -> bytes:
    """A PDF of less than five pages in which some lead nowhere."""
    (kids,) = re.findall(rb"/Kids \[.*?\]", data, re.DOTALL)
    broken = kids
    for n in numbers:
        broken = broken.replace(re.findall(rb"\d+ 0 R", kids)[n - 1], b"0 0 R")
    return data.replace(kids, broken)


def pdf_of_stream(stream: bytes) -> bytes:
    """A PDF of one page whose content is given, to be unpacked by whoever reads it."""
    packed = zlib.compress(stream, 9)
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n" % len(packed) + packed + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    out, offsets = b"%PDF-1.4\n", []
    for n, part in enumerate(parts, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % n + part + b"\nendobj\n"
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)


def zipped(members: Mapping[str, bytes | str], packed: bool = True) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members: Mapping[str, bytes], links: Sequence[str] = (), mode: Any = "w:gz") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
        for name in links:
            member = tarfile.TarInfo(name)
            member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
            archive.addfile(member)
    return out.getvalue()


def tei(body: str, header: str = "") -> bytes:
    return f'<?xml version="1.0"?><TEI xmlns="{TEI}">{header}<text><body>{body}</body></text></TEI>'.encode()


def word_of(
    body: str, numbering: str = "", more: Mapping[str, bytes | str] | None = None, packed: bool = True
) -> bytes:
    """A Word file of the XML of its body and of its lists."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return zipped(
        {
            "word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>",
            "word/numbering.xml": f"<w:numbering {space}>{numbering}</w:numbering>",
            **(more or {}),
        },
        packed,
    )


def odt(body: str, styles: str = "") -> bytes:
    """An OpenDocument text of the XML of its body."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "style")
    )
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})
