"""Shallow syntax of one sentence: clauses, finite verbs, participles, and what its verbs do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.lexicon import Verb, VerbFunction, cue_phrases, verbs, word_set

_TOKEN = re.compile(r"[^\W_]+(?:[-'’*:/][^\W_]+)*|[,;:–—.!?]")
_SUBORDINATORS = word_set("syntax.subordinators")
_ALSO_ADVERBS = word_set("syntax.also_adverbs")
_RELATIVE = word_set("syntax.relative")
_HAVE = word_set("syntax.have")
_BE = word_set("syntax.be")
_FINITE_ENDING = re.compile(r"(?:[^aeiouäöüt]|[aeiouäöü]|tet|et)t$|te$|ten$|ert$")
_NO_VERB = word_set("syntax.no_verb")
_CLAUSE_END = frozenset(("und", "dass", "ob", "worden", "wie"))
_PREFIX_END = frozenset(("und", "sowie", "dass", "ob", "wie", "welche"))

PREPOSITIONS = word_set("syntax.prepositions")
PASSIVE = word_set("syntax.passive")
MODAL = word_set("syntax.modal")
SUBJUNCTIVE = word_set("syntax.subjunctive")
FILLERS = word_set("syntax.fillers")
FINITE = _HAVE | _BE | PASSIVE | MODAL | SUBJUNCTIVE | word_set("syntax.finite")
AUXILIARY = _HAVE | _BE | MODAL


class Token(NamedTuple):
    """A word or a sign that ends or divides clauses."""

    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.lower()


class Cue(NamedTuple):
    """What the verbs of one subject do, in order; `verb` and `span` are those of the verb that counts.

    `others` are the cues of the other verbs, one each.
    """

    functions: tuple[VerbFunction, ...] = ()
    verb: Verb | None = None
    span: tuple[int, int] | None = None
    others: tuple[Cue, ...] = ()


def is_finite(word: str) -> bool:
    """Tell whether a word is a finite verb: by the lexicon, or in lower case by its ending."""
    if not word[0].islower():
        return False
    forms = verbs()
    if word in forms.indicative or word in forms.subjunctive or word in FINITE:
        return True
    if len(word) <= 3 or word in FILLERS or word in _NO_VERB or word in forms.participle:
        return False
    return bool(_FINITE_ENDING.search(word))


def is_subjunctive(word: str) -> bool:
    """Tell whether a finite verb reports: "sei", "erkläre", not "erklärte"."""
    return word in SUBJUNCTIVE or (word in verbs().subjunctive and word not in verbs().indicative)


class Syntax:
    """The tokens of `masked[start:end]`, a sentence without its brackets and quotations."""

    def __init__(self, masked: str, start: int, end: int) -> None:
        self.masked = masked
        tokens = [Token(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(masked, start, end)]
        last = tokens[-1].end if tokens else end
        # a full stop inside a sentence belongs to an abbreviation, an initial or a date
        self.tokens = [token for token in tokens if token.text != "." or token.end == last]

    def finite(self) -> bool:
        """Tell whether there is any finite verb."""
        return any(is_finite(token.text) for token in self.tokens)

    def reports(self) -> bool:
        """Tell whether there is any auxiliary in the subjunctive."""
        return any(token.text in SUBJUNCTIVE for token in self.tokens)

    def verb_after(self, k: int) -> int | None:
        """Number of the finite verb of a subject that ends before token `k`.

        A relative clause or an apposition may stand between ("Frau Lux, die das Projekt leitet, erklärt ..."), a
        complement ("Herr Zeh von der Verwaltung erklärt ...") or a few adverbs.
        """
        tokens = self.tokens
        steps = 0
        for n in range(k, len(tokens)):
            text = tokens[n].text
            if text in ",–—":
                return self._verb_behind_comma(n)
            if text in ".;:!?" or steps > 4:
                return None
            if is_finite(text):
                return n
            if tokens[n].low not in PREPOSITIONS and not text[0].isupper():
                steps += 1
            elif n - k >= 8:
                return None
        return None

    def _verb_behind_comma(self, n: int) -> int | None:
        tokens = self.tokens
        for j in range(n, len(tokens) - 1):
            if tokens[j].text in ".;:":
                return None
            if tokens[j].text in ",–—" and is_finite(tokens[j + 1].text):
                return j + 1
        return None

    def in_main_clause(self, n: int) -> bool:
        """Tell whether the verb at token `n` stands second or first in a main clause."""
        tokens = self.tokens
        k = n - 1
        while k >= 0 and tokens[k].text not in ",;:–—":
            k -= 1
        clause = tokens[k + 1 : n]
        if not clause:
            return k >= 0 or n == 0  # directly behind a comma: "Nachdem ..., lässt er"
        head = clause[0].low
        if head in _SUBORDINATORS and not (k < 0 and head in _ALSO_ADVERBS):
            return False
        if k >= 0 and head in _RELATIVE:
            return False
        if k >= 0 and head in PREPOSITIONS and len(clause) > 1 and clause[1].low in _RELATIVE:
            return False
        return not any(token.low in ("dass", "ob") for token in clause)

    def participle(self, k: int) -> tuple[int, tuple[Verb, ...]] | None:
        """The participle of a speech verb that closes the clause of token `k`, with its readings."""
        tokens, table = self.tokens, verbs().participle
        for n in range(k, len(tokens)):
            following = tokens[n + 1] if n + 1 < len(tokens) else None
            if tokens[n].text in ".;:!?" or (tokens[n].text == "," and following and following.low in _SUBORDINATORS):
                break
            readings = table.get(tokens[n].low)
            if readings and (following is None or following.text in ",.;:!?–" or following.text in _CLAUSE_END):
                return n, readings
        return None

    def cue(self, n: int) -> Cue:
        """What the finite verb at token `n` does, with the verbs that are joined to it by "und"."""
        found = [cue for v in (n, *self._joined(n)) if (cue := self._single(v)).functions]
        if not found:
            return Cue()
        counts = next((cue for cue in found if cue.functions == ("ask",)), found[0])
        functions = tuple(function for cue in found for function in cue.functions)
        return Cue(functions, found[0].verb, counts.span, tuple(cue for cue in found if cue is not counts))

    def _joined(self, n: int) -> Iterator[int]:
        tokens = self.tokens
        for k in range(n + 1, len(tokens) - 1):
            if tokens[k].low not in ("und", "sowie", ","):
                continue
            v = k + 1
            while v < len(tokens) and tokens[v].low in FILLERS and v < k + 3:
                v += 1
            if v >= len(tokens) or not is_finite(tokens[v].text) or tokens[v].text in SUBJUNCTIVE:
                continue
            enumerated = v == k + 1 and all(token.text != "," for token in tokens[n + 1 : k])
            if tokens[k].text == "," and not enumerated:
                continue  # a clause, unlike "eröffnet die Sitzung, begrüßt die Anwesenden und ..."
            if v + 1 < len(tokens) and tokens[v + 1].text in ".," and tokens[v].text.endswith("en"):
                continue  # "zu prüfen und mitzuteilen, ..." is no finite verb
            yield v

    def _single(self, n: int) -> Cue:
        token = self.tokens[n]
        span = (token.start, token.end)
        for function, expression in cue_phrases(token.text):
            if expression.match(self.masked, token.start, self.tokens[-1].end):
                verb = next((v for v in verbs().indicative.get(token.text, ()) if not v.prefix), None)
                return Cue((function,), verb, span)
        if token.low in _HAVE or token.low in _BE:
            found = self.participle(n + 1) if token.low in _HAVE else None
            return self._at(found[0], found[1]) if found else Cue()
        if token.low in MODAL:
            return self._infinitive(n)
        return self._with_prefix(n)

    def _at(self, n: int, readings: tuple[Verb, ...]) -> Cue:
        return Cue((readings[0].function,), readings[0], (self.tokens[n].start, self.tokens[n].end))

    def _infinitive(self, n: int) -> Cue:
        for k in range(n + 1, len(self.tokens)):
            if self.tokens[k].text in ",.;:":
                break
            readings = verbs().infinitive.get(self.tokens[k].text)
            if readings:
                return self._at(k, readings)
        return Cue()

    def _with_prefix(self, n: int) -> Cue:
        """A full verb with the separable prefix that closes its clause: "weist ... hin"."""
        tokens = self.tokens
        readings = verbs().indicative.get(tokens[n].text) or verbs().subjunctive.get(tokens[n].text) or ()
        prefixes = {reading.prefix: reading for reading in readings}
        for k in range(n + 1, len(tokens)):
            if tokens[k].text not in prefixes:
                continue
            following = tokens[k + 1] if k + 1 < len(tokens) else None
            if following is None or following.text in ",.;:!?–" or following.low in _PREFIX_END:
                return self._at(n, (prefixes[tokens[k].text],))
        return self._at(n, (prefixes[""],)) if "" in prefixes else Cue()
