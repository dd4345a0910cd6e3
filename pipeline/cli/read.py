"""`protokollant read`: the text that extraction will see of a document, and what the document says of itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.captions import counted, one_line
from corpus.locations import location
from corpus.placing import placed
from corpus.reading import ReadError, Source, find_documents, read_source
from pipeline.cli.running import STANDARD_INPUT, job_of_standard_input
from pipeline.cli.showing import say, show, stop
from pipeline.documents import Job, read_document

if TYPE_CHECKING:
    from evaluation.tables import Table


def read_command(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT...", help="Documents, folders or archives of them, or - for standard input."),
    ],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write the text to.")] = None,
    about: Annotated[
        bool, typer.Option("--about", help="A table instead: format, pages, dates, what is wrong.")
    ] = False,
    against: Annotated[
        Path | None, typer.Option("--against", help="Another reader's text of it: how many of its words are there.")
    ] = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="Write the table as Markdown.")] = False,
) -> None:
    """Print the text of a document in any format that can be read."""
    try:
        jobs = [job for name in inputs for job in _jobs(name)]
        if about:
            _show_about(jobs, markdown)
            return
        if len(jobs) != 1:
            stop(f"{counted(len(jobs), 'document')} named: name one, or ask for --about")
        source = read_document(jobs[0])
        reference = read_source(against) if against else None
    except ReadError as error:
        stop(one_line(str(error)))
    for note in source.notes:
        say(one_line(f"{source.name}: {note}"))
    if reference:
        typer.echo(_share(reference, source))
    elif output:
        _write(source.text, output)
    else:
        typer.echo(source.text, nl=False)


def about_table(found: Iterable[tuple[str, Source | ReadError]]) -> Table:
    """Return a row for each document; of one that cannot be read only the name."""
    from evaluation.tables import UNDEFINED, Table

    rows = []
    for name, source in found:
        if isinstance(source, ReadError):
            rows.append((name, "not read", *[UNDEFINED] * 5))
            continue
        said = source.metadata
        pages = said.page_count or (len(source.pages) if source.pages else None)
        rows.append(
            (
                name,
                source.format,
                one_line(said.producer or "") or UNDEFINED,
                _day(said.created) or UNDEFINED,
                _day(said.modified) or UNDEFINED,
                str(pages or UNDEFINED),
                str(len(source.text.split())),
            )
        )
    head = ("document", "format", "producer", "created", "modified", "pages", "words")
    return Table("Documents", head, tuple(rows), left=5)


def _jobs(name: str) -> Iterator[Job]:
    if name == STANDARD_INPUT:
        yield job_of_standard_input()
    else:
        yield from (Job(str(path)) for path in find_documents(location(name)))


def _show_about(jobs: Iterable[Job], markdown: bool) -> None:
    """Show the table, and below it what is wrong; exit code 1 where a document cannot be read."""
    found = [(one_line(location(job.name).as_posix()), _tried(job)) for job in jobs]
    show([about_table(found)], markdown)
    for name, result in found:
        if isinstance(result, ReadError):
            say(one_line(str(result)))
        else:
            for note in result.notes:
                say(one_line(f"{name}: {note}"))
    if any(isinstance(result, ReadError) for _, result in found):
        raise typer.Exit(1)


def _tried(job: Job) -> Source | ReadError:
    try:
        return read_document(job)
    except ReadError as error:
        return error
    except Exception as error:  # one document that breaks the program never hides the others
        return ReadError(f"{job.name}: {type(error).__name__}: {error}")


def _write(text: str, output: Path) -> None:
    try:
        with placed(output) as stream:
            stream.write(text.encode("utf-8", "replace"))  # line ends as they are: offsets count them
    except OSError as error:
        stop(f"{output} cannot be written: {error.strerror or error}")


def _share(reference: Source, source: Source) -> str:
    from evaluation.word_order import words_in_order

    found = words_in_order(reference.text, source.text)
    ratio = f"{100 * found.ratio:.2f} %" if found.ratio is not None else "none"
    return f"{ratio} of the words of {reference.name} stand in {source.name} in order ({found.right} of {found.total})"


def _day(time: dt.datetime | None) -> str:
    return time.date().isoformat() if time else ""
