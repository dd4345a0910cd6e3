"""Walk over a document and gather its sentences into runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline import decisions
from pipeline.attribution import Attribution
from pipeline.judge import Judge
from pipeline.layout import Layout, Unit
from pipeline.mentions import Mention
from pipeline.resolution_runs import ResolutionRuns
from pipeline.runs import Run, Walk
from pipeline.sentence import Sentence, is_aside
from pipeline.speech_runs import SpeechRuns

_PERIPHERAL = frozenset(("head", "present", "excused", "absent", "agenda", "end"))


def find_runs(layout: Layout, mentions: Sequence[Mention]) -> list[Run]:
    """Return the runs of a document in order."""
    builder = _Builder(Judge(layout, mentions))
    for n, unit in enumerate(layout.units):
        builder.take(n, unit)
    runs = builder.walk.runs
    return [run.settled(after) for run, after in zip(runs, [*runs[1:], None], strict=True)] if runs else []


class _Builder:
    """Walk over the units and hand each to the resolutions or to the speeches."""

    def __init__(self, judge: Judge) -> None:
        self.judge, self.layout = judge, judge.layout
        self.walk = Walk(judge)
        self.resolutions = ResolutionRuns(self.walk)
        self.speeches = SpeechRuns(self.walk)
        self.interrupted: Attribution | None = None  # who was speaking when a heckler did
        self.seen = -1

    def take(self, n: int, unit: Unit) -> None:
        """Take unit number `n`: as a label, into the open resolution, or as a contribution."""
        block = self.layout.blocks[unit.block]
        if block.kind == "list":
            return
        self._cross_headings(unit.block)
        if block.kind == "label" and unit.block == self.walk.label_block and self.walk.section in _PERIPHERAL - {"end"}:
            return
        sentence = self.judge.sentence(unit)
        if self.walk.open and self.walk.open.decision and self.resolutions.absorb(self.walk.open, sentence):
            return
        if block.kind == "label" and unit.block != self.walk.label_block:
            self.walk.label_block = unit.block
            self._label(n, sentence)
            return
        if not self.walk.verbatim() and sentence.silent:
            self.walk.close()
            return
        if self.resolutions.speaks_on(n, sentence):
            return
        if self.walk.section in ("decision", "result") and self.walk.open and self.walk.open.decision:
            if self.resolutions.belongs(self.walk.open, sentence):
                return
            self.walk.close()
            self.walk.section = "debate"
        if self.walk.section in _PERIPHERAL or self.walk.section == "background":
            prose = sentence.first and block.kind in ("prose", "bullet") and len(sentence.text) > 30
            prose = prose and (self.walk.section != "background" or sentence.counted)
            if not self.judge.speaks_up(sentence, self.walk.section) and not (prose and self.judge.decides(sentence)):
                return
            self.walk.section = "debate"
        self._contribution(n, sentence)

    def _cross_headings(self, block: int) -> None:
        """Close what is open when a heading lies between the last unit and this one."""
        if any(b.kind == "heading" for b in self.layout.blocks[self.seen + 1 : block]):
            self.walk.close()
            self.walk.section, self.interrupted = "body", None
        self.seen = max(self.seen, block - 1)

    def _label(self, n: int, sentence: Sentence) -> None:
        label = sentence.block.label or "body"
        if label == "reference":
            return
        rest = sentence.text.partition(":")[2].strip()
        if label in ("decision", "result"):
            self.resolutions.label(n, label, sentence, rest)
            return
        speaker = sentence.attribution
        said = label == "end" and len(rest) > 30 and speaker and speaker.order == "label"
        if said or (label in ("debate", "background") and rest and speaker and speaker.order != "nominal"):
            self.walk.section = "debate"
            self._contribution(n, sentence)
            return
        self.walk.close()
        self.walk.section = label
        if label == "debate" and len(rest) > 30:
            self._contribution(n, sentence)

    def _contribution(self, n: int, sentence: Sentence) -> None:
        """Sort a sentence outside of labelled resolutions into a resolution, a new run or the open one."""
        if self._resumed(sentence):
            return
        verbatim = self.walk.verbatim()
        attribution = sentence.attribution
        if decisions.is_named_verdict(sentence.text):
            self.resolutions.resolution(n, replace(sentence, attribution=None))
            return
        if self.resolutions.spoken_vote(n, sentence, verbatim=verbatim):
            return
        if verbatim and sentence.aside and ": " in sentence.text:
            self.interrupted = self.walk.lead()
        if attribution is not None and attribution.order == "label":
            self.walk.begin(Run(form="verbatim"))
            if sentence.asks_for_more:
                self.walk.add(replace(sentence, attribution=replace(attribution, functions=("chair",))), question=False)
            else:
                self.walk.add(sentence)
            return
        if self.resolutions.vote(n, sentence, verbatim=verbatim):
            return
        if self.judge.decides(sentence) and (
            not verbatim or (sentence.first and (sentence.counted or not self.judge.word_by_word))
        ):
            self.resolutions.resolution(n, sentence)
            return
        if verbatim and attribution is None and sentence.aside and ": " not in sentence.text:
            return  # "(Beifall bei der SPD)": the speech goes on
        if verbatim and attribution is None and sentence.heading_like:
            self.walk.close()
            return
        if verbatim and not self.judge.clerk_between_speeches(sentence, self.walk.said()):
            self.walk.add(replace(sentence, attribution=None), question=sentence.text_asks, carried=True)
            return
        self.speeches.speech(self.speeches.with_heading_speaker(sentence), verbatim=verbatim)

    def _resumed(self, sentence: Sentence) -> bool:
        """Give what follows "(Zuruf Frau Lux: Wer zahlt das?)" back to whoever was interrupted."""
        run, lead = self.walk.open, self.interrupted
        labelled = sentence.attribution is not None and sentence.attribution.order == "label"
        if run is None or run.form != "verbatim" or labelled or sentence.aside or not is_aside(self.walk.said()):
            return False
        self.walk.close()
        self.interrupted = None
        if lead is None:
            return False
        self.walk.begin(Run(form="verbatim"))
        self.walk.add(replace(sentence, attribution=lead), question=sentence.text_asks)
        return True
