"""Gather the sentences of one contribution: who goes on, who begins, who answers without a name."""

from __future__ import annotations

from dataclasses import replace

from pipeline.attribution import Attribution
from pipeline.runs import Run, Walk
from pipeline.sentence import QUESTION_END, Sentence

_DEBATED = frozenset(("body", "debate", "result", "decision"))


class SpeechRuns:
    """Take sentences into contributions, as the walk comes to them."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.judge, self.layout = walk.judge, walk.layout

    def with_heading_speaker(self, sentence: Sentence) -> Sentence:
        attribution = sentence.attribution
        if attribution is None or attribution.subjects:
            return sentence
        if attribution.order == "elided" or (attribution.order == "nominal" and attribution.functions == ("ask",)):
            subjects = self.judge.heading_speaker(sentence.unit.block)
            return replace(sentence, attribution=replace(attribution, subjects=subjects))
        return sentence

    def speech(self, sentence: Sentence, *, verbatim: bool) -> None:
        """Add a sentence to the open speech, begin another one, or close what is open."""
        run, attribution = self.walk.open, sentence.attribution
        if attribution is not None and not self._carries(sentence, attribution):
            if not self._same_speaker(attribution):
                self.walk.begin(Run())
            self.walk.add(sentence)
        elif (
            run
            and not run.decision
            and not verbatim
            and not run.asked
            and not attribution
            and sentence.question_fragment
        ):
            self.walk.begin(Run(fragment=True))
            self.walk.add(replace(sentence, attribution=Attribution("elided", functions=("ask",))), question=True)
        elif run and self._answers_unnamed(run, sentence):
            self.walk.begin(Run())
            self.walk.add(replace(sentence, attribution=Attribution("elided", functions=("reply",))), question=False)
        elif run and not run.decision and self._goes_on(run, sentence):
            self.walk.add(sentence, carried=True)
        elif self._speaks_without_name(sentence):
            self.walk.begin(Run())
            if attribution is None and sentence.text.endswith("?"):
                asker = self.judge.heading_speaker(sentence.unit.block)
                if asker:
                    sentence = replace(sentence, attribution=Attribution("elided", asker, functions=("ask",)))
            self.walk.add(sentence)
        else:
            self.walk.close()

    def _speaks_without_name(self, sentence: Sentence) -> bool:
        if self.judge.word_by_word or self.walk.section not in _DEBATED:
            return False
        return (sentence.subjunctive and len(sentence.text) > 25) or bool(QUESTION_END.search(sentence.text))

    def _carries(self, sentence: Sentence, attribution: Attribution) -> bool:
        """Tell whether the "speaker" of a sentence is only spoken about: "Herr Lux habe das gesagt."."""
        run = self.walk.open
        if run is None or run.decision or attribution.order in ("nominal", "elided") or self.judge.notes(sentence):
            return False
        if attribution.functions and not attribution.subjunctive:
            if attribution.order != "impersonal" or attribution.on_request or "ask" in attribution.functions:
                return False
            # "Dabei wurde festgestellt" goes on, "Dazu wurde erklärt" replies
            return not sentence.first and not run.asked
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
        run = self.walk.open
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
        if run.decision or self.walk.verbatim() or sentence.text.endswith("?"):
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
        if sentence.unit.block == run.last.block or self.walk.verbatim():
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
