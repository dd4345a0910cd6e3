"""A silver check of decisions: the outcomes of our records against what the city's own OParl feed says.

The feed names one result for an item, the minutes can hold several decisions, and the words differ from city
to city. So a result stands for a set of outcomes that agree with it (`oparl_results.tsv`), and a document
agrees when any of its decisions has one of them. Agreement of the first and the last decision alone shows how
lenient that is.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import get_args

from corpus.record import Minutes, Outcome
from evaluation.counts import Share
from evaluation.errors import EvaluationError
from evaluation.predictions import Extractor, Failure, run

FILE = "file"
RESULT = "oparl_result"


@dataclass(frozen=True)
class CheckedDocument:
    """One document whose result says something, and the outcomes of its decisions in text order."""

    source: Path
    result: str
    acceptable: frozenset[Outcome]
    outcomes: tuple[Outcome, ...]

    @property
    def any(self) -> bool:
        return any(x in self.acceptable for x in self.outcomes)

    @property
    def first(self) -> bool:
        return bool(self.outcomes) and self.outcomes[0] in self.acceptable

    @property
    def last(self) -> bool:
        return bool(self.outcomes) and self.outcomes[-1] in self.acceptable


@dataclass(frozen=True)
class Agreement:
    """How many documents agree by any, the first and the last of their decisions; `any` is the headline.

    `undecided` counts those in which no decision was found; they disagree.
    """

    any: Share
    first: Share
    last: Share
    undecided: int

    @classmethod
    def of(cls, documents: Iterable[CheckedDocument]) -> Agreement:
        checked = tuple(documents)
        return cls(
            any=Share(sum(x.any for x in checked), len(checked)),
            first=Share(sum(x.first for x in checked), len(checked)),
            last=Share(sum(x.last for x in checked), len(checked)),
            undecided=sum(not x.outcomes for x in checked),
        )


@dataclass(frozen=True)
class OutcomeCheck:
    """The documents compared, those that failed, and those left out.

    `left_out` counts by result the documents whose result says nothing about an outcome ("" where there is
    none), `without_text` the rows of the index whose text was not given, `without_row` the texts that the
    index lacks.
    """

    documents: tuple[CheckedDocument, ...]
    failures: tuple[Failure, ...] = ()
    left_out: tuple[tuple[str, int], ...] = ()
    without_text: int = 0
    without_row: int = 0

    @property
    def total(self) -> Agreement:
        return Agreement.of(self.documents)

    @property
    def by_result(self) -> dict[str, Agreement]:
        """Agreement for each result, the most frequent first."""
        counts = Counter(x.result for x in self.documents)
        order = sorted(counts, key=lambda result: (-counts[result], result))
        return {result: Agreement.of(x for x in self.documents if x.result == result) for result in order}

    @property
    def disagreements(self) -> tuple[CheckedDocument, ...]:
        return tuple(x for x in self.documents if not x.any)


def check_outcomes(index: Path, texts: Iterable[Path], extract: Extractor) -> OutcomeCheck:
    """Run a system on the texts that the index has a telling result for, and compare.

    The index is a CSV file with the columns `file` and `oparl_result`; a text is joined by its file name.
    Raises `EvaluationError` where the index cannot be read, lacks a column or names none of the texts.
    """
    results = read_index(index)
    by_name = {path.name: path for path in texts}
    known = {name: path for name, path in sorted(by_name.items()) if name in results}
    if not known:
        raise EvaluationError(f"{index} names none of the texts: its column {FILE} must hold their names")
    telling = [path for name, path in known.items() if acceptable(results[name])]
    silent = Counter(results[name] for name in known if not acceptable(results[name]))
    finished = run(telling, extract)
    failed = {failure.source for failure in finished.failures}
    # `run` keeps the order, so what did not fail and the records go side by side.
    done = zip((path for path in telling if path not in failed), finished.records, strict=True)
    return OutcomeCheck(
        documents=tuple(_checked(path, results[path.name], minutes) for path, minutes in done),
        failures=finished.failures,
        left_out=tuple(sorted(silent.items(), key=lambda x: (-x[1], x[0]))),
        without_text=len(results) - len(known),
        without_row=len(by_name) - len(known),
    )


def acceptable(result: str) -> frozenset[Outcome]:
    """Return the outcomes that agree with a result ("einstimmig zugestimmt"); empty where it says nothing."""
    return frozenset(outcome for part in result.split("+") for outcome in _of_part(part))


def read_index(path: Path) -> dict[str, str]:
    """Return the result of each file in an index; `EvaluationError` if the columns are not there."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            lacking = {FILE, RESULT} - set(reader.fieldnames or ())
            if lacking:
                raise EvaluationError(f"{path}: no column {', '.join(sorted(lacking))}; this is no index")
            return {row[FILE]: (row[RESULT] or "").strip() for row in reader}
    except FileNotFoundError as error:
        raise EvaluationError(f"{path} does not exist: check the path") from error
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise EvaluationError(f"{path}: {error}") from error


@cache
def mapping() -> tuple[tuple[str, frozenset[Outcome]], ...]:
    """Return the cues of `oparl_results.tsv` in their order, with the outcomes that agree."""
    text = resources.files("evaluation").joinpath("oparl_results.tsv").read_text(encoding="utf-8")
    known: dict[str, Outcome] = {name: name for name in get_args(Outcome)}
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return tuple(
        (row["cue"], frozenset(known[name] for name in row["outcomes"].split(",") if name != "-"))
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    )


def _of_part(part: str) -> frozenset[Outcome]:
    label = part.casefold()
    return next((outcomes for cue, outcomes in mapping() if cue in label), frozenset())


def _checked(path: Path, result: str, minutes: Minutes) -> CheckedDocument:
    place = {turn.id: turn.start for turn in minutes.turns}
    ordered = sorted(minutes.decisions, key=lambda decision: place[decision.turn])
    return CheckedDocument(path, result, acceptable(result), tuple(x.outcome for x in ordered))
