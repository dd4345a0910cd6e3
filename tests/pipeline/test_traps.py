"""Sentences in which somebody seems to be named or to speak but does not, and look-alikes in which somebody does."""

from __future__ import annotations

import pytest

from tests.pipeline.ruled import extract


def _persons(sentence: str) -> list[str]:
    return [person.name for person in extract(sentence).persons if person.kind == "person"]


def _speakers(sentence: str) -> list[str]:
    minutes = extract(sentence)
    found = [minutes.person(id) for turn in minutes.turns for id in turn.speakers]
    return [person.name for person in found if person.kind == "person"]


NOBODY = {
    "verbs and nouns that look like names": [
        "Fragt jemand nach dem Bad, so hilft das Faltblatt.",
        "Bittere Kälte verzögerte den Bau um drei Wochen.",
        "Klein war das Echo auf die Umfrage.",
        "Lang dauerte die Sperrung der Brücke.",
        "Kurz nach 19 Uhr ging das Licht aus.",
        "Sommer wie Winter bleibt das Tor geschlossen.",
        "Rot markiert sind die Flächen mit Baumbestand.",
        "Frank und frei lasse sich darüber nicht reden.",
        "Vogel und Fledermaus wurden im Gutachten gezählt.",
        "Fuchs und Marder plünderten den Hühnerhof am Bauhof.",
        "Engel aus Holz stehen künftig am Eingang.",
        "Stein um Stein wurde die Mauer abgetragen.",
        "Rosen und Linden säumen den neuen Weg.",
        "Richter und Schöffen werden im Herbst neu gewählt.",
    ],
    "places": [
        "Bad Lauterbach meldet steigende Gästezahlen.",
        "Neustadt (Dosse) liegt an der Bahnstrecke nach Berlin.",
        "Die Fahrt nach Sankt Andreas dauert zwanzig Minuten.",
        "Der Ortsteil Marienfeld erhält einen Gehweg.",
        "Ludwigsburg plant dasselbe.",
        "In Wilhelmshaven gilt eine ähnliche Satzung.",
        "Am Kap Arkona steht ein neuer Mast.",
        "Der Gemeindeteil Alt Heinrichsruh bekommt Glasfaser.",
        "Karlshof und Ernstthal sind über den Feldweg verbunden.",
    ],
    "streets and squares": [
        "Die Konrad-Adenauer-Straße wird im Mai asphaltiert.",
        "Der Anna-Seghers-Platz bleibt autofrei.",
        "Im Kurt-Schumacher-Ring fehlen Parkplätze.",
        "Die Ecke Friedrich-Ebert-Allee ist unfallträchtig.",
        "Am Bertha-Benz-Weg soll ein Spielplatz entstehen.",
        "Der Radweg an der Otto-Hahn-Straße endet im Nichts.",
        "Die Baustelle Georgstraße dauert an.",
        "Zwischen Petersweg und Martinsgasse fehlt ein Licht.",
    ],
    "buildings and schools named after people": [
        "Die Astrid-Lindgren-Schule meldet sieben Klassen.",
        "Das Albert-Schweitzer-Haus wird saniert.",
        "Im Theodor-Heuss-Gymnasium fällt der Unterricht aus.",
        "Die Clara-Schumann-Halle ist ausgebucht.",
        "Das Klinikum St. Elisabeth baut an.",
        "Die Kita St. Martin öffnet im August.",
        "Das Pfarrheim Sankt Josef steht leer.",
        "Die Elisabeth-Selbert-Gesamtschule bekommt eine Mensa.",
    ],
    "firms and offices": [
        "Die Firma Möller GmbH liefert die Fenster.",
        "Den Auftrag erhielt die Hans Meier Bau GmbH.",
        "Die Max Huber KG hat das günstigste Angebot abgegeben.",
        "Das Ingenieurbüro Krause + Partner rechnet mit 80.000 Euro.",
        "Der Auftrag ging an Schmidt & Söhne.",
        "Die Bäckerei Wagner schließt zum Jahresende.",
        "Die Kanzlei Dr. Bauer & Kollegen prüft den Vertrag.",
        "Das Autohaus König zieht in das Gewerbegebiet.",
        "Die Stiftung Warentest hat die Geräte geprüft.",
    ],
    "months, weekdays, seasons": [
        "August und September bleibt das Freibad geöffnet.",
        "Im April beginnt die Sanierung.",
        "Mai bis Juli ist die Straße gesperrt.",
        "Der Julianfang bringt die Ferien.",
        "Freitag um 18 Uhr endet die Frist.",
        "Sonntag wird nicht gebaut.",
        "Ostern fällt in diesem Jahr spät.",
    ],
    "products and matters": [
        "Die Software Jasmin läuft auf allen Rechnern.",
        "Das Programm Felix 3 wird abgelöst.",
        "Sturmtief Friederike hat 120 Bäume umgeworfen.",
        "Der Mercedes Sprinter der Feuerwehr ist 20 Jahre alt.",
        "Das Modell Magirus Deutz wird nicht mehr gebaut.",
        "Der Harz-Trail wird neu beschildert.",
        "Die Linie Karl wird eingestellt.",
    ],
    "bodies with the name of their place": [
        "Der Ortsbeirat Weidenborn beschließt den Plan.",
        "Der Gemeinderat Altdorf lehnt den Antrag ab.",
        "Das Landratsamt Karlstadt hat den Plan genehmigt.",
        "Die Stadtwerke Heinrichsau erhöhen die Preise.",
        "Mitglied Kreistag, Mitglied Ältestenrat",
        "Die Feuerwehr Josefstal hat 40 Aktive.",
    ],
}

