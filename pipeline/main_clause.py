"""The main clause of a sentence: who is subject or agent of it, by which verb, at whose request and to whom."""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.addressees import addressees, fronted, greets_all, pronoun_addressed
from pipeline.attribution import Attribution, MentionedText
from pipeline.clause import Clause
from pipeline.lexicon import pattern, verbs, word_set
from pipeline.passives import passive
from pipeline.requests import read_request
from pipeline.sources import source_of
from pipeline.syntax import AUXILIARY, FINITE, PASSIVE, SUBJUNCTIVE, Cue, Syntax, is_finite, is_subjunctive

_PRONOUN = pattern("attribution.pronoun")
_OBLIQUE_PRONOUNS = ("Ihn", "Ihm", "Ihr", "Ihnen")
_DEMONSTRATIVE = word_set("attribution.demonstrative")
_OBLIQUE_SPEAKER = word_set("attribution.oblique_speaker")
_POLITE = word_set("attribution.polite")
_TAKEN_UP = pattern("attribution.taken_up")
_INQUIT_END = pattern("attribution.inquit_end")
_TO = re.compile(r"\s+an\s+(?:de[nr]\s+|die\s+|das\s+)?")


class MainClause(Clause):
    """Who is subject or agent of the main clause, by which verb, at whose request and to whom.

    `asked` tells that somebody asked ("Auf Nachfrage von Frau Lux ..."), `askers` who.
    """

    def __init__(self, source: MentionedText, begin: int, end: int, inside: list[int], syntax: Syntax) -> None:
        super().__init__(source, begin, end, inside, syntax)
        self.asked, self.askers = read_request(self)

    def subject(self) -> Attribution | None:
        """Try the places where a speaker can stand, those that name an indicative speech verb first."""
        before = self._before()
        if before is not None and before.functions and not before.subjunctive:
            return self._inquit() or before
        behind = self._behind()
        if behind is not None and behind.functions and (before is None or behind.subjects):
            return behind  # "Letztere gehe auf eine Umfrage zurück, antwortet Herr Lux."
        source = source_of(self)
        if source is not None and (before is None or not before.functions):
            return source
        if before is not None and before.subjunctive and not before.functions and self._collective(before):
            return None  # "Der Verein habe keinen Antrag gestellt": this is what is reported
        return before or behind or passive(self, self.askers)

    def _inquit(self) -> Attribution | None:
        """The speaker behind what is said: "Der Kreis ist dafür, antwortet Frau Lux.", "..., so Frau Lux."."""
        if "," not in self.masked[self.begin : self.end]:
            return None
        source = source_of(self)
        if source is not None and (
            not source.subjects or self.text.endswith(", so ", self.begin, self.mentions[source.subjects[0]].start)
        ):
            return source
        behind = self._behind(inquit=True)
        if behind is None or not {"ask", "reply", "report", "add"} & set(behind.functions[:1]):
            return None
        last = self.mentions[behind.subjects[-1]].outer_end if behind.subjects else (behind.pronoun or (0, 0))[1]
        return behind if _INQUIT_END.match(self.text, last, self.end) else None

    def _collective(self, attribution: Attribution) -> bool:
        kinds = {self.mentions[i].kind for i in attribution.subjects}
        return bool(kinds) and kinds <= {"group", "citizen"}

    def elided(self) -> Attribution | None:
        """The sentence begins with its verb, the speaker stands in the line above: "teilt mit, dass ..."."""
        first = self.tokens[0].text
        if first not in verbs().indicative or not first[0].islower():
            return None
        cue = self.syntax.cue(0)
        return Attribution("elided", functions=cue.functions, verb=cue.verb, cue=cue.span) if cue.functions else None

    def _before(self) -> Attribution | None:
        """The subject stands first: mention or pronoun, then the finite verb of the main clause."""
        pronoun = None
        subjects: list[int] = []
        if self.inside and self.opens(self.inside[0]):
            subjects = self.together(self.inside[0])
            end = self.behind(self.mentions[subjects[-1]])
        else:
            m = _PRONOUN.match(self.text, self.begin)
            if not m:
                return None
            pronoun, end = m.span("p"), m.end()
        k = next((n for n, token in enumerate(self.tokens) if token.start >= end), None)
        v = self.syntax.verb_after(k) if k is not None else None
        if v is None or k is None:
            return None
        if pronoun and self.text[pronoun[0] : pronoun[1]].lower() in _DEMONSTRATIVE and self.skip_fillers(k) != v:
            return None  # "Diese Zahlen belegen ..."
        if v and self.tokens[v - 1].text in ",–—" and self._own_subject(v):
            return None  # "Die Grünen, merkt Frau Lux an, hätten das gefordert."
        verb = self.tokens[v]
        oblique = bool(subjects) and self.mentions[subjects[0]].nominative is False
        oblique = oblique or (pronoun is not None and self.text[slice(*pronoun)] in _OBLIQUE_PRONOUNS)
        if oblique and verb.low not in _OBLIQUE_SPEAKER:
            return None
        if verb.low in PASSIVE and self.syntax.participle(v + 1):
            return None
        cue = self.syntax.cue(v)
        return Attribution(
            "before",
            tuple(subjects),
            pronoun,
            cue.span or (verb.start, verb.end),
            cue.functions,
            cue.verb,
            subjunctive=is_subjunctive(verb.low),
            others=cue.others,
        )

    def _own_subject(self, v: int) -> bool:
        """Tell whether a nominative follows the verb at token `v`."""
        k = self.skip_fillers(v + 1)
        i = self.mention_at(k) if k < len(self.tokens) else None
        return i is not None and self.may_be_subject(i)

    def _behind(self, *, inquit: bool = False) -> Attribution | None:
        """The verb stands before its subject: "Abschließend stellt er fest", "..., erklärt Frau Lux.".

        For an `inquit` it follows a comma.
        """
        fallback: Attribution | None = None
        for n, token in enumerate(self.tokens):
            finite = token.text in verbs().indicative or token.text in FINITE or self._follows_taken_up(n)
            if not finite or not token.text[0].islower() or not self.syntax.in_main_clause(n):
                continue
            if inquit and (n == 0 or self.tokens[n - 1].text not in ",–—?!"):
                continue
            k = self.skip_fillers(n + 1)
            if k >= len(self.tokens):
                continue
            i = self.mention_at(k)
            cue = self.syntax.cue(n)
            found = Attribution(
                "behind", (), None, cue.span or (token.start, token.end), cue.functions, cue.verb,
                subjunctive=token.text in SUBJUNCTIVE and not _asks_politely(token.text, cue), others=cue.others,
            )  # fmt: skip
            if i is not None and i not in self.askers and (self.may_be_subject(i) or token.text in _OBLIQUE_SPEAKER):
                if token.text in PASSIVE and self.syntax.participle(k):
                    return fallback
                found = replace(found, subjects=tuple(self.together(i)))
                if found.functions and not found.subjunctive:
                    return found
                if self._follows_taken_up(n) and self.mentions[i].kind == "person":
                    return replace(found, functions=("opinion",))
                if token.text in AUXILIARY or found.subjunctive:
                    fallback = fallback or found
            elif (
                found.functions
                and not found.subjunctive
                and (fallback is None or not fallback.functions)
                and self._pronoun_at(k)
            ):
                fallback = replace(found, pronoun=(self.tokens[k].start, self.tokens[k].end))
        return fallback

    def _follows_taken_up(self, n: int) -> bool:
        """Tell whether the word at token `n` is the verb behind what takes up what was said: "Damit ringt Frau Lux"."""
        m = _TAKEN_UP.match(self.text, self.begin, self.end) if n < 4 else None
        word = self.tokens[n].text
        return m is not None and m.end() == self.tokens[n].start and is_finite(word) and not is_subjunctive(word)

    def _pronoun_at(self, k: int) -> bool:
        return self.tokens[k].text in ("er", "sie") or self.tokens[k].low in _DEMONSTRATIVE

    def addressees(self, found: Attribution) -> list[list[int]]:
        """Whom each verb is directed to, the one that counts first."""
        candidates = [i for i in self.inside if i not in found.subjects]
        groups = [addressees(self.masked, self.mentions, candidates, cue) for cue in _cues(found)]
        if any(groups) or not candidates:
            return groups
        if fronted(self.masked, self.begin, self.mentions[candidates[0]], found.functions):
            groups[0] = candidates[:1]
        elif found.order in ("source", "nominal") and found.subjects:  # "Die Frage von Frau Lux an Herrn Zeh betrifft"
            last = self.mentions[found.subjects[-1]].outer_end
            groups[0] = [i for i in candidates if _TO.fullmatch(self.text, last, self.mentions[i].start)]
        return groups

    def met(self, found: Attribution, groups: list[list[int]]) -> list[list[int]]:
        """The addressees of each verb without those who are only greeted together with everybody else."""
        cues = _cues(found)
        return [
            group for group, cue in zip(groups, cues, strict=True) if not greets_all(self.mentions, group, cue, cues)
        ]

    def pronoun_addressed(self, found: Attribution) -> tuple[int, int] | None:
        """The pronoun for whom the verb that counts is directed to."""
        first = found.order == "before"
        spans = (pronoun_addressed(self.masked, cue, self.end, subject_first=first) for cue in _cues(found))
        return next((span for span in spans if span), None)


def _asks_politely(verb: str, cue: Cue) -> bool:
    """Tell whether a subjunctive is none of reported speech: "Woran das liege, hätte Frau Lux gern gewusst"."""
    return verb in _POLITE and cue.functions[:1] == ("ask",)


def _cues(found: Attribution) -> tuple[Cue, ...]:
    return Cue(found.functions, found.verb, found.cue), *found.others
