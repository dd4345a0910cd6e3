"""The clean text: hyphens and blanks at line ends, and offsets that lead back to the raw text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.clean import Cleaner, CleanText
from pipeline.furniture import split_lines
from pipeline.layout import layout

_PIECES = (
    "Frau Petersen fragt, ob", "der Deich", "Umge-", "staltung", "Haus- und", "E-", "Pkw", "Silben\u00ad",
    "trennung", "¬", "-", "–", "Seite 3 von 7", "- 4 -", "5", "TOP 2", "Beschluss:", "Abstimmungsergebnis:",
    "a) Wege", "• Bänke", "1. Eröffnung", "Ja.", "Ä", "Der Rat beschließt einstimmig.",
    "Herr Zumsteg teilt mit, die Brücke sei dicht.", "(", ")", "„", "“", "*", "\ufeff", "🏛",
)  # fmt: skip
_JOINTS = (" ", "  ", "\n", "\n\n", "\r\n", "\r", "\f", "\t", "\u00a0", "\v", "\u2028", "\u200b", "")
texts = st.lists(st.tuples(st.sampled_from(_PIECES) | st.text(max_size=5), st.sampled_from(_JOINTS)), max_size=30).map(
    lambda parts: "".join(piece + joint for piece, joint in parts)
)


def _block(raw: str) -> CleanText:
    """Clean all lines of a text as one block."""
    cleaner = Cleaner(raw)
    cleaner.block([span for span in split_lines(raw).strip if span[0] < span[1]])
    return cleaner.finish()


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Die Umge-\nstaltung des Marktes", "Die Umgestaltung des Marktes"),
        ("Die Gemeinde-\r\nvertretung tagt", "Die Gemeindevertretung tagt"),
        ("die Verkehrs\u00ad\nberuhigung", "die Verkehrsberuhigung"),
        ("die Verkehrs¬\nberuhigung", "die Verkehrsberuhigung"),
        ("Haus-\nund Grundbesitz", "Haus- und Grundbesitz"),
        ("Sport-\noder Spielplatz", "Sport- oder Spielplatz"),
        ("Geh-\nbzw. Radweg", "Geh- bzw. Radweg"),
        ("Ein-\nsowie Ausfahrt", "Ein- sowie Ausfahrt"),
        ("Vor-\nwie Nachteile", "Vor- wie Nachteile"),
        ("die S-Bahn-\nStation", "die S-Bahn-Station"),
        ("CDU-\nFraktion", "CDU-Fraktion"),
        ("Frau Meier-\nLüdenscheid fragt", "Frau Meier-Lüdenscheid fragt"),
        ("von 8 -\n12 Uhr", "von 8 - 12 Uhr"),
        ("Das Haus -\nein Altbau", "Das Haus - ein Altbau"),
        ("Frau   Jessen\tfragt", "Frau Jessen fragt"),
        ("am\u00a09.\u202fMai", "am 9. Mai"),
        ("Der Rat\n\n   beschließt", "Der Rat beschließt"),
        ("  Frau Noack  \n  fragt  ", "Frau Noack fragt"),
        ("Seite\f2", "Seite 2"),
    ],
)
def test_a_block_is_one_line(raw: str, expected: str) -> None:
    assert _block(raw).text == expected + "\n"


@pytest.mark.parametrize(
    ("raw", "word", "evidence"),
    [
        ("Die Umge-\nstaltung kostet", "Umgestaltung", "Umge-\nstaltung"),
        ("Frau  Schulze\nPellworm fragt", "Schulze Pellworm", "Schulze\nPellworm"),
        ("am 9.\u00a0Mai", "9. Mai", "9.\u00a0Mai"),
        ("die Verkehrs\u00ad\r\nberuhigung", "Verkehrsberuhigung", "Verkehrs\u00ad\r\nberuhigung"),
        ("Ratsherr Groß", "Groß", "Groß"),
        ("🏛 Herr Lang", "Herr", "Herr"),
    ],
)
def test_a_span_is_led_back(raw: str, word: str, evidence: str) -> None:
    clean = _block(raw)
    start = clean.text.index(word)
    a, b = clean.raw(start, start + len(word))
    assert raw[a:b] == evidence


@given(texts)
def test_every_character_is_the_one_at_its_offset(raw: str) -> None:
    clean = layout(raw).clean
    assert len(clean.offsets) == len(clean.text) + 1
    for char, offset in zip(clean.text, clean.offsets, strict=False):
        if char in " \n":
            # a blank or a line end stands for white space, or for a torn line
            assert offset == len(raw) or raw[offset] == char or raw[offset].isspace()
        else:
            assert raw[offset] == char


@given(texts, st.data())
def test_spans_are_never_reversed(raw: str, data: st.DataObject) -> None:
    clean = layout(raw).clean
    assert all(a <= b for a, b in zip(clean.offsets, list(clean.offsets)[1:], strict=False))
    if clean.text:
        start = data.draw(st.integers(0, len(clean.text) - 1))
        end = data.draw(st.integers(start + 1, len(clean.text)))
        a, b = clean.raw(start, end)
        assert 0 <= a < b <= len(raw) + 1


@given(texts)
def test_blocks_lie_one_behind_the_other(raw: str) -> None:
    found = layout(raw)
    text = found.clean.text
    pos = 0
    for block in found.blocks:
        assert block.start == pos < block.end
        assert "\n" not in text[block.start : block.end]
        assert text[block.end] == "\n"
        pos = block.end + 1
    assert pos == len(text)


@given(texts)
def test_units_cover_all_blocks_but_headings(raw: str) -> None:
    found = layout(raw)
    text = found.clean.text
    seen = {b: "" for b, block in enumerate(found.blocks) if block.kind != "heading"}
    pos = 0
    for unit in found.units:
        assert pos <= unit.start < unit.end
        assert found.blocks[unit.block].start <= unit.start < unit.end <= found.blocks[unit.block].end
        seen[unit.block] += text[unit.start : unit.end]
        pos = unit.end
    for b, read in seen.items():
        block = found.blocks[b]
        assert re.sub(r"\s", "", read) == re.sub(r"\s", "", text[block.start : block.end])


@given(texts)
def test_only_furniture_blanks_and_torn_hyphens_are_lost(raw: str) -> None:
    found = layout(raw)
    kept = {offset for char, offset in zip(found.clean.text, found.clean.offsets, strict=False) if not char.isspace()}
    kept |= {i for start, end in found.furniture for i in range(start, end)}
    lost = {raw[i] for i in range(len(raw)) if i not in kept and not raw[i].isspace()}
    assert lost <= set("-‐‑\u00ad¬")


def test_an_empty_text_is_empty() -> None:
    assert layout("").clean == CleanText("", layout("").clean.offsets)
    assert list(layout("").clean.offsets) == [0]
