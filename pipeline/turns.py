"""Turns: runs of sentences of one speaker, and resolutions of the body.

The builder walks over the units of a layout. A sentence with a speaker of its own begins a turn or carries on that of
the same speaker; a sentence without one belongs to the turn before as long as the section goes on; labels, verdicts and
sentences in which the body decides make a decision. Runs of one speaker are cut where a question begins or ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import zip_longest

from corpus.record import Form
from pipeline import decisions
from pipeline.attribution import Attribution, Attributor
from pipeline.layout import Block, Layout, Unit
from pipeline.lexicon import pattern, rows, VerbFunction
from pipeline.persons import Mention

_SUBJUNCTIVE = pattern("turns.subjunctive")
_QUESTION_END = re.compile(r"\?[\"“”«»')]*$")
_INDIRECT = pattern("turns.indirect")
# a question if somebody replies to it, a thought if not (guidelines, rule 13)
_OPEN_POINT = pattern("turns.open_point")
_PERIPHERAL = frozenset(("head", "present", "excused", "absent", "agenda", "end"))
# "Gibt es weitere Wortmeldungen?" is procedure
_ANYBODY_ELSE = pattern("turns.anybody_else")
# a question in the word order of a clause: "Ob die Stadtwerke eine Spanne nennen könnten?"
_FRAGMENT = pattern("turns.fragment")
_YES_NO = re.compile(r"(?:–\s*)?(?:Ja|Nein|Doch|Jawohl)[,.: –]")
_OPEN_END = re.compile(r"(?::|\bfolgende[nrs]?)\s*$")
_FIRST_PERSON = pattern("turns.first_person")
_LEAD_IN = 2  # sentences beside a question that stay in its turn


@dataclass(frozen=True)
class TurnDraft:
    """A turn in clean offsets, before labels, identities and links are known.

    `speakers`, `askers` and `addressees` are numbers of mentions. `decision` tells that the body decides here; its
    `wording` and `result` are spans. `content` are the spans of what is said, without cue and speaker.
    """

    start: int
    end: int
    block: int
    form: Form = "reported"
    decision: bool = False
    order: str | None = None
    speakers: tuple[int, ...] = ()
    pronoun: tuple[int, int] | None = None
    same_speaker: bool = False
    exchange: bool = False
    functions: tuple[VerbFunction, ...] = ()
    cue: tuple[int, int] | None = None
    verb: str | None = None
    askers: tuple[int, ...] = ()
    addressees: tuple[int, ...] = ()
    on_request: bool = False
    passive: bool = False
    question: bool = False
    direct_question: bool = False
    carried: int = 0
    wording: tuple[int, int] | None = None
    result: tuple[tuple[int, int], ...] = ()
    content: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class _Reading:
    """One unit with what was read in it."""

    unit: Unit
    attribution: Attribution | None
    question: bool
    carried: bool = False
    outright: bool = False
    open_point: bool = False


@dataclass
class _Run:
    """A run of units under construction: speech of one speaker, or a decision."""

    decision: bool = False
    form: Form = "reported"
    readings: list[_Reading] = field(default_factory=list)
    result: list[tuple[int, int]] = field(default_factory=list)
    has_result: bool = False
    labelled: bool = False
    result_label: bool = False
    fragment: bool = False
    open_end: bool = False
    after_question: bool = False

    @property
    def last(self) -> Unit:
        return self.readings[-1].unit


def find_turns(layout: Layout, mentions: Sequence[Mention]) -> list[TurnDraft]:
    """Return the turns of a document in order."""
    builder = _Builder(layout, mentions)
    for unit in layout.units:
        builder.take(unit)
    return [turn for run, after in zip_longest(builder.runs, builder.runs[1:]) for turn in _cut(layout, _settled(run, after))]


@cache
def _silence() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row[0]})" for row in rows("silence.tsv")), re.IGNORECASE)


class _Builder:
    def __init__(self, layout: Layout, mentions: Sequence[Mention]) -> None:
        self.layout = layout
        self.text = layout.clean.text
        self.mentions = mentions
        self.attributor = Attributor(self.text, mentions)
        self.runs: list[_Run] = []
        self.open: _Run | None = None
        self.section: str = "body"
        self.label_block = -1
        self.heading_seen = -1
        self.indicative = self._indicative_house()
        self.word_by_word = self._verbatim_house()

    def _indicative_house(self) -> bool:
        """Some houses report in the indicative: then mood says nothing about who speaks."""
        return len(_SUBJUNCTIVE.findall(self.text)) < len(self.layout.units) / 12

    def _verbatim_house(self) -> bool:
        """Verbatim minutes have speakers in front of colons, and people who say "ich"."""
        starts = {block.start: block.end for block in self.layout.blocks}
        labels = sum(m.start in starts and self.text[m.outer_end : m.outer_end + 2].lstrip()[:1] == ":" for m in self.mentions)
        return labels >= 3 and len(_FIRST_PERSON.findall(self.text)) > len(self.layout.units) / 6

    def take(self, unit: Unit) -> None:
        block = self.layout.blocks[unit.block]
        if block.kind == "list":
            return
        self._cross_headings(unit.block)
        text = self.text[unit.start : unit.end]
        if block.kind == "label" and unit.block != self.label_block:
            self.label_block = unit.block
            self._label(unit, block, text)
            return
        if block.kind == "label" and self.section in ("head", "present", "excused", "absent", "agenda"):
            return
        if not self._verbatim() and _silence().match(text):
            self._close()
            return
        if self.section in ("decision", "result") and self.open and self.open.decision:
            if self._in_decision(unit, block, text):
                return
        attribution = self.attributor.read(unit.start, unit.end, first=unit.first)
        if self.section in _PERIPHERAL or self.section == "background":
            if not self._speaks_up(attribution, unit) and not (unit.first and block.kind == "prose" and len(text) > 30 and self._decides(unit.start, unit.end, attribution)):
                return
            self.section = "debate"
        self._contribution(unit, text, attribution)

    def _cross_headings(self, block: int) -> None:
        """Close what is open when a heading lies between the last unit and this one."""
        for k in range(self.heading_seen + 1, block):
            if self.layout.blocks[k].kind == "heading":
                self._close()
                self.section = "body"
        self.heading_seen = max(self.heading_seen, block - 1)

    def _label(self, unit: Unit, block: Block, text: str) -> None:
        label = block.label or "body"
        rest = text.split(":", 1)[1].strip() if ":" in text else ""
        if label in ("decision", "result"):
            run = self.open
            wording_before = run is not None and run.decision and not run.result_label and (run.labelled or not run.has_result)
            if not (wording_before and (label == "result" or self.open is not None and self.open.open_end)):
                if label == "result" and not rest and not self._verdict_follows(unit.block):
                    self.section = "debate"  # "Ergebnis:" above prose
                    self._close()
                    return
                self._begin(_Run(decision=True, labelled=True))
            self.section = label
            self._add(unit, None, False)
            assert self.open is not None
            self.open.result_label = label == "result"
            if rest and (label == "result" or decisions.is_verdict(rest)):
                self._result(unit)
            return
        speaker = self.attributor.read(unit.start, unit.end)
        if label in ("debate", "background") and rest and speaker and speaker.order != "nominal":
            self.section = "debate"
            self._contribution(unit, text, speaker)
            return
        self._close()
        self.section = label
        if label == "debate" and rest and len(rest) > 30:
            self._contribution(unit, text, speaker)

    def _verdict_follows(self, block: int) -> bool:
        following = self.layout.blocks[block + 1 : block + 2]
        return any(self._resultish(self.text[b.start : b.end]) or self._decides(b.start, b.end, None) for b in following)

    def _speaks_up(self, attribution: Attribution | None, unit: Unit) -> bool:
        """Tell whether a sentence in the head or in background prose is a contribution after all."""
        if attribution is None or not unit.first or attribution.order in ("nominal", "elided"):
            return False
        if self.section == "background":
            return bool(attribution.functions) and any(
                self.mentions[i].kind in ("person", "citizen") or self.mentions[i].office_kind == "chair" for i in attribution.subjects
            )
        return bool(attribution.functions) and unit.end - unit.start > 40 and (attribution.order != "label" or self.section == "end")

    def _in_decision(self, unit: Unit, block: Block, text: str) -> bool:
        """Take a unit into the open decision, or close it and return `False`."""
        assert self.open is not None
        attribution = self.attributor.read(unit.start, unit.end, first=unit.first)
        verdict = decisions.is_verdict(text)
        counted = self.section == "result" and decisions.votes(text) is not None and len(text) < 200 and unit.block == self.label_block + 1
        spoken = attribution is not None and unit.first and self._is_speech(attribution, unit) and not counted
        if self.open.has_result and not verdict and not self.open.open_end and not decisions.is_consequence(text) and self._decides(unit.start, unit.end, attribution):
            self._close()  # the next resolution
            self.section = "debate"
            return False
        if not self.open.open_end and (self.section == "result" or self.open.has_result):
            if not spoken and (self._resultish(text) or (not self.open.has_result and unit.block <= self.label_block + 1)):
                self._add(unit, None, False)
                self._result(unit)
                return True
        elif not spoken:
            self._add(unit, None, False)
            if verdict:
                self._result(unit)
            return True
        self._close()
        self.section = "debate"
        return False

    def _is_speech(self, attribution: Attribution, unit: Unit) -> bool:
        if attribution.order in ("nominal", "elided"):
            return False
        if attribution.order == "impersonal":
            return attribution.on_request or "ask" in attribution.functions
        if attribution.order == "agent":
            return True
        kinds = {self.mentions[i].kind for i in attribution.subjects}
        if attribution.pronoun and not attribution.functions:
            return False
        if kinds <= {"group"} and kinds:
            return bool(attribution.functions) and not self._decides(unit.start, unit.end, attribution) and attribution.functions[0] in ("ask", "reply", "report", "add")
        if attribution.order == "label":
            return "person" in kinds or "office" in kinds
        return bool(attribution.functions) or bool(kinds & {"person"})

    def _resultish(self, text: str) -> bool:
        return decisions.is_verdict(text) or (len(text) < 220 and (decisions.votes(text) is not None or decisions.unanimous(text) or decisions.outcome(text) != "other" and len(text) < 120))

    def _decides(self, start: int, end: int, attribution: Attribution | None) -> bool:
        """Tell whether the body decides in this sentence."""
        text = self.text[start:end]
        persons = attribution is not None and any(self.mentions[i].kind == "person" for i in attribution.subjects)
        if persons and "verabschiedet" in text:
            return False
        if attribution is None and decisions.is_verdict(text):
            return True
        if attribution is not None and attribution.order == "before" and attribution.subjects:
            mention = self.mentions[attribution.subjects[0]]
            if mention.kind == "group" and decisions.is_body(mention.head or ""):
                return decisions.body_decides(self.attributor.masked, mention.outer_end, end)
        if attribution is None or {self.mentions[i].kind for i in attribution.subjects} <= {"group"} and attribution.order in ("before", "behind"):
            if decisions.body_decides_inverted(self.attributor.masked, start, end):
                return True
        m = _BODY_SUBJECT.match(self.text, start, end)
        if m and decisions.is_body(m["noun"]) and decisions.body_decides(self.attributor.masked, m.end("noun"), end):
            return True
        if attribution is None or not attribution.functions and attribution.subjects or attribution.order == "impersonal" and "ask" not in attribution.functions and not attribution.on_request:
            return decisions.passive_decision(self.attributor.masked, start, end) or bool(decisions.is_finding(text) and re.match(r"(?:Es|Hiergegen|Dagegen|Widerspruch|Die|Der|Dem|Hierüber|Darüber|Dazu|Hierzu|Damit)\b", text)) or decisions.is_ballot(text)
        return False

    def _contribution(self, unit: Unit, text: str, attribution: Attribution | None) -> None:
        """Sort a unit outside of labelled decisions into a decision, a new turn or the turn before."""
        verbatim = self._verbatim()
        if attribution is not None and attribution.order == "label":
            if _ANYBODY_ELSE.search(text):
                self._begin(_Run(form="verbatim"))
                self._add(unit, replace(attribution, functions=("chair",)), False)
                return
            self._begin(_Run(form="verbatim"))
            self._add(unit, attribution, self._asks(text, attribution))
            return
        finding = decisions.is_finding(text) if attribution is not None and attribution.order in ("before", "behind") and not _asks_or_answers(attribution) else False
        finding = finding or attribution is not None and bool(attribution.subjects) and decisions.is_withdrawal(text)
        finding = finding or verbatim and decisions.is_finding(text) and bool(re.search(r"\b(?:ich|wir)\b", text, re.IGNORECASE))
        call = decisions.is_vote_call(text)
        if finding or (call and self._resultish_part(text)) or (call and self._result_next(unit)):
            self._begin(_Run(decision=True))
            self._add(unit, attribution, False)
            if finding or self._resultish_part(text):
                self._result(unit)
            self.section = "result"
            return
        counted = decisions.is_verdict(text) or decisions.votes(text) is not None or decisions.unanimous(text)
        if self._decides(unit.start, unit.end, attribution) and not (verbatim and not (unit.first and (counted or not self.word_by_word))):
            self._decision(unit, text, attribution)
            return
        if verbatim and attribution is None and unit.first and len(text) < 120 and not re.search(r"[.!?:…]\W*$", text):
            self._close()  # a line without an end is a heading, not speech
            return
        if verbatim and not (attribution is not None and self._interrupts(unit, attribution, text)):
            self._add(unit, None, self._asks(text, None), carried=True)
            return
        if attribution is not None and attribution.order == "elided":
            attribution = replace(attribution, subjects=self._heading_speaker(unit.block))
        if attribution is not None and attribution.order == "nominal" and attribution.functions == ("ask",) and not attribution.subjects:
            attribution = replace(attribution, subjects=self._heading_speaker(unit.block))
        if attribution is not None and not self._carries(unit, attribution):
            same = self._same_speaker(attribution)
            if not same:
                self._begin(_Run())
            self._add(unit, attribution, self._asks(text, attribution))
            return
        if self.open is not None and attribution is None and _FRAGMENT.match(text) and not self.open.decision and not verbatim and not any(r.question for r in self.open.readings):
            self._begin(_Run(fragment=True))
            self._add(unit, Attribution("elided", functions=("ask",)), True)
            return
        if self.open is not None and self._answers_unnamed(unit, text):
            self._begin(_Run())
            self._add(unit, Attribution("elided", functions=("reply",)), False)
            return
        if self.open is not None and not self.open.decision and self._goes_on(unit, text):
            self._add(unit, attribution, self._asks(text, attribution), carried=True)
            return
        spoken = self._subjunctive(text) and len(text) > 25 or _QUESTION_END.search(text)
        if spoken and not self.word_by_word and self.section in ("body", "debate", "result", "decision"):
            self._begin(_Run())
            if attribution is None and text.endswith("?") and (asker := self._heading_speaker(unit.block)):
                attribution = Attribution("elided", asker, functions=("ask",))
            self._add(unit, attribution, self._asks(text, attribution))
            return
        self._close()

    def _heading_speaker(self, block: int) -> tuple[int, ...]:
        """The person in the heading or line above a text that begins with its verb: "Frau Lux, Bauamt / teilt mit, dass"."""
        for above in self.layout.blocks[max(0, block - 2) : block][::-1]:
            if self.text[above.end - 1] in ".!?":
                break
            for i, mention in enumerate(self.mentions):
                if above.start <= mention.start < above.end and mention.kind == "person":
                    return (i,)
        return ()

    def _interrupts(self, unit: Unit, attribution: Attribution, text: str) -> bool:
        """Tell whether the clerk speaks again: in a new block, or behind a turn in which nobody says "ich"."""
        assert self.open is not None
        if self.word_by_word and not {"chair", "move"} & set(attribution.functions) and not self._clerk_speaks(unit, attribution, text):
            return False
        said = self.text[self.open.readings[0].unit.start : self.open.last.end]
        return (unit.first or not _FIRST_PERSON.search(said)) and self._reports(attribution, text)

    def _clerk_speaks(self, unit: Unit, attribution: Attribution, text: str) -> bool:
        """Between speeches a clerk reports in the present: "GR Lux will wissen, ob ..."."""
        cue = self.text[slice(*attribution.cue)] if attribution.cue else ""
        clause = "ask" in attribution.functions or re.search(r",\s*(?:dass|daß|ob|wie|warum|wann|welche\w*)\b", text)
        return unit.first and bool(clause) and attribution.order == "before" and not cue.endswith("te")

    def _verbatim(self) -> bool:
        """Tell whether the open turn quotes word by word; "Rf. Zimmer: ob das enthalten sei?" does not."""
        run = self.open
        if run is None or run.form != "verbatim":
            return False
        if self.word_by_word:
            return True
        said = self.text[run.readings[0].unit.start : run.last.end]
        return bool(_FIRST_PERSON.search(said)) or not _SUBJUNCTIVE.search(said)

    def _reports(self, attribution: Attribution, text: str) -> bool:
        """Tell a clerk's sentence between verbatim ones: it names its speaker and nobody says "ich" in it."""
        if _FIRST_PERSON.search(text) or not attribution.functions or attribution.subjunctive:
            return False
        if attribution.order in ("impersonal", "nominal"):
            return attribution.on_request or bool({"ask", "reply", "chair"} & set(attribution.functions))
        return bool(attribution.subjects) and attribution.order in ("before", "behind", "agent", "source")

    def _decision(self, unit: Unit, text: str, attribution: Attribution | None) -> None:
        if attribution is not None and (not attribution.functions or {self.mentions[i].kind for i in attribution.subjects} <= {"group"}):
            attribution = None  # the body that decides is no speaker
        run = self.open
        verdict = decisions.is_verdict(text)
        if not (run is not None and run.decision and (verdict or not run.has_result or decisions.is_consequence(text)) and unit.block - run.last.block <= 1):
            self._begin(_Run(decision=True))
        self._add(unit, attribution, False)
        if verdict or not _OPEN_END.search(text) and (decisions.passive_decision(text, 0, len(text)) or decisions.unanimous(text) or decisions.votes(text)):
            self._result(unit)
        assert self.open is not None
        self.open.open_end = _OPEN_END.search(text) is not None  # "Der Rat beschließt einstimmig:" and the wording follows
        self.section = "decision" if self.open.open_end else "result"

    def _carries(self, unit: Unit, attribution: Attribution) -> bool:
        """A sentence inside a paragraph whose "speaker" is only spoken about: "Herr Meier habe das gesagt."."""
        if attribution.order in ("nominal",):
            return False
        if attribution.order == "elided":
            return False
        if self.open is None or self.open.decision:
            return False
        if attribution.functions and not attribution.subjunctive:
            if attribution.order == "impersonal" and not attribution.on_request and "ask" not in attribution.functions:
                asked = any(r.question for r in self.open.readings)
                return not unit.first and not asked  # "Dabei wurde festgestellt, dass" goes on, "Dazu wurde erklärt" replies
            return False
        if attribution.pronoun is not None:
            return True
        if not attribution.functions and {self.mentions[i].kind for i in attribution.subjects} <= {"group", "citizen"}:
            return True  # "Die Kirchen wollten sich zurückziehen."
        person = any(self.mentions[i].kind == "person" for i in attribution.subjects)
        cue = self.text[slice(*attribution.cue)] if attribution.cue else ""
        if person and not self.indicative and not attribution.subjunctive and (unit.first or cue.endswith("t")):
            return False  # the clerk tells what somebody does: "Frau Tiemann erhebt sich"
        return not unit.first or attribution.order == "behind"

    def _same_speaker(self, attribution: Attribution) -> bool:
        """Tell whether the open run is by the same speaker: a pronoun goes on, a name must be the same."""
        run = self.open
        if run is None or run.decision or run.form == "verbatim":
            return False
        before = next((r.attribution for r in reversed(run.readings) if r.attribution and not r.carried), None)
        if before is None or attribution.passive or before.passive:
            return False
        if attribution.pronoun is not None:
            return not self._points_elsewhere(before, attribution)
        if not attribution.subjects or not before.subjects and before.pronoun is None:
            return False
        earlier = next((r.attribution for r in run.readings if r.attribution and r.attribution.subjects), None)
        if earlier is None:
            return False
        return len(earlier.subjects) == len(attribution.subjects) and all(
            self._same_person(a, b) for a, b in zip(earlier.subjects, attribution.subjects, strict=True)
        )

    def _points_elsewhere(self, before: Attribution, attribution: Attribution) -> bool:
        """"Rampe bittet AL Brockkötter um Auskunft. Sie erläutert": the pronoun is the person addressed."""
        assert attribution.pronoun is not None
        word = self.text[slice(*attribution.pronoun)].lower()
        if word.startswith(("letzter", "dieser", "diese", "jene", "selbig")):
            return True
        genders = {self.mentions[i].gender for i in before.subjects}
        if word in ("sie", "ihr") and genders == {"m"} or word in ("er", "ihn", "ihm") and genders == {"f"}:
            return True
        addressed = {self.mentions[i].gender for i in before.addressees}
        fits = {"f", "pl"} if word == "sie" else {"m"}
        return bool("ask" in before.functions and before.addressees and not attribution.functions[:1] == ("ask",) and addressed & fits and not genders & fits)

    def _answers_unnamed(self, unit: Unit, text: str) -> bool:
        """After a question, "Ja, das gehe" or a new paragraph in the subjunctive is the answer of whoever was asked."""
        assert self.open is not None
        run = self.open
        if run.decision or self._verbatim() or text.endswith("?"):
            return False
        if run.fragment:
            return True
        if _YES_NO.match(text) and any(r.question for r in run.readings):
            return True
        if not run.readings[-1].question or not run.readings[-1].outright:
            return False
        return unit.first and unit.block != run.last.block and self._subjunctive(text) and self.layout.blocks[unit.block].kind == "prose"

    def _same_person(self, one: int, other: int) -> bool:
        a, b = self.mentions[one], self.mentions[other]
        if b.article in ("ein", "eine") and b.kind == "citizen":
            return False  # "Ein weiterer Einwohner"
        if (a.name or a.head or "").casefold() != (b.name or b.head or "").casefold():
            return False
        if a.given_name and b.given_name and a.given_name != b.given_name:
            return False
        return not (a.gender and b.gender and a.gender != b.gender)

    def _goes_on(self, unit: Unit, text: str) -> bool:
        assert self.open is not None
        if unit.block == self.open.last.block:
            return True
        if self._verbatim():
            return True
        last = self.text[self.open.last.start : self.open.last.end]
        block = self.layout.blocks[unit.block]
        if last.endswith((":", ",", ";")) or (block.kind == "bullet" and self.layout.blocks[self.open.last.block].kind in ("bullet", "prose") and not self._procedural(self.open)):
            return True
        if text[0].islower():
            return True
        if self._subjunctive(text) or _QUESTION_END.search(text):
            return True
        return self.indicative and len(text) > 60 and bool(re.search(r"[.!]$", text)) and not self._procedural(self.open)

    def _procedural(self, run: _Run) -> bool:
        functions = {f for r in run.readings if r.attribution for f in r.attribution.functions}
        return bool(functions) and functions <= {"chair", "move", "thank"}

    def _subjunctive(self, text: str) -> bool:
        return bool(_SUBJUNCTIVE.search(text))

    def _asks(self, text: str, attribution: Attribution | None) -> bool:
        if attribution is not None and "ask" in attribution.functions:
            return True
        return bool(_QUESTION_END.search(text)) or bool(_INDIRECT.match(text))

    def _result_next(self, unit: Unit) -> bool:
        """Tell whether the next unit is the result of the vote that this one calls."""
        units = self.layout.units
        k = units.index(unit) + 1
        if k >= len(units):
            return False
        nxt = units[k]
        block = self.layout.blocks[nxt.block]
        if any(self.layout.blocks[b].kind == "heading" for b in range(unit.block, nxt.block + 1)):
            return False
        if block.kind == "label":
            return block.label == "result"
        text = self.text[nxt.start : nxt.end]
        return self._resultish(text) and (decisions.is_verdict(text) or self._decides(nxt.start, nxt.end, None) or len(text) < 120)

    def _resultish_part(self, text: str) -> bool:
        return decisions.votes(text) is not None or decisions.is_finding(text) or decisions.unanimous(text)

    def _begin(self, run: _Run) -> None:
        self._close()
        self.open = run

    def _add(self, unit: Unit, attribution: Attribution | None, question: bool, *, carried: bool = False) -> None:
        assert self.open is not None
        if not self.open.readings:
            self.open.after_question = bool(self.runs) and any(r.question for r in self.runs[-1].readings)
            self.runs.append(self.open)
        outright = attribution is not None and not carried and "ask" in attribution.functions
        outright = outright or question and bool(_INDIRECT.match(self.text, unit.start, unit.end))
        self.open.readings.append(_Reading(unit, attribution, question, carried, outright, not question and bool(_OPEN_POINT.match(self.text, unit.start, unit.end))))

    def _result(self, unit: Unit) -> None:
        assert self.open is not None
        self.open.result.append((unit.start, unit.end))
        self.open.has_result = True

    def _close(self) -> None:
        self.open = None
        if self.section in ("decision", "result"):
            self.section = "debate"


