"""What header and text of a TEI document share: ids that XML allows, text that XML allows, categories."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import get_args
from xml.etree import ElementTree as ET

from corpus.record import LABELS, Minutes, Mood, Outcome

CATEGORIES = {
    "label": LABELS,
    "outcome": get_args(Outcome),
    "status": ("deferred",),
    "mood": get_args(Mood),
}
"""The taxonomies of the header; `ana` points to them: "#label.question", "#outcome.adopted"."""

BODY = "body"

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")  # no full stop: ids with one are ours
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class XmlIds:
    """The `xml:id` of each person, item, turn and party: the id of the record, where XML allows it and it is free."""

    def __init__(self, minutes: Minutes) -> None:
        self._taken = {BODY}
        self.persons = self._named("person", (person.id for person in minutes.persons))
        self.items = self._named("item", (item.id for item in minutes.agenda))
        self.turns = self._named("turn", (turn.id for turn in minutes.turns))
        parties = dict.fromkeys(
            [person.party for person in minutes.persons if person.party]
            + [party for turn in minutes.turns for party in turn.parties]
            + [party for decision in minutes.decisions for party in decision.by_party]
        )
        self.parties = {party: f"party.{number}" for number, party in enumerate(parties, 1)}

    def _named(self, kind: str, ids: Iterable[str]) -> dict[str, str]:
        named: dict[str, str] = {}
        for number, id in enumerate(ids, 1):
            named[id] = id if _NAME.fullmatch(id) and id not in self._taken else f"{kind}.{number}"
            self._taken.add(named[id])
        return named


def speakable(text: str) -> str:
    """Return text without form feeds, and with U+FFFD for other characters that XML forbids."""
    return _FORBIDDEN.sub("\ufffd", text.replace("\f", ""))


def add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str | None) -> ET.Element:
    """Append an element with the attributes that are not `None`; "xml_id" is `xml:id`."""
    given = {name.replace("_", ":"): speakable(value) for name, value in attributes.items() if value is not None}
    element = ET.SubElement(parent, tag, given)
    if text is not None:
        element.text = speakable(text)
    return element


def pointers(ids: Iterable[str]) -> str | None:
    """Return "#p1 #p2", or `None` for no ids."""
    return " ".join(f"#{id}" for id in ids) or None
