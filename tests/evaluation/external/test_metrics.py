from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.counts import Counts, Fraction
from evaluation.external.documents import Event, Part, Tokens
from evaluation.external.metrics import (
    SPEECH_ROLES,
    SpeechScores,
    score_names,
    score_quotations,
    score_speech_events,
    score_tokens,
)

TOKENS = st.frozensets(st.tuples(st.integers(0, 1), st.integers(0, 4)), max_size=4)
SOME = st.frozensets(st.tuples(st.integers(0, 1), st.integers(0, 4)), min_size=1, max_size=4)
EVENTS = st.lists(
    st.builds(
        Event,
        cue=TOKENS,
        message=TOKENS,
        source=TOKENS,
        addressee=TOKENS,
        type=st.sampled_from(["direct", "indirect", None]),
    ),
    max_size=4,
)
SPEECH_EVENTS = st.lists(st.builds(Event, cue=SOME, message=TOKENS, source=TOKENS), min_size=1, max_size=4)
QUOTATIONS = st.lists(
    st.builds(Event, message=SOME, cue=TOKENS, source=SOME), min_size=1, max_size=4, unique_by=lambda x: x.message
)


def _tokens(*numbers: int) -> Tokens:
    return frozenset((0, number) for number in numbers)


def _moved(event: Event, sentences: int) -> Event:
    parts = {name: frozenset((n + sentences, k) for n, k in event.part(name)) for name in ("cue", "message", "source")}
    return Event(**parts)


def test_speech_events_by_hand() -> None:
    gold = [
        Event(cue=_tokens(3), source=_tokens(2), message=_tokens(5, 6, 7, 8)),
        Event(cue=_tokens(10), source=_tokens(9)),
    ]
    predicted = [
        Event(cue=_tokens(3, 4), source=_tokens(1, 2), message=_tokens(6, 7, 8, 9)),
        Event(cue=_tokens(12), source=_tokens(9)),  # the right source under a wrong cue
    ]
    found = score_speech_events(gold, predicted)
    # Cues: token 3 of 2 + 1 predicted and 1 + 1 gold tokens. F1 = 2·1 / (3 + 2)
    assert found.cue == Counts(tp=1, fp=2, fn=1)
    assert found.cue.f1 == 2 / 5
    # Roles of the aligned pair: source 1, message 3 right; 2 + 4 + 1 predicted, 1 + 4 + 1 in gold. F1 = 8 / 13
    assert found.roles == Counts(tp=4, fp=3, fn=2)
    # Joint: 5 right, 10 predicted, 8 in gold. F1 = 10 / 18
    assert found.joint == Counts(tp=5, fp=5, fn=3)
    assert found.joint.f1 == 10 / 18


def test_cues_are_aligned_for_the_best_joint_score() -> None:
    # By cue alone the first prediction is as good (1 token each), by cue and source the second: 1 + 2 against 1 + 0.
    gold = [Event(cue=_tokens(3), source=_tokens(1, 2))]
    predicted = [Event(cue=_tokens(3), source=_tokens(8)), Event(cue=_tokens(3, 4), source=_tokens(1, 2))]
    assert score_speech_events(gold, predicted) == SpeechScores(Counts(1, 2, 0), Counts(2, 1, 0))


def test_quotations_by_hand() -> None:
    gold = [
        Event(message=_tokens(0, 1, 2, 3), source=_tokens(10, 11)),
        Event(message=_tokens(4, 5), source=_tokens(12)),
    ]
    predicted = [
        Event(message=_tokens(1, 2, 3, 4, 5), source=_tokens(10)),
        Event(message=_tokens(20), source=_tokens(12)),  # the right source of no quotation
    ]
    found = score_quotations(gold, predicted, roles=("source",))
    # The first prediction shares 3 tokens with the first of gold (F1 6/9) and 2 with the second (4/7): the first it is.
    # Messages: precision (3/5 + 0) / 2, recall (3/4 + 0) / 2. F1 = 2 · 3/10 · 3/8 / (3/10 + 3/8) = 1/3
    assert (found.message.precision, found.message.recall) == (3 / 10, 3 / 8)
    assert found.message.f1 == pytest.approx(1 / 3)
    # Sources: precision (1/1 + 0) / 2, recall (1/2 + 0) / 2. F1 = 2 · 1/2 · 1/4 / (3/4) = 1/3
    assert found.roles.f1 == pytest.approx(1 / 3)
    # Joint: precision (3/5 + 1) / 4 = 2/5, recall (3/4 + 1/2) / 4 = 5/16. F1 = 2 · 1/8 / (57/80) = 20/57
    assert found.joint.f1 == pytest.approx(20 / 57)


