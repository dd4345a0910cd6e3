"""Nouns that name people: honorifics and titles, offices in all their forms, groups, given names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import cast

from pipeline.lexicon import Gender, first_names, offices, rows, word_set

_NO_GROUP = word_set("nominals.no_group")
_NO_ABBREVIATIONS = word_set("nominals.no_abbreviations")
_TITLES_WITHOUT_STOP = word_set("nominals.titles_without_stop")
# where an abbreviation has several readings, the office that speaks most decides its kind
_RANK = ("executive", "chair", "mandate", "administration", "group_speaker", "clerk", "guest", "citizen")
_FEMININE_ABBREVIATION = re.compile(r"(?:in|'in|rätin|frau|dame)\.?$")
_LONG = 8  # letters; in a shorter word another letter makes another word
_HEAD_ENDINGS = ("", "in", "n", "s", "en", "r", "m", "innen")


@dataclass(frozen=True)
class OfficeForm:
    """A form of an office: kind, gender, whether it is another case than the nominative, and its base forms."""

    kind: str
    gender: Gender | None
    oblique: bool
    lemmas: tuple[str, ...]


@dataclass(frozen=True)
class GroupForm:
    """A group, office or kind of citizen without a name, in its base form."""

    lemma: str
    gender: Gender
    kind: str


@dataclass(frozen=True)
class TitleForm:
    """An honorific or academic title; `case` is nom, obl or any."""

    kind: str
    gender: Gender | None
    case: str


@cache
def office_forms() -> dict[str, OfficeForm]:
    """All inflected forms, lower case, of offices of one or more words and of their abbreviations."""
    forms: dict[str, OfficeForm] = {}

    def put(form: str, kind: str, gender: Gender | None, lemma: str, *, oblique: bool = False) -> None:
        before = forms.get(form.lower())
        if before is None:
            forms[form.lower()] = OfficeForm(kind, gender, oblique, (lemma,))
        elif lemma not in before.lemmas:  # "OBM" is Oberbürgermeister or Ortsbürgermeister: the document decides
            ranked = min(before.kind, kind, key=_RANK.index)
            forms[form.lower()] = OfficeForm(ranked, before.gender, before.oblique, (*before.lemmas, lemma))

    for office in offices():
        m, f, kind = office.masculine, office.feminine, office.kind
        lemma = m or f
        declined = m.endswith("er") and f == m[:-1]  # Vorsitzender, Vorsitzende: "der Vorsitzende" is the weak form
        if m:
            put(m, kind, "m" if f else None, lemma)
        if f:
            put(f, kind, None if declined else "f", lemma)
        for short in office.abbreviations:
            put(short.rstrip("."), kind, "f" if _FEMININE_ABBREVIATION.search(short) else None, lemma)
        if declined:
            for ending in ("n", "m"):
                put(m[:-1] + ending, kind, None, lemma, oblique=True)
        elif m and " " not in m:
            for ending in ("s", "es", "n", "en"):
                put(m + ending, kind, "m", lemma, oblique=True)
            if m.endswith("mitglied"):
                put(m + "er", kind, "pl", lemma)
                put(m + "ern", kind, "pl", lemma, oblique=True)
            if m.endswith("rat"):
                put(m[:-3] + "räte", kind, "pl", lemma)
                put(m[:-3] + "räten", kind, "pl", lemma, oblique=True)
        if f.endswith("in"):
            put(f + "nen", kind, "pl", lemma)
            if m:
                for joint in ("*in", ":in", "/in", "*innen", ":innen"):
                    put(m.removesuffix("e") + joint, kind, None, lemma)
    return forms


@lru_cache(maxsize=65536)
def office_of(word: str) -> OfficeForm | None:
    """Read one word as an office: by the lexicon, behind a hyphen ("SPD-Ratsherr"), by its head ("Bauamtsleiterin").

    Nothing is no office, so that a word cut off at its hyphen ("Umge-") has none behind it.
    """
    return _written_office(word) or _misread_office(word)


def is_misread_office(word: str) -> bool:
    """Tell whether a word is an office only if a scanner took one letter for another: "Biirgermeister", "Kammerer"."""
    return _written_office(word) is None and _misread_office(word) is not None


def _misread_office(word: str) -> OfficeForm | None:
    low = word.lower()
    if not word[:1].isupper() or len(low) < _LONG or low[0] not in _misread_openings():
        return None
    return office_forms().get(_misread_offices().get(_folded(low), ""))


def _written_office(word: str) -> OfficeForm | None:
    """The office that a word spells."""
    low = word.lower()
    found = office_forms().get(low)
    if found:
        return found if len(word) > 3 or _abbreviates(word) else None
    if not word[:1].isupper():
        return None
    feminine = re.fullmatch(r"(.+?)[.'’*:/]in(?:nen)?", low)
    if feminine and feminine.group(1) in office_forms():
        base = office_forms()[feminine.group(1)]
        return OfficeForm(base.kind, "f" if word[-3] in ".'’" else None, False, base.lemmas)
    if "-" in low and (found := office_of(low.rsplit("-", 1)[1].capitalize())):
        return found
    for head, kind in _office_heads():
        if len(low) < len(head) + 3:
            continue
        for ending in _HEAD_ENDINGS:
            if low.endswith(head + ending):
                return _compound(word, head, ending, kind)
    return None


@cache
def _misread_openings() -> frozenset[str]:
    """First letters of the long offices: most unknown words need no comparison."""
    return frozenset(form[0] for form in _misread_offices().values() if len(form) >= _LONG)


@cache
def _misread_offices() -> dict[str, str]:
    """Long offices by their letters as scanners confuse them: "Vorfteher", "Biirgermeister"."""
    return {_folded(form): form for form in office_forms() if len(form) >= _LONG and form.isalpha()}


def _folded(low: str) -> str:
    several, single = _confusions()
    low, last = low[:-1], low[-1]  # no long s ends a word: "Bischoff" is not "Bischofs"
    for read, meant in several:
        if read in low:
            low = low.replace(read, meant)
    return low.translate(single) + last


@cache
def _confusions() -> tuple[tuple[tuple[str, str], ...], dict[int, str]]:
    pairs = [(read, meant) for read, meant in rows("misread_letters.tsv")]
    return tuple(p for p in pairs if len(p[0]) > 1), str.maketrans(dict(p for p in pairs if len(p[0]) == 1))


def _compound(word: str, head: str, ending: str, kind: str) -> OfficeForm:
    gender: Gender | None = None
    if ending == "in" or head.endswith(("in", "frau")):
        gender = "f"
    elif ending == "innen":
        gender = "pl"
    lemma = re.sub(r"[*:/]?in(?:nen)?$", "", word.lower()).capitalize() if ending == "in" else word
    return OfficeForm(kind, gender, ending in ("n", "en", "s", "m"), (lemma,))


def is_office(word: str) -> bool:
    """Tell whether a word names an office, mandate or function."""
    return office_of(word) is not None


def _abbreviates(word: str) -> bool:
    """ "AL" and "Gv" are abbreviations, "al" (Arabic article) and "an" are not."""
    return word[0].isupper() and (word[1:2].isupper() or word.lower() not in _NO_ABBREVIATIONS)


@cache
def _office_heads() -> tuple[tuple[str, str], ...]:
    return tuple(sorted(((row[0].lower(), row[1]) for row in rows("office_heads.tsv")), key=lambda r: -len(r[0])))


@cache
def abbreviated_words() -> frozenset[str]:
    """Lower-case words after which a full stop belongs to the word: offices, titles, "stv."."""
    offices_ = {a.rstrip(".").lower() for office in offices() for a in office.abbreviations if a.endswith(".")}
    return frozenset(offices_ | set(titles()) | {"stv", "stellv"})


@lru_cache(maxsize=65536)
def group_of(word: str) -> GroupForm | None:
    """Read one word as a group: by the lexicon, behind a hyphen, or by its head ("Stadtverwaltung")."""
    low = word.lower()
    if not word[:1].isupper() or low in _NO_GROUP:
        return None
    found = _groups().get(low)
    if found:
        return found
    if "-" in low and (found := _groups().get(low.rsplit("-", 1)[1])):
        return GroupForm(word, found.gender, found.kind)
    if word in parties_as_speakers():
        return GroupForm(word, "pl" if word.endswith("n") else "f", "group")
    for head in _group_heads():
        for ending in ("", "s", "es"):
            if low.endswith(head.lemma + ending) and len(low) > len(head.lemma) + 2:
                return GroupForm(word.removesuffix(ending) if ending else word, head.gender, head.kind)
    return None


@cache
def parties_as_speakers() -> frozenset[str]:
    """Parties that speak by their short names: "Die SPD fragt", "die Grünen fordern"."""
    forms = (row[0] for row in rows("parties.tsv") if row[2] == "party" and " " not in row[0])
    return frozenset(f for f in forms if len(f) > 2 and f[1].isupper()) | {"Grünen", "Linke", "Linken"}


@cache
def _groups() -> dict[str, GroupForm]:
    forms: dict[str, GroupForm] = {}
    for form, gender, kind in rows("groups.tsv"):
        for ending in ("", "s", "es", "n", "en"):
            forms.setdefault(form.lower() + ending, GroupForm(form, cast(Gender, gender), kind))
    return forms


@cache
def _group_heads() -> tuple[GroupForm, ...]:
    heads = [GroupForm(row[0].lower().lstrip("-"), cast(Gender, row[1]), row[2]) for row in rows("group_heads.tsv")]
    return tuple(sorted(heads, key=lambda h: -len(h.lemma)))


@cache
def titles() -> dict[str, TitleForm]:
    """Honorifics and academic titles of one word, lower case, without full stop."""
    forms: dict[str, TitleForm] = {}
    for row in rows("titles.tsv"):
        form, kind, gender, case = (*row, "", "")[:4]
        if kind in ("honorific", "academic") and " " not in form:
            known = cast(Gender, gender) if gender in ("m", "f") else None
            title, key = TitleForm(kind, known, case or "any"), form.rstrip(".").lower()
            if kind == "honorific" or key not in forms:  # "Hr." is Herr before it is Hofrat
                forms[key] = title
    return forms


@lru_cache(maxsize=65536)
def names_people(word: str) -> bool:
    """Tell whether a capitalised word can begin a mention by itself: as title, office, group or given name."""
    low = word.lower()
    if len(word) == 1 or low in titles() or low in first_of_several():
        return True
    return is_given_name(word) or office_of(word) is not None or group_of(word) is not None


@cache
def first_of_several() -> frozenset[str]:
    """Return the first words, lower case, of the offices of several words."""
    return frozenset(form.split()[0] for form in office_forms() if " " in form)


def stands_without_stop(title: str) -> bool:
    """Tell whether an academic title is one without its full stop too ("DI", "Mag")."""
    return title in _TITLES_WITHOUT_STOP


def is_given_name(word: str) -> bool:
    """ "Anna", "Marie-Claude"."""
    return word in first_names() or ("-" in word and word.split("-")[0] in first_names())


def gender_of(given: str | None) -> Gender | None:
    """Return the gender that a given name tells, `None` if it tells none."""
    gender = first_names().get(given.split()[0].split("-")[0]) if given else None
    return cast(Gender, gender) if gender in ("f", "m") else None
