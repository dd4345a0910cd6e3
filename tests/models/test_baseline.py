from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.record import LABELS
from models import DocumentInput, Prediction, RuleBaseline, TurnClassifier, TurnInput

ASKED = TurnInput("Frau Lux fragt, ob der Weg gesperrt sei.", 1, "Lux", "mandate", ("ask",), "fragen", asks=True)
TALK = TurnInput("Herr Zeh lobt den Weg.", 1, "Zeh", "mandate", ("opinion",), "loben")
THANKS = TurnInput("Frau Maul dankt Frau Lux.", 1, "Maul", "chair", ("thank",), "danken")
DECIDES = TurnInput("Der Rat stimmt zu.", 1, functions=("decide",), decides=True)


def _official(
    *functions: str, verb: str | None = None, text: str = "Amtsleiter Roth ..., der Weg sei gesperrt."
) -> TurnInput:
    return TurnInput(text, 1, "Roth", "administration", functions, verb)


def _member(*functions: str, verb: str | None = None) -> TurnInput:
    return TurnInput("Ratsherr Amann ..., der Weg sei gesperrt.", 1, "Amann", "mandate", functions, verb)


ERKLAERT = _official("report", verb="erklären")
ANTWORTET = _official("reply", verb="antworten")


def _document(*turns: TurnInput) -> DocumentInput:
    return DocumentInput("", (), turns)


def _labels(*turns: TurnInput) -> list[str | None]:
    return [prediction.label for prediction in RuleBaseline().predict([_document(*turns)])[0]]


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        pytest.param([ASKED], ["question"], id="fragt"),
        pytest.param([TALK], ["addition"], id="lobt"),
        pytest.param([THANKS], ["other"], id="dankt"),
        pytest.param([DECIDES], ["decision"], id="stimmt zu"),
        pytest.param([ERKLAERT], ["addition"], id="erklärt without a question"),
        pytest.param([ASKED, ERKLAERT], ["question", "answer"], id="erklärt after a question"),
        pytest.param([ASKED, ANTWORTET], ["question", "answer"], id="antwortet"),
        pytest.param([ANTWORTET], ["addition"], id="entgegnet without a question"),
        pytest.param(
            [ASKED, TALK, ERKLAERT],
            ["question", "addition", "answer"],
            id="an official answers over a remark",
        ),
        pytest.param(
            [ASKED, TALK, _member("report", verb="erklären")],
            ["question", "addition", "addition"],
            id="a member states an opinion",
        ),
        pytest.param(
            [ASKED, replace(TALK, functions=("report",), verb="ausführen")],
            ["question", "addition"],
            id="a member debates right after the question",
        ),
        pytest.param(
            [ASKED, _member("reply", verb="antworten")],
            ["question", "answer"],
            id="a member says that he answers",
        ),
        pytest.param(
            [
                ASKED,
                ERKLAERT,
                TurnInput("Frau Maul ergänzt, ...", 1, "Maul", "executive", ("add",), "ergänzen"),
            ],
            ["question", "answer", "addition"],
            id="ergänzt after an answer",
        ),
        pytest.param(
            [ASKED, replace(ERKLAERT, speaker="Lux", speaker_kind=None)],
            ["question", "addition"],
            id="nobody answers their own question",
        ),
        pytest.param([ASKED, replace(ERKLAERT, section=2)], ["question", "addition"], id="the next item begins anew"),
        pytest.param([ASKED, DECIDES, ERKLAERT], ["question", "decision", "addition"], id="a decision closes"),
        pytest.param(
            [replace(ERKLAERT, on_request=True)],
            ["answer"],
            id="on request without a question",
        ),
        pytest.param([replace(ASKED, functions=("thank", "ask"))], ["question"], id="dankt und fragt"),
        pytest.param([replace(THANKS, functions=("thank", "report"))], ["addition"], id="dankt und weist darauf hin"),
        pytest.param([replace(THANKS, functions=("chair", "report"))], ["addition"], id="ruft auf und erläutert"),
        pytest.param([replace(THANKS, carried=2)], ["addition"], id="thanks with content behind"),
        pytest.param(
            [ASKED, _official("promise", verb="zusagen")],
            ["question", "answer"],
            id="a promise after a question",
        ),
        pytest.param(
            [TALK, _official("promise", verb="zusagen")],
            ["addition", "addition"],
            id="a promise after a wish",
        ),
        pytest.param(
            [ASKED, replace(ASKED, functions=("reply", "ask"), speaker="Roth")],
            ["question", "question"],
            id="an answer that asks back",
        ),
        pytest.param(
            [ASKED, replace(THANKS, functions=("chair",)), ERKLAERT],
            ["question", "other", "answer"],
            id="the chair hands the question on",
        ),
        pytest.param([replace(ASKED, decides=True)], ["decision"], id="decision before question"),
        pytest.param(
            [ASKED, ERKLAERT, TALK, ERKLAERT],
            ["question", "answer", "addition", "addition"],
            id="the question is answered, a remark follows",
        ),
        pytest.param([TurnInput("Das Dach sei neu.")], ["addition"], id="nothing is known"),
        pytest.param([ASKED, TurnInput("Das Dach sei neu.", 1)], ["question", "answer"], id="a reply without a cue"),
        pytest.param([], [], id="nothing"),
    ],
)
def test_labels(turns: list[TurnInput], expected: list[str]) -> None:
    assert _labels(*turns) == expected