_BODY_SUBJECT = pattern("turns.body_subject")


def _asks_or_answers(attribution: Attribution) -> bool:
    return "ask" in attribution.functions or attribution.on_request


def _settled(run: _Run, after: _Run | None) -> _Run:
    """Count what a speaker leaves open as a question where the next turn replies."""
    reply = after.readings[0].attribution if after and after.readings else None
    if reply is None or run.decision or reply.functions[:1] not in (("reply",), ("report",)):
        return run
    return replace(run, readings=[replace(r, question=r.question or r.open_point) for r in run.readings])


def _cut(layout: Layout, run: _Run) -> Iterator[TurnDraft]:
    """Cut a run where a question begins or ends; up to two sentences beside a question stay with it."""
    if run.decision:
        yield _decision_draft(run)
        return
    groups = [part for piece in _request_groups(run) for part in _question_groups(piece)]
    if run.form == "verbatim":
        groups = _final_question(run.readings)
    leader = next((r.attribution for r in run.readings if r.attribution and not r.carried), None)
    for n, group in enumerate(groups):
        yield _draft(layout, run, group, leader, first=n == 0)


def _request_groups(run: _Run) -> list[list[_Reading]]:
    """Cut where somebody who was speaking of their own accord is asked: "Auf Nachfrage von Frau Lux teilt er mit"."""
    readings = run.readings
    asked = [bool(r.attribution and r.attribution.on_request and not r.carried) for r in readings]
    if not any(asked) or asked[0] or run.after_question:
        return [readings]
    k = asked.index(True)
    return [readings[:k], readings[k:]]


