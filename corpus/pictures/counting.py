"""What the pictures count: who speaks in which turn, and how many there are of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from corpus.captions import counted
from corpus.frames import Frames

if TYPE_CHECKING:
    import pandas

OTHERS = "others"
SAME_NAME = "Persons of one name count as one, and so do citizens and offices without a name."


@dataclass(frozen=True)
class Speakers:
    """Names and parties of the persons of all documents, by source and id."""

    names: Mapping[tuple[str, str], str]
    parties: Mapping[tuple[str, str], str]


def speakers_of(data: Frames) -> Speakers:
    """Return what to call each person.

    Persons with the same id of a register have one name, others are told apart by it alone, and with the given name
    where two of a document share theirs.
    """
    persons = data.persons
    sources, ids, registered, names, given, parties = (
        cells(persons, column) for column in ("source", "person", "register_id", "name", "given_name", "party")
    )
    borne = Counter(zip(sources, names, strict=True))
    shared = {name for (_, name), bearers in borne.items() if bearers > 1}
    called: dict[tuple[str, str], str] = {}
    of_register: dict[str, str] = {}
    for source, id, entry, name, first in zip(sources, ids, registered, names, given, strict=True):
        full = f"{first} {name}" if name in shared and first else name
        called[source, id] = of_register.setdefault(entry, full) if entry else full
    spelled: dict[str, str] = {}  # "Grüne" and "GRÜNE" are one party
    stated = {
        (source, id): spelled.setdefault(party.casefold(), party)
        for source, id, party in zip(sources, ids, parties, strict=True)
        if party
    }
    return Speakers(called, stated)


def cells(frame: pandas.DataFrame, column: str) -> list[Any]:
    """Return the cells of a column, `None` where nothing is stated."""
    values = frame[column]
    return [None if missing else cell for cell, missing in zip(values, values.isna(), strict=True)]


def top(counts: Mapping[str, float], most: int) -> list[str]:
    """Return the names with the highest counts, those with equal ones in the order of the alphabet."""
    return sorted(counts, key=lambda name: (-counts[name], name))[:most]


def left_out(*parts: tuple[int, str]) -> str:
    """Return " Left out: 3 without a speaker." for what is left out; nothing where all numbers are 0."""
    said = ", ".join(f"{number} {what}" for number, what in parts if number)
    return f" Left out: {said}." if said else ""


def meetings(data: Frames) -> str:
    """Return "12 meetings"."""
    return counted(len(data.meetings), "meeting")
