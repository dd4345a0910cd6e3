"""Who is who over a whole document: the persons found, and which of their speeches are held for one person's.

A *mention* is one speaker of one turn, whether the turn names the speaker or not. Mentions of the two sides are the
same where the turns match and the names do; speakers left over in matched turns are paired in their order, so that a
person under a wrong name, but always the same, is still one person. All others are the mentions of one side alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

import numpy as np

from corpus.gold import Gold
from corpus.record import Minutes, Person
from evaluation.counts import Counts, Fraction
from evaluation.matching import Matching, assign
from evaluation.names import is_person, words

Mention = tuple[Hashable | None, Hashable | None]
"""The entities that gold and the system hold a mention for; `None` on the side that does not have it."""


@dataclass(frozen=True)
class Identity:
    """How far the clusters of mentions agree.

    - `b3_precision`, `b3_recall`: B³ (Bagga & Baldwin 1998), mentions of one side alone counted as wrong
    - `ceaf_e`: CEAF-e (Luo 2005): similarity φ4 of the entities aligned one to one, and the mean number of entities
    """

    b3_precision: Fraction = field(default_factory=Fraction)
    b3_recall: Fraction = field(default_factory=Fraction)
    ceaf_e: Fraction = field(default_factory=Fraction)

    def __add__(self, other: Identity) -> Identity:
        return Identity(
            self.b3_precision + other.b3_precision, self.b3_recall + other.b3_recall, self.ceaf_e + other.ceaf_e
        )


def identity(gold: Gold, minutes: Minutes, matching: Matching, persons: dict[str, Person]) -> Identity:
    """Compare who gold and the record hold for the speaker of the turns."""
    return compare_entities(list(_mentions(gold, minutes, matching, persons)))


def compare_entities(mentions: Sequence[Mention]) -> Identity:
    """Compare two clusterings of mentions into entities."""
    theirs, ours, both = (
        Counter(truth for truth, _ in mentions if truth is not None),
        Counter(found for _, found in mentions if found is not None),
        Counter((truth, found) for truth, found in mentions if truth is not None and found is not None),
    )
    precise = sum(n * n / ours[found] for (_, found), n in both.items())
    recalled = sum(n * n / theirs[truth] for (truth, _), n in both.items())
    rows, columns = list(theirs), list(ours)
    similarity = np.array(
        [[2 * both[a, b] / (theirs[a] + ours[b]) for b in columns] for a in rows], dtype=np.float64
    ).reshape(len(rows), len(columns))
    aligned = sum(similarity[i, j] for i, j in assign(similarity))
    return Identity(
        Fraction(precise, ours.total()),
        Fraction(recalled, theirs.total()),
        Fraction(float(aligned), (len(rows) + len(columns)) / 2),
    )


def compare_persons(gold: Gold, minutes: Minutes, persons: dict[str, Person]) -> Counts:
    """Count the persons who speak, are addressed, preside or, where gold has the attendance list, stand in it."""
    listed = [entry.person for entry in gold.attendance]
    names = list({entity: name for name, entity in _entities(gold).items()}.values())
    named = {person for turn in minutes.turns for person in (*turn.speakers, *turn.addressees)}
    if listed:
        named |= {entry.person for entry in minutes.meeting.attendance}
    if gold.meeting.chair and minutes.meeting.chair:
        named.add(minutes.meeting.chair)
    found = [person for id, person in persons.items() if id in named]
    return Counts.among(len(_same(names, found)), predicted=len(found), gold=len(names))


def compare_speakers(gold: Gold, minutes: Minutes, matching: Matching, persons: dict[str, Person]) -> Counts:
    """Count each speaker of each turn, one to one: unlike in `speaker_f1`, one too many is wrong."""
    right = sum(
        len(_same(gold.turns[i].speakers, [persons[x] for x in minutes.turns[j].speakers])) for i, j in matching.pairs
    )
    return Counts.among(
        right,
        predicted=sum(len(turn.speakers) for turn in minutes.turns),
        gold=sum(len(turn.speakers) for turn in gold.turns),
    )


def _entities(gold: Gold) -> dict[str, frozenset[str]]:
    """Return whom each name of gold means: "Ammer" is "Eva Ammer" if there is no other Ammer."""
    spoken = (name for turn in gold.turns for name in (*turn.speakers, *turn.addressees))
    names = dict.fromkeys([*spoken, *(entry.person for entry in gold.attendance)])
    if gold.meeting.chair:
        names[gold.meeting.chair] = None
    known = {words(name) for name in names}
    longer = {part: [whole for whole in known if part < whole] for part in known}
    return {name: longer[words(name)][0] if len(longer[words(name)]) == 1 else words(name) for name in names}


def _same(names: Sequence[str], persons: Sequence[Person]) -> tuple[tuple[int, int], ...]:
    fits = [[is_person(name, person) for person in persons] for name in names]
    return assign(np.array(fits, dtype=np.float64).reshape(len(names), len(persons)))


def _mentions(gold: Gold, minutes: Minutes, matching: Matching, persons: dict[str, Person]) -> Iterator[Mention]:
    partner, entities = dict(matching.pairs), _entities(gold)
    for i, turn in enumerate(gold.turns):
        names = list(turn.speakers)
        found = [persons[x] for x in minutes.turns[partner[i]].speakers] if i in partner else []
        paired = _same(names, found)
        yield from ((entities[names[a]], found[b].id) for a, b in paired)
        names = [name for a, name in enumerate(names) if a not in {x for x, _ in paired}]
        found = [person for b, person in enumerate(found) if b not in {x for _, x in paired}]
        for name, person in zip_longest(names, found):
            yield entities[name] if name else None, person.id if person else None
    for j in matching.spurious:
        yield from ((None, id) for id in minutes.turns[j].speakers)