def _question_groups(readings: list[_Reading]) -> list[list[_Reading]]:
    first = readings[0].attribution
    if first is not None and first.order == "nominal" and "ask" in first.functions:
        return [readings]  # "Anfrage:" heads all that follows
    replies = readings[0].attribution is not None and (readings[0].attribution.on_request or "reply" in readings[0].attribution.functions)
    marks = [r.question and not (replies and not r.outright) for r in readings]
    if not any(marks) or all(marks):
        return [readings]
    owner = list(marks)
    for i, asked in enumerate(marks):
        if not asked:
            continue
        for step in (-1, 1):
            for k in _reach(readings, marks, i, step):
                owner[k] = True
    asked_at = [i for i, mine in enumerate(owner) if mine]
    for one, other in zip(asked_at, asked_at[1:], strict=False):
        if other - one - 1 <= _LEAD_IN:  # a remark between two questions of the same speaker
            owner[one:other] = [True] * (other - one)
    groups: list[list[_Reading]] = []
    for i, reading in enumerate(readings):
        if i and owner[i] == owner[i - 1]:
            groups[-1].append(reading)
        else:
            groups.append([reading])
    return groups


def _final_question(readings: list[_Reading]) -> list[list[_Reading]]:
    """Cut a speech before the question that it ends in; questions on the way are rhetoric."""
    asked = [i for i, r in enumerate(readings) if r.question]
    if not asked or asked[-1] < len(readings) - _LEAD_IN or len(readings) <= _LEAD_IN + 1:
        return [readings]
    k = asked[-1]
    while k - 1 in asked:
        k -= 1
    return [readings[:k], readings[k:]] if k > _LEAD_IN else [readings]


