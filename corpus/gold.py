"""Gold annotation beside a text: the format that annotators write and the harness scores against.

One JSON file a document. `speakers` and `addressees` hold names as resolved within the document, `replies_to`
the numbers (from 0) of the questions that an answer answers; the other fields are those of the record.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, NonNegativeInt, ValidationError, model_validator

from corpus.record import Label, Outcome, Span, Votes


class GoldError(ValueError):
    """A gold file that cannot be read or does not hold; the message names the file and the fault."""


class _Gold(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class GoldTurn(_Gold):
    """One annotated turn; a decision has an outcome, and nothing else has one."""

    start: NonNegativeInt
    end: NonNegativeInt
    label: Label
    speakers: tuple[str, ...] = ()
    speaker_mentions: tuple[Span, ...] = ()
    roles: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    replies_to: tuple[NonNegativeInt, ...] = ()
    outcome: Outcome | None = None
    votes: Votes | None = None
    unanimous: Literal[True] | None = None

    @model_validator(mode="after")
    def _holds(self) -> GoldTurn:
        if not self.start < self.end:
            raise ValueError(f"start {self.start} is not before end {self.end}")
        if (self.label == "decision") != (self.outcome is not None):
            raise ValueError("a decision has an outcome, and only a decision has one")
        if self.replies_to and self.label != "answer":
            raise ValueError("only an answer replies to a question")
        return self


class GoldAgendaItem(_Gold):
    """The heading of an item that is dealt with: its first unit, number and title as written."""

    start: NonNegativeInt
    end: NonNegativeInt
    number: str | None = None
    title: str | None = None


class Gold(_Gold):
    """The annotation of one document."""

    text: str
    turns: tuple[GoldTurn, ...] = ()
    agenda: tuple[GoldAgendaItem, ...] = ()
    notes: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _holds(self) -> Gold:
        last = 0
        for i, turn in enumerate(self.turns):
            if turn.start < last:
                raise ValueError(f"turn {i} begins before the turn before it ends")
            last = turn.end
            for _, end in ((turn.start, turn.end), *turn.speaker_mentions):
                if end > len(self.text):
                    raise ValueError(f"turn {i}: a span ends at {end}, the text at {len(self.text)}")
            for reply in turn.replies_to:
                if reply >= i or self.turns[reply].label != "question":
                    raise ValueError(f"turn {i} replies to {reply}, which is no earlier question")
        for i, item in enumerate(self.agenda):
            if not item.start < item.end <= len(self.text):
                raise ValueError(f"agenda item {i}: {item.start}-{item.end} is no span of the text")
        return self


def read_gold(path: Path) -> Gold:
    """Read and check one gold file; `GoldError` says what is wrong with it."""
    try:
        return Gold.model_validate_json(path.read_bytes())
    except OSError as error:
        raise GoldError(f"{path}: {error.strerror}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(x) for x in first["loc"])
        raise GoldError(f"{path}: {where + ': ' if where else ''}{first['msg']}") from error
