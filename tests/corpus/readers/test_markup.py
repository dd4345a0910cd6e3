from __future__ import annotations

import pytest

import pipeline
from corpus.reading import ReadError, decode


def read(page: str, name: str = "a.html") -> str:
    return decode(page.encode(), name).text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>Frau <b>Lux</b>\n fragt.</p><p>Herr Roth&nbsp;nickt.</p>", "Frau Lux fragt.\n\nHerr Roth nickt.\n"),
        ("<div>eins<br>zwei<br><br>drei</div>", "eins\nzwei\n\ndrei\n"),
        ("<ol start=3><li>eins</li><li><p>zwei</p></li></ol>", "3. eins\n\n4. zwei\n"),
        ("<ul><li>eins</li></ul>", "• eins\n"),
        (
            "<table><tr><th>Datum:</th><td>1. März</td></tr><tr><td>Lux</td><td>SPD</td></tr></table>",
            "Datum: 1. März\nLux   SPD\n",
        ),
        ("<table><tr><td>TOP 1</td><td><p>eins</p><p>zwei</p></td></tr></table>", "TOP 1\n\neins\n\nzwei\n"),
        ("<pre>eins\n  zwei</pre>", "eins\nzwei\n"),
        ("<nav>Menü</nav><main><h1>Sitzung</h1></main><footer>Impressum</footer>", "Sitzung\n"),
        ("<script>alert('x')</script><style>p{}</style><p onclick=\"x()\">Lux</p><noscript>an</noscript>", "Lux\n"),
        ("<p hidden>weg</p><p style='display: none'>weg</p><p>Lux</p><!-- weg -->", "Lux\n"),
        ("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>", "<script>alert(1)</script>\n"),
    ],
)
def test_what_a_reader_of_the_page_sees(body: str, text: str) -> None:
    assert read(f"<!DOCTYPE html><html><head><title>x</title></head><body>{body}</body></html>") == text


def test_encoding_and_metadata() -> None:
    page = (
        '<html><head><meta charset="utf-8"><meta name="generator" content="Ratsprogramm">'
        '<meta name="dcterms.created" content="2024-03-01"></head><p>Straße, fragt Frau Müller</p></html>'
    )
    source = decode(page.encode("cp1252"), "a.html")  # whatever the meta element says
    assert source.text == "Straße, fragt Frau Müller\n"
    assert source.encoding == "cp1252"
    assert source.metadata.producer == "Ratsprogramm"
    assert source.metadata.created and source.metadata.created.year == 2024


