from __future__ import annotations

import pytest

from tests.pipeline.ruled import extract

LIST = "Sitzung des Rates\n\nAnwesend:\nFrau Anna Lux (SPD)\nHerr Jan Zeh (CDU)\n\nTOP 1 Wege\n\n"


@pytest.mark.parametrize(
    ("sentence", "arrives", "leaves"),
    [
        ("Frau Lux verlässt die Sitzung um 19.10 Uhr.", None, "19.10 Uhr"),
        ("Um 19.10 Uhr verlässt Frau Lux den Saal.", None, "19.10 Uhr"),
        ("Frau Lux erscheint zu TOP 3.", "TOP 3", None),
        ("Frau Lux kommt um 18.20 Uhr hinzu.", "18.20 Uhr", None),
        ("Frau Lux trifft um 18.20 Uhr ein.", "18.20 Uhr", None),
        ("Frau Lux nimmt ab 18.20 Uhr an der Sitzung teil.", "18.20 Uhr", None),
        ("Frau Lux verlässt wegen Befangenheit um 19.10 Uhr den Saal.", None, None),
        ("Frau Lux verlässt die Sitzung.", None, None),
        ("Frau Lux fragt, ob der Bus um 19.10 Uhr kommt.", None, None),
        ("Der Bus verlässt um 19.10 Uhr die Haltestelle, sagt Frau Lux.", None, None),
        ("Frau Lux trifft um 18.20 Uhr den Bürgermeister.", None, None),
    ],
)
def test_moves(sentence: str, arrives: str | None, leaves: str | None) -> None:
    lux, zeh = extract(f"{LIST}{sentence}\n").meeting.attendance
    assert (lux.from_, lux.until) == (arrives, leaves)
    assert (zeh.from_, zeh.until) == (None, None)
