"""`protokollant read`: the text that extraction will see of a document, and what the document says of itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.captions import counted
from corpus.reading import ReadError, Source, find_documents, read_source
from pipeline.cli.showing import say, show, stop

if TYPE_CHECKING:
    from evaluation.tables import Table


def read_command(
    inputs: Annotated[list[Path], typer.Argument(metavar="INPUT...", help="Documents, folders or archives.")],
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
        paths = [document for path in inputs for document in find_documents(path)]
        if about:
            found = [_tried(path) for path in paths]
            show([about_table(found)], markdown)
            for name, result in found:
                for note in (str(result),) if isinstance(result, ReadError) else result.notes:
                    say(note if isinstance(result, ReadError) else f"{name}: {note}")
            if any(isinstance(result, ReadError) for _, result in found):
                raise typer.Exit(1)
            return
        if len(paths) != 1:
            stop(f"{counted(len(paths), 'document')} named: name one, or ask for --about")
        source = read_source(paths[0])
        reference = read_source(against) if against else None
    except ReadError as error:
        stop(str(error))
    for note in source.notes:
        say(f"{source.name}: {note}")
    if reference:
        typer.echo(_share(reference, source))
    elif output:
        # line ends as they are: offsets count them
        output.write_bytes(source.text.encode("utf-8"))
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
                said.producer or UNDEFINED,
                _day(said.created) or UNDEFINED,
                _day(said.modified) or UNDEFINED,
                str(pages or UNDEFINED),
                str(len(source.text.split())),
            )
        )
    head = ("document", "format", "producer", "created", "modified", "pages", "words")
    return Table("Documents", head, tuple(rows), left=5)


def _tried(path: Path) -> tuple[str, Source | ReadError]:
    try:
        return path.as_posix(), read_source(path)
    except ReadError as error:
        return path.as_posix(), error


def _share(reference: Source, source: Source) -> str:
    from evaluation.word_order import words_in_order

    found = words_in_order(reference.text, source.text)
    ratio = f"{100 * found.ratio:.2f} %" if found.ratio is not None else "none"
    return f"{ratio} of the words of {reference.name} stand in {source.name} in order ({found.right} of {found.total})"


def _day(time: dt.datetime | None) -> str:
    return time.date().isoformat() if time else ""
