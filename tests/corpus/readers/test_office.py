from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable

import docx
import odfdo
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.readers.content import MAX_MARKUP, moment
from corpus.reading import ReadError, decode
from tests.corpus.readers.documents import odt, zipped

LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def word(fill: Callable[[docx.document.Document], None]) -> bytes:
    document = docx.Document()
    fill(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def open_document(*parts: odfdo.Element) -> bytes:
    document = odfdo.Document("text")
    document.body.clear()
    for part in parts:
        document.body.append(part)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_paragraphs_and_automatic_numbers() -> None:
    def fill(document: docx.document.Document) -> None:
        document.add_heading("Niederschrift", 0)
        document.add_paragraph("Haushalt", style="List Number")
        document.add_paragraph("Frau Lux fragt,\twarum.\nHerr Roth schweigt.")
        document.add_paragraph("")
        document.add_paragraph("Schule", style="List Number")
        document.add_paragraph("Turnhalle", style="List Bullet")

    assert decode(word(fill), "a.docx").text == (
        "Niederschrift\n\n1. Haushalt\n\nFrau Lux fragt,\twarum.\nHerr Roth schweigt.\n\n2. Schule\n\n• Turnhalle\n"
    )


def test_numbers_of_several_levels() -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{pattern}"/></w:lvl>'
        for n, (kind, pattern) in enumerate((("decimal", "TOP %1:"), ("decimal", "%1.%2"), ("lowerLetter", "%3)")))
    )

    def fill(document: docx.document.Document) -> None:
        numbering = document.part.numbering_part.element
        # the schema wants abstract numbers before the others
        numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">{levels}</w:abstractNum>'))
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
        for level, title in ((0, "Haushalt"), (1, "Steuern"), (1, "Kredite"), (2, "Zinsen"), (0, "Schule"), (1, "Hof")):
            paragraph = document.add_paragraph(title)
            number = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'
            paragraph._p.get_or_add_pPr().append(parse_xml(number))

    assert decode(word(fill), "a.docx").text.split("\n\n") == [
        "TOP 1: Haushalt",
        "1.1 Steuern",
        "1.2 Kredite",
        "a) Zinsen",
        "TOP 2: Schule",
        "2.1 Hof\n",
    ]


def test_tables() -> None:
    def fill(document: docx.document.Document) -> None:
        table = document.add_table(2, 2)
        for row, cells in zip(table.rows, (("Datum:", "1. März 2024"), ("Anna Lux", "SPD")), strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
        placed = document.add_table(1, 2)
        placed.cell(0, 0).text = "TOP 1"
        placed.cell(0, 1).text = "Frau Lux fragt."
        placed.cell(0, 1).add_paragraph("Herr Roth antwortet.")

    assert decode(word(fill), "a.docx").text == (
        "Datum: 1. März 2024\nAnna Lux   SPD\n\nTOP 1\n\nFrau Lux fragt.\n\nHerr Roth antwortet.\n"
    )


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<w:ins><w:r><w:t>fragt</w:t></w:r></w:ins>", "Frau Lux fragt"),
        ("<w:del><w:r><w:delText>schweigt</w:delText></w:r></w:del><w:r><w:t>fragt</w:t></w:r>", "Frau Lux fragt"),
        ("<w:sdt><w:sdtContent><w:r><w:t>fragt</w:t></w:r></w:sdtContent></w:sdt>", "Frau Lux fragt"),
        ("<w:hyperlink><w:r><w:t>fragt</w:t></w:r></w:hyperlink>", "Frau Lux fragt"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>fragt</w:t></w:r>", "Frau Lux fragt"),
        ("<w:r><w:t>fra</w:t><w:softHyphen/><w:t>gt</w:t></w:r>", "Frau Lux fra\u00adgt"),
    ],
    ids=["insertion", "deletion", "content control", "link", "field", "soft hyphen"],
)
def test_what_stands_in_a_paragraph(inner: str, text: str) -> None:
    def fill(document: docx.document.Document) -> None:
        paragraph = document.add_paragraph("Frau Lux ")
        for child in parse_xml(f"<w:p {nsdecls('w')}>{inner}</w:p>"):
            paragraph._p.append(child)

    assert decode(word(fill), "a.docx").text == f"{text}\n"


def test_metadata_of_word() -> None:
    def fill(document: docx.document.Document) -> None:
        document.add_paragraph("x")
        document.core_properties.created = dt.datetime(2024, 3, 1, 10)

    said = decode(word(fill), "a.docx").metadata
    assert said.created == dt.datetime(2024, 3, 1, 10, tzinfo=dt.timezone.utc)
    assert said.producer == "Microsoft Macintosh Word"


