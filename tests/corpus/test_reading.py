from __future__ import annotations

import codecs
import hashlib
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.reading import ReadError, decode, find_documents, read_source

SENTENCE = "Frau Müller fragt, ob die Straße „Am Öhr“ gesperrt sei.\n"

SHORT = (
    "Für",
    "Straße",
    "Müller",
    "Größe",
    "ÄÖÜ",
    "BESCHLÜSSE",
    "Übrige Räte: keine Einwände",
    "Herr Groß antwortet.",
    "Beschluß: einstimmig",
    "Abg. Jäger: Nein!",
    "TOP 5 ÖPNV",
    "§ 5 GemO",
    "Süß",
)
ONLY_WINDOWS = (
    "Öl",
    "Ä",
    "Ä. ß.",
    "äöüß",
    "„Ja“",
    "Er sagt: „Nein.“",
    "50 € Zuschuss",
    "Café Noé in Zürich",
    "Frau André und Herr Núñez fragen",
    "Herr Çelik",
    "5 m² bei 3 °C",
    "18:00 Uhr – öffentlich",
    "Sitzung … Ende",
)


@pytest.mark.parametrize("text", SHORT + ONLY_WINDOWS)
def test_short_windows_texts(text: str) -> None:
    assert decode(text.encode("cp1252"), "a.txt").text == text


@pytest.mark.parametrize("text", [t for t in SHORT + ONLY_WINDOWS if not set(t) & set("„“€–…")])
def test_short_latin_1_texts(text: str) -> None:
    assert decode(text.encode("latin-1"), "a.txt").text == text


@pytest.mark.parametrize("text", SHORT)
def test_short_dos_texts(text: str) -> None:
    assert decode(text.encode("cp850"), "a.txt").text == text


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac-roman"]
)
@pytest.mark.parametrize("text", [SENTENCE, "Ja.", "a\r\nb\r\n", "Seite 1\fSeite 2\r\n\f", " \tFrau Lux  \n\n"])
def test_the_text_is_what_was_encoded(encoding: str, text: str) -> None:
    source = decode(text.encode(encoding), "a.txt")
    assert source.text == text


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_utf_16_with_either_mark(mark: bytes) -> None:
    order = "utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be"
    assert decode(mark + SENTENCE.encode(order), "a.txt").text == SENTENCE


@pytest.mark.parametrize("text", ["Ein \ufeffZeichen", "Łódź und Yıldız", "🙂 gelacht", "ﬁnden", "e\u0301"])
def test_utf_8_is_left_alone(text: str) -> None:
    source = decode(text.encode(), "a.txt")
    assert (source.text, source.encoding) == (text, "utf-8")


@given(st.text(min_size=1), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp850"]))
def test_the_encoding_named_gives_the_text(text: str, encoding: str) -> None:
    data = text.encode(encoding, "ignore")
    try:
        source = decode(data, "a.txt")
    except ReadError:
        return
    assert data.decode(source.encoding) == source.text
    assert source.sha256 == hashlib.sha256(data).hexdigest()


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        assert decode(data, "a.txt").text.strip()
    except ReadError as error:
        assert "a.txt" in str(error)


@given(st.text(alphabet="ab\n\f", min_size=1).filter(str.strip))
def test_pages_tile_the_text(text: str) -> None:
    source = decode(text.encode(), "a.txt")
    if source.pages is None:
        assert "\f" not in text
    else:
        assert "".join(text[start:end] for start, end in source.pages) == text
        assert all("\f" not in text[start : end - 1] for start, end in source.pages)


def test_pages_keep_their_numbers_where_one_is_empty() -> None:
    assert decode(b"eins\f\fdrei", "a.txt").pages == ((0, 5), (5, 6), (6, 10))
    assert decode(b"eins\f", "a.txt").pages == ((0, 5),)
    assert decode(b"eins", "a.txt").pages is None


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "is empty"),
        (b" \r\n\t\n", "is empty"),
        (codecs.BOM_UTF8, "is empty"),
        ("\xa0\n".encode(), "is empty"),
        (b"\f\f\n", "a scanned document needs text recognition"),
        (b"PK\x03\x04 protokolle.txt", "is an archive, within another or on the standard input: unpack it first"),
        (b"\x89PNG\r\n\x1a\n", "is a PNG image, not text: recognise its text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Office document"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "is an encrypted Office document"),
        (b"Frau Lux\x00\x01\x02 fragt", "is a binary file"),
        (bytes(range(256)), "is a binary file"),
        (b"Frau M\xc3\xbcller und Frau Gr\xc3\xb6\xc3 fragen", "is damaged UTF-8 at byte 26: save it again"),
        (codecs.BOM_UTF16_LE + b"a\x00\x00\xd8b\x00", "is damaged utf-16 at byte"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, what: str) -> None:
    with pytest.raises(ReadError) as error:
        decode(data, "akten/a.txt")
    assert str(error.value).startswith("akten/a.txt is ")
    assert what in str(error.value)


