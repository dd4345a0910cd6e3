"""Mentions of persons, offices, groups and citizens.

A mention is what a clerk writes for somebody: "Landrat Dr. Schulze Pellengahr", "Frau A.", "Ktabg. Lütkecosmann",
"Der Vorsitzende", "die Verwaltung", "Eine Anwohnerin", "Dr. Raphael Fechler". `find_mentions` reads a clean text from
left to right: honorifics, titles and offices in any order, then a name. Names that stand behind an honorific or an
office anywhere in the document are known in the whole document, so that "Rampe bittet ..." is found as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from pipeline.lexicon import first_names, Gender, offices, parties, pattern, rows, verbs, word_set

MentionKind = Literal["person", "office", "group", "citizen", "pronoun"]
ClosedSpan = tuple[int, int]

_TOKEN = re.compile(
    r"[^\W\d_]+(?:['’*:/][^\W\d_]+|-(?=[^\W\d_])[^\W\d_]+|\*(?=\w)|\.-(?=[^\W\d_])[^\W\d_]+)*(?:\.in(?:nen)?\b)?|\d+|[^\w\s]"
)
_LINE = re.compile(r"[^\n]+")
_PARTICLES = word_set("persons.particles")
_ADJECTIVE = pattern("persons.adjective")
_ATTRIBUTE = re.compile(r"[a-zäöüß]{3,}(?:er|es|en|em|e)")
_INITIAL = re.compile(r"[A-ZÄÖÜ]$|[A-ZÄÖÜ][a-z]?$")
# capitalised words that follow a name in a sentence but are no part of it
_NO_NAME = word_set("persons.no_name")
_PRONOUNS = word_set("persons.pronouns")
_NOMINATIVE_ARTICLES = {"der": "m", "die": "f", "das": "n", "ein": "m", "eine": "f", "einer": "m", "einige": "pl", "mehrere": "pl", "zwei": "pl", "drei": "pl", "ihr": "m", "unser": "m", "jeder": "m", "alle": "pl"}
_OBLIQUE_ARTICLES = word_set("persons.oblique_articles")
_PREPOSITIONS = word_set("persons.prepositions")


@dataclass(frozen=True)
class Mention:
    """One mention; offsets refer to the clean text.

    `start:end` is the shortest text that names somebody, as in the guidelines; `outer_end` lies behind a party in
    brackets and an apposition. `nominative` is `False` where the form cannot be the subject ("Herrn Dreier"), `None`
    where the form leaves it open. `offices` are the spans of the offices and functions as written.
    """

    start: int
    end: int
    kind: MentionKind
    name: str | None = None
    given_name: str | None = None
    title: str | None = None
    honorific: str | None = None
    office_kind: str | None = None
    offices: tuple[ClosedSpan, ...] = ()
    lemmas: tuple[str, ...] = ()
    parties: tuple[ClosedSpan, ...] = ()
    gender: Gender | None = None
    nominative: bool | None = None
    article: str | None = None
    outer_end: int = 0
    head: str | None = None


@dataclass(frozen=True)
class _Word:
    text: str
    start: int
    end: int

    @property
    def upper(self) -> bool:
        return self.text[0].isupper()


@dataclass(frozen=True)
class _OfficeForm:
    kind: str
    gender: Gender | None
    oblique: bool
    lemmas: tuple[str, ...]


_RANK = ("executive", "chair", "mandate", "administration", "group_speaker", "clerk", "guest", "citizen")


@cache
def _office_forms() -> dict[str, _OfficeForm]:
    """All inflected forms, lower case, blanks kept, of offices and their abbreviations."""
    forms: dict[str, _OfficeForm] = {}

    def put(form: str, kind: str, gender: Gender | None, oblique: bool, lemma: str) -> None:
        before = forms.get(form.lower())
        if before is None:
            forms[form.lower()] = _OfficeForm(kind, gender, oblique, (lemma,))
        elif lemma not in before.lemmas:  # "OBM" is Oberbürgermeister or Ortsbürgermeister: the document decides
            ranked = min(before.kind, kind, key=_RANK.index)
            forms[form.lower()] = _OfficeForm(ranked, before.gender, before.oblique, (*before.lemmas, lemma))

    for office in offices():
        m, f = office.masculine, office.feminine
        lemma = m or f
        declined = m.endswith("er") and f == m[:-1]  # Vorsitzender, Vorsitzende: "der Vorsitzende" is the weak form
        for form in (m, f):
            if form:
                put(form, office.kind, None if declined and form == f else "f" if form == f else "m" if f else None, False, lemma)
        for short in office.abbreviations:
            feminine = re.search(r"(?:in|'in|rätin|frau|dame)\.?$", short) is not None and short.lower() not in ("bm",)
            put(short.rstrip("."), office.kind, "f" if feminine else None, False, lemma)
        if declined:
            for ending in ("n", "m"):
                put(m[:-1] + ending, office.kind, None, True, lemma)
        elif m and " " not in m:
            for ending in ("s", "es", "n", "en"):
                put(m + ending, office.kind, "m", True, lemma)
            if m.endswith("mitglied"):
                put(m + "er", office.kind, "pl", False, lemma)
                put(m + "ern", office.kind, "pl", True, lemma)
            if m.endswith("rat"):
                put(m[:-3] + "räte", office.kind, "pl", False, lemma)
                put(m[:-3] + "räten", office.kind, "pl", True, lemma)
        if f.endswith("in"):
            put(f + "nen", office.kind, "pl", False, lemma)
        if m and f.endswith("in"):
            for joint in ("*in", ":in", "/in", "*innen", ":innen"):
                put(m.removesuffix("e") + joint, office.kind, None, False, lemma)
    return forms


@cache
def _office_heads() -> tuple[tuple[str, str], ...]:
    return tuple(sorted(((row[0].lower(), row[1]) for row in rows("office_heads.tsv")), key=lambda r: -len(r[0])))


@cache
def _office_of(word: str) -> _OfficeForm | None:
    """Read one word as an office: by the lexicon, behind a hyphen ("SPD-Ratsherr"), or by its head ("Bauamtsleiterin")."""
    low = word.lower()
    found = _office_forms().get(low)
    if found:
        if len(word) <= 3 and not _looks_abbreviated(word):
            return None
        return found
    if not word[0].isupper():
        return None
    feminine = re.fullmatch(r"(.+?)[.'’*:/]in(?:nen)?", low)
    if feminine and feminine.group(1) in _office_forms():
        base = _office_forms()[feminine.group(1)]
        return _OfficeForm(base.kind, "f" if word[-3] in ".'’" else None, False, base.lemmas)
    if "-" in low:
        found = _office_of(low.rsplit("-", 1)[1].capitalize())
        if found:
            return found
    stem = re.sub(r"[*:/]?in(?:nen)?$", "", low)
    for head, kind in _office_heads():
        if len(low) < len(head) + 3:
            continue
        for ending in ("", "in", "n", "s", "en", "r", "m", "innen"):
            if low.endswith(head + ending):
                gender: Gender | None = "f" if ending == "in" or head.endswith(("in", "frau")) else "pl" if ending == "innen" else None
                oblique = ending in ("n", "en", "s", "m")
                return _OfficeForm(kind, gender, oblique, (stem.capitalize() if ending == "in" else word,))
    return None


def _looks_abbreviated(word: str) -> bool:
    """"AL" and "Gv" are abbreviations, "al" (Arabic article) and "an" are not."""
    return word[0].isupper() and (word[1:2].isupper() or word.lower() not in ("am", "an", "im", "in", "er", "es", "so", "da", "ob", "bv"))


@cache
def _groups() -> dict[str, tuple[str, Gender, str]]:
    """Inflected forms of groups, lower case, to (form as listed, gender, kind)."""
    forms: dict[str, tuple[str, Gender, str]] = {}
    for form, gender, kind in rows("groups.tsv"):
        entry = (form, gender, kind)
        forms.setdefault(form.lower(), entry)  # type: ignore[arg-type]
        for ending in ("s", "es", "n", "en"):
            forms.setdefault(form.lower() + ending, entry)  # type: ignore[arg-type]
    return forms


@cache
def _group_heads() -> tuple[tuple[str, Gender, str], ...]:
    entries = [(row[0].lower().lstrip("-"), row[1], row[2]) for row in rows("group_heads.tsv")]
    return tuple(sorted(entries, key=lambda r: -len(r[0])))  # type: ignore[arg-type]


@cache
def _group_of(word: str) -> tuple[str, Gender, str] | None:
    if not word[0].isupper():
        return None
    low = word.lower()
    found = _groups().get(low)
    if found:
        return found
    if "-" in low:
        last = low.rsplit("-", 1)[1]
        found = _groups().get(last)
        if found:
            return (word, found[1], found[2])
    for head, gender, kind in _group_heads():
        for ending in ("", "s", "es"):
            if low.endswith(head + ending) and len(low) > len(head) + 2:
                return (word.removesuffix(ending) if ending else word, gender, kind)
    return None


@cache
def _titles() -> dict[str, tuple[str, Gender | None, str]]:
    """Lower-case honorifics and academic titles without full stop: (kind, gender, case)."""
    forms: dict[str, tuple[str, Gender | None, str]] = {}
    for row in rows("titles.tsv"):
        kind = row[1]
        if kind in ("honorific", "academic") and " " not in row[0]:
            gender = row[2] if len(row) > 2 and row[2] in ("m", "f") else None
            forms[row[0].rstrip(".").lower()] = (kind, gender, row[3] if len(row) > 3 and row[3] else "any")  # type: ignore[assignment]
    return forms


def words_of(text: str, start: int = 0, end: int | None = None) -> list[_Word]:
    """Cut a text into words; full stops of abbreviations and initials stay outside of them."""
    return [_Word(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text, start, len(text) if end is None else end)]


def find_mentions(text: str, seeds: Iterable[str] = ()) -> list[Mention]:
    """Return the mentions in a clean text in order; they do not overlap.

    `seeds` are family names that are known from elsewhere, for instance from a named-entity recogniser.
    """
    lines = [words_of(text, m.start(), m.end()) for m in _LINE.finditer(text)]
    first = [mention for words in lines for mention in _scan(text, words, frozenset())]
    known = frozenset(m.name for m in first if m.kind == "person" and m.name and len(m.name) > 2) | frozenset(seeds)
    known |= {m.given_name for m in first if m.given_name and " " not in m.given_name and not m.given_name.endswith(".")}
    return [mention for words in lines for mention in _scan(text, words, known)] if known else first


def _scan(text: str, words: list[_Word], known: frozenset[str]) -> Iterator[Mention]:
    i = 0
    last: Mention | None = None
    while i < len(words):
        if last is not None and last.kind == "person" and (joined := _listed(text, words, i, last)):
            yield joined
            last = joined
            i += 1
            continue
        if not (words[i].upper or words[i].text in _NOMINATIVE_ARTICLES or words[i].text in _OBLIQUE_ARTICLES or words[i].text[0].isdigit() or _ADJECTIVE.match(words[i].text)):
            i += 1
            continue
        found = _Reader(text, words, known).read(i)
        if found is None:
            i += 1
        else:
            last, i = found
            yield last


def _listed(text: str, words: list[_Word], i: int, last: Mention) -> Mention | None:
    """The next name of a list under one office: "die Ktabg. Strukamp, Kohaus und Frye", "die Herren Lux und Zeh"."""
    if last.article not in ("die", "den", "der") or last.gender == "f" or not words[i].upper or words[i].text in _NO_NAME:
        return None
    plural = last.article in ("die", "den") or (last.honorific or "") in ("Herren", "Frauen", "Damen")
    if not plural or not re.fullmatch(r"(?:\s*\([^)]*\))?\s*(?:,|und|sowie)\s+", text[last.end : words[i].start]):
        return None
    if is_office(words[i].text) and words[i].text != "Herr" or _group_of(words[i].text):
        return None
    following = words[i + 1].text if i + 1 < len(words) else "."
    if words[i].text == "Herr" and following[:1].isupper():
        return None
    return Mention(
        words[i].start, words[i].end, "person", words[i].text, office_kind=last.office_kind, offices=(),
        nominative=last.nominative, article=last.article, outer_end=words[i].end,
    )


class _Reader:
    """Read one mention that begins at a given word."""

    def __init__(self, text: str, words: list[_Word], known: frozenset[str]) -> None:
        self.text, self.words, self.known = text, words, known

    def word(self, i: int) -> str:
        return self.words[i].text if 0 <= i < len(self.words) else ""

    def after(self, i: int) -> int:
        """Offset behind word `i` and the full stop of its abbreviation."""
        end = self.words[i].end
        return end + 1 if self.text[end : end + 1] == "." and self._abbreviated(i) else end

    def next(self, i: int) -> int:
        """Number of the word behind `i`, past the full stop of its abbreviation."""
        return i + 2 if self.word(i + 1) == "." and self._abbreviated(i) else i + 1

    def _abbreviated(self, i: int) -> bool:
        word = self.word(i)
        return len(word) == 1 or word.lower() in _titles() or word.lower() in _abbreviated_offices() or word.lower() in ("stv", "stellv")

    def read(self, i: int) -> tuple[Mention, int] | None:
        first = i
        article = None
        low = self.word(i).lower()
        if (low in _NOMINATIVE_ARTICLES or low in _OBLIQUE_ARTICLES) and i + 1 < len(self.words):
            article = low
            i += 1
            while i - first <= 2 and i + 1 < len(self.words) and _ATTRIBUTE.fullmatch(self.word(i)) and (self.words[i + 1].upper or self.word(i + 1)[:1].islower()):
                i += 1  # "Ein weiterer Einwohner"
            if i > first + 1 and not (self.words[i].upper and (_group_of(self.word(i)) or _office_of(self.word(i)) or self.word(i) in ("Herr", "Dame", "Frau"))):
                i = first + 1
            elif i > first + 1 and self.word(i) in ("Herr", "Dame", "Frau") and not self.words[min(i + 1, len(self.words) - 1)].upper:
                return self._group(first, i, article, (self.word(i), "m" if self.word(i) == "Herr" else "f", "citizen"))
        begin = i
        honorific = title = None
        gender: Gender | None = None
        nominative: bool | None = None
        office_spans: list[ClosedSpan] = []
        office_kind = None
        lemmas: list[str] = []
        head = None
        while i < len(self.words):
            low = self.word(i).lower()
            entry = _titles().get(low)
            if entry and self.words[i].upper and (entry[0] == "honorific" or self.next(i) == i + 2 or low in ("di", "ddi", "mag", "mmag", "prof", "professor", "dr", "ddr")):
                if entry[0] == "honorific":
                    if honorific:
                        break
                    honorific, gender = self.word(i), entry[1]
                    if entry[2] == "obl":
                        nominative = False
                    elif entry[2] == "nom":
                        nominative = True
                else:
                    title = f"{title} {self.text[self.words[i].start:self.after(i)]}" if title else self.text[self.words[i].start : self.after(i)]
                i = self.next(i)
                if self.word(i) == "-" :
                    i += 1
                continue
            office = self._office(i)
            if office and honorific and article is None and self._surname_office(i, office[0], office[1], gender):
                break  # "Frau Richter", "Herr Vogt"
            if office:
                form, j, start = office
                office_spans.append((start, self.after(j - 1) if self.word(j - 1) != "." else self.words[j - 1].end))
                retired = re.compile(r"\s*(?:i\.\s?R\.|a\.\s?D\.|i\.\s?V\.)").match(self.text, office_spans[-1][1])
                while retired and j < len(self.words) and self.words[j].start < retired.end():
                    j += 1
                office_kind = office_kind or form.kind
                lemmas.extend(form.lemmas)
                head = head or self.text[office_spans[-1][0] : office_spans[-1][1]]
                gender = gender or form.gender
                if form.oblique and article not in ("der", "die", "das", "ein", "eine"):
                    nominative = False
                i = j
                continue
            break
        prefixed = i > begin
        name = self._name(i, prefixed, bool(title or honorific) and not self._is_office(i - 1), sentence_start=self._at_start(first))
        if name and office_spans and not (honorific or title) and article == "des" and re.search(r"(?:rat|tag)e?s$", self.word(begin)):
            name = None  # "die Sitzung des Verbandsgemeinderates Kellerbach"
        if name and prefixed:
            given, family, j = name
            start = self.words[begin].start
            end = self._name_end(j)
            if article in ("den", "dem", "des", "beim", "vom", "zum", "zur") or (article == "der" and gender == "f"):
                nominative = False
            start, nominative = self._case(first, begin, article, nominative, start)
            return (
                Mention(start, end, "person", family, given, title, honorific, office_kind, tuple(office_spans), tuple(lemmas), (), gender or _gender(given), nominative, article, end, head),
                j,
            )
        if office_spans and not honorific:
            group = _group_of(self.words[begin].text) if i == begin + 1 else None
            if group and office_kind in ("mandate", "executive") and group[2] == "group" and article in ("der", "dem", "des", "den", None) and not title:
                if article is None and not self._at_start(first):
                    return None
                return self._group(first, begin, article, group)
            if article is None and not self._bare_office(first, i):
                return None
            end = office_spans[-1][1]
            if article in ("der",) and gender is None and _office_of(self.words[i - 1].text):
                gender = "m"
            gender = gender or (_NOMINATIVE_ARTICLES.get(article) if article in ("der", "die", "ein", "eine") else None)  # type: ignore[assignment]
            if article in _OBLIQUE_ARTICLES and article != "einer" or (article == "der" and _feminine(self.words[i - 1].text)):
                nominative = False
            kind: MentionKind = "citizen" if office_kind == "citizen" else "office"
            start, nominative = self._case(first, begin, article, nominative, self.words[first].start)
            return Mention(start, end, kind, None, None, title, None, office_kind, tuple(office_spans), tuple(lemmas), (), gender, nominative, article, end, head), i
        if prefixed:
            return None
        group = _group_of(self.word(i)) if i < len(self.words) else None
        if group and self._group_stands(first, i, article):
            return self._group(first, i, article, group)
        if article is None:
            name = self._bare_name(i)
            if name:
                given, family, j = name
                end = self._name_end(j)
                start, nominative = self._case(first, i, None, None, self.words[i].start)
                return Mention(start, end, "person", family, given, None, None, None, (), (), (), _gender(given), nominative, None, end, None), j
        return None

    def _case(self, first: int, begin: int, article: str | None, nominative: bool | None, start: int) -> tuple[int, bool | None]:
        """Tell from the word before whether the mention can be a subject."""
        before = self.word(first - 1).lower()
        if before in _PREPOSITIONS and article is None or before in _PREPOSITIONS - {"zu"}:
            nominative = False
        if article in _OBLIQUE_ARTICLES and article not in ("einer",) and article is not None:
            nominative = False
        return start, nominative

    def _office(self, i: int) -> tuple[_OfficeForm, int, int] | None:
        """Read an office of up to three words at `i`; return it, the number of the word behind it, and its start."""
        start = self.words[i].start
        if _ADJECTIVE.match(self.word(i)) and i + 1 < len(self.words):
            j = i + 2 if self.word(i + 1) == "." else i + 1
            found = self._plain_office(j) if j < len(self.words) and self.words[j].upper else None
            if found:
                return found[0], found[1], start
        found = self._plain_office(i)
        return (found[0], found[1], start) if found else None

    def _plain_office(self, j: int) -> tuple[_OfficeForm, int] | None:
        for width in (3, 2, 1):
            last = j + width - 1
            if last >= len(self.words) or not self.words[last].upper:
                continue
            if width > 1:
                form = _office_forms().get(" ".join(self.word(k) for k in range(j, last + 1)).lower())
            else:
                form = _office_of(self.word(j))
            if form is None or (width == 1 and len(self.word(j)) <= 2 and not self._abbreviation_stands(j)):
                continue
            behind = self.next(last)
            if self.word(behind).isdigit() and len(self.word(behind)) <= 3 and self.word(j).isupper() and len(self.word(j)) <= 4:
                behind += 1  # "AL 61"
            return form, behind
        return None

    def _abbreviation_stands(self, j: int) -> bool:
        """Two letters are an office only before a name, a title or a number, or at the start of a line."""
        following = self.next(j)
        return bool(
            self._name(following, True, True, False)
            or self.word(following).isdigit()
            or self.word(following).lower() in _titles()
            or self._bare_office(j, following)
            or self.word(j - 1).lower() in ("der", "die", "dem", "den", "des", "vom")
        )

    def _name(self, i: int, prefixed: bool, strong: bool, sentence_start: bool) -> tuple[str | None, str, int] | None:
        """Read given and family names at `i`; return (given, family, number of the word behind)."""
        if not prefixed:
            return None
        j = i
        parts: list[tuple[str, int]] = []
        while j < len(self.words) and len(parts) < 4:
            word = self.words[j]
            if word.text in _PARTICLES and self._particle(j, parts):
                parts.append((word.text, j))
                j += 1
                continue
            if not word.upper or not word.text[0].isalpha() or (word.text in _NO_NAME and not self._name_after_all(word.text, strong and j == i, parts)):
                break
            if len(word.text) == 1 or (len(word.text) == 2 and self.word(j + 1) == "." and word.text[1].islower()):
                if self.word(j + 1) != ".":
                    break
                parts.append((word.text + ".", j))
                j += 2
                while self.word(j) == "." and self.words[j].start == self.words[j - 1].end:
                    j += 1  # "A.. Plinke"
                continue
            if parts and not self._continues(parts, j, sentence_start):
                break
            parts.append((word.text, j))
            j += 1
            if self.word(j) == "." and j + 1 < len(self.words) and self.words[j].start == word.end and len(word.text) <= 2:
                j += 1
        if parts and self.word(j) in ("jun", "sen", "jr", "sr") and self.word(j + 1) == ".":
            j += 2
        while parts and parts[-1][0] in _PARTICLES:
            parts.pop()
            j = parts[-1][1] + 1 if parts else i
        return self._split(parts, j) if parts else None

    def _name_after_all(self, word: str, strong: bool, parts: list[tuple[str, int]]) -> bool:
        """"Frau Rat", "Renate Kreis": behind an honorific or a given name even a common noun is a name."""
        return word not in _PRONOUNS and (strong or len(parts) == 1 and _given_name(parts[0][0]))

    def _surname_office(self, i: int, form: _OfficeForm, behind: int, gender: Gender | None) -> bool:
        """Behind an honorific, an office of the wrong gender or a small trade without a name is a family name."""
        word = self.word(i)
        if behind != i + 1 or self._name(behind, True, False, False):
            return False
        return gender == "f" and form.gender == "m" or form.kind in ("guest", "citizen", "clerk", "administration") and len(word) <= 9

    def _is_office(self, i: int) -> bool:
        """Tell whether word `i`, or the abbreviation whose full stop it is, names an office."""
        return _office_of(self.word(i - 1 if self.word(i) == "." else i)) is not None

    def _particle(self, j: int, parts: list[tuple[str, int]]) -> bool:
        """"van" in "van Lengerich"; "der" only behind another particle ("von der Heide")."""
        following = self.word(j + 1)
        if not following or not (following[0].isupper() or following in _PARTICLES):
            return False
        word = self.word(j)
        if word in ("der", "den", "dem", "das", "auf", "zum", "zur", "la", "le", "te"):
            return bool(parts) and parts[-1][0] in _PARTICLES
        if parts and parts[-1][0] not in _PARTICLES and not parts[-1][0].endswith("."):
            return word in ("von", "van", "de") and parts[-1][0] in first_names()
        return word not in ("zu", "an", "vom") or self.word(j - 1) in ("von",)

    def _continues(self, parts: list[tuple[str, int]], j: int, sentence_start: bool) -> bool:
        """Tell whether a further capitalised word belongs to the name ("Schulze Pellengahr") or not ("Müller Auskunft")."""
        last = parts[-1][0]
        word = self.word(j)
        if _given_name(last) or last in _PARTICLES or last.endswith("."):
            return True
        if _office_of(word) or _group_of(word) or word.isupper():
            return False
        if f"{last} {word}" in self.known or " ".join([*(p for p, _ in parts), word]) in self.known:
            return True
        if last in self.known:
            return False
        following = self.word(j + 1)
        return sentence_start and (following == "(" or following == "," or (following[:1].islower() and _finite(following)))

    def _split(self, parts: list[tuple[str, int]], j: int) -> tuple[str | None, str, int] | None:
        texts = [p for p, _ in parts]
        given: list[str] = []
        if len(texts) == 2 and texts[1] in first_names() and not _given_name(texts[0]):
            return texts[1], texts[0], j  # "Lechner Stefan"
        while len(texts) > 1 and (_given_name(texts[0]) or (texts[0].endswith(".") and texts[1] not in _PARTICLES)):
            if len(texts) == 2 and texts[1].endswith("."):
                break
            given.append(texts.pop(0))
        if len(texts) == 3 and texts[1] in ("von", "van", "de") and texts[0] in first_names():
            given.append(texts.pop(0))
        return (" ".join(given) or None, " ".join(texts), j)

    def _name_end(self, j: int) -> int:
        """Offset behind the last word of a name that ends before word `j`; the full stop of "Herr A." belongs to it."""
        return self.words[j - 1].end

    def _at_start(self, i: int) -> bool:
        start = self.words[i].start
        before = self.text[max(0, start - 2) : start]
        return start == 0 or before.endswith("\n") or before[:1] in ".!?:" or before.strip() in ("–", "-", "•", "*", "(")

    def _bare_office(self, first: int, i: int) -> bool:
        """An office without article and name stands at the start of a block: "Vorsitzender eröffnet", "AL 61: ..."."""
        return self._at_start(first) and (_finite(self.word(i)) or self.word(i) in (":", "("))

    def _group_stands(self, first: int, i: int, article: str | None) -> bool:
        if article is not None:
            return True
        word = self.word(i)
        if "-" in word and word.lower().endswith("fraktion"):
            return True
        return self._at_start(first) and (_finite(self.word(i + 1)) or self.word(i + 1) == ":") or self.word(first - 1).lower() in _PREPOSITIONS

    def _group(self, first: int, i: int, article: str | None, group: tuple[str, Gender, str]) -> tuple[Mention, int]:
        form, gender, kind = group
        nominative: bool | None = None
        if article in _OBLIQUE_ARTICLES and article != "einer" or (article == "der" and gender in ("f", "pl")):
            nominative = False
        start, nominative = self._case(first, i, article, nominative, self.words[first].start)
        end = self.words[i].end
        mention_kind: MentionKind = "citizen" if kind == "citizen" else "group"
        return Mention(start, end, mention_kind, None, None, None, None, None, (), (), (), gender, nominative, article, end, form), i + 1

    def _bare_name(self, i: int) -> tuple[str | None, str, int] | None:
        """A name without honorific: given and family name, or a family name known from elsewhere."""
        word = self.words[i]
        if not word.upper or word.text in _NO_NAME:
            return None
        if _given_name(word.text) and i + 1 < len(self.words):
            following = self.words[i + 1]
            if following.upper and following.text not in _NO_NAME or following.text in ("von", "van", "de", "zu"):
                found = self._name(i, True, False, True)
                if found and found[0] and len(found[1]) > 1 and not _group_of(found[1]):
                    return found
        if len(word.text) == 1 and self.word(i + 1) == "." and i + 2 < len(self.words) and self._at_start(i):
            following = self.words[i + 2]  # "M. Kopp fragt"
            if following.upper and len(following.text) > 1 and _finite(self.word(i + 3)):
                return f"{word.text}.", following.text, i + 3
        if self._at_start(i) and i + 1 < len(self.words) and len(word.text) > 4 and not _group_of(word.text) and word.text not in self.known:
            # "Kirchmeister Opitz bringt ...": a noun that no lexicon knows before a name that the document knows
            behind = self._bare_name(i + 1) if self.words[i + 1].text in self.known or _given_name(self.words[i + 1].text) else None
            known_name = self.words[i + 1].text in self.known and (_finite(self.word(i + 2)) or self.word(i + 2) in ("(", ":"))
            if behind is None and known_name:
                behind = None, self.words[i + 1].text, i + 2
            if behind is not None and re.search(r"(?:er|e|in|t|or|ent)$", word.text) and (_finite(self.word(behind[2])) or self.word(behind[2]) in ("(", ":", ",")):
                return behind
        spoken = self.word(i - 1) in verbs().indicative and not _finite(self.word(i + 1))
        if word.text in self.known and spoken and self.word(i - 1)[:1].islower() and not _given_name(word.text):
            return None, word.text, i + 1  # "nennt Bauknecht einen Betrag"
        if word.text in self.known and (self._at_start(i) or self.text[word.end : word.end + 2] == " (" or self._coordinated(i)):
            if _finite(self.word(i + 1)) or self.word(i + 1) in ("(", ":", ",", "und", ")"):
                return None, word.text, i + 1
        if self._at_start(i) and self.text[word.end : word.end + 2] == " (" and len(word.text) > 2:
            close = self.text.find(")", word.end)
            if 0 < close < word.end + 40 and self.text[word.end + 2 : close].lower() in parties() and _finite(self._word_behind(close)):
                return None, word.text, i + 1
        return None

    def _coordinated(self, i: int) -> bool:
        return self.word(i - 1) in ("und", ",", "sowie")

    def _word_behind(self, offset: int) -> str:
        m = re.compile(r"\W*(\w+)").match(self.text, offset)
        return m.group(1) if m else ""


def is_office(word: str) -> bool:
    """Tell whether a word names an office, mandate or function."""
    return _office_of(word) is not None


@cache
def _abbreviated_offices() -> frozenset[str]:
    return frozenset(a.rstrip(".").lower() for office in offices() for a in office.abbreviations if a.endswith("."))


@cache
def _finite(word: str) -> bool:
    """Tell whether a lower-case word looks like a finite verb: of the lexicon, an auxiliary, or by its ending."""
    if not word or not word[0].islower():
        return False
    forms = verbs()
    return word in forms.indicative or word in forms.subjunctive or word in _AUXILIARIES or bool(re.search(r"(?:[^aeiou]t|[aeiouäöü]t|te|ten)$", word) and len(word) > 3 and word not in _NOT_FINITE)


_AUXILIARIES = word_set("persons.auxiliaries")
_NOT_FINITE = word_set("persons.not_finite")


def _given_name(word: str) -> bool:
    """"Anna", "Marie-Claude"."""
    return word in first_names() or word.split("-")[0] in first_names() and "-" in word


def _gender(given: str | None) -> Gender | None:
    gender = first_names().get(given.split()[0].split("-")[0]) if given else None
    return gender if gender in ("f", "m") else None  # type: ignore[return-value]


def _feminine(word: str) -> bool:
    form = _office_of(word)
    return form is not None and form.gender == "f"
