"""Page furniture: what stands on the page and not in the minutes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.furniture import page_furniture, split_lines

PROSE = "Frau Petersen fragt nach dem Stand der Arbeiten am Deich und nach den Kosten."


def _removed(text: str) -> list[str]:
    lines = split_lines(text)
    return [lines.content(i) for i in sorted(page_furniture(lines))]


@pytest.mark.parametrize(
    "mark",
    [
        "Seite 3",
        "Seite 3 von 12",
        "Seite: 3 von 12",
        "Seite 3/12",
        "- 3 -",
        "– 17 –",
        "-3-",
        "3 / 12",
        "Blatt 4",
        "Blatt 4 von 9",
        "S. 4",
        "- Seite 2 -",
        "Niederschrift Gemeinderat Hallein Seite 2",
        "Protokoll der Gemeindeversammlung Seite 7 von 9",
    ],
)
def test_page_marks_are_furniture(mark: str) -> None:
    assert _removed(f"{PROSE}\n\n{mark}\n\n{PROSE}") == [mark]


@pytest.mark.parametrize(
    "line",
    [
        "TOP 3",
        "§ 3",
        "3. Haushalt",
        "3 Ja-Stimmen",
        "Dafür: 3",
        "12:0",
        "2026",
        "Das steht auf Seite 3.",
        "Frau Noack verweist auf Seite 14 der Vorlage.",
        "- 3 Bänke",
        "1.",
        "a)",
        "Beschluss:",
        "Ja 12 / Nein 3",
        "Beschluss Nr. 12/2026",
        "Seiten",
        "Sitzung vom 4. Mai",
    ],
)
def test_lines_of_the_minutes_stay(line: str) -> None:
    assert _removed(f"{PROSE}\n\n{line}\n\n{PROSE}") == []


@pytest.mark.parametrize(
    ("numbers", "furniture"),
    [
        (("1", "2", "3"), ["1", "2", "3"]),
        (("2", "3", "5"), ["2", "3", "5"]),
        (("12",), []),  # a count of votes, not a page
        (("14", "3"), ["3"]),
    ],
)
def test_bare_numbers_count_as_pages_when_they_rise(numbers: tuple[str, ...], furniture: list[str]) -> None:
    assert _removed("\n\n".join(f"{PROSE}\n\n{n}" for n in numbers)) == furniture


def test_a_running_head_comes_back_at_the_page_marks() -> None:
    head = "Gemeinde Seltmannsdorf – Bauausschuss"
    text = "\n".join(f"{PROSE}\n\nSeite {n} von 4\n{head}\n\n{PROSE}" for n in range(1, 5))
    assert _removed(text).count(head) == 4
    assert PROSE not in _removed(text)


def test_a_running_head_with_a_changing_number_is_one() -> None:
    text = "\n".join(f"{PROSE}\n\nSeite {n}\nProtokoll 7/2025, Blattfolge {n}\n\n{PROSE}" for n in range(1, 5))
    assert "Protokoll 7/2025, Blattfolge 2" in _removed(text)


def test_items_that_come_back_away_from_the_page_marks_stay() -> None:
    text = "\n\n".join(f"TOP {n}\n\n{PROSE}\n\nAbstimmung\n\n{PROSE}" for n in range(1, 9)) + "\n\nSeite 1"
    assert _removed(text) == ["Seite 1"]


def test_the_title_of_the_minutes_inside_the_text_is_a_running_head() -> None:
    title = "Niederschrift der 12. Sitzung des Gemeinderates Hallein vom 3. März 2025"
    body = "\n\n".join([PROSE] * 6)
    assert _removed(f"{title}\n\n{body}\n\n{title}\n\n{PROSE}") == [title]


@pytest.mark.parametrize(
    "sentence",
    [
        "Protokoll der Sitzung vom 3. März 2025: Frau Noack bittet um eine Änderung auf dem zweiten Blatt.",
        "Die Niederschrift der 12. Sitzung vom 3. März 2025 wird genehmigt.",
    ],
)
def test_a_sentence_about_the_minutes_is_no_running_head(sentence: str) -> None:
    assert _removed("\n\n".join([PROSE] * 6) + f"\n\n{sentence}\n\n{PROSE}") == []


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\f", "\v", "\u2028", "\u2029"])
def test_lines_end_at_every_line_end(end: str) -> None:
    lines = split_lines(f" Ja {end}{end}Nein")
    assert [lines.content(i) for i in range(len(lines.strip))] == ["Ja", "", "Nein"]
    assert not lines.blank(0)
    assert lines.blank(1)
    assert lines.blank(3)


@given(st.text(alphabet="aÄ1. -\n\r\f\v\t\u2028\u00a0", max_size=60))
def test_no_visible_character_is_lost_by_splitting(text: str) -> None:
    lines = split_lines(text)
    seen = {i for start, end in lines.strip for i in range(start, end)}
    assert all(text[i].isspace() for i in range(len(text)) if i not in seen)
    assert all(a[1] <= b[0] for a, b in zip(lines.strip, lines.strip[1:], strict=False))


@given(st.text(alphabet="Seite 123/-\nTOP.", max_size=80))
def test_furniture_is_a_set_of_visible_lines(text: str) -> None:
    lines = split_lines(text)
    assert all(0 <= i < len(lines.strip) and not lines.blank(i) for i in page_furniture(lines))
