"""Gold annotation beside a text: the format that annotators write and the harness scores against.

One JSON file a document, standing off from the text: offsets into `NAME.txt` beside `NAME.json`, whose hash it
names. (Gold that holds its own `text` is read as well.) `speakers` and `addressees` hold names as resolved within
the document, `replies_to` the numbers (from 0) of the questions that an answer answers; the other fields are
those of the record.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, ValidationError, model_validator

from corpus.reading import ENDING, ReadError, read_source
from corpus.record import AttendanceStatus, Label, Outcome, Span, Votes

Split = Literal["train", "dev", "test"]
SPLITS: tuple[Split, ...] = get_args(Split)
FACTS = ("body", "date", "start_time", "end_time", "place")
"""The fields of a meeting that have their evidence in the text."""


Text = Annotated[str, Field(min_length=1)]


class GoldError(ValueError):
    """A gold file that cannot be read or does not hold; the message names the file and the fault."""


class _Gold(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Origin(_Gold):
    """Where a document comes from: the house style it is written in, the town, and its split.

    A generated document is no annotated one: a grammar made text and annotation together.
    """

    style: str
    place: str | None = None
    split: Split | None = None
    generated: bool = False


class GoldTurn(_Gold):
    """One annotated turn; a decision has an outcome, and nothing else has one.

    `content` (what is reported) and `wording` (of a decision) are optional layers that our own samples do not have.
    """

    start: NonNegativeInt
    end: NonNegativeInt
    label: Label
    speakers: tuple[Text, ...] = ()
    speaker_mentions: tuple[Span, ...] = ()
    roles: tuple[Text, ...] = ()
    parties: tuple[Text, ...] = ()
    addressees: tuple[Text, ...] = ()
    content: tuple[Span, ...] = ()
    replies_to: tuple[NonNegativeInt, ...] = ()
    outcome: Outcome | None = None
    wording: Span | None = None
    votes: Votes | None = None
    unanimous: Literal[True] | None = None

    @model_validator(mode="after")
    def _holds(self) -> GoldTurn:
        if not self.start < self.end:
            raise ValueError(f"start {self.start} is not before end {self.end}")
        if (self.label == "decision") != (self.outcome is not None):
            raise ValueError("a decision has an outcome, and only a decision has one")
        if self.label != "decision" and (self.votes or self.unanimous or self.wording):
            raise ValueError("only a decision has votes, a wording or is unanimous")
        if self.replies_to and self.label != "answer":
            raise ValueError("only an answer replies to a question")
        if list(self.replies_to) != sorted(set(self.replies_to)):
            raise ValueError("the questions that it replies to are not in order, or one stands twice")
        return self


class GoldAgendaItem(_Gold):
    """The heading of an item that is dealt with: its first unit, number and title as written."""

    start: NonNegativeInt
    end: NonNegativeInt
    number: str | None = None
    title: str | None = None


class Fact(_Gold):
    """A value and the text that states it; dates are written 2024-05-02, times 18:30."""

    value: str
    start: NonNegativeInt
    end: NonNegativeInt


class GoldMeeting(_Gold):
    """What the document says of the sitting; `chair` is a name as in `speakers`."""

    body: Fact | None = None
    date: Fact | None = None
    start_time: Fact | None = None
    end_time: Fact | None = None
    place: Fact | None = None
    chair: str | None = None
    public: bool | None = None

    @model_validator(mode="after")
    def _written(self) -> GoldMeeting:
        if self.date:
            dt.date.fromisoformat(self.date.value)
        for time in (self.start_time, self.end_time):
            if time:
                dt.time.fromisoformat(time.value)
        return self

    @property
    def facts(self) -> dict[str, Fact]:
        """The stated facts by the name of their field."""
        values = {name: getattr(self, name) for name in FACTS}
        return {name: fact for name, fact in values.items() if fact is not None}


class GoldAttendee(_Gold):
    """One entry of the attendance list: what it says of one person; `from` and `until` as written."""

    start: NonNegativeInt
    end: NonNegativeInt
    person: Text
    status: AttendanceStatus = "present"
    roles: tuple[Text, ...] = ()
    parties: tuple[Text, ...] = ()
    from_: str | None = Field(default=None, alias="from")
    until: str | None = None


class Draft(_Gold):
    """An annotation whose parts each hold, but perhaps not together: what `gold_faults` judges."""

    text: str
    origin: Origin | None = None
    meeting: GoldMeeting = GoldMeeting()
    attendance: tuple[GoldAttendee, ...] = ()
    agenda: tuple[GoldAgendaItem, ...] = ()
    turns: tuple[GoldTurn, ...] = ()
    sentences: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()


class Gold(Draft):
    """The annotation of one document. Turns stand in the order of the text and do not overlap.

    `sentences` are the units that turns are made of, headings and list items among them; they are given by the
    corpus, not annotated.
    """

    @model_validator(mode="after")
    def _holds(self) -> Gold:
        fault = next(iter(gold_faults(self)), None)
        if fault:
            raise ValueError(fault.message)
        return self

    @property
    def sha256(self) -> str:
        """Hash of the text in UTF-8, as `read_gold` and `write_gold` use it."""
        return text_hash(self.text)


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8 as hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Fault:
    """What is wrong with an annotation: in which layer, at which offset of the text (if it has one)."""

    layer: str
    offset: int | None
    message: str


def gold_faults(gold: Draft) -> Iterator[Fault]:
    """Yield what is wrong between the parts of an annotation, and between them and the length of the text."""
    length, layers = len(gold.text), _layers(gold)
    for layer, spans in layers.items():
        for what, start, end in spans:
            if not start < end:
                yield Fault(layer, start, f"{what}: start {start} is not before end {end}")
            elif end > length:
                yield Fault(layer, start, f"{what}: a span ends at {end}, the text at {length}")
    for i, turn in enumerate(gold.turns):
        for before, after in pairwise(turn.speaker_mentions):
            if after[0] < before[1]:
                yield Fault("mentions", after[0], f"turn {i}: its mentions overlap or are not in order")
    for layer in ("turns", "agenda", "attendance", "sentences"):
        last = 0
        for what, start, end in layers[layer]:
            if start < last:
                yield Fault(layer, start, f"{what} begins before the {what.rstrip(' 0123456789')} before it ends")
            last = max(last, end)
    for i, turn in enumerate(gold.turns):
        for reply in turn.replies_to:
            if reply >= i or gold.turns[reply].label != "question":
                yield Fault("replies", turn.start, f"turn {i} replies to {reply}, which is no earlier question")


def _layers(gold: Draft) -> dict[str, list[tuple[str, int, int]]]:
    return {
        "turns": [(f"turn {i}", x.start, x.end) for i, x in enumerate(gold.turns)],
        "mentions": [(f"turn {i}", *span) for i, x in enumerate(gold.turns) for span in x.speaker_mentions],
        "content": [(f"turn {i}", *span) for i, x in enumerate(gold.turns) for span in x.content],
        "wording": [(f"turn {i}", *x.wording) for i, x in enumerate(gold.turns) if x.wording],
        "agenda": [(f"agenda item {i}", x.start, x.end) for i, x in enumerate(gold.agenda)],
        "attendance": [(f"attendee {i}", x.start, x.end) for i, x in enumerate(gold.attendance)],
        "sentences": [(f"sentence {i}", *span) for i, span in enumerate(gold.sentences)],
        "meeting": [(name, fact.start, fact.end) for name, fact in gold.meeting.facts.items()],
    }


def read_gold(path: Path, texts: Path | None = None) -> Gold:
    """Read and check one gold file, and where it holds no text itself, the text beside it or in the folder `texts`.

    `GoldError` says what is wrong: no file, no text, another text than the annotated one, or a fault.
    """
    try:
        return Gold.model_validate(gold_data(path, texts))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(x) for x in first["loc"])
        raise GoldError(f"{path}: {where + ': ' if where else ''}{first['msg']}") from error


def gold_data(path: Path, texts: Path | None = None) -> dict[str, Any]:
    """Return the fields of `Gold` as a file has them, unchecked but for the text; `GoldError` as `read_gold`."""
    try:
        data = json.loads(path.read_bytes())
    except OSError as error:
        raise GoldError(f"{path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise GoldError(f"{path}: no JSON: {error}; restore the file") from error
    if not isinstance(data, dict):
        raise GoldError(f"{path}: an annotation is a JSON object, not a {type(data).__name__}")
    sha256 = data.pop("sha256", None)
    if "text" in data:
        return data
    beside = (texts or path.parent) / (path.stem + ENDING)
    try:
        data["text"] = read_source(beside).text
    except ReadError as error:
        raise GoldError(f"{path}: has no text of its own, and {error}") from error
    if sha256 is None:
        raise GoldError(f"{path}: has neither a text of its own nor the hash of {beside.name}: add sha256")
    if sha256 != text_hash(data["text"]):
        raise GoldError(f"{path}: {beside.name} is not the text that was annotated: its hash is another")
    return data


def write_gold(gold: Gold, path: Path) -> None:
    """Write an annotation and its text side by side: `path` and the same name with `.txt`."""
    path.with_suffix(ENDING).write_text(gold.text, encoding="utf-8", newline="")
    path.write_text(gold_json(gold), encoding="utf-8", newline="\n")


def gold_json(gold: Gold, *, with_text: bool = False) -> str:
    """Return an annotation as JSON, one turn or entry a line; empty fields are left out."""
    data = gold.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"text"})
    head = {"text": gold.text} if with_text else {"sha256": gold.sha256}
    fields = [f'"{name}": {_lines(value)}' for name, value in (head | data).items()]
    return "{\n" + ",\n".join(fields) + "\n}\n"


def _lines(value: object) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict | str):
        return "[\n " + ",\n ".join(json.dumps(x, ensure_ascii=False) for x in value) + "\n]"
    return json.dumps(value, ensure_ascii=False)