def test_a_text_about_pdf_is_no_pdf() -> None:
    assert decode(b"Herr Lux: Die Datei beginnt mit %PDF- und PK.", "a.txt").encoding == "utf-8"


def test_read_source(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(SENTENCE.encode("cp1252"))
    source = read_source(path)
    assert source.name == path.as_posix()
    assert source.text == SENTENCE
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_read_source_refuses_folders_and_missing_files(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="is a folder, not a file"):
        read_source(tmp_path)
    with pytest.raises(ReadError, match="does not exist: check the path"):
        read_source(tmp_path / "fehlt.txt")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_read_source_refuses_what_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Frau Lux")
    path.chmod(0)
    with pytest.raises(ReadError, match="may not be read: check its permissions"):
        read_source(path)


def test_a_file_name_that_is_no_utf_8_can_be_stored() -> None:
    name = decode(b"Frau Lux", os.fsdecode(b"Pr\xfcfung.txt")).name
    assert name.encode("utf-8").endswith(b"fung.txt")


def test_find_documents(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a.TXT",
        "c.json",
        "README.md",
        "sub/d.txt",
        "sub/e.pdf",
        "sub/f.Html",
        ".hidden.txt",
        ".git/e.txt",
        "sub/.f/g.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    (tmp_path / "folder.txt").mkdir()
    found = [path.relative_to(tmp_path).as_posix() for path in find_documents(tmp_path)]
    assert found == ["a.TXT", "b.txt", "sub/d.txt", "sub/e.pdf", "sub/f.Html"]


def test_find_documents_under_a_hidden_folder_that_is_named(tmp_path: Path) -> None:
    folder = tmp_path / ".archiv"
    folder.mkdir()
    (folder / "a.txt").write_text("x")
    assert find_documents(folder) == [folder / "a.txt"]


def test_find_documents_takes_a_file_whatever_its_ending(tmp_path: Path) -> None:
    path = tmp_path / "protokoll.md"
    path.write_text("x")
    assert find_documents(path) == [path]


def test_find_documents_refuses_what_holds_none(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"holds no document \(\.txt, \.pdf, "):
        find_documents(tmp_path)
    with pytest.raises(ReadError, match="does not exist"):
        find_documents(tmp_path / "fehlt")


@pytest.mark.parametrize(
    ("data", "name", "missing"),
    [
        (b"%PDF-1.7\n", "a.pdf", "pypdfium2"),
        (b"<html><p>Lux</p></html>", "a.html", "lxml"),
        (b'<TEI xmlns="http://www.tei-c.org/ns/1.0"/>', "a.xml", "lxml"),
    ],
)
def test_a_missing_extra_is_named(data: bytes, name: str, missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in [module for module in sys.modules if module.partition(".")[0] == missing] or [missing]:
        monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(ReadError, match=r"to read it, pip install 'protokollant\[formats\]'"):
        decode(data, name)


def test_the_core_reads_what_needs_no_extra() -> None:
    assert decode(b"{\\rtf1\\ansi Frau Lux}", "a.rtf").text == "Frau Lux\n"
    assert decode(b"# Sitzung\n\nFrau **Lux**\n", "a.md").text == "Sitzung\n\nFrau Lux\n"
