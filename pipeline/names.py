"""Personal names in a line: given names, particles, family names of one or more words, initials."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.lexicon import first_names, parties, verbs, word_set
from pipeline.nominals import group_of, is_given_name, is_office, titles
from pipeline.words import Line, looks_finite

_PARTICLES = word_set("names.particles")
_INNER_PARTICLES = word_set("names.inner_particles")
# capitalised words that follow a name in a sentence but are no part of it
_NO_NAME = word_set("names.no_name")
_SHORT_GIVEN = word_set("names.short_given")
_COMPANY = ("GmbH", "gGmbH", "mbH", "KG")
_SOURCES = word_set("names.source")
_PRONOUNS = word_set("names.pronouns")
_TRADE = re.compile(r"(?:er|e|in|t|or|ent)$")
_DOUBLE_INITIAL = re.compile(r"[A-ZÄÖÜ]\.?-[A-ZÄÖÜ]")
_NEXT_WORD = re.compile(r"\W*(\w+)")


@dataclass(frozen=True)
class Name:
    """A name as read: `behind` is the number of the word behind it."""

    given: str | None
    family: str
    behind: int


class NameReader:
    """Read names in one line; `known` are names that stand behind an honorific or office in the document."""

    def __init__(self, line: Line, known: frozenset[str]) -> None:
        self.line, self.known = line, known

    def name(self, i: int, *, certain: bool = True, sentence_start: bool = False) -> Name | None:
        """Read given and family names at word `i`.

        `certain` tells that an honorific or title stands before it, so that even "Rat" is a name there;
        `sentence_start` that a verb follows the name rather than an object.
        """
        line = self.line
        j = i
        parts: list[tuple[str, int]] = []
        while j < len(line) and len(parts) < 4:
            text = line[j].text
            if text in _PARTICLES and self._particle(j, parts):
                parts.append((text, j))
                j += 1
                continue
            if not line[j].upper or not text[0].isalpha():
                break
            if text in _NO_NAME and not self._name_after_all(text, parts, certain=certain and j == i):
                break
            if len(text) == 1 or (line.word(j + 1) == "." and self._abbreviated(j, first=not parts)):
                if line.word(j + 1) != "." or (parts and is_office(line.word(j + 2) or " ")):
                    break  # "Anna Lux, I. Beigeordnete"
                parts.append((text + ".", j))
                j += 2
                while line.word(j) == "." and line[j].start == line[j - 1].end:
                    j += 1  # "A.. Lux", a masked name
                continue
            if parts and not self._continues(parts, j, sentence_start=sentence_start):
                break
            parts.append((text, j))
            j += 1
            if line.word(j) == "." and j + 1 < len(line) and line[j].start == line[j - 1].end and len(text) <= 2:
                j += 1
        if parts and line.word(j) in ("jun", "sen", "jr", "sr") and line.word(j + 1) == ".":
            j += 2
        while parts and parts[-1][0] in _PARTICLES:
            parts.pop()
            j = parts[-1][1] + 1 if parts else i
        if not parts or self._of_a_firm(j):
            return None
        return _split([text for text, _ in parts], j)

    def bare(self, i: int) -> Name | None:
        """Read a name without honorific: with a given name, or a family name known from elsewhere."""
        line = self.line
        word = line[i]
        if not word.upper or word.text in _NO_NAME:
            return None
        return self.full(i) or self._initial(i) or self._behind_trade(i) or self._known(i) or self._before_party(i)

    def follows_list(self, i: int) -> bool:
        """Tell whether word `i` can be a further name in a list of names under one office."""
        text = self.line.word(i)
        if not self.line[i].upper or text in _NO_NAME or group_of(text):
            return False
        if text == "Herr":  # "die Abgeordneten Lux und Herr" against "... und Herr Zeh"
            return not self.line.word(i + 1)[:1].isupper()
        return not is_office(text)

    def full(self, i: int) -> Name | None:
        """Read given and family name: "Anna Lux", "Marie-Claude de Weck"."""
        short = self.line.word(i + 1) == "." and self._abbreviated(i, first=True) and len(self.line[i].text) > 2
        if not (short or is_given_name(self.line[i].text)) or i + 1 + short >= len(self.line):
            return None
        following = self.line[i + 1 + short]
        if (following.upper and following.text not in _NO_NAME) or following.text in ("von", "van", "de", "zu"):
            found = self.name(i, certain=False, sentence_start=True)
            if found and found.given and len(found.family) > 1 and not group_of(found.family):
                return found
        return None

    def _initial(self, i: int) -> Name | None:
        """ "M. Kopp fragt" at the start of a line, "bittet M. Kopp" where the document knows the name."""
        line = self.line
        if len(line[i].text) == 1 and line.word(i + 1) == "." and i + 2 < len(line):
            family = line[i + 2]
            if not line.at_start(i) and family.text not in self.known:
                return None
            if family.upper and len(family.text) > 1 and (looks_finite(line.word(i + 3)) or family.text in self.known):
                return Name(f"{line[i].text}.", family.text, i + 3)
        return None

    def _behind_trade(self, i: int) -> Name | None:
        """ "Kirchmeister Lux bringt ...": a noun that no lexicon knows before a name that the document knows."""
        line = self.line
        text = line[i].text
        if not line.at_start(i) or i + 1 >= len(line) or len(text) <= 4 or text in self.known or group_of(text):
            return None
        name = line[i + 1].text
        found = self.bare(i + 1) if name in self.known or is_given_name(name) else None
        if found is None and name in self.known and (looks_finite(line.word(i + 2)) or line.word(i + 2) in ("(", ":")):
            found = Name(None, name, i + 2)
        if found is None or not _TRADE.search(text):
            return None
        behind = line.word(found.behind)
        return found if looks_finite(behind) or behind in ("(", ":", ",") else None

    def _known(self, i: int) -> Name | None:
        """A known family name: "Lux bittet", "nennt Lux einen Betrag", "Lux (SPD)", "..., so Lux"."""
        line = self.line
        word = line[i]
        if word.text not in self.known:
            return None
        before, behind = line.word(i - 1), line.word(i + 1)
        if before in verbs().indicative and not looks_finite(behind) and not is_given_name(word.text):
            return Name(None, word.text, i + 1)
        if before.lower() in _SOURCES and not looks_finite(behind):
            return Name(None, word.text, i + 1)
        stands = line.at_start(i) or line.text[word.end : word.end + 2] == " (" or before in ("und", ",", "sowie")
        if stands and (looks_finite(behind) or behind in ("(", ":", ",", "und", ")")):
            return Name(None, word.text, i + 1)
        return None

    def _before_party(self, i: int) -> Name | None:
        """ "Lux (SPD) fragt" at the start of a line, though nobody has named Lux before."""
        line = self.line
        word = line[i]
        if not line.at_start(i) or line.text[word.end : word.end + 2] != " (" or len(word.text) <= 2:
            return None
        close = line.text.find(")", word.end)
        if 0 < close < word.end + 40 and line.text[word.end + 2 : close].lower() in parties():
            following = _NEXT_WORD.match(line.text, close)
            if following and looks_finite(following.group(1)):
                return Name(None, word.text, i + 1)
        return None

    def _abbreviated(self, j: int, *, first: bool) -> bool:
        """Tell whether a word before a full stop is a given name in short: "Th. Lux", "J.-P. Lux", "Joh. Lux"."""
        text = self.line.word(j)
        if (len(text) == 2 and text[1].islower()) or _DOUBLE_INITIAL.fullmatch(text):
            return True
        return first and text in _SHORT_GIVEN and self.line.word(j + 2)[:1].isupper()

    def _of_a_firm(self, j: int) -> bool:
        """ "Max Lux KG", "Max Lux Bau GmbH", "Dr. Lux & Kollegen"."""
        following, then = self.line.word(j), self.line.word(j + 1)
        if following in ("&", "+"):
            return then[:1].isupper()
        return following in _COMPANY or (following[:1].isupper() and then in _COMPANY)

    def _name_after_all(self, text: str, parts: list[tuple[str, int]], *, certain: bool) -> bool:
        """ "Frau Rat", "Renate Kreis": behind an honorific or a given name even a common noun is a name."""
        return text not in _PRONOUNS and (certain or (len(parts) == 1 and is_given_name(parts[0][0])))

    def _particle(self, j: int, parts: list[tuple[str, int]]) -> bool:
        """ "van" in "van Eck"; "der" only behind another particle ("von der Heide")."""
        text, following = self.line.word(j), self.line.word(j + 1)
        if not following or not (following[0].isupper() or following in _PARTICLES):
            return False
        if text in _INNER_PARTICLES:
            return bool(parts) and parts[-1][0] in _PARTICLES
        if parts and parts[-1][0] not in _PARTICLES and not parts[-1][0].endswith("."):
            return text in ("von", "van", "de") and parts[-1][0] in first_names() and not self._of_a_house(j)
        if self._of_a_house(j):
            return False
        return text not in ("zu", "an", "vom") or self.line.word(j - 1) == "von"

    def _of_a_house(self, j: int) -> bool:
        """ "von der Universität", "von der CDU": the particles lead to no family name."""
        k = j
        while self.line.word(k) in _PARTICLES:
            k += 1
        house = self.line.word(k)
        if house.lower() in titles():
            return True  # "unter dem Vorsitz von Frau Lux"
        return bool(house) and (house.isupper() or group_of(house) is not None or is_office(house))

    def _continues(self, parts: list[tuple[str, int]], j: int, *, sentence_start: bool) -> bool:
        """Tell whether a further word belongs to the name ("Schulze Berge") or not ("Müller Auskunft")."""
        last, text = parts[-1][0], self.line.word(j)
        if is_given_name(last) or last in _PARTICLES or last.endswith("."):
            return True
        if is_office(text) or group_of(text) or text.isupper():
            return False
        if f"{last} {text}" in self.known or " ".join([*(p for p, _ in parts), text]) in self.known:
            return True
        if last in self.known:
            return False
        following = self.line.word(j + 1)
        return sentence_start and (following in ("(", ",") or looks_finite(following))


def _split(texts: list[str], behind: int) -> Name:
    """Divide the parts of a name into given and family names."""
    given: list[str] = []
    if len(texts) == 2 and texts[1] in first_names() and not (is_given_name(texts[0]) or texts[0].endswith(".")):
        return Name(texts[1], texts[0], behind)  # "Lux Stefan" in an attendance list
    while len(texts) > 1 and (is_given_name(texts[0]) or (texts[0].endswith(".") and texts[1] not in _PARTICLES)):
        if len(texts) == 2 and texts[1].endswith("."):
            break
        given.append(texts.pop(0))
    if len(texts) == 3 and texts[1] in ("von", "van", "de") and texts[0] in first_names():
        given.append(texts.pop(0))
    return Name(" ".join(given) or None, " ".join(texts), behind)
