"""The rule baseline: cue, question words, mood, and the questions that are open. Kept for good as a comparison."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.record import Label
from models.classifier import DocumentInput, Prediction, TurnInput

_REPORTING = frozenset(("reply", "report"))
_PROCEDURE = frozenset(("chair", "move", "thank"))
_MEMBERS = frozenset(("mandate", "group_speaker"))
_OFFICIAL = frozenset(("chair", "executive", "administration", "guest", "clerk", "group"))
_LONG = 500  # a reply of so many characters may ask on the way
_REACH = 3  # turns that may lie between a question and its answer where others speak


@dataclass
class _Floor:
    """What is open in the item that is being dealt with."""

    section: int = -1
    asked: list[tuple[int, str | None]] = field(default_factory=list)
    since: int = 99
    answered: bool = False
    last: Label | None = None

    def open_for(self, turn: TurnInput) -> bool:
        """Tell whether somebody else's question waits for an answer."""
        return any(speaker is None or speaker != turn.speaker for _, speaker in self.asked)


class RuleBaseline:
    """Label turns by rules alone; gives no probabilities."""

    name = "rule-baseline"

    def predict(self, documents: Sequence[DocumentInput]) -> list[list[Prediction]]:
        """Label the turns in order: whether "erklärt" answers depends on what was asked before."""
        return [[Prediction(label) for label in _labels(document.turns)] for document in documents]


def _labels(turns: Sequence[TurnInput]) -> Iterator[Label]:
    floor = _Floor()
    for n, turn in enumerate(turns):
        if turn.section != floor.section:
            floor = _Floor(section=turn.section)
        label = _label(turn, floor)
        yield label
        if label == "question":
            floor.asked.append((n, turn.speaker))
            floor.since, floor.answered = 0, False
        elif label == "decision":
            floor.asked.clear()
            floor.since = 99
        else:
            floor.since = 0 if label == "answer" else floor.since + 1
            floor.answered = floor.answered or label == "answer"
        floor.last = label


def _label(turn: TurnInput, floor: _Floor) -> Label:
    if turn.decides:
        return "decision"
    functions = set(turn.functions)
    if "ask" in functions:
        return "question"
    if turn.on_request:
        return "answer"
    answers = _answers(turn, functions, floor)
    told = answers and functions & _REPORTING and (not turn.direct_question or len(turn.text) > _LONG)
    if turn.asks and not told:
        return "question"
    if answers:
        return "answer"
    if functions and functions <= _PROCEDURE and not turn.carried and (not turn.verbatim or len(turn.text) < 200):
        return "other"
    return "addition"


def _answers(turn: TurnInput, functions: set[str], floor: _Floor) -> bool:
    if not floor.open_for(turn):
        return False
    official = turn.speaker_kind in _OFFICIAL
    member = turn.speaker_kind in _MEMBERS
    reach = 0 if floor.answered else _REACH
    if "reply" in functions:
        return floor.since <= reach + 1
    if "promise" in functions:
        return floor.last == "question"
    if member:  # members debate: their "erklärt" is an opinion
        return not functions and turn.verbatim and floor.last == "question"
    if "add" in functions and "report" not in functions:
        return floor.last == "question"
    if functions & _REPORTING:
        return floor.last == "question" or (official and floor.since <= reach)
    if functions and functions <= _PROCEDURE:
        return False
    return floor.last == "question"
