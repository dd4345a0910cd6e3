from __future__ import annotations

import pytest

from tests.pipeline.ruled import extract, speakers

_HEAD = "Vorsitz: Bürgermeisterin Maul\n\nTOP 1 Bad\n\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Bürgermeisterin Maul übergibt den Vorsitz an Herrn Zeh.\n\nDer Vorsitzende ruft den Punkt auf.",
            ["Maul", "Zeh"],
            id="hands over",
        ),
        pytest.param(
            "Herr Zeh übernimmt die Sitzungsleitung.\n\nDer Vorsitzende ruft den Punkt auf.",
            ["Zeh", "Zeh"],
            id="takes over",
        ),
        pytest.param(
            "Den Vorsitz übernimmt Herr Zeh.\n\nDer Vorsitzende ruft den Punkt auf.", ["Zeh", "Zeh"], id="object first"
        ),
        pytest.param(
            "Herr Zeh übernimmt den Vorsitz.\n\nFrau Kern lobt das Bad.\n\nHerr Zeh gibt den Vorsitz"
            " an Frau Maul zurück.\n\nDie Vorsitzende ruft den Punkt auf.",
            ["Zeh", "Kern", "Zeh", "Maul"],
            id="hands back",
        ),
        pytest.param(
            "Herr Zeh übernimmt für diesen Punkt den Vorsitz.\n\nDer Vorsitzende lässt über das Bad sprechen.\n\n"
            "TOP 2 Markt\n\nDer Vorsitzende ruft den Punkt auf.",
            ["Zeh", "Zeh", "Maul"],
            id="for one item",
        ),
        pytest.param(
            "Frau Maul übergibt das Gutachten an Herrn Zeh.\n\nDie Vorsitzende ruft den Punkt auf.",
            ["Maul", "Maul"],
            id="hands over something else",
        ),
        pytest.param(
            "Herr Zeh übernimmt die Leitung des Bauhofs.\n\nDie Vorsitzende ruft den Punkt auf.",
            ["Zeh", "Maul"],
            id="takes over something else",
        ),
    ],
)
def test_deputies_take_over_and_hand_back(text: str, expected: list[str]) -> None:
    assert speakers(extract(_HEAD + text)) == expected
