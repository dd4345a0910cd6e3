"""An annotation as regions of text with attributes and links: what tools that draw on text can hold.

Label Studio and doccano know only labelled regions. Here each turn, mention, heading, attendee and fact of the
meeting becomes a region, whatever says more about it becomes attributes of strings, and back again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from corpus.collection import Document
from corpus.gold import FACTS, Gold, GoldTurn
from corpus.record import LABELS, Votes

MENTION, AGENDA, ATTENDEE = "speaker", "agenda_item", "attendee"
REGION_LABELS = (*LABELS, MENTION, AGENDA, ATTENDEE, *FACTS)
"""What a region can be labelled: the five labels of turns, and one for each other layer."""

LISTS = ("speakers", "roles", "parties", "addressees")
"""The attributes that may have several values."""

_WORD = re.compile(r"\w")


@dataclass(frozen=True)
class Region:
    """A labelled span; an attribute has one or more strings."""

    label: str
    start: int
    end: int
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Regions:
    """All of a document: regions, links from answer to question by the numbers of their regions, and the rest.

    `document` holds what belongs to no place in the text: chair, whether the sitting was public, notes, origin,
    sentences.
    """

    name: str
    text: str
    regions: tuple[Region, ...]
    links: tuple[tuple[int, int], ...]
    document: Mapping[str, Any]


def to_regions(document: Document) -> Regions:
    """Return the annotation as regions; turns come first, in their order."""
    gold = document.gold
    regions = [Region(turn.label, turn.start, turn.end, _turn_attributes(turn)) for turn in gold.turns]
    regions += (Region(MENTION, start, end) for turn in gold.turns for start, end in turn.speaker_mentions)
    regions += (
        Region(AGENDA, item.start, item.end, _stated(number=item.number, title=item.title)) for item in gold.agenda
    )
    for entry in gold.attendance:
        lists = {name: getattr(entry, name) for name in ("roles", "parties") if getattr(entry, name)}
        stated = _stated(person=entry.person, status=entry.status, arrives=entry.from_, leaves=entry.until)
        regions.append(Region(ATTENDEE, entry.start, entry.end, stated | lists))
    regions += (
        Region(name, fact.start, fact.end, {"value": (fact.value,)}) for name, fact in gold.meeting.facts.items()
    )
    rest = gold.model_dump(
        mode="json", exclude_defaults=True, include={"origin": True, "notes": True, "sentences": True}
    )
    meeting = gold.meeting.model_dump(exclude_none=True, include={"chair", "public"})
    return Regions(
        document.name,
        gold.text,
        tuple(regions),
        tuple((i, reply) for i, turn in enumerate(gold.turns) for reply in turn.replies_to),
        rest | meeting,
    )


def from_regions(regions: Regions, problems: list[str]) -> Document:
    """Build the annotation again, wherever the regions stand in the list.

    People who correct an annotation leave it in half: what does not fit any more is mended (outcomes of what is no
    decision, links that join no answer to a question, mentions outside of turns, borders with white space), and each
    mending is added to `problems`. A mention belongs to the turn that it lies in; sentences are cut again at the
    borders of turns. Raises `ValueError` for an unknown label, turns that overlap, and what `Gold` does not accept.
    """
    for region in regions.regions:
        if region.label not in REGION_LABELS:
            raise ValueError(f"the label {region.label!r} is unknown; there are {', '.join(REGION_LABELS)}")
        if not 0 <= region.start < region.end <= len(regions.text):
            raise ValueError(f"the region {region.start}-{region.end} does not lie in the text")
    mender = _Mender(regions, problems)
    numbered = sorted(
        ((i, mender.trimmed(x)) for i, x in enumerate(regions.regions)), key=lambda x: (x[1].start, x[1].end, x[0])
    )
    turns = [(i, x) for i, x in numbered if x.label in LABELS]
    others: dict[str, list[Region]] = {}
    for _, region in numbered:
        others.setdefault(region.label, []).append(region)
    for (_, before), (_, after) in pairwise(turns):
        if after.start < before.end:
            raise ValueError(f"{mender.named(before)} and {mender.named(after)} overlap: move one of their borders")
    data = [mender.turn(region) for _, region in turns]
    for answer, question in mender.replies({i: n for n, (i, _) in enumerate(turns)}, data):
        data[answer]["replies_to"].append(question)
    for mention in others.get(MENTION, ()):
        owner = next((x for x in data if x["start"] <= mention.start and mention.end <= x["end"]), None)
        if owner is None:
            mender.note(mention, "lies in no turn and is left out")
        else:
            owner["speaker_mentions"].append((mention.start, mention.end))
    rest = dict(regions.document)
    meeting: dict[str, Any] = {name: mender.fact(x) for name in FACTS for x in others.get(name, ())[:1]}
    for second in (x for name in FACTS for x in others.get(name, ())[1:]):
        mender.note(second, "is a second one and is left out")
    meeting |= {name: rest.pop(name) for name in ("chair", "public") if name in rest}
    sentences = _cut(regions.text, rest.pop("sentences", ()), data)
    gold = Gold.model_validate(
        {
            "text": regions.text,
            "turns": data,
            "agenda": [
                {**_span(x), "number": _one(x, "number"), "title": _one(x, "title")} for x in others.get(AGENDA, ())
            ],
            "attendance": [mender.attendee(x) for x in others.get(ATTENDEE, ())],
            "meeting": meeting,
            "sentences": sentences,
            **rest,
        }
    )
    return Document(regions.name, gold)


@dataclass(frozen=True)
class _Mender:
    """Makes entries of an annotation out of regions, and notes what it had to mend."""

    regions: Regions
    problems: list[str]

    def written(self, region: Region) -> str:
        return " ".join(self.regions.text[region.start : region.end].split())

    def named(self, region: Region) -> str:
        return f"the {region.label} at {region.start} ({self.written(region)[:40]!r})"

    def note(self, region: Region, what: str) -> None:
        self.problems.append(f"{self.regions.name}: {self.named(region)} {what}")

    def trimmed(self, region: Region) -> Region:
        span = next(_inked(self.regions.text, region.start, region.end), None)
        if span is None:
            raise ValueError(f"the {region.label} at {region.start} holds white space alone: delete it")
        return replace(region, start=span[0], end=span[1]) if region.label in LABELS else region

    def turn(self, region: Region) -> dict[str, Any]:
        decides = region.label == "decision"
        stale = [name for name in ("outcome", "votes", "unanimous") if name in region.attributes and not decides]
        if stale:
            self.note(region, f"is no decision: {', '.join(stale)} left out")
        outcome = _one(region, "outcome")
        if decides and outcome is None:
            self.note(region, "has no outcome: other")
        unanimous = _one(region, "unanimous")
        if unanimous not in (None, "true", "false"):
            raise ValueError(f"{self.named(region)}: unanimous is true or false, not {unanimous!r}")
        return {
            **_span(region),
            "label": region.label,
            "speaker_mentions": [],
            **{name: region.attributes.get(name, ()) for name in LISTS},
            "replies_to": [],
            "outcome": outcome or "other" if decides else None,
            "votes": votes_of(_one(region, "votes")) if decides else None,
            "unanimous": True if decides and unanimous == "true" else None,
        }

    def replies(self, number: Mapping[int, int], turns: Sequence[Mapping[str, Any]]) -> list[tuple[int, int]]:
        """Return answer and question of each link, whichever way it was drawn."""
        found: set[tuple[int, int]] = set()
        for link in self.regions.links:
            ends = sorted(number[i] for i in link if i in number)
            labels = [turns[n]["label"] for n in ends]
            if labels == ["question", "answer"]:
                found.add((ends[1], ends[0]))
            else:
                joined = " and ".join(self.named(self.regions.regions[i]) for i in link)
                self.problems.append(
                    f"{self.regions.name}: the link of {joined} joins no answer to an earlier question and is left out"
                )
        return sorted(found)

    def attendee(self, region: Region) -> dict[str, Any]:
        person = _one(region, "person")
        if person is None:
            self.note(region, "names no person: its text is taken")
        return {
            **_span(region),
            "person": person or self.written(region),
            "status": _one(region, "status") or "present",
            "from": _one(region, "arrives"),
            "until": _one(region, "leaves"),
            **{name: region.attributes.get(name, ()) for name in ("roles", "parties")},
        }

    def fact(self, region: Region) -> dict[str, Any]:
        value = _one(region, "value")
        if value is None:
            self.note(region, "has no value: its text is taken")
        return {"value": value or self.written(region), **_span(region)}


def _cut(text: str, sentences: Iterable[Sequence[int]], turns: Sequence[Mapping[str, Any]]) -> list[tuple[int, int]]:
    """Cut sentences again at the borders of turns, and fill turns up; a text without sentences keeps none."""
    spans = sorted((int(start), int(end)) for start, end in sentences)
    if not spans:
        return []
    borders = sorted({turn[side] for turn in turns for side in ("start", "end")})
    pieces = [
        piece for start, end in spans for piece in pairwise([start, *(x for x in borders if start < x < end), end])
    ]
    for turn in turns:
        inside = [piece for piece in pieces if turn["start"] <= piece[0] and piece[1] <= turn["end"]]
        edges = [turn["start"], *(x for piece in inside for x in piece), turn["end"]]
        gaps = zip(edges[::2], edges[1::2], strict=True)
        pieces += (gap for gap in gaps if _WORD.search(text[slice(*gap)]))  # a dash between sentences is in none
        pieces.sort()
    return [piece for span in pieces for piece in _inked(text, *span)]


def _inked(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a span without the white space at its ends, or nothing."""
    written = text[start:end]
    if written.strip():
        start += len(written) - len(written.lstrip())
        yield start, start + len(written.strip())


