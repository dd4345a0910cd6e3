from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from corpus.readers.isolated import read_pdf_apart
from corpus.readers.ocr import OcrError, missing_for_ocr
from corpus.readers.page import Word
from corpus.readers.pdf import pdf_date, read_pdf
from corpus.reading import READERS, ReadError, decode
from pipeline.layout import layout
from tests.corpus.readers.documents import both, drawn, lines, pdf_of_stream, printed, scanned, without_pages

QUESTION = "Frau Lux fragt, ob die Straße gesperrt sei."
LEFT = tuple(f"Frau Lux fragt in Zeile {n} nach dem Weg" for n in "abcdefgh")
RIGHT = tuple(f"Herr Roth sagt in Zeile {n} dazu etwas" for n in "abcdefgh")


def test_lines_paragraphs_and_pages() -> None:
    source = decode(drawn(both(lines("eins", "zwei"), lines("drei", top=690)), lines("vier")), "a.pdf")
    assert source.text == "eins\nzwei\n\ndrei\n\fvier\n"
    assert (source.format, source.encoding, source.metadata.page_count) == ("pdf", "pdf", 2)
    assert source.pages == ((0, 17), (17, 22))


def test_a_list_in_columns_is_read_line_by_line() -> None:
    page = both(lines("Anwesend:", "Anna Lux", "Jan Zeh"), lines("", "Rolf Roth", "Ute Falk", left=260))
    text = decode(drawn(page), "a.pdf").text
    assert [line.split("   ")[0] for line in text.splitlines()] == ["Anwesend:", "Anna Lux", "Jan Zeh"]
    assert [line.split()[-1] for line in text.splitlines()[1:]] == ["Roth", "Falk"]


def test_columns_of_prose_are_read_one_after_another() -> None:
    page = both(lines("Protokoll der Sitzung"), lines(*LEFT, top=700), lines(*RIGHT, top=706, left=320))
    text = decode(drawn(page), "a.pdf").text
    assert text.split() == " ".join(("Protokoll der Sitzung", *LEFT, *RIGHT)).split()


def test_the_order_of_the_file_does_not_matter() -> None:
    page = both(lines("unten", top=100), lines("oben"))
    assert decode(drawn(page), "a.pdf").text.split() == ["oben", "unten"]


def test_divided_words_stay_as_they_are_and_layout_joins_them() -> None:
    page = lines(
        "Herr Roth erklärt ausführlich, dass sich der Ausschuss mit der Umge-",
        "staltung des Marktplatzes schon in der letzten Sitzung befasst habe und",
    )
    source = decode(drawn(page), "a.pdf")
    assert "Umge-\nstaltung" in source.text
    assert "Umgestaltung des" in layout(source.text).clean.text


def test_a_long_line_that_leaves_room_for_the_next_word_ends_a_paragraph() -> None:
    page = lines(
        "Frau Lux fragt nach der Sanierung der Turnhalle und nach den Kosten, die",
        "der Gemeinde daraus im nächsten Jahr wohl entstehen werden.",
        "Herr Roth antwortet, die Kosten seien noch nicht bekannt, er rechne damit im",
        "Mai.",
    )
    assert [len(part.splitlines()) for part in decode(drawn(page), "a.pdf").text.split("\n\n")] == [2, 2]


def test_words_on_both_sides_of_a_tab_are_two() -> None:
    assert "Beginn:" in decode(drawn(both(lines("Beginn:"), lines("15.00 Uhr", left=160))), "a.pdf").text.split()


def test_running_heads_and_page_numbers_are_furniture_for_the_layout() -> None:
    source = decode(printed("\n\n".join([QUESTION] * 90), "Niederschrift der 3. Sitzung des Rates"), "a.pdf")
    assert source.metadata.page_count and source.metadata.page_count > 1
    assert "Seite 2" in source.text
    clean = layout(source.text).clean.text
    assert "Seite" not in clean
    assert clean.count("Niederschrift") == 1  # at the top, where it is the title as well
    assert clean.count(QUESTION) == 90


