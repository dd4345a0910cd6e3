"""Records of invented sittings, and all that a store holds of them in a form that can be compared."""

from __future__ import annotations

import datetime as dt
import hashlib
import sqlite3
from pathlib import Path

from corpus.record import AgendaItem, Attendance, Decision, Generator, Meeting, Minutes, Person, Turn, Votes

QUESTION = "Frau Lux fragt, ob der Weg an der Mühle gesperrt sei."
ANSWER = "Herr Sommer antwortet, dass die Umge-\nstaltung noch daure."
DECISION = "Der Rat beschließt den Haushalt mit 8 zu 1 Stimmen."
TABLES = ("meeting", "person", "attendance", "agenda", "turn", "turn_person", "link", "decision")


def minutes(
    source: str = "rat.txt", *, body: str = "Gemeinderat Höhenfeld", date: str = "2019-05-14", more: str = ""
) -> Minutes:
    """A record with a question, its answer and a decision; `more` stands behind them in the text."""
    text = f"{QUESTION}\n{ANSWER}\n{DECISION}\n{more}"
    answer, decision = text.index(ANSWER), text.index(DECISION)
    divided = text.index("-\n")
    return Minutes(
        source=source,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        generator=Generator(package="1.0", config="abc"),
        text=text,
        meeting=Meeting(
            body=body,
            date=dt.date.fromisoformat(date),
            start_time=dt.time(19, 30),
            attendance=(Attendance(person="p1", status="present", from_="ab TOP 2", span=(0, 8)),),
        ),
        persons=(
            Person(id="p1", kind="person", name="Lux", honorific="Frau", party="SPD", roles=("Stadträtin",)),
            Person(id="p2", kind="person", name="Sommer", honorific="Herr"),
        ),
        agenda=(AgendaItem(id="a1", number="3", title="Mühlweg", start=0, heading_end=4, end=decision),),
        turns=(
            Turn(
                id="t1",
                agenda_item="a1",
                start=0,
                end=len(QUESTION),
                label="question",
                speakers=("p1",),
                addressees=("p2",),
            ),
            Turn(
                id="t2",
                agenda_item="a1",
                start=answer,
                end=answer + len(ANSWER),
                label="answer",
                speakers=("p2",),
                content=((text.index("dass"), divided), (divided + 2, answer + len(ANSWER))),
                replies_to=("t1",),
            ),
            Turn(id="t3", start=decision, end=decision + len(DECISION), label="decision"),
        ),
        decisions=(
            Decision(
                turn="t3",
                outcome="adopted",
                votes=Votes(yes=8, no=1),
                wording=(decision, decision + len(DECISION)),
            ),
        ),
    )


def everything(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of a store by table, without numbers of rows and without times; the records as JSON."""
    db = sqlite3.connect(path)
    held = {
        "document": db.execute("SELECT path, state, sha256, size, fingerprint FROM document ORDER BY 1").fetchall(),
        "failure": db.execute(
            "SELECT path, kind, reason FROM failure JOIN document ON document.id = document ORDER BY 1"
        ).fetchall(),
        "record": db.execute("SELECT sha256, suffix, fingerprint, characters FROM record ORDER BY 1, 2").fetchall(),
        "found": db.execute(
            "SELECT path, turn.id FROM turn_search JOIN turn ON turn.key = turn_search.rowid"
            " JOIN present USING (record)"
            " WHERE turn_search MATCH 'frau OR herr OR der' ORDER BY 1, 2"
        ).fetchall(),
    }
    for table in TABLES:
        columns = [name for _, name, *_ in db.execute(f"PRAGMA table_info({table})") if name not in ("record", "key")]
        names = ", ".join(f'{table}."{name}"' for name in columns)
        rows = db.execute(f"SELECT sha256, {names} FROM {table} JOIN record ON record.id = record ORDER BY 1, 2, 3, 4")
        held[table] = rows.fetchall()
    db.execute("INSERT INTO turn_search (turn_search) VALUES ('integrity-check')")
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    db.close()
    return held
