"""Runs: unbroken sentences of one speaker, or of one resolution, gathered by walking over the document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from corpus.record import Form
from pipeline import decisions
from pipeline.attribution import Attribution
from pipeline.layout import Layout, Unit
from pipeline.persons import Mention
from pipeline.sentence import OPEN_END, QUESTION_END, Judge, Sentence, resultish
from pipeline.votes import votes
from pipeline.wording import is_head_count, joined, result_below, result_spoken, units_above

_PERIPHERAL = frozenset(("head", "present", "excused", "absent", "agenda", "end"))
_DEBATED = frozenset(("body", "debate", "result", "decision"))
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


def find_runs(layout: Layout, mentions: Sequence[Mention]) -> list[Run]:
    """Return the runs of a document in order."""
    builder = _Builder(Judge(layout, mentions))
    for n, unit in enumerate(layout.units):
        builder.take(n, unit)
    runs = builder.runs
    return [run.settled(after) for run, after in zip(runs, [*runs[1:], None], strict=True)] if runs else []


class _Builder:
    """Walk over the units; the next sentence may carry on the run `open`, and stands under the label `section`."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.layout = judge.layout
        self.runs: list[Run] = []
        self.open: Run | None = None
        self.section: str = "body"
        self.label_block = -1
        self.until = -1  # offset to which the open resolution reaches, whatever it says
        self.seen = -1

    def take(self, n: int, unit: Unit) -> None:
        """Take unit number `n`: as a label, into the open resolution, or as a contribution."""
        block = self.layout.blocks[unit.block]
        if block.kind == "list":
            return
        self._cross_headings(unit.block)
        if block.kind == "label" and unit.block == self.label_block and self.section in _PERIPHERAL - {"end"}:
            return
        sentence = self.judge.sentence(unit)
        if self.open and self.open.decision and self._inside_resolution(self.open, sentence):
            return
        if block.kind == "label" and unit.block != self.label_block:
            self.label_block = unit.block
            self._label(n, sentence)
            return
        if not self._verbatim() and sentence.silent:
            self._close()
            return
        if self._speaks_on(n, sentence):
            return
        if self.section in ("decision", "result") and self.open and self.open.decision:
            if self._belongs_to_resolution(self.open, sentence):
                return
            self._close()
            self.section = "debate"
        if self.section in _PERIPHERAL or self.section == "background":
            prose = sentence.first and block.kind == "prose" and len(sentence.text) > 30
            prose = prose and (self.section != "background" or sentence.counted)
            if not self.judge.speaks_up(sentence, self.section) and not (prose and self.judge.decides(sentence)):
                return
            self.section = "debate"
        self._contribution(n, sentence)

    def _cross_headings(self, block: int) -> None:
        """Close what is open when a heading lies between the last unit and this one."""
        if any(b.kind == "heading" for b in self.layout.blocks[self.seen + 1 : block]):
            self._close()
            self.section = "body"
        self.seen = max(self.seen, block - 1)

    def _label(self, n: int, sentence: Sentence) -> None:
        label = sentence.block.label or "body"
        if label == "reference":
            return
        rest = sentence.text.partition(":")[2].strip()
        if label in ("decision", "result"):
            self._resolution_label(n, label, sentence, rest)
            return
        speaker = sentence.attribution
        said = label == "end" and len(rest) > 30 and speaker and speaker.order == "label"
        if said or (label in ("debate", "background") and rest and speaker and speaker.order != "nominal"):
            self.section = "debate"
            self._contribution(n, sentence)
            return
        self._close()
        self.section = label
        if label == "debate" and len(rest) > 30:
            self._contribution(n, sentence)

    def _inside_resolution(self, run: Run, sentence: Sentence) -> bool:
        """Take what can only belong to the open resolution: up to its result, who is there, who takes no part."""
        near = sentence.unit.block - run.last.block <= 1
        wording = sentence.unit.start < self.until
        beside = is_head_count(sentence.text) or decisions.excludes(sentence.text) or self._rides(run, sentence)
        if not wording and not (near and beside):
            return False
        self._add(replace(sentence, attribution=None), question=False)
        named = decisions.is_named_verdict(sentence.text)
        if sentence.verdict or named or (wording and decisions.tells(sentence.text)):
            self._result(run, sentence)
        return True

    def _settled(self, sentence: Sentence) -> bool:
        """Tell whether the open resolution says itself what became of it, so that a new paragraph is another one."""
        if self.open is None or sentence.verdict or joined(self.layout, self.open.last, sentence.unit):
            return False
        return decisions.stated_outcome(self._said()) in ("adopted", "rejected")

    def _rides(self, run: Run, sentence: Sentence) -> bool:
        """Tell whether a row belongs to the table of votes above it, or a sentence to the resolution before it."""
        if run.result_label and decisions.is_table_row(sentence.text):
            return True
        if (
            run.result_label
            and decisions.is_named_verdict(sentence.text)
            and sentence.block.label in (None, "reference")
        ):
            return joined(self.layout, run.last, sentence.unit)  # one vote after the other
        beside = sentence.unit.block == run.last.block
        if beside and decisions.is_ballot(sentence.text) and decisions.is_election(self._said()):
            return True  # what the others got, the second ballot
        paragraph = beside and run.readings[0].unit.first
        return paragraph and sentence.attribution is None and decisions.is_rider(sentence.text)

    def _resolution_label(self, n: int, label: str, sentence: Sentence, rest: str) -> None:
        run = self.open
        uncounted = run is not None and joined(self.layout, run.last, sentence.unit) and votes(self._said()) is None
        waits = (
            run is not None
            and run.decision
            and (label == "result" or not run.result_label)
            and ((run.labelled and not run.result_label) or not run.result or uncounted)
        )
        if not (run and waits and (label == "result" or run.open_end)):
            empty = label == "result" and not rest and not decisions.is_table_head(sentence.text)
            if empty and not self._verdict_follows(sentence.unit.block):
                self._close()
                self.section = "debate"  # "Ergebnis:" above prose
                return
            above = self._wording_above(n) if label == "result" else []
            run = self._begin(Run(decision=True, labelled=True))
            self._add_above(above)
            self.until = result_below(self.layout, self.judge, n) if label == "decision" else -1
        self.section = label
        self._add(replace(sentence, attribution=None), question=False)
        run.result_label = label == "result"
        run.open_end = run.open_end and not run.result_label
        if rest and (label == "result" or decisions.is_verdict(rest)):
            self._result(run, sentence)

    def _wording_above(self, n: int) -> list[Unit]:
        """Take the wording above the result in unit `n` out of the runs that it was taken for."""
        above = units_above(self.layout, self.judge, n)
        while above and self.runs and self.runs[-1].last.start >= above[0].start:
            run = self.runs[-1]
            run.readings = [r for r in run.readings if r.unit.start < above[0].start]
            if run.readings:
                break
            self.runs.pop()
        return above

    def _add_above(self, units: Sequence[Unit]) -> None:
        for unit in units:
            self._add(replace(self.judge.sentence(unit), attribution=None), question=False)

    def _verdict_follows(self, block: int) -> bool:
        text = self.judge.text
        following = self.layout.blocks[block + 1 : block + 2]
        return any(
            resultish(text[b.start : b.end]) or self.judge.decides_between(b.start, b.end, None) for b in following
        )

    def _belongs_to_resolution(self, run: Run, sentence: Sentence) -> bool:
        """Take a sentence into the open resolution, or return `False` if the resolution is over."""
        verdict, below_label = sentence.verdict, sentence.unit.block <= self.label_block + 1
        following = not verdict and not run.open_end and not decisions.is_consequence(sentence.text)
        if run.result and following and self.judge.decides(sentence):
            return False  # the next resolution
        just_below = sentence.unit.block == self.label_block + 1
        counted = (
            self.section == "result" and just_below and len(sentence.text) < 200 and votes(sentence.text) is not None
        )
        told = not counted and not decisions.is_consequence(sentence.text) and not self.judge.resolves(sentence.unit)
        if sentence.first and told and self.judge.speaks(sentence):
            return False
        if run.result and (following or self._settled(sentence)) and not joined(self.layout, run.last, sentence.unit):
            return False
        plain = replace(sentence, attribution=None)
        if not run.open_end and (self.section == "result" or run.result):
            if not sentence.resultish and (run.result or not below_label):
                return False
            self._add(plain, question=False)
            self._result(run, sentence)
            return True
        self._add(plain, question=False)
        if verdict:
            self._result(run, sentence)
        return True

    def _contribution(self, n: int, sentence: Sentence) -> None:
        """Sort a sentence outside of labelled resolutions into a resolution, a new run or the open one."""
        verbatim = self._verbatim()
        attribution = sentence.attribution
        if decisions.is_named_verdict(sentence.text):
            self._resolution(n, replace(sentence, attribution=None))
            return
        if self._spoken_vote(n, sentence, verbatim=verbatim):
            return
        if attribution is not None and attribution.order == "label":
            self._begin(Run(form="verbatim"))
            if sentence.asks_for_more:
                self._add(replace(sentence, attribution=replace(attribution, functions=("chair",))), question=False)
            else:
                self._add(sentence)
            return
        if self._vote(n, sentence, verbatim=verbatim):
            return
        if self.judge.decides(sentence) and (
            not verbatim or (sentence.first and (sentence.counted or not self.judge.word_by_word))
        ):
            self._resolution(n, sentence)
            return
        if verbatim and attribution is None and sentence.heading_like:
            self._close()
            return
        if verbatim and not self.judge.clerk_between_speeches(sentence, self._said()):
            self._add(replace(sentence, attribution=None), question=sentence.text_asks, carried=True)
            return
        self._speech(self._with_heading_speaker(sentence), verbatim=verbatim)

    def _speaks_on(self, n: int, sentence: Sentence) -> bool:
        """Give what is said behind a spoken vote in the same breath to who called it."""
        run = self.open
        if run is None or not run.decision or run.form != "verbatim" or sentence.unit.block - run.last.block > 1:
            return False
        if sentence.first and (sentence.attribution is not None or sentence.block.kind != "prose"):
            return False
        lead = run.readings[0].attribution
        self.section = "debate"
        if not self._spoken_vote(n, replace(sentence, attribution=lead), verbatim=True):
            self._begin(Run(form="verbatim"))
            self._add(replace(sentence, attribution=lead))
        return True

    def _spoken_vote(self, n: int, sentence: Sentence, *, verbatim: bool) -> bool:
        """Begin a resolution where the chair calls a vote word by word and tells the result in the same breath."""
        labelled = sentence.attribution is not None and sentence.attribution.order == "label"
        if not (labelled or verbatim) or not decisions.is_vote_call(sentence.text):
            return False
        until = result_spoken(self.layout, self.judge, n)
        if until < 0:
            return False
        if sentence.attribution is None and self.open:
            lead = next((r.attribution for r in self.open.readings if r.attribution), None)
            sentence = replace(sentence, attribution=lead)
        run = self._begin(Run(decision=True, form="verbatim"))
        self._add(sentence, question=False)
        if decisions.tells(sentence.text):
            self._result(run, sentence)
        self.until, self.section = until, "result"
        return True

    def _vote(self, n: int, sentence: Sentence, *, verbatim: bool) -> bool:
        """Begin a resolution where somebody finds a result, or calls a vote whose result stands here or next."""
        found = self.judge.finds(sentence, verbatim=verbatim)
        if not found:
            called = decisions.is_vote_call(sentence.text)
            if not called or not (sentence.names_result or self._result_next(n)):
                return False
        run = self._begin(Run(decision=True))
        self._add(sentence, question=False)
        if found or sentence.names_result:
            self._result(run, sentence)
        self.section = "result"
        return True

    def _result_next(self, n: int) -> bool:
        """Tell whether the unit behind unit `n` is the result of the vote that unit `n` calls."""
        if n + 1 >= len(self.layout.units):
            return False
        here, following = self.layout.units[n], self.layout.units[n + 1]
        if any(b.kind == "heading" for b in self.layout.blocks[here.block : following.block + 1]):
            return False
        block = self.layout.blocks[following.block]
        if block.kind == "label":
            return block.label == "result"
        text = self.judge.text[following.start : following.end]
        short = len(text) < 120 or decisions.is_verdict(text)
        return resultish(text) and (short or self.judge.decides_between(following.start, following.end, None))

    def _resolution(self, n: int, sentence: Sentence) -> None:
        """Add a sentence in which the body decides to the open resolution, or begin one."""
        attribution = sentence.attribution
        if attribution and (not attribution.functions or self.judge.kinds(attribution) <= {"group"}):
            sentence = replace(sentence, attribution=None)  # the body that decides is no speaker
        run, verdict = self.open, sentence.verdict
        bare = sentence.verdict or decisions.is_consequence(sentence.text)
        goes_on = (bare or decisions.is_ballot(sentence.text)) and not self._settled(sentence)
        near = run is not None and run.decision and sentence.unit.block - run.last.block <= 1
        if run is None or not near or not (goes_on or not run.result):
            above = self._wording_above(n) if bare else []
            run = self._begin(Run(decision=True))
            self._add_above(above)
        self._add(sentence, question=False)
        run.open_end = bool(OPEN_END.search(sentence.text))  # "Der Rat beschließt:" and the wording follows
        complete = not run.open_end and (
            sentence.counted or decisions.passive_decision(sentence.text, 0, len(sentence.text))
        )
        if verdict or complete:
            self._result(run, sentence)
        self.section = "decision" if run.open_end else "result"

    def _with_heading_speaker(self, sentence: Sentence) -> Sentence:
        attribution = sentence.attribution
        if attribution is None or attribution.subjects:
            return sentence
        if attribution.order == "elided" or (attribution.order == "nominal" and attribution.functions == ("ask",)):
            subjects = self.judge.heading_speaker(sentence.unit.block)
            return replace(sentence, attribution=replace(attribution, subjects=subjects))
        return sentence

    def _speech(self, sentence: Sentence, *, verbatim: bool) -> None:
        """Add a sentence to the open speech, begin another one, or close what is open."""
        run, attribution = self.open, sentence.attribution
        if attribution is not None and not self._carries(sentence, attribution):
            if not self._same_speaker(attribution):
                self._begin(Run())
            self._add(sentence)
        elif (
            run
            and not run.decision
            and not verbatim
            and not run.asked
            and not attribution
            and sentence.question_fragment
        ):
            self._begin(Run(fragment=True))
            self._add(replace(sentence, attribution=Attribution("elided", functions=("ask",))), question=True)
        elif run and self._answers_unnamed(run, sentence):
            self._begin(Run())
            self._add(replace(sentence, attribution=Attribution("elided", functions=("reply",))), question=False)
        elif run and not run.decision and self._goes_on(run, sentence):
            self._add(sentence, carried=True)
        elif self._speaks_without_name(sentence):
            self._begin(Run())
            if attribution is None and sentence.text.endswith("?"):
                asker = self.judge.heading_speaker(sentence.unit.block)
                if asker:
                    sentence = replace(sentence, attribution=Attribution("elided", asker, functions=("ask",)))
            self._add(sentence)
        else:
            self._close()

    def _speaks_without_name(self, sentence: Sentence) -> bool:
        if self.judge.word_by_word or self.section not in _DEBATED:
            return False
        return (sentence.subjunctive and len(sentence.text) > 25) or bool(QUESTION_END.search(sentence.text))

    def _carries(self, sentence: Sentence, attribution: Attribution) -> bool:
        """Tell whether the "speaker" of a sentence is only spoken about: "Herr Lux habe das gesagt."."""
        run = self.open
        if run is None or run.decision or attribution.order in ("nominal", "elided"):
            return False
        if attribution.functions and not attribution.subjunctive:
            if attribution.order != "impersonal" or attribution.on_request or "ask" in attribution.functions:
                return False
            return (
                not sentence.first and not run.asked
            )  # "Dabei wurde festgestellt" goes on, "Dazu wurde erklärt" replies
        if attribution.pronoun is not None:
            return True
        if "person" in self.judge.kinds(attribution) and {"ask", "opinion"} & set(attribution.functions[:1]):
            return False  # "Stadtrat Lux glaube, ..." in the mood of all the report
        about = self.judge.spoken_about(attribution)
        if about is not None:
            return about
        if sentence.indirect_question and attribution.subjects and not attribution.subjunctive:
            return False  # "Unklar ist Frau Lux, ob ..."
        if run.asked and attribution.order == "before" and self.judge.acts(attribution):
            return False  # whoever acts behind a question answers it: "Doreen kennt keine."
        return not sentence.first or attribution.order == "behind"

    def _same_speaker(self, attribution: Attribution) -> bool:
        """Tell whether the open run is by the same speaker: a pronoun goes on, a name must be the same."""
        run = self.open
        if run is None or run.decision or run.form == "verbatim":
            return False
        own = [r.attribution for r in run.readings if r.attribution and not r.carried]
        before = own[-1] if own else None
        if before is None or attribution.passive or before.passive:
            return False
        if attribution.pronoun is not None:
            return not self.judge.points_elsewhere(before, attribution)
        if self.judge.still_speaks(attribution):
            return not run.asked
        if not attribution.subjects or not (before.subjects or before.pronoun):
            return False
        named = next((r.attribution for r in run.readings if r.attribution and r.attribution.subjects), None)
        if named is None or len(named.subjects) != len(attribution.subjects):
            return False
        pairs = zip(named.subjects, attribution.subjects, strict=True)
        return all(self.judge.same_person(a, b) for a, b in pairs)

    def _answers_unnamed(self, run: Run, sentence: Sentence) -> bool:
        """After a question, "Ja, das gehe" or a new paragraph in the subjunctive answers for whoever was asked."""
        if run.decision or self._verbatim() or sentence.text.endswith("?"):
            return False
        if run.fragment or (sentence.yes_or_no and run.asked):
            return True
        if not run.readings[-1].question or not run.readings[-1].outright:
            return False
        elsewhere = sentence.first and sentence.unit.block != run.last.block
        told = sentence.subjunctive or (self.judge.indicative and not sentence.heading_like)
        return elsewhere and told and sentence.block.kind == "prose"

    def _goes_on(self, run: Run, sentence: Sentence) -> bool:
        """Tell whether a sentence without a speaker belongs to the open run."""
        if sentence.unit.block == run.last.block or self._verbatim():
            return True
        text = sentence.text
        if self.judge.text[run.last.start : run.last.end].endswith((":", ",", ";")) or text[0].islower():
            return True
        listed = sentence.block.kind == "bullet" and self.layout.blocks[run.last.block].kind in ("bullet", "prose")
        if listed and not run.procedural:
            return True
        if sentence.subjunctive or QUESTION_END.search(text):
            return True
        return self.judge.indicative and len(text) > 60 and text.endswith((".", "!")) and not run.procedural

    def _verbatim(self) -> bool:
        """Tell whether the open run quotes word by word."""
        return self.open is not None and self.open.form == "verbatim" and self.judge.quotes(self._said())

    def _said(self) -> str:
        run = self.open
        return self.judge.text[run.readings[0].unit.start : run.last.end] if run else ""

    def _begin(self, run: Run) -> Run:
        self._close()
        self.open = run
        return run

    def _add(self, sentence: Sentence, *, question: bool | None = None, carried: bool = False) -> None:
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

    def _result(self, run: Run, sentence: Sentence) -> None:
        run.result.append((sentence.unit.start, sentence.unit.end))

    def _close(self) -> None:
        self.open = None
        if self.section in ("decision", "result"):
            self.section = "debate"