def _reach(readings: list[_Reading], marks: list[bool], i: int, step: int) -> list[int]:
    """Numbers of the sentences beside question `i` that serve it: at most two to the border or to the next question.

    Before a question with a cue of its own there are none: "Frau Lux lobt den Entwurf. Sie fragt, ..." is two turns.
    """
    if step < 0 and readings[i].outright:
        return []
    reach: list[int] = []
    k = i + step
    while 0 <= k < len(readings) and not marks[k]:
        if step > 0 and readings[k].attribution is not None and not readings[k].carried and len(readings) - k > 1:
            break
        reach.append(k)
        k += step
    return reach if len(reach) <= _LEAD_IN else []


def _draft(layout: Layout, run: _Run, group: list[_Reading], leader: Attribution | None, *, first: bool) -> TurnDraft:
    own = [r.attribution for r in group if r.attribution and not r.carried]
    head = own[0] if own else None
    asking = next((a for a in own if "ask" in a.functions), None)
    main = asking or head
    functions = tuple(f for a in own for f in a.functions)
    who = head if head and (head.subjects or head.pronoun) else None
    start, end = group[0].unit.start, group[-1].unit.end
    source = who or leader
    return TurnDraft(
        start=start,
        end=end,
        block=group[0].unit.block,
        form=run.form,
        order=(head or leader).order if (head or leader) else None,  # type: ignore[union-attr]
        speakers=source.subjects if source else (),
        pronoun=source.pronoun if source and not source.subjects else None,
        same_speaker=not first,
        exchange=bool(source and source.order == "elided" and not source.subjects),
        functions=functions,
        cue=main.cue if main else None,
        verb=main.verb.infinitive if main and main.verb else None,
        askers=tuple(i for a in own for i in a.askers),
        addressees=tuple(dict.fromkeys(i for a in own for i in a.addressees)),
        on_request=any(a.on_request for a in own),
        passive=bool(head and head.passive),
        question=any(r.question for r in group),
        direct_question=bool(_QUESTION_END.search(layout.clean.text[start:end])),
        carried=sum(r.carried and bool(_SUBJUNCTIVE.search(layout.clean.text, r.unit.start, r.unit.end)) for r in group),
        content=_content(layout.clean.text, group),
    )


