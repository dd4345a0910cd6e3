"""Which entries are proposed to be one person: blocks, comparisons, and groups that nothing speaks against."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from corpus.register.comparing import CANDIDATE, PROPOSED, Comparison, compare, contradict
from corpus.register.corrections import NO_CORRECTIONS, Corrections
from corpus.register.entries import Appearance, Entry, entries
from corpus.register.houses import houses

# A block is compared pair by pair; a larger one is divided by more of the name, and a name that so many bear is left.
LARGEST_BLOCK = 300

_NUMBER = re.compile(r"r(\d+)")
_Pair = tuple[int, int]


@dataclass(frozen=True)
class Proposal:
    """An entry under an id, with the comparison that put it there and others that it may be."""

    register_id: str
    entry: Entry
    because: Comparison | None = None
    candidates: tuple[tuple[str, Comparison], ...] = ()


@dataclass(frozen=True)
class Register:
    """All entries by id; `compared` counts the pairs that were looked at, `notes` are on corrections left out."""

    proposals: tuple[Proposal, ...]
    compared: int
    notes: tuple[str, ...] = ()


@dataclass
class _Groups:
    """Entries that are put together, by the number of their group; nothing in a group contradicts another."""

    entries: Sequence[Entry]
    corrections: Corrections
    group: list[int] = field(init=False)
    members: dict[int, list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.group = list(range(len(self.entries)))
        self.members = {number: [number] for number in self.group}

    def join(self, a: int, b: int, *, ruled: bool = False) -> None:
        """Put the groups of two entries together, unless something speaks against it; a ruling is not questioned."""
        first, second = sorted((self.group[a], self.group[b]))
        if first == second or not (ruled or self._fit(first, second)):
            return
        for number in self.members[second]:
            self.group[number] = first
        self.members[first] += self.members.pop(second)

    def _fit(self, first: int, second: int) -> bool:
        pairs = ((self.entries[a], self.entries[b]) for a in self.members[first] for b in self.members[second])
        return not any(_against(a, b, self.corrections) for a, b in pairs)


def propose(found: Iterable[Appearance], corrections: Corrections = NO_CORRECTIONS) -> Register:
    """Return the register of the persons of many documents; what was corrected stands, the rest is proposed."""
    people = list(found)
    ruled, notes = corrections.applied(people)
    known = entries(people, houses(people), ruled, corrections.previous)
    groups = _Groups(known, corrections)
    by_ruling: dict[str, int] = {}
    for number, entry in enumerate(known):
        if entry.ruled:
            groups.join(by_ruling.setdefault(entry.ruled, number), number, ruled=True)
    compared: dict[_Pair, Comparison] = {}
    looked_at = 0
    for pair in sorted(_pairs(known)):
        looked_at += 1
        comparison = compare(known[pair[0]], known[pair[1]])
        if comparison and comparison.score >= CANDIDATE:
            compared[pair] = comparison
    for a, b in _sure(known, compared, corrections):
        groups.join(a, b)
    return Register(tuple(_proposals(known, groups, compared, corrections)), looked_at, notes)


def _against(a: Entry, b: Entry, corrections: Corrections) -> bool:
    """Say whether two entries cannot be one person, by what they are or by a correction."""
    ids = [[entry.ruled] if entry.ruled else [*entry.previous] for entry in (a, b)]
    return any(corrections.different(x, y) for x in ids[0] for y in ids[1]) or contradict(a, b)


def _pairs(known: Sequence[Entry]) -> set[_Pair]:
    """Return the pairs that share a block: part of a family name in one house, or the whole name in any."""
    blocks: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, entry in enumerate(known):
        for part in {entry.family, *entry.family.split()}:
            blocks[(entry.house, "begins", part[:3])].append(number)
            blocks[(entry.house, "ends", part[-3:])].append(number)
        if entry.given and entry.parties and "male" not in entry.genders:
            blocks[(entry.house, "given", entry.given, min(entry.parties))].append(number)
        if len(entry.given) > 1:
            blocks[("everywhere", entry.family, entry.given)].append(number)
    pairs: set[_Pair] = set()
    for members in blocks.values():
        for block in _divided(sorted(set(members)), known):
            pairs.update(combinations(block, 2))
    return pairs


def _divided(members: list[int], known: Sequence[Entry]) -> Iterator[list[int]]:
    if len(members) <= LARGEST_BLOCK:
        yield members
        return
    smaller: dict[str, list[int]] = defaultdict(list)
    for number in members:
        smaller[known[number].family].append(number)
    if len(smaller) == 1:
        smaller = defaultdict(list)
        for number in members:
            smaller[known[number].given].append(number)
    yield from (block for block in smaller.values() if len(block) <= LARGEST_BLOCK)


def _sure(known: Sequence[Entry], compared: dict[_Pair, Comparison], corrections: Corrections) -> list[_Pair]:
    """Return the pairs that are proposed, the likeliest first.

    An entry that fits two who contradict each other ("A. Lux", "Frau Lux") is one of them, and nobody knows which.
    """
    strong = {pair: x for pair, x in compared.items() if x.score >= PROPOSED}
    partners: dict[int, list[int]] = defaultdict(list)
    for a, b in strong:
        partners[a].append(b)
        partners[b].append(a)

    def torn_by(number: int) -> list[int]:
        # Whoever is named less fully ("Lux", beside "A. Lux") says nothing about it.
        level = _fullness(known[number])
        return [other for other in partners[number] if _fullness(known[other]) >= level][:LARGEST_BLOCK]

    torn = {
        number
        for number in partners
        if any(_against(known[a], known[b], corrections) for a, b in combinations(torn_by(number), 2))
    }
    sure = [pair for pair in strong if torn.isdisjoint(pair)]
    return sorted(sure, key=lambda pair: (-strong[pair].score, pair))


def _fullness(entry: Entry) -> int:
    return min(len(entry.given.partition(" ")[0]), 2)


def _proposals(
    known: Sequence[Entry], groups: _Groups, compared: dict[_Pair, Comparison], corrections: Corrections
) -> Iterator[Proposal]:
    ids = _ids(known, groups, corrections)
    best: dict[int, Comparison] = {}
    others: dict[int, dict[str, Comparison]] = defaultdict(dict)
    for (a, b), comparison in compared.items():
        same = groups.group[a] == groups.group[b]
        for one, other in ((a, b), (b, a)):
            if same and comparison.score > best.get(one, Comparison(-1, ())).score:
                best[one] = comparison
            id = ids[groups.group[other]]
            apart = corrections.different(ids[groups.group[one]], id)
            if not same and not apart and comparison.score > others[one].get(id, Comparison(-1, ())).score:
                others[one][id] = comparison
    ordered = sorted(groups.members.items(), key=lambda group: _number(ids[group[0]]))
    for group, members in ordered:
        for number in sorted(members, key=lambda n: (str(known[n].first or "9"), n)):
            candidates = sorted(others[number].items(), key=lambda x: (-x[1].score, _number(x[0])))
            yield Proposal(ids[group], known[number], best.get(number), tuple(candidates))


def _ids(known: Sequence[Entry], groups: _Groups, corrections: Corrections) -> dict[int, str]:
    """Return the id of each group: that of its ruling, that which most of it had before, or a new one."""
    ids: dict[int, str] = {}
    had: list[tuple[int, str, int]] = []
    for group, members in groups.members.items():
        ruling = next((known[n].ruled for n in members if known[n].ruled), None)
        if ruling:
            ids[group] = ruling
            continue
        before: Counter[str] = Counter()
        for n in members:
            before.update(known[n].previous)
        had += [(-times, id, group) for id, times in before.items()]
    taken = set(ids.values())
    for _, id, group in sorted(had):
        if group not in ids and id not in taken:
            ids[group] = id
            taken.add(id)
    last = max((_number(id)[0] for id in taken | corrections.ids), default=0)
    for group in sorted(groups.members):
        if group not in ids:
            last += 1
            ids[group] = f"r{last}"
    return ids


def _number(id: str) -> tuple[int, str]:
    found = _NUMBER.fullmatch(id)
    return (int(found[1]) if found else 0), id
