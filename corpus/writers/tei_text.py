"""The text of a TEI document: items of the agenda as `div`, turns as `u`, the rest as `p` and `note`, pages as `pb`."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from corpus.record import AgendaItem, Decision, Minutes, Turn, Votes
from corpus.writers.tei_words import XmlIds, add, pointers, speakable

# What XML takes for white space may stand between elements; a no-break space may not.
_PARAGRAPH = re.compile(
    r"""
    [^ \t\r\n\f] (?: .*? [^ \t\r\n\f] )??
    (?= [ \t\r\n\f]* (?: \n [ \t\r\f]* \n | \Z ) )
    """,
    re.DOTALL | re.VERBOSE,
)


@dataclass(frozen=True)
class _Mark:
    """An element around a part of the text."""

    start: int
    end: int
    tag: str
    attributes: dict[str, str | None]


@dataclass(frozen=True)
class _Section:
    """A part of the text that is one `div`: an item of the agenda, or what stands outside of all."""

    start: int
    end: int
    item: AgendaItem | None


@dataclass(frozen=True)
class _Block:
    """A part of the text that is one `head`, `u`, `p` or `note`."""

    start: int
    end: int
    tag: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    decision: Decision | None = None


def body(minutes: Minutes, ids: XmlIds) -> ET.Element:
    """Return the element `body`; the texts in it are together the text of the record, as far as XML can hold it."""
    sections = list(_sections(minutes))
    starts = [turn.start for turn in minutes.turns]
    decisions = {decision.turn: decision for decision in reversed(minutes.decisions)}
    blocks = []
    for section in sections:
        turns = minutes.turns[bisect_left(starts, section.start) : bisect_left(starts, section.end)]
        spoken = [_turn(turn, decisions.get(turn.id), ids) for turn in turns]
        blocks.append(list(_blocks(section, spoken, minutes.text)))
    marks = iter(_marks_of([block for found in blocks for block in found], _marks(minutes, ids)))
    scribe = _Scribe(minutes)
    root = ET.Element("body")
    for section, found in zip(sections, blocks, strict=True):
        scribe.section(root, section, [(block, next(marks)) for block in found], ids)
    return root


def _sections(minutes: Minutes) -> Iterator[_Section]:
    """Yield sections that tile the text; none begins or ends within a turn."""
    turns = minutes.turns
    starts = [turn.start for turn in turns]

    def outside(at: int) -> int:
        n = bisect_right(starts, at) - 1
        return turns[n].end if n >= 0 and turns[n].start < at < turns[n].end else at

    items = sorted(minutes.agenda, key=lambda item: item.start)
    begins = [*(outside(item.start) for item in items), len(minutes.text)]
    at = 0
    for item, start, following in zip(items, begins[:-1], begins[1:], strict=True):
        if at < start:
            yield _Section(at, start, None)
            at = start
        end = min(outside(item.end), following)
        if at < end:
            yield _Section(at, end, item)
            at = end
    if at < len(minutes.text):
        yield _Section(at, len(minutes.text), None)


def _blocks(section: _Section, turns: Sequence[_Block], text: str) -> Iterator[_Block]:
    at = section.start
    item = section.item
    if item:
        end = min(item.heading_end, section.end, turns[0].start if turns else section.end)
        if at == item.start and at < end:
            yield _Block(at, end, "head")
            at = end
    for turn in turns:
        yield from _paragraphs(text, at, turn.start, item)
        yield turn
        at = turn.end
    yield from _paragraphs(text, at, section.end, item)


def _paragraphs(text: str, start: int, end: int, item: AgendaItem | None) -> Iterator[_Block]:
    for found in _PARAGRAPH.finditer(text, start, end):
        # Under an item it is the clerk who tells what happens; outside it is head, list or signature.
        if item:
            yield _Block(found.start(), found.end(), "note", {"type": "narration"})
        else:
            yield _Block(found.start(), found.end(), "p")


def _turn(turn: Turn, decision: Decision | None, ids: XmlIds) -> _Block:
    categories = [f"label.{turn.label}"] if turn.label else []
    categories += [f"outcome.{decision.outcome}"] if decision else []
    categories += [f"status.{turn.status}"] if turn.status else []
    categories += [f"mood.{turn.mood}"] if turn.mood else []
    attributes = {
        "xml_id": ids.turns[turn.id],
        "ana": pointers(categories),
        "cert": None if turn.confidence is None else str(turn.confidence),
    }
    if turn.label == "decision" and not turn.speakers:  # nobody utters it
        return _Block(turn.start, turn.end, "note", {"type": "decision", **attributes}, decision)
    attributes["who"] = pointers(ids.persons[id] for id in turn.speakers)
    attributes["toWhom"] = pointers(ids.persons[id] for id in turn.addressees)
    return _Block(turn.start, turn.end, "u", attributes, decision)


def _marks(minutes: Minutes, ids: XmlIds) -> Iterator[_Mark]:
    """Yield what is marked within blocks, the more important first: of two that cross, the later is left out."""
    for decision in minutes.decisions:
        of = pointers([ids.turns[decision.turn]])
        if decision.wording:
            yield _Mark(*decision.wording, "seg", {"type": "wording", "corresp": of})
        for part in decision.parts:
            kind = {"type": "part", "n": part.label, "corresp": of, "ana": f"#outcome.{part.outcome}"}
            yield _Mark(*part.span, "seg", {**kind})
        yield from (_Mark(*span, "seg", {"type": "result", "corresp": of}) for span in decision.evidence)
    for turn in minutes.turns:
        yield from (_Mark(*span, "seg", {"type": "content"}) for span in turn.content)
        if turn.cue:
            yield _Mark(*turn.cue, "seg", {"type": "cue"})
    for item in minutes.agenda:
        at = minutes.text.find(item.paper, item.start, item.heading_end) if item.paper else -1
        if item.paper and at >= 0:
            yield _Mark(at, at + len(item.paper), "idno", {"type": "paper"})
    named: dict[tuple[int, int], list[str]] = {}
    kinds = {}
    for person in minutes.persons:
        for span in person.mentions:
            named.setdefault(span, []).append(ids.persons[person.id])
            called = person.kind == "person" and person.name in minutes.text[span[0] : span[1]]
            kinds[span] = "persName" if called else "orgName" if person.kind == "group" else "rs"
    for span, who in named.items():
        yield _Mark(*span, kinds[span], {"ref": pointers(who)})


def _marks_of(blocks: Sequence[_Block], marks: Iterable[_Mark]) -> list[list[_Mark]]:
    """Return the marks of each block, cut where they reach beyond it, sorted and properly nested."""
    starts = [block.start for block in blocks]
    found: list[list[_Mark]] = [[] for _ in blocks]
    for mark in marks:
        n = max(bisect_right(starts, mark.start) - 1, 0)
        while n < len(blocks) and blocks[n].start < mark.end:
            start, end = max(mark.start, blocks[n].start), min(mark.end, blocks[n].end)
            if start < end and not any(_cross(start, end, other) for other in found[n]):
                found[n].append(_Mark(start, end, mark.tag, mark.attributes))
            n += 1
    return [sorted(marks, key=lambda mark: (mark.start, -mark.end)) for marks in found]


def _cross(start: int, end: int, other: _Mark) -> bool:
    return start < other.start < end < other.end or other.start < start < other.end < end


class _Scribe:
    """Writes the text part by part, each character once, and `pb` where a page begins."""

    def __init__(self, minutes: Minutes) -> None:
        self._text = minutes.text
        self._pages = [start for start, _ in minutes.pages or ()]

    def section(
        self, root: ET.Element, section: _Section, blocks: Sequence[tuple[_Block, list[_Mark]]], ids: XmlIds
    ) -> None:
        if not blocks:
            self._write(root, section.start, section.end)
            return
        if section.item:
            level = f"level{section.item.level}"
            item = section.item
            div = add(root, "div", type="agendaItem", subtype=level, xml_id=ids.items[item.id], n=item.number)
        else:
            div = add(root, "div", type="preface" if section.start == 0 else "outside")
        at = section.start
        for block, marks in blocks:
            self._write(div, at, block.start)
            element = add(div, block.tag, **block.attributes)
            self._fill(element, block.start, block.end, marks)
            if block.decision:
                _add_votes(element, block.decision)
            at = block.end
        self._write(div, at, section.end)

    def _fill(self, parent: ET.Element, start: int, end: int, marks: Sequence[_Mark]) -> None:
        at, n = start, 0
        while n < len(marks):
            mark = marks[n]
            inner = next((m for m in range(n + 1, len(marks)) if marks[m].start >= mark.end), len(marks))
            self._write(parent, at, mark.start)
            self._fill(add(parent, mark.tag, **mark.attributes), mark.start, mark.end, marks[n + 1 : inner])
            at, n = mark.end, inner
        self._write(parent, at, end)

    def _write(self, parent: ET.Element, start: int, end: int) -> None:
        n = bisect_right(self._pages, start - 1)
        while n < len(self._pages) and self._pages[n] < end:
            _append(parent, speakable(self._text[start : self._pages[n]]))
            add(parent, "pb", n=str(n + 1))
            start = self._pages[n]
            n += 1
        _append(parent, speakable(self._text[start:end]))


def _append(parent: ET.Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _add_votes(element: ET.Element, decision: Decision) -> None:
    """Append the counted votes; they hold numbers in attributes and no text."""
    if decision.votes:
        _add_count(element, decision.votes)
    for party, votes in decision.by_party.items():
        _add_count(element, votes, subtype="party", n=party)
    for number, votes in enumerate(decision.rounds, 1):
        _add_count(element, votes, subtype="round", n=str(number))
    for part in decision.parts:
        if part.votes:
            _add_count(element, part.votes, subtype="part", n=part.label)


def _add_count(element: ET.Element, votes: Votes, **attributes: str) -> None:
    group = add(element, "measureGrp", type="votes", **attributes)
    for kind, number in (("yes", votes.yes), ("no", votes.no), ("abstain", votes.abstain)):
        if number is not None:
            add(group, "measure", type=kind, quantity=str(number), unit="vote")
