"""Roles and parties of mentions: brackets behind the name, appositions, parties joined to an office."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from pipeline.lexicon import alternatives, parties, pattern, word_set
from pipeline.mentions import ClosedSpan, Mention
from pipeline.nominals import is_office
from pipeline.words import words_of

_BRACKET = re.compile(r"\s*[(\[](?P<inside>[^()\[\]\n]{1,90})[)\]]")
_APPOSITION = re.compile(
    r",\s+(?P<article>(?:der|die|das|ein|eine|als)\s+)?(?P<phrase>[^,.;:()\n]{3,110})(?P<close>,|(?=[.;:\n]))"
)
_SEPARATOR = re.compile(r"\s*[,;]\s*|\s+–\s+")
_HONORIFIC = re.compile(r"\b(?:Herrn?|Frau)\b")
_COMPLEMENT = re.compile(r"\s(?:des|der|vom|für)\s[^,.]{2,50}, ")
_OF_BODY = re.compile(r"\s(?:des|der)\s[A-ZÄÖÜ][\w-]+\s")
_GOES_ON = re.compile(r",\s[a-zäöü]")
_DEPARTMENT = re.compile(r"(?i)amt\b|abteilung|bereich|referat")
_LOCATION = pattern("roles.location")
_OTHER_MEMBERS = word_set("roles.other_members")
_FEW_MEMBERS = 2


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

    "Der Ausschussvorsitzende, Herr A.," is one mention, "Herr Ahlers, Leiter des Zentrums," has a role,
    "Stadtrat Thoma (FDP)" a party, "Herr Lutz (Ordnungsamt)" a role.
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
    return _by_council(done)


def _by_council(mentions: list[Mention]) -> list[Mention]:
    """Settle what a Stadtrat is: a member of the council, or of the executive where members are called otherwise.

    "Stadtrat Lux" sits in the council of Karlsruhe, but beside "Stv. Zeh" (Hesse), "Ratsherr Zeh" (Lower Saxony) or
    "GR Zeh" (Austria) he governs.
    """
    members = {m.name for m in mentions if m.name and _OTHER_MEMBERS & {lemma.lower() for lemma in m.lemmas}}
    if len(members) < _FEW_MEMBERS:
        return mentions
    return [
        replace(m, office_kind="executive") if m.office_kind == "mandate" and "Stadtrat" in m.lemmas[:1] else m
        for m in mentions
    ]


def _names_office(text: str, office: Mention, person: Mention) -> bool:
    """ "Der Vorsitzende, Herr A.," but not "der Vorsitzende, Herr A. und Frau B."."""
    between = text[office.end : person.start]
    if office.kind == "citizen" and person.kind == "person" and person.honorific and office.nominative is not False:
        return between == ", "  # "Eine Anwohnerin, Frau K., fragt"
    if office.kind != "office" or person.kind != "person" or not office.offices:
        return False
    if not person.honorific:
        return _named_between_commas(text, office, person, between)
    if office.article in ("ein", "eine") or (person.honorific == "Herrn" and office.nominative is not False):
        return False  # "begrüßt der Vorsitzende Herrn Lux"
    if office.gender and person.gender and office.gender != person.gender:
        return False
    if office.article in ("der", "die") and _COMPLEMENT.fullmatch(between):
        return True  # "Der Leiter des Bauhofs, Herr Lux, erläutert"
    return (between == ", " and text[person.end : person.end + 1] in (",", ".", " ")) or between == " "


def _named_between_commas(text: str, office: Mention, person: Mention, between: str) -> bool:
    """ "Die Kassenwartin, Ida Lux, legt ..." and "Der Obmann des Bauausschusses GV Lux", but no list of people."""
    if office.article not in ("der", "die") or office.nominative is False:
        return False
    if office.gender and person.gender and office.gender != person.gender:
        return False
    if _OF_BODY.fullmatch(between):
        return bool(person.offices)
    return between == ", " and bool(person.given_name) and bool(_GOES_ON.match(text, person.outer_end))


def _joined_party(text: str, mention: Mention) -> Mention:
    for start, end in mention.offices[:1]:
        first = text[start:end].split("-", 1)
        if len(first) == 2 and first[0].lower() in parties():
            return replace(mention, parties=(*mention.parties, (start, start + len(first[0]))))
    return mention


def _behind(text: str, mention: Mention, following: int) -> Mention:
    """Read bracket and appositions behind a mention; no apposition reaches the person named at `following`."""
    offices: list[ClosedSpan] = []
    found_parties: list[ClosedSpan] = []
    end = mention.end
    m = _BRACKET.match(text, end)
    if m and (mention.kind != "group" or is_party(m["inside"])):
        for start, stop, kind in _bracket_parts(m, mention):
            (found_parties if kind == "party" else offices).append((start, stop))
        end = m.end()
    while mention.name and len(offices) + len(found_parties) <= 3:
        m = _APPOSITION.match(text, end)
        if not m or m.end("phrase") > following:
            break
        span = m.span("phrase")
        if is_party(m["phrase"]):
            found_parties.append(span)
        elif _office_phrase(m["phrase"]):
            offices.append(span)
        else:
            break
        end = m.end()
        if not m["close"]:
            break
        end -= 1  # the comma may open another apposition
    if not offices and not found_parties and end == mention.outer_end:
        return mention
    if end < len(text) and text[end] == "," and offices:
        end += 1
    office_kind = mention.office_kind or ("administration" if offices and mention.kind == "person" else None)
    return replace(
        mention,
        office_kind=office_kind,
        offices=mention.offices + tuple(offices),
        parties=mention.parties + tuple(found_parties),
        outer_end=end,
    )


def _bracket_parts(m: re.Match[str], mention: Mention) -> Iterator[tuple[int, int, str]]:
    inside, pos = m["inside"], 0
    for part in _SEPARATOR.split(inside):
        start = inside.index(part, pos)
        pos = start + len(part)
        kind = None if _LOCATION.match(part) else _bracket_kind(part, mention)
        if part.strip() and kind:
            yield m.start("inside") + start, m.start("inside") + pos, kind


def _office_phrase(phrase: str) -> bool:
    """ "Leiter des Zentrums", not "der das Zentrum leitet"."""
    first = words_of(phrase)[:4]
    opens = bool(first) and first[0].text[0].isupper() and any(is_office(word.text) for word in first)
    return opens and not _HONORIFIC.search(phrase)


def _bracket_kind(part: str, mention: Mention) -> str | None:
    """A party by the lexicon; an unknown short name behind a council office is a party too, all else a role."""
    if is_party(part):
        return "party"
    words = words_of(part)
    if any(is_office(w.text) for w in words):
        return "role"
    if not words or not any(w.text[0].isupper() for w in words):
        return None
    if mention.office_kind == "mandate" and len(part) <= 24 and not _DEPARTMENT.search(part):
        return "party"
    return "role"
