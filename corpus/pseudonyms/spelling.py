"""Words as names are compared: without case, and whatever way umlauts and hyphens of line ends are written."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u00ad\u200b-\u200d\u2060])*")
"""A word, without its hyphens; combining marks, soft hyphens and characters of no width belong to it."""

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


@lru_cache(maxsize=1 << 16)
def folded(word: str) -> str:
    """Return a word as it is compared: "MÜLLER", "Mueller" and "Mül\u00adler" are one."""
    plain = unicodedata.normalize("NFKC", word).casefold().translate(_UMLAUTS)
    return "".join(sign for sign in unicodedata.normalize("NFKD", plain) if sign.isalpha())


def words_of(text: str) -> list[str]:
    """Return the words of a text."""
    return [match.group() for match in WORD.finditer(text)]
