from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.alignment import align


def test_white_space_and_hyphens_take_no_place() -> None:
    alignment = align("a b-\nc", "abc")
    assert alignment.gold == (0, 1, 1, 2, 2, 2, 3)
    assert alignment.record == (0, 1, 2, 3)


@pytest.mark.parametrize(
    ("gold", "record"),
    [
        ("Die Stadtverwaltung lobt.", "Die Stadt-\nverwaltung lobt."),
        ("Die Stadtverwaltung lobt.", "Die Stadt\N{SOFT HYPHEN}verwaltung\r\n  lobt."),
        ("Die Stadt-\nverwaltung lobt.", "Seite 2\nDie Stadtverwaltung lobt."),
    ],
)
def test_the_same_words_have_the_same_place(gold: str, record: str) -> None:
    alignment = align(gold, record)
    for word in ("Die", "lobt."):
        assert alignment.gold[gold.index(word)] == alignment.record[record.index(word)]
    assert alignment.gold[-1] == alignment.record[-1]


def test_letters_that_gold_lacks_fall_where_they_would_stand() -> None:
    alignment = align("ab", "aXYb")
    assert alignment.record == (0, 1, 1, 1, 2)


@given(st.text(alphabet="ab- \n", max_size=30), st.text(alphabet="abc- \n", max_size=30))
def test_every_offset_has_a_place_and_places_never_fall(gold: str, record: str) -> None:
    alignment = align(gold, record)
    assert (len(alignment.gold), len(alignment.record)) == (len(gold) + 1, len(record) + 1)
    for places in (alignment.gold, alignment.record):
        assert list(places) == sorted(places)
        assert places[-1] <= alignment.gold[-1]
