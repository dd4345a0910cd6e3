from __future__ import annotations

import pytest

from corpus.record import Minutes
from pipeline.attendance import read_list
from pipeline.layout import layout
from pipeline.list_entries import is_deputy
from pipeline.listed_names import listed_names
from pipeline.persons import find_mentions
from tests.pipeline.ruled import extract

BODY = "\n\nTOP 1 Eröffnung\n\nFrau Ohm berichtet vom Fest.\n"


def _minutes(attendance: str, body: str = BODY) -> Minutes:
    return extract(f"Niederschrift des Rates\n\n{attendance}{body}")


def _list(attendance: str, body: str = BODY) -> list[tuple[str, str]]:
    minutes = _minutes(attendance, body)
    return [(minutes.person(a.person).name, a.status) for a in minutes.meeting.attendance]


def _chair(attendance: str) -> str | None:
    minutes = _minutes(attendance)
    return minutes.person(minutes.meeting.chair).name if minutes.meeting.chair else None


@pytest.mark.parametrize(
    ("attendance", "expected"),
    [
        ("Anwesend:\nAnna Lux\n\nEntschuldigt:\nJan Zeh\n\nFerner:\nUte Rot", ["present", "excused", "present"]),
        ("Entschuldigt:\nCDU: Jan Zeh\nSPD: Ute Rot", ["excused", "excused"]),  # a party begins no new status
        ("Entschuldigt fehlt:\nJan Zeh\n\nEs fehlt:\nUte Rot", ["excused", "absent"]),
        ("Anwesend:\nAnna Lux (SPD)\nJan Zeh (CDU)\nentschuldigt\nUte Rot (FDP)", ["present", "present", "excused"]),
        ("Anwesend:\nAnna Lux\nJan Zeh, entsch. (Urlaub)\nUte Rot, fehlt", ["present", "excused", "absent"]),
        ("Anwesend:\nAnna Lux\nJan Zeh (unentschuldigt)", ["present", "absent"]),
        ("Anw.: AM Lux; AM Zeh\nVerw.: AL Rot", ["present", "present", "present"]),
        ("Präsidium:\nPräses Anna Lux\n\nSynodale:\nJan Zeh", ["present", "present"]),
        ("Anwesend:\n\nVorsitzende\nFrau Anna Lux (SPD)\n\nMitglieder\nHerr Jan Zeh (CDU)", ["present", "present"]),
        ("Für den Betriebsrat:\nAnna Lux (Sprecherin)\nJan Zeh (Versand)", ["present", "present"]),
    ],
)
def test_status_of_groups_and_entries(attendance: str, expected: list[str]) -> None:
    assert [status for _, status in _list(attendance)] == expected


def test_no_list_in_sentences() -> None:
    assert _list("Frau Lux hat die Einladung versandt.\n\nHerr Zeh begrüßt Frau Rot.") == []


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Frau Lux, Leiterin Tiefbau", ["Lux"]),
        ("AM Lux, AM Zeh", ["Lux", "Zeh"]),
        ("Anna Lux (SPD) für Frau Rot", ["Lux"]),
        ("Frau Lux und Frau Rot", ["Lux", "Rot"]),
        ("Quelmann, Anna (CDU)", ["Quelmann"]),
        ("Quelmann, Dr. Anna (FDP)", ["Quelmann"]),
        ("Schulze Quelmann, Anna (CDU)", ["Schulze Quelmann"]),
        ("s.B. Quelmann, Anna (CDU)", ["Quelmann"]),
        ("Rathaus, Saal Anna", []),
    ],
)
def test_entries_of_a_line(line: str, names: list[str]) -> None:
    assert [name for name, _ in _list(f"Anwesend:\n{line}")] == names


def test_family_name_first_without_comma_only_where_the_list_writes_so() -> None:
    assert [m.name for m in listed_names(layout("Quelmann Anna (SPD)\nBrosig Jan (CDU)\n"))] == ["Quelmann", "Brosig"]
    assert listed_names(layout("Anna Quelmann (SPD)\nJan Brosig (CDU)\nQi Anna (FDP)\n")) == ()
    two = listed_names(layout("Anwesend:\n\nQuelmann, Anna                Brosig, Jan\n"))
    assert [m.name for m in two] == ["Quelmann", "Brosig"]


