from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import DocumentInput, TurnInput
from models.features import COLUMNS, FUNCTIONS, SPEAKER_KINDS, features
from tests.models.tiny import learned

ASKED = TurnInput("Frau Lux fragt Herrn Roth, ob der Weg frei sei.", 1, "lux", "mandate", ("ask",), asks=True,
                  addressees=("roth",), mentioned=("lux", "roth"))  # fmt: skip
REPLIED = TurnInput("Herr Roth antwortet Frau Lux, er sei frei.", 1, "roth", "administration", ("reply",),
                    addressees=("lux",), mentioned=("roth", "lux"))  # fmt: skip
TALK = TurnInput("Herr Zeh lobt den Weg.", 1, "zeh", "mandate", ("opinion",), mentioned=("zeh",))


def _columns(*turns: TurnInput) -> list[dict[str, float]]:
    """What stands in the row of each turn, without zeros."""
    rows = features(DocumentInput("", (), turns))
    return [{name: float(x) for name, x in zip(COLUMNS, row, strict=True) if x} for row in rows]


def test_names_are_told_once() -> None:
    assert len(set(COLUMNS)) == len(COLUMNS)


def test_one_row_a_turn() -> None:
    rows = features(DocumentInput("", (), (ASKED, TALK)))
    assert rows.shape == (2, len(COLUMNS))
    assert rows.dtype == np.float32
    assert features(DocumentInput("", (), ())).shape == (0, len(COLUMNS))


def test_what_is_seen_in_the_turn_itself() -> None:
    turn = TurnInput("x", 0, None, "guest", ("thank", "ask"), asks=True, direct_question=True, carried=2, passive=True,
                     verbatim=True)  # fmt: skip
    row = _columns(turn)[0]
    assert row.pop("length") == pytest.approx(np.log(2) / 8)
    ones = ("cue_thank", "cue_ask", "first_thank", "by_guest", "rules_question", "asks", "direct_question", "passive",
            "verbatim", "nobody_named", "section_begins", "document_begins")  # fmt: skip
    assert row == {**dict.fromkeys(ones, 1.0), "carried": 0.5}


def test_an_answer_to_an_open_question() -> None:
    row = _columns(ASKED, REPLIED)[1]
    for name in ("rules_answer", "question_open", "names_asker", "names_last_speaker", "addresses_last_speaker",
                 "was_addressed", "asker_was_other_kind"):  # fmt: skip
        assert row[name] == 1, name
    assert row["since_question"] == pytest.approx(1 / 6)
    for name in ("asker_speaks", "same_speaker", "answered_since", "section_begins", "document_begins", "nobody_named"):
        assert name not in row


@pytest.mark.parametrize(
    ("turns", "present", "absent"),
    [
        pytest.param((TALK, REPLIED), (), ("question_open", "since_question", "was_addressed"), id="nothing was asked"),
        pytest.param(
            (ASKED, replace(REPLIED, section=2)),
            ("section_begins",),
            ("question_open", "names_asker", "was_addressed", "document_begins"),
            id="asked in another item",
        ),
        pytest.param(
            (ASKED, REPLIED, TALK), ("question_open", "answered_since"), ("names_asker",), id="answered already"
        ),
        pytest.param(
            (ASKED, TALK, ASKED), ("asker_speaks", "spoke_before"), ("same_speaker", "names_asker"), id="asks again"
        ),
        pytest.param((TALK, TALK), ("same_speaker", "spoke_before"), ("asker_speaks",), id="goes on"),
        pytest.param(
            (replace(TALK, speaker=None), replace(TALK, speaker=None)),
            ("nobody_named",),
            ("same_speaker", "spoke_before"),
            id="nobody is not the same as nobody",
        ),
        pytest.param(
            (replace(ASKED, speaker=None), replace(REPLIED, speaker=None)),
            ("question_open",),
            ("asker_speaks", "was_addressed"),
            id="nobody is no asker",
        ),
        pytest.param((ASKED, *[TALK] * 5, ASKED), ("question_open",), ("asker_speaks",), id="asked long ago"),
    ],
)
def test_what_went_before(turns: tuple[TurnInput, ...], present: tuple[str, ...], absent: tuple[str, ...]) -> None:
    last = _columns(*turns)[-1]
    assert [name for name in present if name not in last] == []
    assert [name for name in absent if name in last] == []


def test_documents_of_the_corpus() -> None:
    rows = np.concatenate([features(x.document) for x in learned()])
    assert np.isfinite(rows).all()
    assert rows.min() == 0
    assert rows.max() <= 2
    assert len(np.unique(rows, axis=0)) > len(rows) / 2
    again = np.concatenate([features(x.document) for x in learned()])
    assert (rows == again).all()


_people = st.sampled_from([None, "lux", "roth", "zeh"])
_turns = st.builds(
    TurnInput,
    text=st.text(max_size=9) | st.just("x" * 9000),
    section=st.integers(0, 2),
    speaker=_people,
    speaker_kind=st.none() | st.sampled_from(SPEAKER_KINDS) | st.just("unknown"),
    functions=st.lists(st.sampled_from(FUNCTIONS), max_size=4).map(tuple),
    asks=st.booleans(),
    carried=st.integers(0, 20),
    decides=st.booleans(),
    addressees=st.lists(_people.filter(bool), max_size=2).map(tuple),
    mentioned=st.lists(_people.filter(bool), max_size=3).map(tuple),
)


@given(st.lists(_turns, max_size=8))
def test_a_row_depends_on_nothing_behind_it(turns: list[TurnInput]) -> None:
    rows = features(DocumentInput("", (), tuple(turns)))
    assert rows.shape == (len(turns), len(COLUMNS))
    assert ((rows >= 0) & (rows <= 2)).all()
    for n in range(len(turns)):
        assert (features(DocumentInput("", (), tuple(turns[: n + 1]))) == rows[: n + 1]).all()
