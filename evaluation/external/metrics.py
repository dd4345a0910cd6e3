"""The metrics of the benchmarks, in counts that add up over documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import get_args

import numpy as np

from evaluation.counts import Counts, Fraction
from evaluation.external.documents import Event, Part, Tokens
from evaluation.matching import assign
from evaluation.scores import Metric

SPEECH_ROLES: tuple[Part, ...] = ("source", "message", "addressee", "topic", "medium", "evidence", "particle")
QUOTATION_ROLES: tuple[Part, ...] = ("source", "addressee", "cue", "frame")


@dataclass(frozen=True)
class SpeechScores:
    """Tokens of cues and of roles; `joint` takes both together."""

    cue: Counts = field(default_factory=Counts)
    roles: Counts = field(default_factory=Counts)

    @property
    def joint(self) -> Counts:
        return self.cue + self.roles


@dataclass(frozen=True)
class Proportions:
    """Parts of events that are right in some share: of each predicted part (`precise`), of each part of gold."""

    precise: Fraction = field(default_factory=Fraction)
    recalled: Fraction = field(default_factory=Fraction)

    def __add__(self, other: Proportions) -> Proportions:
        return Proportions(self.precise + other.precise, self.recalled + other.recalled)

    @property
    def precision(self) -> float | None:
        return self.precise.ratio

    @property
    def recall(self) -> float | None:
        return self.recalled.ratio

    @property
    def metric(self) -> Metric:
        """F1: the harmonic mean of precision and recall, which count different things."""
        return Metric((self.precise, self.recalled), "harmonic")

    @property
    def f1(self) -> float | None:
        return self.metric.value


@dataclass(frozen=True)
class QuotationScores:
    """Messages and roles; `joint` takes both together."""

    message: Proportions = field(default_factory=Proportions)
    roles: Proportions = field(default_factory=Proportions)

    @property
    def joint(self) -> Proportions:
        return self.message + self.roles


def score_speech_events(gold: Sequence[Event], predicted: Sequence[Event]) -> SpeechScores:
    """Score cues and roles token by token, as task 1 of GermEval 2023 does (Rehbein et al. 2023, overview, §5.2).

    Events are aligned one to one so that the joint F1 is best. Only events whose cues share a token are aligned, and
    the tokens of a role are right only under an aligned cue. Predicted events without a cue do not count.
    """
    truths, founds = _ordered(gold), _ordered(x for x in predicted if x.cue)

    # What is predicted and what gold has does not depend on the alignment: the best F1 is that of most right tokens.
    def gain(truth: Event, found: Event) -> float:
        return _right(truth, found, ("cue", *SPEECH_ROLES)) if truth.cue & found.cue else 0

    pairs = _align(truths, founds, gain)
    return SpeechScores(_tokens(truths, founds, pairs, ("cue",)), _tokens(truths, founds, pairs, SPEECH_ROLES))


def score_quotations(
    gold: Sequence[Event], predicted: Sequence[Event], roles: Sequence[Part] = QUOTATION_ROLES
) -> QuotationScores:
    """Score messages and roles in proportion, as task 2 of GermEval 2023 does (the same overview, §5.4).

    Messages are aligned one to one so that the sum of their token F1 is greatest. The precision of a part of an event
    is the share of its tokens that are right, and that of all events the mean of these shares over all parts that are
    predicted; recall is the same over all parts of gold. Long messages thus weigh no more than short ones. Roles are
    right only under aligned messages, which share a token. (The official scorer also aligns leftovers that share
    none, and breaks ties by the type of quotation.) Predicted events without a message do not count.
    """
    truths, founds = _ordered(gold), _ordered(x for x in predicted if x.message)

    def gain(truth: Event, found: Event) -> float:
        return 2 * len(truth.message & found.message) / (len(truth.message) + len(found.message) or 1)

    pairs = _align(truths, founds, gain)
    return QuotationScores(_shares(truths, founds, pairs, ("message",)), _shares(truths, founds, pairs, roles))


def score_tokens(gold: Iterable[Event], predicted: Iterable[Event], type: str) -> Counts:
    """Score which tokens stand in messages of one type of quotation (Brunner et al. 2020)."""
    truth, found = _covered(gold, type), _covered(predicted, type)
    return Counts.among(len(truth & found), predicted=len(found), gold=len(truth))


def score_names(gold: frozenset[Tokens], predicted: frozenset[Tokens]) -> Counts:
    """Score names, which are right only with the same tokens (strict, Benikova et al. 2014)."""
    return Counts.among(len(gold & predicted), predicted=len(predicted), gold=len(gold))


def _ordered(events: Iterable[Event]) -> list[Event]:
    """Sort events by what they cover, so that their order has no say in which of equally good alignments is taken."""
    return sorted(events, key=lambda event: [sorted(event.part(name)) for name in get_args(Part)])


def _align(
    gold: Sequence[Event], predicted: Sequence[Event], gain: Callable[[Event, Event], float]
) -> tuple[tuple[Event, Event], ...]:
    gains = np.array([[gain(truth, found) for found in predicted] for truth in gold], dtype=np.float64)
    pairs = assign(gains.reshape(len(gold), len(predicted)))
    return tuple((gold[i], predicted[j]) for i, j in pairs)


def _right(truth: Event, found: Event, parts: Iterable[Part]) -> int:
    return sum(len(truth.part(name) & found.part(name)) for name in parts)


def _tokens(
    gold: Sequence[Event], predicted: Sequence[Event], pairs: Iterable[tuple[Event, Event]], parts: Sequence[Part]
) -> Counts:
    return Counts.among(
        sum(_right(truth, found, parts) for truth, found in pairs),
        predicted=sum(len(event.part(name)) for event in predicted for name in parts),
        gold=sum(len(event.part(name)) for event in gold for name in parts),
    )


def _shares(
    gold: Sequence[Event], predicted: Sequence[Event], pairs: Iterable[tuple[Event, Event]], parts: Sequence[Part]
) -> Proportions:
    precise, recalled = 0.0, 0.0
    for truth, found in pairs:
        for name in parts:
            right = len(truth.part(name) & found.part(name))
            precise += right / len(found.part(name)) if right else 0
            recalled += right / len(truth.part(name)) if right else 0
    return Proportions(
        Fraction(precise, sum(bool(event.part(name)) for event in predicted for name in parts)),
        Fraction(recalled, sum(bool(event.part(name)) for event in gold for name in parts)),
    )


def _covered(events: Iterable[Event], type: str) -> Tokens:
    return frozenset(token for event in events if event.type == type for token in event.message)
