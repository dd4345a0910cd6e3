from __future__ import annotations

import pytest

from corpus.joining import joined


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("erklärt, <der Weg sei frei.>", "der Weg sei frei."),
        ("<Die Brücke>, so Frau Lux, <öffne im Mai.>", "Die Brücke öffne im Mai."),
        ("stellt <den Entwurf> vor. <Er sei fertig.>", "den Entwurf. Er sei fertig."),
        ("<der Weg sei\n   frei.>", "der Weg sei frei."),
        ("<die Um>-\n<leitung entfalle.>", "die Umleitung entfalle."),
        ("<die Um>-\nSeite 3\n<leitung entfalle.>", "die Umleitung entfalle."),
        ("<die Um\u00ad>\n<leitung entfalle.>".replace("\u00ad>", ">\u00ad"), "die Umleitung entfalle."),
        ("<der Weg>\nSeite 3\n<sei frei.>", "der Weg sei frei."),
        ("<die Klima-\nAnpassung>", "die Klima-Anpassung"),
        ("<die Klima->\nSeite 3\n<Anpassung>", "die Klima-Anpassung"),
        ("<die Vor-\nund Nachteile>", "die Vor- und Nachteile"),
        ("nichts", ""),
    ],
)
def test_spans_are_joined_to_running_text(marked: str, expected: str) -> None:
    text, spans, start = "", [], 0
    for sign in marked:
        if sign == "<":
            start = len(text)
        elif sign == ">":
            spans.append((start, len(text)))
        else:
            text += sign
    assert joined(text, spans) == expected
