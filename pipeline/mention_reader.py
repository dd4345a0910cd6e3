"""Read one mention from the words of a line: article, honorifics, titles and offices in any order, then a name."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import cast

from pipeline.lexicon import Gender, pattern, rows, word_set
from pipeline.mentions import ClosedSpan, Mention, MentionKind
from pipeline.names import Name, NameReader
from pipeline.nominals import (
    GroupForm,
    OfficeForm,
    TitleForm,
    abbreviated_words,
    first_of_several,
    gender_of,
    group_of,
    is_misread_office,
    names_people,
    office_forms,
    office_of,
    stands_without_stop,
    titles,
)
from pipeline.syntax import FINITE
from pipeline.words import Line, looks_finite

_RETIRED = re.compile(r"\s*(?:i\.\s?R\.|a\.\s?D\.|i\.\s?V\.)")
_BODY_GENITIVE = re.compile(r"(?:rat|tag)e?s$")
_LIST_JOINT = re.compile(r"(?:\s*\([^)]*\))?\s*(?:,|und|sowie)\s+")
_BODY_ACTS = pattern("persons.body_acts")
_ADJECTIVE = pattern("persons.adjective")
_ATTRIBUTE = re.compile(r"[a-zäöüß]{3,}(?:er|es|en|em|e)")
_NOMINATIVE_ARTICLES = {row[0]: cast(Gender, row[1]) for row in rows("articles.tsv") if row[2] == "nom"}
_OBLIQUE_ARTICLES = frozenset(row[0] for row in rows("articles.tsv") if row[2] == "obl")
_DEFINITE_OBLIQUE = word_set("persons.definite_oblique_articles")
_PREPOSITIONS = word_set("persons.prepositions")
_SHORT_NAME = 5
_HONORIFIC_NOUNS = ("Herr", "Dame", "Frau")  # "ein älterer Herr"
_LONGEST_TRADE = 9  # letters of a trade that is a family name too: "Frau Richter"


@lru_cache(maxsize=65536)
def opening(text: str) -> str:
    """How a word can begin a mention: "article", "noun" (names people), "adjective", or "" (only as a name)."""
    low = text.lower()
    # "am" is an article, "AM" an Ausschussmitglied
    if (low in _NOMINATIVE_ARTICLES or low in _OBLIQUE_ARTICLES) and not (text.isupper() and office_of(text)):
        return "article"
    if _ADJECTIVE.match(text):
        return "adjective"
    return "noun" if text[0].isupper() and names_people(text) else ""


@dataclass
class _Prefix:
    """What stands before a name: article, honorific, titles and offices; `behind` is the word after them."""

    first: int
    begin: int
    behind: int
    article: str | None
    honorific: str | None = None
    title: str | None = None
    gender: Gender | None = None
    nominative: bool | None = None
    office_kind: str | None = None
    offices: list[ClosedSpan] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    head: str | None = None

    def mention(self, kind: MentionKind, start: int, end: int, name: Name | None = None) -> Mention:
        return Mention(
            start,
            end,
            kind,
            name.family if name else None,
            name.given if name else None,
            self.title,
            self.honorific,
            self.office_kind,
            tuple(self.offices),
            tuple(self.lemmas),
            gender=self.gender,
            nominative=self.nominative,
            article=self.article,
            outer_end=end,
            head=self.head,
        )


class MentionReader:
    """Read one mention that begins at a given word of a line."""

    def __init__(self, line: Line, known: frozenset[str]) -> None:
        self.line = line
        self.names = NameReader(line, known)

    def may_begin(self, i: int) -> bool:
        """Tell cheaply whether a mention can begin at word `i`."""
        line = self.line
        text = line.words[i].text
        how = opening(text)
        if how == "article":
            following = line.word(i + 1)
            if following[:1].isupper():
                opens = bool(opening(following)) or following in self.names.known
            else:
                opens = bool(_ATTRIBUTE.fullmatch(following) or _ADJECTIVE.match(following))
            return opens or (text[0].isupper() and names_people(text))
        if how:
            return True
        return text[0].isupper() and (text in self.names.known or line.at_start(i))

    def listed(self, i: int, last: Mention) -> Mention | None:
        """The next name of a list under one office: "die Ktabg. Lux, Zeh und Rot", "die Herren Lux und Zeh"."""
        plural = last.article in ("die", "den") or (
            last.article == "der" and last.honorific in ("Herren", "Frauen", "Damen")
        )
        word = self.line[i]
        if not plural or last.gender == "f" or not self.names.follows_list(i):
            return None
        if not _LIST_JOINT.fullmatch(self.line.text, last.end, word.start) or self.names.full(i):
            return None
        return Mention(
            word.start,
            word.end,
            "person",
            word.text,
            office_kind=last.office_kind,
            nominative=last.nominative,
            article=last.article,
            outer_end=word.end,
        )

    def bracket(self, i: int, last: Mention) -> int | None:
        """Number of the word behind a bracket that describes the person before it: "Frau Lux (Leiterin Tiefbau)"."""
        line = self.line
        if line.word(i) != "(" or line[i].start - last.end > 1:
            return None
        for k in range(i + 1, min(i + 14, len(line))):
            if line.word(k) == ")":
                return k + 1
            title = titles().get(line.word(k).lower())
            if title and title.kind == "honorific":
                return None
        return None

    def read(self, i: int) -> tuple[Mention, int] | None:
        """Return the mention that begins at word `i` and the number of the word behind it."""
        prefix = self._article(i)
        noun = self.line.word(prefix.begin)
        if prefix.begin > i + 1 and noun in _HONORIFIC_NOUNS:
            if self.line.word(prefix.begin + 1)[:1].isupper():
                prefix = _Prefix(i, i + 1, i + 1, prefix.article)
            else:
                return self._group(prefix, GroupForm(noun, "m" if noun == "Herr" else "f", "citizen"))
        self._titles_and_offices(prefix)
        prefixed = prefix.behind > prefix.begin
        if prefixed and (found := self._named(prefix)):
            return found
        if prefix.offices and (not prefix.honorific or self._called_by_office(prefix)):
            return self._office_alone(prefix)
        if prefixed:
            return None
        group = group_of(self.line.word(prefix.behind)) if prefix.behind < len(self.line) else None
        if group and self._group_stands(prefix):
            return self._group(prefix, group)
        return self._unprefixed(prefix) if prefix.article is None else None

    def _called_by_office(self, prefix: _Prefix) -> bool:
        """ "Frau Bürgermeisterin, wann ...", "so Frau Gemeindeammann": honorific and office without a name."""
        following = self.line.word(prefix.behind)
        return (
            prefix.article is None
            and prefix.nominative is not False
            and (following in (",", "!") or looks_finite(following))
        )

    def _article(self, i: int) -> _Prefix:
        """Read an article and the adjectives between it and a noun that names people ("Ein weiterer Einwohner")."""
        line = self.line
        if i + 1 >= len(line) or opening(line[i].text) != "article":
            return _Prefix(i, i, i, None)
        k = i + 1
        while k - i <= 2 and k + 1 < len(line) and self._attribute(k):
            k += 1
        noun = line.word(k)
        if k > i + 1 and not (line[k].upper and (group_of(noun) or office_of(noun) or noun in _HONORIFIC_NOUNS)):
            k = i + 1
        return _Prefix(i, k, k, line.word(i).lower())

    def _attribute(self, k: int) -> bool:
        """An adjective before a noun; "stellvertretende" belongs to the office."""
        text = self.line.word(k)
        if text in FINITE or _ADJECTIVE.match(text):
            return False  # "Dem konnte Stadtrat Lux nicht folgen"
        return bool(_ATTRIBUTE.fullmatch(text)) and self.line.word(k + 1)[0].isalpha()

    def _titles_and_offices(self, prefix: _Prefix) -> None:
        line = self.line
        i = prefix.begin
        while i < len(line):
            low = line.word(i).lower()
            title = titles().get(low) if line[i].upper else None
            if title and (title.kind == "honorific" or self._next(i) == i + 2 or stands_without_stop(low)):
                if title.kind == "honorific":
                    if prefix.honorific or self._somebody_else(prefix, title):
                        break
                    prefix.honorific, prefix.gender = line.word(i), title.gender
                    prefix.nominative = {"obl": False, "nom": True}.get(title.case, prefix.nominative)
                else:
                    written = line.text[line[i].start : self._after(i)]
                    prefix.title = f"{prefix.title} {written}" if prefix.title else written
                i = self._next(i)
                if line.word(i) == "-":
                    i += 1
                continue
            office = self._office(i)
            if office is None or self._surname(i, office, prefix):
                break
            i = self._take_office(prefix, office)
        prefix.behind = i

    def _somebody_else(self, prefix: _Prefix, title: TitleForm) -> bool:
        """ "der Vorsitzende | Herrn Lux", "die Bürgermeisterin | Herrn Zeh": an honorific that is not the office's."""
        if not prefix.offices or prefix.nominative is False:
            return False
        if title.case == "obl" and prefix.article in ("der", "die", "ein", "eine"):
            return True
        gender = prefix.gender or ("m" if prefix.article in ("der", "ein") else None)
        return gender in ("m", "f") and title.gender in ("m", "f") and gender != title.gender

    def _take_office(self, prefix: _Prefix, office: tuple[OfficeForm, int, int]) -> int:
        form, behind, start = office
        line = self.line
        end = line[behind - 1].end if line.word(behind - 1) == "." else self._after(behind - 1)
        prefix.offices.append((start, end))
        retired = _RETIRED.match(line.text, end)
        while retired and behind < len(line) and line[behind].start < retired.end():
            behind += 1
        prefix.office_kind = prefix.office_kind or form.kind
        prefix.lemmas.extend(form.lemmas)
        prefix.head = prefix.head or line.text[start:end]
        prefix.gender = prefix.gender or form.gender
        if form.oblique and prefix.article not in ("der", "die", "das", "ein", "eine"):
            prefix.nominative = False
        return behind

    def _named(self, prefix: _Prefix) -> tuple[Mention, int] | None:
        """A person by name: "Landrat Dr. Lux"."""
        line = self.line
        certain = bool(prefix.title or prefix.honorific) and not self._is_office(prefix.behind - 1)
        name = self.names.name(prefix.behind, certain=certain, sentence_start=line.at_start(prefix.first))
        if name is None:
            return None
        alone = prefix.offices and not (prefix.honorific or prefix.title)
        if alone and not name.given and len(name.family) > _SHORT_NAME and group_of(name.family):
            return None  # "Mitglied Kreistag", unlike "Ratsherr Kreis"
        if alone and prefix.article == "des" and _BODY_GENITIVE.search(line.word(prefix.begin)):
            return None  # "die Sitzung des Verbandsgemeinderates Kellerbach"
        body = group_of(line.word(prefix.begin)) if alone and prefix.behind == prefix.begin + 1 else None
        if body and prefix.article and not name.given and _BODY_ACTS.match(line.text, line[name.behind - 1].end):
            return None  # "Der Gemeinderat Altdorf beschließt"
        if prefix.article in _DEFINITE_OBLIQUE or (prefix.article == "der" and prefix.gender == "f"):
            prefix.nominative = False
        given = gender_of(name.given)
        prefix.gender = prefix.gender if prefix.honorific and prefix.gender else given or prefix.gender
        self._settle_case(prefix)
        return prefix.mention("person", line[prefix.begin].start, line[name.behind - 1].end, name), name.behind

    def _office_alone(self, prefix: _Prefix) -> tuple[Mention, int] | None:
        """ "Der Vorsitzende", "eine Anwohnerin"; "der Stadtrat" alone is the body."""
        line = self.line
        article = prefix.article
        single = prefix.behind == prefix.begin + 1
        group = group_of(line.word(prefix.begin)) if single else None
        body = group is not None and group.kind == "group" and prefix.office_kind in ("mandate", "executive")
        if group and body and article in ("der", "dem", "des", "den", None) and not prefix.title:
            return self._group(prefix, group) if article or line.at_start(prefix.first) else None
        if article is None and not prefix.honorific and not self._bare_office(prefix.first, prefix.behind):
            return None
        last = office_of(line.word(prefix.behind - 1))
        if article == "der" and prefix.gender is None and last:
            prefix.gender = "m"
        if article in ("der", "die", "ein", "eine"):
            prefix.gender = prefix.gender or _NOMINATIVE_ARTICLES.get(article)
        if article == "der" and last and last.gender == "f":
            prefix.nominative = False
        self._settle_case(prefix)
        kind: MentionKind = "citizen" if prefix.office_kind == "citizen" else "office"
        return prefix.mention(kind, line[prefix.first].start, prefix.offices[-1][1]), prefix.behind

    def _unprefixed(self, prefix: _Prefix) -> tuple[Mention, int] | None:
        name = self.names.bare(prefix.behind)
        if name is None:
            return None
        prefix.gender = gender_of(name.given)
        self._settle_case(prefix)
        start, end = self.line[prefix.behind].start, self.line[name.behind - 1].end
        return prefix.mention("person", start, end, name), name.behind

    def _group(self, prefix: _Prefix, group: GroupForm) -> tuple[Mention, int]:
        nominative = None
        if prefix.article == "der" and group.gender in ("f", "pl"):
            nominative = False
        plain = _Prefix(prefix.first, prefix.begin, prefix.begin + 1, prefix.article, gender=group.gender)
        plain.nominative, plain.head = nominative, group.lemma
        self._settle_case(plain)
        kind: MentionKind = "citizen" if group.kind == "citizen" else "group"
        line = self.line
        return plain.mention(kind, line[prefix.first].start, line[prefix.begin].end), prefix.begin + 1

    def _settle_case(self, prefix: _Prefix) -> None:
        """Tell from the article and the word before whether the mention can be a subject."""
        before = self.line.word(prefix.first - 1).lower()
        if before in _PREPOSITIONS and (prefix.article is None or before != "zu"):
            prefix.nominative = False
        if prefix.article in _OBLIQUE_ARTICLES and prefix.article != "einer":
            prefix.nominative = False

    def _office(self, i: int) -> tuple[OfficeForm, int, int] | None:
        """Read an office of up to three words at `i`: its form, the number of the word behind it, its start."""
        line = self.line
        start = line[i].start
        if _ADJECTIVE.match(line.word(i)) and i + 1 < len(line):
            j = i + 2 if line.word(i + 1) == "." else i + 1
            found = self._plain_office(j) if j < len(line) and line[j].upper else None
            if found:
                return found[0], found[1], start
        found = self._plain_office(i)
        return (found[0], found[1], start) if found else None

    def _plain_office(self, j: int) -> tuple[OfficeForm, int] | None:
        line = self.line
        for width in (3, 2, 1) if line.word(j).lower() in first_of_several() else (1,):
            last = j + width - 1
            if last >= len(line) or not line[last].upper:
                continue
            if width > 1:
                form = office_forms().get(" ".join(line.word(k) for k in range(j, last + 1)).lower())
            else:
                form = office_of(line.word(j))
            if form is None or (width == 1 and len(line.word(j)) <= 2 and not self._abbreviation_stands(j)):
                continue
            behind = self._next(last)
            number = line.word(behind)
            if number.isdigit() and len(number) <= 3 and line.word(j).isupper() and len(line.word(j)) <= 4:
                behind += 1  # "AL 61"
            return form, behind
        return None

    def _abbreviation_stands(self, j: int) -> bool:
        """Two letters are an office only before a name, a title or a number, behind an article, or at a start."""
        following = self._next(j)
        word = self.line.word(following)
        return bool(
            word.isdigit()
            or word.lower() in titles()
            or self._bare_office(j, following)
            or self.line.word(j - 1).lower() in ("der", "die", "dem", "den", "des", "vom")
            or self.names.name(following)
        )

    def _surname(self, i: int, office: tuple[OfficeForm, int, int], prefix: _Prefix) -> bool:
        """Behind an honorific, an office of the wrong gender or a small trade is a family name: "Frau Richter"."""
        form, behind, _ = office
        if (prefix.honorific or prefix.offices or prefix.title) and is_misread_office(self.line.word(i)):
            return True  # "Stadträtin Kammerer"
        if not prefix.honorific or prefix.article is not None or behind != i + 1 or self.names.name(behind):
            return False
        if prefix.gender == "f" and form.gender == "m":
            return len(self.line.word(i)) <= _LONGEST_TRADE  # "Frau Ammann", unlike "Frau Gemeindeammann"
        return form.kind in ("guest", "citizen", "clerk", "administration") and len(self.line.word(i)) <= _LONGEST_TRADE

    def _is_office(self, i: int) -> bool:
        """Tell whether word `i`, or the abbreviation whose full stop it is, names an office."""
        return office_of(self.line.word(i - 1 if self.line.word(i) == "." else i)) is not None

    def _bare_office(self, first: int, behind: int) -> bool:
        """An office without article and name stands at the start of a line, "AL 61" with its number anywhere."""
        if self.line.word(behind - 1).isdigit():
            return True
        following = self.line.word(behind)
        return self.line.at_start(first) and (looks_finite(following) or following in (":", "("))

    def _group_stands(self, prefix: _Prefix) -> bool:
        if prefix.article is not None:
            return True
        line, i = self.line, prefix.behind
        if "-" in line.word(i) and line.word(i).lower().endswith("fraktion"):
            return True
        if line.at_start(prefix.first) and (looks_finite(line.word(i + 1)) or line.word(i + 1) == ":"):
            return True
        return line.word(prefix.first - 1).lower() in _PREPOSITIONS

    def _after(self, i: int) -> int:
        """Offset behind word `i` and the full stop of its abbreviation."""
        end = self.line[i].end
        return end + 1 if self.line.text[end : end + 1] == "." and self._abbreviated(i) else end

    def _next(self, i: int) -> int:
        """Number of the word behind `i`, past the full stop of its abbreviation."""
        return i + 2 if self.line.word(i + 1) == "." and self._abbreviated(i) else i + 1

    def _abbreviated(self, i: int) -> bool:
        word = self.line.word(i)
        return len(word) == 1 or word.lower() in abbreviated_words()
