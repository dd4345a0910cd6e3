from __future__ import annotations

import pytest

from pipeline.agenda import heading_of
from pipeline.layout import layout


def _items(text: str) -> list[tuple[str | None, str | None]]:
    return [(item.number, item.title) for item in layout(text).items]


@pytest.mark.parametrize(
    ("line", "number", "title"),
    [
        ("TOP 3 Haushalt 2025", "3", "Haushalt 2025"),
        ("TOP 3: Haushalt 2025", "3", "Haushalt 2025"),
        ("Top 12.1 – Radweg an der Lenne", "12.1", "Radweg an der Lenne"),
        ("TOP 4a) Kindergarten", "4a", "Kindergarten"),
        ("TOP Nr. 6 Verschiedenes", "6", "Verschiedenes"),
        ("T.O.P. 4 Kita Sonnenhang", "4", "Kita Sonnenhang"),
        ("Tagesordnungspunkt 7: Feuerwehr", "7", "Feuerwehr"),
        ("zu TOP 3. Jahresabschluss", "3", "Jahresabschluss"),
        ("TOP II Personalangelegenheiten", "II", "Personalangelegenheiten"),
        ("Punkt 11 der Tagesordnung: Bebauungsplan Am Anger", "11", "Bebauungsplan Am Anger"),
        ("Punkt 2 der Tagesordnung", "2", ""),
        ("Zu Punkt 4: Einwohnerfragestunde", "4", "Einwohnerfragestunde"),
        ("Zu 1  Genehmigung der Niederschrift", "1", "Genehmigung der Niederschrift"),
        ("zu 2. Mitteilungen", "2", "Mitteilungen"),
        ("Ö 9 Wahl der Schöffen", "Ö 9", "Wahl der Schöffen"),
        ("N 1 Grundstücksangelegenheit", "N 1", "Grundstücksangelegenheit"),
        ("§ 41 Erweiterung der Kläranlage", "41", "Erweiterung der Kläranlage"),
        ("Zu TOP 3: Deichpflege", "3", "Deichpflege"),
        ("TOP: Ö 4 Deichpflege", "Ö 4", "Deichpflege"),
        ("TOP 3 öffentlicher Teil", "3", ""),
        ("TOP 3 nichtöffentlicher Teil: Deichpflege", "3", "Deichpflege"),
        ("Zu 4.) Deichpflege", "4", "Deichpflege"),
        ("Zu 4)", "4", ""),
        ("Pkt. 4 Deichpflege", "4", "Deichpflege"),
        ("Zu Punkt 4 der Tagesordnung: e-Lastenräder für den Bauhof", "4", "e-Lastenräder für den Bauhof"),
        ("TOP 5 – 7 gemeinsam: Kindertagesstätten", "5", "Kindertagesstätten"),
        ("Punkte 3, 4 und 5 der Tagesordnung: Kindertagesstätten", "3", "Kindertagesstätten"),
        ("TOP 3 - 1. Änderung der Hauptsatzung", "3", "1. Änderung der Hauptsatzung"),
        ("TOP 3 – 40 Jahre Musikschule", "3", "40 Jahre Musikschule"),
        ("zu 3.2  1. Änderung der Hauptsatzung", "3.2", "1. Änderung der Hauptsatzung"),
        ("6 1. Nachtragshaushalt", "6", "1. Nachtragshaushalt"),
        ("5.2: Vorläufige Unterbringung", "5.2", "Vorläufige Unterbringung"),
        ("III. Anschaffung einer neuen Dampfspritze.", "III", "Anschaffung einer neuen Dampfspritze."),
        ("IV Anschaffung einer Drehleiter", "IV", "Anschaffung einer Drehleiter"),
        ("Traktandum 5 Budget", "5", "Budget"),
        ("Traktandum 5: Sanierung Schulhaus Feld", "5", "Sanierung Schulhaus Feld"),
        ("Trakt. 2 Jahresrechnung", "2", "Jahresrechnung"),
        ("I. Öffentlicher Teil", "I", "Öffentlicher Teil"),
        ("IV. Wahl des Präsidiums", "IV", "Wahl des Präsidiums"),
        pytest.param(
            "5.1.1 Lindenweg / Ecke Markt (Herr Voss)",
            "5.1.1",
            "Lindenweg / Ecke Markt (Herr Voss)",
        ),
        ("7) Verschiedenes", "7", "Verschiedenes"),
        ("3. Verschiedenes", "3", "Verschiedenes"),
        ("## 2. Bericht des Vorstands", "2", "Bericht des Vorstands"),
        pytest.param(
            "## TOP 4 Finanzen",
            "4",
            "Finanzen",
        ),
        pytest.param(
            "**TOP 4 Finanzen**",
            "4",
            "Finanzen",
            marks=pytest.mark.xfail(reason="emphasis is not taken off", strict=True),
        ),
    ],
)
def test_a_heading_is_read(line: str, number: str, title: str) -> None:
    heading = heading_of(line)
    assert heading is not None
    assert (heading.number, heading.title) == (number, title)


