from __future__ import annotations

import pytest

from pipeline.resolutions import Resolution, read_resolution, settled


def _read(text: str) -> Resolution:
    return read_resolution(text, "", "")


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Herr Lux zieht nach dem Hinweis der Verwaltung den Antrag seiner Fraktion zurück.", "withdrawn"),
        ("Er stellt Einvernehmen fest, den Punkt 4 abzusetzen.", "postponed"),
        ("Der Antrag, den Punkt zu vertagen, wird abgelehnt.", "rejected"),
        ("Der Punkt wird auf Mai geschoben.\n5 x Ja", "postponed"),
        ("Die Beschlussfassung wird ausgesetzt, bis das Gutachten vorliegt.", "postponed"),
        ("Das Anliegen geht an den Umweltausschuss.", "referred"),
        ("Die Vorlage wird ohne Votum an den Rat weitergeleitet.", "referred"),
        ("Der Rückweisungsantrag wird mit 40 Ja gegen 12 Nein gutgeheissen.", "referred"),
        ("Der Rückweisungsantrag wird abgelehnt.", "rejected"),
        ("Die Motion wird erheblich erklärt.", "adopted"),
        ("Der Bericht wird einhellig zur Kenntnis genommen.", "noted"),
        ("zur Kenntnis genommen / ohne Votum", "noted"),
        ("ohne Votum", "other"),
        ("Der Rat nimmt den Bericht zur Kenntnis und erteilt dem Vorstand Entlastung.", "adopted"),
        ("Das gemeindliche Einvernehmen wird versagt.\n7 : 3", "rejected"),
        ("Das gemeindliche Einvernehmen wird erteilt.\n7 : 3", "adopted"),
        ("Der Ausschuss empfiehlt dem Rat, den Antrag abzulehnen.\n7 : 3", "rejected"),
        ("Der Rat berief Frau Zeh zur Naturschutzbeauftragten.\nBei 3 Gegenstimmen", "elected"),
        ("Das Protokoll wird mit dieser Berichtigung genehmigt.", "amended"),
        ("Das Protokoll wird genehmigt.", "adopted"),
        ("Dem Antrag wird gefolgt.", "adopted"),
        ("Gegen die Tagesordnung besteht kein Einwand.", "adopted"),
        ("3.500 Euro werden bewilligt.", "adopted"),
        ("2 Nein-Stimmen, alle übrigen dafür", "adopted"),
        ("4 Ja-Stimmen, die Mehrheit dagegen", "rejected"),
        # "Ablehnung: 2" counts, it does not say that anything was refused
        ("Der Rat beschließt die Satzung.\nZustimmung: 7 Ablehnung: 2 Enthaltung: 1", "adopted"),
        ("Der Rat beschließt die Satzung.\nZustimmung: 2 Ablehnung: 7 Enthaltung: 1", "rejected"),
        # what is quoted is not the outcome
        ("Resolution: „Die Versammlung lehnt jede Kürzung der Zuschüsse ab.“\nEinstimmig", "adopted"),
        # the labelled line decides
        ("Der Empfehlung wird gefolgt, die Anhörung wird abgelehnt.\nErgebnis: gegen 2 Stimmen beschlossen", "adopted"),
        ("Beschluss: Der Ortsbeirat gibt 540 Euro für den Bücherkasten.", "adopted"),
        ("Beschluss: Den in der Vorlage aufgeführten Aufwendungen und Auszahlungen so", "other"),
        ("Beschluss: ohne, weil die Vorlage nicht rechtzeitig kam", "other"),
        ("Beschluss: Der Rat befürwortet die Planung.\nJa: / Nein: / Enthaltung:", "other"),
        ("Die Vergabe wurde zuruckgestellt.", "postponed"),
    ],
)
def test_outcome_of_a_resolution(text: str, outcome: str) -> None:
    assert _read(text).outcome == outcome


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Einstirnmig angenommen", True),
        ("Die Tagesordnung wird ohne Widerspruch bestätigt.", True),
        ("Gegen die Tagesordnung erhob sich kein Einspruch.", True),
        ("Hierüber bestand Einvernehmen.", True),
        ("Mit Einverständnis aller Fraktionen wird der Punkt vertagt.", True),
        ("Angenommen, niemand dagegen.", True),
        ("Die Niederschrift wird genehmigt.\nErgebnis: einstimmig", True),
        ("Das gemeindliche Einvernehmen wird erteilt.", False),
        ("Der Weg wird im Einvernehmen mit dem Kreis gesperrt.", False),
        ("Dem einstimmigen Vorschlag des Ausschusses wird gefolgt.\n9 Ja, 2 Nein", False),
        ("Resolution: „Wir fordern einstimmig mehr Geld für unsere Schulen.“\n12 Ja, 0 Nein", False),
    ],
)
def test_unanimity_of_a_resolution(text: str, expected: bool) -> None:
    assert _read(text).unanimous is expected


def _settle(*texts: str) -> list[str]:
    return [x.outcome for x in settled([(1, _read(text)) for text in texts])]


def test_a_wording_takes_the_outcome_of_the_result_elsewhere() -> None:
    wording = "Beschluss:\nDer Rat beschließt die Marktsatzung."
    assert _settle(wording, "Abstimmungsergebnis:\nmehrheitlich abgelehnt") == ["rejected", "rejected"]
    assert _settle(wording, "Der Antrag der FWG wird abgelehnt.") == ["adopted", "rejected"]
    other_item = settled([(1, _read(wording)), (2, _read("Abstimmungsergebnis: mehrheitlich abgelehnt"))])
    assert [x.outcome for x in other_item] == ["adopted", "rejected"]


def test_a_result_that_approves_takes_what_was_approved() -> None:
    assert _settle("Beschluss:\nDer Rat beschließt mit der Maßgabe, dass § 7 entfällt.", "dafür: 12") == [
        "amended",
        "amended",
    ]
    assert _settle("Beschluss:\nDie Beratung wird vertagt.", "dagegen: 12, dafür: 3") == ["rejected", "rejected"]


def test_a_blank_form_takes_the_status_above_it() -> None:
    form = "Beschluss:\nDer Ortsrat entscheidet im Mai.\nAbstimmungsergebnis:\nJa:\nNein:\nEnthaltung:"
    assert _settle("Beschlussart: vertagt", form) == ["postponed", "postponed"]
    assert _settle(form) == ["other"]
