"""Signs for persons, which the list of those present introduces: "Frau Kurz (KU)", and then "KU: ..."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.layout import Layout
from pipeline.lexicon import alternatives, parties
from pipeline.persons import Mention

_SIGN = re.compile(r"(?:,[^,()\n]{1,10})?\s*\((?P<sign>[A-ZÄÖÜ][A-Za-zÄÖÜäöü]{1,3})\)")
_FEWEST = 3  # signs that a list introduces; fewer are offices and parties that look alike


def with_signs(layout: Layout, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Add a mention wherever the sign of a person stands, who is named like the person in the list."""
    known = _introduced(layout, mentions)
    if len(known) < _FEWEST:
        return tuple(mentions)
    text = layout.clean.text
    body = max(person.end for person in known.values())
    taken = [(mention.start, mention.end) for mention in mentions]
    found = []
    for m in re.finditer(rf"(?<![\w(.-])(?:{alternatives(known)})(?![\w)-])", text[body:]):
        start, end = body + m.start(), body + m.end()
        if not any(a < end and start < b for a, b in taken):
            found.append(
                replace(
                    known[m.group()],
                    start=start,
                    end=end,
                    outer_end=end,
                    offices=(),
                    lemmas=(),
                    parties=(),
                    article=None,
                )
            )
    return tuple(sorted((*mentions, *found), key=lambda mention: mention.start))


def _introduced(layout: Layout, mentions: Sequence[Mention]) -> dict[str, Mention]:
    """The signs behind names, each with its person; a sign is letters of the name in their order."""
    return {sign: mention for mention, sign in _signs(layout, mentions) if sign.lower() not in parties()}


def _signs(layout: Layout, mentions: Sequence[Mention]) -> Iterator[tuple[Mention, str]]:
    for mention in mentions:
        m = _SIGN.match(layout.clean.text, mention.end)
        if m is None or mention.kind != "person" or not mention.name:
            continue
        letters = iter(f"{mention.given_name or ''}{mention.name}".lower())
        if all(letter in letters for letter in m["sign"].lower()):
            yield mention, m["sign"]
