"""The languages of the pictures."""

from __future__ import annotations

from typing import Literal

from corpus.pictures.english import English
from corpus.pictures.german import German

Language = Literal["en", "de"]
Words = English | German
_WORDS: dict[str, Words] = {"en": English(), "de": German()}


def words_in(language: Language) -> Words:
    """Return the words of a language. Raises `ValueError` for any other."""
    if language not in _WORDS:
        raise ValueError(f"there are no words in {language!r}: give one of {', '.join(_WORDS)}")
    return _WORDS[language]
