from __future__ import annotations

import pytest

from pipeline.sittings import sitting_body, sitting_number


def _body(text: str) -> str | None:
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append((start, start + len(line)))
        start += len(line) + 1
    found = sitting_body(text, [span for span in lines if span[0] < span[1]])
    assert found is None or text[found.start] == found.value[0]
    return found.value if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Die Bürgerschaft\nAusschuss für Kultur und Sport\nNiederschrift", "Ausschuss für Kultur und Sport"),
        ("Der Landrat\nüber die 5. Sitzung des Ausschusses für Bau am 3. Mai", "Ausschuss für Bau"),
        ("Stadt Adlum\nDer Rat\nGremium: Bau- und Umweltausschuss", "Bau- und Umweltausschuss"),
        (
            "Sitzung des Ausschusses für Umwelt, öffentliche Ordnung und Verkehr",
            "Ausschuss für Umwelt, öffentliche Ordnung und Verkehr",
        ),
        (
            "Protokoll der gemeinsamen Sitzung des Bauausschusses und des Umweltausschusses",
            "Bauausschuss und Umweltausschuss",
        ),
        ("Protokoll der Gemeinderatssitzung vom 3. Mai", "Gemeinderat"),
        ("Sitzung des Rates der Gemeinde Adlum", "Rat der Gemeinde Adlum"),
        ("AG Schulweg, 7. Beratung", "AG Schulweg"),
        ("Sitzung der Schulpflege Adlum", "Schulpflege Adlum"),
        ("Der Gemeinderat trat im Schulsaal zusammen.", "Gemeinderat"),
        ("Amt für Denkmalpflege", None),
        ("Sitzungstag", None),
        ("Präsidium: Anna Lux", None),
    ],
)
def test_body(text: str, expected: str | None) -> None:
    assert _body(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Niederschrift über die 12. Sitzung des Rates", "12"),
        ("die 7. (ordentliche) Sitzung des Rates", "7"),
        ("Sitzungsprotokoll\nSitzung XII/3", "XII/3"),
        ("Sitzungs-Nr.: HFA/2023/07", "HFA/2023/07"),
        ("PROTOKOLL Nr. 7", "7"),
        ("über die zwölfte Sitzung des Rates", "zwölfte"),
        ("zur zwölften Sitzung des Rates", "zwölften"),
        ("Sitzung des 12. Stadtrates", None),
        ("Sitzung am 14.06.2024", None),
    ],
)
def test_number(text: str, expected: str | None) -> None:
    found = sitting_number(text, 0, len(text))
    assert (found.value if found else None) == expected
    assert found is None or text[found.start : found.end] == found.value
