"""Speakers without a verb of their own: "Aus Sicht von Frau Lux ...", "Eine Anfrage von ...", "Herr Zeh ebenfalls."."""

from __future__ import annotations

import re

from pipeline.attribution import Attribution
from pipeline.clause import Clause
from pipeline.lexicon import VerbFunction, pattern
from pipeline.syntax import is_finite

_ELLIPTIC = pattern("attribution.elliptic")
_ECHO = pattern("attribution.echo")
_OWN_NOUN = pattern("attribution.own_noun")
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


def source_of(clause: Clause) -> Attribution | None:
    """A source without a verb: "Aus Sicht von Frau Lux ...", "..., so der Kämmerer.", "Für Frau Lux sei ..."."""
    for i in clause.inside:
        mention = clause.mentions[i]
        before = clause.text[max(clause.begin, mention.start - 48) : mention.start]
        so = before.endswith("so ")
        if mention.kind in ("group", "citizen") and (not so or clause.syntax.reports()):
            continue  # "aus Sicht der Behörde sei das unauffällig" is reported itself
        for noun, function in _NOUN_BEHIND:
            if noun.search(before):
                return Attribution("source", (i,), functions=(function,))
        if _SOURCE.search(before) and (so or mention.start - clause.begin < 48):
            return Attribution("source", (i,), functions=("report",))
        if _ACCORDING.match(clause.text, mention.end) and mention.start == clause.begin:
            return Attribution("source", (i,), functions=("report",))
        if clause.text[clause.begin : mention.start] == "Für " and _FOR_SOMEBODY.match(clause.text, mention.end):
            return Attribution("source", (i,), functions=("opinion",))
        if _QUESTION_ARISES.search(before) and "Frage" in clause.text[mention.end : clause.end]:
            return Attribution("source", (i,), functions=("ask",))
    m = _OWN_NOUN.search(clause.text, clause.begin, clause.end)
    if m:
        said: VerbFunction = "ask" if m["ask"] else "reply" if m["reply"] else "report"
        return Attribution("behind", pronoun=m.span("p"), functions=(said,))
    return None


def nominal(clause: Clause) -> Attribution | None:
    """A noun tells what happens: "Eine Beantwortung erfolgt ...", "Aus der Runde kommt die Frage"."""
    m = _NOMINAL.match(clause.text, clause.begin, clause.end)
    if not m:
        return None
    if m["chair"]:
        called = [i for i in clause.inside if clause.mentions[i].kind in ("person", "office")]
        return Attribution("nominal", functions=("chair",), addressees=tuple(called[:1]))
    by, function = _NOUNS[next(name for name in _NOUNS if m[name])]
    return Attribution("nominal", _noun_of(clause, by), functions=(function,))


def _noun_of(clause: Clause, by: re.Pattern[str]) -> tuple[int, ...]:
    for i in clause.inside:
        start = clause.mentions[i].start
        if by.search(clause.text, clause.begin, start) or clause.text[clause.begin : start] in _FROM:
            return (i,)
    return ()


def elliptic(clause: Clause) -> Attribution | None:
    """A speaker in front of a comma, without a verb: "Stadtrat Lux dazu, dies gehöre nicht hierher"."""
    if not clause.inside or not clause.opens(clause.inside[0]) or clause.mentions[clause.inside[0]].kind == "group":
        return None
    i = clause.inside[0]
    m = _ELLIPTIC.match(clause.text, clause.behind(clause.mentions[i]), clause.end)
    asks = m is not None and bool(m["ask"])
    if not m or not (
        m["then"] or clause.syntax.reports() or (asks and clause.text[m.end() : clause.end].rstrip().endswith("?"))
    ):
        return None
    k = next((n for n, token in enumerate(clause.tokens) if token.start >= m.end()), len(clause.tokens))
    if any(is_finite(token.text) for token in clause.tokens[:k]):
        return None
    return Attribution("before", (i,), cue=(m.start(), m.end()), functions=("ask",) if asks else ("report",))


def echo(clause: Clause) -> Attribution | None:
    """A speaker who only joins in: "Frau Lux ebenfalls.", "Herr Zeh dagegen nicht."."""
    if not clause.inside or not clause.opens(clause.inside[0]) or clause.mentions[clause.inside[0]].kind != "person":
        return None
    i = clause.inside[0]
    m = _ECHO.match(clause.text, clause.mentions[i].end, clause.end)
    return Attribution("before", (i,), functions=("add",), cue=m.span()) if m else None
