"""Where records come from: a file of them, or a system that is run on texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from corpus.record import Minutes
from evaluation.errors import EvaluationError

Extractor = Callable[[Path], Minutes]
"""A system under test: the file of a document in, its record out; it may raise what it likes."""


@dataclass(frozen=True)
class Failure:
    """A document that the system gave no record for, and why."""

    source: Path
    reason: str

    @classmethod
    def of(cls, source: Path, error: Exception) -> Failure:
        """Name the kind of an error and the first line of what it says."""
        return cls(source, f"{type(error).__name__}: {str(error).partition(chr(10))[0]}")


@dataclass(frozen=True)
class Run:
    """The records and the failures of a run, in the order of the documents."""

    records: tuple[Minutes, ...]
    failures: tuple[Failure, ...] = ()


def read_records(path: Path) -> Iterator[Minutes]:
    """Yield the records of a JSONL file, or of all .jsonl and .json files of a folder in the order of their names.

    Raises `EvaluationError`, which names the first line that is no record.
    """
    if path.is_dir():
        files = sorted(x for x in path.iterdir() if x.suffix in (".jsonl", ".json"))
        if not files:
            raise EvaluationError(f"{path} holds no records: put .jsonl or .json files there")
        for file in files:
            yield from read_records(file)
        return
    try:
        if path.suffix == ".json":  # one record, on as many lines as it likes
            yield _record(str(path), path.read_text(encoding="utf-8"))
            return
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield _record(f"{path}:{number}", line)
    except FileNotFoundError as error:
        raise EvaluationError(f"{path} does not exist: check the path") from error
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path}: {error}") from error


def run(paths: Iterable[Path], extract: Extractor) -> Run:
    """Run a system on files; whatever it raises is a failure of that document and the run goes on."""
    records: list[Minutes] = []
    failures: list[Failure] = []
    for path in paths:
        try:
            records.append(extract(path))
        except Exception as error:
            failures.append(Failure.of(path, error))
    return Run(tuple(records), tuple(failures))


def _record(where: str, line: str) -> Minutes:
    try:
        return Minutes.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        raise EvaluationError(f"{where}: no record: {field + ': ' if field else ''}{first['msg']}") from error
