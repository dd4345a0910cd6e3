"""How a resolution came about: who moved it, who took no part, votes on its parts and in several ballots.

Only what the text of the turn says; most resolutions say nothing of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.record import Outcome, Votes
from pipeline import ballots, decisions
from pipeline.lexicon import pattern
from pipeline.mentions import Mention

_MOVED_BY = pattern("proceedings.moved_by")
_SECONDED_BY = pattern("proceedings.seconded_by")
_AMENDMENT = pattern("proceedings.amendment")
_PART = pattern("proceedings.part")
_AND = re.compile(r",?\s*(?:und|sowie|/|,)\s*(?:de[rsn]|von|die)?\s*")
_SENTENCE_END = re.compile(r"(?<=[a-zäöüß)])\.(?=\s|$)|\n")
_LEAD = 80  # characters in which a resolution names what it is about


@dataclass(frozen=True)
class PartDraft:
    """The vote on one part, in clean offsets; `label` as written ("Ziffer 2")."""

    start: int
    end: int
    label: str
    outcome: Outcome
    votes: Votes | None


@dataclass(frozen=True)
class Proceedings:
    """What the text of a resolution says besides the result; persons are numbers of mentions."""

    movers: tuple[int, ...] = ()
    seconders: tuple[int, ...] = ()
    excluded: tuple[int, ...] = ()
    rounds: tuple[Votes, ...] = ()
    parts: tuple[PartDraft, ...] = ()
    amendment: bool = False


def read_proceedings(text: str, start: int, end: int, mentions: Sequence[tuple[int, Mention]]) -> Proceedings:
    """Read the turn `text[start:end]` of a decision; `mentions` are those in it with their numbers, in order."""
    return Proceedings(
        movers=_named_behind(_MOVED_BY, text, start, end, mentions),
        seconders=_named_behind(_SECONDED_BY, text, start, end, mentions),
        excluded=_excluded(text, start, end, mentions),
        rounds=_rounds(text[start:end]),
        parts=_parts(text, start, end),
        amendment=bool(_AMENDMENT.search(text, start, min(end, start + _LEAD))),
    )


def _named_behind(
    cue: re.Pattern[str], text: str, start: int, end: int, mentions: Sequence[tuple[int, Mention]]
) -> tuple[int, ...]:
    """Return who is named right behind a cue ("auf Antrag von Frau Lux und Herrn Zeh")."""
    found: list[int] = []
    for m in cue.finditer(text, start, end):
        at = m.end()
        for number, mention in mentions:
            first = at == m.end()
            if mention.start == at or (not first and mention.start > at and _AND.fullmatch(text, at, mention.start)):
                found.append(number)
                at = mention.outer_end
    return tuple(dict.fromkeys(found))


def _excluded(text: str, start: int, end: int, mentions: Sequence[tuple[int, Mention]]) -> tuple[int, ...]:
    found = []
    for a, b in _sentences(text, start, end):
        if decisions.excludes(text[a:b]):
            found += [n for n, mention in mentions if a <= mention.start < b and mention.kind == "person"]
    return tuple(found)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for m in _SENTENCE_END.finditer(text, start, end):
        yield at, m.end()
        at = m.end()
    if at < end:
        yield at, end


def _rounds(text: str) -> tuple[Votes, ...]:
    """Return the count of each ballot where there were several."""
    return tuple(votes for ballot in ballots.rounds(text) if (votes := ballots.count("", ballot, ballot)))


def _parts(text: str, start: int, end: int) -> tuple[PartDraft, ...]:
    """Return the votes on parts that stand in lines of their own; one alone is the vote on the whole."""
    found = []
    for m in _PART.finditer(text, start, end):
        if decisions.is_verdict(m["result"]):
            votes = ballots.count(m["result"], m["result"], m["result"])
            found.append(PartDraft(m.start("label"), m.end(), m["label"], decisions.outcome(m["result"]), votes))
    return tuple(found) if len(found) > 1 else ()
