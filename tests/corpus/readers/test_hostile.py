"""Files that were made to cost time or memory, to reach other files, or to break the reader."""

from __future__ import annotations

import io
import os
import signal
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.readers.zips import MAX_DIRECTORY, open_zip
from corpus.reading import ReadError, decode, find_documents, read_source
from tests.corpus.readers.documents import drawn as pdf
from tests.corpus.readers.documents import lines, odt, pdf_of_stream, tarred, tei, word_of, zipped

QUESTION = "Frau Lux fragt nach dem Weg."


@pytest.fixture(autouse=True)
def hurry() -> Iterator[None]:
    """Fail after twenty seconds; each of these files takes a few, or would take hours."""

    def late(*_: object) -> None:
        raise TimeoutError

    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        pytest.skip("needs SIGALRM")
    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(20)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


def nested(inner: str, around: str, times: int) -> str:
    for _ in range(times):
        inner = around.format(inner)
    return inner


NUMBERED = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="{}"/><w:numFmt w:val="{}"/>'
    '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
)
ITEM = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>Punkt</w:t></w:r></w:p>'
LONG = "9" * 5000  # digits; Python refuses to read such a number


@pytest.mark.parametrize(
    ("data", "name", "text"),
    [
        (b"<!---->" * 500 + QUESTION.encode(), "a.txt", "<!---->" * 500 + QUESTION),
        (b"{\\rtf1 " + (b"a" * 990 + b"z") * 3000 + b"}", "a.rtf", ("a" * 990 + "z") * 3000 + "\n"),
        (tei(nested("x", "<speaker>a<p>{}</p></speaker><p>b</p>", 60)), "a.xml", None),
        (tei(nested("x", "<note type='speaker'>{}</note><p>b</p>", 200)), "a.xml", None),
        (tei(nested("x", "<table><row><cell>{}</cell><cell>b</cell></row></table>", 60)), "a.xml", None),
        (word_of(ITEM, NUMBERED.format("99999999", "upperRoman")), "a.docx", "99999999. Punkt\n"),
        (word_of(ITEM, NUMBERED.format("999999999", "lowerLetter")), "a.docx", "999999999. Punkt\n"),
        (word_of(ITEM, NUMBERED.format(LONG, "decimal")), "a.docx", "1. Punkt\n"),
        (odt("<text:p>a<text:s text:c='x'/>b</text:p>"), "a.odt", "a b\n"),
        (odt(f"<text:p>a<text:s text:c='{LONG}'/>b</text:p>"), "a.odt", "a b\n"),
        (
            odt(
                f"<text:list><text:list-item text:start-value='{LONG}'><text:p>a</text:p></text:list-item></text:list>"
            ),
            "a.odt",
            "• a\n",
        ),
        (f"<html><ol start='{LONG}'><li value='{LONG}'>a</ol>".encode(), "a.html", "1. a\n"),
        (b"<html><ol start='0' type='a'><li>a</ol>", "a.html", "0. a\n"),
    ],
    ids=[
        *("comments", "hexadecimal", "speakers", "notes", "tables", "roman", "letters", "number", "blanks"),
        *("many blanks", "start of odt", "start of html", "no letter"),
    ],
)
def test_what_is_made_to_take_long_is_read_all_the_same(data: bytes, name: str, text: str | None) -> None:
    found = decode(data, name).text
    assert text is None or found == text


def test_a_text_longer_than_the_pipeline_takes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.reading.MAX_CHARACTERS", 27)
    with pytest.raises(ReadError, match="holds more than 27 characters: split it by session"):
        decode(QUESTION.encode(), "a.txt")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "cp037"])
def test_entities_are_refused_in_every_encoding(encoding: str) -> None:
    written = (
        f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY a "ha">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'
    )
    data = zipped({"word/document.xml": written.encode(encoding)})
    with pytest.raises(ReadError, match=r"declares entities|but damaged"):
        decode(data, "a.docx")


def test_a_word_file_with_a_table_of_excel_in_it_is_word() -> None:
    body = f"<w:p><w:r><w:t>{QUESTION}</w:t></w:r></w:p>"
    data = word_of(body, more={"word/embeddings/a.xlsx": zipped({"xl/workbook.xml": "x"})}, packed=False)
    assert decode(data, "a.docx").text == f"{QUESTION}\n"
    with pytest.raises(ReadError, match=r"is an Excel workbook \(XLSX\)"):
        decode(zipped({"xl/workbook.xml": "x"}), "a.xlsx")


