"""What the page needs to make gold of a record and of the corrections that a person makes on it."""

from __future__ import annotations

import json
from typing import TypedDict

from markupsafe import Markup

from corpus.annotating import gold_of
from corpus.captions import one_line, person_caption
from corpus.joining import encodable
from corpus.record import Minutes, Person


class _Voice(TypedDict):
    caption: str
    name: str
    roles: list[str]
    parties: list[str]
    mentions: list[tuple[int, int]]


def review_data(minutes: Minutes, name: str) -> Markup:
    """Return JSON for a script element: text, gold of the record, persons to choose speakers from.

    Turns have, beside the fields of gold, the captions of their speakers (`voices`), and `deferred`. Offsets are those
    of Python, characters and not the units of JavaScript, so the page only hands them on.
    """
    gold = gold_of(minutes)
    fields = gold.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude={"text"})
    captions = {person.id: _caption(person) for person in minutes.persons}
    turns = [
        {
            **written,
            "voices": [captions[id] for id in turn.speakers if captions[id]],
            **({"deferred": True} if turn.status else {}),
        }
        for written, turn in zip(fields.pop("turns", ()), minutes.turns, strict=True)
    ]
    data = {
        "name": name,
        "sha256": gold.sha256,
        "text": gold.text,
        "fields": fields,
        "turns": turns,
        "persons": _persons(minutes, captions),
    }
    # In a script element nothing may look like markup.
    return Markup(json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))


def _persons(minutes: Minutes, captions: dict[str, str]) -> list[_Voice]:
    """Return the persons by caption, speakers first; two of the same caption are one to a reader."""
    speaking = {id for turn in minutes.turns for id in turn.speakers}
    found: dict[str, _Voice] = {}
    for person in sorted(minutes.persons, key=lambda x: (x.id not in speaking, captions[x.id].casefold())):
        caption, name = captions[person.id], encodable(person.name)
        if caption and name:
            voice = found.setdefault(caption, _Voice(caption=caption, name=name, roles=[], parties=[], mentions=[]))
            voice["roles"] += map(encodable, person.roles)
            voice["parties"] += [encodable(person.party)] if person.party else []
            voice["mentions"] = sorted([*voice["mentions"], *person.mentions])
    return list(found.values())


def _caption(person: Person) -> str:
    return one_line(person_caption(person, person.roles[:1], person.party))