@pytest.mark.parametrize(
    "line",
    [
        "3. März 2024",
        "24. Sitzung des Kreistages",
        "12 Ja-Stimmen",
        "5 Enthaltungen",
        pytest.param(
            "3 Gegenstimmen",
        ),
        "30 Mitglieder",
        "19:00 Uhr",
        "20 Uhr",
        "2024",
        "12.500 Euro für den Spielplatz",
        "40 Prozent der Eltern",
        "8 von 11 Mitgliedern stimmen zu",
        "Zu Punkt 3 fragt Frau Ohm, ob die Frist verlängert werde.",
        "Zu TOP 5 merkt Herr Ide an, dass die Anlage fehle.",
        pytest.param(
            "zu 50 Prozent gefördert",
            marks=pytest.mark.xfail(reason="'zu 50 Prozent' reads like 'Zu 1 Genehmigung'", strict=True),
        ),
        "§ 34 Abs. 2 der Satzung",
        "§ 5 und § 6 entfallen.",
        "Top-Angebote der Region",
        "Punktuell besteht Bedarf.",
        "TOP 2.1: einstimmig zugestimmt",
        "Punkt 7.1: Kenntnisnahme",
        "6. 1. 1908",
        "3. Die Verwaltung soll die Anlieger am Deich schriftlich unterrichten.",
        "Einstimmig beschlossen",
        "2. Bürgermeisterin Ohm dankt den Helferinnen und Helfern.",
        "Frau Ohm fragt nach TOP 3.",
        "",
    ],
)
def test_other_lines_are_no_headings(line: str) -> None:
    assert heading_of(line) is None


PROSE = "Herr Ide berichtet über den Stand der Arbeiten am neuen Gerätehaus und zeigt einige Bilder."


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("TOP 1 Gerätehaus", "TOP 2 Freibad", [("1", "Gerätehaus"), ("2", "Freibad")]),
        ("1. Gerätehaus", "2. Freibad", [("1", "Gerätehaus"), ("2", "Freibad")]),
        ("1 Gerätehaus", "2 Freibad", [("1", "Gerätehaus"), ("2", "Freibad")]),
        ("Zu 1  Gerätehaus", "Zu 2  Freibad", [("1", "Gerätehaus"), ("2", "Freibad")]),
        ("Ö 1 Gerätehaus", "N 1 Freibad", [("Ö 1", "Gerätehaus"), ("N 1", "Freibad")]),
        ("§ 41 Gerätehaus", "§ 42 Freibad", [("41", "Gerätehaus"), ("42", "Freibad")]),
        ("Traktandum 1\nGerätehaus", "Traktandum 2\nFreibad", [("1", "Gerätehaus"), ("2", "Freibad")]),
        ("I. Gerätehaus", "II. Freibad", [("I", "Gerätehaus"), ("II", "Freibad")]),
        ("Gerätehaus", "Freibad", [(None, "Gerätehaus"), (None, "Freibad")]),
        ("„Junges Wohnen“", "Freibad", [(None, "„Junges Wohnen“"), (None, "Freibad")]),
        ("## 1. Gerätehaus", "## 2. Freibad", [("1", "Gerätehaus"), ("2", "Freibad")]),
        pytest.param(
            "TOP 5 Tiefbau",
            "5.1 Lindenweg",
            [("5", "Tiefbau"), ("5.1", "Lindenweg")],
        ),
        (
            "Punkt 1 der Tagesordnung:\nGerätehaus",
            "Punkt 2 der Tagesordnung:\nFreibad",
            [("1", "Gerätehaus"), ("2", "Freibad")],
        ),
        pytest.param(
            "## Gerätehaus",
            "## Freibad",
            [(None, "Gerätehaus"), (None, "Freibad")],
            marks=pytest.mark.xfail(reason="a Markdown heading without number keeps its marks", strict=True),
        ),
        pytest.param(
            "**TOP 1 Gerätehaus**",
            "**TOP 2 Freibad**",
            [("1", "Gerätehaus"), ("2", "Freibad")],
            marks=pytest.mark.xfail(reason="emphasis is not taken off", strict=True),
        ),
    ],
)
def test_items_of_every_house_style(first: str, second: str, expected: list[tuple[str | None, str | None]]) -> None:
    assert _items(f"{first}\n\n{PROSE}\n\n{second}\n\n{PROSE}\n") == expected


