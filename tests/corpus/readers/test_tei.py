from __future__ import annotations

import pytest

from corpus.reading import ReadError, decode
from tests.corpus.readers.documents import TEI, tei

HEADER = """<teiHeader><fileDesc><publicationStmt><date when="2024-03-01"/></publicationStmt></fileDesc>
<profileDesc><particDesc>
<listPerson><person xml:id="RothAnna">
<persName><surname>Roth</surname><forename>Anna</forename></persName></person></listPerson>
</particDesc></profileDesc></teiHeader>"""


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<head>Sitzung</head><p>Frau <hi>Lux</hi>\n fragt.</p>", "Sitzung\n\nFrau Lux fragt.\n"),
        ("<p>Straßen<lb break='no'/>bau<lb/>ist gut.</p>", "Straßenbau\nist gut.\n"),
        ("<pb n='1'/><p>eins</p><fw>Seite 1</fw><pb n='2'/><p>zwei</p>", "eins\n\n\f\n\nzwei\n"),
        (
            "<note type='speaker'>Frau Lux:</note><u who='#x'><seg>Ja.</seg><seg>Nein.</seg></u>",
            "Frau Lux: Ja.\n\nNein.\n",
        ),
        ("<sp><speaker>Frau Lux:</speaker><p>Ja.</p></sp>", "Frau Lux: Ja.\n"),
        ("<u who='#RothAnna'><seg>Ja.</seg></u><u who='#unbekannt'>Nein.</u>", "Anna Roth: Ja.\n\nNein.\n"),
        ("<p>Frau <choice><sic>Luhx</sic><corr>Lux</corr></choice> <del>weg</del>fragt.</p>", "Frau Luhx fragt.\n"),
        ("<list><item>eins</item><item>zwei</item></list>", "eins\n\nzwei\n"),
        ("<table><row><cell>Lux</cell><cell>SPD</cell></row></table>", "Lux   SPD\n"),
    ],
)
def test_text(body: str, text: str) -> None:
    assert decode(tei(body, HEADER), "a.xml").text == text


def test_metadata() -> None:
    source = decode(tei("<pb/><p>eins</p><pb/><p>zwei</p>", HEADER), "a.xml")
    assert source.format == "tei"
    assert source.metadata.page_count == 2
    assert source.pages and len(source.pages) == 2
    assert str(source.metadata.created) == "2024-03-01 00:00:00"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (tei("<p>Lux"), "is a TEI document, but damaged"),
        (tei("<div>" * 1000 + "</div>" * 1000), "is a TEI document, but damaged"),
        (tei("<p/>"), "is a TEI document without text"),
        (
            f'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><TEI xmlns="{TEI}"><text>&a;</text></TEI>'.encode(),
            "declares entities",
        ),
    ],
    ids=["open", "deep", "empty", "entity"],
)
def test_bad_documents_have_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        decode(data, "a.xml")
