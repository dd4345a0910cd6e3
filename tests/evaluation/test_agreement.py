from __future__ import annotations

from pathlib import Path

import pytest
from sklearn.metrics import cohen_kappa_score

from corpus.gold import Gold, gold_json
from corpus.record import LABELS
from evaluation.agreement import agree, as_minutes, compare, estimates
from evaluation.errors import EvaluationError
from evaluation.intervals import Estimate
from evaluation.scoring import score

TEXT = "Frau Lux fragt, ob er kommt.\nHerr Roth erklärt, er komme.\nSchluss.\n"
ASK, TELL = (0, 28), (29, 57)
INKED = [len("".join(TEXT[slice(*span)].split())) for span in (ASK, TELL)]
QUESTION, ANSWER, ADDITION = (LABELS.index(label) for label in ("question", "answer", "addition"))


def _gold(second: str = "answer", speaker: str = "Roth", links: bool = True) -> Gold:
    turns = [
        {"start": ASK[0], "end": ASK[1], "label": "question", "speakers": ["Lux"]},
        {"start": TELL[0], "end": TELL[1], "label": second, "speakers": [speaker]},
    ]
    if links and second == "answer":
        turns[1]["replies_to"] = [0]
    return Gold.model_validate({"text": TEXT, "turns": turns})


def _figures(*annotations: Gold) -> dict[str, Estimate]:
    return estimates([compare("a", annotations)], rounds=100)


