from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.gold import Gold
from corpus.record import Minutes
from evaluation.counts import Counts, Fraction
from evaluation.identity import Identity, Mention, compare_entities
from evaluation.scores import Scores
from evaluation.scoring import score

TEXT = "Frau Ammer fragt. Herr Berg antwortet. Sie dankt. Herr Cordes schließt."
ASK = {"quote": "Frau Ammer fragt.", "label": "question", "speakers": ["Ammer"]}
REPLY = {"quote": "Herr Berg antwortet.", "label": "answer", "speakers": ["Berg"]}
THANK = {"quote": "Sie dankt.", "label": "other", "speakers": ["Ammer"]}
CLOSE = {"quote": "Herr Cordes schließt.", "label": "other", "speakers": ["Cordes"]}

MENTIONS = st.lists(st.tuples(st.sampled_from(["A", "B", "C", None]), st.sampled_from(["p1", "p2", "p3", None])))


def _b3(found: Identity) -> float | None:
    return Scores(identity=found).metrics["b3_f1"]


def test_two_persons_held_for_one_by_hand() -> None:
    # Gold: A speaks twice, B once. The system has one person for all three.
    found = compare_entities([("A", "p1"), ("A", "p1"), ("B", "p1")])
    assert found.b3_precision == Fraction(pytest.approx(2 * 2 / 3 + 1 / 3), 3)  # type: ignore[arg-type]
    assert found.b3_recall == Fraction(3, 3)
    assert _b3(found) == pytest.approx(2 * (5 / 9) * 1 / (5 / 9 + 1))
    # Best alignment: A with p1, φ4 = 2 · 2 / (2 + 3); two entities of gold and one of the system.
    assert found.ceaf_e.ratio == pytest.approx((4 / 5) / 1.5)


def test_one_person_held_for_two_by_hand() -> None:
    found = compare_entities([("A", "p1"), ("A", "p2")])
    assert (found.b3_precision, found.b3_recall) == (Fraction(2, 2), Fraction(0.5 + 0.5, 2))
    assert found.ceaf_e.ratio == pytest.approx((2 / 3) / 1.5)


def test_mentions_of_one_side_alone_are_wrong() -> None:
    found = compare_entities([("A", "p1"), ("A", None), (None, "p2")])
    assert found.b3_precision == Fraction(1, 2)
    assert found.b3_recall == Fraction(0.5, 2)


@given(MENTIONS)
def test_bounds(mentions: list[Mention]) -> None:
    found = compare_entities(mentions)
    for fraction in (found.b3_precision, found.b3_recall, found.ceaf_e):
        assert fraction.ratio is None or 0 <= fraction.ratio <= 1 + 1e-12


@given(MENTIONS)
def test_the_sides_are_symmetric(mentions: list[Mention]) -> None:
    there, back = compare_entities(mentions), compare_entities([(b, a) for a, b in mentions])
    assert there.b3_precision.right == pytest.approx(back.b3_recall.right)
    assert there.ceaf_e.right == pytest.approx(back.ceaf_e.right)


@given(MENTIONS, st.randoms(use_true_random=False))
def test_neither_order_nor_names_of_entities_matter(mentions: list[Mention], shuffle: random.Random) -> None:
    renamed = {"p1": "x", "p2": "y", "p3": "z", None: None}
    other = [(a, renamed[b]) for a, b in shuffle.sample(mentions, len(mentions))]  # type: ignore[index]
    one, two = compare_entities(mentions), compare_entities(other)
    assert one.b3_precision.right == pytest.approx(two.b3_precision.right)
    assert one.ceaf_e.right == pytest.approx(two.ceaf_e.right)


@given(st.lists(st.sampled_from(["A", "B", "C"]), min_size=1))
def test_identity_is_one(entities: list[str]) -> None:
    found = compare_entities([(x, x.lower()) for x in entities])
    assert _b3(found) == pytest.approx(1)
    assert found.ceaf_e.ratio == pytest.approx(1)


def test_speakers_of_turns_are_the_mentions(gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]) -> None:
    gold = gold_of(TEXT, ASK, REPLY, THANK)
    lost = score(gold, record_of(TEXT, ASK, REPLY, {**THANK, "speakers": ["Er"]}))
    assert lost.identity.b3_precision == Fraction(3, 3)
    assert lost.identity.b3_recall == Fraction(0.5 + 1 + 0.5, 3)
    spurious = score(gold, record_of(TEXT, ASK, REPLY, THANK, CLOSE))
    assert spurious.identity.b3_precision == Fraction(3, 4)
    assert score(gold, record_of(TEXT)).metrics["b3_f1"] == 0


def test_a_person_under_a_wrong_name_is_still_one(
    gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]
) -> None:
    found = score(gold_of(TEXT, ASK, THANK), record_of(TEXT, *({**x, "speakers": ["Amer"]} for x in (ASK, THANK))))
    assert found.metrics["b3_f1"] == found.metrics["ceaf_e_f1"] == 1
    assert found.metrics["speaker_f1"] == 0


def test_a_full_name_and_a_family_name_are_one_person(
    gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]
) -> None:
    gold = gold_of(TEXT, ASK, {**THANK, "speakers": ["Eva Ammer"]})
    found = score(gold, record_of(TEXT, ASK, THANK))
    assert (found.person, found.metrics["b3_f1"]) == (Counts(tp=1), 1)
    # With two persons of the name, "Ammer" may be either, and stays by itself.
    doubt = gold_of(TEXT, ASK, {**REPLY, "speakers": ["Ina Ammer"]}, {**THANK, "speakers": ["Eva Ammer"]})
    assert score(doubt, record_of(TEXT, ASK)).person == Counts(tp=1, fn=2)


def test_persons_are_counted_once(gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]) -> None:
    gold = gold_of(TEXT, {**ASK, "addressees": ["Berg"]}, REPLY, THANK)
    assert score(gold, record_of(TEXT, ASK, THANK)).person == Counts(tp=1, fn=1)
    assert score(gold, record_of(TEXT, ASK, REPLY, THANK, CLOSE)).person == Counts(tp=2, fp=1)
    # "Frau Ammer" twice in the record can only once be the Ammer of gold.
    twice = record_of(TEXT, ASK, {**THANK, "speakers": [("Ammer", "Rätin")]})
    assert score(gold, twice).person == Counts(tp=1, fp=1, fn=1)
