"""Agreement of two annotations of the same texts: over characters, and over turns as the harness scores a system.

Over characters: Cohen's kappa (Cohen 1960) and Krippendorff's alpha for nominal data (Krippendorff 2011), both from
one table of how often the two gave which labels to a character that is no white space. "Empty" is the label of
characters in no turn; without it, only characters count that both annotators labelled.

Intervals are percentiles of a bootstrap over documents (Efron 1979): a document is what varies independently.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.gold import Gold, read_gold
from corpus.record import LABELS, AgendaItem, Decision, Generator, Meeting, Minutes, Person, Turn
from evaluation.counts import Counts
from evaluation.errors import EvaluationError
from evaluation.intervals import Estimate, estimate
from evaluation.scoring import Scores, score

Table = npt.NDArray[np.int64]
"""Rows: labels of the first annotator, columns: of the second; the five labels, then the empty one."""

_INDEX: dict[str | None, int] = {**{label: i for i, label in enumerate(LABELS)}, None: len(LABELS)}
_TURN_METRICS = (
    "span_f1",
    "label_f1",
    "speaker_f1",
    "turn_f1",
    "addressee_f1",
    "link_f1",
    "agenda_f1",
    "attendance_f1",
)


@dataclass(frozen=True)
class Pair:
    """What two annotators made of one document."""

    name: str
    characters: Table
    scores: Scores
    outcome: Counts
    meeting: Counts


@dataclass(frozen=True)
class Agreement:
    """The agreement over all documents that both folders hold, and the names of those that one lacks."""

    pairs: tuple[Pair, ...]
    estimates: dict[str, Estimate]
    unpaired: tuple[str, ...] = ()

    @property
    def characters(self) -> Table:
        """How often the two gave which labels, over all documents."""
        table: Table = np.sum([pair.characters for pair in self.pairs], axis=0)
        return table

    @property
    def scores(self) -> Scores:
        """The second annotation scored as if it were a system's, the first as gold."""
        return sum((pair.scores for pair in self.pairs), Scores())


def agree(first: Path, second: Path, texts: Path | None = None, *, rounds: int = 1000, seed: int = 0) -> Agreement:
    """Compare two folders of annotations; their texts lie beside them or in `texts`.

    Raises `EvaluationError` where no document is in both folders, and `GoldError` for one that does not hold.
    """
    names = [{path.stem for path in folder.glob("*.json")} for folder in (first, second)]
    both = sorted(names[0] & names[1])
    if not both:
        raise EvaluationError(f"{first} and {second} have no annotation in common: name two folders of the same texts")
    pairs = []
    for name in both:
        a, b = (read_gold(folder / f"{name}.json", texts) for folder in (first, second))
        pairs.append(compare(name, a, b))
    return Agreement(tuple(pairs), estimates(pairs, rounds, seed), tuple(sorted(names[0] ^ names[1])))


def compare(name: str, first: Gold, second: Gold) -> Pair:
    """Compare two annotations of one text; `EvaluationError` if the texts differ."""
    if first.text != second.text:
        raise EvaluationError(f"{name}: the two annotations are of different texts")
    inked = np.array([not x.isspace() for x in first.text])
    a, b = (_labels(gold)[inked] for gold in (first, second))
    table = np.zeros((len(_INDEX), len(_INDEX)), dtype=np.int64)
    np.add.at(table, (a, b), 1)
    there, back = score(first, as_minutes(second)), score(second, as_minutes(first))
    # A share of what the first states would not see what only the second does.
    outcome = Counts.among(there.outcome.right, predicted=back.outcome.total, gold=there.outcome.total)
    meeting = Counts.among(there.meeting.right, predicted=back.meeting.total, gold=there.meeting.total)
    return Pair(name, table, there, outcome, meeting)


def _labels(gold: Gold) -> npt.NDArray[np.int64]:
    labels = np.full(len(gold.text), _INDEX[None])
    for turn in gold.turns:
        labels[turn.start : turn.end] = _INDEX[turn.label]
    return labels


def kappa(table: Table) -> float | None:
    """Return Cohen's kappa of a table; `None` where chance alone agrees on everything."""
    n = table.sum()
    if not n:
        return None
    expected = float(table.sum(axis=0) @ table.sum(axis=1)) / float(n) ** 2
    return None if expected == 1 else (float(np.trace(table)) / float(n) - expected) / (1 - expected)


def alpha(table: Table) -> float | None:
    """Return Krippendorff's alpha of two annotators for nominal data; `None` where there is only one label."""
    coincidences = table + table.T
    totals = coincidences.sum(axis=0)
    n = int(totals.sum())
    expected = n * n - int((totals * totals).sum())
    if not expected:
        return None
    observed = n - int(np.trace(coincidences))
    return 1 - (n - 1) * observed / expected


def estimates(pairs: Sequence[Pair], rounds: int = 1000, seed: int = 0) -> dict[str, Estimate]:
    """Return every figure by name with its interval from `rounds` resamples of the documents."""
    labelled = slice(None, len(LABELS))
    tables = np.stack([pair.characters for pair in pairs])
    generator = random.Random(seed)
    everyone = list(range(len(pairs)))
    samples = [everyone, *(generator.choices(everyone, k=len(pairs)) for _ in range(rounds))]
    found: list[dict[str, float | None]] = []
    for at in samples:
        table = tables[at].sum(axis=0)
        metrics = sum((pairs[i].scores for i in at), Scores()).metrics
        found.append(
            {
                "kappa_with_empty": kappa(table),
                "kappa_without_empty": kappa(table[labelled, labelled]),
                "alpha_with_empty": alpha(table),
                "alpha_without_empty": alpha(table[labelled, labelled]),
                **{name: metrics[name] for name in _TURN_METRICS},
                "outcome_f1": sum((pairs[i].outcome for i in at), Counts()).f1,
                "meeting_f1": sum((pairs[i].meeting for i in at), Counts()).f1,
            }
        )
    return {name: estimate(value, [x[name] for x in found[1:]], len(pairs)) for name, value in found[0].items()}


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
                addressees=tuple(ids[x] for x in turn.addressees),
                replies_to=tuple(f"t{x + 1}" for x in turn.replies_to),
            )
            for n, turn in enumerate(gold.turns, 1)
        ),
        decisions=tuple(
            Decision(turn=f"t{n}", outcome=turn.outcome, votes=turn.votes, unanimous=turn.unanimous)
            for n, turn in enumerate(gold.turns, 1)
            if turn.outcome is not None
        ),
    )