def test_every_offset_has_its_page_and_box() -> None:
    source = decode(drawn(lines("eins"), both(lines(QUESTION), lines("Herr Roth verneint.", top=700))), "a.pdf")
    assert source.boxes
    for offset, character in enumerate(source.text):
        box = source.boxes.at(offset)
        assert box and box.left <= box.right and box.top <= box.bottom
        if not character.isspace():
            assert box.page == (1 if offset < source.text.index("\f") else 2)
    start = source.text.index(QUESTION)
    (line,) = source.boxes.of(start, start + len(QUESTION))
    assert line.page == 2
    assert line.left == pytest.approx(60, abs=1)
    assert line.top <= 842 - 760 <= line.bottom
    assert len(source.boxes.of(start, len(source.text))) == 2
    assert source.boxes.of(start + 4, start + 5) == () or source.text[start + 4] != " "


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_pages_that_are_turned(degrees: int) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(degrees)
        canvas.translate(300, 400)
        canvas.rotate(degrees)
        lines("Frau Lux fragt.", "Herr Roth antwortet.", left=0, top=0)(canvas)

    assert decode(drawn(draw), "a.pdf").text == "Frau Lux fragt.\nHerr Roth antwortet.\n"


def test_metadata() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setProducer("Ratsprogramm 4")
        lines("eins")(canvas)

    said = decode(drawn(draw), "a.pdf").metadata
    assert said.producer == "Ratsprogramm 4"
    assert said.created and said.created.tzinfo


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("D:20220304091207+01'00'", "2022-03-04T09:12:07+01:00"),
        ("D:20220304091207-02'30", "2022-03-04T09:12:07-02:30"),
        ("D:20220304091207Z", "2022-03-04T09:12:07+00:00"),
        ("D:20220304", "2022-03-04T00:00:00"),
        ("D:2022", "2022-01-01T00:00:00"),
        ("20220304091207", "2022-03-04T09:12:07"),
    ],
)
def test_dates(written: str, read: str) -> None:
    assert pdf_date(written) == dt.datetime.fromisoformat(read)


@pytest.mark.parametrize("written", ["", "gestern", "D:20221304", "D:20220304250000"])
def test_what_is_no_date(written: str) -> None:
    assert pdf_date(written) is None


def test_the_process_of_its_own_reads_the_same() -> None:
    data = drawn(lines(QUESTION), lines("zwei"))
    assert read_pdf_apart(data, "a.pdf") == read_pdf(data, "a.pdf")


def test_a_folder_with_modules_of_our_names_harms_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('read')")
    monkeypatch.chdir(tmp_path)
    assert decode(drawn(lines("eins")), "a.pdf").text == "eins\n"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (
            drawn(lines("eins"), encrypt=StandardEncryption("geheim", "eigner")),
            "is an encrypted PDF: take the password",
        ),
        (drawn(lines("eins"))[:700], "is a damaged PDF"),
        (
            re.sub(rb"/Kids \[[^]]*\]", b"/Kids []", drawn(lines("eins"))).replace(b"/Count 1", b"/Count 0"),
            "without pages",
        ),
        (drawn(lambda canvas: None), "is a PDF without text: leave it out"),
        (b"%PDF-1.7\n%\xe2\xe3", "is a damaged PDF"),
    ],
    ids=["encrypted", "truncated", "no pages", "blank", "beginning"],
)
def test_what_cannot_be_read_has_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError) as error:
        decode(data, "akten/a.pdf")
    assert str(error.value).startswith("akten/a.pdf ")
    assert reason in str(error.value)


def test_a_pdf_that_may_be_read_but_not_changed() -> None:
    data = drawn(lines("eins"), encrypt=StandardEncryption("", "eigner"))
    assert decode(data, "a.pdf").text == "eins\n"


def test_too_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.readers.pdf.MAX_PAGES", 2)
    with pytest.raises(ReadError, match="has 3 pages, more than 2: split it"):
        read_pdf(drawn(*[lines("x")] * 3), "a.pdf")


