"""What the pipeline found, as an annotation for a person to correct."""

from __future__ import annotations

from spacy.tokens import Doc

from corpus.gold import FACTS, Fact, Gold, GoldAgendaItem, GoldAttendee, GoldMeeting, GoldTurn
from corpus.record import Minutes, Turn
from pipeline.components import Analysis
from pipeline.extraction import to_minutes
from pipeline.layout import Layout
from pipeline.meeting import Head, read_head


def preannotate(doc: Doc) -> Gold:
    """Return the annotation of a document that all components have seen; `ValueError` where one has not run.

    Persons that share a name cannot be told apart in it, as in all gold.
    """
    found = Analysis.of(doc)
    minutes = to_minutes(doc)
    names = {person.id: person.name for person in minutes.persons}
    number = {turn.id: i for i, turn in enumerate(minutes.turns)}
    decided = {decision.turn: decision for decision in minutes.decisions}

    def turn_of(turn: Turn) -> GoldTurn:
        label = turn.likeliest or "other"
        decision = decided.get(turn.id)
        outcome = (decision.outcome if decision else "other") if label == "decision" else None
        return GoldTurn(
            start=turn.start,
            end=turn.end,
            label=label,
            speakers=tuple(names[x] for x in turn.speakers),
            speaker_mentions=tuple(sorted(turn.speaker_mentions)),
            roles=turn.roles,
            parties=turn.parties,
            addressees=tuple(names[x] for x in turn.addressees),
            replies_to=tuple(sorted(number[x] for x in turn.replies_to)),
            outcome=outcome,
            votes=decision.votes if decision and outcome else None,
            unanimous=decision.unanimous if decision and outcome else None,
        )

    return Gold(
        text=minutes.text,
        meeting=_meeting(minutes, read_head(found.layout), found),
        attendance=_attendance(minutes, names),
        agenda=tuple(
            GoldAgendaItem(start=item.start, end=item.heading_end, number=item.number, title=item.title)
            for item in minutes.agenda
        ),
        turns=tuple(map(turn_of, minutes.turns)),
        sentences=_sentences(found.layout),
    )


def _sentences(layout: Layout) -> tuple[tuple[int, int], ...]:
    headings = ((block.start, block.end) for block in layout.blocks if block.kind == "heading")
    units = ((unit.start, unit.end) for unit in layout.units)
    return tuple(layout.clean.raw(*span) for span in sorted((*headings, *units)))


def _meeting(minutes: Minutes, head: Head, found: Analysis) -> GoldMeeting:
    facts = {}
    for name in FACTS:
        stated = getattr(head, name)
        if stated is not None:
            value = stated.value.strftime("%H:%M") if name.endswith("_time") else str(stated.value)
            start, end = found.layout.clean.raw(stated.start, stated.end)
            facts[name] = Fact(value=value, start=start, end=end)
    chair = minutes.person(minutes.meeting.chair).name if minutes.meeting.chair else None
    return GoldMeeting(**facts, chair=chair, public=minutes.meeting.public)


def _attendance(minutes: Minutes, names: dict[str, str]) -> tuple[GoldAttendee, ...]:
    return tuple(
        GoldAttendee(
            start=entry.span[0],
            end=entry.span[1],
            person=names[entry.person],
            status=entry.status,
            from_=entry.from_,
            until=entry.until,
        )
        for entry in sorted(minutes.meeting.attendance, key=lambda x: x.span)
    )