def test_an_item_runs_up_to_the_next_of_its_level() -> None:
    text = f"TOP 1 Bauen\n\n{PROSE}\n\n1.1 Gerätehaus\n\n{PROSE}\n\nTOP 2 Freibad\n\n{PROSE}\n"
    items = layout(text).items
    assert [item.level for item in items] == [1, 2, 1]
    assert [text[item.start : item.heading_end] for item in items] == [
        "TOP 1 Bauen",
        "1.1 Gerätehaus",
        "TOP 2 Freibad",
    ]
    assert items[0].end == items[1].end == items[2].start


ANNOUNCED = f"""\
Tagesordnung

1. Eröffnung
2. Freibad
3. Verschiedenes

1. Eröffnung

{PROSE}

2. Freibad

{PROSE}

3. Verschiedenes

{PROSE}
"""


def test_the_announced_agenda_is_not_dealt_with() -> None:
    items = layout(ANNOUNCED).items
    assert [(i.number, i.title) for i in items] == [
        ("1", "Eröffnung"),
        ("2", "Freibad"),
        ("3", "Verschiedenes"),
    ]
    assert items[0].start == ANNOUNCED.index("1. Eröffnung\n\n")


@pytest.mark.parametrize(
    ("announced", "dealt", "expected"),
    [
        ("TOP 1 Freibad\nTOP 2 Schule", ("TOP 1 Freibad", "TOP 2 Schule"), ["Freibad", "Schule"]),
        # the list numbers, the body says where it stands
        ("1. Freibad\n2. Schule", ("TOP 1: Freibad", "TOP 2: Schule"), ["Freibad", "Schule"]),
        ("1. Freibad\n2. Schule", ("Zu 1  Freibad", "Zu 2  Schule"), ["Freibad", "Schule"]),
        (
            "1. Freibad\n2. Schule",
            ("Punkt 1 der Tagesordnung: Freibad", "Punkt 2 der Tagesordnung: Schule"),
            ["Freibad", "Schule"],
        ),
        # an item that is put off the agenda is never dealt with
        ("1. Freibad\n2. Markt\n3. Schule", ("1. Freibad", "3. Schule"), ["Freibad", "Schule"]),
    ],
)
def test_only_items_dealt_with_count(announced: str, dealt: tuple[str, str], expected: list[str]) -> None:
    text = f"Tagesordnung:\n{announced}\n\n{dealt[0]}\n\n{PROSE}\n\n{dealt[1]}\n\n{PROSE}\n"
    assert [title for _, title in _items(text)] == expected


def test_a_list_without_a_label_is_announced_where_it_comes_back() -> None:
    text = f"TOP 1 Freibad\nTOP 2 Schule\n\nTOP 1 Freibad\n\n{PROSE}\n\nTOP 2 Schule\n\n{PROSE}\n"
    items = layout(text).items
    assert [item.title for item in items] == ["Freibad", "Schule"]
    assert items[0].start == text.rindex("TOP 1 Freibad")


def test_numbers_may_come_back() -> None:
    # the public and the closed part both begin with 1
    text = f"TOP 1 Freibad\n\n{PROSE}\n\nTOP 2 Schule\n\n{PROSE}\n\nTOP 1 Grundstück Anger\n\n{PROSE}\n"
    assert _items(text) == [("1", "Freibad"), ("2", "Schule"), ("1", "Grundstück Anger")]


