from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.record import Label
from models.links import COLUMNS, Chooser, LinkInput, Round, choose_open, letter_sequences, link, load_links
from models.weights import WeightsError


def _turn(
    label: Label,
    *speakers: str,
    to: tuple[str, ...] = (),
    on_request: bool = False,
    section: int = 1,
    named: bool = True,
    collective: bool = False,
    asked_in: int | None = None,
    says: str = "",
) -> LinkInput:
    return LinkInput(
        label=label,
        speakers=speakers,
        addressees=to,
        on_request=on_request,
        section=section,
        named=named,
        collective=collective,
        asked_in=asked_in,
        sequences=letter_sequences(says),
    )


LUX_ASKS = _turn("question", "Lux")
ZEH_ASKS = _turn("question", "Zeh")
TALK = _turn("addition", "Amann")
ANSWER = _turn("answer", "Roth")
CHOOSERS: tuple[Callable[[], Chooser], ...] = (lambda: load_links().choose, lambda: choose_open)


@pytest.mark.parametrize("chooser", CHOOSERS, ids=("learned", "rules"))
@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        pytest.param([LUX_ASKS, ANSWER], [(), (0,)], id="the question before"),
        pytest.param([LUX_ASKS, ZEH_ASKS, ANSWER], [(), (), (0, 1)], id="two questions, one answer"),
        pytest.param([LUX_ASKS, ANSWER, ZEH_ASKS, ANSWER], [(), (0,), (), (2,)], id="the first one is answered"),
        pytest.param([LUX_ASKS, TALK, ANSWER], [(), (), (0,)], id="others speak between"),
        pytest.param([LUX_ASKS, ZEH_ASKS, _turn("answer", "Roth", to=("Lux",))], [(), (), (0,)], id="to one asker"),
        pytest.param(
            [LUX_ASKS, ZEH_ASKS, _turn("answer", "Roth", to=("Lux", "Zeh"))], [(), (), (0, 1)], id="to two askers"
        ),
        pytest.param(
            [LUX_ASKS, ZEH_ASKS, _turn("answer", "Roth", on_request=True, collective=True)],
            [(), (), (0, 1)],
            id="on the questions",
        ),
        pytest.param(
            [LUX_ASKS, _turn("answer", "Roth", to=("Zeh",), on_request=True)],
            [(), ()],
            id="the asker asks in the answer alone",
        ),
        pytest.param([_turn("answer", "Roth", on_request=True)], [()], id="no question at all"),
        pytest.param([LUX_ASKS, _turn("answer", "Lux")], [(), ()], id="nobody answers their own question"),
        pytest.param([LUX_ASKS, _turn("answer", "Lux", named=False)], [(), (0,)], id="who answers is not named"),
        pytest.param([LUX_ASKS, ZEH_ASKS, _turn("answer", "Zeh")], [(), (), (0,)], id="past one's own question"),
        pytest.param([LUX_ASKS, _turn("answer", "Roth", section=2)], [(), ()], id="not across a heading"),
        pytest.param(
            [LUX_ASKS, _turn("question", "Zeh", section=2), _turn("answer", "Roth", section=2, asked_in=1)],
            [(), (), (0,)],
            id="across a heading where the text says so",
        ),
        pytest.param([LUX_ASKS, _turn("addition", "Roth")], [(), ()], id="only answers reply"),
        pytest.param([_turn("question"), _turn("answer")], [(), (0,)], id="nobody is named"),
        pytest.param([LUX_ASKS, ANSWER, _turn("answer", "Amann")], [(), (0,), (0,)], id="two answer one question"),
        pytest.param([], [], id="nothing"),
    ],
)
def test_an_answer_finds_its_questions(
    turns: list[LinkInput], expected: list[tuple[int, ...]], chooser: Callable[[], Chooser]
) -> None:
    assert link(turns, chooser()) == expected


def test_two_answers_share_the_questions_by_their_content() -> None:
    turns = [
        _turn("question", "Lux", says="was die Turnhallensanierung koste"),
        _turn("question", "Zeh", says="wann der Radweg nach Hohlbach gebaut werde"),
        _turn("answer", "Roth", says="die Sanierung der Turnhalle koste 400.000 Euro"),
        _turn("answer", "Amann", says="der Bau des Radwegs nach Hohlbach beginne im Mai"),
    ]
    assert link(turns, load_links().choose) == [(), (), (0,), (1,)]


def test_compounds_and_inflected_forms_share_letters() -> None:
    assert letter_sequences("Turnhallensanierung") & letter_sequences("die Sanierung der Turnhalle")
    assert not letter_sequences("wann der Weg") & letter_sequences("wer den Weg")  # short words tell nothing
    assert letter_sequences("2024 Straße") == {"2024", "stras", "trass", "rasse"}


def test_the_columns_are_numbers_of_a_small_range() -> None:
    turns = [LUX_ASKS, ZEH_ASKS, TALK, _turn("answer", "Roth", to=("Lux",)), ANSWER]
    seen: list[float] = []

    def watch(found: Round) -> list[int]:
        seen.extend(x for rank in range(len(found.questions)) for x in found.columns(rank).values())
        return []

    link(turns, watch)
    assert len(seen) == 2 * len(COLUMNS)  # an answer to somebody needs no score
    assert all(0 <= x <= 3 for x in seen)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "cannot be read"),
        ("[]", "cannot be read"),
        (json.dumps({"name": "x", "weights": {"bias": "viel"}}), "cannot be read"),
        (json.dumps({"name": "x", "weights": {"bias": 1}}), "trained for other columns"),
    ],
)
def test_weights_that_do_not_fit_are_refused(content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "links.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(WeightsError, match=message):
        load_links(path)


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"none\.json cannot be read"):
        load_links(tmp_path / "none.json")
