from __future__ import annotations

import datetime as dt
from html.parser import HTMLParser

import pytest

from corpus.captions import (
    decision_wording,
    meeting_caption,
    one_line,
    person_caption,
    speaker_caption,
    votes_caption,
)
from corpus.record import Decision, Meeting, Minutes, Person, Votes
from corpus.view import html

SCRIPT = "<script>alert('x')</script>"


class _Tags(HTMLParser):
    """Collects tags and checks that they close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def _tags(page: str) -> list[str]:
    parser = _Tags()
    parser.feed(page)
    assert not parser.open
    return parser.seen


def test_the_view_shows_turns_and_decisions(minutes: Minutes) -> None:
    page = html(minutes)
    for part in (
        "rat.txt",
        "Lux (GRÜNE)",
        "Dr. Sommer, Bürgermeister",
        "t1",
        "question",
        "adopted",
        "8 yes, 1 no",
    ):
        assert part in page
    assert "fragt, ob der Weg gesperrt sei." in page
    assert "Der Weg bleibt gesperrt." in page
    assert _tags(page).count("tr") == 4 + 2
    assert minutes._repr_html_() == page


def test_everything_from_the_document_is_escaped(minutes: Minutes) -> None:
    text = SCRIPT * 20
    turns = [t.model_copy(update={"start": i * 40, "end": i * 40 + 39}) for i, t in enumerate(minutes.turns)]
    turns[0] = turns[0].model_copy(update={"parties": (SCRIPT,)})
    turns[1] = turns[1].model_copy(update={"roles": (SCRIPT,)})
    record = minutes.model_copy(
        update={
            "source": SCRIPT,
            "text": text,
            "meeting": Meeting(body=SCRIPT, place=SCRIPT),
            "persons": tuple(Person(id=p.id, kind="person", name=SCRIPT) for p in minutes.persons),
            "turns": tuple(turns),
            "decisions": (minutes.decisions[0].model_copy(update={"wording": (0, 60)}),),
        }
    )
    page = html(record)
    assert "script" not in _tags(page)
    assert page.count("&lt;script&gt;") > 8


def test_a_notebook_shows_the_first_fifty_turns_and_says_how_many_more(minutes: Minutes) -> None:
    turn = minutes.turns[2]
    many = tuple(turn.model_copy(update={"id": f"t{number}"}) for number in range(53))
    record = minutes.model_copy(update={"turns": many})
    page = record._repr_html_()
    assert _tags(page).count("tr") == 51 + 2
    assert "53 turns · 1 decision<" in page
    assert "3 more turns: <code>corpus.html(minutes)</code>" in page
    assert "more decision" not in page
    assert _tags(html(record)).count("tr") == 54 + 2


def test_a_record_without_turns_has_no_table(minutes: Minutes) -> None:
    record = minutes.model_copy(update={"turns": (), "decisions": (), "meeting": Meeting()})
    assert "table" not in _tags(html(record))
    assert "meeting not stated" in html(record)


def test_no_colour_of_its_own_for_text_or_page(minutes: Minutes) -> None:
    page = html(minutes)
    assert "color:inherit" in page
    assert "background:none" in page
    assert "color:#" not in page.replace("border-color:#", "")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a\n  b\tc", "a b c"),
        ("Ge\u00admeinde", "Gemeinde"),
        ("\x1b[31mrot", "[31mrot"),
        ("\u202egnirts", "gnirts"),
        ("a\ud800b", "a\ufffdb"),
        ("  ", ""),
    ],
)
def test_one_line(text: str, line: str) -> None:
    assert one_line(text) == line


@pytest.mark.parametrize(
    ("roles", "party", "caption"),
    [
        ((), None, "Dr. Lux"),
        (("Stadträtin",), "GRÜNE", "Dr. Lux, Stadträtin (GRÜNE)"),
        (("Leiter des\nBauamts",), None, "Dr. Lux, Leiter des Bauamts"),
        (("Lux",), None, "Dr. Lux"),
    ],
)
def test_person_caption(roles: tuple[str, ...], party: str | None, caption: str) -> None:
    assert person_caption(Person(id="p1", kind="person", name="Lux", title="Dr."), roles, party) == caption


def test_several_speakers_keep_their_own_office_and_party(minutes: Minutes) -> None:
    turn = minutes.turns[0].model_copy(update={"speakers": ("p1", "p2")})
    assert speaker_caption(minutes, turn) == "Lux (GRÜNE); Dr. Sommer, Bürgermeister"


@pytest.mark.parametrize(
    ("meeting", "caption"),
    [
        (Meeting(), ""),
        (Meeting(body="Rat"), "Rat"),
        (
            Meeting(body="Rat", date=dt.date(2025, 11, 4), start_time=dt.time(19, 2), end_time=dt.time(21, 10)),
            "Rat, 4.11.2025, 19:02–21:10",
        ),
    ],
)
def test_meeting_caption(meeting: Meeting, caption: str) -> None:
    assert meeting_caption(meeting) == caption


@pytest.mark.parametrize(
    ("votes", "unanimous", "caption"),
    [
        (None, None, ""),
        (None, True, "unanimous"),
        (Votes(no=1), None, "1 no"),
        (Votes(yes=9, no=0, abstain=2), True, "unanimous, 9 yes, 0 no, 2 abstain"),
    ],
)
def test_votes_caption(votes: Votes | None, unanimous: bool | None, caption: str) -> None:
    decision = Decision.model_validate({"turn": "t1", "outcome": "adopted", "votes": votes, "unanimous": unanimous})
    assert votes_caption(decision) == caption


def test_a_decision_without_wording_shows_its_turn(minutes: Minutes) -> None:
    decision = minutes.decisions[0].model_copy(update={"wording": None})
    assert decision_wording(minutes, decision).startswith("Beschluss: Der Weg")
