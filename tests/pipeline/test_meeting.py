from __future__ import annotations

import datetime as dt

import pytest

from corpus.record import Meeting
from tests.pipeline.ruled import extract

BODY = "\n\nTOP 1 Eröffnung\n\nFrau Ohm berichtet vom Fest am 1. Januar 1999 um 3 Uhr.\n"


def _meeting(head: str, end: str = "") -> Meeting:
    return extract(f"{head}{BODY}\n{end}").meeting


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Sitzung des Rates am 3. Mai 2024", dt.date(2024, 5, 3)),
        ("Sitzung des Rates vom 03.05.2024", dt.date(2024, 5, 3)),
        ("Sitzung des Rates am Freitag, dem 03. Mai 2024", dt.date(2024, 5, 3)),
        ("Sitzung des Rates, 3.5.24", dt.date(2024, 5, 3)),
        ("Datum: 28. Feber 2023", dt.date(2023, 2, 28)),
        ("Datum: 7. Jänner 2023", dt.date(2023, 1, 7)),
        ("Datum: 7. Sept. 2023", dt.date(2023, 9, 7)),
        ("Sitzung vom 14. März 1911", dt.date(1911, 3, 14)),
        ("Montag, 1. Dezember 2025, 20.00 Uhr", dt.date(2025, 12, 1)),
        ("Sitzung am 31.02.2024", None),
        ("14. Sitzung des Rates", None),
        ("§ 3.5 der Geschäftsordnung", None),
        ("", None),
    ],
)
def test_date(head: str, expected: dt.date | None) -> None:
    assert _meeting(f"Niederschrift\n\n{head}").date == expected


@pytest.mark.parametrize(
    ("head", "end", "start", "stop"),
    [
        ("Beginn: 18:00 Uhr\nEnde: 20:15 Uhr", "", dt.time(18), dt.time(20, 15)),
        ("Beginn: 18.00 Uhr          Ende: 20.15 Uhr", "", dt.time(18), dt.time(20, 15)),
        ("Beginn: 18 Uhr", "Ende der Sitzung: 20:15 Uhr", dt.time(18), dt.time(20, 15)),
        ("Uhrzeit: 18:00 - 20:15 Uhr", "", dt.time(18), dt.time(20, 15)),
        ("Zeit: 18.00 bis 20.15 Uhr", "", dt.time(18), dt.time(20, 15)),
        ("Dauer: 18:00 Uhr bis 20:15 Uhr", "", dt.time(18), dt.time(20, 15)),
        (
            "Beginn: 19:30 Uhr",
            "Bürgermeisterin Ohm schließt die Sitzung um 21:05 Uhr.",
            dt.time(19, 30),
            dt.time(21, 5),
        ),
        (
            "Montag, 1. Dezember 2025, 20.00 Uhr",
            "Schluss der Versammlung: 22.40 Uhr",
            dt.time(20),
            dt.time(22, 40),
        ),
        ("Beginn: 18:00 Uhr\nEnde: 24:00 Uhr", "", dt.time(18), dt.time(0)),
        ("Beginn: 18.00 Uhr\nEnde: 20.15 Uhr", "Die Pause endete um 19.00 Uhr.", dt.time(18), dt.time(20, 15)),
        ("3. Mai 2024, 18:30 - 20:15, Ratssaal", "", dt.time(18, 30), dt.time(20, 15)),
        ("Beginn: 18:00 Uhr", "Um 21.05 Uhr schließt Frau Ohm die Sitzung.", dt.time(18), dt.time(21, 5)),
        ("Beginn: 18:00 Uhr", "Die Sitzung endet gegen halb neun.", dt.time(18), dt.time(20, 30)),
        ("Beginn Nachmittags 5½ Uhr", "Schluß der Sitzung 7¾ Uhr.", dt.time(17, 30), dt.time(19, 45)),
        ("Von: 18:00 Uhr  Bis: 20:30 Uhr", "", dt.time(18), dt.time(20, 30)),
        ("Beginn: 18:00 Uhr", "Das Bad schließt im Mai, der Bus fährt um 19.10 Uhr ab.", dt.time(18), None),
        ("Ort: Ratssaal", "", None, None),
        ("Telefon 18.00.20", "", None, None),
    ],
)
def test_times(head: str, end: str, start: dt.time | None, stop: dt.time | None) -> None:
    meeting = _meeting(f"Sitzung des Rates\n{head}", end)
    assert (meeting.start_time, meeting.end_time) == (start, stop)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Niederschrift über die 5. Sitzung des Hauptausschusses am 3. Mai 2024", "Hauptausschuss"),
        ("Protokoll der Sitzung des Kreistages vom 3. Mai 2024", "Kreistag"),
        ("Ausschuss für Bauen und Verkehr\n5. Sitzung", "Ausschuss für Bauen und Verkehr"),
        ("Sitzung des Ausschusses für Soziales am 3. Mai 2024", "Ausschuss für Soziales"),
        ("Gremium: Stadtverordnetenversammlung", "Stadtverordnetenversammlung"),
        ("Protokoll der Bürgerschaft vom 3. Mai 2024", "Bürgerschaft"),
        ("Verhandlungsschrift über die Sitzung des Gemeinderates vom 3. Mai 2024", "Gemeinderat"),
        ("Protokoll der Gemeindeversammlung vom 1. Dezember 2025", "Gemeindeversammlung"),
        ("Sitzung des Ortsbeirats am 3. Mai 2024", "Ortsbeirat"),
        ("Notizen", None),
    ],
)
def test_body(head: str, expected: str | None) -> None:
    assert _meeting(head).body == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Ort: Ratssaal, Markt 1", "Ratssaal, Markt 1"),
        ("Sitzungsort: Gasthof Krone", "Gasthof Krone"),
        ("Raum: 2.14", "2.14"),
        pytest.param(
            "im Großen Saal des Rathauses",
            "im Großen Saal des Rathauses",
            marks=pytest.mark.xfail(
                reason="the line is joined to the one above; the whole line is the place", strict=True
            ),
        ),
        ("am Dienstag, dem 3. Mai 2024, im Gasthaus Krone\n\nBeginn: 18 Uhr", "Gasthaus Krone"),
        ("am 3. Mai 2024, 18.30 Uhr, Waldhütte Adlum (öffentlich)", "Waldhütte Adlum"),
        ("vom 3. Mai 2024 in der Wahlperiode 2020/2025", None),
        ("Tag: 3. Mai 2024          Sitzungsort: Ratssaal, Markt 1", "Ratssaal, Markt 1"),
        ("Beginn: 18 Uhr", None),
    ],
)
def test_place(head: str, expected: str | None) -> None:
    assert _meeting(f"Sitzung des Rates\n{head}").place == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Öffentliche Sitzung des Rates", True),
        ("über die öffentliche Sitzung des Rates", True),
        ("Nichtöffentliche Sitzung des Rates", False),
        ("nicht öffentliche Sitzung des Rates", False),
        ("nicht-öffentliche Sitzung des Rates", False),
        ("Öffentlicher und nichtöffentlicher Teil", True),
        ("Ausschuss für öffentliche Ordnung", None),
        ("Sitzung des Rates", None),
    ],
)
def test_public(head: str, expected: bool | None) -> None:
    assert _meeting(f"Niederschrift\n{head}").public is expected


