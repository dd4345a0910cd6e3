"""Roles and parties around a mention: brackets, appositions, joined parties."""

from __future__ import annotations

import pytest

from pipeline.mentions import Mention
from pipeline.persons import find_mentions
from pipeline.roles import attach_roles, is_party


def _open(reason: str, *case: object) -> object:
    return pytest.param(*case, marks=pytest.mark.xfail(reason=reason, strict=True))


def _first(text: str) -> Mention:
    """The first mention with a name, else the first of all."""
    found = attach_roles(text, find_mentions(text))
    assert found
    return next((m for m in found if m.name), found[0])


def _roles(text: str) -> list[str]:
    return [text[a:b] for a, b in _first(text).offices]


def _parties(text: str) -> list[str]:
    return [text[a:b] for a, b in _first(text).parties]


@pytest.mark.parametrize(
    ("sentence", "party"),
    [
        ("Stadträtin Kaya (SPD) fragt nach.", "SPD"),
        ("Ratsherr Gerdes (BÜNDNIS 90/DIE GRÜNEN) fragt nach.", "BÜNDNIS 90/DIE GRÜNEN"),
        ("Stadtrat Mönch (DIE LINKE.) fragt nach.", "DIE LINKE."),
        ("GR Pichlmaier (ÖVP) stellt den Antrag.", "ÖVP"),
        ("Kantonsrätin Aebischer (SVP) widerspricht.", "SVP"),
        ("Frau Kolbe (CDU/FDP) regt an, zu warten.", "CDU/FDP"),
        ("Frau Lüders [FDP] fragt.", "FDP"),
        ("Frau Lüders, FDP, fragt.", "FDP"),
        ("SPD-Ratsherr Gerdes lehnt ab.", "SPD"),
        ("Rh. Schmiedchen (BÜRGERLISTE) fragt.", "BÜRGERLISTE"),
        ("Stadtrat Ihle (parteilos) fragt.", "parteilos"),
        ("Herr Noack (CDU-Fraktion) fragt.", "CDU-Fraktion"),
        ("Stadträtin Kaya (Unser Dorf) fragt.", "Unser Dorf"),
        ("Ktabg. Struve (FREIE WÄHLER) fragt.", "FREIE WÄHLER"),
        ("Stadtrat Ihle (AfD), der zugeschaltet ist, fragt.", "AfD"),
    ],
)
def test_parties(sentence: str, party: str) -> None:
    assert _parties(sentence) == [party]


@pytest.mark.parametrize(
    ("sentence", "roles"),
    [
        ("Landrätin Kühnast berichtet.", ["Landrätin"]),
        ("Ktabg. Struve fragt.", ["Ktabg."]),
        ("Frau Stadträtin Kaya fragt.", ["Stadträtin"]),
        ("Herr Zoch (Tiefbauamt) antwortet.", ["Tiefbauamt"]),
        ("Frau Thoma (Leiterin der Bücherei) berichtet.", ["Leiterin der Bücherei"]),
        ("Frau Thoma, Leiterin der Bücherei, berichtet.", ["Leiterin der Bücherei"]),
        (
            "Herr Kowalczyk, Geschäftsführer der Stadtwerke, erläutert die Zahlen.",
            ["Geschäftsführer der Stadtwerke"],
        ),
        ("Der Ausschussvorsitzende, Herr Ballhaus, eröffnet.", ["Ausschussvorsitzende"]),
        ("Die Ortsvorsteherin Frau Lindqvist dankt.", ["Ortsvorsteherin"]),
        ("Stadtrat Mönch, Sprecher für Verkehr, fragt.", ["Stadtrat", "Sprecher für Verkehr"]),
        ("Herr Rüegsegger (Büro Nord GmbH) zeigt den Plan.", ["Büro Nord GmbH"]),
        ("Frau Wirz (Amtsleiterin, Bauamt) antwortet.", ["Amtsleiterin", "Bauamt"]),
        ("Stadtbaurätin Zschoche (Dezernat III) antwortet.", ["Stadtbaurätin", "Dezernat III"]),
        ("Erster Beigeordneter Vollmer antwortet.", ["Erster Beigeordneter"]),
        ("AL 61 Zoch zeigt den Plan.", ["AL 61"]),
        ("Bürgermeister a. D. Herold wird geehrt.", ["Bürgermeister"]),
        ("Herr Dünser vom Bauamt antwortet.", []),
        _open("any capitalised bracket is a role", "Frau Huber (geb. Klein) fragt.", []),
        _open(
            "'als' without a comma is no apposition",
            "Herr Vogel als Leiter des Hochbaus berichtet.",
            ["Leiter des Hochbaus"],
        ),
        ("Bgm. Achleitner, zugleich Obmann, berichtet.", ["Bgm."]),
        ("Frau S., die Vorsitzende, fragt.", ["Vorsitzende"]),
        ("Frau Petersen fragt.", []),
        ("Herr Dr. Frey fragt.", []),
    ],
)
def test_roles(sentence: str, roles: list[str]) -> None:
    assert _roles(sentence) == roles