def _folder(path: Path, gold: Gold, names: str) -> Path:
    path.mkdir()
    for name in names:
        (path / f"{name}.json").write_text(gold_json(gold), encoding="utf-8")
    return path


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name in "xyz":
        (folder / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    return folder


def test_characters_count_by_label_and_white_space_does_not() -> None:
    found = compare("a", [_gold(), _gold("addition")])
    assert found.characters == {
        ("question", "question"): INKED[0],
        ("answer", "addition"): INKED[1],
        (None, None): len("Schluss."),
    }
    assert found.continuum.length == sum(INKED) + len("Schluss.")
    assert [[(x.start, x.end) for x in units] for units in found.continuum.annotators] == [
        [(0, INKED[0]), (INKED[0], sum(INKED))]
    ] * 2


@pytest.mark.parametrize("annotators", [2, 3])
def test_who_is_of_one_mind_agrees_fully(annotators: int) -> None:
    figures = estimates([compare(name, [_gold()] * annotators) for name in "ab"], rounds=100)
    defined = {name: x.value for name, x in figures.items() if x.value is not None}
    assert set(defined.values()) == {1.0}
    assert {"cohen_kappa_without_empty", "ac1_with_empty", "alpha_u_answer", "turn_f1", "link_f1"} <= set(defined)
    assert figures["alpha_u_other"].value is None


def test_the_figures_are_those_of_the_characters() -> None:
    figures = _figures(_gold(), _gold("addition"))
    first = [QUESTION] * INKED[0] + [ANSWER] * INKED[1]
    second = [QUESTION] * INKED[0] + [ADDITION] * INKED[1]
    agreed = INKED[0] / sum(INKED)
    assert figures["agreement_without_empty"].value == pytest.approx(agreed)
    assert figures["cohen_kappa_without_empty"].value == pytest.approx(cohen_kappa_score(first, second))
    # Half of the labels of what is no question are answer, half addition; five labels, so K − 1 = 4.
    shares = (agreed, (1 - agreed) / 2, (1 - agreed) / 2)
    chance = sum(x * (1 - x) for x in shares) / 4
    assert figures["ac1_without_empty"].value == pytest.approx((agreed - chance) / (1 - chance))
    assert figures["alpha_u_question"].value == 1
    assert figures["alpha_u_answer"].value < 0  # the unit of one lies in the gap of the other
    assert figures["label_f1"].value == 0.5


def test_without_the_empty_label_only_what_all_label_counts() -> None:
    silent = Gold.model_validate({"text": TEXT, "turns": [{"start": 29, "end": 57, "label": "addition"}]})
    figures = _figures(_gold(), _gold(), silent)
    assert figures["agreement_without_empty"].value == pytest.approx(1 / 3)
    assert figures["agreement_with_empty"].value == pytest.approx(
        (sum(INKED) / 3 + len("Schluss.")) / (sum(INKED) + len("Schluss."))
    )


def test_of_several_annotators_the_mean_over_pairs_counts() -> None:
    annotations = [_gold(), _gold("addition"), _gold(speaker="Lux", links=False)]
    pairs = [_figures(annotations[i], annotations[j]) for i, j in ((0, 1), (0, 2), (1, 2))]
    for name, found in _figures(*annotations).items():
        if name.startswith(("cohen_kappa_", "alpha_u")) or name.endswith("_f1"):
            defined = [x[name].value for x in pairs if x[name].value is not None]
            assert found.value == (pytest.approx(sum(defined) / len(defined)) if defined else None), name


def test_the_order_of_annotators_does_not_matter_over_characters_and_units() -> None:
    annotations = [_gold(), _gold("addition"), _gold(speaker="Lux", links=False)]
    there, back = _figures(*annotations), _figures(*annotations[::-1])
    for name in there:
        if not name.endswith("_f1"):
            assert there[name].value == pytest.approx(back[name].value), name


def test_what_nobody_labels_is_undefined() -> None:
    empty = Gold.model_validate({"text": TEXT, "turns": []})
    figures = _figures(empty, empty)
    assert {name for name, x in figures.items() if x.value is not None} == {"agreement_with_empty", "ac1_with_empty"}


def test_turns_are_scored_as_a_system_s() -> None:
    first, second = _gold(), _gold(speaker="Lux", links=False)
    (pair,) = compare("a", [first, second]).pairs
    assert pair.scores == score(first, as_minutes(second))
    metrics = pair.scores.metrics
    assert (metrics["span_f1"], metrics["turn_f1"], metrics["link_f1"]) == (1.0, 0.5, 0.0)


def test_intervals_hold_the_value_and_come_from_the_seed() -> None:
    documents = [compare(name, [_gold(), _gold("addition" if name == "a" else "answer")]) for name in "abc"]
    found = estimates(documents, rounds=200, seed=1)
    for name in ("label_f1", "alpha_u", "fleiss_kappa_with_empty", "ac1_without_empty"):
        x = found[name]
        assert x.low is not None and x.high is not None and x.value is not None
        assert x.low < x.value <= x.high
    assert found == estimates(documents, rounds=200, seed=1)
    assert _figures(_gold(), _gold("addition"))["label_f1"] == Estimate(0.5)


def test_folders_are_joined_by_name(tmp_path: Path, texts: Path) -> None:
    folders = [
        _folder(tmp_path / "a", _gold(), "xy"),
        _folder(tmp_path / "b", _gold("addition"), "xz"),
        _folder(tmp_path / "c", _gold(speaker="Lux"), "xyz"),
    ]
    agreement = agree(folders, texts, rounds=100)
    assert [document.name for document in agreement.documents] == ["x"]
    assert agreement.unpaired == ("y", "z")
    assert list(agreement.pairs) == [(0, 1), (0, 2), (1, 2)]
    assert agreement.pairs[0, 1].scores.confusion.count("answer", "addition") == 1
    assert agreement.characters(0, 1)[ANSWER, ADDITION] == INKED[1]
    assert agreement.characters(1, 2)[ADDITION, ANSWER] == INKED[1]
    assert agreement.characters(1, 2)[-1, -1] == len("Schluss.")
    with pytest.raises(EvaluationError, match="no annotation in common"):
        agree([tmp_path / "a", texts], rounds=100)
    with pytest.raises(EvaluationError, match="name two folders"):
        agree([tmp_path / "a"], rounds=100)


def test_different_texts_cannot_be_compared() -> None:
    other = _gold().model_copy(update={"text": TEXT.replace("Schluss", "Anfang")})
    with pytest.raises(EvaluationError, match="a: the annotations are of different texts"):
        compare("a", [_gold(), other])