SPOKEN_ABOUT = [
    "Die Verwaltung berichtet, Frau Lux habe gekündigt.",
    "Das Bad, das Herr Zeh 1998 gebaut hat, wird saniert.",
    "Der Nachruf auf Herrn Kern wird verlesen.",
    "Die Verwaltung teilt mit, dass Frau Falk im Mai beginne.",
    "Zum Mitglied wird Frau Maul gewählt.",
    "Das Gutachten von Herrn Dr. Ebel liegt vor.",
    "Die Ausstellung zeigt Bilder von Anna Lux.",
    "Der Antrag von Frau Roth wird vertagt.",
    "Wie Goethe schrieb, irrt der Mensch, so lange er strebt.",
    "Im Leserbrief hieß es, Herr Zeh wolle die Schule schließen.",
    "Die Kosten für die Reise von Frau Lux übernimmt der Kreis.",
    "An die Stelle von Herrn Kern tritt im Mai ein Nachfolger.",
]

SOMEBODY = [
    ("Herr Lang fragt nach dem Bad.", "Lang"),
    ("Frau Kurz antwortet, es sei offen.", "Kurz"),
    ("Frau Sommer bittet um Auskunft, wann gebaut werde.", "Sommer"),
    ("Stadtrat Rot (SPD) fragt nach den Flächen.", "Rot"),
    ("Herr Vogel fragt, ob Fledermäuse gezählt wurden.", "Vogel"),
    ("Frau August teilt mit, das Bad sei offen.", "August"),
    ("Herr Freitag fragt nach der Frist.", "Freitag"),
    ("Frau Neustadt fragt nach der Bahn.", "Neustadt"),
    ("Herr Richter fragt nach den Schöffen.", "Richter"),
    ("Frau König erklärt, das Autohaus ziehe um.", "König"),
    ("Anna Straß fragt nach dem Gehweg.", "Straß"),
    ("Konrad Adenau fragt nach der Straße.", "Adenau"),
    ("Die Firma liefere im Mai, erklärt Herr Möller.", "Möller"),
    ("Ortsbeirätin Weidenborn fragt nach dem Plan.", "Weidenborn"),
    ("Herr Klein berichtet, Frau Lux habe gekündigt.", "Klein"),
    ("Frau Falk teilt mit, dass Herr Zeh im Mai beginne.", "Falk"),
]


@pytest.mark.parametrize("sentence", [sentence for kind in NOBODY.values() for sentence in kind])
def test_nobody_is_named(sentence: str) -> None:
    assert _persons(sentence) == []


@pytest.mark.parametrize("sentence", SPOKEN_ABOUT)
def test_who_is_spoken_about_does_not_speak(sentence: str) -> None:
    assert _speakers(sentence) == []


@pytest.mark.parametrize(("sentence", "name"), SOMEBODY)
def test_somebody_speaks(sentence: str, name: str) -> None:
    assert _speakers(sentence) == [name]


def test_there_are_traps_enough() -> None:
    assert sum(map(len, NOBODY.values())) >= 60
