from __future__ import annotations

import pytest

from corpus.record import Decision, Minutes, Votes
from pipeline import decisions
from tests.pipeline.ruled import extract

Count = tuple[int | None, int | None, int | None]


def _count(votes: Votes | None) -> Count | None:
    return votes and (votes.yes, votes.no, votes.abstain)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bei 3 Nein-Stimmen und 2 Enthaltungen mehrheitlich zugestimmt", (None, 3, 2)),
        ("Mehrheitliche Zustimmung (11 Ja, 1 Nein, 1 Enthaltung)", (11, 1, 1)),
        ("(fünf Gegenstimmen)", (None, 5, None)),
        ("4 Nein-Stimmen, Rest Zustimmung", (None, 4, None)),
        ("Antrag der Freien Liste: 15 Ja-Stimmen, ansonsten Ablehnung", (15, None, None)),
        ("Bei 1 Gegenstimme zugestimmt", (None, 1, None)),
        ("Dafür: 8      Dagegen: 0      Enthaltung: 0", (8, 0, 0)),
        ("Dafür 5", (5, None, None)),
        ("dafür: 2 (2 BÜRGERLISTE)", (2, None, None)),
        ("dagegen: 13 (4 CDU, 9 SPD)", (None, 13, None)),
        ("Ja-Stimmen :8", (8, None, None)),
        ("Ja-Stimmen: 8\nNein-Stimmen: 2\nEnthaltungen: 1", (8, 2, 1)),
        ("Ja: 7, Nein: 1, Enthaltungen: 1", (7, 1, 1)),
        ("Ja 7 Nein 1 Enthaltung 2", (7, 1, 2)),
        ("Ja: 17 / Nein: 0 / Enthaltung: 3 / Befangen: 1", (17, 0, 3)),
        ("JA 7, NEIN 1, ENTHALTUNG 2", (7, 1, 2)),
        ("einstimmig mit zwei Enthaltungen", (None, None, 2)),
        ("Einstimmig bei einer Stimmenthaltung angenommen.", (None, None, 1)),
        ("Abstimmung 7:0 Stimmen", (7, 0, None)),
        ("Abstimmungsergebnis: 9 : 2", (9, 2, None)),
        ("Der Antrag wird mit 12 zu 7 Stimmen abgelehnt.", (12, 7, None)),
        ("mit 12 gegen 7 Stimmen angenommen", (12, 7, None)),
        ("12 zu 7 bei 2 Enthaltungen angenommen", (12, 7, 2)),
        ("mit 6 Stimmen einstimmig", (6, None, None)),
        ("6/0/1 angenommen", (6, 0, 1)),
        ("Abstimmungsergebnis: 6/0/1", (6, 0, 1)),
        ("4xZustimmung", (4, None, None)),
        ("5 x Ja, 1 x Nein", (5, 1, None)),
        ("30 Ja-Stimmen (FPÖ- und ÖVP-Fraktion) gegen 4 Stimmenthaltungen (GRÜNE) angenommen", (30, None, 4)),
        ("stellt bei einer Gegenstimme mehrheitliche Zustimmung fest", (None, 1, None)),
        ("mit zwanzig Ja-Stimmen bei drei Enthaltungen", (20, None, 3)),
        pytest.param(
            "Mit 14 Ja- und 3 Nein-Stimmen beschlossen.",
            (14, 3, None),
        ),
        ("bei 2 Gegenstimmen und ohne Enthaltungen angenommen", (None, 2, 0)),
        ("ohne Gegenstimmen bei 2 Enthaltungen angenommen", (None, 0, 2)),
        ("Prostimmen: 11, Kontrastimmen: 4", (11, 4, None)),
        ("11 Fürstimmen, 4 Gegenstimmen", (11, 4, None)),
        ("49 Ja, 71 Nein, 14 Enthaltungen", (49, 71, 14)),
        ("Zustimmung: 9, Ablehnung: 3, Enthaltung: 1", (9, 3, 1)),
        ("9 dafür, 3 dagegen", (9, 3, None)),
        ("Ja-Stimmen: 8 (von 11)", (8, None, None)),
        pytest.param(
            "Für den Antrag stimmten 12 Mitglieder, dagegen 3.",
            (12, 3, None),
            marks=pytest.mark.xfail(reason="'stimmten 12 Mitglieder' for yes", strict=True),
        ),
        ("Bei fünf Neinstimmen angenommen", (None, 5, None)),
        ("Mit 37 Ja-Stimmen, einundzwanzig Nein-Stimmen", (37, 21, None)),
        ("10 Stimmen dafür, 2 Stimmen dagegen, 1 enthalten sich", (10, 2, 1)),
        pytest.param(
            "mit den Stimmen von CDU und FDP gegen 6 Stimmen der SPD angenommen",
            (None, 6, None),
            marks=pytest.mark.xfail(reason="'gegen 6 Stimmen' for no", strict=True),
        ),
    ],
)
def test_votes(text: str, expected: Count) -> None:
    assert _count(decisions.votes(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Einstimmig zugestimmt",
        "Keine Abstimmung",
        "mehrheitlich abgelehnt",
        "Ja: / Nein: / Enthaltung:",
        "Die Sitzung vom 12.03.2024 wird genehmigt.",
        "Die Niederschrift vom 3. Mai 2024 wird genehmigt.",
        "Die Abstimmung erfolgt um 19:30 Uhr.",
        "Um 19.30 Uhr wird abgestimmt.",
        "Der Ausschuss beschließt, 30.000 Euro bereitzustellen.",
        "Der Rat beschließt die Erhöhung von 4 zu 5 Euro je Stunde.",
        "Es ist beschlossen, den Plan im Maßstab 1:500 auszulegen.",
        "Das Verhältnis von 2:1 zwischen Grün- und Verkehrsfläche bleibt, so der Beschluss.",
        "Der SV Taltal schlug im Ergebnis den TuS mit 3:1.",
        "Der Beschluss 14/2024 gilt fort.",
        "Der Anteil der Ja-Sager steigt auf 12 Prozent.",
        "Es gab keine Enthaltungen.",
        pytest.param(
            "Sie fragt, wer dafür 3 Wochen Zeit habe.",
        ),
        "Er sei dafür, 2 Bäume zu pflanzen.",
        "Für 3 Euro könne man parken.",
        "Bei 11 Anwesenden ist der Rat beschlussfähig.",
        "Das Gremium stimmt am 7. 3. ab.",
        pytest.param(
            "Die Regelung gilt für 5 Jahre, Nein heißt Nein.",
        ),
        "",
    ],
)
def test_numbers_that_are_no_votes(text: str) -> None:
    assert decisions.votes(text) is None


