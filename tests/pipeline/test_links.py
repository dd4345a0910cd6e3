from __future__ import annotations

import pytest

import pipeline
from pipeline.links import defers, make_chooser
from tests.pipeline.ruled import extract


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
        pytest.param(
            "Frau Krug fragt, wann der Radweg fertig werde. Herr Ebel fragt, was er koste."
            " Bauamtsleiter Thies antwortet, der Radweg sei im Juni fertig und koste 40.000 Euro.",
            {2: [0, 1]},
            id="two questions answered in one go",
        ),
        pytest.param(
            "Frau Krug fragt, wann der Radweg fertig werde.\n\nRatsherr Ebel (FDP) lehnt den Radweg ab.\n\n"
            "Herr Rot fragt, was er koste.\n\n"
            "Bauamtsleiter Thies geht auf die gestellten Fragen ein. Der Radweg sei im Juni fertig.",
            {3: [0, 2]},
            id="the text says that it answers the questions",
        ),
        pytest.param(
            "TOP 1 Radweg\n\nFrau Krug fragt, wann der Radweg fertig werde.\n\nTOP 2 Freibad\n\n"
            "Herr Ebel fragt, was das Freibad koste.\n\n"
            "Zur Frage von Frau Krug unter TOP 1 teilt Bauamtsleiter Thies mit, der Radweg sei im Juni fertig.",
            {2: [0]},
            id="the item of the question is named",
        ),
        pytest.param(
            "TOP 1 Radweg\n\nFrau Krug fragt, wann der Radweg fertig werde.\n\nTOP 2 Freibad\n\n"
            "Herr Ebel fragt, was das Freibad koste.\n\n"
            "Bauamtsleiter Thies antwortet, unter TOP 1 seien 40.000 Euro genannt worden.",
            {2: [1]},
            id="an item is named without a question",
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


def test_one_asker_is_answered_and_the_other_is_left_open() -> None:
    minutes = extract(
        "Frau Krug fragt, wann der Radweg fertig werde. Eine Bürgerin fragt, was er koste."
        " Bauamtsleiter Thies antwortet Frau Krug, dies sei im Juni der Fall."
    )
    assert [turn.id for turn in minutes.unanswered()] == ["t2"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Frau Krug fragt, was der Radweg koste. Herr Thies antwortet, 40.000 Euro."
            " Frau Rot ergänzt, das Land trage die Hälfte.",
            {2: (1,)},
            id="right after an answer",
        ),
        pytest.param(
            "Frau Krug hält den Radweg für nötig.\n\nHerr Ebel fügt hinzu, er fehle seit Jahren.",
            {1: (0,)},
            id="right after a remark",
        ),
        pytest.param(
            "Frau Krug hält den Radweg für nötig.\n\nFrau Rot lobt den Entwurf.\n\n"
            "Herr Ebel schließt sich Frau Krug an.",
            {2: (0,)},
            id="somebody is joined by name",
        ),
        pytest.param(
            "Frau Krug hält den Radweg für nötig.\n\nFrau Krug ergänzt, er fehle seit Jahren.",
            {},
            id="nobody extends what they said themselves",
        ),
        pytest.param(
            "Frau Krug hält den Radweg für nötig.\n\nHerr Ebel weist darauf hin, dass er fehle.",
            {},
            id="a remark of its own",
        ),
        pytest.param(
            "Frau Krug hält den Radweg für nötig.\n\nTOP 2 Freibad\n\nHerr Ebel ergänzt, das Bad sei alt.",
            {},
            id="a heading between",
        ),
        pytest.param(
            "Frau Krug hält den Radweg für nötig.\n\nBeschluss: Der Radweg wird gebaut.\n\n"
            "Herr Ebel ergänzt, er fehle seit Jahren.",
            {},
            id="not right after",
        ),
    ],
)
def test_what_an_addition_extends(text: str, expected: dict[int, tuple[int, ...]]) -> None:
    turns = extract(text).turns
    number = {turn.id: n for n, turn in enumerate(turns)}
    assert {n: tuple(number[x] for x in turn.extends) for n, turn in enumerate(turns) if turn.extends} == expected


@pytest.mark.parametrize(
    "text",
    [
        "Die Anfrage wird schriftlich beantwortet.",
        "Frau Lux sagt eine schriftliche Beantwortung zu.",
        "Die Zahl werde nachgereicht.",
        "Herr Roth reicht die Liste bis Freitag nach.",
        "Die Antwort wird dem Protokoll als Anlage beigefügt.",
        "Herr Roth sagt eine Antwort mit der Niederschrift zu.",
        "Die Verwaltung werde in der nächsten Sitzung berichten.",
        "Eine Antwort erfolgt in der kommenden Sitzung.",
        "Das könne er derzeit nicht sagen, es werde geklärt.",
        "Dazu lägen ihr keine Zahlen vor.|Sie werde beim Kreis nachfragen.",
        "Der Gutachter ist heute nicht anwesend.|Die Frage werde schriftlich beantwortet.",
        "Herr Roth nimmt die Frage mit.",
    ],
)
def test_answers_that_put_off(text: str) -> None:
    assert defers(text.split("|"))


@pytest.mark.parametrize(
    "text",
    [
        "Der Radweg sei im Juni fertig.",
        "Dazu lägen ihr keine Zahlen vor.",
        "Die Zusage liege schriftlich vor.",
        "Antwort der Verwaltung zu Protokoll: Das Becken fasst 90 m³.",
        "Es gebe 19 betroffene Familien.|Die Summe reiche sie nach.",
        "Die nächste Sitzung sei am 4. Mai.",
        "Das Protokoll liege aus.",
        "Nach dem Gutachten reiche der Platz.",
    ],
)
def test_answers_that_do_not_put_off(text: str) -> None:
    assert not defers(text.split("|"))


def test_a_deferred_answer_leaves_its_question_open() -> None:
    minutes = extract(
        "Frau Krug fragt, was der Radweg koste. Bauamtsleiter Thies antwortet, die Zahl werde nachgereicht.\n\n"
        "Herr Ebel fragt, wann er fertig werde. Bauamtsleiter Thies antwortet, im Juni."
    )
    assert [turn.status for turn in minutes.turns] == [None, "deferred", None, None]
    assert [turn.id for turn in minutes.unanswered()] == ["t1"]
    assert list(minutes.exchanges()["status"]) == ["deferred", "answered"]


def test_the_rules_can_take_the_place_of_the_scorer() -> None:
    text = (
        "Frau Krug fragt, was die Turnhalle koste. Herr Ebel fragt, wann der Radweg komme."
        " Herr Thies antwortet, die Turnhalle koste 40.000 Euro. Frau Rot antwortet, der Radweg komme im Juni."
    )
    nlp = pipeline.load(classifier="rules")
    learned = [turn.replies_to for turn in pipeline.extract(text, nlp=nlp).turns]
    nlp.replace_pipe("protokollant_links", "protokollant_links", config={"scorer": "rules"})
    ruled = [turn.replies_to for turn in pipeline.extract(text, nlp=nlp).turns]
    assert learned == [(), (), ("t1",), ("t2",)]
    assert ruled == [(), (), ("t1", "t2"), ("t2",)]


def test_another_scorer_is_refused() -> None:
    with pytest.raises(ValueError, match="no such scorer of links: nearest; give learned or rules"):
        make_chooser("nearest")
