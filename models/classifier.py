"""The seam between turn detection and turn labelling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.record import Label


@dataclass(frozen=True)
class TurnInput:
    """What a classifier may know of one turn; cue functions are those of `pipeline.lexicon.VerbFunction`.

    `start` is the offset of `text` in the text of the document. `speaker`, `addressees` and `mentioned` (everybody
    named in the turn) are ids or names that are equal for equal persons within the document (`speaker` `None`: nobody
    is named); `section` counts the headings before the turn, `carried` the sentences that report on without naming
    the speaker.
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
    mentioned: tuple[str, ...] = ()
    start: int = 0


@dataclass(frozen=True)
class TextBlock:
    """A heading, label line, paragraph or list item: `start:end` of the document's text."""

    start: int
    end: int
    heading: bool = False


@dataclass(frozen=True)
class DocumentInput:
    """A document whose turns are to be labelled: all of its text in blocks, and its turns, each in order."""

    text: str
    blocks: tuple[TextBlock, ...]
    turns: tuple[TurnInput, ...]


@dataclass(frozen=True)
class Prediction:
    """A label, and the probabilities of all labels where the classifier has them (they sum to one).

    There is no label where the likeliest was not likely enough.
    """

    label: Label | None
    probabilities: Mapping[Label, float] | None = None


class TurnClassifier(Protocol):
    """Label the turns of documents; predictions come in the order of the documents and of their turns.

    What is predicted for a document does not depend on the documents beside it.
    """

    @property
    def name(self) -> str:
        """The name by which the record tells what labelled its turns."""
        ...

    def predict(self, documents: Sequence[DocumentInput]) -> list[list[Prediction]]: ...
