"""What commands that write records have in common: the options of pseudonyms."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from corpus.pseudonyms import PseudonymError, Pseudonyms, PseudonymWriter, Who, read_key
from corpus.writing import Writer
from pipeline.cli.showing import stop


class WhoName(str, Enum):
    """Whose names are replaced, as on the command line."""

    citizens = "citizens"
    all = "all"

    @property
    def who(self) -> Who:
        return "all" if self is WhoName.all else "citizens"


PseudonymiseOption = Annotated[
    WhoName | None,
    typer.Option("--pseudonymise", help="Replace the names of persons without a public office, or of all persons."),
]
KeyOption = Annotated[
    Path | None,
    typer.Option("--key", metavar="FILE", help="Secret by which a name has the same pseudonym in all documents."),
]


def pseudonyms_of(who: WhoName | None, key: Path | None) -> Pseudonyms | None:
    """Return what the options ask for; ends the run where they do not go together or the key cannot be read."""
    if who is None:
        if key is not None:
            stop("--key is the secret of pseudonyms: add --pseudonymise citizens or --pseudonymise all")
        return None
    try:
        return Pseudonyms(who.who, read_key(key) if key else None)
    except PseudonymError as error:
        stop(str(error))


def no_register(pseudonyms: Pseudonyms | None, register: Path | None) -> None:
    """End the run where a register, which names persons, is asked for beside pseudonyms."""
    if pseudonyms and register:
        stop("a register says who persons are: leave out --register or --pseudonymise; --key links documents")


def with_pseudonyms(writer: Writer, pseudonyms: Pseudonyms | None) -> Writer:
    """Return a writer of records with the pseudonyms that are asked for."""
    return PseudonymWriter(writer, pseudonyms) if pseudonyms else writer