def test_open_document() -> None:
    table = odfdo.Table("t")
    table.set_values([["Anna Lux", "SPD"], ["Jan Zeh", "CDU"]])
    data = open_document(
        odfdo.Header(1, "Niederschrift"), odfdo.Paragraph("Frau Lux  fragt."), odfdo.List(["eins", "zwei"]), table
    )
    source = decode(data, "a.odt")
    assert source.text == "Niederschrift\n\nFrau Lux  fragt.\n\n• eins\n\n• zwei\n\nAnna Lux   SPD\nJan Zeh   CDU\n"
    assert source.format == "odt"
    assert (source.metadata.producer or "").startswith("odfdo")


def test_lists_with_numbers_go_on_where_the_document_says_so() -> None:
    style = '<text:list-style style:name="L"><text:list-level-style-number style:num-suffix="."/></text:list-style>'
    item = "<text:list-item><text:p>Punkt</text:p></text:list-item>"
    first = f'<text:list text:style-name="L">{item}{item}</text:list><text:p>Aussprache</text:p>'
    more = f'<text:list text:style-name="L" text:continue-numbering="true">{item}</text:list>'
    again = f'<text:list text:style-name="L">{item}</text:list>'
    text = decode(odt(first + more + again, style), "a.odt").text
    assert text == "1. Punkt\n\n2. Punkt\n\nAussprache\n\n3. Punkt\n\n1. Punkt\n"


def test_deleted_text_and_comments_of_open_document_are_left_out() -> None:
    body = (
        "<text:tracked-changes><text:p>gelöscht</text:p></text:tracked-changes>"
        "<text:p>Frau<office:annotation><text:p>wer?</text:p></office:annotation> Lux"
        "<text:s text:c='2'/>fragt.</text:p>"
    )
    assert decode(odt(body), "a.odt").text == "Frau Lux  fragt.\n"


ENCRYPTED = (
    '<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><file-entry><encryption-data/>'
    "</file-entry></manifest>"
)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zipped({"word/document.xml": LAUGHS + b"<x>&b;</x>"}), "declares entities"),
        (zipped({"word/document.xml": (LAUGHS + b"<x>&b;</x>").decode().encode("utf-16")}), "declares entities"),
        (zipped({"word/document.xml": b"<x>"}), "but damaged ("),
        (zipped({"word/document.xml": b"<a>" + b" " * (MAX_MARKUP + 1)}), f"unpacks to more than {MAX_MARKUP} bytes"),
        (zipped({"word/document.xml": b"<a/>"}), "is a Word document (DOCX) without text"),
        (word(lambda d: None)[:3000], "but damaged: get it again"),
        (odt(""), "is an OpenDocument text (ODT) without text"),
        (
            zipped(
                {
                    "mimetype": "application/vnd.oasis.opendocument.text",
                    "content.xml": b"\0",
                    "META-INF/manifest.xml": ENCRYPTED,
                }
            ),
            "but encrypted: save it without a password",
        ),
    ],
    ids=["entities", "utf-16", "open", "bomb", "empty", "torn", "empty odt", "encrypted odt"],
)
def test_bad_office_files_have_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError) as error:
        decode(data, "a.docx")
    assert str(error.value).startswith("a.docx ")
    assert reason in str(error.value)


def test_the_bytes_say_what_a_file_is() -> None:
    data = word(lambda document: document.add_paragraph("Frau Lux fragt.") and None)
    assert decode(data, "a.pdf").format == "docx"
    assert zipfile.is_zipfile(io.BytesIO(data))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024-03-01T10:00:00Z", "2024-03-01T10:00:00+00:00"),
        ("2024-03-01T10:00:00.123456789", "2024-03-01T10:00:00.123456"),
        ("2024-03-01T10:00:00.5+02:00", "2024-03-01T10:00:00.500000+02:00"),
        ("2024-03-01", "2024-03-01T00:00:00"),
    ],
)
def test_times(written: str, read: str) -> None:
    assert moment(written) == dt.datetime.fromisoformat(read)
    assert moment("gestern") is None


@pytest.mark.parametrize("cut", range(40, 400, 40))
def test_torn_archives_have_a_reason(cut: int) -> None:
    data = word(lambda document: document.add_paragraph("Frau Lux") and None)
    with pytest.raises(ReadError, match=r"a\.docx is "):
        decode(data[:500] + data[500 + cut : -1], "a.docx")


def test_a_directory_that_begins_before_the_file_has_a_reason() -> None:
    data = odt("<text:p>Frau Lux</text:p>")
    at = 60
    with pytest.raises(ReadError, match=r"but damaged|archive"):
        decode(data[:at] + data[at + 30 :], "a.odt")
