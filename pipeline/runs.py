"""Runs: unbroken sentences of one speaker, or of one resolution, and where the walk that gathers them stands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from corpus.record import Form
from pipeline.attribution import Attribution
from pipeline.judge import Judge
from pipeline.layout import Unit
from pipeline.sentence import Sentence

_PROCEDURE = frozenset(("chair", "move", "thank"))


@dataclass(frozen=True)
class Reading:
    """One sentence of a run.

    `carried` tells that it only goes on, whatever its own subject; `outright` that it asks with a cue of its own;
    `open_point` that it leaves something open which is a question if somebody replies.
    """

    unit: Unit
    attribution: Attribution | None
    question: bool = False
    carried: bool = False
    outright: bool = False
    open_point: bool = False


@dataclass
class Run:
    """A run under construction; `result` are the spans in which a resolution states its result."""

    decision: bool = False
    form: Form = "reported"
    labelled: bool = False
    fragment: bool = False
    readings: list[Reading] = field(default_factory=list)
    result: list[tuple[int, int]] = field(default_factory=list)
    result_label: bool = False
    open_end: bool = False
    after_question: bool = False

    @property
    def last(self) -> Unit:
        return self.readings[-1].unit

    @property
    def asked(self) -> bool:
        return any(r.question for r in self.readings)

    @property
    def procedural(self) -> bool:
        functions = {f for r in self.readings if r.attribution for f in r.attribution.functions}
        return bool(functions) and functions <= _PROCEDURE

    def settled(self, following: Run | None) -> Run:
        """Count what the speaker leaves open as a question where the next run replies."""
        reply = following.readings[0].attribution if following else None
        if reply is None or self.decision or reply.functions[:1] not in (("reply",), ("report",)):
            return self
        return replace(self, readings=[replace(r, question=r.question or r.open_point) for r in self.readings])


class Walk:
    """Where the walk over the sentences stands.

    The next sentence may carry on the run `open`, and stands under the label `section`, which begins in `label_block`;
    the open resolution reaches to the offset `until`, whatever is said there.
    """

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.layout = judge.layout
        self.runs: list[Run] = []
        self.open: Run | None = None
        self.section: str = "body"
        self.label_block = -1
        self.until = -1

    def begin(self, run: Run) -> Run:
        self.close()
        self.open = run
        return run

    def add(self, sentence: Sentence, *, question: bool | None = None, carried: bool = False) -> None:
        """Add a sentence to the open run; whether it asks is read from it unless `question` says so."""
        run, attribution = self.open, sentence.attribution
        if run is None:
            raise RuntimeError("no run is open")
        if not run.readings:
            run.after_question = bool(self.runs) and self.runs[-1].asked
            self.runs.append(run)
        asks = sentence.asks if question is None else question
        cue = attribution is not None and not carried and "ask" in attribution.functions
        outright = cue or (asks and sentence.indirect_question)
        run.readings.append(
            Reading(sentence.unit, attribution, asks, carried, outright, not asks and sentence.leaves_open)
        )

    def result(self, run: Run, sentence: Sentence) -> None:
        run.result.append((sentence.unit.start, sentence.unit.end))

    def close(self) -> None:
        self.open = None
        if self.section in ("decision", "result"):
            self.section = "debate"

    def said(self) -> str:
        run = self.open
        return self.judge.text[run.readings[0].unit.start : run.last.end] if run else ""

    def lead(self) -> Attribution | None:
        """Return what names the speaker of the open run."""
        return next((r.attribution for r in self.open.readings if r.attribution), None) if self.open else None

    def verbatim(self) -> bool:
        """Tell whether the open run quotes word by word."""
        return self.open is not None and self.open.form == "verbatim" and self.judge.quotes(self.said())
