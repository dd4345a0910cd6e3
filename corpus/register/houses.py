"""Houses: which documents come from one town, told by the people whom they have in common.

The record does not say the town: "Gemeinderat" sits everywhere. But the minutes of one town name the same people
again and again, in the council and in its committees, and those of two towns do not.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from corpus.register.entries import Appearance, folded

# A name without a given name ("Müller") is shared by towns that have nothing in common.
_WITH_GIVEN, _WITHOUT = 1.0, 0.4
_LEAST, _SHARE = 2.0, 0.3
_LEAST_OF_HOUSES, _SHARE_OF_HOUSES = 3.0, 0.5

_Key = tuple[str, str]


def houses(found: Iterable[Appearance]) -> dict[str, int]:
    """Return the number of the house of each document, by source; numbers follow date and source."""
    people: dict[str, set[_Key]] = defaultdict(set)
    facts: dict[str, tuple[dt.date, str, str | None]] = {}
    for one in found:
        given = folded(one.given_name or "")
        people[one.source].add((folded(one.name), given[:1]))
        facts[one.source] = (one.date or dt.date.max, one.source, one.body)
    members: list[set[_Key]] = []
    index: dict[_Key, set[int]] = defaultdict(set)
    # A document with few people joins the others of its folder and body, if those are of one house.
    neighbours: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    houses: dict[str, int] = {}
    small: list[str] = []
    for source in sorted(people, key=lambda x: facts[x][:2]):
        keys = people[source]
        if _weight(keys) < _LEAST:
            small.append(source)
            continue
        house = _fitting(keys, members, index)
        if house is None:
            house = len(members)
            members.append(set())
        members[house] |= keys
        for key in keys:
            index[key].add(house)
        houses[source] = house
        neighbours[_place(source, facts[source][2])][house] += 1
    joined = _joined(members, index)
    houses = {source: joined[house] for source, house in houses.items()}
    for number, source in enumerate(small, len(members)):
        near = {joined[house] for house in neighbours[_place(source, facts[source][2])]}
        houses[source] = near.pop() if len(near) == 1 else number
    return houses


def _fitting(keys: set[_Key], members: Sequence[set[_Key]], index: dict[_Key, set[int]]) -> int | None:
    shared: dict[int, set[_Key]] = defaultdict(set)
    for key in keys:
        for house in index.get(key, ()):
            shared[house].add(key)
    best = max(shared, key=lambda house: (_weight(shared[house]), -house), default=None)
    if best is None:
        return None
    weight = _weight(shared[best])
    return best if weight >= _LEAST and weight >= _SHARE * _weight(keys) else None


def _joined(members: Sequence[set[_Key]], index: dict[_Key, set[int]]) -> list[int]:
    """Return for each house the lowest of those with which it shares most of its people."""
    joined = list(range(len(members)))
    for house in range(len(members)):
        shared: Counter[int] = Counter()
        weights: dict[int, float] = defaultdict(float)
        for key in members[house]:
            for other in index[key]:
                if other < house:
                    shared[other] += 1
                    weights[other] += _weight({key})
        for other, weight in sorted(weights.items()):
            smaller = min(_weight(members[house]), _weight(members[other]))
            if weight >= _LEAST_OF_HOUSES and weight >= _SHARE_OF_HOUSES * smaller:
                joined[house] = joined[other]
                break
    return joined


def _weight(keys: Iterable[_Key]) -> float:
    return sum(_WITH_GIVEN if given else _WITHOUT for _, given in keys)


def _place(source: str, body: str | None) -> tuple[str, str]:
    return source.rpartition("/")[0], folded(body or "")
