"""A record over a rewritten text: spans moved, and names replaced in whatever else it holds as text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from corpus.pseudonyms.edits import Rewritten
from corpus.record import AgendaItem, Decision, Meeting, Minutes, Person, Span, Turn


class Rewriter:
    """Moves the parts of a record to a rewritten text.

    `replaced` has what stands for the name of a person, by id; `said` replaces the names in a text of its own.
    """

    def __init__(
        self, minutes: Minutes, to: Rewritten, replaced: Mapping[str, str], said: Callable[[str], str]
    ) -> None:
        self._minutes, self._to = minutes, to
        self._replaced, self._said = replaced, said

    def parts(self) -> dict[str, object]:
        """Return the fields of the record that change, but for where it comes from."""
        minutes, border = self._minutes, self._to.border
        return {
            "text": self._to.text,
            "pages": minutes.pages and tuple((border(a), border(b)) for a, b in minutes.pages),
            "meeting": self._meeting(minutes.meeting),
            "persons": tuple(map(self._person, minutes.persons)),
            "agenda": tuple(map(self._item, minutes.agenda)),
            "turns": tuple(map(self._turn, minutes.turns)),
            "decisions": tuple(map(self._decision, minutes.decisions)),
            "warnings": tuple(map(self._said, minutes.warnings)),
        }

    def _meeting(self, meeting: Meeting) -> Meeting:
        evidence = {name: self._to.span(span) for name, span in meeting.evidence.items()}
        attendance = tuple(
            entry.model_copy(
                update={
                    "span": self._to.span(entry.span),
                    "from_": self._any(entry.from_),
                    "until": self._any(entry.until),
                }
            )
            for entry in meeting.attendance
        )
        told = {
            name: self._any(getattr(meeting, name), meeting.evidence.get(name)) for name in ("body", "number", "place")
        }
        return meeting.model_copy(update={"evidence": evidence, "attendance": attendance, **told})

    def _person(self, person: Person) -> Person:
        told: dict[str, object] = {
            "mentions": self._spans(person.mentions),
            "roles": self._all(person.roles),
            "party": self._any(person.party),
        }
        if person.id in self._replaced:
            told |= {"name": self._replaced[person.id], "given_name": None}
        elif person.kind != "person":
            told["name"] = self._said(person.name)
        return person.model_copy(update=told)

    def _item(self, item: AgendaItem) -> AgendaItem:
        heading = (item.start, item.heading_end)
        return item.model_copy(
            update={
                **{name: self._to.border(getattr(item, name)) for name in ("start", "heading_end", "end")},
                **{name: self._any(getattr(item, name), heading) for name in ("number", "title", "paper")},
            }
        )

    def _turn(self, turn: Turn) -> Turn:
        within = (turn.start, turn.end)
        return turn.model_copy(
            update={
                "start": self._to.border(turn.start),
                "end": self._to.border(turn.end),
                "speaker_mentions": self._spans(turn.speaker_mentions),
                "content": self._spans(turn.content),
                "cue": turn.cue and self._to.span(turn.cue),
                "roles": self._all(turn.roles, within),
                "parties": self._all(turn.parties, within),
            }
        )

    def _decision(self, decision: Decision) -> Decision:
        parts = tuple(
            part.model_copy(update={"span": self._to.span(part.span), "label": self._told(part.label, part.span)})
            for part in decision.parts
        )
        return decision.model_copy(
            update={
                "wording": decision.wording and self._to.span(decision.wording),
                "evidence": self._spans(decision.evidence),
                "parts": parts,
                "by_party": {self._said(party): votes for party, votes in decision.by_party.items()},
            }
        )

    def _spans(self, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        return tuple(map(self._to.span, spans))

    def _all(self, texts: tuple[str, ...], within: Span | None = None) -> tuple[str, ...]:
        return tuple(self._told(text, within) for text in texts)

    def _any(self, text: str | None, within: Span | None = None) -> str | None:
        return text if text is None else self._told(text, within)

    def _told(self, text: str, within: Span | None = None) -> str:
        """Return a text as the rewritten one has it where it stands within a span, else with its names replaced."""
        said = self._said(text)
        if said != text and within is not None:
            flexible = r"\s+".join(map(re.escape, text.split()))
            match = re.compile(flexible).search(self._minutes.text, *within)
            if match and match.end() > match.start():
                start, end = self._to.span(match.span())
                return " ".join(self._to.text[start:end].split())
        return said
