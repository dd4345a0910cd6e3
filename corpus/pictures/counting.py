"""What the pictures count: who speaks in which turn, and how many there are of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from corpus.frames import Frames

if TYPE_CHECKING:
    import pandas

Period = Literal["month", "quarter", "year"]


@dataclass(frozen=True)
class Speakers:
    """Names and parties of the persons of all documents, by source and id, and if a register knows any."""

    names: Mapping[tuple[str, str], str]
    parties: Mapping[tuple[str, str], str]
    registered: bool


def speakers_of(data: Frames) -> Speakers:
    """Return what to call each person.

    Persons of one entry of a register have one name, and those of two entries have two. All others are told apart by
    their names, with the given names where two of a document share theirs. Parties are those of the first spelling.
    """
    rows = list(cells(data.persons, "source", "person", "register_id", "name", "given_name", "party"))
    borne = Counter((source, name) for source, _, _, name, _, _ in rows)
    shared = {name for (_, name), bearers in borne.items() if bearers > 1}
    names: dict[tuple[str, str], str] = {}
    of_entry: dict[str, str] = {}
    parties: dict[tuple[str, str], str] = {}
    spelled: dict[str, str] = {}  # "Grüne" and "GRÜNE" are one party
    for source, id, entry, name, first, party in rows:
        full = f"{first} {name}" if name in shared and first else name
        if entry and entry not in of_entry:
            of_entry[entry] = f"{full} ({entry})" if full in of_entry.values() else full
        names[source, id] = of_entry[entry] if entry else full
        if party:
            parties[source, id] = spelled.setdefault(party.casefold(), party)
    return Speakers(names, parties, registered=bool(of_entry))


def cells(frame: pandas.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Yield the cells of some columns row by row, `None` where nothing is stated."""
    held = (frame[column].astype(object) for column in columns)
    return zip(*(column.where(column.notna(), None).tolist() for column in held), strict=True)


def top(counts: Mapping[str, float], most: int) -> list[str]:
    """Return the names with the highest counts, those with equal ones in the order of the alphabet."""
    return sorted(counts, key=lambda name: (-counts[name], name))[:most]


def listed(what: str, *parts: tuple[int, str]) -> str:
    """Return " Left out: 3 without a speaker." of the parts whose number is not 0; nothing where all are 0."""
    said = ", ".join(words for number, words in parts if number)
    return f" {what}: {said}." if said else ""
