"""`protokollant annotate`: what extraction finds, for a person to correct."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from corpus.captions import counted
from corpus.collection import Document
from corpus.formats import ConversionError, label_studio, write
from corpus.reading import ReadError, find_documents, read_source
from models.choice import EMBEDDED
from pipeline.cli.running import DEFAULT, BaseOption, ClassifierOption, LoadError, Setup, pipeline_of
from pipeline.cli.showing import stop
from pipeline.preannotation import preannotate


class Tool(str, Enum):
    """Annotation tools that `annotate` writes for."""

    label_studio = "label-studio"
    inception = "inception"


def annotate_command(
    inputs: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Documents in any format, folders or archives of them.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="File or folder to write.")],
    tool: Annotated[Tool, typer.Option("--for", help="Tool in which a person will correct.")],
    base: BaseOption = None,
    classifier: ClassifierOption = EMBEDDED,
) -> None:
    """Write what extraction finds as an annotation for a person to correct.

    Exit code 0: all documents came out; 1: some failed, the others came out; 2: nothing could be read or written.
    """
    try:
        documents, failures = preannotations(inputs, Setup(base, classifier))
        if documents:
            write_for(tool, documents, output)
    except (ConversionError, LoadError, ReadError) as error:
        stop(str(error))
    except OSError as error:
        stop(f"{error.filename or output} cannot be written: {error.strerror or error}")
    for failure in failures:
        typer.echo(failure, err=True)
    if not documents:
        raise typer.Exit(2)
    typer.echo(f"{counted(len(documents), 'document')} written to {output}", err=True)
    if failures:
        raise typer.Exit(1)


def preannotations(inputs: Iterable[Path], setup: Setup = DEFAULT) -> tuple[list[Document], list[str]]:
    """Extract documents as annotations; the second list says of each input that failed why it did.

    Documents of one name in different folders are told apart by a number: "rat", "rat-2".
    """
    nlp = pipeline_of(setup)
    documents: list[Document] = []
    failures: list[str] = []
    names: Counter[str] = Counter()
    for path, failure in _found(inputs):
        if failure:
            failures.append(failure)
            continue
        try:
            gold = preannotate(nlp(read_source(path).text))
        except Exception as error:  # one bad document never stops a run
            failures.append(str(error) if isinstance(error, ReadError) else f"{path} failed: {error}")
            continue
        names[path.stem] += 1
        number = names[path.stem]
        documents.append(Document(path.stem if number == 1 else f"{path.stem}-{number}", gold))
    return documents, failures


def _found(inputs: Iterable[Path]) -> Iterator[tuple[Path, str | None]]:
    for path in inputs:
        try:
            yield from ((document, None) for document in find_documents(path))
        except ReadError as error:
            yield path, str(error)


def write_for(tool: Tool, documents: Sequence[Document], output: Path) -> None:
    """Write annotations for a tool."""
    if tool is Tool.inception:
        write(documents, output, "inception")
        return
    output.parent.mkdir(parents=True, exist_ok=True)
    label_studio.write_predictions(documents, output)
