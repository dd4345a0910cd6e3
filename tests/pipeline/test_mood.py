from __future__ import annotations

import pytest

from pipeline.mood import mood, verb_mood

SUBJUNCTIVE = """
    sei seien habe werde könne müsse solle wolle dürfe möge wisse hätte hätten wäre wären würde würden könnte könnten
    müsste müssten müßte gebe gäbe gehe ginge stehe stünde komme käme kämen liege läge lägen lasse ließe finde fände
    handle handele ändere erneuere bestehe entstehe erhalte bekomme ausgehe stattfinde vorliege anstehe zustehe
    eingehe hinweise mitteile ausreiche zurückgehe bedeute betrage koste dauere fehle erfolge verfüge plane schließe
    schliesse funktioniere finanziere saniere erkläre frage antworte
"""

INDICATIVE = """
    ist sind war waren hat hatte hatten wird wurde kann konnte muss musste muß soll will darf mag gibt gab geht ging
    steht stand liegt lag lässt ließ findet fand bleibt blieb besteht bestand erhält erhielt entsteht fehlt dauert
    kostet zeigt stattfindet vorliegt fragt sagt meint
"""

NEITHER = """
    haben werden können müssen sollen gehen gingen ließen hielten sagte fragte machte führen wollte sollte möchte
    gesagt erklärt bestellt saniert erreicht eine meine keine ohne heute bitte danke neue ganze lange gute teilweise
    zufolge bekannte weitere alle viele
"""


@pytest.mark.parametrize("form", SUBJUNCTIVE.split())
def test_forms_of_reported_speech(form: str) -> None:
    assert verb_mood(form) == "subjunctive"


@pytest.mark.parametrize("form", INDICATIVE.split())
def test_forms_of_narration(form: str) -> None:
    assert verb_mood(form) == "indicative"


@pytest.mark.parametrize("form", NEITHER.split())
def test_forms_that_tell_no_mood(form: str) -> None:
    assert verb_mood(form) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("der Weg sei frei", "subjunctive"),
        ("der Weg ist frei", "indicative"),
        ("die Kosten seien gedeckt, sobald der Bescheid da ist und man ihn prüfe", "subjunctive"),
        ("der Weg frei ist, wie er immer war, und man könnte ihn nutzen", "indicative"),
        ("die Wege haben Schäden", None),
        ("die Kosten zu prüfen", None),
        ("nach dem Weg", None),
        ("", None),
        ("der Weg ist frei, der Steg sei gesperrt", None),
        ("Gebe es Mindeststandards?", "subjunctive"),
        ("Sei die Brücke gesperrt?", "subjunctive"),
        ("Gibt es Mindeststandards?", "indicative"),
        ("Die Frage der Würde und eine Reise", None),
        ("Die Habe der Familie", None),
        ("Frage der Vorsitzenden", None),
        ("Ich habe den Weg gesehen", None),
        ("ich gehe davon aus", None),
        ("davon gehe ich aus", None),
        ("ich sei gefragt worden", "subjunctive"),
        ("Er sagt, ich sei gefragt worden, und er habe geantwortet", "subjunctive"),
        ("Gehen Sie nach Hause!", None),
        ("Herr Stelle und Frau Lage", None),
    ],
)
def test_the_mood_of_what_is_said(text: str, expected: str | None) -> None:
    assert mood([text]) == expected


def test_all_parts_count() -> None:
    assert mood(["der Weg sei frei", "der Steg ist gesperrt", "man könne gehen"]) == "subjunctive"
