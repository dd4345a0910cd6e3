"""The words of `private_persons.tsv`, and what they say of a word or a role."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from corpus.lexicon import lexicon_rows
from corpus.pseudonyms.spelling import folded, words_of

_FEWEST_BEFORE = 3  # letters in front of an ending: "Amtsleiter", but "Leiter" may be a name behind "Frau"
_LONGEST_SURNAME = 6  # letters of an office that by itself may be a family name: "Dekan", "Rektor"


@cache
def listed(kind: str) -> frozenset[str]:
    """Return the words of one kind, folded; `KeyError` if there are none."""
    return frozenset(map(folded, written(kind)))


def written(kind: str) -> tuple[str, ...]:
    """Return the words of one kind as they are written, the longest first."""
    return tuple(sorted(_kinds()[kind], key=lambda word: (-len(word), word)))


@cache
def _kinds() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for kind, words in lexicon_rows("private_persons.tsv"):
        found.setdefault(kind, []).extend(words.split())
    return found


@cache
def _endings(kind: str) -> tuple[str, ...]:
    """Endings of both genders, in the cases of the singular."""
    words = listed(kind)
    return tuple(
        sorted({form for word in words for form in (word, f"{word}in", f"{word}innen", f"{word}s", f"{word}n")})
    )


@lru_cache(maxsize=1 << 14)
def is_private_noun(word: str) -> bool:
    """Tell whether a word names somebody by what no public office is: "Anwohnerin", "Grundstückseigentümer"."""
    return folded(word).endswith(_endings("private"))


@cache
def _given_names() -> frozenset[str]:
    return frozenset(folded(row[0]) for row in lexicon_rows("first_names.tsv"))


@lru_cache(maxsize=1 << 14)
def is_given_name(name: str) -> bool:
    """Tell whether a word, or the first part of a hyphenated one, is a given name."""
    return any(folded(part) in _given_names() for part in (name, re.split("[-‐‑]", name)[0]))


def announces_name(word: str) -> bool:
    """Tell whether a name may follow a word that is no honorific: "Familie", "Anwohner"."""
    return folded(word) in listed("several") or is_private_noun(word)


@lru_cache(maxsize=1 << 14)
def is_office_noun(word: str) -> bool:
    """Tell whether a noun behind "Frau" is an office: "Amtsleiterin"."""
    word = folded(word)
    return any(
        len(word) >= len(ending) + _FEWEST_BEFORE or len(ending) > _LONGEST_SURNAME
        for ending in _endings("office")
        if word.endswith(ending)
    )


def is_private_role(role: str) -> bool:
    """Tell whether a role is no public office: "Anwohnerin der Mühlgasse", but not "sachkundiger Bürger"."""
    words = [folded(word) for word in words_of(role)]
    if any(word.startswith(tuple(listed("mandate"))) for word in words):
        return False
    unions = tuple(form for union in listed("union") for form in (union, f"{union}s", f"{union}es"))
    return any(is_private_noun(word) or word.endswith(unions) for word in words)


def may_be_name(word: str) -> bool:
    """Tell whether a word may be (part of) a family name: none that the lexicon lists, no number, no abbreviation."""
    letters = folded(word)
    if len(letters) < 2 or not word[0].isupper():
        return False
    if word.isupper() and len(word) < 4:
        return False  # "SR", "II"
    return letters not in _never()


def is_common(word: str) -> bool:
    """Tell whether a word is rarely a name though somebody may bear it: "Freitag", "Rat"."""
    return word[0].isupper() and folded(word) in listed("no_name")


@cache
def _never() -> frozenset[str]:
    return listed("no_name") | listed("honorific") | listed("title") | listed("particle") | listed("several")
