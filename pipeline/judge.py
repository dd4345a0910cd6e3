"""What a sentence means in its document.

`Minutes` texts are read sentence by sentence; `Judge` answers questions about a single sentence that need the
mentions and the habits of the whole document, and remembers nothing between two of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline import decisions
from pipeline.attribution import Attribution
from pipeline.attributor import Attributor
from pipeline.layout import Layout, Unit
from pipeline.lexicon import Gender, pattern, word_set
from pipeline.mentions import Mention
from pipeline.mood import subjunctives
from pipeline.sentence import Sentence
from pipeline.syntax import Syntax

_FIRST_PERSON = pattern("turns.first_person")
_FIRST_PERSON_SUBJECT = re.compile(r"\b(?:ich|wir)\b", re.IGNORECASE)
_BODY_SUBJECT = pattern("turns.body_subject")
_IMPERSONAL_FINDING = pattern("turns.impersonal_finding")
_CLAUSE = re.compile(r",\s*(?:dass|daß|ob|wie|warum|wann|welche\w*)\b")
_PRONOUN_GENDER: dict[str, Gender] = {"er": "m", "sie": "f"}
_STATES = word_set("sentence.states")
_MASCULINE = word_set("references.masculine")
_FEMININE = word_set("references.feminine")
_STILL_SPEAKING = word_set("references.still_speaking")
_HOLDERS = ("chair", "executive", "administration", "clerk")
_HEAD = 800  # characters in which a document names the body that sits
_ELSEWHERE = ("letzter", "dieser", "diese", "jene", "selbig")


class Judge:
    """Judge single sentences of one document; `mentions` in order, with roles."""

    def __init__(self, layout: Layout, mentions: Sequence[Mention]) -> None:
        self.layout, self.mentions = layout, mentions
        self.text = layout.clean.text
        self.head = self.text[:_HEAD].lower()
        self.attributor = Attributor(self.text, mentions)
        self.indicative = self._indicative_house()
        self.word_by_word = self._verbatim_house()

    def _indicative_house(self) -> bool:
        """Some houses report in the indicative: then mood says nothing about who speaks."""
        return sum(1 for _ in subjunctives(self.text)) < len(self.layout.units) / 12

    def _verbatim_house(self) -> bool:
        """Verbatim minutes have speakers in front of colons, and people who say "ich"."""
        starts = {block.start for block in self.layout.blocks}
        colons = (
            self.text[m.outer_end : m.outer_end + 2].lstrip()[:1] == ":" for m in self.mentions if m.start in starts
        )
        return sum(colons) >= 3 and len(_FIRST_PERSON.findall(self.text)) > len(self.layout.units) / 6

    def sentence(self, unit: Unit) -> Sentence:
        """Read a unit."""
        text = self.text[unit.start : unit.end]
        attribution = self.attributor.read(unit.start, unit.end, first=unit.first)
        if attribution and attribution.order == "label" and decisions.is_nomination(text):
            attribution = None  # "2. Vorsitzender: Vorgeschlagen wird Frau Lux.": the office does not speak
        return Sentence(unit, self.layout.blocks[unit.block], text, attribution)

    def kinds(self, attribution: Attribution) -> set[str]:
        """Kinds of the subjects; empty for pronouns and passives."""
        return {self.mentions[i].kind for i in attribution.subjects}

    def cue(self, attribution: Attribution) -> str:
        return self.text[slice(*attribution.cue)] if attribution.cue else ""

    def decides(self, sentence: Sentence) -> bool:
        """Tell whether the body decides in this sentence."""
        unit = sentence.unit
        return self.decides_between(unit.start, unit.end, sentence.attribution)

    def decides_between(self, start: int, end: int, attribution: Attribution | None) -> bool:
        """Tell whether the body decides in `text[start:end]`, of which `attribution` was read."""
        text, masked = self.text[start:end], self.attributor.source.masked
        if decisions.is_named_verdict(text):
            return True
        if attribution is None:
            if decisions.is_verdict(text):
                return True
        elif "person" in self.kinds(attribution) and "verabschiedet" in text:
            return False
        elif attribution.order == "before" and attribution.subjects:
            mention = self.mentions[attribution.subjects[0]]
            if mention.kind == "group" and decisions.is_body(mention.head or ""):
                return self._body_decides(mention.head or "", mention.outer_end, end)
        body = attribution is None or (
            self.kinds(attribution) <= {"group"} and attribution.order in ("before", "behind")
        )
        if body and decisions.body_decides_inverted(masked, start, end):
            return True
        m = _BODY_SUBJECT.match(self.text, start, end)
        if m and decisions.is_body(m["noun"]) and self._body_decides(m["noun"], m.end("noun"), end):
            return True
        if decisions.is_elliptic(text) or (decisions.settles(text) and not self._reported(attribution)):
            return True
        if attribution is not None and not self._leaves_room(attribution):
            return False
        if decisions.passive_decision(masked, start, end) or decisions.is_ballot(text) or decisions.is_voted(text):
            return True
        return decisions.is_finding(text) and bool(_IMPERSONAL_FINDING.match(text))

    def _reported(self, attribution: Attribution | None) -> bool:
        return attribution is not None and (attribution.subjunctive or "ask" in attribution.functions)

    def _body_decides(self, noun: str, end_of_subject: int, end: int) -> bool:
        masked = self.attributor.source.masked
        if decisions.body_decides(masked, end_of_subject, end):
            return True
        return self._sits(noun) and decisions.body_acts(masked, end_of_subject, end)

    def _sits(self, noun: str) -> bool:
        """Tell whether a noun names the body whose minutes these are: it stands in the head, or is short for it."""
        return noun.lower() in self.head or noun.isupper()

    def _leaves_room(self, attribution: Attribution) -> bool:
        """Tell whether nobody speaks in the sentence, so that a passive can be a resolution."""
        if not attribution.functions and attribution.subjects:
            return True
        return attribution.order == "impersonal" and "ask" not in attribution.functions and not attribution.on_request

    def body_acts(self, sentence: Sentence) -> bool:
        """Tell whether the body is the subject, whatever it does: "Der Ortsbeirat fordert die Stadt auf"."""
        m = _BODY_SUBJECT.match(sentence.text)
        return m is not None and decisions.is_body(m["noun"])

    def resolves(self, unit: Unit) -> bool:
        """Tell whether a sentence is a resolution in the passive, whoever it names: "Frau Lux wird gewählt"."""
        return decisions.passive_decision(self.attributor.source.masked, unit.start, unit.end)

    def finds(self, sentence: Sentence, *, verbatim: bool) -> bool:
        """Tell whether somebody finds a result, or withdraws a motion."""
        attribution = sentence.attribution
        if verbatim and _FIRST_PERSON_SUBJECT.search(sentence.text) and decisions.is_finding(sentence.text):
            return True
        if decisions.is_withdrawal(sentence.text) and not sentence.subjunctive and not verbatim:
            return True
        if attribution is None:
            return False
        if attribution.subjects and decisions.is_withdrawal(sentence.text):
            return True
        answers = "ask" in attribution.functions or attribution.on_request
        return attribution.order in ("before", "behind") and not answers and decisions.is_finding(sentence.text)

    def speaks(self, sentence: Sentence) -> bool:
        """Tell whether a sentence within a resolution is a contribution, so that the resolution ends."""
        attribution = sentence.attribution
        if attribution is None or attribution.order in ("nominal", "elided"):
            return False
        if attribution.order == "impersonal":
            return attribution.on_request or "ask" in attribution.functions
        if attribution.order == "agent":
            return True
        if attribution.pronoun and not attribution.functions:
            return False
        kinds = self.kinds(attribution)
        if kinds == {"group"}:
            told = attribution.functions[:1] and attribution.functions[0] in ("ask", "reply", "report", "add")
            return bool(told) and not self.decides(sentence)
        if attribution.order == "label":
            return bool(kinds & {"person", "office"})
        return bool(attribution.functions) or "person" in kinds

    def speaks_up(self, sentence: Sentence, section: str) -> bool:
        """Tell whether a sentence in the head or in background prose is a contribution after all."""
        attribution = sentence.attribution
        if attribution is None or attribution.order in ("nominal", "elided"):
            return False
        if attribution.order == "label" and section != "background":
            return sentence.first and (section == "end" or self._speech_behind_label(sentence, attribution))
        if not attribution.functions or not (sentence.first or self._runs_in(sentence, attribution, section)):
            return False
        if section == "background":
            speakers = [self.mentions[i] for i in attribution.subjects]
            return any(m.kind in ("person", "citizen", "office") for m in speakers)
        return len(sentence.text) > 25

    def _runs_in(self, sentence: Sentence, attribution: Attribution, section: str) -> bool:
        """Tell whether somebody speaks behind a heading in the same line: "1. Wegebau. Herr Lux trug vor, ..."."""
        if section in ("background", "agenda", "end") or sentence.block.kind == "label":
            return False
        told = attribution.order in ("before", "behind") and attribution.functions[0] != "chair"
        return told and bool(self.kinds(attribution) & {"person", "office"})

    def _speech_behind_label(self, sentence: Sentence, attribution: Attribution) -> bool:
        """Tell whether a whole sentence stands behind a name and its colon: nobody is listed in verbatim speech."""
        said = self.text[attribution.cue[1] if attribution.cue else sentence.unit.start : sentence.unit.end]
        if not said.rstrip().endswith((".", "!", "?")) or sentence.block.kind == "label":
            return False
        return (
            bool(_FIRST_PERSON.search(said))
            or said.endswith("?")
            or (self.word_by_word and Syntax(said, 0, len(said)).finite())
        )

    def clerk_between_speeches(self, sentence: Sentence, said: str) -> bool:
        """Tell whether the clerk speaks again behind the verbatim text `said`."""
        attribution = sentence.attribution
        if attribution is None:
            return False
        if self.notes(sentence):
            return True
        if self.word_by_word and not sentence.functions & {"chair", "move"} and not self._clerk_in_present(sentence):
            return False
        if not sentence.first and _FIRST_PERSON.search(said):
            return False
        if _FIRST_PERSON.search(sentence.text) or not attribution.functions or attribution.subjunctive:
            return False
        if attribution.order in ("impersonal", "nominal"):
            return attribution.on_request or bool(sentence.functions & {"ask", "reply", "chair"})
        return bool(attribution.subjects) and attribution.order in ("before", "behind", "agent", "source")

    def notes(self, sentence: Sentence) -> bool:
        """Tell whether a note begins with somebody whom labels call by the same bare name: "Bea will ihn abholen."."""
        attribution = sentence.attribution
        if attribution is None or attribution.order != "before" or self.word_by_word or not attribution.subjects:
            return False
        subjects = [self.mentions[i] for i in attribution.subjects]
        bare = all(m.kind == "person" and not m.honorific and not m.offices for m in subjects)
        labels = self.layout.labels
        return bare and all(self.text[m.start : m.end] in labels.speakers | labels.listed for m in subjects)

    def _clerk_in_present(self, sentence: Sentence) -> bool:
        """Between speeches a clerk reports in the present: "GR Lux will wissen, ob ..."."""
        attribution = sentence.attribution
        if attribution is None or attribution.order != "before" or not sentence.first:
            return False
        clause = "ask" in attribution.functions or _CLAUSE.search(sentence.text)
        return bool(clause) and not self.cue(attribution).endswith("te")

    def quotes(self, said: str) -> bool:
        """Tell whether a text behind a colon is verbatim; "Rf. Lux: ob das enthalten sei?" is not."""
        return self.word_by_word or bool(_FIRST_PERSON.search(said)) or not any(subjunctives(said))

    def spoken_about(self, attribution: Attribution) -> bool | None:
        """Tell whether a subject without a speech verb is only spoken about; `None` where that is open."""
        if not attribution.functions and self.kinds(attribution) <= {"group", "citizen"}:
            return True  # "Die Vereine wollten sich zurückziehen."
        if not self.indicative and self.acts(attribution):
            return False
        return None

    def acts(self, attribution: Attribution) -> bool:
        """Tell whether a person or the holder of an office does something: "Frau Lux kümmert sich", not "ist krank"."""
        if attribution.subjunctive or not attribution.subjects:
            return False
        mention = self.mentions[attribution.subjects[0]]
        if self.cue(attribution).lower() in _STATES and mention.nominative is not False:
            return False
        if mention.kind == "office":
            return attribution.order == "before" and mention.office_kind in _HOLDERS
        return mention.kind == "person"

    def same_person(self, one: int, other: int) -> bool:
        """Tell whether two mentions, `other` behind `one`, name the same person."""
        a, b = self.mentions[one], self.mentions[other]
        if b.article in ("ein", "eine") and b.kind == "citizen":
            return False  # "Ein weiterer Einwohner"
        if (a.name or a.head or "").casefold() != (b.name or b.head or "").casefold():
            return False
        if a.given_name and b.given_name and a.given_name != b.given_name:
            return False
        return not (a.gender and b.gender and a.gender != b.gender)

    def still_speaks(self, attribution: Attribution) -> bool:
        """Tell whether the subject stands for who is speaking: "Der Votant stört sich daran", "Redner führt aus"."""
        subjects = [self.mentions[i] for i in attribution.subjects]
        return len(subjects) == 1 and not subjects[0].name and (subjects[0].head or "").lower() in _STILL_SPEAKING

    def points_elsewhere(self, before: Attribution, attribution: Attribution) -> bool:
        """Tell whether a pronoun means somebody else than who spoke before.

        "Ktabg. Lux bittet AL Zeh um Auskunft. Sie erläutert ...": the pronoun is the person addressed.
        """
        word = self.text[slice(*attribution.pronoun)].lower() if attribution.pronoun else ""
        if word.startswith(_ELSEWHERE):
            return True
        genders = {self.mentions[i].gender for i in before.subjects}
        if before.pronoun is not None:
            genders = {_PRONOUN_GENDER.get(self.text[slice(*before.pronoun)].lower())}
        if (word in _FEMININE and genders == {"m"}) or (word in _MASCULINE and genders == {"f"}):
            return True
        if "ask" not in before.functions or attribution.functions[:1] == ("ask",):
            return False
        if attribution.functions[:1] == ("reply",):
            return True  # "Frau Lux fragt Frau Zeh, ob ... Sie verneint das."
        addressed = {self.mentions[i].gender for i in before.addressees}
        fits = {"f", "pl"} if word == "sie" else {"m"}
        return bool(addressed & fits) and not genders & fits

    def heading_speaker(self, block: int) -> tuple[int, ...]:
        """The person in the heading or line above a text that begins with its verb: "Frau Lux / teilt mit, dass".

        Labels and one other line may stand between.
        """
        passed = 0
        for above in self.layout.blocks[max(0, block - 6) : block][::-1]:
            heading = above.kind == "heading"
            if above.kind == "label":
                continue
            if passed > 1 or (self.text[above.end - 1] in ".!?" and not heading):
                break
            inside = [i for i, m in enumerate(self.mentions) if above.start <= m.start < above.end]
            for kind in ("person", "office"):
                for i in inside:
                    if self.mentions[i].kind == kind:
                        return (i,)
            passed += 1
        return ()