@pytest.mark.parametrize(
    ("result", "wording", "expected"),
    [
        ("ungeändert beschlossen", "", "adopted"),
        ("einstimmig", "", "adopted"),
        ("Einstimmig zugestimmt", "", "adopted"),
        ("Mit Mehrheit angenommen", "", "adopted"),
        ("Der Antrag ist damit angenommen.", "", "adopted"),
        ("wie Vorlage", "", "adopted"),
        ("Die Niederschrift wird genehmigt.", "", "adopted"),
        ("Der Ausschuss empfiehlt dem Rat die Annahme.", "", "adopted"),
        ("15 : 0", "Der Rat beauftragt die Verwaltung mit der Planung.", "adopted"),
        ("mit Stellungnahme einverstanden", "", "adopted"),
        ("Es besteht Einvernehmen.", "", "adopted"),
        ("Die Vorständin wird entlastet.", "", "adopted"),
        ("mehrheitlich abgelehnt", "", "rejected"),
        ("Der Kreistag lehnt den Antrag ab.", "", "rejected"),
        ("Der Antrag findet keine Mehrheit.", "", "rejected"),
        ("3 Ja-Stimmen, 9 Nein-Stimmen", "Der Rat beschließt den Bau.", "rejected"),
        ("6 : 6", "", "rejected"),
        ("Bei Stimmengleichheit abgelehnt", "", "rejected"),
        ("nicht zugestimmt", "", "rejected"),
        ("zur Kenntnis genommen", "", "noted"),
        ("Kenntnisnahme", "", "noted"),
        ("vorberaten", "", "noted"),
        ("Der Rat nimmt zustimmend Kenntnis.", "", "noted"),
        ("zustimmende Kenntnisnahme", "", "noted"),
        ("einstimmig", "Der Ausschuss nimmt den Bericht zur Kenntnis.", "noted"),
        ("geändert beschlossen", "", "amended"),
        ("mit der Änderung in Absatz 2 angenommen", "", "amended"),
        ("In geänderter Fassung zugestimmt", "", "amended"),
        ("vertagt", "", "postponed"),
        ("Der Punkt wird bis Mai zurückgestellt.", "", "postponed"),
        ("Der Punkt wird von der Tagesordnung abgesetzt.", "", "postponed"),
        ("einstimmig", "Die Beratung wird vertagt.", "postponed"),
        ("In den Finanzausschuss verwiesen", "", "referred"),
        ("Die Vorlage wird an den Bauausschuss überwiesen.", "", "referred"),
        ("Die Fraktion zieht den Antrag zurück.", "", "withdrawn"),
        ("Der Antrag wurde zurückgezogen.", "", "withdrawn"),
        ("Frau Ohm wird zur Schriftführerin gewählt.", "", "elected"),
        ("9 Ja-Stimmen", "Der Rat wählt Herrn Ide zum Stellvertreter.", "elected"),
        pytest.param(
            "Herr Ide erhielt 9 Stimmen.",
            "",
            "elected",
        ),
        ("für erledigt erklärt", "", "other"),
        ("ohne Votum", "", "other"),
        ("(offen)", "", "other"),
        ("", "", "other"),
        ("Ja: / Nein: / Enthaltung:", "", "other"),
        # the word stands in the matter, not in the result
        ("einstimmig zugestimmt", "Der Rat lehnt die Ablehnung des Landes ab.", "adopted"),
        ("Dem Antrag auf Ablehnung des Bauantrags wird zugestimmt.", "", "adopted"),
        pytest.param(
            "einstimmig beschlossen",
            "Der Verweis auf das Landesrecht wird gestrichen.",
            "adopted",
            marks=pytest.mark.xfail(reason="the wording's 'Verweis' overrules a result that adopts", strict=True),
        ),
        pytest.param(
            "Der Bauantrag wird nicht befürwortet.",
            "",
            "rejected",
        ),
        ("Die 4. Änderung des Flächennutzungsplans wird beschlossen.", "", "adopted"),
        ("beschlossen", "Der Rat beschließt die geänderte Hauptsatzung des Zweckverbands.", "adopted"),
    ],
)
def test_outcome(result: str, wording: str, expected: str) -> None:
    assert decisions.outcome(result, wording) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Einstimmig beschlossen", True),
        ("einvernehmlich", True),
        ("ohne Gegenstimme angenommen", True),
        ("ohne Gegenstimmen bei drei Enthaltungen", True),
        ("einstimmig bei 2 Enthaltungen", True),
        ("Die Versammlung beschliesst einhellig.", True),
        ("Bei 1 Gegenstimme zugestimmt", False),
        ("nicht einstimmig", False),
        ("mehrheitlich", False),
        ("12 Ja, 0 Nein", False),
        pytest.param(
            "Der Betrag wird von allen Haushalten erhoben.",
            False,
        ),
        ("", False),
        ("angenommen mit Stimmeneinhelligkeit", True),
        ("E: Weg gesperrt, einst.", True),
        ("Der Weg war breiter einst.", False),
    ],
)
def test_unanimous(text: str, expected: bool) -> None:
    assert decisions.unanimous(text) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Einstimmig zugestimmt", True),
        ("einstimmig", True),
        ("Mehrheitlich abgelehnt", True),
        ("(einstimmig)", True),
        ("Bei 3 Enthaltungen zugestimmt", True),
        ("Mit 7 Ja-Stimmen beschlossen", True),
        ("Dafür: 8", True),
        ("Nein-Stimmen: -", True),
        ("Enthaltung:", True),
        ("12 : 0", True),
        ("6/0/1 angenommen", True),
        ("Kenntnis genommen", True),
        ("ungeändert beschlossen", True),
        ("Keine Abstimmung", True),
        ("vertagt", True),
        ("wie Vorlage", True),
        ("Frau Ohm stimmt zu.", False),
        ("Ja, das sei richtig.", False),
        ("Nein, so gehe das nicht.", False),
        ("Bei der Abstimmung fehle Herr Ide.", False),
        ("12 Anwohner stimmen gegen die Sperrung.", False),
        ("Ohne die Förderung sei das Projekt nicht zu bezahlen.", False),
        ("Dagegen habe er nichts, sagt Herr Ide.", False),
        pytest.param("19:30 Uhr", False),
        pytest.param(
            "12/2024 Vorlage der Verwaltung",
            False,
        ),
        pytest.param(
            "1:500 ist der Maßstab des Plans.",
            False,
        ),
        pytest.param(
            "Einstimmigkeit sei wünschenswert, meint Frau Ohm.",
            False,
        ),
        ("", False),
    ],
)
def test_a_line_that_is_a_verdict(line: str, expected: bool) -> None:
    assert decisions.is_verdict(line) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Der Vorsitzende stellt einstimmige Zustimmung fest.", True),
        ("Sie stellte fest, dass der Antrag mehrheitlich abgelehnt wurde.", True),
        ("Bürgermeisterin Ohm stellt Einvernehmen fest.", True),
        ("Die Präsidentin erklärt den Antrag für angenommen.", True),
        ("Er hält fest, dass Konsens bestehe.", True),
        ("Hiergegen erhebt sich kein Widerspruch.", True),
        ("Es besteht Einvernehmen, den Weg zu sperren.", True),
        ("Herr Ide gibt die mehrheitliche Annahme bekannt.", True),
        ("Der Vorsitzende stellt die Beschlussfähigkeit fest.", False),
        ("Frau Ohm stellt fest, dass die Straße schlecht sei.", False),
        ("Frau Ohm stellt die Planung vor.", False),
        ("Herr Ide fragt, ob Einvernehmen bestehe.", False),
        pytest.param(
            "Frau Ohm erklärt, die Zustimmung des Landes fehle noch.",
            False,
        ),
        pytest.param(
            "Frau Ohm stellt fest, die Annahme sei falsch, dass die Zahlen stimmten.",
            False,
        ),
    ],
)
def test_the_chairs_finding(sentence: str, expected: bool) -> None:
    assert decisions.is_finding(sentence) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Herr Ide lässt über die Vorlage abstimmen.", True),
        ("Die Vorsitzende stellt den Antrag zur Abstimmung.", True),
        pytest.param(
            "Wir kommen zur Abstimmung.",
            True,
        ),
        ("Er bittet um das Handzeichen.", True),
        ("Sie stimmt dem zu.", False),
        ("Herr Ide kommt auf die Abstimmung mit dem Kreis zu sprechen.", False),
        ("Frau Ohm lässt sich entschuldigen.", False),
    ],
)
def test_a_call_to_vote(sentence: str, expected: bool) -> None:
    assert decisions.is_vote_call(sentence) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Die FWG-Fraktion zieht ihren Antrag zurück.", True),
        ("Herr Ide nimmt seinen Antrag zurück.", True),
        ("Er zog die Anfrage zurück.", True),
        ("Frau Ohm zieht ihre Zusage zurück.", False),
        ("Er zieht sich zurück.", False),
        ("Frau Ohm fragt, warum er den Antrag zurückgezogen habe.", False),
    ],
)
def test_a_withdrawal(sentence: str, expected: bool) -> None:
    assert decisions.is_withdrawal(sentence) is expected


