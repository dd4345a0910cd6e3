"""Short codes that stand for the persons of the attendance list: "Frau Kurz (KU), Leiterin", later "- KU: ...".

A code abbreviates the name, or what the person is in the house: "Kurz (SchwbV)" is whom "SchwbV: ..." labels.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.lexicon import alternatives
from pipeline.mentions import Mention
from pipeline.roles import is_party

_CODE = re.compile(r"\s\((?P<code>[A-ZÄÖÜ][A-ZÄÖÜa-zäöüß]{0,2}[A-ZÄÖÜ])\)")
_NOTE = re.compile(r"\s\((?P<code>[\w. -]{1,20})\)")
_NOTED = re.compile(r"(?P<code>[A-ZÄÖÜ][\w.-]*)\s\($")
_FEWEST = 3  # one bracket with capitals is a party or an abbreviation


def with_codes(
    text: str, mentions: Sequence[Mention], end: int, labels: frozenset[str] = frozenset()
) -> tuple[Mention, ...]:
    """Add a mention wherever a code of the list stands; the list is looked for before offset `end`.

    `labels` are what speakers are called in front of colons.
    """
    mentions = _functions(text, mentions, end, labels)
    coded = _coded(text, [mention for mention in mentions if mention.end <= end])
    if len(coded) < _FEWEST:
        return tuple(mentions)
    expression = re.compile(rf"(?<![\w(])(?:{alternatives(coded)})(?![\w.])")
    found = [_mention(m, coded) for m in expression.finditer(text, max(m.end for m in coded.values()))]
    return tuple(sorted((*_marked(mentions, coded), *_free(found, mentions)), key=lambda mention: mention.start))


def _functions(text: str, mentions: Sequence[Mention], end: int, labels: frozenset[str]) -> tuple[Mention, ...]:
    """Name the speakers whom labels call by what the list says in brackets behind one name only."""
    bearers: dict[str, Mention] = {}
    names: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        if mention.end > end or not (mention.name or "")[:1].isalpha():
            continue
        m = _NOTE.match(text, mention.end) or _NOTED.search(text, max(0, mention.start - 24), mention.start)
        if m and m["code"] in labels and not is_party(m["code"]):
            bearers.setdefault(m["code"], mention)
            names[m["code"]].add(mention.name or "")
    codes = {code: bearer for code, bearer in bearers.items() if len(names[code]) == 1}
    return tuple(_called(m, text[m.start : m.end], codes) for m in mentions) if codes else tuple(mentions)


def _called(mention: Mention, written: str, bearers: Mapping[str, Mention]) -> Mention:
    bearer = bearers.get(written)
    if bearer is None:
        return mention
    named = replace(mention, kind="person", name=bearer.name, given_name=bearer.given_name, head=None)
    return replace(named, gender=bearer.gender, office_kind=None, offices=(), lemmas=())


def _coded(text: str, listed: Iterable[Mention]) -> dict[str, Mention]:
    """The persons of the list by code: its letters are the first of the name, or of given and family name."""
    coded: dict[str, Mention] = {}
    for mention in listed:
        m = _CODE.match(text, mention.end)
        if m and mention.name and not is_party(m["code"]) and _abbreviates(m["code"], mention):
            coded.setdefault(m["code"], mention)
    return coded


def _abbreviates(code: str, mention: Mention) -> bool:
    low, family = code.casefold(), (mention.name or "").casefold()
    initials = (mention.given_name or "")[:1].casefold() + family[:1]
    return family.startswith(low[:2]) or low == initials


def _mention(m: re.Match[str], coded: Mapping[str, Mention]) -> Mention:
    bearer = coded[m.group()]
    return Mention(
        m.start(),
        m.end(),
        "person",
        bearer.name,
        bearer.given_name,
        gender=bearer.gender,
        outer_end=m.end(),
        code=m.group(),
    )


def _marked(mentions: Sequence[Mention], coded: Mapping[str, Mention]) -> list[Mention]:
    """Give the persons of the list their code, by which two of one name are told apart."""
    codes = {id(mention): code for code, mention in coded.items()}
    return [replace(m, code=codes[id(m)]) if id(m) in codes else m for m in mentions]


def _free(found: Iterable[Mention], mentions: Sequence[Mention]) -> list[Mention]:
    taken = {offset for mention in mentions for offset in range(mention.start, mention.end)}
    return [mention for mention in found if mention.start not in taken]