@pytest.mark.parametrize("kind", ["chair", "executive", "administration", "guest", "clerk", "group"])
def test_officials_answer_over_a_remark(kind: str) -> None:
    assert _labels(ASKED, TALK, replace(ERKLAERT, speaker_kind=kind))[-1] == "answer"


@pytest.mark.parametrize("kind", ["mandate", "group_speaker"])
def test_members_debate(kind: str) -> None:
    assert _labels(ASKED, TALK, replace(ERKLAERT, speaker_kind=kind))[-1] == "addition"


def test_a_far_question_is_no_longer_open() -> None:
    assert _labels(ASKED, *[TALK] * 6, ERKLAERT)[-1] == "addition"


def test_the_baseline_is_a_turn_classifier() -> None:
    classifier: TurnClassifier = RuleBaseline()
    assert classifier.name == "rule-baseline"
    assert classifier.predict([_document(ASKED)]) == [[Prediction("question")]]


def test_predictions_do_not_depend_on_earlier_documents() -> None:
    together = RuleBaseline().predict([_document(ASKED), _document(), _document(ERKLAERT)])
    assert [[p.label for p in document] for document in together] == [["question"], [], ["addition"]]


_inputs = st.builds(
    TurnInput,
    text=st.text(max_size=20),
    section=st.integers(0, 2),
    speaker=st.sampled_from([None, "Lux", "Zeh"]),
    speaker_kind=st.sampled_from([None, "mandate", "chair", "citizen", "administration"]),
    functions=st.lists(st.sampled_from(["ask", "reply", "report", "add", "thank", "chair", "promise"])).map(tuple),
    asks=st.booleans(),
    direct_question=st.booleans(),
    on_request=st.booleans(),
    decides=st.booleans(),
    verbatim=st.booleans(),
)


@given(st.lists(_inputs, max_size=8))
def test_every_turn_gets_a_label_that_depends_on_nothing_behind_it(turns: list[TurnInput]) -> None:
    labels = _labels(*turns)
    assert len(labels) == len(turns)
    assert set(labels) <= set(LABELS)
    assert all(_labels(*turns[:n]) == labels[:n] for n in range(len(turns)))


@given(st.lists(_inputs, max_size=8))
def test_a_decision_is_never_anything_else(turns: list[TurnInput]) -> None:
    for turn, label in zip(turns, _labels(*turns), strict=True):
        assert (label == "decision") is turn.decides
