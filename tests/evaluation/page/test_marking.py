from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.gold import Gold
from corpus.record import Minutes
from evaluation.alignment import align
from evaluation.harness import Document
from evaluation.page.marking import Piece, Segment, excerpt, found_spans, segments

cuts = st.lists(st.integers(0, 40), max_size=12).map(sorted)
spans = cuts.map(lambda at: list(zip(at[::2], at[1::2], strict=False)))


def test_bounds_of_either_side_divide() -> None:
    assert segments(10, [(2, 6)], [(4, 8)]) == (
        Segment(0, 2, None, None),
        Segment(2, 4, 0, None),
        Segment(4, 6, 0, 0),
        Segment(6, 8, None, 0),
        Segment(8, 10, None, None),
    )


@given(spans, spans)
def test_segments_are_the_text_and_those_of_a_turn_are_the_turn(
    gold: list[tuple[int, int]], found: list[tuple[int, int]]
) -> None:
    parts = segments(40, gold, found)
    assert [at for x in parts for at in range(x.start, x.end)] == list(range(40))
    for turns, holders in ((gold, [x.gold for x in parts]), (found, [x.found for x in parts])):
        for number, (start, end) in enumerate(turns):
            held = [at for x, i in zip(parts, holders, strict=True) if i == number for at in range(x.start, x.end)]
            assert held == list(range(start, end))


@given(
    st.lists(st.tuples(st.text("aäß.", min_size=1, max_size=6), st.sampled_from((" ", "\n", "-\n"))), min_size=1),
    st.data(),
)
def test_predicted_turns_are_led_to_the_same_letters_of_gold(
    gold_of: Callable[..., Gold],
    record_of: Callable[..., Minutes],
    words: list[tuple[str, str]],
    data: st.DataObject,
) -> None:
    gold = gold_of(" ".join(word for word, _ in words))
    text = "".join(word + space for word, space in words)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    minutes = record_of(text, {"start": start, "end": end, "label": "other"})
    ((first, last),) = found_spans(Document("see-1", gold, minutes), align(gold.text, text))
    assert (
        gold.text[first:last].split()
        == "".join(" " if x.isspace() else x for x in text[start:end].replace("-", "")).split()
    )
    assert gold.text[first:last] == gold.text[first:last].strip()


def test_what_gold_lacks_is_an_empty_span(gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]) -> None:
    gold, minutes = gold_of("ab cd"), record_of("ab XY cd", {"quote": "XY", "label": "other"})
    ((first, last),) = found_spans(Document("see-1", gold, minutes), align(gold.text, minutes.text))
    assert first == last
    assert excerpt(gold.text, None, (first, last), "XY") == (Piece("XY", False, True),)


def test_an_excerpt_marks_both_sides_in_some_text() -> None:
    text = "Vorher. Gold und beide danach. Nachher."
    assert excerpt(text, (8, 22), (13, 30), "") == (
        Piece("Vorher. ", False, False),
        Piece("Gold ", True, False),
        Piece("und beide", True, True),
        Piece(" danach.", False, True),
        Piece(" Nachher.", False, False),
    )


@pytest.mark.parametrize("unit", ["Wort ", "Bandwurm"])
def test_an_excerpt_of_a_long_text_is_short(unit: str) -> None:
    text = unit * 2000
    before, turn, after = (x.text for x in excerpt(text, (4000, 7000), None, ""))
    assert before.startswith("… ")
    assert after.endswith(" …")
    assert "…" in turn
    assert len(before) + len(turn) + len(after) < 1000


def test_an_excerpt_has_no_empty_lines() -> None:
    assert excerpt("A\n\n \nB", (5, 6), None, "")[0].text == "A\n"
