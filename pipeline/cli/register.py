"""`protokollant register`: who may be the same person in the documents of an archive."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from corpus.captions import counted
from corpus.records import RecordError, read_records
from corpus.register.corrections import NO_CORRECTIONS, CorrectionError, read_corrections
from corpus.register.entries import appearances
from corpus.writers.cells import csv_line
from corpus.writers.places import STANDARD_OUTPUT, WriteError, text_place
from pipeline.cli.showing import say, stop


def register_command(
    inputs: Annotated[list[Path], typer.Argument(metavar="RECORDS...", help="Files of JSON lines, or stores.")],
    output: Annotated[str, typer.Option("--output", "-o", help="CSV file to write, or - for standard output.")],
    corrections: Annotated[
        Path | None, typer.Option("--corrections", help="A register that a person has corrected.")
    ] = None,
) -> None:
    """Propose who is the same person in many documents, in a CSV file to correct.

    Exit code 0: written; 1: written, but decisions on persons who are no longer who they were are left out;
    2: nothing was written.
    """
    from corpus.register.proposing import propose
    from corpus.register.table import COLUMNS, register_rows

    try:
        known = read_corrections(corrections) if corrections else NO_CORRECTIONS
        people = [one for path in inputs for minutes in read_records(path) for one in appearances(minutes)]
        found = propose(people, known)
        place = text_place(output)
        complete = False
        try:
            place.put(csv_line(COLUMNS))
            for row in register_rows(found, known):
                place.put(csv_line(row))
            complete = True
        finally:
            place.close(complete)
    except BrokenPipeError:
        raise
    except (RecordError, CorrectionError, WriteError) as error:
        stop(str(error))
    except OSError as error:
        stop(f"{output} cannot be written: {error.strerror or error}")
    for note in found.notes:
        say(f"{corrections}: {note}")
    if output != STANDARD_OUTPUT:
        ids = len({proposal.register_id for proposal in found.proposals})
        documents = counted(len({one.source for one in people}), "document")
        say(f"{counted(ids, 'id')} for {counted(len(people), 'person')} of {documents} written to {output}")
    if found.notes:
        raise typer.Exit(1)
