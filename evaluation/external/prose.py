"""Tokens back to prose, so that a system reads what it would read elsewhere, and its spans back to tokens."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from evaluation.external.documents import PARAGRAPH, ExternalDocument, Position, Tokens

_CLOSING = re.compile(r"[.,;:!?…)\]}]+")
_OPENING = frozenset("([{")
_BINDING = "/"  # stands close on both sides: "Bündnis 90/Die Grünen"
_OPENING_QUOTES = frozenset("„‚")
_QUOTES = frozenset(('"', "'", "''", "“", "”", "‘", "’", "«", "»"))


@dataclass(frozen=True)
class Prose:
    """The text of a document and where its tokens stand in it: half-open offsets, in the order of the tokens."""

    text: str
    spans: Mapping[Position, tuple[int, int]]

    def tokens(self, start: int, end: int) -> Tokens:
        """Return the tokens that a span of the text touches."""
        positions, spans = list(self.spans), list(self.spans.values())
        first = bisect_right(spans, start, key=lambda span: span[1])
        return frozenset(positions[first : bisect_left(spans, end, key=lambda span: span[0])])

    def word(self, position: Position) -> str:
        start, end = self.spans[position]
        return self.text[start:end]


def prose(document: ExternalDocument) -> Prose:
    """Set the tokens of a document by the rules of German type.

    There is no space before a comma or a closing bracket nor behind an opening one. A quotation mark of a form that
    opens in one house style and closes in another (“ " » ’) closes where one is open.
    """
    text = ""
    spans: dict[Position, tuple[int, int]] = {}
    quotes, opening = 0, False
    for number, sentence in enumerate(document.sentences):
        if document.between == PARAGRAPH:
            quotes = 0
        for k, token in enumerate(sentence):
            closes = token in _QUOTES and quotes > 0
            opens = token in _OPENING_QUOTES or (token in _QUOTES and not closes)
            quotes += opens - closes
            close = opening or closes or token == _BINDING or bool(_CLOSING.fullmatch(token))
            text += "" if not text or (k and close) else " " if k else document.between
            spans[number, k] = (len(text), len(text) + len(token))
            text += token
            opening = opens or token == _BINDING or token in _OPENING
    return Prose(text, spans)
