"""`protokollant schema` and `protokollant corpus check`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corpus.captions import counted
from corpus.checking import check_samples, count_samples
from corpus.reading import ReadError
from corpus.record import LABELS
from corpus.schema import json_schema


def schema_command() -> None:
    """Print the JSON schema of the record."""
    typer.echo(json_schema(), nl=False)


def check_command(
    folder: Annotated[Path, typer.Argument(help="Folder with pairs NAME.txt and NAME.json.")],
) -> None:
    """Check annotated samples against their texts; exit code 1 if there are faults."""
    try:
        faults = check_samples(folder)
    except ReadError as error:
        typer.echo(f"Error: {error}", err=True)
        raise typer.Exit(2) from error
    for fault in faults:
        typer.echo(fault)
    if faults:
        raise typer.Exit(1)
    typer.echo(count_line(folder))


def count_line(folder: Path) -> str:
    """Return "19 documents, 174 turns: 21 question, 24 answer, …" for the samples in a folder."""
    documents, labels = count_samples(folder)
    by_label = ", ".join(f"{labels[label]} {label}" for label in LABELS)
    return f"{counted(documents, 'document')}, {counted(labels.total(), 'turn')}: {by_label}"
