"""`protokollant write`: records in, any form of output."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from corpus.captions import counted
from corpus.record import Minutes
from corpus.register.corrections import CorrectionError, register_ids
from corpus.store import Store, StoreError
from corpus.writing import STANDARD_OUTPUT, WriteError, open_writer
from pipeline.cli.extract import Form
from pipeline.cli.pseudonyms import KeyOption, PseudonymiseOption, no_register, pseudonyms_of, with_pseudonyms
from pipeline.cli.showing import say, stop

_SQLITE = b"SQLite format 3\0"

RegisterOption = Annotated[
    Path | None, typer.Option("--register", help="Register of persons, for the column register_id and for TEI.")
]


class RecordError(ValueError):
    """A file of records that cannot be read; the message names it and the line."""


def write_command(
    inputs: Annotated[list[Path], typer.Argument(metavar="RECORDS...", help="Files of JSON lines, or stores.")],
    output: Annotated[str, typer.Option("--output", "-o", help="File or folder to write, or - for standard output.")],
    form: Annotated[
        Form | None, typer.Option("--format", help="Form of the output, if its name does not say it.")
    ] = None,
    register: RegisterOption = None,
    pseudonymise: PseudonymiseOption = None,
    key: KeyOption = None,
) -> None:
    """Write records of earlier runs in another form.

    Exit code 0: written; 2: a record that cannot be read, or an output that cannot be written.
    """
    documents = 0
    pseudonyms = pseudonyms_of(pseudonymise, key)
    no_register(pseudonyms, register)
    try:
        ids = register_ids(register) if register else None
        opened = open_writer(output, form.value if form else None, register=ids)
        with with_pseudonyms(opened, pseudonyms) as writer:
            for path in inputs:
                for minutes in read_records(path):
                    writer.write(minutes)
                    documents += 1
    except BrokenPipeError:
        raise
    except (RecordError, CorrectionError, WriteError) as error:
        stop(str(error))
    except OSError as error:
        stop(f"{output} cannot be written: {error.strerror or error}")
    if output != STANDARD_OUTPUT:
        say(f"{counted(documents, 'document')} written to {output}")


def read_records(path: Path) -> Iterator[Minutes]:
    """Yield the records of a file of JSON lines or of a store, one at a time; `RecordError` names what is none."""
    if _is_store(path):
        try:
            with Store(path, create=False) as store:
                yield from store.records()
        except StoreError as error:
            raise RecordError(str(error)) from error
        return
    try:
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _record(line, f"{path}: line {number}")
    except OSError as error:
        raise RecordError(f"{path} cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise RecordError(f"{path} is no text in UTF-8: name a file that `extract -o NAME.jsonl` wrote") from error


def _is_store(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError:
        return False  # the reader of lines says why


def _record(line: str, place: str) -> Minutes:
    try:
        return Minutes.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        reason = f"{where}: {first['msg']}" if where else first["msg"]
        raise RecordError(f"{place} is no record ({reason})") from error
