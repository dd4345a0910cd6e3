"""What the pictures say in English: whole sentences, each with its numbers."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from corpus.captions import counted
from corpus.pictures.counting import Period, listed
from corpus.record import Label, Outcome


class English:
    """The words of English pictures."""

    nothing = "There is nothing to draw."
    others = "others"
    no_body = "body not stated"
    no_item_title = "item without title"
    no_meeting = "No meeting"
    asks, is_asked = "asks", "is asked"
    questions_title = "Who questions whom"
    timeline_axis = "characters of the text; a line begins each item"

    def count(self, number: int) -> str:
        return str(number)

    def amount(self, number: float, form: str = ".0f") -> str:
        return f"{number:,{form}}"

    def share(self, share: float) -> str:
        return f"{share:.1%}"

    def date(self, day: dt.date) -> str:
        return f"{day.day}.{day.month}.{day.year}"

    def period(self, year: int, part: int, period: Period) -> str:
        return {"month": f"{year}-{part:02}", "quarter": f"{year} Q{part}", "year": f"{year}"}[period]

    def label(self, label: Label | None) -> str:
        return label or "no label"

    def outcome(self, outcome: Outcome) -> str:
        return outcome

    def asked(self, one: str, other: str, number: int) -> str:
        return f"{one} to {other}: {number}"

    def questions_caption(
        self,
        included: int,
        questions: int,
        meetings: int,
        *,
        registered: bool,
        more_ask: int,
        more_are_asked: int,
        among_others: int,
        without_asker: int,
        without_asked: int,
        to_oneself: int,
    ) -> str:
        return (
            f"{included} of {counted(questions, 'question')} in {counted(meetings, 'meeting')}: those of which it is "
            "known who asks and who is asked, that is the addressee, or where none is stated who answers. A question "
            f"of or to several stands on several lines. {self._persons(registered)}"
            + listed("Others", (more_ask, f"{more_ask} more ask"), (more_are_asked, f"{more_are_asked} more are asked"))
            + (f" Without a line: {counted(among_others, 'question')} of others to others." if among_others else "")
            + listed(
                "Left out",
                (without_asker, f"{without_asker} without a known asker"),
                (without_asked, f"{without_asked} without anyone asked"),
                (to_oneself, f"{to_oneself} by and to the same"),
            )
        )

    def speaking_title(self, by: Literal["person", "party"]) -> str:
        return f"Who speaks how much, by {by}"

    def speaking_caption(
        self,
        included: int,
        turns: int,
        meetings: int,
        by: Literal["person", "party"],
        of: Literal["turns", "characters"],
        *,
        registered: bool,
        more: int,
        silent: int,
        partyless: int,
    ) -> str:
        measure = "the turns" if of == "turns" else "the characters of the turns"
        holder = "known speaker" if by == "person" else "speaker of a stated party"
        return (
            f"{included} of {counted(turns, 'turn')} in {counted(meetings, 'meeting')}: those with a {holder}. Shares "
            f"of {measure}; a turn of several is divided among them."
            + (f" {self._persons(registered)}" if by == "person" else "")
            + (f" Others, without a bar: {more} more." if more else "")
            + listed(
                "Left out",
                (silent, f"{silent} without a speaker"),
                (partyless, f"{partyless} whose speaker has no stated party"),
            )
        )

    def timeline_caption(
        self, shown: int, items: int, turns: int, characters: int, *, under_no_item: int, shorter: int
    ) -> str:
        return (
            f"{shown} of {counted(items, 'agenda item')} and {counted(turns, 'turn')} over the {characters:,} "
            f"characters of the text. Under no item: {counted(under_no_item, 'turn')}."
            + listed("Left out", (shorter, f"{shorter} shorter items"))
        )

    def standing(self, name: str, start: int, end: int) -> str:
        return f"{name} from {start} to {end}"

    def labelled(self, label: str, turns: int) -> str:
        return f"{counted(turns, 'turn')} labelled {label}"

    def decisions_title(self, by: Literal["outcome", "body"], period: Period) -> str:
        return f"Decisions by {by} and {period}"

    def decided(self, name: str, when: str, number: int) -> str:
        return f"{name} in {when}: {number}"

    def decisions_caption(
        self,
        included: int,
        decisions: int,
        meetings: int,
        by: Literal["outcome", "body"],
        period: Period,
        *,
        more: int,
        undated: int,
    ) -> str:
        return (
            f"{included} of {counted(decisions, 'decision')} in {counted(meetings, 'meeting')}, by {by} and by "
            f"{period} of the meeting."
            + (f" Others, on a scale of their own: {more} more." if more else "")
            + listed("Left out", (undated, f"{undated} of meetings without a date"))
        )

    def _persons(self, registered: bool) -> str:
        if registered:
            return "Persons are those of the register; whom it does not have, by name."
        return "Persons of one name count as one, and so do citizens and offices without a name."
