from __future__ import annotations

import pytest

from corpus.record import AgendaItem, Decision, Generator, Meeting, Minutes, Person, Turn, Votes

TEXT = (
    "TOP 1 Wegebau\n\n"
    "Frau Lux (GRÜNE) fragt, ob der\nWeg gesperrt sei.\n\n"
    "Bürgermeister Dr. Sommer antwortet Frau Lux, dies sei so.\n\n"
    "Beschluss: Der Weg bleibt gesperrt. 8 Ja, 1 Nein\n"
)


def _span(part: str) -> tuple[int, int]:
    start = TEXT.index(part)
    return start, start + len(part)


@pytest.fixture
def minutes() -> Minutes:
    """A record with a question, its answer and a decision under one item."""
    question = _span("Frau Lux (GRÜNE) fragt, ob der\nWeg gesperrt sei.")
    answer = _span("Bürgermeister Dr. Sommer antwortet Frau Lux, dies sei so.")
    decision = _span("Beschluss: Der Weg bleibt gesperrt. 8 Ja, 1 Nein")
    heading = _span("TOP 1 Wegebau")
    return Minutes(
        source="rat.txt",
        sha256="0" * 64,
        generator=Generator(package="0", config="test"),
        text=TEXT,
        meeting=Meeting(body="Rat", chair="p2"),
        persons=(
            Person(id="p1", kind="person", name="Lux", party="GRÜNE"),
            Person(id="p2", kind="person", name="Sommer", title="Dr.", roles=("Bürgermeister",)),
        ),
        agenda=(
            AgendaItem(
                id="a1",
                number="1",
                title="Wegebau",
                start=heading[0],
                heading_end=heading[1],
                end=len(TEXT),
            ),
        ),
        turns=(
            Turn(
                id="t1",
                agenda_item="a1",
                start=question[0],
                end=question[1],
                label="question",
                confidence=0.75,
                speakers=("p1",),
                parties=("GRÜNE",),
            ),
            Turn(
                id="t2",
                agenda_item="a1",
                start=answer[0],
                end=answer[1],
                label="answer",
                speakers=("p2",),
                roles=("Bürgermeister",),
                addressees=("p1",),
                replies_to=("t1",),
            ),
            Turn(id="t3", agenda_item="a1", start=decision[0], end=decision[1], label="decision"),
        ),
        decisions=(
            Decision(
                turn="t3",
                agenda_item="a1",
                wording=_span("Der Weg bleibt gesperrt."),
                outcome="adopted",
                votes=Votes(yes=8, no=1),
            ),
        ),
    )
