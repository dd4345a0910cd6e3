"""Properties of pseudonyms: spans keep their text, records stay valid, a second time changes nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import AgendaItem, Generator, Minutes, Person, PseudonymError, Turn, pseudonymise
from corpus.pseudonyms.edits import Edit, Rewritten

WORDS = (
    "der Hof",
    "sei frei",
    "Lux",
    "Anna Lux",
    "Luxs",
    "Frau",
    "von Lux-",
    "Lu-\nx",
    "150",
    "L u x",
    "(Zeh)",
)
LINES = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=5), min_size=1, max_size=6)


def _minutes(lines: list[list[str]]) -> Minutes:
    """Return a record with a turn and an item for each line, whose spans are its words."""
    text, turns, items = "", [], []
    for number, words in enumerate(lines, 1):
        start = len(text)
        spans = []
        for word in words:
            spans.append((len(text), len(text) + len(word)))
            text += f"{word} "
        turns.append(Turn(id=f"t{number}", start=start, end=len(text), label="other", content=tuple(spans)))
        items.append(AgendaItem(id=f"a{number}", start=start, heading_end=len(text), end=len(text), title=words[0]))
        text += "\n\n"
    return Minutes(
        source="rat-lux.txt",
        sha256="0",
        generator=Generator(package="0", config="0"),
        text=text,
        turns=tuple(turns),
        agenda=tuple(items),
        persons=(
            Person(id="p1", kind="person", name="Lux", given_name="Anna"),
            Person(id="p2", kind="person", name="Zeh", party="SPD"),
        ),
    )


@settings(max_examples=150, deadline=None)
@given(LINES)
def test_spans_move_with_their_text(lines: list[list[str]]) -> None:
    minutes = _minutes(lines)
    done = pseudonymise(minutes)
    for old, new in zip(minutes.turns, done.turns, strict=True):
        for before, after in zip(old.content, new.content, strict=True):
            told, tells = minutes.text[slice(*before)], done.text[slice(*after)]
            if "L" in told:
                assert "Lu" not in tells and "L u" not in tells
            else:
                assert told in tells and (tells == told or "Person" in tells)
    assert pseudonymise(done) == done
    assert Minutes.model_validate_json(done.to_json()) == done
    assert (done.source, done.sha256) != (minutes.source, minutes.sha256) and "lux" not in done.source


@given(
    st.text("abc", max_size=30), st.lists(st.tuples(st.integers(0, 29), st.integers(1, 4), st.text("XY", max_size=5)))
)
def test_offsets_outside_of_edits(text: str, wanted: list[tuple[int, int, str]]) -> None:
    edits: list[Edit] = []
    for start, length, new in sorted(wanted):
        if start + length <= len(text) and (not edits or edits[-1].end <= start):
            edits.append(Edit(start, start + length, new))
    rewritten = Rewritten(text, edits)
    inside = {offset for edit in edits for offset in range(edit.start, edit.end)}
    for offset in set(range(len(text))) - inside:
        start, end = rewritten.span((offset, offset + 1))
        assert rewritten.text[start:end] == text[offset]
        assert rewritten.border(offset) <= start
    assert rewritten.border(len(text)) == len(rewritten.text)


def test_edits_do_not_overlap() -> None:
    with pytest.raises(ValueError, match="begins before"):
        Rewritten("abc", [Edit(0, 2, "x"), Edit(1, 3, "y")])


def test_a_name_across_a_page() -> None:
    text = "Frau Müh-\n\fberg dankt.\n"
    minutes = Minutes(
        source="x",
        sha256="0",
        generator=Generator(package="0", config="0"),
        text=text,
        pages=((0, 11), (11, len(text))),
        persons=(Person(id="p1", kind="person", name="Mühberg", mentions=((0, 15),)),),
    )
    done = pseudonymise(minutes)
    assert done.text == "Frau Person\n\f1 dankt.\n"
    assert done.pages == ((0, 13), (13, 22))
    assert [done.text[a:b] for a, b in done.persons[0].mentions] == ["Frau Person\n\f1"]


def test_a_short_key_is_refused() -> None:
    with pytest.raises(PseudonymError, match="at least 16"):
        pseudonymise(_minutes([["Lux"]]), key=b"secret")


def test_numbers_that_the_text_has_are_not_taken() -> None:
    assert pseudonymise(_minutes([["Person 1", "Lux"]])).text.startswith("Person 1 Person 2")
