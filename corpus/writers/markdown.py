"""Markdown: a summary of one document that a person reads, and any wiki or repository shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from corpus.captions import (
    addressee_caption,
    decision_wording,
    meeting_caption,
    one_line,
    person_caption,
    speaker_caption,
    votes_caption,
)
from corpus.record import AgendaItem, AttendanceStatus, Decision, Minutes, Turn, Votes

_STATUS: tuple[AttendanceStatus, ...] = ("present", "excused", "absent")
# Whatever can begin markup, HTML or a link inside a line; ":" only where it makes an address.
_MARKUP = re.compile(r"[\\`*_\[\]<>~#|&$!^]|:(?=//)|(?<=www)\.|@")


def markdown(minutes: Minutes) -> str:
    """Return head, attendance, and by item of the agenda who said what and what was decided."""
    return "\n".join(_lines(minutes)) + "\n"


def escaped(text: str) -> str:
    """Return text in one line, with a backslash before all that Markdown would read as markup."""
    return _MARKUP.sub(lambda sign: "\\" + sign[0], one_line(text))


def _lines(minutes: Minutes) -> Iterator[str]:
    meeting = minutes.meeting
    yield f"# {escaped(meeting_caption(meeting) or minutes.source)}"
    yield ""
    yield f"- Source: {escaped(minutes.source)}"
    if meeting.number:
        yield f"- Sitting: {escaped(meeting.number)}"
    if meeting.chair:
        chair = minutes.person(meeting.chair)
        yield f"- Chair: {escaped(person_caption(chair, chair.roles[:1], chair.party))}"
    if meeting.public is not None:
        yield f"- Public: {'yes' if meeting.public else 'no'}"
    yield from (f"- Warning: {escaped(warning)}" for warning in minutes.warnings)
    yield ""
    yield from _attendance(minutes)
    items = {item.id: item for item in minutes.agenda}
    decisions = {decision.turn: decision for decision in reversed(minutes.decisions)}
    with_turns = {turn.agenda_item for turn in minutes.turns}
    # Items without a turn are part of what was dealt with; turns before the first item stand before them.
    ordered: list[tuple[int, str | None, Turn | None]] = [
        (turn.start, turn.agenda_item, turn) for turn in minutes.turns
    ]
    ordered += [(item.start, item.id, None) for item in minutes.agenda if item.id not in with_turns]
    for id, group in groupby(sorted(ordered, key=lambda entry: entry[0]), key=lambda entry: entry[1]):
        yield _heading(items[id]) if id else "## Outside of the agenda items"
        yield ""
        turns = [turn for _, _, turn in group if turn]
        for turn in turns:
            yield from _turn(minutes, turn, decisions.get(turn.id))
        if turns:
            yield ""


def _attendance(minutes: Minutes) -> Iterator[str]:
    if not minutes.meeting.attendance:
        return
    yield "## Attendance"
    yield ""
    for status in _STATUS:
        entries = [entry for entry in minutes.meeting.attendance if entry.status == status]
        if entries:
            yield f"### {status.capitalize()}"
            yield ""
        for entry in entries:
            person = minutes.person(entry.person)
            named = person.model_copy(update={"name": " ".join(filter(None, (person.given_name, person.name)))})
            limits = [f"from {entry.from_}"] if entry.from_ else []
            limits += [f"until {entry.until}"] if entry.until else []
            caption = ", ".join((person_caption(named, person.roles, person.party), *limits))
            yield f"- {escaped(caption)}"
        if entries:
            yield ""


def _heading(item: AgendaItem) -> str:
    paper = f"({item.paper})" if item.paper else None
    title = " ".join(filter(None, (item.number, item.title, paper))) or item.id
    return f"{'#' * min(item.level + 1, 6)} {escaped(title)}"


def _turn(minutes: Minutes, turn: Turn, decision: Decision | None) -> Iterator[str]:
    label = f"{turn.label or 'no label'}{' (deferred)' if turn.status else ''}"
    to = f" → {escaped(addressee)}" if (addressee := addressee_caption(minutes, turn)) else ""
    links = [f"replies to {', '.join(turn.replies_to)}"] if turn.replies_to else []
    links += [f"extends {', '.join(turn.extends)}"] if turn.extends else []
    caption = f"**{escaped(turn.id)} {label}** {escaped(speaker_caption(minutes, turn)) or '–'}{to}"
    notes = f" ({escaped('; '.join(links))})" if links else ""
    yield f"- {caption}{notes}: {escaped(minutes.text[turn.start : turn.end])}"
    if decision:
        yield f"  - Decision: **{decision.outcome}**, {escaped(decision_wording(minutes, decision))}"
        yield from (f"  - {escaped(line)}" for line in _votes(minutes, decision))


def _votes(minutes: Minutes, decision: Decision) -> Iterator[str]:
    if caption := votes_caption(decision):
        yield f"Votes: {caption}"
    counted = [(f"Votes of {party}", votes) for party, votes in decision.by_party.items()]
    counted += [(f"Ballot {number}", votes) for number, votes in enumerate(decision.rounds, 1)]
    counted += [(f"{part.label}: {part.outcome}", part.votes or Votes()) for part in decision.parts]
    for what, votes in counted:
        caption = votes_caption(decision.model_copy(update={"votes": votes, "unanimous": None}))
        yield f"{what}: {caption}" if caption else what
    roles = (("Moved by", decision.movers), ("Seconded by", decision.seconders), ("Took no part", decision.excluded))
    for what, ids in roles:
        if ids:
            yield f"{what}: {', '.join(person_caption(minutes.person(id)) for id in ids)}"
    if decision.amends:
        yield f"Amends: {decision.amends}"
