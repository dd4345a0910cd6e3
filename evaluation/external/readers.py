"""The files of the benchmarks: one document a line of gzipped JSON, or GermEval's columns."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from pathlib import Path
from typing import TypedDict, cast, get_args

from evaluation.errors import EvaluationError
from evaluation.external.documents import PARAGRAPH, Event, ExternalDocument, Part, Tokens

_SENTENCES = 20  # of a document made of sentences without context: many, so that a system is called less often


class _EventJson(TypedDict):
    cue: list[list[int]]
    message: list[list[int]]
    source: list[list[int]]
    addressee: list[list[int]]
    frame: list[list[int]]
    topic: list[list[int]]
    evidence: list[list[int]]
    means: list[list[int]]
    ptc: list[list[int]]
    type: str | None
    nested: bool | None


class _DocumentJson(TypedDict):
    doc: str
    sents: list[list[str]]
    events: list[_EventJson]


def read_events(path: Path) -> tuple[ExternalDocument, ...]:
    """Read documents with events, one a line; `EvaluationError` names the first line that is none."""
    return _some(path, [_document(where, line) for where, line in _lines(path) if line.strip()])


def read_names(path: Path) -> tuple[ExternalDocument, ...]:
    """Read GermEval 2014: number, token, outer and inner label a line; 20 sentences make a document.

    Names are the spans of the outer column that are exactly PER. PERderiv and PERpart ("Lux-Papier") are no names of
    persons, and neither are the names inside of others: a system that finds such a span finds it wrongly. Raises
    `EvaluationError` where a line has too few columns.
    """
    rows = [_row(where, line) for where, line in _lines(path)]
    sentences = [[row for row in part if row] for some, part in groupby(rows, key=bool) if some]
    documents = [
        _of_sentences(f"{path.stem}-{begin // _SENTENCES + 1}", sentences[begin : begin + _SENTENCES])
        for begin in range(0, len(sentences), _SENTENCES)
    ]
    return _some(path, documents)


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the lines of a file, plain or gzipped, each with where it stands."""
    try:
        data = path.read_bytes()
        text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    except FileNotFoundError as error:
        raise EvaluationError(f"{path} does not exist") from error
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path}: {error}") from error
    for number, line in enumerate(text.split("\n"), start=1):
        yield f"{path}:{number}", line


def _some(path: Path, documents: Sequence[ExternalDocument]) -> tuple[ExternalDocument, ...]:
    if not documents:
        raise EvaluationError(f"{path} holds no document")
    return tuple(documents)


def _document(where: str, line: str) -> ExternalDocument:
    try:
        found = cast(_DocumentJson, json.loads(line))
        sentences = tuple(tuple(sentence) for sentence in found["sents"])
        events = tuple(_event(event) for event in found["events"])
        for sentence, token in chain.from_iterable(event.part(name) for event in events for name in get_args(Part)):
            sentences[sentence][token]
        return ExternalDocument(found["doc"], sentences, events)
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise EvaluationError(f"{where}: no document of a benchmark ({type(error).__name__}: {error})") from error


def _event(event: _EventJson) -> Event:
    return Event(
        cue=_tokens(event["cue"]),
        message=_tokens(event["message"]),
        source=_tokens(event["source"]),
        addressee=_tokens(event["addressee"]),
        frame=_tokens(event["frame"]),
        topic=_tokens(event["topic"]),
        evidence=_tokens(event["evidence"]),
        medium=_tokens(event["means"]),
        particle=_tokens(event["ptc"]),
        type=event["type"],
        nested=bool(event["nested"]),
    )


def _tokens(positions: Iterable[Sequence[int]]) -> Tokens:
    return frozenset((sentence, token) for sentence, token in positions)


def _row(where: str, line: str) -> tuple[str, str] | None:
    """Return token and outer label; `None` between two sentences."""
    if not line.strip() or line.startswith("#\t"):
        return None
    cells = line.split("\t")
    if len(cells) < 4:
        raise EvaluationError(f"{where}: {len(cells)} columns instead of number, token, outer and inner label")
    return cells[1], cells[2]


def _of_sentences(name: str, sentences: Sequence[Sequence[tuple[str, str]]]) -> ExternalDocument:
    return ExternalDocument(
        name,
        tuple(tuple(token for token, _ in sentence) for sentence in sentences),
        names=frozenset(span for n, sentence in enumerate(sentences) for span in _persons(n, sentence)),
        between=PARAGRAPH,
    )


def _persons(number: int, sentence: Sequence[tuple[str, str]]) -> Iterator[Tokens]:
    labels = [label for _, label in sentence]
    for start, label in enumerate(labels):
        if label == "B-PER":
            end = start + 1
            while end < len(labels) and labels[end] == "I-PER":
                end += 1
            yield frozenset((number, token) for token in range(start, end))
