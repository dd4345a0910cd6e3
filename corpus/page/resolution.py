"""A decision as the page shows it: outcome, votes as numbers and as a bar."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.captions import one_line
from corpus.german import OUTCOMES, german_votes
from corpus.record import Decision, Minutes, Outcome, Votes

Bar = tuple[tuple[str, float, float], ...]


@dataclass(frozen=True)
class Ballot:
    """A vote: of whom or on what, what it says in words, and the bar, if one can be drawn."""

    name: str
    words: str
    bar: Bar


@dataclass(frozen=True)
class Resolution:
    """What a turn decides; `ballots` are those of parties, rounds and parts, `notes` who moved it and the like."""

    outcome: Outcome
    outcome_word: str
    total: Ballot
    votes: Votes
    unanimous: bool
    ballots: tuple[Ballot, ...]
    notes: tuple[str, ...]


def resolution_of(minutes: Minutes, decision: Decision) -> Resolution:
    """Return the decision of a record for its page."""
    parties = (_ballot(party, votes) for party, votes in decision.by_party.items())
    rounds = (_ballot(f"{n}. Wahlgang", votes) for n, votes in enumerate(decision.rounds, 1))
    ends = (_ballot(f"{part.label}: {OUTCOMES[part.outcome]}", part.votes) for part in decision.parts)
    return Resolution(
        outcome=decision.outcome,
        outcome_word=OUTCOMES[decision.outcome],
        total=Ballot("", german_votes(decision.votes, decision.unanimous), vote_bar(decision.votes)),
        votes=decision.votes or Votes(),
        unanimous=bool(decision.unanimous),
        ballots=(*parties, *rounds, *ends),
        notes=tuple(_notes(minutes, decision)),
    )


def vote_bar(votes: Votes | None) -> Bar:
    """Return what fills a bar of 100 units: side of the vote, where it begins, how wide it is.

    Empty where those in favour or all others are not counted: with "bei einer Gegenstimme" nobody knows the whole.
    """
    sides = (("yes", votes.yes), ("no", votes.no), ("abstain", votes.abstain)) if votes else ()
    known = [(side, number) for side, number in sides if number is not None]
    whole = sum(number for _, number in known)
    if votes is None or votes.yes is None or len(known) < 2 or not whole:
        return ()
    bar, at = [], 0.0
    for side, number in known:
        width = 100 * number / whole
        if number:
            bar.append((side, round(at, 2), round(width, 2)))
        at += width
    return tuple(bar)


def _ballot(name: str, votes: Votes | None) -> Ballot:
    return Ballot(one_line(name), german_votes(votes), vote_bar(votes))


def _notes(minutes: Minutes, decision: Decision) -> Iterable[str]:
    for word, ids in (
        ("auf Antrag von", decision.movers),
        ("unterstützt von", decision.seconders),
        ("ohne Mitwirkung von", decision.excluded),
    ):
        if ids:
            yield one_line(f"{word} {', '.join(minutes.person(id).name for id in ids)}")
    if decision.amends:
        yield one_line(f"Änderungsantrag zu {decision.amends}")
