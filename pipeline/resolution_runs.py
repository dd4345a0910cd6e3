"""Gather the sentences of one resolution: label, wording, result, votes and who takes no part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline import decisions
from pipeline.layout import Unit
from pipeline.runs import Run, Walk
from pipeline.sentence import OPEN_END, Sentence, resultish
from pipeline.votes import votes
from pipeline.wording import (
    ends_item,
    is_head_count,
    joined,
    next_item,
    result_below,
    result_spoken,
    units_above,
)


class ResolutionRuns:
    """Take sentences into resolutions, as the walk comes to them."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.judge, self.layout = walk.judge, walk.layout

    def absorb(self, run: Run, sentence: Sentence) -> bool:
        """Take what can only belong to the open resolution: up to its result, who is there, who takes no part."""
        near = sentence.unit.block - run.last.block <= 1
        wording = sentence.unit.start < self.walk.until
        beside = is_head_count(sentence.text) or decisions.excludes(sentence.text) or self._rides(run, sentence)
        if not wording and not (near and beside):
            return False
        self.walk.add(replace(sentence, attribution=None), question=False)
        named = decisions.is_named_verdict(sentence.text)
        if sentence.verdict or named or (wording and decisions.tells(sentence.text)):
            self.walk.result(run, sentence)
        return True

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
        if beside and decisions.is_ballot(sentence.text) and decisions.is_election(self.walk.said()):
            return True  # what the others got, the second ballot
        paragraph = beside and run.readings[0].unit.first
        return paragraph and sentence.attribution is None and decisions.is_rider(sentence.text)

    def _settled(self, sentence: Sentence) -> bool:
        """Tell whether the open resolution says itself what became of it, so that a new paragraph is another one."""
        if self.walk.open is None or sentence.verdict or joined(self.layout, self.walk.open.last, sentence.unit):
            return False
        return decisions.stated_outcome(self.walk.said()) in ("adopted", "rejected")

    def label(self, n: int, label: str, sentence: Sentence, rest: str) -> None:
        run = self.walk.open
        # "Abstimmung über den Antrag:" names another vote than that which is told above it
        another = run is not None and bool(run.result) and " über " in sentence.text
        near = run is not None and not another and joined(self.layout, run.last, sentence.unit)
        uncounted = near and votes(self.walk.said()) is None
        waits = (
            run is not None
            and run.decision
            and (label == "result" or not run.result_label)
            and ((run.labelled and not run.result_label) or not run.result or uncounted)
        )
        if not (run and waits and (label == "result" or run.open_end)):
            empty = label == "result" and not rest and not decisions.is_table_head(sentence.text)
            if empty and not self._verdict_follows(sentence.unit.block):
                self.walk.close()
                self.walk.section = "debate"  # "Ergebnis:" above prose
                return
            above = self._wording_above(n) if label == "result" else []
            run = self.walk.begin(Run(decision=True, labelled=True))
            self._add_above(above)
            self.walk.until = result_below(self.layout, self.judge, n) if label == "decision" else -1
        self.walk.section = label
        self.walk.add(replace(sentence, attribution=None), question=False)
        run.result_label = label == "result"
        run.open_end = run.open_end and not run.result_label
        if rest and (label == "result" or decisions.is_verdict(rest)):
            self.walk.result(run, sentence)

    def _wording_above(self, n: int) -> list[Unit]:
        """Take the wording above the result in unit `n` out of the runs that it was taken for."""
        above = units_above(self.layout, self.judge, n)
        while above and self.walk.runs and self.walk.runs[-1].last.start >= above[0].start:
            run = self.walk.runs[-1]
            run.readings = [r for r in run.readings if r.unit.start < above[0].start]
            if run.readings:
                break
            self.walk.runs.pop()
        return above

    def _add_above(self, units: Sequence[Unit]) -> None:
        for unit in units:
            self.walk.add(replace(self.judge.sentence(unit), attribution=None), question=False)

    def _verdict_follows(self, block: int) -> bool:
        text = self.judge.text
        following = self.layout.blocks[block + 1 : block + 2]
        return any(
            resultish(text[b.start : b.end]) or self.judge.decides_between(b.start, b.end, None) for b in following
        )

    def belongs(self, run: Run, sentence: Sentence) -> bool:
        """Take a sentence into the open resolution, or return `False` if the resolution is over."""
        verdict, below_label = sentence.verdict, sentence.unit.block <= self.walk.label_block + 1
        if run.open_end and next_item(self.layout, [r.unit for r in run.readings], sentence.unit):
            return False
        ballot = decisions.is_ballot(sentence.text) and decisions.is_ballot(self.walk.said())  # the second Wahlgang
        following = not verdict and not run.open_end and not ballot and not decisions.is_consequence(sentence.text)
        if run.result and following and self.judge.decides(sentence):
            return False  # the next resolution
        just_below = sentence.unit.block == self.walk.label_block + 1
        counted = (
            self.walk.section == "result"
            and just_below
            and len(sentence.text) < 200
            and votes(sentence.text) is not None
        )
        told = not counted and not decisions.is_consequence(sentence.text) and not self.judge.resolves(sentence.unit)
        if sentence.first and told and self.judge.speaks(sentence):
            return False
        if run.result and (following or self._settled(sentence)) and not joined(self.layout, run.last, sentence.unit):
            return False
        plain = replace(sentence, attribution=None)
        if not run.open_end and (self.walk.section == "result" or run.result):
            if not sentence.resultish and (run.result or not below_label):
                return False
            self.walk.add(plain, question=False)
            self.walk.result(run, sentence)
            return True
        self.walk.add(plain, question=False)
        if verdict:
            self.walk.result(run, sentence)
        return True

    def speaks_on(self, n: int, sentence: Sentence) -> bool:
        """Give what is said behind a spoken vote in the same breath to who called it."""
        run = self.walk.open
        if run is None or not run.decision or run.form != "verbatim" or sentence.unit.block - run.last.block > 1:
            return False
        if sentence.first and (sentence.attribution is not None or sentence.block.kind != "prose"):
            return False
        lead = run.readings[0].attribution
        self.walk.section = "debate"
        if not self.spoken_vote(n, replace(sentence, attribution=lead), verbatim=True):
            self.walk.begin(Run(form="verbatim"))
            self.walk.add(replace(sentence, attribution=lead))
        return True

    def spoken_vote(self, n: int, sentence: Sentence, *, verbatim: bool) -> bool:
        """Begin a resolution where the chair calls a vote word by word and tells the result in the same breath."""
        labelled = sentence.attribution is not None and sentence.attribution.order == "label"
        concludes = decisions.concludes(sentence.text) and ends_item(self.layout, n)
        if not (labelled or verbatim) or not (concludes or decisions.is_vote_call(sentence.text)):
            return False
        until = result_spoken(self.layout, self.judge, n)
        if until < 0:
            return False
        if sentence.attribution is None and self.walk.open:
            lead = self.walk.lead()
            sentence = replace(sentence, attribution=lead)
        run = self.walk.begin(Run(decision=True, form="verbatim"))
        self.walk.add(sentence, question=False)
        if decisions.tells(sentence.text):
            self.walk.result(run, sentence)
        self.walk.until, self.walk.section = until, "result"
        return True

    def vote(self, n: int, sentence: Sentence, *, verbatim: bool) -> bool:
        """Begin a resolution where somebody finds a result, or calls a vote whose result stands here or next."""
        found = self.judge.finds(sentence, verbatim=verbatim)
        if not found:
            called = decisions.is_vote_call(sentence.text)
            if not called or not (sentence.names_result or self._result_next(n)):
                return False
        run = self.walk.begin(Run(decision=True))
        self.walk.add(sentence, question=False)
        if found or sentence.names_result:
            self.walk.result(run, sentence)
        self.walk.section = "result"
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

    def resolution(self, n: int, sentence: Sentence) -> None:
        """Add a sentence in which the body decides to the open resolution, or begin one."""
        attribution = sentence.attribution
        if attribution and (not attribution.functions or self.judge.kinds(attribution) <= {"group"}):
            sentence = replace(sentence, attribution=None)  # the body that decides is no speaker
        run, verdict = self.walk.open, sentence.verdict
        bare = sentence.verdict or decisions.is_consequence(sentence.text)
        goes_on = (bare or decisions.is_ballot(sentence.text)) and not self._settled(sentence)
        near = run is not None and run.decision and sentence.unit.block - run.last.block <= 1
        if run is None or not near or not (goes_on or not run.result):
            above = self._wording_above(n) if bare else []
            run = self.walk.begin(Run(decision=True))
            self._add_above(above)
        self.walk.add(sentence, question=False)
        run.open_end = bool(OPEN_END.search(sentence.text))  # "Der Rat beschließt:" and the wording follows
        complete = not run.open_end and (
            sentence.counted
            or decisions.is_named_verdict(sentence.text)
            or decisions.passive_decision(sentence.text, 0, len(sentence.text))
        )
        if verdict or complete:
            self.walk.result(run, sentence)
        self.walk.section = "decision" if run.open_end else "result"
