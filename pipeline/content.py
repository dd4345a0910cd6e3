"""What a turn says without its frame: the reported clauses of its sentences, without speaker and cue.

"Auf Nachfrage erklärt Frau Lux, dass ⟦die Frist laufe⟧", "⟦Die Frist laufe⟧, so Frau Lux, ⟦bis Mai⟧",
"Herr Zeh bittet, ⟦die Kosten zu prüfen⟧". Where nothing is reported in a clause, what the cue governs is the content:
"Frau Lux fragt ⟦nach dem Weg⟧". Sentences that carry the speech on are content as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pipeline.attribution import Attribution, mask
from pipeline.lexicon import alternatives, pattern, word_set
from pipeline.mentions import Mention
from pipeline.mood import verb_mood
from pipeline.syntax import PREPOSITIONS, is_finite

_SIGN = re.compile(r":(?=\s|$)|[;,](?=\s)|(?<=\s)[–—](?=\s)")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_DASS = re.compile(r"(?:dass|daß)\s+")
_COMPLEMENT = pattern("content.complement")
_TELLING = pattern("content.telling")
_INFINITIVE = re.compile(r"\b(?:zu\s+[a-zäöüß]+n|[a-zäöüß]+zu[a-zäöüß]+en)\b")
_COORDINATION = re.compile(r"(?:,\s*|\s*\b(?:und|sowie)\s+)(?:[a-zäöüß]+\s+){0,3}$")
_SO = re.compile(r"[,;–—]?\s*\bso\s+(?:(?:auch|der|die|das)\s+)*$")
_ADVERBIAL = word_set("content.adverbial")
_RELATIVE = word_set("syntax.relative")
_REFLEXIVE = re.compile(r"\s*sich\b")
_PREFIXES = word_set("content.prefixes")
_PREFIX_END = re.compile(rf"\s+(?:{alternatives(_PREFIXES)})\W*$")
_QUOTED = re.compile(r"[([„»]")
_EDGE = " ,;–—\n"

Span = tuple[int, int]


def content(text: str, mentions: Sequence[Mention], sentences: Iterable[tuple[Span, Attribution | None]]) -> list[Span]:
    """Return the spans of what is said in the sentences of a turn, in order; `None` where a sentence has no frame."""
    spans: list[Span] = []
    for (start, end), attribution in sentences:
        said = [(start, end)] if attribution is None else list(_said(text, mentions, start, end, attribution))
        for a, b in said:
            if not any(c.isalnum() for c in text[a:b]):
                continue
            if spans and spans[-1][1] + 1 >= a:
                spans[-1] = (spans[-1][0], b)
            else:
                spans.append((a, b))
    return spans


def _said(text: str, mentions: Sequence[Mention], start: int, end: int, attribution: Attribution) -> Iterator[Span]:
    if attribution.order == "source":
        yield from _without_source(text, mentions[attribution.subjects[0]], start, end)
    elif attribution.order == "label" and attribution.cue:
        yield _trimmed(text, attribution.cue[1], end)
    elif attribution.order == "nominal":  # "Aus der Runde kommt die Frage, ob ..."
        yield _Frame(text, mentions, start, end, attribution).clause(start, end) or (start, end)
    elif attribution.cue is None or (attribution.subjunctive and not attribution.functions):
        yield start, end
    else:
        yield from _Frame(text, mentions, start, end, attribution).said(attribution.cue)


def _without_source(text: str, source: Mention, start: int, end: int) -> Iterator[Span]:
    """ "..., so Frau Lux, ...", "Laut Frau Lux ..."."""
    so = _SO.search(text, start, source.start)
    if so:
        yield _trimmed(text, start, so.start(), last=False)
    yield _trimmed(text, source.outer_end, end)


def _trimmed(text: str, start: int, end: int, *, last: bool = True) -> Span:
    """Cut blanks and commas off; a part that does not end its sentence has none at its end either."""
    while start < end and text[start] in _EDGE:
        start += 1
    while start < end and (text[end - 1].isspace() or (not last and text[end - 1] in _EDGE)):
        end -= 1
    return start, end


class _Frame:
    """A sentence `text[start:end]` with the cue and the persons that frame what it reports."""

    def __init__(self, text: str, mentions: Sequence[Mention], start: int, end: int, attribution: Attribution) -> None:
        self.text, self.start, self.end, self.attribution = text, start, end, attribution
        sentence = text[start:end]
        self.masked = mask(sentence) if _QUOTED.search(sentence) else sentence
        self.names = [
            (mentions[i].start, mentions[i].outer_end)
            for i in (*attribution.subjects, *attribution.addressees)
            if start <= mentions[i].start < end
        ]

    def said(self, cue: Span) -> Iterator[Span]:
        """Yield what stands in front of the cue, and what stands behind each cue of the sentence."""
        attribution = self.attribution
        cues = sorted({cue, *(other.span for other in attribution.others if other.span)})
        front = self._front(cues[0][0])
        if front:
            yield front
        found = front is not None
        regions = [(c, min((d[0] for d in cues if d[0] >= c[1]), default=self.end)) for c in cues]
        for one, stop in regions:
            clause = self.clause(one[1], self._before_cue(one[1], stop), goes_on=front is not None)
            if clause:
                found = True
                yield clause
        if not found and attribution.subjunctive:
            yield self.start, self.end  # "Frau Lux könne sich dem anschließen": the speaker is in what is reported
        elif not found and not {"chair", "thank"} & set(attribution.functions):
            stop = next(stop for one, stop in regions if one == cue)
            yield self._object(cue[1], self._before_cue(cue[1], stop))

    def clause(self, start: int, end: int, *, goes_on: bool = False) -> Span | None:
        """Return the clause that a cue at the end `start` governs: behind a colon, "dass", "ob" or a comma.

        `goes_on` tells that it has begun in front of the cue: "Der Weg, erklärt Frau Lux, sei frei."
        """
        low = start
        for sign in _SIGN.finditer(self.masked, start - self.start, end - self.start):
            at, behind = sign.start() + self.start, sign.end() + self.start
            while behind < end and self.text[behind].isspace():
                behind += 1
            if behind >= end:
                return (end, end) if sign.group() == ":" else None
            if self._governed(sign.group(), low, at, behind, end, goes_on=goes_on):
                dass = _DASS.match(self.text, behind, end)
                return _trimmed(self.text, dass.end() if dass else behind, end, last=end == self.end)
            low = behind
        return None

    def _governed(self, sign: str, low: int, at: int, behind: int, end: int, *, goes_on: bool) -> bool:
        """Tell whether what begins at `behind`, after a sign, is what the cue reports."""
        if sign == ":" or _COMPLEMENT.match(self._mask(behind, end)):
            return True
        rest = self._mask(behind, end)
        following = _SIGN.search(rest)
        segment = rest[: following.start()] if following else rest
        words = _WORD.findall(segment)
        if not words or _TELLING.match(rest) or words[0].lower() in ("und", "sowie", "oder", "aber"):
            return not words and sign == ","
        named = [span for span in self.names if low <= span[0] < at]
        direct = not re.search(r"\b[A-ZÄÖÜ]", self._without(named, low, at))
        relative = _relative(words)
        if direct and not (named and relative):
            return not (named and not any(map(_finite, words)) and not _INFINITIVE.search(segment))
        if words[0].lower() in _ADVERBIAL:
            return False  # "trägt die Sache in den Plan ein, wenn ..."
        if _INFINITIVE.search(segment):
            return True
        if relative:
            return False  # "nach der Mensa, die seit Jahren fehle"
        return any(map(_finite, words)) and (goes_on or not _finite(words[0]))

    def _front(self, cue: int) -> Span | None:
        """Return what is reported in front of its cue: "Der Weg sei frei, erklärt Frau Lux"."""
        if self.attribution.on_request or self.attribution.order not in ("behind", "agent", "impersonal"):
            return None
        commas = [m.start() for m in re.finditer(r",(?=\s)", self.masked[: cue - self.start])]
        if not commas:
            return None
        verb = re.match(r",\s+(?:so\s+)?(?P<verb>\w+)", self.masked[commas[-1] :])
        if not verb or not _finite(verb["verb"]):
            return None
        front = self.masked[: commas[-1]]
        words = _WORD.findall(front)
        span = _trimmed(self.text, self.start, self.start + commas[-1], last=False)
        if not words or _COMPLEMENT.match(front[:1].lower() + front[1:]):
            return span  # a quotation; "Ob das so bleibe, wird von Frau Lux gefragt"
        first = _WORD.findall(front[: commas[0]])
        opening = words[0].lower()
        if opening in _ADVERBIAL or (opening in PREPOSITIONS and _finite(words[-1]) and len(commas) == 1):
            return None
        finite = any(map(_finite, first)) or not (opening in PREPOSITIONS or any(map(_finite, words)))
        return span if finite else None

    def _object(self, start: int, end: int) -> Span:
        """What a cue without a clause governs: "fragt ⟦nach dem Weg⟧", "stellt ⟦den Entwurf⟧ vor"."""
        start = max([start, *(outer for inner, outer in self.names if start <= inner < start + 40)])
        reflexive = _REFLEXIVE.match(self.text, start, end)
        if reflexive:
            start = reflexive.end()
        prefix = _PREFIX_END.search(self.text, start, end)
        return _trimmed(self.text, start, prefix.start() if prefix else end)

    def _before_cue(self, start: int, end: int) -> int:
        """Where a region ends that another cue follows: before "und" ("dankt und fragt, ob")."""
        if end == self.end:
            return end
        joint = _COORDINATION.search(self.text, start, end)
        return joint.start() if joint else end

    def _mask(self, start: int, end: int) -> str:
        return self.masked[start - self.start : end - self.start]

    def _without(self, spans: list[Span], start: int, end: int) -> str:
        text = self._mask(start, end)
        for a, b in spans:
            text = text[: a - start] + " " * (b - a) + text[b - start :]
        return text


def _finite(word: str) -> bool:
    return is_finite(word) or verb_mood(word) == "subjunctive"


def _relative(words: list[str]) -> bool:
    """Tell whether a clause belongs to the noun before it: "die das Amt leitet", against "die neue Frist laufe"."""
    pronoun = words[1:2] if words[0].lower() in PREPOSITIONS else words[:1]
    if not pronoun or pronoun[0].lower() not in _RELATIVE or not _finite(words[-1]):
        return False
    inner = words[1:-2]
    noun_phrase = len(words) > 2 and words[-2][0].isupper() and all(w.endswith(("e", "en", "er")) for w in inner)
    return not noun_phrase or pronoun != words[:1]