@pytest.mark.parametrize(
    "wording",
    [
        "1. Der Haushalt wird festgesetzt.\n2. Die Hebesätze bleiben gleich.",
        "1. Die Verwaltung wird beauftragt, Angebote einzuholen.\n2. Über das Ergebnis ist zu berichten.",
        "1. Erhöhung der Gebühr auf 4 Euro\n2. Verlängerung der Öffnungszeit",
        "I. Der Plan wird gebilligt.\nII. Die Auslegung wird beschlossen.",
        "a) Umbau des Beckens\nb) Neubau der Duschen",
    ],
)
def test_a_numbered_wording_is_no_heading(wording: str) -> None:
    text = (
        f"TOP 1 Freibad\n\n{PROSE}\n\nBeschluss:\n{wording}\n\nAbstimmungsergebnis:\neinstimmig\n\n"
        f"TOP 2 Schule\n\n{PROSE}\n"
    )
    assert _items(text) == [("1", "Freibad"), ("2", "Schule")]


@pytest.mark.parametrize(
    "wording",
    [
        "1. Der Haushalt wird festgesetzt.\n2. Die Hebesätze bleiben gleich.",
        pytest.param(
            "1. Erhöhung der Gebühr auf 4 Euro\n2. Verlängerung der Öffnungszeit",
            marks=pytest.mark.xfail(
                reason="short numbered lines under 'Beschluss:' are taken for weak headings", strict=True
            ),
        ),
    ],
)
def test_a_numbered_wording_among_plainly_numbered_headings(wording: str) -> None:
    text = f"1. Freibad\n\n{PROSE}\n\nBeschluss:\n{wording}\n\n2. Schule\n\n{PROSE}\n"
    assert _items(text) == [("1", "Freibad"), ("2", "Schule")]


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        (
            "TOP 4 Aufstellung des Bebauungsplans Nr. 12 „Am Anger“ sowie der\nörtlichen Bauvorschriften",
            "Aufstellung des Bebauungsplans Nr. 12 „Am Anger“ sowie der örtlichen Bauvorschriften",
        ),
        (
            "TOP 4 Neubau der Sporthalle an der Grundschule und\nSanierung des Altbaus",
            "Neubau der Sporthalle an der Grundschule und Sanierung des Altbaus",
        ),
        ("TOP 4 Umge-\nstaltung des Marktplatzes", "Umgestaltung des Marktplatzes"),
        ("TOP 4\nUmgestaltung des Marktplatzes", "Umgestaltung des Marktplatzes"),
    ],
)
def test_titles_over_several_lines(heading: str, title: str) -> None:
    text = f"TOP 3 Freibad\n\n{PROSE}\n\n{heading}\n\n{PROSE}\n"
    items = layout(text).items
    assert [(i.number, i.title) for i in items] == [("3", "Freibad"), ("4", title)]
    assert text[items[1].start : items[1].heading_end] == heading


@pytest.mark.parametrize(
    ("heading", "title", "paper"),
    [
        ("TOP 4 Haushalt - Vorlage: 2021/0930", "Haushalt", "2021/0930"),
        ("TOP 4 Haushalt (SV-9-1737)", "Haushalt", "SV-9-1737"),
        ("TOP 4 Haushalt V/0287/2026", "Haushalt", "V/0287/2026"),
        ("TOP 4 Haushalt VO/2026/5607", "Haushalt", "VO/2026/5607"),
        ("TOP 4 Haushalt 26-29075", "Haushalt", "26-29075"),
        ("TOP 4 Haushalt, Drucksache 26/SVV/0337-001", "Haushalt", "26/SVV/0337-001"),
        ("TOP 4 Haushalt\nVorlage: 17/2024", "Haushalt", "17/2024"),
        ("TOP 4 Haushalt", "Haushalt", None),
        ("TOP 4 Haushalt 2025/2026 der Stadt", "Haushalt 2025/2026 der Stadt", None),
        pytest.param(
            "TOP 4 Haushalt 2025/2026",
            "Haushalt 2025/2026",
            None,
            marks=pytest.mark.xfail(reason="a double budget year looks like a paper number", strict=True),
        ),
        pytest.param(
            "TOP 4 Haushalt (Anlage 6)",
            "Haushalt",
            "Anlage 6",
            marks=pytest.mark.xfail(reason="'(Anlage 6)' has no separator in its number", strict=True),
        ),
    ],
)
def test_papers(heading: str, title: str, paper: str | None) -> None:
    items = layout(f"TOP 3 Freibad\n\n{PROSE}\n\n{heading}\n\n{PROSE}\n").items
    assert [(i.number, i.title, i.paper) for i in items][1:] == [("4", title, paper)]


