"""`protokollant write`: records in, any form of output."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corpus.captions import counted
from corpus.records import RecordError, read_records
from corpus.register.corrections import CorrectionError, register_ids
from corpus.writing import STANDARD_OUTPUT, WriteError, open_writer
from pipeline.cli.extract import Form
from pipeline.cli.pseudonyms import KeyOption, PseudonymiseOption, no_register, pseudonyms_of, with_pseudonyms
from pipeline.cli.showing import say, stop

RegisterOption = Annotated[
    Path | None, typer.Option("--register", help="Register of persons, for the column register_id and for TEI.")
]


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
