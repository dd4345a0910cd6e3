"""How far decisions reach, and which lines are decisions; documents mark their decisions with braces."""

from __future__ import annotations

import re

import pytest

from tests.pipeline.ruled import extract

_MARKED = re.compile(r"\{([^}]*)\}")


def _decisions(text: str) -> list[str]:
    return [text[turn.start : turn.end] for turn in extract(text).turns if turn.label == "decision"]


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("{Die Gartenstraße wird umbenannt. 6 Ja}", id="result behind its wording"),
        pytest.param("{Der Ortsbeirat fordert die Stadt auf, zu mähen.\n4 Ja, 1 Nein}", id="result below its wording"),
        pytest.param(
            "{Der Beirat bittet um Bericht.\n\nAbstimmung  Ja  Nein  Enthaltung\nCDU  4  0  1\nSPD  0  2  0}",
            id="table below what the body asks for",
        ),
        pytest.param(
            "Frau Zeh sagte, der Steg sei morsch.\n{Empfehlung an den Rat: Der Steg wird erneuert. Abstimmung: 5/3/0}",
            id="wording right below a speech",
        ),
        pytest.param("Herr Lux meint, man solle zustimmen.\n{Einstimmig angenommen.}", id="speech words nothing"),
        pytest.param(
            "Herr Lux berichtet.\nDas Wasser steht hoch.\n{Einstimmig angenommen.}", id="report words nothing"
        ),
        pytest.param("Der Steg ist gesperrt.\n\n{Einstimmig angenommen.}", id="a blank line ends the wording"),
        pytest.param(
            "{Beschluss: beschlossen\n\nDie Mittel werden bereitgestellt.\n\nDie Stellen werden besetzt.\n\n"
            "Form der Abstimmung: offen\nAbstimmungsergebnis: einstimmig}",
            id="from the label to the result",
        ),
        pytest.param(
            "{Beschluss: vertagt}\n\nHerr Lux begründet den Antrag.\n\n{Abstimmungsergebnis: einstimmig}",
            id="a speech ends what the label begins",
        ),
        pytest.param(
            "{Beschluss:\nDem Nachtrag wird zugestimmt.\nAnwesend: 9\nAbstimmungsergebnis: 8 : 1}",
            id="who is there for the vote",
        ),
        pytest.param(
            "{Beschluss:\nFrau Lux wird in den Beirat entsandt.\n\nAbstimmungsergebnis: 8 : 1}",
            id="a name in the wording",
        ),
        pytest.param(
            "{Der Antrag wird befürwortet (5:0:1). Frau Lux wirkt wegen Befangenheit nicht mit.}",
            id="who takes no part",
        ),
        pytest.param(
            "{Abstimmungsergebnis:\nVorlage: 9 Ja, 2 Nein\nÄnderungsantrag SPD: abgelehnt}",
            id="one vote after the other",
        ),
        pytest.param(
            "{Im ersten Wahlgang erhielten Frau Lux 6 und Herr Zeh 6 Stimmen. Im zweiten Wahlgang wurde Frau Lux mit 8"
            " Stimmen gewählt.}",
            id="two ballots",
        ),
        pytest.param(
            "{Herr Lux zieht seinen Antrag zurück.}\n\n{Abstimmung Drs. 11/24: 4 Ja, 3 Nein}", id="two resolutions"
        ),
        pytest.param(
            "{Der Antrag wird abgelehnt.}\n\n{Der Hauptantrag wird mit 18 gegen 6 Stimmen angenommen.}", id="not joined"
        ),
        pytest.param(
            "Oberbürgermeister Lux: Ich danke Ihnen. {Wir kommen zur Abstimmung. Wer ist dafür? Gegenstimmen? Damit ist"
            " die Vorlage angenommen.} Ich danke Ihnen.",
            id="a vote called word by word",
        ),
    ],
)
def test_extent(marked: str) -> None:
    assert _decisions(_MARKED.sub(r"\1", marked)) == _MARKED.findall(marked)