@pytest.mark.parametrize(
    "line",
    [
        "Frau Ohm dankt für den Vortrag",
        "Einstimmig zugestimmt",
        "Dafür: 8",
        "Dienstag, 4. Juni 2024",
        "Öffentlicher Teil",
        pytest.param(
            "Keine Wortmeldungen",
        ),
        "Abstimmungsergebnis:",
        "Herr Dr. Ide (FDP)",
    ],
)
def test_a_bare_line_that_names_no_matter_is_no_item(line: str) -> None:
    assert (None, line) not in _items(f"Freibad\n\n{PROSE}\n\n{line}\n\n{PROSE}\n")


def test_prose_alone_has_no_items() -> None:
    assert _items(f"{PROSE}\n\n{PROSE}\n") == []


def test_a_single_number_in_long_prose_is_no_item() -> None:
    assert _items("\n\n".join([PROSE] * 8 + ["5. Bauabschnitt am Kanal"] + [PROSE] * 8)) == []


def test_a_number_alone_is_announced_by_number_and_title() -> None:
    announced = "Tagesordnung\nÖ 1    Deichpflege\nÖ 2    Freibad\n\n"
    dealt = f"TOP: Ö 1\nDeichpflege\n\n{PROSE}\n\nTOP: Ö 2\nVorlage 12/2024\nFreibad\n\n{PROSE}\n"
    items = layout(announced + dealt).items
    assert [(item.number, item.title) for item in items] == [("Ö 1", "Deichpflege"), ("Ö 2", "Freibad")]
    assert items[0].start == len(announced)


def test_an_item_is_announced_under_a_shorter_or_another_title() -> None:
    text = (
        "Tagesordnung:\n1. Zaun\n2. Bericht\n3. Freibad\n\n"
        f"1. Wildzaun im Nordkreis\n\n{PROSE}\n\n2. Bericht der Feuerwehr\n\n{PROSE}\n\n3. Freibad\n\n{PROSE}\n"
    )
    assert [title for _, title in _items(text)] == ["Wildzaun im Nordkreis", "Bericht der Feuerwehr", "Freibad"]


def test_an_announced_item_ends_the_background_and_a_numbered_reason_does_not() -> None:
    text = (
        f"Tagesordnung:\n1. Freibad\n2. Gerätehaus\n\n1. Freibad\n\nSachverhalt:\n{PROSE}\n1. Sanierung\n2. Neubau\n\n"
        f"{PROSE}\n\n2. Gerätehaus\n\n{PROSE}\n"
    )
    assert _items(text) == [("1", "Freibad"), ("2", "Gerätehaus")]


def test_the_speaker_in_a_heading_goes_on_in_the_next_line() -> None:
    text = (
        f"3 Freibad\n\n{PROSE}\n\n4 Bericht der Polizei: PHK Ohm, Wache Süd\n"
        "berichtet, dass die Zahl der Einbrüche im vierten Quartal gesunken sei.\n"
    )
    assert _items(text)[1:] == [("4", "Bericht der Polizei: PHK Ohm, Wache Süd")]


def test_a_short_line_between_empty_lines_heads_an_item_under_a_number() -> None:
    notices = f"TOP 5 Mitteilungen und Anfragen\n\nAltdeponie Moorheide\n\n{PROSE}"
    text = f"TOP 4 Freibad\n\n{PROSE}\n\n{notices}\n\nTOP 6 Haushalt\n\n{PROSE}\n"
    assert [(i.number, i.title, i.level) for i in layout(text).items] == [
        ("4", "Freibad", 1),
        ("5", "Mitteilungen und Anfragen", 1),
        (None, "Altdeponie Moorheide", 2),
        ("6", "Haushalt", 1),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        "Altdeponie Moorheide\n",  # no empty line below
        "Keine Abstimmung\n\n",
        "Rest Zustimmung\n\n",
        "Mitteilungen\n\n",  # the heading again
        "Herr Ide und\n\nAltdeponie Moorheide\n\n",  # the text above has not come to its end
    ],
)
def test_other_short_lines_under_a_number_are_no_items(lines: str) -> None:
    text = f"TOP 4 Freibad\n\n{PROSE}\n\nTOP 5 Mitteilungen und Anfragen\n\n{PROSE}\n\n{lines}{PROSE}\n"
    assert [number for number, _ in _items(text)] == ["4", "5"]
