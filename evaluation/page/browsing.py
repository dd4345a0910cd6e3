"""What the error browser shows: every wrong turn in its context, every document with the turns of both sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from evaluation.alignment import align
from evaluation.differences import Difference, differences
from evaluation.harness import Document
from evaluation.page.marking import Piece, Segment, Span, excerpt, found_spans, segments
from evaluation.page.sides import Side, found_sides, gold_sides


@dataclass(frozen=True)
class WrongTurn:
    """A turn with all its faults; `place` is the id of the passage where it begins, else of its document."""

    id: str
    place: str
    name: str
    faults: tuple[Difference, ...]
    gold: Side | None
    found: Side | None
    context: tuple[Piece, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(x.fault for x in self.faults))

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(side.label for side in (self.gold, self.found) if side))

    @property
    def facts(self) -> tuple[tuple[str, str, str], ...]:
        """What either side states besides the label: name, gold's, the system's."""
        rows = (
            (x.name.replace("_", " "), *(getattr(side, x.name) if side else "" for side in (self.gold, self.found)))
            for x in fields(Side)
            if x.name != "label"
        )
        return tuple((name, gold, found) for name, gold, found in rows if gold or found)


@dataclass(frozen=True)
class Passage:
    """A part of a document's text and the turns that it lies in, `begins_…` if as their first part.

    `wrong` are the ids of the wrong turns that begin here.
    """

    id: str
    text: str
    gold: Side | None
    found: Side | None
    begins_gold: bool
    begins_found: bool
    wrong: tuple[str, ...]


@dataclass(frozen=True)
class Browsed:
    """A document to read; `missing` is one that the system gave no record for."""

    id: str
    name: str
    style: str
    missing: bool
    turns: int
    wrong: tuple[WrongTurn, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Facet:
    """A property to choose wrong turns by: its values with the number of wrong turns, the most frequent first."""

    name: str
    plural: str
    values: tuple[tuple[str, int], ...]


def browse(documents: Iterable[Document]) -> tuple[Browsed, ...]:
    """Lay out documents for reading, in their order."""
    return tuple(_browsed(document, f"d{number}") for number, document in enumerate(documents, 1))


def facets(documents: Iterable[Browsed]) -> tuple[Facet, ...]:
    """Return what the wrong turns can be chosen by: kind of fault, house style, label on either side."""
    wrong = [(document.style, turn) for document in documents for turn in document.wrong]
    return (
        _facet("kind", "kinds", (kind for _, turn in wrong for kind in turn.kinds)),
        _facet("style", "styles", (style for style, _ in wrong)),
        _facet("label", "labels", (label for _, turn in wrong for label in turn.labels)),
    )


def _facet(name: str, plural: str, values: Iterable[str]) -> Facet:
    return Facet(name, plural, tuple(sorted(Counter(values).items(), key=lambda x: (-x[1], x[0]))))


@dataclass(frozen=True)
class _Layout:
    """A document cut into parts, with the turns of both sides and the first part of each."""

    document: Document
    parts: tuple[Segment, ...]
    gold_spans: tuple[Span, ...]
    found_spans: tuple[Span, ...]
    gold: tuple[Side, ...]
    found: tuple[Side, ...]
    first_of_gold: dict[int | None, int]
    first_of_found: dict[int | None, int]

    @classmethod
    def of(cls, document: Document) -> _Layout:
        text = document.gold.text
        golds = tuple((turn.start, turn.end) for turn in document.gold.turns)
        founds = found_spans(document, align(text, document.minutes.text))
        # White space between turns is no part.
        parts = tuple(x for x in segments(len(text), golds, founds) if text[x.start : x.end].strip())
        sides = gold_sides(document.gold), found_sides(document.minutes)
        return cls(
            document, parts, golds, founds, *sides, _firsts(x.gold for x in parts), _firsts(x.found for x in parts)
        )


def _browsed(document: Document, id: str) -> Browsed:
    layout = _Layout.of(document)
    groups = _by_turn(differences(document.gold, document.minutes))
    wrong = tuple(_wrong_turn(layout, faults, id, number) for number, faults in enumerate(groups, 1))
    passages = tuple(_passage(layout, id, number, wrong) for number in range(len(layout.parts)))
    turns = len(document.gold.turns)
    return Browsed(id, document.name, document.style, document.missing, turns, wrong, passages)


def _wrong_turn(layout: _Layout, faults: tuple[Difference, ...], id: str, number: int) -> WrongTurn:
    """Return the turn of these faults; `id` is that of its document."""
    first = faults[0]
    i = first.gold
    j = next((j for j, turn in enumerate(layout.document.minutes.turns) if turn.id == first.turn), None)
    part = layout.first_of_gold.get(i, layout.first_of_found.get(j))
    names = (*([f"gold turn {i}"] if i is not None else []), *([f"predicted turn {first.turn}"] if first.turn else []))
    spans = (None if i is None else layout.gold_spans[i], None if j is None else layout.found_spans[j])
    return WrongTurn(
        id=f"{id}-e{number}",
        place=id if part is None else _passage_id(id, part),
        name=", ".join(names) or "document",
        faults=faults,
        gold=None if i is None else layout.gold[i],
        found=None if j is None else layout.found[j],
        context=excerpt(layout.document.gold.text, *spans, first.excerpt),
    )


def _passage(layout: _Layout, id: str, number: int, wrong: Iterable[WrongTurn]) -> Passage:
    """Return a part as the passage with this number; `id` is that of its document."""
    part, own = layout.parts[number], _passage_id(id, number)
    return Passage(
        id=own,
        text=layout.document.gold.text[part.start : part.end].strip("\r\n"),
        gold=None if part.gold is None else layout.gold[part.gold],
        found=None if part.found is None else layout.found[part.found],
        begins_gold=layout.first_of_gold.get(part.gold) == number,
        begins_found=layout.first_of_found.get(part.found) == number,
        wrong=tuple(turn.id for turn in wrong if turn.place == own),
    )


def _passage_id(id: str, number: int) -> str:
    return f"{id}-p{number}"


def _by_turn(faults: Sequence[Difference]) -> Iterable[tuple[Difference, ...]]:
    """Group the faults of one turn; a fault of no turn stands alone."""
    groups: dict[tuple[int | None, str | None, int], list[Difference]] = {}
    for number, fault in enumerate(faults):
        alone = fault.gold is None and fault.turn is None
        groups.setdefault((fault.gold, fault.turn, number if alone else -1), []).append(fault)
    return map(tuple, groups.values())


def _firsts(turns: Iterable[int | None]) -> dict[int | None, int]:
    """Return the number of the first part of each turn."""
    firsts: dict[int | None, int] = {}
    for number, turn in enumerate(turns):
        if turn is not None:
            firsts.setdefault(turn, number)
    return firsts