def test_a_part_of_a_page_is_html_by_its_ending_only() -> None:
    assert read("<p>Frau Lux</p>") == "Frau Lux\n"
    assert read("<p>Frau Lux</p>", "a.txt") == "<p>Frau Lux</p>"


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<html>" + "<div>" * 100_000 + "Lux", "nested too deeply"),
        ("<html><script>alert(1)</script></html>", "is an HTML page without text"),
        ("<?xml version='1.0'?><protokoll/>", "is XML, but neither TEI nor XHTML"),
    ],
)
def test_bad_pages_have_a_reason(page: str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read(page)


def test_entities_of_a_page_are_not_expanded() -> None:
    declared = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    page = f'<!DOCTYPE html [<!ENTITY e0 "Lux">{declared}]><html><p>Frau &e9;</p></html>'
    assert len(read(page)) < 2000


def inner(text: str) -> str:
    return f'<?xml version="1.0"?><!DOCTYPE html><html><body style="font-size:11pt">{text}</body></html>'


ALLRIS = f"""<html><head><title>Auszug - Haushalt 2025</title></head><body>
<div id="risname"><h1>Auszug - Haushalt 2025</h1></div>
<table><tr><td class="kb1">TOP:</td><td class="text1">Ö 9</td></tr>
<tr><td class="kb1">Gremium:</td><td class="text2">Rat der Stadt Lindheim</td>
<td class="kb1">Beschlussart:</td><td class="text3">ungeändert beschlossen</td></tr>
<tr><td class="kb1">Datum:</td><td class="text4">Mo, 31.03.2025</td></tr>
<tr><td class="kb1">Vorlage:</td>
<td class="text1"><a href="vo020.asp?VOLFDNR=1">25/085 Haushalt 2025</a></td></tr></table>
<a name="allrisSV"></a>&nbsp;
<a name="allrisWP"></a>{inner("<p><b>Frau Lux (SPD)</b> fragt, ob er ausgeglichen sei.</p>")}
<a name="allrisBS"></a>{inner("<p><b>Beschluss:</b></p><p>Der Rat beschließt den Haushalt.</p>")}
<a name="allrisAE"></a>{inner("<p>einstimmig, 12 Ja-Stimmen</p>")}<div>Impressum</div></body></html>"""


def test_an_item_page_of_allris() -> None:
    source = decode(ALLRIS.encode("cp1252"), "to020.html")
    assert source.text.split("\n\n") == [
        "Gremium: Rat der Stadt Lindheim\nDatum: Mo, 31.03.2025",
        "TOP Ö 9 Haushalt 2025",
        "Vorlage: 25/085",
        "Wortprotokoll:",
        "Frau Lux (SPD) fragt, ob er ausgeglichen sei.",
        "Beschluss:",
        "Der Rat beschließt den Haushalt.",
        "Abstimmungsergebnis:",
        "ungeändert beschlossen",
        "einstimmig, 12 Ja-Stimmen\n",
    ]
    minutes = pipeline.extract(source)
    (item,), (decision,) = minutes.agenda, minutes.decisions
    assert (item.number, item.title, item.paper) == ("Ö 9", "Haushalt 2025", "25/085")
    assert [turn.label for turn in minutes.turns] == ["question", "decision"]
    assert (decision.outcome, decision.votes and decision.votes.yes) == ("adopted", 12)
    assert str(minutes.meeting.date) == "2025-03-31"


def test_an_item_page_of_allris_net() -> None:
    page = (
        '<html><h1>Schule</h1><table class="risdeco"><tr><td class="text3">vertagt</td></tr></table>'
        f'<a name="allrisWP"></a>{inner("<p>Wortprotokoll</p><p>Frau Lux fragt, wann.</p>")}</html>'
    )
    assert decode(page.encode(), "a.html").text.split("\n\n") == [
        "Schule",
        "Wortprotokoll:",
        "Frau Lux fragt, wann.",
        "Abstimmungsergebnis:",
        "vertagt\n",
    ]


SESSIONNET = """<!DOCTYPE html><html><head><title>SessionNet</title></head><body><div id="smc_page_to0050_contents">
<div class="smc-nav">Menü</div><h1 class="smc_h1">Tagesordnungspunkt - Ö 9 Haushalt 2025</h1>
<table class="smc-table"><tr><td class="smc-cell-head">Gremium:</td><td>Rat der Stadt Lindheim</td></tr>
<tr><td>Datum:</td><td>31.03.2025</td></tr></table>
<p><strong>Beschluss:</strong> Kenntnis genommen</p><p>&nbsp;</p>
<p>Frau Lux fragt, ob der Weg frei sei.</p><p> &nbsp; </p><p>Herr Roth antwortet, er sei frei.</p>
<p>Ja: | Nein: | Enthaltung: </p></div></body></html>"""


def test_an_item_page_of_sessionnet() -> None:
    source = decode(SESSIONNET.encode(), "to0050.html")
    assert source.text.split("\n\n") == [
        "Gremium: Rat der Stadt Lindheim\nDatum: 31.03.2025",
        "TOP Ö 9 Haushalt 2025",
        "Beschluss: Kenntnis genommen",
        "Frau Lux fragt, ob der Weg frei sei.",
        "Herr Roth antwortet, er sei frei.\n",
    ]
    minutes = pipeline.extract(source)
    assert [turn.label for turn in minutes.turns] == ["decision", "question", "answer"]
    assert [decision.outcome for decision in minutes.decisions] == ["noted"]
    assert str(minutes.meeting.date) == "2025-03-31"


MARKDOWN = """# Niederschrift

## TOP 1 Haushalt

Frau **Lux** fragt nach
dem [Weg](https://example.org).

3. eins
4. zwei

- a

| Name | Partei |
|------|--------|
| Lux  | SPD    |

<script>alert(1)</script>
"""


def test_markdown() -> None:
    source = decode(MARKDOWN.encode(), "a.md")
    assert source.text == (
        "Niederschrift\n\n## TOP 1 Haushalt\n\nFrau Lux fragt nach\ndem Weg.\n\n3. eins\n\n4. zwei\n\n• a\n\n"
        "Name   Partei\nLux   SPD\n"
    )
    assert source.format == "markdown"
    assert [item.title for item in pipeline.extract(source).agenda] == ["Haushalt"]


def test_plain_text_is_never_taken_for_markdown() -> None:
    assert decode(MARKDOWN.encode(), "a.txt").text == MARKDOWN
    assert decode(b"Frau Lux fragt.\n", "a.md").format == "text"


RTF = rb"""{\rtf1\ansi\ansicpg1252{\*\generator Riched20 10.0;}{\info{\creatim\yr2022\mo3\dy4\hr9\min12}{\nofpages2}}
{\pict\pngblip 89504e47} Frau M\'fcller fragt.\par Herr Lux antwortet, er sei \u8222?frei\u8220?.\par
\trowd\cellx100\cellx200 Anna\cell SPD\cell\row }"""


def test_rtf() -> None:
    source = decode(RTF, "a.rtf")
    assert source.text.endswith("Frau Müller fragt.\n\nHerr Lux antwortet, er sei „frei“.\n\nAnna   SPD\n")
    said = source.metadata
    assert (said.page_count, said.producer, str(said.created)) == (2, "Riched20 10.0", "2022-03-04 09:12:00")
    with pytest.raises(ReadError, match="is an RTF document without text"):
        decode(b"{\\rtf1\\ansi }", "a.rtf")
    strange = decode(RTF.replace(b"\\dy4", b"\\dy" + b"9" * 30), "a.rtf")  # found by changing bytes at will
    assert (strange.text, strange.metadata.created) == (decode(RTF, "a.rtf").text, None)
