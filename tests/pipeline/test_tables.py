from __future__ import annotations

from corpus.record import Minutes
from tests.pipeline.ruled import extract


def _turns(minutes: Minutes) -> list[tuple[str, str, str]]:
    text = minutes.text
    return [
        (str(turn.label), "+".join(minutes.person(p).name for p in turn.speakers), text[turn.start : turn.end])
        for turn in minutes.turns
    ]


def test_rows_between_pipes() -> None:
    text = (
        "Beirat am 3.4.2020\n\n| TOP | Wer | Inhalt | Erledigt |\n|---|---|---|---|\n"
        "| 1 | GF Lux | stellt den Plan vor | |\n"
        "| 1 | Fr. Zeh | fragt nach den Kosten | Amt |\n| 1 | GF Lux | etwa 3.000 Euro | |\n"
    )
    assert _turns(extract(text)) == [
        ("addition", "Lux", "GF Lux | stellt den Plan vor"),
        ("question", "Zeh", "Fr. Zeh | fragt nach den Kosten"),
        ("answer", "Lux", "GF Lux | etwa 3.000 Euro"),
    ]


def test_a_cell_of_two_lines_between_tabs() -> None:
    text = (
        "Beirat am 3.4.2020\n\nName\tWortbeitrag\nFr. Zeh\tSchlägt vor, das Bad und\n\tden Weg zu bauen.\n"
        "Hr. Lux\tIst das bezahlbar?\n"
    )
    assert [who for _, who, _ in _turns(extract(text))] == ["Zeh", "Lux"]


def test_lists_of_tasks_and_of_members_are_none() -> None:
    tasks = "TOP 1 Bad\n\nWer | Was | Bis wann\nFr. Zeh | Bänke bestellen | 3.4.\nHr. Lux | Plan zeichnen | 5.4.\n"
    members = "Anwesend:\nFr. Zeh\tSPD\nHr. Lux\tCDU\nFr. Ott\tGRÜNE\n\nTOP 1 Bad\n\nFr. Ott fragt nach dem Bad.\n"
    assert _turns(extract(tasks)) == []
    assert [who for _, who, _ in _turns(extract(members))] == ["Ott"]
