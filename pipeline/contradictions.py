"""What in a resolution cannot be right: said as warnings, never changed."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.record import Votes
from pipeline.lexicon import pattern
from pipeline.resolutions import Resolution

_COUNTED = pattern("contradictions.present")
_BALLOTS = pattern("contradictions.ballots")


def contradictions(turn: str, text: str, resolution: Resolution, present: int | None) -> Iterator[str]:
    """Yield what contradicts itself in a decision; `present` are those on the attendance list, `None` without one.

    >>> resolution = Resolution("adopted", Votes(yes=8, no=2), False, {})
    >>> list(contradictions("t4", "Anwesend: 9. Abstimmung: 8 : 2", resolution, None))
    ['t4: 10 votes, but 9 present']
    """
    votes = resolution.votes
    if resolution.unanimous and votes and votes.no:
        yield f"{turn}: called unanimous, but with {votes.no} against"
    stated = _COUNTED.search(text)
    there = int(stated["n"]) if stated else present
    if votes and there and _sum(votes) > there:
        yield f"{turn}: {_sum(votes)} votes, but {there} present"
    if votes:
        yield from _totals(turn, votes, resolution.by_party)
    if m := _BALLOTS.search(text):
        cast, valid, invalid = (int(m[name]) for name in ("cast", "valid", "invalid"))
        if valid + invalid != cast:
            yield f"{turn}: {cast} ballots cast, but {valid} valid and {invalid} invalid"


def _totals(turn: str, votes: Votes, by_party: dict[str, Votes]) -> Iterator[str]:
    for ballot, total in (("yes", votes.yes), ("no", votes.no), ("abstain", votes.abstain)):
        of_parties = [n for party in by_party.values() if (n := getattr(party, ballot)) is not None]
        if total is not None and len(of_parties) > 1 and sum(of_parties) != total:
            yield f"{turn}: {total} {ballot} in all, but {sum(of_parties)} by party"


def _sum(votes: Votes) -> int:
    return sum(n for n in (votes.yes, votes.no, votes.abstain) if n)