def test_a_part_that_is_not_there_has_no_share() -> None:
    # Gold names no source, the system does: that is wrong for precision, and no miss for recall.
    found = score_quotations([Event(message=_tokens(1))], [Event(message=_tokens(1), source=_tokens(0))])
    assert found.roles.precise == Fraction(0, 1)
    assert found.roles.recalled == Fraction(0, 0)
    assert found.message.f1 == 1


def test_tokens_of_one_type_by_hand() -> None:
    gold = [
        Event(message=_tokens(1, 2, 3), type="indirect"),
        Event(message=_tokens(3, 4), type="indirect"),  # token 3 counts once
        Event(message=_tokens(7, 8), type="reported"),
    ]
    predicted = [Event(message=_tokens(2, 3, 4, 5, 6), type="indirect"), Event(message=_tokens(1), type="direct")]
    # 2, 3, 4 of 5 predicted and 4 gold tokens: F1 = 6/9
    assert score_tokens(gold, predicted, "indirect") == Counts(tp=3, fp=2, fn=1)
    assert score_tokens(gold, predicted, "reported") == Counts(fn=2)


def test_names_by_hand() -> None:
    gold = frozenset({_tokens(0, 1), _tokens(4)})
    # The family name alone is not the whole name; the other is right: 1 of 2 predicted, 1 of 2 in gold.
    assert score_names(gold, frozenset({_tokens(1), _tokens(4)})) == Counts(tp=1, fp=1, fn=1)


@given(SPEECH_EVENTS)
def test_gold_itself_has_all_speech_events(gold: list[Event]) -> None:
    assert score_speech_events(gold, gold).joint.f1 == score_speech_events(gold, gold).cue.f1 == 1


@given(QUOTATIONS)
def test_gold_itself_has_all_quotations(gold: list[Event]) -> None:
    found = score_quotations(gold, gold)
    assert found.message.f1 == found.roles.f1 == found.joint.f1 == pytest.approx(1)


@given(EVENTS, EVENTS)
def test_scores_keep_their_bounds(gold: list[Event], predicted: list[Event]) -> None:
    quotations, speech = score_quotations(gold, predicted), score_speech_events(gold, predicted)
    for proportions in (quotations.message, quotations.roles, quotations.joint):
        for ratio in (proportions.precision, proportions.recall, proportions.f1):
            assert ratio is None or 0 <= ratio <= 1 + 1e-9
    for counts in (speech.cue, speech.roles, speech.joint, score_tokens(gold, predicted, "direct")):
        assert min(counts.tp, counts.fp, counts.fn) >= 0


@given(EVENTS, EVENTS, st.data())
def test_the_order_of_events_does_not_matter(gold: list[Event], predicted: list[Event], data: st.DataObject) -> None:
    mixed = data.draw(st.permutations(gold)), data.draw(st.permutations(predicted))
    assert score_speech_events(*mixed) == score_speech_events(gold, predicted)
    assert score_quotations(*mixed) == score_quotations(gold, predicted)


@given(SPEECH_EVENTS, SPEECH_EVENTS, SPEECH_EVENTS, SPEECH_EVENTS)
def test_counts_of_documents_add_up(a: list[Event], b: list[Event], c: list[Event], d: list[Event]) -> None:
    one, two = score_speech_events(a, b), score_speech_events(c, d)
    behind = [[_moved(event, 2) for event in events] for events in (c, d)]
    assert score_speech_events([*a, *behind[0]], [*b, *behind[1]]).joint == one.joint + two.joint


@given(SPEECH_EVENTS, SPEECH_EVENTS)
def test_no_alignment_is_better(gold: list[Event], predicted: list[Event]) -> None:
    parts: tuple[Part, ...] = ("cue", *SPEECH_ROLES)
    empty = [Event()] * len(gold)
    best = max(
        sum(
            len(a.part(name) & b.part(name))
            for a, b in zip(gold, order, strict=False)
            if a.cue & b.cue
            for name in parts
        )
        for order in permutations([*predicted, *empty], len(gold))
    )
    assert score_speech_events(gold, predicted).joint.tp == best