def _content(text: str, group: list[_Reading]) -> tuple[tuple[int, int], ...]:
    """What is said: behind "dass", "ob" or the comma after the cue in the first sentence, whole sentences after it."""
    spans: list[tuple[int, int]] = []
    for reading in group:
        start, end = reading.unit.start, reading.unit.end
        attribution = reading.attribution
        if attribution is not None and not reading.carried and attribution.cue:
            if attribution.order == "behind" and text[start : attribution.cue[0]].rstrip().endswith(",") and text[attribution.cue[0] : end].count(",") == 0:
                end = attribution.cue[0]
                while end > start and text[end - 1] in " ,":
                    end -= 1
            else:
                m = re.compile(r"[^,:]*[,:]\s*(?:(?:dass|daß)\s+)?").match(text, attribution.cue[1], end)
                start = m.end() if m and m.end() < end else attribution.cue[1]
                while start < end and text[start] in " ,:":
                    start += 1
        if start < end:
            if spans and spans[-1][1] + 1 >= start:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
    return tuple(spans)


def _decision_draft(run: _Run) -> TurnDraft:
    readings = run.readings
    head = next((r.attribution for r in readings if r.attribution and (r.attribution.subjects or r.attribution.pronoun)), None)
    plain = [r.unit for r in readings if (r.unit.start, r.unit.end) not in run.result]
    draft = TurnDraft(
        start=readings[0].unit.start,
        end=readings[-1].unit.end,
        block=readings[0].unit.block,
        decision=True,
        order=head.order if head else None,
        functions=("decide",),
        result=tuple(run.result),
        wording=(plain[0].start, plain[-1].end) if plain else None,
    )
    if head is not None:
        return replace(draft, speakers=head.subjects, pronoun=head.pronoun, cue=head.cue, addressees=head.addressees)
    return draft
