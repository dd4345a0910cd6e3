"""Plain text out of spans of a raw text: one line, words that line ends divided in one piece."""

from __future__ import annotations

import re
from collections.abc import Sequence

HYPHENS = "-‐‑\u00ad¬"
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_DIVIDED = re.compile(rf"(?<=\w)([{HYPHENS}])\s*\n\s*(?=[A-ZÄÖÜ])")  # "Klima-\nAnpassung" keeps its hyphen


def joined(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Join spans in order; what stands between two of them is left out, with the hyphen that it begins with."""
    parts: list[str] = []
    last = 0
    for start, end in spans:
        gap = text[last:start]
        divided = bool(gap) and gap[0] in HYPHENS and gap[1:2].isspace()
        kept = bool(parts) and parts[-1][-1:] in HYPHENS and text[start].isupper() and not gap.startswith(" ")
        if parts and not divided and not kept:
            end_sign = gap.rstrip()[-1:]  # "stellt den Entwurf vor. Er sei ...": the frame ends the sentence
            parts.append(f"{end_sign} " if end_sign in tuple(".!?") and parts[-1][-1:].isalnum() else " ")
        parts.append(_DIVIDED.sub(r"\1", text[start:end]))
        last = end
    return " ".join("".join(parts).split())


def encodable(text: str) -> str:
    """Return a text without lone surrogates, which no file can hold; one character for another keeps the offsets."""
    return _SURROGATE.sub("\ufffd", text)
