"""When two names mean the same speaker: "Herrn Dr. Ahlers" is "Ahlers", "der Vorsitzenden" is "Vorsitzende".

The rule is part of the measure. It keeps its own short list of titles instead of the pipeline's lexicons, so
that no change of the system can change how it is measured.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from corpus.record import Person

_TITLE = re.compile(
    r"""
    \b (?: (?P<honorific> herrn? | frau | (?: hr | fr ) \.? )
         | (?P<academic> (?: dr | prof | ing | mag | med ) \.? | dipl \.? -? \w* \.? )
         | (?P<article> der | die | das | den | dem | des )
    ) (?= \s | $ )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ENDING = re.compile(r"(?: innen | in | en | er | e | n | s ) $", re.VERBOSE)


@lru_cache(maxsize=4096)
def words(name: str) -> frozenset[str]:
    """Return the words of a name or an office without titles, articles and endings of case and gender.

    "Herrn Vorsitzenden" and "die Vorsitzende" both give "vorsitzend". A word that is nothing but an ending
    ("Er") gives the empty word; a name of titles alone gives nothing.
    """
    bare = _TITLE.sub(" ", name.casefold())
    return frozenset(_ENDING.sub("", word) for word in re.findall(r"\w+", bare))


def same(name: str, others: Iterable[str]) -> bool:
    """Say whether the words of `name` are among those of one of the others, or the other way round."""
    wanted = words(name)
    return bool(wanted) and any(wanted <= words(x) or (words(x) and words(x) <= wanted) for x in others)


def is_person(name: str, person: Person) -> bool:
    """Say whether a name or an office of gold means this person of a record."""
    return same(name, (person.name, *person.roles))


def all_named(names: Iterable[str], persons: Iterable[Person]) -> bool:
    """Say whether each of the names means one of the persons; persons beyond these do no harm."""
    found = tuple(persons)
    return all(any(is_person(name, person) for person in found) for name in names)
