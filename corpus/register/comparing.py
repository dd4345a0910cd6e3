"""How likely two entries are one person, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein

from corpus.register.entries import LIFE, Entry

PROPOSED = 0.7
CANDIDATE = 0.45

# Offices last five or six years; whoever comes back within one term has not been away.
_TERM = 6


@dataclass(frozen=True)
class Comparison:
    """A score from 0 to 1 and the reasons for it."""

    score: float
    reasons: tuple[str, ...]


def compare(a: Entry, b: Entry) -> Comparison | None:
    """Return how well two entries fit; `None` where something speaks against it that cannot be otherwise.

    "Anna" is not "Bernd", "Herr Lux" is not "Frau Lux". The score adds up what name, body, party, office and time say.
    """
    if _genders_differ(a, b):
        return None
    given = _given(a.given, b.given)
    family = _family(a, b)
    if given is None or family is None:
        return None
    points = [family, given, *_circumstances(a, b)]
    score = sum(point for point, _ in points)
    reasons = tuple(reason for _, reason in points if reason)
    if family[0] < 0.3:  # a name by marriage, or a double name: never more than a candidate
        score = min(score, PROPOSED - 0.05)
    if a.house != b.house:
        score = min(score, PROPOSED - 0.15)
    return Comparison(round(min(max(score, 0.0), 1.0), 2), reasons)


def contradict(a: Entry, b: Entry) -> bool:
    """Say whether two entries cannot be one person: by their names, by a document that has both, or by a ruling.

    Two misspellings of one name ("Engcl", "Eugel") are further from each other than from the name.
    """
    ruled = a.ruled is not None and b.ruled is not None and a.ruled != b.ruled
    if ruled or not a.sources.isdisjoint(b.sources) or _given(a.given, b.given) is None or _genders_differ(a, b):
        return True
    return DamerauLevenshtein.distance(a.family, b.family, score_cutoff=2) > 2 and _family(a, b) is None


def _genders_differ(a: Entry, b: Entry) -> bool:
    return bool(a.genders and b.genders) and not a.genders.keys() & b.genders.keys()


def _family(a: Entry, b: Entry) -> tuple[float, str] | None:
    if a.family == b.family:
        return 0.45, "same family name"
    parts = set(a.family.split()), set(b.family.split())
    if parts[0] < parts[1] or parts[1] < parts[0]:
        return 0.25, f"one family name is part of the other ({a.name}, {b.name})"
    shorter = min(len(a.family), len(b.family))
    allowed = 0 if shorter < 4 else 1 if shorter < 9 else 2
    distance = DamerauLevenshtein.distance(a.family, b.family, score_cutoff=allowed)
    if allowed and distance <= allowed:
        return (
            0.33,
            f"family names differ in {distance} {'letter' if distance == 1 else 'letters'} ({a.name}, {b.name})",
        )
    if _full(a.given) and a.given == b.given and "male" not in {*a.genders, *b.genders} and _follow(a, b):
        return 0.1, f"another family name, perhaps by marriage ({a.name}, {b.name})"
    return None


def _given(a: str, b: str) -> tuple[float, str] | None:
    if not a or not b:
        return 0.1, "a given name is missing" if a or b else "no given names"
    if a == b:
        return (0.3 if _full(a) else 0.2), "same given name" if _full(a) else "same initial"
    first, second = a.split(), b.split()
    if all(x.startswith(y) or y.startswith(x) for x, y in zip(first, second, strict=False)):
        initials = any(len(x) == 1 for x in (*first, *second))
        return (0.2, "the initial fits") if initials else (0.25, "one given name is part of the other")
    if min(len(a), len(b)) >= 5 and DamerauLevenshtein.distance(a, b, score_cutoff=1) <= 1:
        return 0.12, "given names differ in one letter"
    return None


def _circumstances(a: Entry, b: Entry) -> Iterable[tuple[float, str]]:
    if not a.sources.isdisjoint(b.sources):
        yield -0.5, f"both stand in {min(a.sources & b.sources)}"
    if a.house != b.house:
        yield 0.0, "no people in common: perhaps two towns"
    elif shared := a.bodies.keys() & b.bodies.keys():
        yield 0.1, f"same body ({min(shared)})"
    else:
        yield 0.05, "bodies with the same people"
    if shared := a.parties.keys() & b.parties.keys():
        yield 0.1, f"same party ({min(shared)})"
    elif a.parties and b.parties:
        yield -0.15, f"other parties ({min(a.parties)}, {min(b.parties)})"
    if shared := a.roles.keys() & b.roles.keys():
        yield 0.05, f"same office ({min(shared)})"
    if shared := a.titles.keys() & b.titles.keys():
        yield 0.05, f"same title ({min(shared)})"
    years = _years_between(a, b)
    if years is not None and years <= _TERM:
        yield 0.05, "" if years == 0 else f"{years} years between"
    elif years is not None:
        yield (0.0 if years <= LIFE else -0.2), f"{years} years between"


def _years_between(a: Entry, b: Entry) -> int | None:
    if not (a.first and a.last and b.first and b.last):
        return None
    days = max((a.first - b.last).days, (b.first - a.last).days, 0)
    return round(days / 365.25)


def _follow(a: Entry, b: Entry) -> bool:
    """Say whether one begins after the other ends, in the same party."""
    if not (a.first and a.last and b.first and b.last) or not a.parties.keys() & b.parties.keys():
        return False
    return a.last < b.first or b.last < a.first


def _full(given: str) -> bool:
    return len(given.partition(" ")[0]) > 1