@pytest.mark.parametrize(
    ("attendance", "chair"),
    [
        ("Anwesend:\nJan Zeh (CDU)\nAnna Lux (SPD), Vorsitzende", "Lux"),
        ("Anwesend:\nBV Jan Zeh (CDU)\nBV Anna Lux (Grüne) – Vors.", "Lux"),
        ("Vorsitz\nQuelmann, Anna (CDU)\n\nMitglieder\nJan Zeh (SPD)", "Quelmann"),
        ("a) der Vorsitzende\nBürgermeister Jan Zeh\nb) die Mitglieder\nAnna Lux", "Zeh"),
        ("Anwesend:\nJan Zeh (CDU), stellv. Vorsitzender\nAnna Lux (SPD), Vorsitzende", "Lux"),
        ("Vorsitzender: stv. BM Jan Zeh\nMitglieder: Anna Lux, Ute Rot", "Zeh"),
        ("Anwesend:\nAnna Lux (SPD), Ortsvorsteherin\nJan Zeh (CDU), stellv. Ortsvorsteher", "Lux"),
        ("Anwesend:\nJan Zeh (CDU)\nAnna Lux (SPD)\n\nEntschuldigt:\nUte Rot (SPD), Vorsitzende", None),
        (
            "Anwesend:\nJan Zeh (CDU), stv. Vorsitzender\nAnna Lux (SPD)\n\nEntschuldigt:\nUte Rot, Vorsitzende",
            "Zeh",
        ),
    ],
)
def test_chair_of_the_list(attendance: str, chair: str | None) -> None:
    assert _chair(attendance) == chair


HEADS = "Anwesend:\nAnna Lux (SPD), Ortsvorsteherin\nJan Zeh (CDU), stellv. Ortsvorsteher\nUte Rot (Kassenwartin)"


@pytest.mark.parametrize(
    ("sentence", "speaker"),
    [
        ("Die Ortsvorsteherin berichtet vom Fest.", "Lux"),
        ("Der stellv. Ortsvorsteher berichtet vom Fest.", "Zeh"),
        ("Die Kassenwartin berichtet vom Fest.", "Rot"),
        ("Der Förster berichtet vom Fest.", "Förster"),
    ],
)
def test_offices_of_the_list_in_the_text(sentence: str, speaker: str) -> None:
    minutes = _minutes(HEADS, f"\n\nTOP 1 Eröffnung\n\n{sentence}\n")
    assert [minutes.person(p).name for turn in minutes.turns for p in turn.speakers] == [speaker]


def test_times_and_offices_stay_in_their_line() -> None:
    text = "Anwesend:\nAnna Lux (SPD), Ortsvorsteherin\nJan Zeh (CDU), ab 18:50 Uhr\nUte Rot, bis TOP 4\n"
    found = layout(text)
    entries = read_list(found, find_mentions(found.clean.text))
    assert [(e.arrives, e.leaves) for e in entries] == [(None, None), ("18:50 Uhr", None), (None, "TOP 4")]
    assert [e.lemmas for e in entries] == [("Ortsvorsteher",), (), ()]
    assert [e.group for e in entries] == ["Anwesend"] * 3


@pytest.mark.parametrize(
    ("office", "expected"),
    [
        ("stellv. Ortsvorsteher", True),
        ("2. Vorsitzender", True),
        ("Obmann-Stv.", True),
        ("Vizepräses", True),
        ("1. Vorsitzender", False),
        ("Stv. Lux", False),  # Stadtverordneter
        ("2. Bauabschnitt", False),
    ],
)
def test_deputies(office: str, expected: bool) -> None:
    assert is_deputy(office) is expected


@pytest.mark.parametrize(
    ("attendance", "names"),
    [
        ("Anwesend:\n1. Greiner,\n2. Stadtrat Lux,\n3. Direktor der Werke Zeh;", ["Greiner", "Lux", "Zeh"]),
        ("Anwesend:\nMonika (1. Vors.), Detlef (Kassenwart), Holger", ["Monika", "Detlef"]),
        ("Anwesend: GR Berger, Ostrander, Zenz, Quelmann, Ott J.", ["Berger", "Ostrander", "Zenz", "Quelmann", "Ott"]),
        ("Anwesend:\nKBD Terhorst\nVAe Ostrander", ["Terhorst", "Ostrander"]),
        ("Entschuldigt: Ostrander (Urlaub)", ["Ostrander"]),
        ("Entschuldigt: niemand", []),
        ("Entschuldigt:\nFrau Ida Lux, Lindenau", ["Lux"]),  # the place that she comes from
        ("Anwesend: Presse, Gäste, Verwaltung", []),
        ("Anwesend:\nGR Terhorst Kurt (ÖVP)\nGR Ostrander Ida\nGR Novak Petra", ["Terhorst", "Ostrander", "Novak"]),
        ("Vorsitz\t\tAnna Lux\nProtokoll\t\tJan Zeh", ["Lux", "Zeh"]),
    ],
)
def test_names_of_the_list(attendance: str, names: list[str]) -> None:
    assert [name for name, _ in _list(attendance)] == names


