"""Documents of all formats with bytes changed at will: each is read, or refused with a reason that names it."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import pipeline
from corpus.reading import ReadError, decode, find_documents, read_source
from tests.corpus.readers.documents import drawn, lines, odt, tarred, tei, word_of, zipped

# `PROTOKOLLANT_MUTATIONS=5000 pytest tests/corpus/readers/test_mutations.py` looks longer than a run of all tests can.
MUTATIONS = int(os.environ.get("PROTOKOLLANT_MUTATIONS", "40"))
TEXT = "TOP 1 Radweg\n\nFrau Lux (SPD) fragt, ob der Weg gesperrt sei.\n\nHerr Roth antwortet, er sei frei.\n"

ITEM = (
    '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>Radweg</w:t></w:r></w:p>'
)
WORD = (
    f'{ITEM}<w:p><w:r><w:t xml:space="preserve">Frau Lux </w:t><w:tab/></w:r>'
    "<w:ins><w:r><w:t>fragt.</w:t></w:r></w:ins></w:p>"
    f"<w:tbl><w:tr><w:tc>{ITEM}</w:tc><w:tc>{ITEM}{ITEM}</w:tc></w:tr></w:tbl>"
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="upperRoman"/>'
    '<w:lvlText w:val="TOP %1"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
)
OPEN_DOCUMENT = (
    '<text:p>Frau Lux<text:s text:c="2"/>fragt.</text:p><text:list text:style-name="L"><text:list-item '
    'text:start-value="3"><text:p>eins</text:p></text:list-item></text:list>'
)
TEI = (
    '<pb n="1"/><head>Sitzung</head><note type="speaker">Frau Lux:</note><u who="#x"><seg>Ja.</seg></u><pb/>'
    "<sp><speaker>Herr Roth</speaker><p>Nein<lb/>und ja.</p></sp><table><row><cell>a</cell></row></table>"
)
HTML = (
    '<!DOCTYPE html><html><head><meta name="generator" content="x"></head><body><main><ol start="2"><li value="4">'
    "Radweg</li></ol><table><tr><td>Datum:</td><td>1. Mai</td></tr></table><pre>a\n b</pre></main></body></html>"
)
ALLRIS = (
    '<html><table><tr><td class="kb1">TOP:</td><td class="x">Ö 9</td></tr></table><a name="allrisWP"></a><html><p>Frau '
    'Lux fragt.</p></html><a name="allrisAE"></a><p>einstimmig</p></html>'
)
RTF = r"{\rtf1\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\creatim\yr2022\mo3\dy4}} Frau M\'fcller fragt.\par\u8222?x\par}"
MARKDOWN = "---\na: b\n---\n# Sitzung\n\n3. eins\n   - zwei\n\n| a | b |\n|---|---|\n| c | d |\n\n[x](y) **z** <b>\n"

PARTS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "a.docx": (WORD, lambda body: word_of(body, NUMBERING)),
    "b.docx": (NUMBERING, lambda numbering: word_of(WORD, numbering)),
    "a.odt": (OPEN_DOCUMENT, odt),
    "a.xml": (TEI, tei),
}
"""Markup that is changed before it is packed, since changed archives mostly break at their checksums."""

FILES: dict[str, bytes] = {
    "a.txt": TEXT.encode("cp1252"),
    "a.docx": word_of(WORD, NUMBERING),
    "a.odt": odt(OPEN_DOCUMENT),
    "a.xml": tei(TEI),
    "a.html": HTML.encode(),
    "allris.html": ALLRIS.encode("cp1252"),
    "a.rtf": RTF.encode(),
    "a.md": MARKDOWN.encode(),
}
ARCHIVES: dict[str, bytes] = {
    "a.zip": zipped({"a.txt": TEXT, "mai/b.docx": word_of(WORD)}),
    "b.zip": zipped({"a.txt": TEXT, "mai/b.html": HTML}, packed=False),
    "a.tgz": tarred({"a.txt": TEXT.encode(), "b.html": HTML.encode()}),
    "a.tar": tarred({"a.txt": TEXT.encode(), "b.html": HTML.encode()}, mode="w"),
    "a.tar.xz": tarred({"a.txt": TEXT.encode()}, mode="w:xz"),
}
PDF = drawn(lines(*TEXT.splitlines()), lines("Herr Roth verneint das."))

at_will = settings(
    max_examples=MUTATIONS, deadline=timedelta(seconds=20), suppress_health_check=list(HealthCheck), derandomize=True
)


@st.composite
def changes(draw: st.DrawFn) -> list[tuple[str, float, float, bytes]]:
    """Up to four changes: cut out, write over, put in, repeat; at shares of the length."""
    share = st.floats(0, 1, allow_nan=False)
    kind = st.sampled_from(("cut", "over", "in", "again", "end"))
    what = st.one_of(
        st.binary(max_size=4), st.sampled_from([b"<", b">", b"&", b'"', b"9" * 20, b"\\", b"{", b"\xff\xfe"])
    )
    return draw(st.lists(st.tuples(kind, share, share, what), min_size=1, max_size=4))


def changed(data: bytes, made: list[tuple[str, float, float, bytes]]) -> bytes:
    for kind, one, other, what in made:
        a, b = sorted((int(one * len(data)), int(other * len(data))))
        b = min(b, a + 200)
        if kind == "cut":
            data = data[:a] + data[b:]
        elif kind == "over":
            data = data[:a] + what + data[a + len(what) :]
        elif kind == "in":
            data = data[:a] + what + data[a:]
        elif kind == "again":
            data = data[:b] + data[a:b] * 50 + data[b:]
        else:
            data = data[:b]
    return data


def read_or_refused(data: bytes, name: str) -> str | None:
    try:
        source = decode(data, name)
    except ReadError as error:
        assert name in str(error) and "\n" not in str(error)
        return None
    assert source.text.strip()
    if source.pages is not None:
        assert "".join(source.text[start:end] for start, end in source.pages) == source.text
    if source.boxes:
        assert all(source.boxes.at(n) for n, character in enumerate(source.text) if not character.isspace())
    return source.text


@pytest.mark.parametrize("name", FILES)
@at_will
@given(made=changes())
def test_changed_files_are_read_or_refused(name: str, made: list[tuple[str, float, float, bytes]]) -> None:
    read_or_refused(changed(FILES[name], made), name)


@pytest.mark.parametrize("name", PARTS)
@at_will
@given(made=changes())
def test_changed_markup_is_read_or_refused(name: str, made: list[tuple[str, float, float, bytes]]) -> None:
    markup, packed = PARTS[name]
    read_or_refused(packed(changed(markup.encode(), made).decode("utf-8", "replace")), name)


@pytest.mark.parametrize("name", ARCHIVES)
@at_will
@given(made=changes())
def test_changed_archives_are_opened_or_refused(name: str, made: list[tuple[str, float, float, bytes]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(changed(ARCHIVES[name], made))
        documents = find_documents(path)
        assert documents
        for document in documents:
            try:
                assert read_source(document).text.strip()
            except ReadError as error:
                assert str(path) in str(error)


@settings(at_will, max_examples=max(MUTATIONS // 4, 1), deadline=None)
@given(made=changes())
def test_changed_pdfs_are_read_or_refused(made: list[tuple[str, float, float, bytes]]) -> None:
    read_or_refused(changed(PDF, made), "a.pdf")  # in its own process, which may die of it


@cache
def rules() -> Any:
    return pipeline.load(classifier="rules")


@settings(at_will, max_examples=max(MUTATIONS // 2, 1))
@given(name=st.sampled_from(sorted(FILES)), made=changes())
def test_what_is_read_can_be_extracted(name: str, made: list[tuple[str, float, float, bytes]]) -> None:
    """Building the record checks that every span lies in the text and runs forwards."""
    text = read_or_refused(changed(FILES[name], made), name)
    if text is not None:
        assert pipeline.extract(text, nlp=rules()).text == text


def test_the_documents_are_read_as_they_are() -> None:
    for name, data in {**FILES, "a.pdf": PDF}.items():
        assert read_or_refused(data, name)