LIST = """\
Niederschrift über die 5. Sitzung des Rates am 3. Mai 2024

Anwesend:
Bürgermeisterin Dr. Karin Ohm
Ratsherr Jens Kern (CDU), ab 18:20 Uhr
Ratsfrau Ada Krug bis 19:45 Uhr
Ratsherr Gero Thies, ab TOP 3

Entschuldigt:
Ratsfrau Ina Lohse (SPD)

Es fehlt:
Ratsherr Ulf Brandt
"""


def test_attendance() -> None:
    minutes = extract(f"{LIST}{BODY}")
    names = {person.id: person.name for person in minutes.persons}
    assert [(names[a.person], a.status, a.from_, a.until) for a in minutes.meeting.attendance] == [
        ("Ohm", "present", None, None),
        ("Kern", "present", "18:20 Uhr", None),
        ("Krug", "present", None, "19:45 Uhr"),
        ("Thies", "present", "TOP 3", None),
        ("Lohse", "excused", None, None),
        ("Brandt", "absent", None, None),
    ]
    spans = [minutes.text[slice(*a.span)] for a in minutes.meeting.attendance]
    assert spans[0] == "Bürgermeisterin Dr. Karin Ohm"


@pytest.mark.parametrize(
    ("line", "name", "given"),
    [
        ("Krug, Ada", "Krug", "Ada"),
        ("Ada Krug", "Krug", "Ada"),
        ("Frau Krug", "Krug", None),
        ("- Ada Krug (GRÜNE)", "Krug", "Ada"),
        ("Ratsmitglied Krug", "Krug", None),
        ("Dr. Ada von der Aue", "von der Aue", "Ada"),
    ],
)
def test_lines_of_the_attendance_list(line: str, name: str, given: str | None) -> None:
    minutes = extract(f"Niederschrift des Rates\n\nAnwesend:\n{line}\n{BODY}")
    assert [minutes.person(a.person).name for a in minutes.meeting.attendance] == [name]
    assert minutes.person(minutes.meeting.attendance[0].person).given_name == given


def test_who_is_excused_in_a_note() -> None:
    minutes = extract(f"Niederschrift des Rates\n\nAnwesend:\nRatsfrau Krug\nRatsherr Kern (entschuldigt)\n{BODY}")
    assert [a.status for a in minutes.meeting.attendance] == ["present", "excused"]


def test_an_empty_text_has_an_empty_head() -> None:
    assert extract("").meeting == Meeting()


def test_every_stated_field_has_its_evidence() -> None:
    text = (
        "Niederschrift über die 5. öffentliche Sitzung des Bauausschusses am 3. Mai 2024 im Ratssaal\n\n"
        "Beginn: 18.00 Uhr\nEnde: 20.15 Uhr\n\nVorsitzende: Frau Ohm\n"
    )
    meeting = extract(f"{text}{BODY}").meeting
    assert {name: text[slice(*span)] for name, span in meeting.evidence.items()} == {
        "body": "Bauausschusses",
        "number": "5",
        "date": "3. Mai 2024",
        "start_time": "18.00 Uhr",
        "end_time": "20.15 Uhr",
        "place": "Ratssaal",
        "public": "öffentlich",
        "chair": "Frau Ohm",
    }