def test_capacities_and_parties_of_groups() -> None:
    minutes = _minutes(
        "Anwesend:\n\nCDU-Fraktion\nAnna Lux\n\nVerwaltung:\nFrau Roth\n\nGäste:\nHerr Kolb\n\n"
        "Schriftführerin: Eva Thies\n\nFerner:\nIda Krug"
    )
    listed = [(minutes.person(a.person), a.capacity) for a in minutes.meeting.attendance]
    assert [(person.name, person.party, capacity) for person, capacity in listed] == [
        ("Lux", "CDU", "member"),
        ("Roth", None, "administration"),
        ("Kolb", None, "guest"),
        ("Thies", None, "minutes"),
        ("Krug", None, None),
    ]


def test_a_list_that_is_withheld_names_nobody() -> None:
    assert _list("Anwesend: 12 Mitglieder; die Namen werden aus Gründen des Datenschutzes nicht veröffentlicht") == []


@pytest.mark.parametrize(
    ("attendance", "expected"),
    [
        pytest.param(
            "Anwesend: 2\nAbwesend: 1\n\nAnna Lux\nJan Zeh",
            [("Lux", "present"), ("Zeh", "present")],
            id="counts are no headings",
        ),
        pytest.param("Anwesend: 2\n\nAbwesend:\nAnna Lux", [("Lux", "absent")], id="a heading behind a count"),
        pytest.param(
            "Anwesend:                 Abwesend:\nAnna Lux                  Jan Zeh (entsch.)\nUte Rot",
            [("Lux", "present"), ("Zeh", "excused"), ("Rot", "present")],
            id="two columns",
        ),
        pytest.param(
            "Name        | anwesend | entschuldigt\nLux, Anna   |    x     |\nZeh, Jan    |          |     x",
            [("Lux", "present"), ("Zeh", "excused")],
            id="marks in a table",
        ),
        pytest.param(
            "Teilnehmer:\n[x] Anna Lux\n[e] Jan Zeh\n[ ] Ute Rot",
            [("Lux", "present"), ("Zeh", "excused"), ("Rot", "absent")],
            id="marks in front",
        ),
        pytest.param(
            "Lux, Anna ......... gez. Lux\nZeh, Jan .......... entschuldigt\nRot, Ute .......... gez. Rot",
            [("Lux", "present"), ("Zeh", "excused"), ("Rot", "present")],
            id="signatures",
        ),
        pytest.param(
            "Unter dem Vorsitz von Frau Ida Kern\n\nAnna Lux\nJan Zeh\nUte Rot",
            [("Kern", "present"), ("Lux", "present"), ("Zeh", "present"), ("Rot", "present")],
            id="no label",
        ),
        pytest.param("Anna Lux\nJan Zeh", [], id="two names are no list"),
        pytest.param("Anna Lux legt den Plan aus\nJan Zeh holt ihn ab\nUte Rot liest ihn", [], id="they do something"),
        pytest.param(
            "Anwesend waren die Ratsmitglieder Anna Lux und Jan Zeh. Es fehlte Ute Rot.",
            [("Lux", "present"), ("Zeh", "present"), ("Rot", "absent")],
            id="sentences",
        ),
        pytest.param(
            "Nicht anwesend:\nRatsmitglieder\nAnna Lux\n\nVerwaltung:\nJan Zeh",
            [("Lux", "absent"), ("Zeh", "present")],
            id="members below those who are missing",
        ),
        pytest.param(
            "Anwesend:\n- Lux Anna (SPD)\n- Terhorst Jan\nEs fehlt:\n- Ostrander Ute (e)",
            [("Lux", "present"), ("Terhorst", "present"), ("Ostrander", "excused")],
            id="dashes",
        ),
        pytest.param(
            "Gegenwärtig: Joh. Lux, Nik. Zeh, F. Rot",
            [("Lux", "present"), ("Zeh", "present"), ("Rot", "present")],
            id="given names in short",
        ),
        pytest.param(
            "Entschuldigt (2): Anna Lux, Jan Zeh", [("Lux", "excused"), ("Zeh", "excused")], id="label with a count"
        ),
        pytest.param(
            "Anwesend:\nAnna Lux\nJan Zeh\n\nProtokoll: Jan Zeh",
            [("Lux", "present"), ("Zeh", "present")],
            id="who takes the minutes is listed once",
        ),
    ],
)
def test_layouts(attendance: str, expected: list[tuple[str, str]]) -> None:
    assert _list(attendance) == expected


def test_a_list_at_the_end() -> None:
    body = BODY + "\nAnwesende Ratsmitglieder:\nAnna Lux, Ortsbürgermeisterin\nJan Zeh\n\nEntschuldigt: Ute Rot\n"
    assert _list("", body) == [("Lux", "present"), ("Zeh", "present"), ("Rot", "excused")]