def test_an_archive_with_a_list_of_files_that_fills_the_memory(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": QUESTION}))
    at = data.rindex(b"PK\x05\x06") + 12
    data[at : at + 4] = (MAX_DIRECTORY + 1).to_bytes(4, "little")
    with pytest.raises(ReadError, match=r"a\.docx lists more files"):
        open_zip(bytes(data), "a.docx")
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(ReadError, match="lists more files"):
        read_source(find_documents(tmp_path)[0])


def test_the_list_of_a_large_archive_is_measured_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zipfile.ZIP_FILECOUNT_LIMIT", 10)  # beyond, the end has another form (ZIP64)
    monkeypatch.setattr("corpus.readers.zips.MAX_DIRECTORY", 1000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for n in range(20):
            archive.writestr(str(n), b"")
    assert b"PK\x06\x06" in out.getvalue()
    open_zip(out.getvalue(), "a.zip").close()
    monkeypatch.setattr("corpus.readers.zips.MAX_DIRECTORY", 900)
    with pytest.raises(ReadError, match="lists more files"):
        open_zip(out.getvalue(), "a.zip")


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.readers.archive.MAX_UNPACKED", 10_000_000)
    (tmp_path / "a.zip").write_bytes(zipped({f"{n}.txt": b" " * 1_000_000 for n in range(11)}))
    (document,) = find_documents(tmp_path)
    for path in (document, tmp_path / "a.zip!" / "0.txt"):
        with pytest.raises(ReadError, match="unpacks to 200 times its size"):
            read_source(path)


def test_a_header_of_tar_that_fills_the_memory(tmp_path: Path) -> None:
    header = tarfile.TarInfo("pax")
    header.type, header.size = tarfile.XHDTYPE, 900_000_000
    (tmp_path / "a.tar").write_bytes(header.tobuf(tarfile.USTAR_FORMAT) + bytes(10_240))
    with pytest.raises(ReadError, match="is a damaged archive"):
        read_source(find_documents(tmp_path)[0])


def test_a_tar_that_ends_with_a_word_file_is_a_tar(tmp_path: Path) -> None:
    word = word_of(f"<w:p><w:r><w:t>{QUESTION}</w:t></w:r></w:p>")
    (tmp_path / "a.tar").write_bytes(tarred({"b.docx": word}, mode="w"))
    (document,) = find_documents(tmp_path)
    assert document == tmp_path / "a.tar!" / "b.docx"
    assert read_source(document).text == f"{QUESTION}\n"


def test_a_large_tar_that_is_not_packed_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.readers.archive.MAX_UNPACKED", 1000)
    (tmp_path / "a.tar").write_bytes(tarred({"b.txt": QUESTION.encode(), "c.bin": bytes(100_000)}, mode="w"))
    assert read_source(tmp_path / "a.tar!" / "b.txt").text == QUESTION


def test_a_member_without_a_name_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({".": QUESTION, "b.txt": QUESTION}))
    (tmp_path / "b.tar").write_bytes(tarred({"": b"x", "b.txt": b"x"}, mode="w"))
    assert find_documents(tmp_path) == [tmp_path / "a.zip!" / "b.txt", tmp_path / "b.tar!" / "b.txt"]
    data = bytearray(zipped({"b": QUESTION}))
    at = data.index(b"PK\x01\x02")
    data[at + 28], data[at + 30] = 0, 1  # the name becomes an extra field
    (tmp_path / "c.zip").write_bytes(data)
    with pytest.raises(ReadError, match="is an archive without a document"):
        read_source(find_documents(tmp_path / "c.zip")[0])


def test_archives_and_office_files_are_told_apart_by_their_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(word_of(f"<w:p><w:r><w:t>{QUESTION}</w:t></w:r></w:p>"))
    assert find_documents(tmp_path) == [tmp_path / "a.zip"]
    assert read_source(tmp_path / "a.zip").format == "docx"
    (tmp_path / "protokolle").write_bytes(zipped({"b.txt": QUESTION}))
    assert find_documents(tmp_path / "protokolle") == [tmp_path / "protokolle!" / "b.txt"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_read_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(QUESTION,))
    writer.start()
    assert find_documents(pipe) == [pipe]
    assert read_source(pipe).text == QUESTION
    writer.join()


def test_a_device_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    if not Path("/dev/zero").exists():
        pytest.skip("no /dev/zero here")
    monkeypatch.setattr("corpus.reading.MAX_BYTES", 1000)
    with pytest.raises(ReadError, match="has more than 1000 bytes"):
        read_source(Path("/dev/zero"))


def test_a_pdf_may_not_reach_other_files() -> None:
    action = b"BT /F1 9 Tf 60 700 Td (Frau Lux fragt nach dem Weg.) Tj ET"
    data = pdf_of_stream(action).replace(
        b"/Type/Catalog", b"/Type/Catalog/OpenAction<</S/Launch/F(/bin/sh)>>/AA<</O<</S/JavaScript/JS(app.alert(1))>>>>"
    )
    assert decode(data, "a.pdf").text == f"{QUESTION}\n"
    assert decode(pdf(lines(QUESTION)), "a.pdf").text == f"{QUESTION}\n"