@pytest.mark.parametrize(
    "sentence",
    [
        # E: status lines, sentences and informal words
        "Beschluss: Kenntnis genommen",
        "Beschlussart: zur Kenntnis genommen / ohne Votum",
        "Beschluss Nr. VA/2023/029: Die Gebühr wird festgesetzt.",
        "Beschluß: Der Kauf wird genehmigt.",
        "Festlegung: Der Zaun wird gestrichen.",
        "F: Zweiter Zaun bis März",
        "Der Technische Ausschuss nimmt die Karten zur Kenntnis.",
        "Der PGR beschließt das Pfarrfest.",
        "Beide Ortsbeiräte nehmen den Bericht zur Kenntnis.",
        "Der Ausschuß faßte den Beschluß einstimmig.",
        "Von der Antwort wird Kenntniß genommen.",
        "Der Bericht dient zur Kenntnis.",
        "Das Anliegen geht an den Bauausschuss.",
        "Die Vorlage wird ohne Votum in den Rat gegeben.",
        "Ohne Abstimmung an den Bauausschuss gegeben.",
        "Die Tagesordnung wird um einen Punkt erweitert.",
        "Einvernehmlich spricht sich der Ortsrat für den Namen aus.",
        "Gegen die Niederschrift der 3. Sitzung besteht kein Einwand.",
        "Hiergegen erhob sich kein Widerspruch.",
        "Die Mitglieder einigen sich auf den 3. Juli.",
        "Es wird vereinbart, dass Frau Lux die Getränke bestellt.",
        "Der Vorsitzende stellt fest, dass die Beratung bis Mai zurückgestellt ist.",
        "Der neue Termin findet allgemeine Zustimmung.",
        "Der Einspruch verfiel der Ablehnung.",
        "Das Gesuch des Herrn Lux wird abschlägig beschieden.",
        "Auf die Beschwerde wird nicht eingetreten.",
        "Dem Chor wird ein Zuschuss von 300 Euro gewährt.",
        "Wird in den Herbst verschoben.",
        "B.: Der Zaun wird gestrichen.",
        "://: Der Kredit wird bewilligt.",
        # F: votes
        "Der Gegenvorschlag vereinigte 12 Stimmen auf sich.",
        "Änderungsantrag SPD: abgelehnt (CDU dagegen; SPD dafür)",
        "Entlastung des Vorstandes: Dafür 41, dagegen 0, Enthaltungen 5",
        "Antrag einstimmig angenommen (30 Ja-Stimmen).",
        "Antrag angenommen mit 24 Ja-Stimmen (ÖVP, SPÖ) gegen 7 Stimmenthaltungen (FPÖ).",
        "Für den Ankauf stimmten 3, dagegen 4 Mitglieder.",
        "Die Goldrechnung wird mit 14 gegen 8 Stimmen eingeführt.",
        "Auf Antrag von Frau Lux wird die Fragestunde ans Ende gesetzt, einstimmig.",
        "Das Verfahren wird ohne Gegenstimme eröffnet.",
        "-> einstimmig angenommen",
        "Abstimmung: einstimmig",
        "(1 Gegenstimme B. Lux, übrige dafür)",
        "4xZustimmung, 1xEnthaltung",
        "6/0/1 angenommen",
    ],
)
def test_a_decision(sentence: str) -> None:
    assert _decisions(f"TOP 2 Bericht\n\n{sentence}\n") == [sentence]


@pytest.mark.parametrize(
    "sentence",
    [
        "F: Wann wird der Zaun gestrichen?",
        "Ein Beschluss wird nicht gefasst.",
        "Der Aufstellungsbeschluss wurde am 14.07.2020 gefasst.",
        "Auf Antrag wird geheim gewählt.",
        "Genehmigt ist der Betrieb bis 22 Uhr.",
        "Ohne Beschluss bleibt es beim Auftrag.",
        "Im Bauausschuss wurde die Vorlage einstimmig empfohlen, teilt Frau Lux mit.",
        "Zeit: 18:00 - 20:41",
        "Die SPD stimmt zu, weil sie die Schule will.",
        "Der Antrag wurde mit Frau Lux besprochen.",
        "Wird die Halle verschoben?",
        "Der Zaun findet die Zustimmung der Bürger.",
    ],
)
def test_no_decision(sentence: str) -> None:
    assert _decisions(f"TOP 2 Bericht\n\n{sentence}\n") == []
