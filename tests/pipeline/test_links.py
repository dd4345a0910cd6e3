from __future__ import annotations

import pytest

from corpus.record import Label
from pipeline.links import LinkInput, link_answers
from tests.pipeline.ruled import extract


def _turn(
    label: Label, *speakers: str, to: tuple[str, ...] = (), on_request: bool = False, section: int = 1
) -> LinkInput:
    return LinkInput(label, speakers, to, on_request, section)


LUX_ASKS = _turn("question", "Lux")
ZEH_ASKS = _turn("question", "Zeh")
TALK = _turn("addition", "Amann")


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        pytest.param([LUX_ASKS, _turn("answer", "Roth")], [(), (0,)], id="the question before"),
        pytest.param([LUX_ASKS, ZEH_ASKS, _turn("answer", "Roth")], [(), (), (1,)], id="the nearest question"),
        pytest.param([LUX_ASKS, TALK, _turn("answer", "Roth")], [(), (), (0,)], id="others speak between"),
        pytest.param(
            [LUX_ASKS, ZEH_ASKS, _turn("answer", "Roth", to=("Lux",))],
            [(), (), (0,)],
            id="the asker is named",
        ),
        pytest.param(
            [LUX_ASKS, ZEH_ASKS, LUX_ASKS, _turn("answer", "Roth", to=("Lux",))],
            [(), (), (), (2,)],
            id="the last question of the asker",
        ),
        pytest.param(
            [LUX_ASKS, _turn("answer", "Roth", to=("Zeh",), on_request=True)],
            [(), ()],
            id="the asker asks in the answer alone",
        ),
        pytest.param([_turn("answer", "Roth", on_request=True)], [()], id="no question at all"),
        pytest.param([LUX_ASKS, _turn("answer", "Lux")], [(), ()], id="nobody answers their own question"),
        pytest.param(
            [LUX_ASKS, ZEH_ASKS, _turn("answer", "Zeh")],
            [(), (), (0,)],
            id="past the question of the answerer",
        ),
        pytest.param([LUX_ASKS, _turn("answer", "Roth", section=2)], [(), ()], id="not across an agenda item"),
        pytest.param([LUX_ASKS, _turn("addition", "Roth")], [(), ()], id="only answers reply"),
        pytest.param([_turn("question"), _turn("answer")], [(), (0,)], id="nobody is named"),
        pytest.param(
            [LUX_ASKS, _turn("answer", "Roth"), _turn("answer", "Amann")],
            [(), (0,), (0,)],
            id="two answer one question",
        ),
        pytest.param([], [], id="nothing"),
        pytest.param(
            [LUX_ASKS, ZEH_ASKS, _turn("answer", "Roth", to=("Lux", "Zeh"))],
            [(), (), (0, 1)],
            id="two askers are named",
        ),
    ],
)
def test_an_answer_finds_its_question(turns: list[LinkInput], expected: list[tuple[int, ...]]) -> None:
    assert link_answers(turns) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Frau Krug fragt, wann der Radweg fertig werde. Bauamtsleiter Thies antwortet, dies sei im Juni der Fall.",
            {1: [0]},
            id="one of each",
        ),
        pytest.param(
            "Frau Krug fragt, wann der Radweg fertig werde. Herr Ebel fragt, was er koste."
            " Bauamtsleiter Thies antwortet Frau Krug, dies sei im Juni der Fall.",
            {2: [0]},
            id="the asker in the dative",
        ),
        pytest.param(
            "Frau Krug fragt, wann der Radweg fertig werde. Herr Ebel fragt, was er koste."
            " Auf die Frage von Frau Krug erklärt Bauamtsleiter Thies, dies sei im Juni der Fall.",
            {2: [0]},
            id="the question is taken up again",
        ),
        pytest.param(
            "Auf Nachfrage von Frau Krug erklärt Bauamtsleiter Thies, der Radweg sei im Juni fertig.",
            {},
            id="asked inside the answer",
        ),
        pytest.param(
            "Frau Krug fragt, wann der Radweg fertig werde. Auf Nachfrage von Herrn Ebel erklärt"
            " Bauamtsleiter"
            " Thies, der Radweg koste 40.000 Euro.",
            {},
            id="somebody else asked inside the answer",
        ),
        pytest.param(
            "Frau Krug fragt, wann der Radweg fertig werde.\n\nTOP 2 Freibad\n\n"
            "Bauamtsleiter Thies antwortet, das sei offen.",
            {},
            id="a heading between",
        ),
        pytest.param(
            "Es wird gefragt, ob der Steg saniert werde. Es wird geantwortet, dass dies 2026 geschehe.",
            {1: [0]},
            id="nobody is named",
        ),
        pytest.param(
            "Ratsfrau A. fragt nach den Kosten. Herr B. erklärt, diese betrügen 400 Euro. Ratsherr C."
            " fragt, wer"
            " das bezahle. Herr B. erklärt, das Land trage die Kosten.",
            {1: [0], 3: [2]},
            id="two pairs with masked names",
        ),
    ],
)
def test_links_of_a_document(text: str, expected: dict[int, list[int]]) -> None:
    turns = extract(text).turns
    found = {
        n: [int(reply.removeprefix("t")) - 1 for reply in turn.replies_to]
        for n, turn in enumerate(turns)
        if turn.replies_to
    }
    assert found == expected
