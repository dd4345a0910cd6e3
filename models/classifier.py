"""The seam between turn detection and turn labelling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.record import Label


@dataclass(frozen=True)
class TurnInput:
    """What a classifier may know of one turn; cue functions are those of `pipeline.lexicon.VerbFunction`.

    `speaker` is a name or head noun that is equal for equal speakers within the document (`None`: nobody is named);
    `section` counts the headings before the turn, `carried` the sentences that report on without naming the speaker.
    """

    text: str
    section: int = 0
    speaker: str | None = None
    speaker_kind: str | None = None
    functions: tuple[str, ...] = ()
    verb: str | None = None
    asks: bool = False
    direct_question: bool = False
    on_request: bool = False
    carried: int = 0
    passive: bool = False
    decides: bool = False
    verbatim: bool = False
    addressees: tuple[str, ...] = ()


@dataclass(frozen=True)
class Prediction:
    """A label, and the probabilities of all labels where the classifier has them (they sum to one)."""

    label: Label
    probabilities: Mapping[Label, float] | None = None


class TurnClassifier(Protocol):
    """Label the turns of one document; predictions come in the order of the turns."""

    name: str

    def predict(self, turns: Sequence[TurnInput]) -> list[Prediction]: ...
