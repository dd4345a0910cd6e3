"""A small store whose answers can be counted by hand.

Three sittings: in 2019 Lux asks, Sommer answers, 8 to 1 for; in 2020 (another body, paper 2020/17) Lux is excused, the
answer is put off, 4 to 5 against; in 2021 Özgür asks and nobody answers. A fourth document was removed.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.record import Minutes, Votes
from corpus.store import Store
from tests.corpus.store.examples import minutes


def _second() -> Minutes:
    record = minutes("2020.txt", body="Bauausschuss", date="2020-03-02", more="b")
    attendance = (record.meeting.attendance[0].model_copy(update={"status": "excused", "from_": None}),)
    decision = record.decisions[0].model_copy(update={"outcome": "rejected", "votes": Votes(yes=4, no=5)})
    return record.model_copy(
        update={
            "meeting": record.meeting.model_copy(update={"attendance": attendance}),
            "agenda": (record.agenda[0].model_copy(update={"title": "Ausbau", "paper": "2020/17"}),),
            "turns": (record.turns[0], record.turns[1].model_copy(update={"status": "deferred"}), record.turns[2]),
            "decisions": (decision,),
        }
    )


def _third() -> Minutes:
    record = minutes("2021.txt", date="2021-01-12", more="c")
    lone = record.turns[1].model_copy(update={"label": "addition", "replies_to": ()})
    asker = record.persons[0].model_copy(update={"name": "Özgür", "party": None})
    return record.model_copy(
        update={"persons": (asker, record.persons[1]), "turns": (record.turns[0], lone, record.turns[2])}
    )


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("explorer") / "archiv.db"
    with Store(path) as store:
        for record in (minutes("2019.txt"), _second(), _third(), minutes("weg.txt", date="2022-01-01", more="d")):
            store.put(record)
        store.ledger.mark_removed(["weg.txt"])
    return path
