from __future__ import annotations

from itertools import count

import pytest

from evaluation import EvaluationError, measure_speed, peak_memory, time_to_first_record
from evaluation.speed import MIN_ROUNDS, Speed, Spread


def test_words_a_second_by_hand() -> None:
    rates = Spread((50.0, 10.0, 20.0, 40.0))
    assert (rates.minimum, rates.median, rates.maximum) == (10.0, 30.0, 50.0)


def test_five_rounds_at_the_least_after_a_warm_up() -> None:
    read: list[str] = []
    ticks = count()
    texts = ["Die Sitzung beginnt.", "Sie\nendet."]
    speed = measure_speed({"a": lambda texts: map(read.append, texts)}, texts, 0, clock=lambda: float(next(ticks)))["a"]
    assert read == texts * (1 + MIN_ROUNDS)
    assert (speed.texts, speed.words) == (2, 5)
    assert speed.rounds.values == (5.0,) * MIN_ROUNDS


def test_rounds_go_on_until_the_time_is_over() -> None:
    ticks = count()
    found = measure_speed({"a": iter}, ["Ja."], 60, clock=lambda: float(next(ticks)))
    assert len(found["a"].rounds.values) > MIN_ROUNDS


def test_two_systems_read_in_turn() -> None:
    order: list[str] = []
    readers = {name: lambda texts, name=name: map(order.append, [name]) for name in "ab"}
    measure_speed(readers, ["Ja."], 0)
    assert order == list("ab") * (1 + MIN_ROUNDS)


def test_the_ratio_is_taken_round_by_round() -> None:
    ours, theirs = (Speed(1, 1, Spread(rounds)) for rounds in ((10.0, 30.0, 20.0), (5.0, 5.0, 20.0)))
    ratio = ours.ratio(theirs)
    assert ratio.values == (2.0, 6.0, 1.0)
    assert ratio.median == 2.0


def test_ratios_need_the_same_rounds() -> None:
    with pytest.raises(ValueError, match="shorter"):
        Speed(1, 1, Spread((1.0, 2.0))).ratio(Speed(1, 1, Spread((1.0,))))


def test_a_blank_pipeline_is_measured() -> None:
    import spacy

    speed = measure_speed({"blank": spacy.blank("de").pipe}, ["Frau Ammer fragt nach dem Radweg."], 0)["blank"]
    assert 0 < speed.rounds.minimum <= speed.rounds.median <= speed.rounds.maximum


@pytest.mark.parametrize("texts", [[], [""], [" \n"]])
def test_texts_without_words_are_refused(texts: list[str]) -> None:
    with pytest.raises(EvaluationError, match="no word"):
        measure_speed({"a": iter}, texts, 0)


def test_memory_only_grows() -> None:
    before = peak_memory()
    if before is None:
        pytest.skip("no module resource here")
    block = bytearray(b"x" * int(before * 1.2e6))
    after = peak_memory()
    assert after is not None
    assert after >= len(block) / 1e6
    assert 10 < before < after < 100_000  # megabytes, whatever the system counts in


def test_a_fresh_process_writes_a_record() -> None:
    start = time_to_first_record("Frau Ammer fragt nach dem Radweg.\n", 1)
    assert len(start.values) == 1
    assert 0 < start.median < 120


def test_a_process_without_a_record_says_why() -> None:
    with pytest.raises(EvaluationError, match="kein_modell"):
        time_to_first_record("Frau Ammer fragt.", 1, ("--base", "kein_modell"))


def test_the_peer_has_the_shape_of_the_package() -> None:
    from evaluation.peer import DEPENDENCIES, EDIT_TREES, ENTITIES, MORPHS, TAGS, make_peer

    peer = make_peer()
    assert peer.pipe_names == ["tok2vec", "tagger", "morphologizer", "parser", "lemmatizer", "ner"]
    numbers = {name: len(peer.get_pipe(name).labels) for name in peer.pipe_names[1:]}
    # The parser adds "ROOT" and "dep".
    assert numbers == {
        "tagger": TAGS,
        "morphologizer": MORPHS,
        "parser": DEPENDENCIES + 2,
        "lemmatizer": EDIT_TREES,
        "ner": len(ENTITIES),
    }
    text = "Frau Ammer fragt nach dem Radweg. Herr Berg antwortet, er komme im Mai."
    (doc,) = peer.pipe([text])
    assert len({token.tag_ for token in doc}) > 1
    assert len({token.dep_ for token in doc}) > 1
    assert [token.tag_ for token in make_peer()(text)] == [token.tag_ for token in doc]