@pytest.mark.parametrize(
    ("sentence", "roles", "parties"),
    [
        ("Bürgermeisterin Ihle (CDU) dankt.", ["Bürgermeisterin"], ["CDU"]),
        ("Stadtrat Mönch (SPD, Vorsitzender) eröffnet.", ["Stadtrat", "Vorsitzender"], ["SPD"]),
        (
            "Stadträtin Kaya (SPD), Vorsitzende des Bauausschusses, eröffnet.",
            ["Stadträtin", "Vorsitzende des Bauausschusses"],
            ["SPD"],
        ),
        ("Stadträtin Kaya (siehe Anlage 3) fragt.", ["Stadträtin"], []),
        ("Stadtrat Mönch (ab 18:30 Uhr) fragt.", ["Stadtrat"], []),
        ("Stadtrat Mönch (online) fragt.", ["Stadtrat"], []),
        ("Stadtrat Mönch, der sich bedankt, fragt.", ["Stadtrat"], []),
        ("Stadtrat Mönch, Frau Kaya und Herr Ihle fragen.", ["Stadtrat"], []),
        _open(
            "an enumeration is taken for an apposition",
            "Herr Zoch, der Kämmerer und die SPD schweigen.",
            [],
            [],
        ),
        ("Frau Petersen, die Vorlage liege aus, fragt nach.", [], []),
        ("Frau Petersen dankt, der Bürgermeister nickt.", [], []),
    ],
)
def test_roles_and_parties(sentence: str, roles: list[str], parties: list[str]) -> None:
    assert (_roles(sentence), _parties(sentence)) == (roles, parties)


@pytest.mark.parametrize(
    ("sentence", "mentions"),
    [
        ("Der Ausschussvorsitzende, Herr Ballhaus, eröffnet.", ["Ballhaus"]),
        ("Die Vorsitzende Frau Kolbe dankt.", ["Kolbe"]),
        _open(
            "office and 'Herrn' are one mention, whatever their case",
            "Danach begrüßt der Vorsitzende Herrn Zoch.",
            [None, "Zoch"],
        ),
        ("Der Vorsitzende, Frau Kolbe und Herr Zoch stimmen zu.", [None, "Kolbe", "Zoch"]),
        ("Die Bürgermeisterin dankt Herrn Zoch.", [None, "Zoch"]),
        _open(
            "office and 'Herrn' are one mention, whatever their gender",
            "Danach begrüßt die Vorsitzende Herrn Zoch.",
            [None, "Zoch"],
        ),
        _open(
            "office and 'Frau' are one mention, whatever their gender",
            "Abschließend dankt der Bürgermeister Frau Thoma.",
            [None, "Thoma"],
        ),
        pytest.param(
            "Der Leiter der Bücherei, Herr Noack, berichtet.",
            ["Noack"],
        ),
        pytest.param("Eine Anwohnerin, Frau K., fragt nach.", ["K."]),
    ],
)
def test_an_office_and_its_holder_are_one(sentence: str, mentions: list[str | None]) -> None:
    assert [m.name for m in attach_roles(sentence, find_mentions(sentence))] == mentions


@pytest.mark.parametrize(
    "text",
    [
        "SPD",
        "GRÜNE",
        "DIE LINKE.",
        "FW|FÜR",
        "CDU/FDP",
        "ÖVP",
        "FPÖ",
        "SP",
        "BÜNDNIS 90/DIE GRÜNEN",
        "SPD-Fraktion",
        "Die PAR- TEI",
        "Volt",
        "CDU und SPD",
    ],
)
def test_what_is_a_party(text: str) -> None:
    assert is_party(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bauamt",
        "Leiterin",
        "GmbH",
        "Feuerwehr",
        "Stadtwerke AG",
        "Vorsitzender",
        "",
        "Amt/Referat",
        "Herr und Frau",
    ],
)
def test_what_is_no_party(text: str) -> None:
    assert not is_party(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Stv. Zeh fragt. Stv. Kern fragt. Stadtrat Lux antwortet.", "executive"),
        ("Ratsherr Zeh fragt. Ratsfrau Kern fragt. Stadtrat Lux antwortet.", "executive"),
        ("GR Zeh fragt. GR Kern fragt. StR. Lux antwortet.", "executive"),
        ("Stadtrat Zeh fragt. Stadträtin Kern fragt. Stadtrat Lux antwortet.", "mandate"),
        ("Ratsherr Zeh ist zu Gast. Stadträtin Kern fragt. Stadtrat Lux antwortet.", "mandate"),
    ],
)
def test_what_a_stadtrat_is(text: str, kind: str) -> None:
    assert attach_roles(text, find_mentions(text))[-1].office_kind == kind


@pytest.mark.parametrize(
    ("bracket", "party", "office"),
    [
        ("FDP/FW", "FDP/FW", None),
        ("FW|FÜR", "FW|FÜR", None),
        ("pl.", "pl.", None),
        ("fraktionslos", "fraktionslos", None),
        ("SPD, Vorsitzender", "SPD", "Vorsitzender"),
        ("Tiefbauamt", None, "Tiefbauamt"),
        ("Anlage 6", None, None),
    ],
)
def test_brackets_of_council_members(bracket: str, party: str | None, office: str | None) -> None:
    text = f"Stadtrat Lux ({bracket}) fragt nach dem Bad."
    (mention,) = attach_roles(text, find_mentions(text))
    assert [text[a:b] for a, b in mention.parties] == [party] * bool(party)
    assert [text[a:b] for a, b in mention.offices[1:]] == [office] * bool(office)
