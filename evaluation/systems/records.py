"""Records of systems that find turns and who speaks, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.reading import Source
from corpus.record import Decision, Generator, Label, Minutes, Outcome, Person, Turn

Span = tuple[int, int]

_PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?!\s*\n))*")


@dataclass(frozen=True)
class FoundTurn:
    """One turn as a simple system sees it, in raw offsets; a decision has an outcome, and nothing else has one.

    `mention` is where the text names the speaker, `cue` the word that gives the turn away.
    """

    start: int
    end: int
    label: Label
    speaker: str | None = None
    mention: Span | None = None
    cue: Span | None = None
    outcome: Outcome | None = None


def record(source: Source, system: str, turns: Iterable[FoundTurn]) -> Minutes:
    """Build the record of a document; turns come in order and apart, speakers of one name are one person."""
    found = tuple(turns)
    names = dict.fromkeys(turn.speaker for turn in found if turn.speaker)
    ids = {name: f"p{n}" for n, name in enumerate(names, 1)}
    return Minutes(
        source=source.name,
        sha256=source.sha256,
        generator=Generator(package=system, config="none"),
        text=source.text,
        pages=source.pages,
        persons=tuple(
            Person(
                id=id,
                kind="person",
                name=name,
                mentions=tuple(turn.mention for turn in found if turn.speaker == name and turn.mention),
            )
            for name, id in ids.items()
        ),
        turns=tuple(
            Turn(
                id=f"t{n}",
                start=turn.start,
                end=turn.end,
                label=turn.label,
                speakers=(ids[turn.speaker],) if turn.speaker else (),
                speaker_mentions=(turn.mention,) if turn.mention else (),
                cue=turn.cue,
            )
            for n, turn in enumerate(found, 1)
        ),
        decisions=tuple(
            Decision(turn=f"t{n}", outcome=turn.outcome) for n, turn in enumerate(found, 1) if turn.outcome
        ),
    )


def paragraphs(text: str) -> Iterator[Span]:
    """Yield what stands between blank lines, without the white space around it."""
    for match in _PARAGRAPH.finditer(text):
        yield match.start(), match.start() + len(match[0].rstrip())
