"""How fast systems read, in words a second of one process, and what a process of ours needs to begin and to hold."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from evaluation.errors import EvaluationError
from pipeline import limits

MIN_ROUNDS = 5

Reader = Callable[[Sequence[str]], Iterable[object]]
"""A system under test: texts in, something for each of them out, such as `nlp.pipe`."""


@dataclass(frozen=True)
class Spread:
    """A figure that was taken several times."""

    values: tuple[float, ...]

    @property
    def minimum(self) -> float:
        return min(self.values)

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def maximum(self) -> float:
        return max(self.values)


@dataclass(frozen=True)
class Speed:
    """Words a second of each round; a round reads all texts once. Words are what white space separates."""

    texts: int
    words: int
    rounds: Spread

    def ratio(self, other: Speed) -> Spread:
        """How many times as fast as another system, round by round; both were measured in turn."""
        pairs = zip(self.rounds.values, other.rounds.values, strict=True)
        return Spread(tuple(ours / theirs for ours, theirs in pairs))


def measure_speed(
    readers: Mapping[str, Reader],
    texts: Sequence[str],
    seconds: float = 10.0,
    *,
    clock: Callable[[], float] = time.perf_counter,
) -> dict[str, Speed]:
    """Let all read all texts once to warm up, then in turn, round by round, until `seconds` have passed.

    There are five rounds at the least. Raises `EvaluationError` where there is no word to read.
    """
    words = sum(len(text.split()) for text in texts)
    if not words:
        raise EvaluationError("nothing to measure: the texts hold no word")
    for read in readers.values():
        _exhaust(read(texts))
    rounds: dict[str, list[float]] = {name: [] for name in readers}
    end, done = clock() + seconds, 0
    while done < MIN_ROUNDS or clock() < end:
        for name, read in readers.items():
            start = clock()
            _exhaust(read(texts))
            rounds[name].append(words / (clock() - start))
        done += 1
    return {name: Speed(len(texts), words, Spread(tuple(found))) for name, found in rounds.items()}


def peak_memory() -> float | None:
    """Return the most memory that this process has held so far, in MB (10⁶ bytes); `None` on Windows."""
    peak = limits.peak_memory()
    return None if peak is None else peak / 1e6


def time_to_first_record(text: str, starts: int, options: Sequence[str] = ()) -> Spread:
    """Return the seconds that `protokollant extract` takes to its first record, each time in a fresh process.

    `options` are further ones of `extract`. Raises `EvaluationError` where no record comes out.
    """
    return Spread(tuple(_seconds_to_record(text, options) for _ in range(starts)))


def _seconds_to_record(text: str, options: Sequence[str]) -> float:
    code = "from pipeline.cli import main; main()"
    command = [sys.executable, "-c", code, "extract", "-", "--output", "-", *options]
    start = time.perf_counter()
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdin and process.stdout and process.stderr
        process.stdin.write(text)
        process.stdin.close()
        first = process.stdout.readline()
        seconds = time.perf_counter() - start
        process.stdout.read()
        said = process.stderr.read().strip()
    if not first.startswith("{"):
        raise EvaluationError(f"no record came out of a fresh process: {said or 'it said nothing'}")
    return seconds


def _exhaust(results: Iterable[object]) -> None:
    deque(results, maxlen=0)