def _decided(text: str) -> list[tuple[str, str, Count | None, bool | None]]:
    """Return (text of the turn, outcome, votes, unanimous) of each decision."""
    minutes = extract(text)
    turns = {turn.id: turn for turn in minutes.turns}
    return [
        (minutes.text[turns[d.turn].start : turns[d.turn].end], d.outcome, _count(d.votes), d.unanimous)
        for d in minutes.decisions
    ]


def _parts(minutes: Minutes, decision: Decision) -> tuple[str | None, list[str]]:
    wording = minutes.text[slice(*decision.wording)] if decision.wording else None
    return wording, [minutes.text[a:b] for a, b in decision.evidence]


@pytest.mark.parametrize(
    ("text", "outcome", "votes", "unanimous"),
    [
        (
            "Beschluss:\nDer Rat beschließt die Marktsatzung.\n\nAbstimmungsergebnis:\neinstimmig",
            "adopted",
            None,
            True,
        ),
        (
            "Beschluss:\nDer Rat beschließt die Marktsatzung.\nAbstimmungsergebnis: 9 : 2",
            "adopted",
            (9, 2, None),
            None,
        ),
        ("Beschluss: zur Kenntnis genommen", "noted", None, None),
        ("Beschluss: mehrheitlich abgelehnt", "rejected", None, None),
        ("Beschluss: vertagt", "postponed", None, None),
        ("Beschluss:\nOhne.", "other", None, None),
        (
            "Beschluss:\nDem Bauantrag wird zugestimmt.\n\nJa-Stimmen: 8\nNein-Stimmen: 1\nEnthaltungen: 0",
            "adopted",
            (8, 1, 0),
            None,
        ),
        ("Abstimmungsergebnis:\nJa:\nNein:\nEnthaltung:", "other", None, None),
        (
            "Beschlussempfehlung an den Kreistag:\nDer Vertrag wird verlängert.\n\nAbstimmung: Ja: 7,"
            " Nein: 1, Enthaltungen: 1",
            "adopted",
            (7, 1, 1),
            None,
        ),
        (
            "Beschluss:\n1. Der Haushalt wird festgesetzt.\n2. Die Hebesätze bleiben"
            " gleich.\n\nAbstimmungsergebnis: einstimmig",
            "adopted",
            None,
            True,
        ),
        ("Der Gemeinderat nimmt den Jahresbericht zur Kenntnis.", "noted", None, None),
        pytest.param(
            "Der Rat der Gemeinde beschließt einstimmig die Satzung.",
            "adopted",
            None,
            True,
        ),
        (
            "Der Ausschuss empfahl dem Rat die Annahme der Satzung mit 8 Ja-Stimmen bei 2 Enthaltungen.",
            "adopted",
            (8, None, 2),
            None,
        ),
        ("Sodann wählt die Synode Pfarrer Ebel zum Präses.", "elected", None, None),
        (
            "Die Gemeindeversammlung beschliesst mit 80 Ja gegen 12 Nein, den Kredit zu genehmigen.",
            "adopted",
            (80, 12, None),
            None,
        ),
        ("Der Antrag wird mit 4 Ja-Stimmen und 11 Nein-Stimmen abgelehnt.", "rejected", (4, 11, None), None),
        ("Die Tagesordnung wird genehmigt.", "adopted", None, None),
        ("Der Tagesordnungspunkt wird in den Bauausschuss verwiesen.", "referred", None, None),
        ("Die Anwesenden stimmen dem Vorschlag einstimmig zu.", "adopted", None, True),
    ],
)
def test_a_decision_is_one_turn(text: str, outcome: str, votes: Count | None, unanimous: bool | None) -> None:
    assert _decided(text) == [(text, outcome, votes, unanimous)]


