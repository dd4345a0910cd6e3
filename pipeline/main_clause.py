"""The main clause of a sentence: who is subject or agent of it, by which verb, at whose request and to whom."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from pipeline.addressees import addressees, fronted, greets_all, pronoun_addressed
from pipeline.attribution import Attribution, MentionedText, Order
from pipeline.lexicon import Verb, VerbFunction, pattern, verbs, word_set
from pipeline.syntax import (
    AUXILIARY,
    FILLERS,
    FINITE,
    PASSIVE,
    PREPOSITIONS,
    SUBJUNCTIVE,
    Cue,
    Syntax,
    is_finite,
    is_subjunctive,
)

_PRONOUN = pattern("attribution.pronoun")
_OBLIQUE_PRONOUNS = ("Ihn", "Ihm", "Ihr", "Ihnen")
_DEMONSTRATIVE = word_set("attribution.demonstrative")
_OBLIQUE_SPEAKER = word_set("attribution.oblique_speaker")
_POLITE = word_set("attribution.polite")
_BEFORE_NAMES = word_set("attribution.before_names")
_OPENING = re.compile(
    r"(?:[A-ZÄÖÜ]{2,5}\s+|(?:\w{1,8}\.\s?){1,3}|(?:Auch|Sowohl|Nur|Der|Die|Das|Dem|der|die|Ebenso|Selbst)\s+)?"
)
_JOINT = re.compile(r"\s*(?:,|und|u\.|sowie|[/+&]|,? als auch)\s+(?:(?:der|die|das)\s+)?")
_TAKEN_UP = pattern("attribution.taken_up")
_INQUIT_END = pattern("attribution.inquit_end")
_ELLIPTIC = pattern("attribution.elliptic")
_ECHO = pattern("attribution.echo")
_OWN_NOUN = pattern("attribution.own_noun")
_REQUEST = pattern("attribution.request")
_REFERENCE = re.compile(r"\b(?:geht|ging|verweist|kommt)\b[^,]*$")  # "geht auf die Frage ein"
_QUESTION_OF = pattern("attribution.question_of")
_OF = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:(?:von|seitens|durch|vom)\s+)?(?:(?:der|des|dem|den)\s+)?$")
_TO = re.compile(r"\s+an\s+(?:de[nr]\s+|die\s+|das\s+)?")
_OBLIQUE_JOINT = re.compile(r"\s*(?:,|und|sowie)\s+(?:von\s+)?(?:der\s+|des\s+|dem\s+)?")
_AGENT = re.compile(r"\b(?:von|durch|seitens|vom)\s+$", re.IGNORECASE)
_FROM = (
    "Aus ",
    "Aus der ",
    "Aus dem ",
    "Von ",
    "Von der ",
    "Vom ",
    "Seitens ",
    "Seitens der ",
    "Seitens des ",
    "Bei ",
    "Für ",
)
_ON_BEHALF = pattern("attribution.on_behalf")
_FROM_CROWD = re.compile(r"Aus (?:der|dem|den) ")
_QUESTION_NOUN = re.compile(r"\w*[Ff]ragen?")
_SOURCE = pattern("attribution.source")
_SAID_BY = pattern("attribution.said_by")
_ASKED_BY = pattern("attribution.asked_by")
_ACCORDING = re.compile(r"\s*(?:\([^)]*\)\s*)?zufolge\b")
_FOR_SOMEBODY = pattern("attribution.for_somebody")
_QUESTION_ARISES = re.compile(r"\bstell(?:t|e|te) sich(?: auch| zudem| darüber hinaus)? für $")
# "Antwort der Verwaltung:", "Die Antwort des Magistrats wird schriftlich erteilt"
_ANSWER_BY = pattern("attribution.answer_by")
_QUESTION_BY = pattern("attribution.question_by")
_REMARK_BY = pattern("attribution.remark_by")
_NOMINAL = pattern("attribution.nominal")

_NOUNS: dict[str, tuple[re.Pattern[str], VerbFunction]] = {
    "reply": (_ANSWER_BY, "reply"),
    "ask": (_QUESTION_BY, "ask"),
    "remark": (_REMARK_BY, "report"),
}

_NOUN_BEHIND: tuple[tuple[re.Pattern[str], VerbFunction], ...] = ((_ASKED_BY, "ask"), (_SAID_BY, "report"))


class MainClause:
    """The main clause of the sentence `text[begin:end]`; `inside` are the numbers of its mentions."""

    def __init__(self, source: MentionedText, begin: int, end: int, inside: list[int], syntax: Syntax) -> None:
        self.text, self.masked, self.mentions = source.text, source.masked, source.mentions
        self.behind = source.behind
        self.begin, self.end, self.inside = begin, end, inside
        self.syntax, self.tokens = syntax, syntax.tokens
        self.asked, self.askers = self._read_request()

    def request(self) -> tuple[bool, tuple[int, ...]]:
        """Whether somebody asked ("Auf Nachfrage von Frau Lux ..."), and who."""
        return self.asked, self.askers

    def subject(self) -> Attribution | None:
        """Try the places where a speaker can stand, those that name an indicative speech verb first."""
        before = self._before()
        if before is not None and before.functions and not before.subjunctive:
            return self._inquit() or before
        behind = self._behind()
        if behind is not None and behind.functions and (before is None or behind.subjects):
            return behind  # "Letztere gehe auf eine Umfrage zurück, antwortet Herr Lux."
        source = self._source()
        if source is not None and (before is None or not before.functions):
            return source
        if before is not None and before.subjunctive and not before.functions and self._collective(before):
            return None  # "Der Verein habe keinen Antrag gestellt": this is what is reported
        return before or behind or self._passive()

    def _inquit(self) -> Attribution | None:
        """The speaker behind what is said: "Der Kreis ist dafür, antwortet Frau Lux.", "..., so Frau Lux."."""
        if "," not in self.masked[self.begin : self.end]:
            return None
        source = self._source()
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

    def nominal(self) -> Attribution | None:
        """A noun tells what happens: "Eine Beantwortung erfolgt ...", "Aus der Runde kommt die Frage"."""
        m = _NOMINAL.match(self.text, self.begin, self.end)
        if not m:
            return None
        if m["chair"]:
            called = [i for i in self.inside if self.mentions[i].kind in ("person", "office")]
            return Attribution("nominal", functions=("chair",), addressees=tuple(called[:1]))
        by, function = _NOUNS[next(name for name in _NOUNS if m[name])]
        return Attribution("nominal", self._noun_of(by), functions=(function,))

    def elliptic(self) -> Attribution | None:
        """A speaker in front of a comma, without a verb: "Stadtrat Lux dazu, dies gehöre nicht hierher"."""
        if not self.inside or not self._opens(self.inside[0]) or self.mentions[self.inside[0]].kind == "group":
            return None
        i = self.inside[0]
        m = _ELLIPTIC.match(self.text, self.behind(self.mentions[i]), self.end)
        asks = m is not None and bool(m["ask"])
        if not m or not (
            m["then"] or self.syntax.reports() or (asks and self.text[m.end() : self.end].rstrip().endswith("?"))
        ):
            return None
        k = next((n for n, token in enumerate(self.tokens) if token.start >= m.end()), len(self.tokens))
        if any(is_finite(token.text) for token in self.tokens[:k]):
            return None
        return Attribution("before", (i,), cue=(m.start(), m.end()), functions=("ask",) if asks else ("report",))

    def echo(self) -> Attribution | None:
        """A speaker who only joins in: "Frau Lux ebenfalls.", "Herr Zeh dagegen nicht."."""
        if not self.inside or not self._opens(self.inside[0]) or self.mentions[self.inside[0]].kind != "person":
            return None
        i = self.inside[0]
        m = _ECHO.match(self.text, self.mentions[i].end, self.end)
        return Attribution("before", (i,), functions=("add",), cue=m.span()) if m else None

    def _noun_of(self, by: re.Pattern[str]) -> tuple[int, ...]:
        for i in self.inside:
            start = self.mentions[i].start
            if by.search(self.text, self.begin, start) or self.text[self.begin : start] in _FROM:
                return (i,)
        return ()

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
        if self.inside and self._opens(self.inside[0]):
            subjects = self._together(self.inside[0])
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
        if pronoun and self.text[pronoun[0] : pronoun[1]].lower() in _DEMONSTRATIVE and self._skip_fillers(k) != v:
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
        k = self._skip_fillers(v + 1)
        i = self._mention_at(k) if k < len(self.tokens) else None
        return i is not None and self._may_be_subject(i)

    def _opens(self, i: int) -> bool:
        """Tell whether mention `i` can be the subject at the beginning."""
        mention = self.mentions[i]
        if mention.nominative is False and not self.text.startswith(("Herrn", "Dem "), self.begin):
            return False  # "Herrn Lux fehlt ein Plan", "Dem Werkleiter war nichts bekannt"
        return _OPENING.fullmatch(self.text, self.begin, mention.start) is not None

    def _together(self, first: int) -> list[int]:
        """ "Frau Lux (SPD) und Herr Zeh", "die Ktabg. Lux, Zeh und Rot"."""
        group = [first]
        for i in self.inside[self.inside.index(first) + 1 :]:
            here = self.mentions[i]
            if here.nominative is False or not _JOINT.fullmatch(
                self.text, self.mentions[group[-1]].outer_end, here.start
            ):
                break
            group.append(i)
        joints = [self.text[self.mentions[a].outer_end : self.mentions[b].start] for a, b in pairwise(group)]
        if joints and "," in joints[0] and not any("und" in joint for joint in joints):
            return group[:1]  # "Frau Lux, Herr Zeh ...": an apposition, or two sentences
        return group

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
            k = self._skip_fillers(n + 1)
            if k >= len(self.tokens):
                continue
            i = self._mention_at(k)
            cue = self.syntax.cue(n)
            found = Attribution(
                "behind", (), None, cue.span or (token.start, token.end), cue.functions, cue.verb,
                subjunctive=token.text in SUBJUNCTIVE and not _asks_politely(token.text, cue), others=cue.others,
            )  # fmt: skip
            if i is not None and i not in self.askers and (self._may_be_subject(i) or token.text in _OBLIQUE_SPEAKER):
                if token.text in PASSIVE and self.syntax.participle(k):
                    return fallback
                found = replace(found, subjects=tuple(self._together(i)))
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

    def _skip_fillers(self, k: int) -> int:
        last = k + 3
        while k < len(self.tokens) and k <= last and self.tokens[k].low in FILLERS and self._mention_at(k) is None:
            k += 1
        return k

    def _mention_at(self, k: int) -> int | None:
        """The mention that begins at token `k`, or behind its article."""
        start = self.tokens[k].start
        for i in self.inside:
            between = self.mentions[i].start - start
            if between == 0:
                return i
            if 0 < between <= 7 and self.text[start : start + between].strip().lower() in _BEFORE_NAMES:
                return i
        return None

    def _may_be_subject(self, i: int) -> bool:
        mention = self.mentions[i]
        if mention.nominative is False:
            return False
        before = self.text[max(0, mention.start - 12) : mention.start].split()
        return not (before and before[-1].lower() in PREPOSITIONS)

    def _passive(self) -> Attribution | None:
        """ "Es wird gefragt, ob", "Auf Nachfrage wird mitgeteilt", "von Frau Lux wurde erläutert"."""
        tokens = self.tokens
        for n, token in enumerate(tokens):
            if token.low not in PASSIVE or not self.syntax.in_main_clause(n):
                continue
            found = self.syntax.participle(n + 1)
            if not found and n == 1 and tokens[0].low in verbs().participle:
                found = (0, verbs().participle[tokens[0].low])  # "Eingebracht wurde die Vorlage durch Frau Lux."
            if not found:
                continue
            p, readings = found
            return self._passive_by(n, p, readings[0])
        return None

    def _passive_by(self, n: int, p: int, verb: Verb) -> Attribution | None:
        """The passive with auxiliary at token `n` and participle at token `p`; `None` if a person undergoes it."""
        tokens = self.tokens
        others = [i for i in self.inside if i not in self.askers]
        # "Der Antrag von Herrn Lux wird abgelehnt" has no agent
        agents = [i for i in others if self._agent(i) and self._beside_passive(i, n, p)]
        for i in others:
            mention = self.mentions[i]
            undergoes = i not in agents and mention.kind == "person" and mention.nominative is not False
            if undergoes and mention.start < tokens[n].start:
                return None  # "Herr Lux wird gebeten"
        function = verb.function
        question = any(_QUESTION_NOUN.fullmatch(token.text) for token in tokens[:p])
        if question and verb.infinitive in ("stellen", "aufwerfen", "richten"):
            function = "ask"  # "Es wurde die Frage aufgeworfen, ob"
        if function in ("decide", "move", "chair", "promise", "thank") and not agents:
            return None
        if not agents and _FROM_CROWD.match(self.text, tokens[0].start):  # "Aus dem Plenum wird gefragt"
            agents = [i for i in self.inside if self.mentions[i].start <= tokens[0].start + 8]
        agents.sort(key=lambda i: self.mentions[i].kind == "group")  # "seitens der Fraktion durch Herrn Lux"
        cue = (tokens[p].start, tokens[p].end)
        order: Order = "agent" if agents else "impersonal"
        return Attribution(order, tuple(agents[:1]), None, cue, (function,), verb, passive=True)

    def _beside_passive(self, i: int, n: int, p: int) -> bool:
        start = self.mentions[i].start
        opens = start - self.begin <= len("Seitens der ")
        return p == 0 or opens or self.tokens[n].start < start < self.tokens[p].start

    def _agent(self, i: int) -> bool:
        start = self.mentions[i].start
        if _ON_BEHALF.search(self.text, self.begin, start):
            return False  # "Auf Vorschlag von Frau Lux wird der Punkt vertagt"
        if self.mentions[i].article == "vom":
            return True
        return _AGENT.search(self.text, max(0, start - 12), start) is not None

    def _source(self) -> Attribution | None:
        """A source without a verb: "Aus Sicht von Frau Lux ...", "..., so der Kämmerer.", "Für Frau Lux sei ..."."""
        for i in self.inside:
            mention = self.mentions[i]
            before = self.text[max(self.begin, mention.start - 48) : mention.start]
            so = before.endswith("so ")
            if mention.kind in ("group", "citizen") and (not so or self.syntax.reports()):
                continue  # "aus Sicht der Behörde sei das unauffällig" is reported itself
            for noun, function in _NOUN_BEHIND:
                if noun.search(before):
                    return Attribution("source", (i,), functions=(function,))
            if _SOURCE.search(before) and (so or mention.start - self.begin < 48):
                return Attribution("source", (i,), functions=("report",))
            if _ACCORDING.match(self.text, mention.end) and mention.start == self.begin:
                return Attribution("source", (i,), functions=("report",))
            if self.text[self.begin : mention.start] == "Für " and _FOR_SOMEBODY.match(self.text, mention.end):
                return Attribution("source", (i,), functions=("opinion",))
            if _QUESTION_ARISES.search(before) and "Frage" in self.text[mention.end : self.end]:
                return Attribution("source", (i,), functions=("ask",))
        m = _OWN_NOUN.search(self.text, self.begin, self.end)
        if m:
            said: VerbFunction = "ask" if m["ask"] else "reply" if m["reply"] else "report"
            return Attribution("behind", pronoun=m.span("p"), functions=(said,))
        return None

    def _read_request(self) -> tuple[bool, tuple[int, ...]]:
        asked = False
        found: list[int] = []
        for m in _REQUEST.finditer(self.text, self.begin, self.end):
            asked = asked or not _REFERENCE.search(self.text[self.begin : m.start()])
            for i in self.inside:
                mention = self.mentions[i]
                follows = mention.start >= m.end() and _OF.fullmatch(self.text, m.end(), mention.start)
                if follows and mention.nominative is not True:
                    found.extend(self._together_oblique(i))
                    break
        of = None if found else _QUESTION_OF.match(self.text, self.begin, self.end)
        if of:
            found = [i for i in self.inside if of.end() - 4 <= self.mentions[i].start <= of.end()][:1]
            asked = asked or bool(found)
        return asked, tuple(found)

    def _together_oblique(self, first: int) -> list[int]:
        group = [first]
        for i in self.inside[self.inside.index(first) + 1 :]:
            if not _OBLIQUE_JOINT.fullmatch(self.text, self.mentions[group[-1]].outer_end, self.mentions[i].start):
                break
            group.append(i)
        return group

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
