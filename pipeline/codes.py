"""Short codes that stand for the persons of the attendance list: "Frau Kurz (KU), Leiterin", later "- KU: ..."."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.lexicon import alternatives
from pipeline.mentions import Mention
from pipeline.roles import is_party

_CODE = re.compile(r"\s\((?P<code>[A-ZÄÖÜ][A-ZÄÖÜa-zäöüß]{0,2}[A-ZÄÖÜ])\)")
_FEWEST = 3  # one bracket with capitals is a party or an abbreviation


def with_codes(text: str, mentions: Sequence[Mention], end: int) -> tuple[Mention, ...]:
    """Add a mention wherever a code of the list stands; the list is looked for before offset `end`."""
    coded = _coded(text, [mention for mention in mentions if mention.end <= end])
    if len(coded) < _FEWEST:
        return tuple(mentions)
    expression = re.compile(rf"(?<![\w(])(?:{alternatives(coded)})(?![\w.])")
    found = [_mention(m, coded) for m in expression.finditer(text, max(m.end for m in coded.values()))]
    return tuple(sorted((*_marked(mentions, coded), *_free(found, mentions)), key=lambda mention: mention.start))


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
