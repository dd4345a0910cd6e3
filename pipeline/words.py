"""The words of one line of the clean text, and what can be told of a word without its sentence."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.lexicon import verbs, word_set

_TOKEN = re.compile(
    r"[^\W\d_]+(?:['’*:/][^\W\d_]+|-(?=[^\W\d_])[^\W\d_]+|\*(?=\w)|\.-(?=[^\W\d_])[^\W\d_]+)*(?:\.in(?:nen)?\b)?"
    r"|\d+|[^\w\s]"
)
_FINITE_ENDING = re.compile(r"(?:[^aeiou]t|[aeiouäöü]t|te|ten)$")
_AUXILIARIES = word_set("words.auxiliaries")
_NOT_FINITE = word_set("words.not_finite")


class Word(NamedTuple):
    """A word, number or sign; full stops of abbreviations and initials are signs of their own."""

    text: str
    start: int
    end: int

    @property
    def upper(self) -> bool:
        return self.text[0].isupper()


def words_of(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Cut `text[start:end]` into words; offsets refer to `text`."""
    stop = len(text) if end is None else end
    return [Word(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text, start, stop)]


class Line:
    """One line as a sequence of words that may be asked for beyond its ends."""

    def __init__(self, text: str, words: list[Word]) -> None:
        self.text, self.words = text, words

    def __len__(self) -> int:
        return len(self.words)

    def __getitem__(self, i: int) -> Word:
        return self.words[i]

    def word(self, i: int) -> str:
        """Return the text of word `i`, "" where there is none."""
        return self.words[i].text if 0 <= i < len(self.words) else ""

    def at_start(self, i: int) -> bool:
        """Tell whether word `i` begins a line, a sentence, a list item or what stands behind a colon."""
        start = self.words[i].start
        before = self.text[max(0, start - 2) : start]
        if i == 0 or start == 0 or before.endswith("\n") or before[:1] in ".!?:":
            return True
        return before.strip() in ("–", "-", "•", "*", "(")


@lru_cache(maxsize=65536)
def looks_finite(word: str) -> bool:
    """Tell whether a lower-case word looks like a finite verb: by the lexicon, as an auxiliary, or by its ending."""
    if not word or not word[0].islower():
        return False
    forms = verbs()
    if word in forms.indicative or word in forms.subjunctive or word in _AUXILIARIES:
        return True
    return len(word) > 3 and word not in _NOT_FINITE and bool(_FINITE_ENDING.search(word))
