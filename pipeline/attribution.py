"""Who speaks in a sentence, by which cue, at whose request and to whom.

The main clause decides: a speaker is the subject of its finite verb, before it ("Frau Lux fragt, ob ..."), behind it
("Zur Frage der Kosten erklärt er, ...", "..., erklärt Frau Lux."), in front of a colon ("GR. Mag. Teubl: ...") or the
agent of a passive ("von Frau Lux wird gefragt"). Clauses behind "dass", "ob" or a relative pronoun have no say, and
neither have names in another case: "Herrn Dreier" is addressed.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.lexicon import cue_phrases, pattern, Verb, VerbFunction, verbs, word_set
from pipeline.persons import Mention

Order = Literal["before", "behind", "label", "agent", "source", "impersonal", "nominal", "elided"]

_WORD = re.compile(r"[^\W_]+(?:[-'’*:/][^\W_]+)*|[,;:–—.!?]")
_MASK = pattern("attribution.mask")
_ASIDE = re.compile(r"[.!?]\s*[)\]]$")
_LEAD = pattern("attribution.lead")
_SUBORDINATORS = word_set("attribution.subordinators")
_RELATIVE = word_set("attribution.relative")
_PREPOSITIONS = word_set("attribution.prepositions")
_AUX_HAVE = word_set("attribution.aux_have")
_AUX_PASSIVE = word_set("attribution.aux_passive")
_MODAL = word_set("attribution.modal")
_BE = word_set("attribution.be")
_KONJUNKTIV = word_set("attribution.konjunktiv")
_FILLERS = word_set("attribution.fillers")
_REQUEST = pattern("attribution.request")
_OF = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:(?:von|seitens|durch|vom)\s+)?$")
_OBLIQUE_SPEAKER = word_set("attribution.oblique_speaker")
_SOURCE = pattern("attribution.source")
_LABEL_END = re.compile(r"\s*[)]?\s*(?:fragt|antwortet|erklärt|meint)?\s*:")
_VON_AGENT = re.compile(r"\b(?:von|durch|seitens|vom)\s+$", re.IGNORECASE)
# "Antwort der Verwaltung:", "Die Antwort des Magistrats wird schriftlich erteilt"
_BY = pattern("attribution.by")
_NOMINAL = pattern("attribution.nominal")


@dataclass(frozen=True)
class Attribution:
    """What the main clause of one sentence says about its speaker.

    `subjects` are numbers of mentions (several: they act together; none: passive or elided), `pronoun` the subject
    where it is one ("er", "Sie", "Letztere"). `functions` are those of all verbs that share the subject, in order.
    """

    order: Order
    subjects: tuple[int, ...] = ()
    pronoun: tuple[int, int] | None = None
    cue: tuple[int, int] | None = None
    functions: tuple[VerbFunction, ...] = ()
    verb: Verb | None = None
    askers: tuple[int, ...] = ()
    addressees: tuple[int, ...] = ()
    on_request: bool = False
    subjunctive: bool = False
    passive: bool = False


@dataclass(frozen=True)
class _Token:
    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.lower()


def mask(text: str) -> str:
    """Blank out brackets and quotations, length kept: what is quoted or bracketed is no main clause.

    Whole sentences in brackets stay: "(Ratsherr Lux verlässt um 19 Uhr die Sitzung.)".
    """
    return _MASK.sub(lambda m: m.group() if _ASIDE.search(m.group()) and m.group()[0] == "(" else " " * len(m.group()), text)


class Attributor:
    """Read the sentences of one clean text; mentions must be in order."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self.text = text
        self.masked = mask(text)
        self.mentions = mentions
        self._starts = [m.start for m in mentions]

    def read(self, start: int, end: int, *, first: bool = True) -> Attribution | None:
        """Return the attribution of the sentence `text[start:end]`; `first` tells that it begins a block."""
        inside = self._inside(start, end)
        begin = start
        lead = _LEAD.match(self.text, start, end)
        if lead and not (inside and self.mentions[inside[0]].start < lead.end()):  # "1. Bürgermeister Lux" is no list item
            begin = lead.end()
        label = self._label(begin, end, inside)
        if label is not None:
            return label
        tokens = [_Token(m.group(), m.start(), m.end()) for m in _WORD.finditer(self.masked, begin, end)]
        if not tokens:
            return None
        on_request, askers = self._askers(begin, end, inside)
        found = self._subject(begin, end, tokens, inside, askers, first=first)
        if found is None:
            m = _NOMINAL.match(self.text, begin, end)
            if m:
                kind: VerbFunction = "reply" if m["reply"] else "chair" if m["chair"] else "ask"
                by = () if kind == "chair" else tuple(
                    i for i in inside if _BY.search(self.text, begin, self.mentions[i].start) or re.fullmatch(r"Aus (?:der |dem )?", self.text[begin : self.mentions[i].start])
                )[:1]
                found = Attribution("nominal", by, functions=(kind,))
            elif tokens[0].text in verbs().indicative and first and tokens[0].text[0].islower():
                functions, verb, cue = self._functions(tokens, 0)
                found = Attribution("elided", functions=functions, verb=verb, cue=cue) if functions else None
        if found is None:
            return None
        addressees = self._addressees(found, tokens, inside, askers)
        functions = found.functions
        if found.verb is not None and found.verb.infinitive == "begrüßen" and addressees:
            functions = ("chair", *functions[1:])  # "begrüßt die Synodalen" against "begrüßt den Antrag"
        return Attribution(
            found.order, found.subjects, found.pronoun, found.cue, functions, found.verb, askers,
            addressees, on_request, found.subjunctive, found.passive,
        )

    def _subject(
        self, begin: int, end: int, tokens: list[_Token], inside: list[int], askers: tuple[int, ...], *, first: bool
    ) -> Attribution | None:
        """Try the places where a speaker can stand, those that name an indicative speech verb first."""
        before = self._before(begin, tokens, inside)
        if before is not None and before.functions and not before.subjunctive:
            return before
        behind = self._behind(tokens, inside, askers)
        if behind is not None and behind.functions and (before is None or behind.subjects):
            return behind  # "Letztere gehe auf eine Umfrage zurück, antwortet Herr Lux."
        source = self._source(begin, end, tokens, inside)
        if source is not None and (before is None or not before.functions):
            return source
        if before is not None and before.subjects and before.subjunctive and not before.functions:
            if {self.mentions[i].kind for i in before.subjects} <= {"group", "citizen"}:
                return None  # "Der Förderverein habe keinen Antrag gestellt": this is what is reported
        return before or behind or self._passive(tokens, inside, askers)

    def _inside(self, start: int, end: int) -> list[int]:
        i = bisect_left(self._starts, start)
        inside = []
        while i < len(self.mentions) and self.mentions[i].start < end:
            inside.append(i)
            i += 1
        return inside

    def _label(self, begin: int, end: int, inside: list[int]) -> Attribution | None:
        """Read "GR. Mag. Teubl: Ich stelle ...", "(Pauline): ..."."""
        for i in inside[:2]:
            mention = self.mentions[i]
            if mention.start - begin > 24 or (mention.start > begin and not re.fullmatch(r"[\w|/ .(-]{0,24}", self.text[begin : mention.start])):
                break
            behind = _LABEL_END.match(self.text, mention.outer_end, end)
            if behind and self._names_only(behind.end(), end, i):
                continue  # "Präsidium: Präses Dr. Wolters, Kirchmeister Opitz"
            if behind and mention.nominative is not False:
                function = re.search(r"fragt|antwortet|erklärt|meint", behind.group())
                functions: tuple[VerbFunction, ...] = ()
                if function:
                    functions = {"fragt": ("ask",), "antwortet": ("reply",)}.get(function.group(), ("report",))  # type: ignore[assignment]
                return Attribution("label", (i,), cue=(behind.end() - 1, behind.end()), functions=functions)
        return None

    def _names_only(self, start: int, end: int, label: int) -> bool:
        """Tell whether a label is followed by a name and no sentence: a line of the attendance list."""
        k = label + 1
        if k >= len(self.mentions) or self.mentions[k].start > start + 3 or self.mentions[k].start >= end:
            return False
        rest = self.masked[self.mentions[k].outer_end : end]
        return not any(self._is_finite(_Token(m.group(), m.start(), m.end())) for m in _WORD.finditer(rest))

    def _before(self, begin: int, tokens: list[_Token], inside: list[int]) -> Attribution | None:
        """The subject stands first: mention or pronoun, then the finite verb of the main clause."""
        pronoun = None
        subjects: list[int] = []
        first = inside[0] if inside else None
        if first is not None and self._opens(begin, first):
            subjects = self._together(first, inside)
            end = self.mentions[subjects[-1]].outer_end
        else:
            m = _PRONOUN.match(self.text, begin)
            if not m:
                return None
            pronoun, end = m.span("p"), m.end()
        k = next((n for n, t in enumerate(tokens) if t.start >= end), None)
        if k is None:
            return None
        v = self._verb_after(tokens, k)
        if v is None:
            return None
        verb_token = tokens[v]
        oblique = bool(subjects) and self.mentions[subjects[0]].nominative is False
        oblique = oblique or pronoun is not None and self.text[slice(*pronoun)] in ("Ihn", "Ihm", "Ihr", "Ihnen")
        if oblique and verb_token.low not in _OBLIQUE_SPEAKER:
            return None
        if verb_token.low in _AUX_PASSIVE and self._participle(tokens, v + 1):
            return None
        functions, verb, cue = self._functions(tokens, v)
        return Attribution(
            "before", tuple(subjects), pronoun, cue or (verb_token.start, verb_token.end), functions, verb,
            subjunctive=self._subjunctive(verb_token.low),
        )

    def _opens(self, begin: int, i: int) -> bool:
        mention = self.mentions[i]
        between = self.text[begin : mention.start]
        if mention.nominative is False and not re.match(r"Herrn", self.text[mention.start : mention.start + 5]):
            return False
        return bool(re.fullmatch(r"(?:(?:Auch|Sowohl|Nur|Der|Die|Das|der|die|Ebenso|Selbst)\s+)?", between))

    def _together(self, first: int, inside: list[int]) -> list[int]:
        """"Frau A (SPD) und Herr B", "die Ktabg. Strukamp, Kohaus und Frye"."""
        group = [first]
        for i in inside[inside.index(first) + 1 :]:
            before, here = self.mentions[group[-1]], self.mentions[i]
            between = self.text[before.outer_end : here.start]
            if re.fullmatch(r"\s*(?:,|und|sowie|/|,? als auch)\s+(?:(?:der|die|das)\s+)?", between) and here.nominative is not False:
                group.append(i)
            else:
                break
        if len(group) > 1:
            last = self.mentions[group[-1]]
            k = _WORD.search(self.masked, last.outer_end)
            between = self.text[self.mentions[group[0]].outer_end : self.mentions[group[1]].start]
            if "," in between and not any("und" in self.text[self.mentions[a].outer_end : self.mentions[b].start] for a, b in zip(group, group[1:], strict=False)):
                return group[:1]  # "Frau A, Herr B ...": an apposition, or two sentences
            if k is None:
                return group[:1]
        return group

    def _verb_after(self, tokens: list[_Token], k: int) -> int | None:
        """Number of the finite verb behind a subject that ends before token `k`."""
        steps = 0
        n = k
        while n < len(tokens) and steps <= 4:
            token = tokens[n]
            if token.text in ",–—":
                # a relative clause or apposition: the verb follows a later comma directly
                for j in range(n, len(tokens)):
                    if tokens[j].text in ",–—" and j + 1 < len(tokens) and self._is_finite(tokens[j + 1]):
                        return j + 1
                    if tokens[j].text in ".;:":
                        return None
                return None
            if token.text in ".;:!?":
                return None
            if self._is_finite(token):
                return n
            if token.low in _PREPOSITIONS or token.text[0].isupper():
                # "Herr Meier von der Verwaltung erklärt", "Frau Lux als Vorsitzende eröffnet"
                steps += 0 if n - k < 8 else 5
            else:
                steps += 1
            n += 1
        return None

    def _is_finite(self, token: _Token) -> bool:
        word = token.text
        if not word[0].islower():
            return False
        if word in verbs().indicative or word in verbs().subjunctive or word in _KONJUNKTIV or word in _FINITE:
            return True
        return len(word) > 3 and word not in _FILLERS and word not in _NO_VERB and bool(re.search(r"(?:[^aeiouäöüt]|[aeiouäöü]|tet|et)t$|te$|ten$|ert$", word)) and word not in verbs().participle

    def _behind(self, tokens: list[_Token], inside: list[int], askers: tuple[int, ...]) -> Attribution | None:
        """The verb stands before its subject: "Abschließend stellt er fest", "..., erklärt Frau Lux."."""
        fallback = None
        for n, token in enumerate(tokens):
            indicative = token.text in verbs().indicative or token.text in _FINITE
            if not indicative or not token.text[0].islower() or not self._main_clause(tokens, n):
                continue
            k = n + 1
            while k < len(tokens) and k <= n + 4 and tokens[k].low in _FILLERS and self._mention_at(tokens, k, inside) is None:
                k += 1
            if k >= len(tokens):
                continue
            i = self._mention_at(tokens, k, inside)
            functions, verb, cue = self._functions(tokens, n)
            where = cue or (token.start, token.end)
            if i is not None and i not in askers and (self._may_be_subject(i) or token.text in _OBLIQUE_SPEAKER):
                if token.text in _AUX_PASSIVE and self._participle(tokens, k):
                    return fallback
                found = Attribution("behind", tuple(self._together(i, inside)), None, where, functions, verb, subjunctive=token.text in _KONJUNKTIV)
                if functions and not found.subjunctive:
                    return found
                if token.text in _AUX_HAVE or token.text in _MODAL or token.text in _BE or found.subjunctive:
                    fallback = fallback or found
            elif (tokens[k].text in ("er", "sie") or tokens[k].low in _DEMONSTRATIVE) and functions:
                found = Attribution("behind", (), (tokens[k].start, tokens[k].end), where, functions, verb, subjunctive=token.text in _KONJUNKTIV)
                if not found.subjunctive and (fallback is None or not fallback.functions):
                    fallback = found
        return fallback

    def _mention_at(self, tokens: list[_Token], k: int, inside: list[int]) -> int | None:
        """The mention that begins at token `k`, or behind its article."""
        start = tokens[k].start
        for i in inside:
            mention = self.mentions[i]
            if mention.start == start or (start < mention.start <= start + 5 and self.text[start : mention.start].strip().lower() in ("der", "die", "das")):
                return i
        return None

    def _may_be_subject(self, i: int) -> bool:
        mention = self.mentions[i]
        if mention.nominative is False:
            return False
        before = self.text[max(0, mention.start - 12) : mention.start].split()
        return not (before and before[-1].lower() in _PREPOSITIONS)

    def _main_clause(self, tokens: list[_Token], n: int) -> bool:
        """Tell whether the verb at token `n` stands second or first in a main clause."""
        k = n - 1
        while k >= 0 and tokens[k].text not in ",;:–—":
            k -= 1
        clause = tokens[k + 1 : n]
        if not clause:
            return k >= 0 or n == 0  # directly behind a comma: "Nachdem ..., lässt er"
        head = clause[0].low
        if head in _SUBORDINATORS and not (k < 0 and head in ("da", "um", "damit", "als", "wie", "während")):
            return False
        if k >= 0 and head in _RELATIVE:
            return False
        if k >= 0 and head in _PREPOSITIONS and len(clause) > 1 and clause[1].low in _RELATIVE:
            return False
        return not any(t.low in ("dass", "ob") for t in clause)

    def _passive(self, tokens: list[_Token], inside: list[int], askers: tuple[int, ...]) -> Attribution | None:
        """"Es wird gefragt, ob", "Auf Nachfrage wird mitgeteilt", "von Frau Lux wurde erläutert"."""
        for n, token in enumerate(tokens):
            if token.low not in _AUX_PASSIVE or not self._main_clause(tokens, n):
                continue
            found = self._participle(tokens, n + 1)
            if not found and n == 1 and tokens[0].low in verbs().participle:
                found = (0, verbs().participle[tokens[0].low])  # "Eingebracht wurde die Vorlage durch Frau Lux."
            if not found:
                continue
            p, readings = found
            agents = [
                i for i in inside
                if i not in askers and _VON_AGENT.search(self.text, max(0, self.mentions[i].start - 12), self.mentions[i].start) and (self.mentions[i].start < tokens[p].start or p == 0)
            ]
            blocked = [i for i in inside if i not in agents and i not in askers and self.mentions[i].nominative is not False and self.mentions[i].kind == "person" and self.mentions[i].start < token.start]
            if blocked:
                return None
            verb = readings[0]
            function = verb.function
            if verb.infinitive in ("stellen", "aufwerfen", "richten") and any(re.fullmatch(r"\w*[Ff]ragen?", t.text) for t in tokens[:p]):
                function = "ask"  # "Es wurde die Frage aufgeworfen, ob"
            if function in ("decide", "move", "chair") and not agents:
                return None
            if function in ("promise", "thank") and not agents:
                return None
            crowd = re.match(r"Aus (?:der|dem|den) ", self.text[tokens[0].start : token.start])
            if crowd and not agents:  # "Aus dem Plenum wird gefragt"
                agents = [i for i in inside if self.mentions[i].start <= tokens[0].start + 8]
            agents.sort(key=lambda i: self.mentions[i].kind == "group")  # "seitens der Fraktion durch Herrn Lux"
            return Attribution("agent" if agents else "impersonal", tuple(agents[:1]), None, (tokens[p].start, tokens[p].end), (function,), verb, passive=True)
        return None

    def _source(self, begin: int, end: int, tokens: list[_Token], inside: list[int]) -> Attribution | None:
        """A source without a verb: "Aus Sicht von Frau Lux ...", "..., so der Kämmerer.", "für Herrn Zeh stelle sich die Frage"."""
        for i in inside:
            mention = self.mentions[i]
            before = self.text[max(begin, mention.start - 48) : mention.start]
            if mention.kind in ("group", "citizen") and not (self._subjunctive_free(begin, end) and before.endswith("so ")):
                continue  # "aus Sicht der Behörde sei das unauffällig" is reported itself
            if _SOURCE.search(before) and (mention.start - begin < 48 or before.endswith("so ")):
                return Attribution("source", (i,), None, None, ("report",))
            if re.search(r"^Für $", self.text[begin : mention.start]) and re.match(r"\s*(?:\([^)]*\)\s*)?(?:ist|sei|war|steht|stehe|bleibt|bleibe|kommt|komme|stand|kam)\b", self.text[mention.end :]):
                return Attribution("source", (i,), None, None, ("opinion",))
            if re.search(r"\bstell(?:t|e|te) sich(?: auch| zudem| darüber hinaus)? für $", before) and "Frage" in self.text[mention.end : end]:
                return Attribution("source", (i,), None, None, ("ask",))
        return None

    def _subjunctive_free(self, begin: int, end: int) -> bool:
        return not any(m.group() in _KONJUNKTIV for m in _WORD.finditer(self.masked, begin, end))

    def _participle(self, tokens: list[_Token], k: int) -> tuple[int, tuple[Verb, ...]] | None:
        """The participle that closes the clause which token `k` stands in."""
        table = verbs().participle
        for n in range(k, len(tokens)):
            if tokens[n].text in ".;:!?" or (tokens[n].text == "," and n + 1 < len(tokens) and tokens[n + 1].low in _SUBORDINATORS):
                break
            if tokens[n].low in table:
                nxt = tokens[n + 1].text if n + 1 < len(tokens) else "."
                if nxt in ",.;:!?–" or nxt in ("und", "dass", "ob", "worden", "wie"):
                    return n, table[tokens[n].low]
        return None

    def _functions(self, tokens: list[_Token], n: int) -> tuple[tuple[VerbFunction, ...], Verb | None, tuple[int, int] | None]:
        """Functions of the finite verb at token `n` and of verbs joined to it by "und"."""
        functions: list[VerbFunction] = []
        first_verb: Verb | None = None
        cue = None
        for v in (n, *self._joined(tokens, n)):
            function, verb, span = self._function(tokens, v)
            if function:
                functions.append(function)
                if cue is None:
                    first_verb, cue = verb, span
                elif function == "ask" and "ask" not in functions[:-1]:
                    cue = span  # "dankt und fragt": the question counts
        return tuple(functions), first_verb, cue

    def _joined(self, tokens: list[_Token], n: int) -> Iterator[int]:
        for k in range(n + 1, len(tokens) - 1):
            if tokens[k].low in ("und", "sowie", ","):
                v = k + 1
                while v < len(tokens) and tokens[v].low in _FILLERS and v < k + 3:
                    v += 1
                if v < len(tokens) and self._is_finite(tokens[v]) and tokens[v].text not in _KONJUNKTIV:
                    if tokens[k].text == "," and not self._enumerated(tokens, n, k, v):
                        continue
                    if v + 1 < len(tokens) and tokens[v + 1].text in ".," and tokens[v].text.endswith("en"):
                        continue  # "zu prüfen und mitzuteilen, ..." is no finite verb
                    yield v

    def _enumerated(self, tokens: list[_Token], n: int, k: int, v: int) -> bool:
        """"eröffnet die Sitzung, begrüßt die Anwesenden und ...": no clause in between."""
        return not any(t.text == "," for t in tokens[n + 1 : k]) and v == k + 1

    def _function(self, tokens: list[_Token], n: int) -> tuple[VerbFunction | None, Verb | None, tuple[int, int] | None]:
        token = tokens[n]
        stop = tokens[-1].end
        for function, pattern in cue_phrases():
            m = pattern.match(self.masked, token.start, stop)
            if m:
                verb = next((v for v in verbs().indicative.get(token.text, ()) if not v.prefix), None)
                return function, verb, (token.start, token.end)
        if token.low in _AUX_HAVE or token.low in _BE:
            found = self._participle(tokens, n + 1)
            if found and token.low in _AUX_HAVE:
                return found[1][0].function, found[1][0], (tokens[found[0]].start, tokens[found[0]].end)
            return None, None, None
        if token.low in _MODAL:
            for k in range(n + 1, len(tokens)):
                if tokens[k].text in ",.;:":
                    break
                readings = verbs().infinitive.get(tokens[k].text)
                if readings:
                    return readings[0].function, readings[0], (tokens[k].start, tokens[k].end)
            return None, None, None
        readings = verbs().indicative.get(token.text) or verbs().subjunctive.get(token.text)
        if not readings:
            return None, None, None
        prefixes = {r.prefix: r for r in readings}
        for k in range(n + 1, len(tokens)):
            reading = prefixes.get(tokens[k].text)
            if reading and (k + 1 >= len(tokens) or tokens[k + 1].text in ",.;:!?–" or tokens[k + 1].low in ("und", "sowie", "dass", "ob", "wie", "welche")):
                return reading.function, reading, (token.start, token.end)
        simple = prefixes.get("")
        return (simple.function, simple, (token.start, token.end)) if simple else (None, None, None)

    def _subjunctive(self, word: str) -> bool:
        return word in _KONJUNKTIV or (word in verbs().subjunctive and word not in verbs().indicative)

    def _askers(self, begin: int, end: int, inside: list[int]) -> tuple[bool, tuple[int, ...]]:
        """"Auf Nachfrage von Frau Lux" and its kin: whether there is one, and who asked."""
        asked = False
        found: list[int] = []
        for m in _REQUEST.finditer(self.text, begin, end):
            verb_before = re.search(r"\b(?:geht|ging|verweist|kommt)\b[^,]*$", self.text[begin : m.start()])
            asked = asked or not verb_before
            for i in inside:
                mention = self.mentions[i]
                if mention.start >= m.end() and _OF.fullmatch(self.text, m.end(), mention.start) and (mention.nominative is not True):
                    found.append(i)
                    found.extend(self._together_oblique(i, inside))
                    break
        if not found:
            m2 = re.compile(r"(?:Die|Eine|Seine|Ihre|Diese) (?:\w+ )?(?:Zusatz|Nach|Rück|An)?[Ff]rage (?:von|der|des|vom)\s+").match(self.text, begin, end)
            if m2:
                found = [i for i in inside if m2.end() - 4 <= self.mentions[i].start <= m2.end()][:1]
                asked = asked or bool(found)
        return asked, tuple(found)

    def _together_oblique(self, first: int, inside: list[int]) -> list[int]:
        more = []
        last = first
        for i in inside[inside.index(first) + 1 :]:
            between = self.text[self.mentions[last].outer_end : self.mentions[i].start]
            if not re.fullmatch(r"\s*(?:,|und|sowie)\s+(?:von\s+)?(?:der\s+|des\s+|dem\s+)?", between):
                break
            more.append(i)
            last = i
        return more

    def _addressees(self, found: Attribution, tokens: list[_Token], inside: list[int], askers: tuple[int, ...]) -> tuple[int, ...]:
        """Whom the main clause is directed to: the asker, or the person in the verb's own case behind it."""
        if askers:
            return askers
        if found.cue is None or found.verb is None and not {"ask", "chair"} & set(found.functions):
            return ()
        case = found.verb.object if found.verb else "acc" if "ask" in found.functions else "an"
        rest = [i for i in inside if self.mentions[i].start > found.cue[0] and i not in found.subjects]
        out: list[int] = []
        for i in rest:
            mention = self.mentions[i]
            between = self.masked[found.cue[1] : mention.start] if not out else self.masked[self.mentions[out[-1]].outer_end : mention.start]
            if re.search(r"[,;:]", between) and not out or re.search(r"\b(?:dass|ob)\b", between):
                break
            if out:
                if re.fullmatch(r"\s*(?:,|und|sowie)\s+(?:von\s+|an\s+)?(?:den\s+|die\s+|der\s+)?", between):
                    out.append(i)
                    continue
                break
            plain = re.fullmatch(r"\s*(?:(?:\w+\s+){0,2})(?:der |die |den |dem |das )?", between) is not None
            last = between.split()[-1].lower() if between.split() else ""
            if last in ("an", "bei", "gegenüber", "von", "vom", "seitens", "beim"):
                words = found.verb.infinitive if found.verb else ""
                if last in ("an", "bei", "gegenüber", "beim") or (last in ("von", "vom") and "ask" in found.functions and not re.search(r"[A-ZÄÖÜ]\w+ von", between)):
                    out.append(i)
                _ = words
                continue
            if last in _PREPOSITIONS:
                continue
            if case in ("acc", "dat") and plain and not re.search(r"[A-ZÄÖÜ]\w+\s*(?:der |des )?$", between.rstrip() + " " if last not in ("der", "die", "den", "dem") else ""):
                if mention.kind in ("person", "office", "group", "citizen"):
                    out.append(i)
        return tuple(out)


_PRONOUN = pattern("attribution.pronoun")
_DEMONSTRATIVE = word_set("attribution.demonstrative")
_FINITE = frozenset(_AUX_HAVE | _AUX_PASSIVE | _MODAL | _BE | _KONJUNKTIV | frozenset("lässt ließ lassen nahm nehmen setzt setzte kam trifft traf gab sieht nimmt tritt tut weiß bleibt steht geht kommt findet fehlt liegt hält lobt braucht heißt zieht läuft".split()))
_NO_VERB = word_set("attribution.no_verb")
