"""What commands have in common: the names of the splits, tables on the screen, and errors that end the run."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import TYPE_CHECKING, NoReturn

import typer
from rich.console import Console

if TYPE_CHECKING:
    from evaluation.tables import Table

_WIDE = 160
"""Columns of a table that goes to a file or a pipe, where no terminal says how wide it is."""


class SplitName(str, Enum):
    """The splits of the corpus, as on the command line."""

    train = "train"
    dev = "dev"
    test = "test"


def show(tables: Iterable[Table], as_markdown: bool) -> None:
    """Print tables for the terminal, or as Markdown."""
    from evaluation.tables import for_terminal, markdown

    if as_markdown:
        typer.echo("\n".join(map(markdown, tables)), nl=False)
        return
    console = Console()
    if not console.is_terminal:
        console = Console(width=_WIDE)
    for table in tables:
        console.print(for_terminal(table))


def say(line: str) -> None:
    """Tell on the standard error how far a command is."""
    typer.echo(line, err=True)


def stop(message: str) -> NoReturn:
    """End the run with an error and exit code 2."""
    typer.echo(f"Error: {message}", err=True)
    raise typer.Exit(2)
