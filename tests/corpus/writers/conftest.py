from __future__ import annotations

import datetime as dt

import pytest

from corpus.record import (
    AgendaItem,
    Attendance,
    Decision,
    Generator,
    Meeting,
    Minutes,
    PartialVote,
    Person,
    Turn,
    Votes,
)

TEXT = (
    "Gemeinde Lindenau\r\nNiederschrift über die 7. Sitzung des Rates\x07 am 14.05.2024\n\n"
    "Anwesend: Dr. Ines Falk, A. Lux (GRÜNE)\n\n"
    "TOP 1 Wege & Plätze (2024/031)\n\n"
    "Frau Lux (GRÜNE) fragt, ob der <Weg> gesperrt\fsei.\n\n"
    "=1+1 steht auf der Tafel.\n\n"
    "Dr. Falk antwortet, das werde nachgereicht. Lux ergänzt *nichts*.\n\n"
    "TOP 1.1 Umleitung\n\n"
    "Auf Antrag von Frau Lux beschlossen: Ziffer 1 ja, Ziffer 2 nein. 8 Ja (3 GRÜNE), 1 Nein\n"
    "\fEnde"
)


def _span(part: str) -> tuple[int, int]:
    start = TEXT.index(part)
    return start, start + len(part)


def _turn(id: str, part: str, **fields: object) -> Turn:
    start, end = _span(part)
    return Turn.model_validate({"id": id, "start": start, "end": end, **fields})


@pytest.fixture
def full() -> Minutes:
    """A record that has something in every table, text that is hard to escape, and three pages."""
    breaks = [at + 1 for at, sign in enumerate(TEXT) if sign == "\f"]
    first, second = _span("TOP 1 Wege & Plätze (2024/031)"), _span("TOP 1.1 Umleitung")
    return Minutes(
        source="archiv/2024/rat.txt",
        sha256="ab" * 32,
        generator=Generator(package="0.1.0", models={"base": "none"}, config="test"),
        text=TEXT,
        pages=tuple(zip((0, *breaks), (*breaks, len(TEXT)), strict=True)),
        meeting=Meeting(
            body="Rat",
            number="7",
            date=dt.date(2024, 5, 14),
            start_time=dt.time(19),
            place="Ratssaal",
            chair="p1",
            public=True,
            attendance=(
                Attendance(person="p1", status="present", capacity="member", span=_span("Dr. Ines Falk")),
                Attendance(person="p2", status="present", from_="ab TOP 1", span=_span("A. Lux")),
            ),
        ),
        persons=(
            Person(id="p1", kind="person", name="Falk", given_name="Ines", title="Dr.", roles=("Bürgermeisterin",)),
            Person(
                id="p2",
                kind="person",
                name="Lux",
                given_name="A.",
                honorific="Frau",
                party="GRÜNE",
                gender="female",
                mentions=(_span("A. Lux"), _span("Frau Lux")),
            ),
            Person(id="p3", kind="person", name="Lux", given_name="Bernd"),
            Person(id="p4", kind="person", name="Lux", certainty="ambiguous", candidates=("p2", "p3")),
            Person(id="p5", kind="group", name="Bauamt"),
        ),
        agenda=(
            AgendaItem(
                id="a1",
                number="1",
                title="Wege & Plätze",
                paper="2024/031",
                start=first[0],
                heading_end=first[1],
                end=second[0],
            ),
            AgendaItem(
                id="a2",
                number="1.1",
                title="Umleitung",
                level=2,
                start=second[0],
                heading_end=second[1],
                end=len(TEXT) - 5,
            ),
        ),
        turns=(
            _turn(
                "t1",
                "Frau Lux (GRÜNE) fragt, ob der <Weg> gesperrt\fsei.",
                agenda_item="a1",
                label="question",
                confidence=0.75,
                probabilities={"question": 0.75, "answer": 0.25, "addition": 0, "decision": 0, "other": 0},
                speakers=("p2",),
                parties=("GRÜNE",),
                cue=_span("fragt"),
                content=(_span("ob der <Weg> gesperrt"), _span("sei.")),
                mood="subjunctive",
            ),
            _turn(
                "t2",
                "Dr. Falk antwortet, das werde nachgereicht.",
                agenda_item="a1",
                label="answer",
                speakers=("p1",),
                addressees=("p2",),
                replies_to=("t1",),
                status="deferred",
            ),
            _turn(
                "t3",
                "Lux ergänzt *nichts*.",
                agenda_item="a1",
                label="addition",
                speakers=("p4",),
                extends=("t2",),
            ),
            _turn("t4", "Auf Antrag von Frau Lux beschlossen: Ziffer 1 ja", agenda_item="a2", label="decision"),
            _turn("t5", "Ziffer 2 nein. 8 Ja (3 GRÜNE), 1 Nein", agenda_item="a2", label="decision"),
        ),
        decisions=(
            Decision(
                turn="t4",
                agenda_item="a2",
                wording=_span("Ziffer 1 ja, Ziffer 2 nein."),
                outcome="adopted",
                votes=Votes(yes=8, no=1),
                by_party={"GRÜNE": Votes(yes=3)},
                movers=("p2",),
                excluded=("p1",),
                rounds=(Votes(yes=4, no=4), Votes(yes=8, no=1)),
                parts=(
                    PartialVote(span=_span("Ziffer 1 ja"), label="Ziffer 1", outcome="adopted"),
                    PartialVote(span=_span("Ziffer 2 nein"), label="Ziffer 2", outcome="rejected", votes=Votes(no=9)),
                ),
                evidence=(_span("8 Ja (3 GRÜNE), 1 Nein"),),
                amends="t5",
            ),
            Decision(turn="t5", agenda_item="a2", outcome="other", unanimous=True),
        ),
        warnings=("no agenda item was found",),
    )
