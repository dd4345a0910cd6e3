from __future__ import annotations

import datetime as dt

import pytest

from pipeline.moments import clocks, dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("am 3. III. 1978", dt.date(1978, 3, 3)),
        ("am dritten Mai 1978", dt.date(1978, 5, 3)),
        ("am 14.06.91", dt.date(1991, 6, 14)),
        ("am 14.06.24", dt.date(2024, 6, 14)),
        ("am 12. Sept. l99O", dt.date(1990, 9, 12)),
        ("2024-05-03", dt.date(2024, 5, 3)),
        ("Aktenzeichen 12.05.1", None),
        ("am 3. Mai um 19 Uhr", None),
        ("Kapitel III. 1978", None),
    ],
)
def test_dates(text: str, expected: dt.date | None) -> None:
    assert [date.value for date in dates(text)] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("19.30 Uhr", dt.time(19, 30)),
        ("1 9:3 0 Uhr", dt.time(19, 30)),
        ("l9.3O Uhr", dt.time(19, 30)),
        ("19h05", dt.time(19, 5)),
        ("19³⁰ Uhr", dt.time(19, 30)),
        ("1930 Uhr", dt.time(19, 30)),
        ("6 Uhr 20 Min.", dt.time(6, 20)),
        ("Nachmittags 5½ Uhr", dt.time(17, 30)),
        ("½8 Uhr", dt.time(7, 30)),
        ("um halb neun", dt.time(8, 30)),
        ("Viertel nach acht", dt.time(8, 15)),
        ("dreiviertel acht", dt.time(7, 45)),
        ("zwanzig Uhr fünfzehn", dt.time(20, 15)),
        ("acht Uhr abends", dt.time(20)),
        ("Mitternacht", dt.time(0)),
        ("24 Uhr", dt.time(0)),
        ("25.10 Uhr", None),
        ("in der Hälfte der acht Fälle", None),
    ],
)
def test_clocks(text: str, expected: dt.time | None) -> None:
    assert [clock.value for clock in clocks(text) if clock.sure] == ([expected] if expected is not None else [])


def test_a_time_points_to_its_words() -> None:
    text = "Die Sitzung endet um 21.05 Uhr, die Pause um halb acht."
    assert [text[clock.start : clock.end] for clock in clocks(text)] == ["21.05 Uhr", "halb acht"]