@pytest.mark.parametrize(
    "text",
    [
        "Der Rat diskutiert die Vorlage.",
        "Der Rat möge beschließen, den Weg zu widmen.",
        pytest.param(
            "Beschlussvorschlag:\nDer Rat beschließt die Satzung.",
        ),
        "Frau Ohm berichtet, dass der Kreistag den Plan beschlossen habe.",
        "Herr Ide fragt, ob der Rat zustimme.",
        "Frau Ohm kritisiert, der Ausschuss habe ohne Not abgelehnt.",
        "Der Ausschuss solle nach Ansicht von Frau Ohm der Vorlage zustimmen.",
        "48 Einwohner stimmen gegen den Standort.",
    ],
)
def test_what_is_no_decision(text: str) -> None:
    assert _decided(text) == []


def test_wording_and_result_are_told_apart() -> None:
    text = "Beschluss:\nDer Rat beschließt die Badesatzung.\n\nAbstimmungsergebnis:\n9 Ja, 2 Nein\n"
    minutes = extract(text)
    wording, evidence = _parts(minutes, minutes.decisions[0])
    assert wording is not None
    assert "Der Rat beschließt die Badesatzung." in wording
    assert "9 Ja" not in wording
    assert any("9 Ja, 2 Nein" in part for part in evidence)


