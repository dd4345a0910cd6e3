"""`protokollant extract`: documents in, records out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from corpus.captions import counted, one_line
from corpus.locations import location
from corpus.pseudonyms import Pseudonyms
from corpus.reading import ReadError, find_documents
from corpus.writing import STANDARD_OUTPUT, WriteError, Writer, open_writer
from models.choice import EMBEDDED
from pipeline.cli.pseudonyms import KeyOption, PseudonymiseOption, pseudonyms_of, with_pseudonyms
from pipeline.cli.readable import ReadableWriter
from pipeline.cli.running import (
    DEFAULT,
    STANDARD_INPUT,
    AbstainOption,
    BaseOption,
    ClassifierOption,
    LoadError,
    Setup,
    job_of_standard_input,
)
from pipeline.documents import Job, Result, extract_document, unforeseen
from pipeline.limits import NO_LIMITS, Limits
from pipeline.workers import in_order

_MEGABYTE = 1 << 20
_NOTES = 20  # lines about pages that were left out; an archive of scans has thousands
_PATIENCE = 3  # so many times the limit of seconds a process may take, which holds for reading and for extraction
_LOADING = 60  # seconds for the pipeline itself, once a process


class Form(str, Enum):
    """Forms of output, as on the command line."""

    jsonl = "jsonl"
    csv = "csv"
    tables = "tables"
    parquet = "parquet"
    xlsx = "xlsx"
    store = "store"
    tei = "tei"
    markdown = "markdown"


@dataclass(frozen=True)
class Options:
    """What one run of `extract` is told: where to write, in which form, how."""

    output: str | None = None
    form: str | None = None
    processes: int = 1
    setup: Setup = DEFAULT
    limits: Limits = NO_LIMITS
    pseudonyms: Pseudonyms | None = None
    verbose: bool = False


@dataclass(frozen=True)
class Summary:
    """What came of a run: counts of what was written, the documents that failed, and what was left out of others."""

    documents: int
    turns: int
    failures: tuple[Result, ...]
    notes: tuple[str, ...] = ()


class NothingRead(Exception):
    """Not one document could be read; `failures` says why."""

    def __init__(self, failures: Sequence[Result]) -> None:
        super().__init__("no document could be read")
        self.failures = tuple(failures)


def extract_command(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...", help="Documents in any format, folders or archives of them, or - for standard input."
        ),
    ],
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            help="File or folder to write (.jsonl, .csv, .xlsx, .md, .db, .parquet, .tei), or - for standard output.",
        ),
    ] = None,
    form: Annotated[
        Form | None, typer.Option("--format", help="Form of the output, if its name does not say it.")
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Number of processes.")] = 1,
    base: BaseOption = None,
    classifier: ClassifierOption = EMBEDDED,
    abstain: AbstainOption = None,
    seconds: Annotated[
        float | None,
        typer.Option("--timeout", metavar="SECONDS", min=1, help="Leave out a document that takes longer."),
    ] = None,
    memory: Annotated[
        int | None, typer.Option("--memory", metavar="MB", min=1, help="Leave out a document that needs more.")
    ] = None,
    pseudonymise: PseudonymiseOption = None,
    key: KeyOption = None,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Report on every document, and errors in full.")
    ] = False,
) -> None:
    """Extract who said what, to whom, and what was decided.

    Without -o, a readable table for each document. Exit code 0: all documents came out; 1: some failed, the
    others came out; 2: nothing could be read or written.
    """
    setup = Setup(base, classifier, abstain, threads=1 if jobs > 1 else 0)
    limits = Limits(seconds, memory * _MEGABYTE if memory else None)
    options = Options(
        output, form.value if form else None, jobs, setup, limits, pseudonyms_of(pseudonymise, key), verbose
    )
    try:
        summary = extract_documents(inputs, options)
    except NothingRead as error:
        _report_failures(error.failures, verbose)
        raise typer.Exit(2) from error
    except BrokenPipeError:
        raise
    except (LoadError, WriteError) as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(2) from error
    except OSError as error:
        typer.echo(f"Error: {output or 'the output'} cannot be written: {error.strerror or error}", err=True)
        raise typer.Exit(2) from error
    if output and output != STANDARD_OUTPUT:
        written = f"{counted(summary.documents, 'document')}, {counted(summary.turns, 'turn')}"
        typer.echo(f"{written} written to {output}", err=True)
    for note in summary.notes[:_NOTES]:
        typer.echo(one_line(note), err=True)
    if more := len(summary.notes[_NOTES:]):
        typer.echo(f"{counted(more, 'more note')} of this kind stand in the warnings of the records", err=True)
    if summary.failures:
        _report_failures(summary.failures, verbose)
        raise typer.Exit(1)


def extract_documents(inputs: Sequence[str], options: Options) -> Summary:
    """Extract all documents and write them; a document that fails does not stop the others.

    Raises `NothingRead`, `LoadError`, `WriteError`, and `OSError` where writing breaks off; no file is left.
    """
    console = Console(stderr=True, highlight=False)
    jobs, failures = find_jobs(inputs)
    documents = turns = 0
    notes: list[str] = []
    with _writer(options) as writer:
        work = partial(extract_document, setup=options.setup, limits=options.limits)
        results = in_order(
            jobs,
            work,
            min(options.processes, max(len(jobs), 1)),
            apart=options.limits != NO_LIMITS,
            patience=_PATIENCE * options.limits.seconds + _LOADING if options.limits.seconds else None,
        )
        for result in _tracked(results, len(jobs), console, options):
            result = _written(result, writer)
            if options.verbose:
                console.print(_report(result), markup=False, soft_wrap=True)
            if result.minutes:
                documents += 1
                turns += len(result.minutes.turns)
                notes.extend(f"{result.name}: {note}" for note in result.notes)
            else:
                failures.append(result)
        if all(failure.unread for failure in failures) and not documents:
            raise NothingRead(failures)
    return Summary(documents, turns, tuple(failures), tuple(notes))


def find_jobs(inputs: Iterable[str]) -> tuple[list[Job], list[Result]]:
    """Return the documents that the inputs name, each once, and the inputs that name none."""
    jobs: dict[str, Job] = {}
    failures: list[Result] = []
    for name in inputs:
        if name == STANDARD_INPUT:
            if name not in jobs:
                jobs[name] = job_of_standard_input()
            continue
        try:
            paths = find_documents(location(name))
        except ReadError as error:
            failures.append(Result(name, failure=str(error), unread=True))
        else:
            jobs.update((str(path), Job(str(path))) for path in paths)
    return list(jobs.values()), failures


def _writer(options: Options) -> Writer:
    target = options.output or (STANDARD_OUTPUT if options.form else None)
    writer = open_writer(target, options.form) if target else ReadableWriter(Console(highlight=False))
    return with_pseudonyms(writer, options.pseudonyms)


def _written(result: Result, writer: Writer) -> Result:
    if result.minutes:
        try:
            writer.write(result.minutes)
        except OSError:
            raise  # the output is at fault, not the document
        except Exception as error:
            return unforeseen(result, error)
    return result


def _tracked(results: Iterator[Result], total: int, console: Console, options: Options) -> Iterator[Result]:
    # A bar and a table would write over each other on one terminal.
    to_terminal = options.output in (None, STANDARD_OUTPUT) and sys.stdout.isatty()
    with Progress(console=console, transient=True, disable=to_terminal or not console.is_terminal) as progress:
        yield from progress.track(results, total=total, description="extracting")


def _report(result: Result) -> str:
    if not result.minutes:
        return f"{one_line(result.name)}: failed"
    minutes = result.minutes
    words = len(minutes.text.split())
    line = f"{one_line(result.name)}: {result.encoding}, {words} words, {len(minutes.turns)} turns"
    return "\n".join((line, *(f"  warning: {one_line(warning)}" for warning in minutes.warnings)))


def _report_failures(failures: Sequence[Result], verbose: bool) -> None:
    typer.echo(f"{len(failures)} documents failed:" if len(failures) > 1 else "1 document failed:", err=True)
    for failure in failures:
        # a member of an archive may have any name, also one that writes to the terminal at will
        typer.echo(f"  {one_line(failure.failure or '')}", err=True)
        if verbose and failure.trace:
            typer.echo(failure.trace, err=True)
