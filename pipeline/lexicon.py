"""The lexicons: commented tab-separated files beside this module, read once and compiled for matching."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from corpus.lexicon import lexicon_rows

VerbFunction = Literal[
    "ask", "reply", "report", "add", "opinion", "request", "promise", "thank", "chair", "move", "decide"
]
Gender = Literal["f", "m", "n", "pl"]

_SHARP_S = re.compile(r"\[[^\]]*\]|ß|ss(?![aeiouäöü])")
_LATE_SS = re.compile(r"ss(?![aeiouäöü])")
_FIRST_GROUP = re.compile(r"\(\?:[^()]*\)")
_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE}
NEEDS_E = re.compile(r"(?:[td]|(?:ch|[^lrhmnaeiouäöü])[mn])$")  # "antwortet", "rechnet", but "stimmt", "lernt"
_UNSEPARABLE = (
    "wiederhol",
    "be",
    "er",
    "ver",
    "ent",
    "emp",
    "ge",
    "zer",
    "miss",
    "wider",
    "hinter",
    "über",
    "unter",
    "voll",
)


def rows(name: str) -> Iterator[tuple[str, ...]]:
    """Yield the lines of a lexicon file as tuples of its columns; comments and blank lines are left out."""
    for row in lexicon_rows(name, "pipeline.lexicons"):
        yield tuple(column.strip() for column in row)


def swiss(expression: str) -> str:
    """Let a pattern match all spellings: "schließt" and, as in Switzerland, "schliesst"; "Beschluss" and "Beschluß"."""
    return _SHARP_S.sub(lambda m: m.group() if m.group()[0] == "[" else "(?:ß|ss)", expression)


def pattern(name: str) -> re.Pattern[str]:
    """Compile the pattern of this name; `KeyError` if the lexicon has none."""
    flags, alternatives_ = _patterns()[name]
    return re.compile(swiss("|".join(alternatives_)), sum(_FLAGS[f] for f in flags if f in _FLAGS))


@cache
def silence() -> re.Pattern[str]:
    """Beginnings of units that state that nothing was said ("Keine Wortmeldungen")."""
    return re.compile("|".join(f"(?:{swiss(row[0])})" for row in rows("silence.tsv")), re.IGNORECASE)


@cache
def _patterns() -> dict[str, tuple[str, list[str]]]:
    found: dict[str, tuple[str, list[str]]] = {}
    for name, flags, expression in rows("patterns.tsv"):
        found.setdefault(name, (flags, []))[1].append(expression)
    return found


def word_set(name: str) -> frozenset[str]:
    """Return the words of a closed class; `KeyError` if the lexicon has none of this name."""
    return frozenset(_word_sets()[name])


@cache
def _word_sets() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, words in rows("function_words.tsv"):
        found.setdefault(name, []).extend(words.split())
    return found


def alternatives(forms: Iterable[str]) -> str:
    """Return a regular expression for any of the forms, the longest first; a blank matches any white space."""
    ordered = sorted(set(forms), key=lambda f: (-len(f), f))
    return "|".join(re.escape(f).replace(r"\ ", r"\s+") for f in ordered)


@cache
def abbreviations() -> frozenset[str]:
    """Lower-case abbreviations after whose full stop a sentence goes on."""
    stops = {row[0] for row in rows("abbreviations.tsv")}
    for office in offices():
        stops.update(form.rstrip(".").lower() for form in office.abbreviations if form.endswith("."))
    stops.update(row[0].rstrip(".").lower() for row in rows("titles.tsv") if row[0].endswith("."))
    return frozenset(stops)


@dataclass(frozen=True)
class Verb:
    """One reading of a verb form: its infinitive, separable prefix ("" if none), function and object case."""

    infinitive: str
    prefix: str
    function: VerbFunction
    object: str


@dataclass(frozen=True)
class VerbForms:
    """Finite indicative, finite subjunctive, participle and infinitive forms, each to its readings."""

    indicative: dict[str, tuple[Verb, ...]]
    subjunctive: dict[str, tuple[Verb, ...]]
    participle: dict[str, tuple[Verb, ...]]
    infinitive: dict[str, tuple[Verb, ...]]


@cache
def verbs() -> VerbForms:
    """Return all forms of the speech verbs; finite forms stand without their separable prefix."""
    tables: tuple[dict[str, list[Verb]], ...] = ({}, {}, {}, {})
    for infinitive, function, object_, irregular in rows("speech_verbs.tsv"):
        prefix, _, simple = infinitive.rpartition("|")
        verb = Verb(infinitive.replace("|", ""), prefix, cast(VerbFunction, function), object_)
        stem = simple[:-2] if simple.endswith("en") else simple[:-1]  # "erläutern", "tun"
        link = "e" if NEEDS_E.search(stem) else ""
        past: tuple[str, ...]
        if irregular:
            third, past_third, part = irregular.split("/")
            past = (past_third, past_third + ("n" if past_third.endswith("e") else "en"))
        else:
            third = stem + link + "t"
            past = (stem + link + "te", stem + link + "ten")
            part = ("" if simple.startswith(_UNSEPARABLE) or simple.endswith("ieren") else "ge") + stem + link + "t"
        for table, forms in zip(
            tables,
            (
                (third, simple, *past),
                (stem + "e", stem + "en"),
                (prefix + part,),
                (prefix + simple, f"{prefix}zu{simple}" if prefix else simple),
            ),
            strict=True,
        ):
            for form in {spelled for f in forms for spelled in _spellings(f)}:
                table.setdefault(form, []).append(verb)
    frozen = [{form: tuple(readings) for form, readings in table.items()} for table in tables]
    return VerbForms(*frozen)


def _spellings(form: str) -> Iterator[str]:
    """How a form is written today, in Switzerland, before 1996 ("schloß") and before 1901 ("theilt", "referirt")."""
    yield form
    yield form.replace("ß", "ss")
    yield _LATE_SS.sub("ß", form)
    yield form.replace("teil", "theil")
    yield re.sub(r"ier(?=t|e)", "ir", form)


@cache
def cue_phrases(verb: str) -> tuple[tuple[VerbFunction, re.Pattern[str]], ...]:
    """Return the cues of several words that begin with this verb form, in the order in which they are tried."""
    return tuple((function, phrase) for function, first, phrase in _phrases() if first.match(verb))


@cache
def _phrases() -> tuple[tuple[VerbFunction, re.Pattern[str], re.Pattern[str]], ...]:
    """Function, pattern of the first word, whole pattern; "~" is whatever may stand between."""
    found = []
    for function, expression in rows("cue_phrases.tsv"):
        first = _FIRST_GROUP.match(expression)
        if first is None:
            raise ValueError(f"cue_phrases.tsv: {expression!r} does not begin with a group of verb forms")
        whole = re.compile(swiss(expression).replace("~", ".{0,160}?"))
        found.append((cast(VerbFunction, function), re.compile(swiss(first.group()) + "$"), whole))
    return tuple(found)


@dataclass(frozen=True)
class Office:
    """An office or mandate with its gendered forms and abbreviations."""

    masculine: str
    feminine: str
    abbreviations: tuple[str, ...]
    kind: str


@cache
def offices() -> tuple[Office, ...]:
    """Return the offices of the lexicon in the order of the file."""
    return tuple(
        Office(masculine, feminine, tuple(a.strip() for a in short.split(" ; ") if a.strip()), kind)
        for masculine, feminine, short, kind, _ in rows("offices.tsv")
    )


@cache
def first_names() -> dict[str, str]:
    """Given names with the gender they usually tell: f, m or u."""
    return {name.strip(): gender.strip() for name, gender in lexicon_rows("first_names.tsv")}


@cache
def parties() -> dict[str, str]:
    """Forms of parties and council groups, lower case, each with its canonical form."""
    return {row[0].lower(): row[1] for row in rows("parties.tsv")}