def test_the_wording_does_not_hold_the_label() -> None:
    minutes = extract("Beschluss:\nDer Rat beschließt die Satzung.\n\nAbstimmungsergebnis:\n9 Ja, 2 Nein\n")
    assert _parts(minutes, minutes.decisions[0])[0] == "Der Rat beschließt die Satzung."


def test_two_resolutions_in_a_row() -> None:
    first = "Beschluss:\nDer Rat beschließt die Marktsatzung.\n\nAbstimmungsergebnis:\neinstimmig"
    second = "Beschluss:\nDer Rat lehnt die Gebührensatzung ab.\n\nAbstimmungsergebnis:\n9 Ja, 2 Nein"
    assert _decided(f"{first}\n\n{second}\n") == [
        (first, "adopted", None, True),
        (second, "rejected", (9, 2, None), None),
    ]


def test_two_resolutions_of_one_sentence_each() -> None:
    first = "Der Rat stimmt dem Änderungsantrag mit 7 Ja-Stimmen zu."
    second = "Der Rat beschließt die Satzung einstimmig."
    assert [(t, o) for t, o, *_ in _decided(f"{first}\n\n{second}\n")] == [
        (first, "adopted"),
        (second, "adopted"),
    ]


def test_wording_and_result_with_speech_between_are_two_turns() -> None:
    wording = "Beschluss:\nDer Rat beschließt die Marktsatzung."
    speech = "Frau Ohm gibt zu bedenken, dass die Händler nicht gehört worden seien."
    result = "Abstimmungsergebnis:\nmehrheitlich abgelehnt"
    minutes = extract(f"{wording}\n\n{speech}\n\n{result}\n")
    assert [(minutes.text[t.start : t.end], t.label) for t in minutes.turns] == [
        (wording, "decision"),
        (speech, "addition"),
        (result, "decision"),
    ]
    # the wording takes the outcome of the result that stands elsewhere
    assert [d.outcome for d in minutes.decisions] == ["rejected", "rejected"]


