"""Sentence bounds: the cut stands as " | " in the text of each case."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sentences import sentences

CUT = " | "

# the words and marks out of which the property tests build texts
_PIECES = (
    "Frau Petersen fragt", "Herr A.", "z. B.", "am 3. Mai", "DIE LINKE.", "usw.", "Ja.", "Warum?", "So!",
    "„Nein.“", "(Rh.)", "100.000 €", "...", "…", "und", "Der Rat", ".", "?", "!", ",", ";", ":", "»", "«",
    "I.", "12.", "§ 3 Abs. 2", "a", "Ä", "1",
)  # fmt: skip
_BLANKS = (" ", "  ", "\n", "\t", "\u00a0", "\u202f", "\u2028", "")
texts = st.lists(st.tuples(st.sampled_from(_PIECES) | st.text(max_size=6), st.sampled_from(_BLANKS))).map(
    lambda parts: "".join(piece + blank for piece, blank in parts)
)


def _cut(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences(text, 0, len(text))]


def _open(reason: str, case: str) -> object:
    return pytest.param(case, marks=pytest.mark.xfail(reason=reason, strict=True))


@pytest.mark.parametrize(
    "marked",
    [
        "Frau Petersen fragt, ob der Deich hält. | Herr Jessen bejaht dies.",
        "Sei der Radweg gefördert worden? | Wie hoch sei der Anteil des Landes? | Das wolle er wissen.",
        "Das sei unerhört! | Der Vorsitzende mahnt zur Ruhe.",
        "Man wisse es nicht … | Frau Aebischer widerspricht.",
        "Sie habe gesagt: „Das geht nicht.“ | Danach sei sie gegangen.",
        "Er zitiert den Satz »Wir bauen.« | Die Runde lacht.",
        "Der Antrag sei erledigt (siehe Vorlage.) | Weitere Fragen gebe es nicht.",
        "Die Brücke ist seit dem 14.05.2024 gesperrt. | Ein Ersatz fehlt.",
        "Die Kosten liegen bei 1.250.000 €. | Das Land trägt die Hälfte.",
        "Der Zuschuss beträgt 80 %. | Mehr gibt es nicht.",
        "Beginn ist um 18.30 Uhr. | Die Sitzung ist öffentlich.",
        "Im Jahr 2023 seien es 412 gewesen. | Heute seien es 530.",
        "Das gelte seit 2019. | Man halte daran fest.",
        "Er verweist auf § 34 BauGB. | Dort stehe alles.",
        _open(
            "'Dagegen' is no known sentence starter behind a bare number",
            "Dafür stimmten 12. | Dagegen stimmten 7.",
        ),
        "Er dankt allen. | – Die Sitzung wird unterbrochen.",
        "Man zahle 40 Franken pro m². | Das sei zu viel.",
        "Der Stadtrat tagt wieder am 3. Juli. | Eingeladen wird schriftlich.",
    ],
)
def test_sentences_end(marked: str) -> None:
    assert _cut(marked.replace(CUT, " ")) == marked.split(CUT)


@pytest.mark.parametrize(
    "sentence",
    [
        # abbreviations of titles, offices and honorifics
        "Bgm. Dr. Achleitner und Vzbgm. Mag. Dünser danken der Feuerwehr.",
        "Ktabg. Tiedemann und Rh. Schmiedchen fragen nach dem Stand.",
        "Die Anfrage kam von Hr. Noack und Fr. Lehnigk.",
        "Stv. Buchwald und StRin. Ing. Pichlmaier stellen den Antrag.",
        "Prof. Dr. med. Kowalczyk stellt das Gutachten vor.",
        "Vzbgm.in Hämmerle übernimmt den Vorsitz.",
        "GR.in Mag.a Brunnthaler meldet sich zu Wort.",
        "Dipl.-Ing. Zumsteg erläutert den Plan.",
        "Beig. Kühnast antwortet für die Verwaltung.",
        "Der 1. Bgm. Rüegsegger eröffnet.",
        # masked and single initials
        "Ratsfrau A. erkundigt sich nach dem Spielplatz.",
        "Herr M. J. und Frau K. Lindqvist sind entschuldigt.",
        "Ratsherr B.. Gerdes merkt an, dass die Frist laufe.",
        # abbreviations of the language of minutes
        "Es geht um z. B. Bänke, Lampen u. a. Dinge.",
        "Nach Abs. 2 S. 1 Nr. 4 der Satzung sei dies ausgeschlossen.",
        "Die Kosten betragen ca. 30 Mio. Euro.",
        "Das Amt habe d. h. Herr Vogt habe dies zugesagt.",
        pytest.param("Die Firmen Holz GmbH & Co. KG und Stein AG boten mit."),
        "Die o. g. Flächen lägen im Gebiet.",
        "Die Straße Nr. 14 bzw. Nr. 16 wird gesperrt.",
        "Der Vertrag läuft lt. Auskunft bis Dez. 2027.",
        "Er ist Bürgermeister a. D. Herold nachgefolgt.",
        # ordinal numbers and dates
        "In der 17. Sitzung des Bauausschusses wurde vertagt.",
        "Am 9. Mai und am 21. Jänner tagt der Gemeinderat Hallein.",
        "Der 2. Bürgermeister Sommer vertritt ihn.",
        "Die II. Änderung des Bebauungsplans liegt aus.",
        "Bis zum 31. Dezember 2026 ist zu berichten.",
        "Im 3. Quartal beginne der Bau.",
        "Am 5.11. ist Laternenlauf.",
        "Sie verweist auf das 19. Jahrhundert.",
        # party names with a stop
        "Stadträtin Kaya (DIE LINKE.) fragt nach dem Mietspiegel.",
        "Für DIE LINKE. Fraktion spricht Herr Groß.",
        # stops in brackets and numbers, addresses and links
        "Der Zuschuss (s. Anlage) beträgt 1.500 Franken.",
        "Auf www.seltmannsdorf.de stehe der Plan.",
        "Die Mail an info@gemeinde.ch blieb unbeantwortet.",
        "Frau Wirz (Grüne) fragt (auch schriftlich!) nach dem Bus.",
        "Ist das (wirklich?) nötig, fragt Herr Klein.",
        # lower case goes on
        "Die Bauten usw. seien fertig.",
        "Das Ergebnis: 8 dafür, 1 dagegen.",
        "Frau Kurz zögert ... und stimmt dann zu.",
    ],
)
def test_no_sentence_ends_inside(sentence: str) -> None:
    assert _cut(sentence) == [sentence]


@pytest.mark.parametrize(
    "marked",
    [
        "Gebaut werden Kitas, Schulen usw. | Die Mittel stehen bereit.",
        "Der Antrag stammt von DIE LINKE. | Die SPD lehnt ihn ab.",
        "Die Sitzung endet um 21:15 Uhr. | Der Vorsitzende dankt.",
        "Es blieb bei Platz 12. | Die Liste ist damit geschlossen.",
        "Das Konzept stammt von der Müller AG. | Es kostet 3.000 Euro.",
        _open("a single capital letter never ends a sentence", "Er verweist auf Anlage B. | Diese liegt aus."),
        _open("a single capital letter never ends a sentence", "Man nehme Variante A. | Das spare Geld."),
        "Das gilt für Kinder, Jugendliche, Ältere etc. | Herr Lang fragt nach den Kosten.",
        _open("a single capital letter never ends a sentence", "Es antwortet Herr K. | Die Frage bleibt offen."),
        "Der Bebauungsplan liegt seit Mai aus. | „Das reicht“, meint Frau Kurz.",
        "Der Zuschlag ging an die Bau GmbH. | Frau Fromm fragt nach dem Preis.",
        _open(
            "a single capital letter never ends a sentence",
            "Beteiligt war auch der TSV e. V. | Der Verein dankt.",
        ),
    ],
)
def test_an_abbreviation_can_end_a_sentence(marked: str) -> None:
    assert _cut(marked.replace(CUT, " ")) == marked.split(CUT)


def test_nothing_is_read_outside_the_span() -> None:
    text = "Vorher. Frau Jessen fragt nach. Nachher."
    start, end = text.index("Frau"), text.index(" Nachher")
    assert list(sentences(text, start, end)) == [(start, end)]


@pytest.mark.parametrize("blank", ["", " ", "\n", " \t\u00a0\n"])
def test_blank_text_has_no_sentences(blank: str) -> None:
    assert _cut(blank) == []


@given(texts)
def test_sentences_cover_the_visible_text_in_order(text: str) -> None:
    pos = 0
    for start, end in sentences(text, 0, len(text)):
        assert pos <= start < end <= len(text)
        assert not text[pos:start].strip()
        assert text[start:end] == text[start:end].strip()
        pos = end
    assert not text[pos:].strip()


@given(texts, st.integers(0, 40), st.integers(0, 40))
def test_sentences_stay_inside_any_span(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    spans = list(sentences(text, start, end))
    assert all(start <= a < b <= end for a, b in spans)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text[start:end].split())
