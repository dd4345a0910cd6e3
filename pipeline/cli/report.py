"""`protokollant report`: meetings as a page to read, search and correct."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from corpus.captions import counted
from corpus.dataset import ExtraMissing
from corpus.page import Figure, minutes_page, page_figures
from corpus.placing import placed
from corpus.record import Minutes
from corpus.records import RecordError, is_store, read_records
from corpus.store import Selection
from models.choice import EMBEDDED
from pipeline.cli.extract import find_jobs
from pipeline.cli.pseudonyms import KeyOption, PseudonymiseOption, pseudonyms_of
from pipeline.cli.running import BaseOption, ClassifierOption, LoadError, Setup
from pipeline.cli.showing import say, stop
from pipeline.cli.store import BodyOption, PathOption, SinceOption, UntilOption, selection_of
from pipeline.documents import extract_document

_MOST = 100
"""So many meetings a browser shows without trouble on one page."""

_RECORDS = ".jsonl"


class _SourceError(ValueError):
    """A source that gives no record; the message says why."""


def report_command(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE...", help="Files of JSON lines, stores, or documents to extract.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="PAGE", help="HTML file to write.")],
    body: BodyOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    path: PathOption = None,
    base: BaseOption = None,
    classifier: ClassifierOption = EMBEDDED,
    pseudonymise: PseudonymiseOption = None,
    key: KeyOption = None,
) -> None:
    """Write a page on which meetings are read, searched and corrected. It needs a browser and nothing else.

    Exit code 0: written; 2: a source that cannot be read, nothing to show, or a page that cannot be written.
    """
    pseudonyms = pseudonyms_of(pseudonymise, key)
    selection = selection_of(body, since, until, path)
    if selection != Selection() and not any(_holds_records(Path(source)) for source in sources):
        stop("--body, --since, --until and --path choose among records: leave them out, or name a store or JSON lines")
    try:
        records = list(islice(_records(sources, selection, Setup(base, classifier)), _MOST + 1))
    except (_SourceError, RecordError, LoadError) as error:
        stop(str(error))
    if not records:
        stop("there is no meeting to show: check the sources, and with a store --body, --since, --until and --path")
    if len(records) > _MOST:
        stop(f"more than {_MOST} meetings are too many for one page: choose with --body, --since, --until and --path")
    if pseudonyms:
        records = [pseudonyms(minutes) for minutes in records]
    page = minutes_page(records, _figures(records))
    try:
        with placed(output) as stream:
            stream.write(page.encode())
    except OSError as error:
        stop(f"{output} cannot be written: {error.strerror or error}")
    turns = sum(len(minutes.turns) for minutes in records)
    say(f"{counted(len(records), 'meeting')}, {counted(turns, 'turn')} written to {output}")


def _records(sources: Iterable[str], selection: Selection, setup: Setup) -> Iterator[Minutes]:
    for source in sources:
        path = Path(source)
        if _holds_records(path):
            yield from read_records(path, selection)
        else:
            yield from _extracted(source, setup)


def _holds_records(path: Path) -> bool:
    return path.suffix == _RECORDS or is_store(path)


def _figures(records: list[Minutes]) -> tuple[Figure, ...]:
    try:
        return page_figures(records)
    except ExtraMissing as error:
        say(f"no pictures: {error}")
        return ()


def _extracted(source: str, setup: Setup) -> Iterator[Minutes]:
    jobs, failures = find_jobs([source])
    for failure in failures:
        raise _SourceError(failure.failure)
    for job in jobs:
        result = extract_document(job, setup)
        if result.minutes is None:
            raise _SourceError(result.failure)
        yield result.minutes