def test_the_label_before_the_debate_is_a_decision_of_its_own() -> None:
    status = "Beschluss: ungeändert beschlossen"
    speech = "Frau Ohm begrüßt die Vorlage und dankt der Verwaltung."
    result = "Der Rat beschließt die Satzung einstimmig."
    minutes = extract(f"{status}\n\n{speech}\n\n{result}\n")
    assert [(minutes.text[t.start : t.end], t.label) for t in minutes.turns] == [
        (status, "decision"),
        (speech, "addition"),
        (result, "decision"),
    ]


@pytest.mark.parametrize(
    ("text", "outcome", "chair"),
    [
        ("Bürgermeister Maul lässt abstimmen und stellt einstimmige Zustimmung fest.", "adopted", "Maul"),
        ("Bürgermeister Maul stellt Einvernehmen fest.", "adopted", "Maul"),
        (
            "Ausschussvorsitzende Ohm stellt fest, dass die Vorlage mehrheitlich abgelehnt ist.",
            "rejected",
            "Ohm",
        ),
        ("Stadtpräsidentin Ohm erklärt den Antrag für angenommen.", "adopted", "Ohm"),
        ("Es besteht Einvernehmen, den Weg zu sperren.", "adopted", None),
        ("Hiergegen erhebt sich kein Widerspruch.", "adopted", None),
    ],
)
def test_consent(text: str, outcome: str, chair: str | None) -> None:
    minutes = extract(text)
    assert [(t.label, minutes.text[t.start : t.end]) for t in minutes.turns] == [("decision", text)]
    assert [minutes.person(p).name for p in minutes.turns[0].speakers] == ([chair] if chair else [])
    assert minutes.decisions[0].outcome == outcome


def test_a_call_to_vote_belongs_to_the_result_beside_it() -> None:
    text = "Vorsitzender Maul stellt die Vorlage zur Abstimmung.\n\nAbstimmungsergebnis: 12 Ja, 3 Nein"
    assert _decided(text) == [(text, "adopted", (12, 3, None), None)]


def test_a_call_to_vote_without_result_is_none() -> None:
    minutes = extract(
        "Vorsitzender Maul stellt die Vorlage zur Abstimmung.\n\n"
        "Frau Ohm fragt, ob zuerst über den Antrag der Linken zu befinden sei.\n"
    )
    assert [t.label for t in minutes.turns] == ["other", "question"]


@pytest.mark.parametrize(
    ("text", "outcome", "unanimous"),
    [
        ("Beschluss (einstimmig): Der Gemeinderat stimmt dem Entwurf zu.", "adopted", True),
        ("Antrag mit 14:3 Stimmen angenommen.", "adopted", None),
        ("Abstimmung durch Handzeichen: Antrag mit 3:14 Stimmen abgelehnt.", "rejected", None),
    ],
)
def test_results_in_brackets_and_without_an_auxiliary(text: str, outcome: str, unanimous: bool | None) -> None:
    [decision] = extract(f"TOP 1 Haushalt\n\n{text}\n").decisions
    assert (decision.outcome, decision.unanimous) == (outcome, unanimous)


