"""The names to be replaced, by the words that they consist of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from corpus.pseudonyms.lexicon import is_common, is_office_noun, is_private_noun, may_be_name
from corpus.pseudonyms.spelling import folded, words_of
from corpus.record import Minutes, Person, Span

_ENDINGS = ("s", "sche", "schen", "scher", "sches", "schem")
_SHORTEST_STEM = 3  # "Au" has no genitive that is not "aus"
_SIMILAR = 0.7  # of letters that two spellings of a name share in their order
_SLASH = re.compile(r"\s*/")
_MASKED = re.compile(r"\b\w{1,4}\.")  # "K.", "Sch.": the clerk has replaced it already


@dataclass
class Owner:
    """Somebody whose name is replaced: words of family and given names, folded, and where the record names them.

    `common` are words of the name that mean something else as a rule ("Freitag"), and count only beside the others or
    where the record names the person.
    """

    id: str | None
    name: str
    given_name: str | None
    family: set[str] = field(default_factory=set)
    given: set[str] = field(default_factory=set)
    common: frozenset[str] = frozenset()
    mentions: Sequence[Span] = ()

    @property
    def whole(self) -> str:
        """The name by which the owner is known in all documents of a key."""
        return f"{_joined(self.name)}|{_joined(self.given_name or '')}"


def owner_of(person: Person, text: str) -> Owner:
    """Return a person as the owner of a name, with the spellings that the mentions have ("Mülier" for "Müller")."""
    owner = Owner(
        person.id,
        person.name,
        person.given_name,
        set(name_words(person.name)),
        set(name_words(person.given_name or "")),
        frozenset(folded(word) for word in words_of(f"{person.name} {person.given_name or ''}") if is_common(word)),
        person.mentions,
    )
    for start, end in person.mentions:
        for word in words_of(text[start:end]):
            if may_be_name(word) and not is_private_noun(word) and (like := _like(folded(word), owner)) is not None:
                like.add(folded(word))
    return owner


def name_words(name: str) -> Iterator[str]:
    """Yield the words of a name that may be replaced, folded: no particles, titles, initials or masked names."""
    words = [word for word in words_of(_MASKED.sub(" ", _SLASH.split(name)[0])) if may_be_name(word)]
    names = [word for word in words if not is_office_noun(word)]
    yield from map(folded, names or words)


def _like(word: str, owner: Owner) -> set[str] | None:
    """Return the part of the owner's name of which a word is a spelling that is not known yet."""
    for part in (owner.family, owner.given):
        if word not in part and any(SequenceMatcher(None, word, known).ratio() >= _SIMILAR for known in part):
            return part
    return None


def _joined(name: str) -> str:
    return " ".join(map(folded, words_of(name)))


class Names:
    """Who owns a word: `of` returns numbers of owners. `kept` are words of names that stay."""

    def __init__(self, owners: Sequence[Owner], kept: Iterable[str]) -> None:
        self.owners = owners
        self.kept = frozenset(kept)
        self._of = _numbers(owner.family | owner.given for owner in owners)
        self._common = _numbers(owner.common for owner in owners)

    def of(self, word: str) -> tuple[str, frozenset[int], str]:
        """Return the word without its ending, who owns it (nobody if it is no name), and the ending ("s", "sche")."""
        letters = folded(word)
        if letters in self._of:
            return letters, self._of[letters], ""
        if letters not in self.kept:
            for ending in _ENDINGS:
                stem = letters.removesuffix(ending)
                if stem != letters and len(stem) >= _SHORTEST_STEM and stem in self._of:
                    return stem, self._of[stem], ending
        return letters, frozenset(), ""

    def common(self, word: str) -> tuple[str, frozenset[int]]:
        """Return who may be meant by a common word."""
        letters = folded(word)
        return letters, self._common.get(letters, frozenset())

    def is_given(self, word: str, owners: Iterable[int]) -> bool:
        """Tell whether a word is nothing but a given name of these owners."""
        return all(word in self.owners[n].given and word not in self.owners[n].family for n in owners)

    def __bool__(self) -> bool:
        return bool(self._of or self._common)


def _numbers(words: Iterable[Iterable[str]]) -> dict[str, frozenset[int]]:
    found: dict[str, frozenset[int]] = {}
    for number, of_owner in enumerate(words):
        for word in of_owner:
            found[word] = found.get(word, frozenset()) | {number}
    return found


def kept_words(minutes: Minutes, replaced: Iterable[Person]) -> dict[str, frozenset[str]]:
    """Return the words of the names of each person who is not replaced, by id."""
    gone = {person.id for person in replaced}
    return {
        person.id: frozenset((*name_words(person.name), *name_words(person.given_name or "")))
        for person in minutes.persons
        if person.kind == "person" and person.id not in gone
    }