def votes_text(votes: Votes | None) -> str | None:
    """Return votes as yes/no/abstain ("12/-/1"), "-" for a number that is not given."""
    if votes is None:
        return None
    return "/".join("-" if x is None else str(x) for x in (votes.yes, votes.no, votes.abstain))


def votes_of(text: str | None) -> dict[str, int | None] | None:
    """Read what `votes_text` writes; `ValueError` for anything else."""
    if not text:
        return None
    parts = text.split("/")
    if len(parts) != 3 or not all(part == "-" or part.isdecimal() for part in parts):
        raise ValueError(f"votes are written yes/no/abstain, for example 12/3/- and not {text!r}")
    return dict(zip(("yes", "no", "abstain"), (None if x == "-" else int(x) for x in parts), strict=True))


def _turn_attributes(turn: GoldTurn) -> dict[str, tuple[str, ...]]:
    lists = {name: getattr(turn, name) for name in LISTS if getattr(turn, name)}
    unanimous = "true" if turn.unanimous else None
    return lists | _stated(outcome=turn.outcome, votes=votes_text(turn.votes), unanimous=unanimous)


def _stated(**values: str | None) -> dict[str, tuple[str, ...]]:
    return {name: (value,) for name, value in values.items() if value is not None}


def _one(region: Region, name: str) -> str | None:
    values = region.attributes.get(name, ())
    return values[0] if values else None


def _span(region: Region) -> dict[str, int]:
    return {"start": region.start, "end": region.end}