def test_a_form_that_nobody_filled_in_is_no_decision() -> None:
    assert extract("TOP 1 Haushalt\n\nBeschluss:\n\nAbstimmungsergebnis:\n\nFrau Lux dankt.\n").decisions == ()


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ("einstimmig, 9 Ja, 2 Nein", ("t1: called unanimous, but with 2 against",)),
        ("einstimmig, 9 Ja, 0 Nein, 2 Enthaltungen", ()),
    ],
)
def test_a_unanimous_decision_with_votes_against_is_warned_of(result: str, expected: tuple[str, ...]) -> None:
    minutes = extract(
        f"TOP 1 Haushalt\n\nBeschluss:\nDer Rat beschließt die Satzung.\n\nAbstimmungsergebnis: {result}\n"
    )
    assert minutes.warnings == expected


_HEAD = "Niederschrift der Sitzung des Gemeinderats Ottenau\n\nTOP 1 Vereine\n\n"


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Der Gemeinderat spricht einen Beitrag von 800 Euro.", "adopted"),  # whatever the body does that sits
        ("Der Gemeinderat sieht sich nicht in der Lage, dem Gesuch zu entsprechen.", "rejected"),
        ("Der Gemeinderat reicht die Vorlage an den Kreisausschuss weiter.", "referred"),
        ("Der Vorschlag des Turnvereins wird verworfen.", "rejected"),  # what is done to a motion
        ("Nach kurzer Beratung wird das Thema auf Mai verlegt.", "postponed"),
        ("Als Material an den Kreis überwiesen.", "referred"),  # without a verb
        ("Man kommt überein, das Fest in den August zu verschieben.", "postponed"),
        ("Dem stimmen alle zu.", "adopted"),
        ("Sie wird ohne Gegenstimme gewählt und nimmt die Wahl an.", "elected"),
        ("Das Fest soll im Mai stattfinden (7:2).", "adopted"),
        ("Der Bitte wird nicht entsprochen.", "rejected"),
        ("Die Niederschrift gilt damit als genehmigt.", "adopted"),
        ("b) Schriftführerin: Vorschlag Pia Ohm, Wiederwahl, einstimmig.", "elected"),
    ],
)
def test_decisions_without_a_word_of_deciding(text: str, outcome: str) -> None:
    assert [(x, y) for x, y, *_ in _decided(_HEAD + text)] == [(text, outcome)]


@pytest.mark.parametrize(
    "text",
    [
        "Der Gemeinderat bitte in dieser Sache um Unterstützung.",  # reported by somebody
        "- Verwiesen aus der Sitzung des Stadtrates am 18. September 2018 -",  # where the matter comes from
    ],
)
def test_what_looks_like_a_decision_of_the_body(text: str) -> None:
    assert _decided(_HEAD + text) == []


def test_a_matter_that_is_found_done_is_not_adopted() -> None:
    text = "Der Vorsitzende stellt die Erledigung des Antrags fest."
    assert [outcome for _, outcome, *_ in _decided(_HEAD + text)] == ["other"]


@pytest.mark.parametrize(
    "text",
    [
        "Der Gemeinderat besichtigt den Bauhof.",
        "Der Gemeinderat dankt dem Turnverein.",
        "Die Kommission spricht mit den Anwohnern.",  # another body
        "Der Vorschlag des Turnvereins wird vorgestellt.",
        "Der Vorschlag soll noch verworfen werden können.",
        "Kassenwart: Die Kasse stimmt.",
        "Als Material liegt der Bericht aus, den der Kreis überwiesen hat.",
    ],
)
def test_what_bodies_do_without_deciding(text: str) -> None:
    assert _decided(_HEAD + text) == []


def test_a_verdict_below_a_heading_is_no_part_of_it() -> None:
    [decision] = extract("TOP 4 Urnenwand\ngeändert beschlossen (5:1)\n\nTOP 5 Verschiedenes\n").decisions
    assert (decision.outcome, _count(decision.votes)) == ("amended", (5, 1, None))


def test_parties_with_their_votes_in_brackets() -> None:
    [decision] = extract("TOP 1 Budget\n\nBeschluss: Annahme\nDafür: SPD (5), CDU (4)\nDagegen: FDP (1)\n").decisions
    assert _count(decision.votes) == (9, 1, None)
    assert decision.by_party["CDU"].yes == 4


def test_the_next_numbered_item_ends_an_open_resolution() -> None:
    text = (
        "2. Der Brunnen.\n\nEs wurde beschlossen:\nden Brunnen instand zu setzen.\n\n3. Das Gesuch wurde abgelehnt.\n"
    )
    assert [d.outcome for d in extract(text).decisions] == ["adopted", "rejected"]
