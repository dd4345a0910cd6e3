"""Roles and parties of mentions: brackets behind the name, appositions, parties joined to an office."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from pipeline.lexicon import alternatives, parties, pattern
from pipeline.nominals import is_office
from pipeline.persons import ClosedSpan, Mention
from pipeline.words import words_of

_BRACKET = re.compile(r"\s*[(\[](?P<inside>[^()\[\]\n]{1,90})[)\]]")
_APPOSITION = re.compile(
    r",\s+(?P<article>(?:der|die|das|ein|eine|als)\s+)?(?P<phrase>[^,.;:()\n]{3,110})(?P<close>,|(?=[.;:\n]))"
)
_SEPARATOR = re.compile(r"\s*[,;]\s*|\s+–\s+")
_LOCATION = pattern("roles.location")


@cache
def _party() -> re.Pattern[str]:
    return re.compile(
        rf"(?:Fraktion(?:\s+der)?\s+)?(?:{alternatives(parties())})(?:-Fraktion|fraktion)?\.?", re.IGNORECASE
    )


def is_party(text: str) -> bool:
    """Tell whether a bracket holds a party or a joint group ("FW|FÜR", "CDU/FDP", "DIE LINKE.")."""
    text = " ".join(re.sub(r"-\s+(?=[a-zA-Z])", "", text).split())
    if _party().fullmatch(text):
        return True
    parts = [p for p in re.split(r"\s*[/|+&]\s*|\s+und\s+", text) if p]
    return len(parts) > 1 and any(_party().fullmatch(p) for p in parts)


def attach_roles(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Give each mention the offices and parties written around it; an office and a name in apposition become one.

    "Der Ausschussvorsitzende, Herr A.," is one mention, "Herr Dreier, Leiter des Zentrums," has a role,
    "Stadtrat Hock (FDP)" a party, "Herr Lipp (Ordnungsamt)" a role.
    """
    done: list[Mention] = []
    for n, mention in enumerate(mentions):
        if done and _names_office(text, done[-1], mention):
            before = done.pop()
            mention = replace(
                mention,
                start=before.offices[0][0] if before.offices else mention.start,
                offices=before.offices + mention.offices,
                lemmas=before.lemmas + mention.lemmas,
                office_kind=before.office_kind,
                head=before.head,
                nominative=before.nominative if mention.nominative is not False else False,
                article=before.article,
            )
        following = mentions[n + 1].start if n + 1 < len(mentions) and mentions[n + 1].kind == "person" else len(text)
        done.append(_behind(text, _joined_party(text, mention), following))
    return done


def _names_office(text: str, office: Mention, person: Mention) -> bool:
    """ "Der Vorsitzende, Herr A.," but not "der Vorsitzende, Herr A. und Frau B."."""
    if office.kind == "citizen" and person.kind == "person" and person.honorific and office.article in ("ein", "eine"):
        return text[office.end : person.start] == ", "  # "Eine Anwohnerin, Frau K., fragt"
    if office.kind != "office" or person.kind != "person" or not person.honorific or not office.offices:
        return False
    if office.article in ("ein", "eine") or (person.honorific == "Herrn" and office.nominative is not False):
        return False  # "begrüßt der Vorsitzende Herrn Lux"
    if office.gender and person.gender and office.gender != person.gender:
        return False
    between = text[office.end : person.start]
    return (between == ", " and text[person.end : person.end + 1] in (",", ".", " ")) or between == " "


def _joined_party(text: str, mention: Mention) -> Mention:
    for start, end in mention.offices[:1]:
        first = text[start:end].split("-", 1)
        if len(first) == 2 and first[0].lower() in parties():
            return replace(mention, parties=(*mention.parties, (start, start + len(first[0]))))
    return mention


def _behind(text: str, mention: Mention, following: int) -> Mention:
    end = mention.end
    offices: list[ClosedSpan] = []
    found_parties: list[ClosedSpan] = []
    m = _BRACKET.match(text, end)
    if (m and mention.kind != "group") or (m and is_party(m["inside"])):
        pos = m.start("inside")
        for part in _SEPARATOR.split(m["inside"]):
            start = text.index(part, pos) if part else pos
            pos = start + len(part)
            if not part.strip() or _LOCATION.match(part):
                continue
            kind = _bracket_kind(part, mention)
            if kind == "party":
                found_parties.append((start, pos))
            elif kind == "role":
                offices.append((start, pos))
        end = m.end()
    if mention.kind in ("person", "office") and mention.name:
        m = _APPOSITION.match(text, end)
        while m and m.end("phrase") <= following:
            phrase = m["phrase"]
            first = words_of(phrase)[:4]
            if is_party(phrase):
                found_parties.append((m.start("phrase"), m.end("phrase")))
            elif (
                first and first[0].text[0].isupper() and any(is_office(w.text) for w in first) and not _has_name(phrase)
            ):
                offices.append((m.start("phrase"), m.end("phrase")))
            else:
                break
            end = m.end()
            m = _APPOSITION.match(text, end - 1) if m["close"] else None
            if len(offices) + len(found_parties) > 3:
                break
    office_kind = mention.office_kind or ("administration" if offices and mention.kind == "person" else None)
    return replace(
        mention,
        office_kind=office_kind,
        offices=mention.offices + tuple(offices),
        parties=mention.parties + tuple(found_parties),
        outer_end=end,
    )


def _bracket_kind(part: str, mention: Mention) -> str | None:
    """A party by the lexicon; an unknown short name behind a council office is a party too, all else a role."""
    if is_party(part):
        return "party"
    words = words_of(part)
    if any(is_office(w.text) for w in words):
        return "role"
    if not words or not any(w.text[0].isupper() for w in words):
        return None
    if (
        mention.office_kind == "mandate"
        and len(part) <= 24
        and not re.search(r"(?i)amt\b|abteilung|bereich|referat", part)
    ):
        return "party"
    return "role"


def _has_name(phrase: str) -> bool:
    return bool(re.search(r"\b(?:Herrn?|Frau)\b", phrase))
