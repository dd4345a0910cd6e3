"""TEI after the recommendations of Parla-CLARIN: one document with its header, its links and its text as it was.

The text of the element `text` is that of the record, character for character, but for two things that XML forbids: a
form feed is left out (`pb` stands for it), another control character becomes U+FFFD. So nothing is indented in there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree import ElementTree as ET

from corpus.record import Minutes
from corpus.tables import RegisterIds
from corpus.writers.tei_header import header
from corpus.writers.tei_text import body
from corpus.writers.tei_words import XmlIds

NAMESPACE = "http://www.tei-c.org/ns/1.0"


def tei(minutes: Minutes, register: RegisterIds | None = None) -> str:
    """Return the document as TEI; with the ids of a register the persons have an `idno` of it."""
    ids = XmlIds(minutes)
    root = ET.Element("TEI", {"xmlns": NAMESPACE, "xml:lang": "de"})
    head = header(minutes, ids, register or {})
    ET.indent(head, level=1)
    root.append(head)
    if len(links := _links(minutes, ids)):
        ET.indent(links, level=1)
        root.append(links)
    text = ET.SubElement(root, "text")
    text.append(body(minutes, ids))
    root.text = "\n  "
    for child in root[:-1]:
        child.tail = "\n  "
    text.tail = "\n"
    # A parser makes a line feed of every bare carriage return; as a reference it stays one.
    written = ET.tostring(root, encoding="unicode").replace("\r", "&#13;")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'


def _links(minutes: Minutes, ids: XmlIds) -> ET.Element:
    """Return what points from one turn to another, or from a decision to persons."""
    links = ET.Element("standOff")
    for kind, pairs in _pairs(minutes, ids):
        if found := list(pairs):
            group = ET.SubElement(links, "linkGrp", {"type": kind})
            for turn, target in found:
                ET.SubElement(group, "link", {"target": f"#{ids.turns[turn]} #{target}"})
    return links


def _pairs(minutes: Minutes, ids: XmlIds) -> Iterator[tuple[str, Iterable[tuple[str, str]]]]:
    turns, decisions = minutes.turns, minutes.decisions
    yield "replies_to", ((turn.id, ids.turns[x]) for turn in turns for x in turn.replies_to)
    yield "extends", ((turn.id, ids.turns[x]) for turn in turns for x in turn.extends)
    yield "amends", ((x.turn, ids.turns[x.amends]) for x in decisions if x.amends)
    yield "movers", ((x.turn, ids.persons[id]) for x in decisions for id in x.movers)
    yield "seconders", ((x.turn, ids.persons[id]) for x in decisions for id in x.seconders)
    yield "excluded", ((x.turn, ids.persons[id]) for x in decisions for id in x.excluded)
