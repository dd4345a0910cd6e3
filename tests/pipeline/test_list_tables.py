from __future__ import annotations

import pytest

from pipeline.list_tables import columns, front_mark


@pytest.mark.parametrize(
    ("line", "statuses"),
    [
        ("Name | anwesend | entschuldigt", ("present", "excused")),
        ("Anwesend:        Abwesend:", ("present", "absent")),
        ("Name        anw.   entsch.   unentsch.", ("present", "excused", "absent")),
        ("Name        Funktion", None),
        ("Anwesend: 9      Abwesend: 3", None),  # counts
        ("Frau Lux    anwesend", None),
    ],
)
def test_headings_of_tables(line: str, statuses: tuple[str, ...] | None) -> None:
    found = columns(line)
    assert (found and found.statuses) == statuses


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("Lux      x", "present"),
        ("Zeh                x", "excused"),
        ("Rot                           x", "absent"),
        ("Ott", None),
    ],
)
def test_marks_belong_to_the_nearest_column(line: str, status: str | None) -> None:
    found = columns("Name   anwesend  entschuldigt   fehlt")
    assert found is not None
    assert found.of(line, 0) == status


@pytest.mark.parametrize(
    ("line", "status"),
    [("[x] Lux", "present"), ("[e] Lux", "excused"), ("[ ] Lux", "absent"), ("☐ Lux", "absent"), ("(x) Lux", None)],
)
def test_marks_in_front(line: str, status: str | None) -> None:
    assert front_mark(line) == status
