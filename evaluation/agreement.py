"""Agreement of two or more annotations of the same texts: over characters, over units, and as systems are scored.

Over characters: the coefficients of `evaluation.coefficients`, for the labels of characters that are no white space.
"Empty" is the label of characters in no turn; without it, only characters count that every annotator labelled.

Over units: `evaluation.unitizing`, where the turns are the units and their characters without white space the
continuum. Over turns: `evaluation.scoring`, the later annotator scored as if it were a system, the earlier as gold.

What compares two annotators (Cohen's kappa, units, turns) is, with more of them, the mean over their pairs; of Cohen's
kappa that is Light's kappa (Light 1971). Pairs for which it is undefined are left out.

Intervals are of a bootstrap over documents (`evaluation.intervals`), those of the coefficients its percentiles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, combinations
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.gold import Gold, read_gold
from corpus.record import LABELS, AgendaItem, Decision, Generator, Label, Meeting, Minutes, Person, Turn
from evaluation.coefficients import Floats, cohen_kappa, fleiss_kappa, gwet_ac1, nominal_alpha, ratio
from evaluation.counts import Counts
from evaluation.errors import EvaluationError
from evaluation.intervals import ROUNDS, Estimate, estimate, metric_intervals
from evaluation.scores import Metric, Scores
from evaluation.scoring import score
from evaluation.unitizing import Continuum, Unit, unitized_alpha

Table = npt.NDArray[np.int64]
"""Rows: labels of one annotator, columns: of another; the five labels, then the empty one."""

Labels = tuple[Label | None, ...]
"""What the annotators, in their order, label a character; `None` is the empty label."""

_WITH_EMPTY: Labels = (*LABELS, None)


@dataclass(frozen=True)
class Pair:
    """What two annotators made of the turns of one document, the later one scored as a system.

    `outcome` and `meeting` are what both state alike; the scores hold the share of what the earlier one states, and
    would not see what only the later one does.
    """

    scores: Scores = field(default_factory=Scores)
    outcome: Counts = field(default_factory=Counts)
    meeting: Counts = field(default_factory=Counts)

    def __add__(self, other: Pair) -> Pair:
        return Pair(self.scores + other.scores, self.outcome + other.outcome, self.meeting + other.meeting)

    @property
    def counts(self) -> dict[str, Counts]:
        """The counts of every F1 by its name."""
        counted = {name: x for name, x in self.scores.counted.items() if isinstance(x, Counts)}
        return {**counted, "outcome_f1": self.outcome, "meeting_f1": self.meeting}


@dataclass(frozen=True)
class Comparison:
    """What the annotators made of one document.

    `characters` counts the characters by the labels that they got; `pairs` are in the order of
    `itertools.combinations`.
    """

    name: str
    characters: Mapping[Labels, int]
    continuum: Continuum
    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Agreement:
    """The agreement over all documents that every folder holds, and the names of those that one lacks."""

    annotators: int
    documents: tuple[Comparison, ...]
    estimates: dict[str, Estimate]
    unpaired: tuple[str, ...] = ()

    @property
    def pairs(self) -> dict[tuple[int, int], Pair]:
        """Every two annotators by their numbers from 0, over all documents."""
        of_pair = zip(*(document.pairs for document in self.documents), strict=True)
        found = combinations(range(self.annotators), 2)
        return {key: sum(pairs, Pair()) for key, pairs in zip(found, of_pair, strict=True)}

    def characters(self, first: int, second: int) -> Table:
        """Say how often two annotators, by their numbers from 0, gave which labels, over all documents."""
        table = np.zeros((len(_WITH_EMPTY), len(_WITH_EMPTY)), dtype=np.int64)
        for document in self.documents:
            for labels, number in document.characters.items():
                table[_WITH_EMPTY.index(labels[first]), _WITH_EMPTY.index(labels[second])] += number
        return table


def agree(folders: Sequence[Path], texts: Path | None = None, *, rounds: int = ROUNDS, seed: int = 0) -> Agreement:
    """Compare folders of annotations, one an annotator; their texts lie beside them or in `texts`.

    Raises `EvaluationError` for fewer than two folders and where no document is in all, and `GoldError` for one that
    does not hold.
    """
    if len(folders) < 2:
        raise EvaluationError("one annotator agrees with nobody: name two folders or more")
    names = [{path.stem for path in folder.glob("*.json")} for folder in folders]
    shared = sorted(set.intersection(*names))
    if not shared:
        raise EvaluationError(
            f"{', '.join(map(str, folders))} have no annotation in common: name folders of the same texts"
        )
    documents = tuple(
        compare(name, [read_gold(folder / f"{name}.json", texts) for folder in folders]) for name in shared
    )
    unpaired = sorted(set.union(*names) - set(shared))
    return Agreement(len(folders), documents, estimates(documents, rounds, seed), tuple(unpaired))


def compare(name: str, annotations: Sequence[Gold]) -> Comparison:
    """Compare annotations of one text; `EvaluationError` if the texts differ."""
    text = annotations[0].text
    if any(gold.text != text for gold in annotations):
        raise EvaluationError(f"{name}: the annotations are of different texts")
    at = list(accumulate((not x.isspace() for x in text), initial=0))
    units = [
        tuple(Unit(at[x.start], at[x.end], x.label) for x in gold.turns if at[x.start] < at[x.end])
        for gold in annotations
    ]
    labels = zip(*(_labels(at[-1], turns) for turns in units), strict=True)
    pairs = tuple(_pair(a, b) for a, b in combinations(annotations, 2))
    return Comparison(name, Counter(labels), Continuum(at[-1], tuple(units)), pairs)


def estimates(documents: Sequence[Comparison], rounds: int = ROUNDS, seed: int = 0) -> dict[str, Estimate]:
    """Return every figure by name with its interval from `rounds` resamples of the documents."""
    size = len(documents)
    generator = np.random.default_rng(seed)
    drawn = generator.multinomial(size, np.full(size, 1 / size), size=rounds)
    # The first sample is the documents themselves, so that a figure and its resamples are one computation.
    samples = np.vstack([np.ones(size), drawn])
    figures = {
        **_over_characters(documents, samples, "with_empty", _WITH_EMPTY),
        **_over_characters(documents, samples, "without_empty", LABELS),
        **_over_units(documents, samples),
    }
    coefficients = {
        name: estimate(None if np.isnan(values[0]) else float(values[0]), values[1:], size)
        for name, values in figures.items()
    }
    return {**coefficients, **_over_turns(documents, rounds, seed)}


def _over_characters(
    documents: Sequence[Comparison], samples: Floats, which: str, categories: Labels
) -> dict[str, Floats]:
    """Return coefficients for the characters that all annotators gave one of these categories."""
    patterns = sorted(
        {labels for document in documents for labels in document.characters if set(labels) <= set(categories)},
        key=lambda labels: [categories.index(x) for x in labels],
    )
    annotators = len(documents[0].continuum.annotators)
    given = np.array([[x == category for category in categories] for labels in patterns for x in labels], dtype=float)
    given = given.reshape(len(patterns), annotators, len(categories))
    times = samples @ np.array([[document.characters.get(x, 0) for x in patterns] for document in documents])
    tables = [
        np.tensordot(times, given[:, a, :, None] * given[:, b, None, :], 1)
        for a, b in combinations(range(annotators), 2)
    ]
    units = given.sum(axis=1)
    fleiss = fleiss_kappa(units, times)
    return {
        f"agreement_{which}": 1 - fleiss.observed,
        f"cohen_kappa_{which}": _mean([cohen_kappa(table).values for table in tables]),
        f"fleiss_kappa_{which}": fleiss.values,
        f"alpha_{which}": nominal_alpha(units, times).values,
        f"ac1_{which}": gwet_ac1(units, times).values,
    }


def _over_units(documents: Sequence[Comparison], samples: Floats) -> dict[str, Floats]:
    of_pair = [
        [Continuum(x.continuum.length, pair) for x, pair in zip(documents, pairs, strict=True)]
        for pairs in zip(*(combinations(document.continuum.annotators, 2) for document in documents), strict=True)
    ]
    wanted: dict[str, Sequence[str]] = {"alpha_u": LABELS, **{f"alpha_u_{label}": (label,) for label in LABELS}}
    return {
        name: _mean([unitized_alpha(continua, categories, samples).values for continua in of_pair])
        for name, categories in wanted.items()
    }


def _over_turns(documents: Sequence[Comparison], rounds: int, seed: int) -> dict[str, Estimate]:
    counts = [[pair.counts for pair in document.pairs] for document in documents]
    metrics = {
        name: [Metric(tuple(x[name].fraction for x in of_pairs)) for of_pairs in counts] for name in counts[0][0]
    }
    return metric_intervals(metrics, rounds, seed)


def _mean(values: Sequence[Floats]) -> Floats:
    """Return the mean over pairs, NaN where none is defined."""
    pairs = np.stack(values)
    return ratio(np.nansum(pairs, axis=0), (~np.isnan(pairs)).sum(axis=0).astype(float))


def _labels(length: int, turns: Sequence[Unit]) -> list[str | None]:
    labels: list[str | None] = [None] * length
    for turn in turns:
        labels[turn.start : turn.end] = [turn.category] * (turn.end - turn.start)
    return labels


def _pair(first: Gold, second: Gold) -> Pair:
    there, back = score(first, as_minutes(second)), score(second, as_minutes(first))
    return Pair(
        there,
        Counts.among(there.outcome.right, predicted=back.outcome.total, gold=there.outcome.total),
        Counts.among(there.meeting.right, predicted=back.meeting.total, gold=there.meeting.total),
    )


def as_minutes(gold: Gold) -> Minutes:
    """Return an annotation as the record of a system that found just this; names are persons."""
    facts = {name: fact.value for name, fact in gold.meeting.facts.items()}
    spoken = {name for turn in gold.turns for name in (*turn.speakers, *turn.addressees)}
    names = sorted(spoken | {entry.person for entry in gold.attendance} | {gold.meeting.chair or ""} - {""})
    ids = {name: f"p{n}" for n, name in enumerate(names, 1)}
    return Minutes(
        source="annotation",
        sha256=gold.sha256,
        generator=Generator(package="annotation", config="none"),
        text=gold.text,
        meeting=Meeting.model_validate(
            {
                **facts,
                "chair": ids.get(gold.meeting.chair or ""),
                "public": gold.meeting.public,
                "attendance": [
                    {"person": ids[x.person], "status": x.status, "span": (x.start, x.end)} for x in gold.attendance
                ],
            }
        ),
        persons=tuple(Person(id=id, kind="person", name=name) for name, id in ids.items()),
        agenda=tuple(
            AgendaItem(
                id=f"a{n}",
                number=item.number,
                title=item.title,
                start=item.start,
                heading_end=item.end,
                end=item.end,
            )
            for n, item in enumerate(gold.agenda, 1)
        ),
        turns=tuple(
            Turn(
                id=f"t{n}",
                start=turn.start,
                end=turn.end,
                label=turn.label,
                speakers=tuple(ids[x] for x in turn.speakers),
                speaker_mentions=turn.speaker_mentions,
                roles=turn.roles,
                parties=turn.parties,
                addressees=tuple(ids[x] for x in turn.addressees),
                content=turn.content,
                replies_to=tuple(f"t{x + 1}" for x in turn.replies_to),
            )
            for n, turn in enumerate(gold.turns, 1)
        ),
        decisions=tuple(
            Decision(
                turn=f"t{n}",
                wording=turn.wording,
                outcome=turn.outcome,
                votes=turn.votes,
                unanimous=turn.unanimous,
            )
            for n, turn in enumerate(gold.turns, 1)
            if turn.outcome is not None
        ),
    )
