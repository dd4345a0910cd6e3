from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.page.cutting import parts, pieces
from corpus.record import AgendaItem, Minutes, Turn
from tests.corpus.page.meetings import GENERATOR, meeting

LENGTH = 40


def _pairs(bounds: list[int]) -> list[tuple[int, int]]:
    return [(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=False) if start < end]


def _record(turns: list[tuple[int, int]], headings: list[tuple[int, int]]) -> Minutes:
    return Minutes(
        source="rat.txt",
        sha256="",
        generator=GENERATOR,
        text="x" * LENGTH,
        turns=tuple(Turn(id=f"t{n}", start=a, end=b, label="other") for n, (a, b) in enumerate(turns)),
        agenda=tuple(AgendaItem(id=f"a{n}", start=a, heading_end=b, end=LENGTH) for n, (a, b) in enumerate(headings)),
    )


OFFSETS = st.lists(st.integers(0, LENGTH), max_size=10)


@given(OFFSETS.map(sorted).map(_pairs), OFFSETS.map(_pairs))
def test_the_parts_are_the_whole_text_in_order(turns: list[tuple[int, int]], headings: list[tuple[int, int]]) -> None:
    found = list(parts(_record(turns, headings)))
    assert [x.start for x in found] == [0, *(x.end for x in found[:-1])]
    assert found[-1].end == LENGTH
    assert all(x.start < x.end for x in found)
    assert [(x.start, x.end) for x in found if x.kind == "turn"] == turns


def test_headings_and_turns_are_parts() -> None:
    record = meeting()
    found = [(x.kind, x.number, record.text[x.start : x.end].strip()) for x in parts(record)]
    assert ("heading", 0, "TOP 1 Mühlweg") in found
    assert ("turn", 5, "Frau Lux lobt den Haushalt.") in found
    assert ("text", -1, "Ein Hinweis der Schriftführung zur Mühle.") in found


def test_a_turn_is_cut_at_speaker_cue_and_wording() -> None:
    record = meeting()
    asked = pieces(record.text, record.turns[0], None)
    assert [(x.kind, x.text) for x in asked[:3]] == [("mention", "Frau Lux"), ("", " (GRÜNE) "), ("cue", "fragt")]
    decided = pieces(record.text, record.turns[6], record.decisions[0])
    assert decided[0].kind == "wording"
    for turn in record.turns:
        written = "".join(x.text for x in pieces(record.text, turn, None))
        assert written == record.text[turn.start : turn.end]