@pytest.mark.slow
def test_ten_thousand_pages() -> None:
    with pytest.raises(ReadError, match="has 10000 pages, more than 5000: split it"):
        decode(drawn(*[lines("x")] * 10_000), "a.pdf")


@pytest.mark.slow
@pytest.mark.parametrize(
    "stream",
    [b" " * 1_000_000_000, b"BT /F1 9 Tf " + b"1 0 0 1 9 9 Tm (Frau Lux fragt) Tj " * 3_000_000 + b"ET"],
    ids=["blanks", "text"],
)
def test_a_small_file_that_unpacks_to_gigabytes(stream: bytes) -> None:
    with pytest.raises(ReadError, match=r"needs more than 120 seconds or 1024 MB|is a PDF without text"):
        decode(pdf_of_stream(stream), "a.pdf")


def test_scanned_pages_are_recognised() -> None:
    if missing_for_ocr():
        pytest.skip(f"no text recognition here: {missing_for_ocr()}")
    source = decode(scanned(drawn(lines(QUESTION, "Herr Roth verneint das.", size=14))), "a.pdf")
    assert source.text == f"{QUESTION}\nHerr Roth verneint das.\n"
    assert source.notes == ("page 1 is scanned: the text is recognised and may have errors",)
    assert source.boxes and source.boxes.at(0) == source.boxes.of(0, 1)[0]


def test_a_damaged_page_is_left_out_and_named() -> None:
    data = drawn(lines("Frau Lux fragt."), lines("zwei"), lines("Herr Roth antwortet."))
    source = decode(without_pages(data, 2), "a.pdf")
    assert source.text == "Frau Lux fragt.\n\f\fHerr Roth antwortet.\n"
    assert source.notes == ("page 2 is damaged and left out: get the file again or repair it",)
    assert source.pages and len(source.pages) == source.metadata.page_count == 3
    with pytest.raises(ReadError, match="is a damaged PDF on every page"):
        decode(without_pages(data, 1, 2, 3), "a.pdf")


def test_a_page_that_cannot_be_recognised_is_left_out_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def recognise(page: Any) -> list[Word]:
        tried.append(page)
        if len(tried) == 2:
            raise OcrError("Tesseract process timeout")
        return [Word("Antwort", tuple(float(x) for n in range(7) for x in (10 * n, 0, 10 * n + 9, 12)))]

    tried: list[Any] = []
    monkeypatch.setattr("corpus.readers.pdf.missing_for_ocr", lambda: None)
    monkeypatch.setattr("corpus.readers.pdf.recognise", recognise)
    found = read_pdf(scanned(drawn(lines("eins"), lines("zwei"), lines("drei"))), "a.pdf")
    assert found.text == "Antwort\n\f\fAntwort\n"
    assert found.notes == (
        "pages 1, 3 are scanned: the text is recognised and may have errors",
        "page 2 is scanned and left out, not recognised: Tesseract process timeout",
    )
    with pytest.raises(ReadError, match="is a scanned document that could not be recognised: Tesseract"):
        tried[:] = [None]
        read_pdf(scanned(drawn(lines("eins"))), "a.pdf")


def test_a_scan_without_text_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    picture = scanned(drawn(lines(QUESTION)))
    with pytest.raises(ReadError, match=r"is a scanned document without text: .*tesseract-ocr-deu"):
        read_pdf(picture, "a.pdf")
    mixed = read_pdf(scanned(drawn(lines(QUESTION)), lines("Frau Lux fragt nach dem Weg.")), "a.pdf")
    assert mixed.text == "Frau Lux fragt nach dem Weg.\n\f"
    assert mixed.notes[0].startswith("page 2 is scanned and left out")


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pypdfium2", None)
    with pytest.raises(ReadError, match=r"a.pdf is a PDF: to read it, pip install 'protokollant\[formats\]'"):
        READERS["pdf"](drawn(lines("x")), "a.pdf")
