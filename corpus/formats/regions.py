"""An annotation as regions of text with attributes and links: what tools that draw on text can hold.

Label Studio and doccano know only labelled regions. Here each turn, mention, heading, attendee and fact of the
meeting becomes a region, whatever says more about it becomes attributes of strings, and back again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from corpus.collection import Document
from corpus.gold import Gold, GoldTurn
from corpus.record import LABELS, Votes

Kind = Literal["turn", "mention", "agenda", "attendee", "fact"]

MENTION, AGENDA, ATTENDEE = "speaker", "agenda_item", "attendee"
FACTS = ("body", "date", "start_time", "end_time", "place")
REGION_LABELS = (*LABELS, MENTION, AGENDA, ATTENDEE, *FACTS)
"""What a region can be labelled: the five labels of turns, and one for each other layer."""

_TURN_LISTS = ("speakers", "roles", "parties", "addressees")


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


def from_regions(regions: Regions) -> Document:
    """Build the annotation again, wherever the regions stand in the list.

    A mention belongs to the turn that it lies in. Raises `ValueError` for a mention outside of turns, an unknown
    label, and what `Gold` does not accept.
    """
    for region in regions.regions:
        if region.label not in REGION_LABELS:
            raise ValueError(f"the label {region.label!r} is unknown; there are {', '.join(REGION_LABELS)}")
    numbered = sorted(enumerate(regions.regions), key=lambda x: (x[1].start, x[1].end, x[0]))
    turns = [(i, x) for i, x in numbered if x.label in LABELS]
    number = {i: n for n, (i, _) in enumerate(turns)}
    replies: dict[int, list[int]] = {}
    for answer, question in regions.links:
        if answer not in number or question not in number:
            raise ValueError("a link joins regions that are no turns")
        replies.setdefault(number[answer], []).append(number[question])
    data = [_turn_data(region, replies.get(n, ())) for n, (_, region) in enumerate(turns)]
    others: dict[str, list[Region]] = {}
    for _, region in numbered:
        others.setdefault(region.label, []).append(region)
    for mention in others.get(MENTION, ()):
        owner = next((x for x in data if x["start"] <= mention.start and mention.end <= x["end"]), None)
        if owner is None:
            raise ValueError(f"the {MENTION} {mention.start}-{mention.end} lies in no turn")
        owner["speaker_mentions"].append((mention.start, mention.end))
    meeting = {name: {"value": _one(x, "value"), **_span(x)} for name in FACTS for x in others.get(name, ())[:1]}
    rest = dict(regions.document)
    meeting |= {name: rest.pop(name) for name in ("chair", "public") if name in rest}
    gold = Gold.model_validate(
        {
            "text": regions.text,
            "turns": data,
            "agenda": [
                {**_span(x), "number": _one(x, "number"), "title": _one(x, "title")} for x in others.get(AGENDA, ())
            ],
            "attendance": [
                {
                    **_span(x),
                    "person": _one(x, "person"),
                    "status": _one(x, "status") or "present",
                    "from": _one(x, "arrives"),
                    "until": _one(x, "leaves"),
                    **{name: x.attributes.get(name, ()) for name in ("roles", "parties")},
                }
                for x in others.get(ATTENDEE, ())
            ],
            "meeting": meeting,
            **rest,
        }
    )
    return Document(regions.name, gold)


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
    lists = {name: getattr(turn, name) for name in _TURN_LISTS if getattr(turn, name)}
    unanimous = "true" if turn.unanimous else None
    return lists | _stated(outcome=turn.outcome, votes=votes_text(turn.votes), unanimous=unanimous)


def _turn_data(region: Region, replies: Iterable[int]) -> dict[str, Any]:
    return {
        **_span(region),
        "label": region.label,
        "speaker_mentions": [],
        **{name: region.attributes.get(name, ()) for name in _TURN_LISTS},
        "replies_to": tuple(sorted(replies)),
        "outcome": _one(region, "outcome"),
        "votes": votes_of(_one(region, "votes")),
        "unanimous": True if "unanimous" in region.attributes else None,
    }


def _stated(**values: str | None) -> dict[str, tuple[str, ...]]:
    return {name: (value,) for name, value in values.items() if value is not None}


def _one(region: Region, name: str) -> str | None:
    values = region.attributes.get(name, ())
    return values[0] if values else None


def _span(region: Region) -> dict[str, int]:
    return {"start": region.start, "end": region.end}
