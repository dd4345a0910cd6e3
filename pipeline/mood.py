"""Mood: whether finite verbs stand in the subjunctive of reported speech ("er sei", "man habe") or in the indicative.

Only forms that can be nothing else count. "Sie haben" and "sie gingen" are either, weak preterites ("sagte") too, and
so is "habe" beside "ich".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from corpus.record import Mood
from pipeline.lexicon import NEEDS_E, alternatives, rows, verbs, word_set

_TOKEN = re.compile(r"[^\W\d_]+|[.!?:;\n„“\"]")
_PREFIXES = word_set("mood.prefixes")
_PREFIX = re.compile(rf"(?:{alternatives(_PREFIXES)})(?P<verb>\w{{3,}})")
_FORM = re.compile(r"\b(?:sei|[a-zäöüß]{2,}(?:e|en))\b")
_NEVER_FIRST_PERSON = word_set("mood.never_first_person")
_NO_VERB = word_set("mood.no_verb")
_SUBJECTS = word_set("mood.subjects")
_LIKE_PARTICIPLE = re.compile(r"be|emp|ent|er|ge|miss|über|um|unter|ver|zer|wider|hinter")


def mood(texts: Iterable[str]) -> Mood | None:
    """Return the mood of most finite verbs of these texts; `None` where they tell none, or as much of each."""
    reported = told = 0
    for text in texts:
        for sign in _signs(text):
            reported += sign == "subjunctive"
            told += sign == "indicative"
    if reported == told:
        return None
    return "subjunctive" if reported > told else "indicative"


def _signs(text: str) -> Iterator[Mood]:
    words = _TOKEN.findall(text)
    for n, word in enumerate(words):
        if word[0].isupper():
            opens = n == 0 or not words[n - 1][0].isalpha()
            asked = n + 1 < len(words) and (words[n + 1] in _SUBJECTS or word.lower() in _NEVER_FIRST_PERSON)
            if not opens or not asked:
                continue  # "die Würde", "Frage der Verwaltung", unlike "Habe man ...?"
        found = verb_mood(word.lower())
        if found and not (found == "subjunctive" and _first_person(words, n)):
            yield found


def _first_person(words: list[str], n: int) -> bool:
    """Tell whether a form in -e is said of oneself: "ich habe", "davon gehe ich aus"."""
    form = words[n].lower()
    if not form.endswith("e") or form in _NEVER_FIRST_PERSON:
        return False
    return any(word.lower() == "ich" for word in words[max(0, n - 2) : n + 3])


def subjunctives(text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
    """Yield the words of `text[start:end]` in lower case that report something: "sei", "habe", "stünden"."""
    for m in _FORM.finditer(text, start, len(text) if end is None else end):
        if verb_mood(m.group()) == "subjunctive":
            yield m


@lru_cache(maxsize=65536)
def verb_mood(word: str) -> Mood | None:
    """Return the mood that a verb form in lower case tells by itself; `None` for both, and for other words."""
    if word in _NO_VERB:
        return None
    forms = _forms()
    if word in forms.subjunctive:
        return "subjunctive"
    if word in forms.indicative or word in forms.weak:
        return "indicative"
    prefixed = _PREFIX.fullmatch(word)
    if prefixed:
        base = prefixed["verb"]
        if base in forms.subjunctive:
            return "subjunctive"
        if base in forms.indicative or (base in forms.weak and not _LIKE_PARTICIPLE.match(word)):
            return "indicative"
    return "subjunctive" if len(word) > 6 and word.endswith("iere") else None


class _Forms(NamedTuple):
    """Forms that tell their mood, without prefixes; `weak` ones are participles behind some of them ("bestellt")."""

    subjunctive: frozenset[str]
    indicative: frozenset[str]
    weak: frozenset[str]


@cache
def _forms() -> _Forms:
    subjunctive, indicative, weak = set(word_set("mood.subjunctive")), set(word_set("mood.indicative")), set[str]()
    for infinitive, present, preterite, past_subjunctive in rows("verbs.tsv"):
        stem = infinitive[:-2] if infinitive.endswith("en") else infinitive[:-1]
        subjunctive.add(stem + "e")
        if infinitive.endswith("eln"):
            subjunctive.add(stem[:-2] + "le")  # "handle"
        if present != "-":
            indicative.add(present)
        elif not _LIKE_PARTICIPLE.match(infinitive) and not infinitive.endswith("ieren"):
            weak.add(stem + ("et" if NEEDS_E.search(stem) else "t"))
        if preterite != "-":
            (weak if preterite.endswith("te") else indicative).add(preterite)
        if past_subjunctive != "-":
            subjunctive.add(past_subjunctive)
            if past_subjunctive.removesuffix("e") != preterite.removesuffix("e") and past_subjunctive != "führe":
                subjunctive.add(past_subjunctive + "n")  # "kämen", but "gingen" is either, and "führen" an infinitive
    speech = verbs()
    subjunctive.update(form for form in speech.subjunctive if form.endswith("e") and form not in speech.indicative)
    weak.update(form for form in speech.indicative if form.endswith("t") and form not in speech.participle)
    return _Forms(
        *(
            frozenset(x for form in table for x in (form, form.replace("ß", "ss")))
            for table in (subjunctive - indicative, indicative, weak - subjunctive)
        )
    )
