from __future__ import annotations

from pathlib import Path

import krippendorff
import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from corpus.gold import Gold, gold_json
from corpus.record import LABELS
from evaluation.agreement import agree, alpha, as_minutes, compare, estimates, kappa
from evaluation.errors import EvaluationError
from evaluation.scoring import score

TEXT = "Frau Lux fragt, ob er kommt.\nHerr Roth erklärt, er komme.\nSchluss.\n"
ASK, TELL = (0, 28), (29, 57)


def _gold(second: str = "answer", speaker: str = "Roth", links: bool = True) -> Gold:
    turns = [
        {"start": ASK[0], "end": ASK[1], "label": "question", "speakers": ["Lux"]},
        {"start": TELL[0], "end": TELL[1], "label": second, "speakers": [speaker]},
    ]
    if links and second == "answer":
        turns[1]["replies_to"] = [0]
    return Gold.model_validate({"text": TEXT, "turns": turns})


TABLES = st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=3, max_size=3).map(np.array)


def _ratings(table: np.ndarray) -> tuple[list[int], list[int]]:  # type: ignore[type-arg]
    pairs = [(i, j) for i in range(3) for j in range(3) for _ in range(int(table[i, j]))]
    return [i for i, _ in pairs], [j for _, j in pairs]


@given(TABLES)
def test_alpha_and_kappa_are_those_of_the_libraries(table: np.ndarray) -> None:  # type: ignore[type-arg]
    first, second = _ratings(table)
    assume(len(set(first)) > 1 and len(set(second)) > 1)
    assert kappa(table) == pytest.approx(cohen_kappa_score(first, second))
    expected = krippendorff.alpha([first, second], level_of_measurement="nominal", value_domain=[0, 1, 2])
    assert alpha(table) == pytest.approx(expected)


def test_figures_without_variation_are_undefined() -> None:
    assert kappa(np.zeros((2, 2), dtype=int)) is None
    assert kappa(np.array([[5, 0], [0, 0]])) is None
    assert alpha(np.array([[5, 0], [0, 0]])) is None


def test_characters_count_by_label_and_white_space_does_not() -> None:
    table = compare("a", _gold(), _gold("addition")).characters
    inked = [len("".join(TEXT[slice(*span)].split())) for span in (ASK, TELL)]
    question, answer, addition = (LABELS.index(label) for label in ("question", "answer", "addition"))
    assert table[question, question] == inked[0]
    assert table[answer, addition] == inked[1]
    assert table[-1, -1] == len("Schluss.")
    assert table.sum() == sum(inked) + len("Schluss.")


def test_an_annotation_agrees_with_itself() -> None:
    figures = estimates([compare(name, _gold(), _gold()) for name in "ab"], rounds=100)
    defined = {name: x.value for name, x in figures.items() if x.value is not None}
    assert set(defined.values()) == {1.0}
    assert {"kappa_without_empty", "turn_f1", "link_f1"} <= set(defined)


def test_turns_are_scored_as_a_system_s() -> None:
    first, second = _gold(), _gold(speaker="Lux", links=False)
    scores = score(first, as_minutes(second))
    assert scores == compare("a", first, second).scores
    assert (scores.metrics["span_f1"], scores.metrics["turn_f1"], scores.metrics["link_f1"]) == (1.0, 0.5, 0.0)


def test_intervals_hold_the_value_and_come_from_the_seed() -> None:
    pairs = [compare("a", _gold(), _gold("addition")), compare("b", _gold(), _gold()), compare("c", _gold(), _gold())]
    found = estimates(pairs, rounds=200, seed=1)["label_f1"]
    assert found.low is not None and found.high is not None and found.value is not None
    assert found.low < found.value <= found.high
    assert found == estimates(pairs, rounds=200, seed=1)["label_f1"]


def test_folders_are_joined_by_name(tmp_path: Path) -> None:
    for folder, gold, names in (("a", _gold(), "xy"), ("b", _gold("addition"), "xz"), ("t", _gold(), "xyz")):
        (tmp_path / folder).mkdir()
        for name in names:
            if folder == "t":
                (tmp_path / folder / f"{name}.txt").write_text(TEXT, encoding="utf-8")
            else:
                (tmp_path / folder / f"{name}.json").write_text(gold_json(gold), encoding="utf-8")
    agreement = agree(tmp_path / "a", tmp_path / "b", tmp_path / "t", rounds=100)
    assert [pair.name for pair in agreement.pairs] == ["x"]
    assert agreement.unpaired == ("y", "z")
    assert agreement.scores.confusion.count("answer", "addition") == 1
    with pytest.raises(EvaluationError, match="no annotation in common"):
        agree(tmp_path / "a", tmp_path / "t", rounds=100)


def test_different_texts_cannot_be_compared() -> None:
    other = _gold().model_copy(update={"text": TEXT.replace("Schluss", "Anfang")})
    with pytest.raises(EvaluationError, match="a: the two annotations are of different texts"):
        compare("a", _gold(), other)
