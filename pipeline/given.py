"""Documents whose turns are given: what the components after turn detection make of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.clean import CleanText
from pipeline.components import TURNS, drafted
from pipeline.turns import given_turns


def process_given(nlp: Language, text: str, spans: Sequence[tuple[int, int]]) -> Doc:
    """Process a text with exactly these turns: raw offsets, in order, apart; `to_minutes` takes the document.

    Raises `ValueError` for a span that holds nothing but white space or page furniture.
    """
    doc = nlp.make_doc(text)
    for name, component in nlp.pipeline:
        if name == TURNS:
            layout, mentions = drafted(doc)
            cleaned = [_turn_span(layout.clean, *span) for span in spans]
            doc._.minutes_turns = tuple(given_turns(layout, mentions, cleaned))
        else:
            doc = component(doc)
    return doc


def clean_span(clean: CleanText, start: int, end: int) -> tuple[int, int] | None:
    """Lead a raw span to the clean text; `None` where nothing of it is left there (white space, page furniture)."""
    first, last = bisect_left(clean.offsets, start), bisect_left(clean.offsets, end)
    last = min(last, len(clean.text))
    while last > first and clean.text[last - 1].isspace():
        last -= 1
    return (first, last) if first < last else None


def _turn_span(clean: CleanText, start: int, end: int) -> tuple[int, int]:
    span = clean_span(clean, start, end)
    if span is None:
        raise ValueError(f"the turn {start}:{end} holds no text: only white space or page furniture")
    return span
