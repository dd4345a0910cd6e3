from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.gold import Gold
from corpus.record import Minutes
from evaluation.harness import Document
from tests.evaluation.page.reading import HOSTILE, LAKE, NAME


@pytest.fixture(scope="session")
def documents(gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]) -> tuple[Document, ...]:
    """Three documents: one with wrong turns of several kinds, one that attacks the page, one without a record.

    In the first, a turn has a wrong label and a wrong speaker, one is missed, one has a wrong outcome, one is spurious.
    """
    ask = {"quote": "Frau Ammer fragt nach dem Radweg.", "label": "question", "speakers": ["Ammer"]}
    reply = {"quote": "Herr Berg sagt, er komme im Mai.", "label": "answer", "speakers": ["Berg"], "replies_to": [0]}
    praise = {"quote": "Frau Cordes lobt den Plan.", "label": "addition", "speakers": ["Cordes"]}
    decide = {"quote": "Er wird beschlossen.", "label": "decision", "outcome": "adopted"}
    close = {"quote": "Die Sitzung wird geschlossen.", "label": "other"}
    lake = Document(
        "see-1",
        gold_of(LAKE, ask, reply, praise, decide),
        record_of(
            LAKE,
            ask,
            {**reply, "label": "addition", "speakers": ["Dorn"], "replies_to": []},
            {**decide, "outcome": "rejected"},
            close,
        ),
    )
    attack = {"quote": HOSTILE.splitlines()[0], "label": "question", "speakers": [NAME]}
    hostile = Document(f"berg-{NAME}", gold_of(HOSTILE, attack), record_of(HOSTILE, {**attack, "label": "other"}))
    empty = Document("tal-1", gold_of(LAKE, close), record_of(LAKE), missing=True)
    return lake, hostile, empty
