"""Invented meetings to show on a page: one with all that a page has to show, and one that attacks it."""

from __future__ import annotations

import datetime as dt
from typing import Any

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

GENERATOR = Generator(package="0", config="test")
TEXT = (
    "Gemeinderat Höhenfeld 🏔\r\n\r\nAnwesend: Frau Lux, Herr Dr. Sommer\r\n\r\n"
    "TOP 1 Mühlweg\r\n\r\n"
    "Frau Lux (GRÜNE) fragt, ob der Mühl-\r\nweg gesperrt sei.\r\n\r\n"
    "Bürgermeister Dr. Sommer antwortet Frau Lux, dies sei so.\r\n\r\n"
    "Frau Lux fragt nach den Kosten.\r\n\r\nHerr Sommer reicht die Zahl nach.\r\n\r\n"
    "Eine Bürgerin fragt, wann der Weg frei sei.\r\n\r\n"
    "Ein Hinweis der Schriftführung zur Mühle.\r\n\r\n"
    "TOP 2 Haushalt\r\n\r\n"
    "Frau Lux lobt den Haushalt.\r\n\r\n"
    "Der Haushalt wird beschlossen. 8 Ja, 1 Nein\r\n"
)
FLAWED = '"><script>hacked()</script>'
HOSTILE = (
    "TOP 1 </script><img src=x onerror=hacked()>\n\n"
    '<script>hacked()</script> Frau \'"><svg onload=hacked()> fragt <a href="javascript:hacked()">hier</a>.\n\n'
    "javascript:hacked() antwortet `${hacked()}` {{ hacked() }} <!-- \n\n--> beschlossen </textarea></style>.\n"
)


def span(part: str, text: str = TEXT, after: int = 0) -> tuple[int, int]:
    """Return where a part of a text stands."""
    start = text.index(part, after)
    return start, start + len(part)


def turn(id: str, part: str, label: str | None, text: str = TEXT, **more: Any) -> Turn:
    """Build a turn that is this part of the text."""
    start, end = span(part, text)
    return Turn.model_validate({"id": id, "start": start, "end": end, "label": label, **more})


def item(id: str, heading: str, end: int, text: str = TEXT, **more: Any) -> AgendaItem:
    """Build an item with this heading."""
    start, heading_end = span(heading, text)
    return AgendaItem(id=id, start=start, heading_end=heading_end, end=end, **more)


def meeting(source: str = "archiv/rat-1.txt", **more: Any) -> Minutes:
    """Build a record with questions of every fate, a vote by party and in parts, and text that is in no turn."""
    way, budget = TEXT.index("TOP 1"), TEXT.index("TOP 2")
    asked = "Frau Lux (GRÜNE) fragt, ob der Mühl-\r\nweg gesperrt sei."
    replied = "Bürgermeister Dr. Sommer antwortet Frau Lux, dies sei so."
    return Minutes(
        source=source,
        sha256="0" * 64,
        generator=GENERATOR,
        text=TEXT,
        meeting=Meeting(
            body="Gemeinderat",
            number="7",
            date=dt.date(2024, 5, 14),
            start_time=dt.time(19),
            end_time=dt.time(20, 10),
            chair="p2",
            public=True,
            attendance=(
                Attendance(person="p1", status="present", capacity="member", until="20 Uhr", span=span("Frau Lux")),
                Attendance(person="p2", status="excused", capacity="administration", span=span("Herr Dr. Sommer")),
            ),
            evidence={"body": span("Gemeinderat")},
        ),
        persons=(
            Person(
                id="p1",
                kind="person",
                name="Lux",
                party="GRÜNE",
                mentions=(span("Frau Lux"), span("Frau Lux", after=way)),
            ),
            Person(
                id="p2",
                kind="person",
                name="Sommer",
                title="Dr.",
                roles=("Bürgermeister",),
                mentions=(span("Bürgermeister Dr. Sommer"),),
            ),
            Person(id="p3", kind="citizen", name="Bürgerin", mentions=(span("Eine Bürgerin"),)),
        ),
        agenda=(
            item("a1", "TOP 1 Mühlweg", budget, number="1", title="Mühlweg"),
            item("a2", "TOP 2 Haushalt", len(TEXT), number="2", title="Haushalt"),
        ),
        turns=(
            turn(
                "t1",
                asked,
                "question",
                agenda_item="a1",
                speakers=["p1"],
                parties=["GRÜNE"],
                confidence=0.75,
                speaker_mentions=[span("Frau Lux", after=way)],
                cue=span("fragt", after=way),
            ),
            turn("t2", replied, "answer", agenda_item="a1", speakers=["p2"], addressees=["p1"], replies_to=["t1"]),
            turn("t3", "Frau Lux fragt nach den Kosten.", "question", agenda_item="a1", speakers=["p1"]),
            turn(
                "t4",
                "Herr Sommer reicht die Zahl nach.",
                "answer",
                agenda_item="a1",
                speakers=["p2"],
                replies_to=["t3"],
                status="deferred",
            ),
            turn("t5", "Eine Bürgerin fragt, wann der Weg frei sei.", "question", agenda_item="a1", speakers=["p3"]),
            turn("t6", "Frau Lux lobt den Haushalt.", None, agenda_item="a2", speakers=["p1"]),
            turn("t7", "Der Haushalt wird beschlossen. 8 Ja, 1 Nein", "decision", agenda_item="a2"),
        ),
        decisions=(
            Decision(
                turn="t7",
                wording=span("Der Haushalt wird beschlossen."),
                outcome="adopted",
                votes=Votes(yes=8, no=1),
                by_party={"CDU": Votes(yes=8, no=0), "SPD": Votes(no=1)},
                movers=("p1",),
                parts=(PartialVote(span=span("8 Ja"), label="Ziffer 2", outcome="rejected"),),
            ),
        ),
        warnings=("no page was found",),
        **more,
    )


def attack() -> Minutes:
    """Build a record whose every text tries to run a script."""
    first, second, third = HOSTILE.split("\n\n", 1)[1].split("\n\n")
    return Minutes(
        source=f"archiv/{FLAWED}.txt",
        sha256=FLAWED,
        generator=GENERATOR,
        text=HOSTILE,
        meeting=Meeting(body=FLAWED, number=FLAWED, place="javascript:hacked()", chair=FLAWED),
        persons=(
            Person(id=FLAWED, kind="person", name=FLAWED, roles=("</script>",), party="'onclick=hacked()"),
            Person(id="p2", kind="person", name="javascript:hacked()"),
        ),
        agenda=(item(FLAWED, HOSTILE.split("\n", 1)[0], len(HOSTILE), HOSTILE, number="</script>", title=FLAWED),),
        turns=(
            turn(FLAWED, first, "question", HOSTILE, agenda_item=FLAWED, speakers=[FLAWED]),
            turn("t2", second, "answer", HOSTILE, speakers=["p2"], replies_to=[FLAWED], addressees=[FLAWED]),
            turn("t3", third.strip(), "decision", HOSTILE),
        ),
        decisions=(
            Decision(
                turn="t3", outcome="adopted", votes=Votes(yes=1, no=1), by_party={FLAWED: Votes(yes=1)}, movers=("p2",)
            ),
        ),
        warnings=(FLAWED,),
    )
