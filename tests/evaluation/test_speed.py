from __future__ import annotations

from itertools import count

import pytest

from evaluation import EvaluationError, measure_speed
from evaluation.speed import MIN_ROUNDS, Speed


def test_words_a_second_by_hand() -> None:
    speed = Speed(texts=1, words=100, rounds=(50.0, 10.0, 20.0, 40.0))
    assert (speed.minimum, speed.median, speed.maximum) == (10.0, 30.0, 50.0)


def test_five_rounds_at_the_least_after_a_warm_up() -> None:
    read: list[str] = []
    ticks = count()
    texts = ["Die Sitzung beginnt.", "Sie\nendet."]
    speed = measure_speed(read.append, texts, 0, clock=lambda: float(next(ticks)))
    assert read == texts * (1 + MIN_ROUNDS)
    assert (speed.texts, speed.words) == (2, 5)
    assert speed.rounds == (5.0,) * MIN_ROUNDS


def test_rounds_go_on_until_the_time_is_over() -> None:
    ticks = count()
    assert len(measure_speed(len, ["Ja."], 60, clock=lambda: float(next(ticks))).rounds) > MIN_ROUNDS


def test_a_blank_pipeline_is_measured() -> None:
    import spacy

    speed = measure_speed(spacy.blank("de"), ["Frau Ammer fragt nach dem Radweg."], 0)
    assert 0 < speed.minimum <= speed.median <= speed.maximum


@pytest.mark.parametrize("texts", [[], [""], [" \n"]])
def test_texts_without_words_are_refused(texts: list[str]) -> None:
    with pytest.raises(EvaluationError, match="no word"):
        measure_speed(len, texts, 0)
