"""`protokollant status`, `export` and `search`: what is in a store, and out of it."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from corpus.captions import counted, one_line
from corpus.register.corrections import CorrectionError, register_ids
from corpus.store import Counts, Failure, Hit, Run, Selection, Store, StoreError
from corpus.writing import STANDARD_OUTPUT, WriteError, open_writer
from pipeline.cli.pseudonyms import KeyOption, PseudonymiseOption, no_register, pseudonyms_of, with_pseudonyms
from pipeline.cli.run import StoreOption
from pipeline.cli.showing import say, show, stop
from pipeline.cli.write import RegisterOption

if TYPE_CHECKING:
    from evaluation.tables import Table

_MEGABYTE = 1 << 20

BodyOption = Annotated[str | None, typer.Option("--body", metavar="TEXT", help="Only bodies with this in their name.")]
SinceOption = Annotated[
    dt.datetime | None, typer.Option("--since", formats=["%Y-%m-%d"], help="Only sittings from this day on.")
]
UntilOption = Annotated[
    dt.datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="Only sittings up to this day.")
]
PathOption = Annotated[
    str | None, typer.Option("--path", metavar="PATTERN", help="Only documents of such a path, as archiv/2012/*.")
]


def status_command(
    store: StoreOption,
    failures: Annotated[
        bool, typer.Option("--failures", help="List the documents that failed, with the reasons.")
    ] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Write the tables as Markdown.")] = False,
) -> None:
    """Say what is in a store: documents, failures, the last run."""
    try:
        with Store(store, create=False) as opened:
            show(_tables(opened, failures=failures), markdown)
    except StoreError as error:
        stop(str(error))


def export_command(
    store: StoreOption,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="TARGET", help="File to write, or - for standard output.")
    ],
    form: Annotated[
        str | None, typer.Option("--format", help="Form of the output, if its name does not say it.")
    ] = None,
    body: BodyOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    path: PathOption = None,
    register: RegisterOption = None,
    pseudonymise: PseudonymiseOption = None,
    key: KeyOption = None,
) -> None:
    """Write the records of a store, sorted by path, each content once.

    Exit code 0: written; 2: nothing could be read or written.
    """
    documents = 0
    pseudonyms = pseudonyms_of(pseudonymise, key)
    no_register(pseudonyms, register)
    try:
        ids = register_ids(register) if register else None
        with (
            Store(store, create=False) as opened,
            with_pseudonyms(open_writer(output, form, register=ids), pseudonyms) as writer,
        ):
            for minutes in opened.records(selection_of(body, since, until, path)):
                writer.write(minutes)
                documents += 1
    except BrokenPipeError:
        raise
    except (StoreError, CorrectionError, WriteError) as error:
        stop(str(error))
    except OSError as error:
        stop(f"{output} cannot be written: {error.strerror or error}")
    if output != STANDARD_OUTPUT:
        say(f"{counted(documents, 'document')} written to {output}")


def search_command(
    query: Annotated[str, typer.Argument(metavar="QUERY", help='Words, "phrases", Weg*, AND, OR, NOT, brackets.')],
    store: StoreOption,
    speaker: Annotated[
        str | None, typer.Option("--speaker", metavar="NAME", help="Only speakers with this in their name.")
    ] = None,
    body: BodyOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    path: PathOption = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="How many turns to show.")] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="One turn a line, as JSON.")] = False,
) -> None:
    """Find turns by what is said in them, the best first.

    Exit code 0: found; 1: nothing found; 2: a query that cannot be read, or no store.
    """
    try:
        with Store(store, create=False) as opened:
            hits = list(opened.search(query, selection_of(body, since, until, path), speaker=speaker, limit=limit))
    except StoreError as error:
        stop(str(error))
    console = Console(highlight=False)
    for hit in hits:
        if as_json:
            typer.echo(json.dumps(asdict(hit), ensure_ascii=False, default=str))
        else:
            console.print(Text(_heading(hit), style="bold"), soft_wrap=True)
            console.print(Text(f"  {one_line(hit.snippet)}"), soft_wrap=True)
    if not hits:
        say("nothing found")
        raise typer.Exit(1)


def selection_of(body: str | None, since: dt.datetime | None, until: dt.datetime | None, path: str | None) -> Selection:
    """Return what the options choose."""
    return Selection(body, since.date() if since else None, until.date() if until else None, path)


def _heading(hit: Hit) -> str:
    item = " ".join(part for part in (hit.number, hit.title) if part)
    parts = (f"{hit.path} {hit.turn}", hit.body, hit.date and hit.date.isoformat(), item, hit.label, hit.speakers)
    return one_line(" · ".join(part for part in parts if part))


def _tables(store: Store, *, failures: bool) -> list[Table]:
    from evaluation.tables import Table

    failed = list(store.failures())
    tables = [_counts_table(store.path, store.counts())]
    if failed:
        kinds = Counter(failure.kind for failure in failed)
        rows = tuple((kind, str(count)) for kind, count in sorted(kinds.items()))
        tables.append(Table("Failures", ("kind", "documents"), rows))
    if run := next(store.runs(), None):
        tables.append(_run_table(run))
    if failures and failed:
        tables.append(_failures_table(failed))
    return tables


def _counts_table(path: Path, counts: Counts) -> Table:
    from evaluation.tables import UNDEFINED, Table

    rows = (
        ("documents done", str(counts.done)),
        ("documents failed", str(counts.failed)),
        ("documents removed", str(counts.removed)),
        ("records", str(counts.records)),
        ("turns", str(counts.turns)),
        ("decisions", str(counts.decisions)),
        ("characters", str(counts.characters)),
        ("first sitting", counts.first.isoformat() if counts.first else UNDEFINED),
        ("last sitting", counts.last.isoformat() if counts.last else UNDEFINED),
        ("size of the store", f"{path.stat().st_size / _MEGABYTE:.1f} MB"),
    )
    return Table("Store", ("", "count"), rows)


def _run_table(run: Run) -> Table:
    from evaluation.tables import UNDEFINED, Table

    of = run.outcome
    rows: list[tuple[str, str]] = [
        ("started", run.started),
        ("sources", " ".join(run.sources) or UNDEFINED),
        ("settings", run.settings),
        ("fingerprint", run.fingerprint),
        ("jobs", str(run.jobs)),
    ]
    if of is None:
        rows.append(("ended", "not: it is running, or it was killed"))
    else:
        rows += [
            ("done", str(of.done)),
            ("of known content", str(of.same)),
            ("failed", str(of.failed)),
            ("unchanged", str(of.unchanged)),
            ("removed", str(of.removed)),
            ("seconds", f"{of.seconds:.1f}"),
            ("documents a minute", f"{of.per_minute:.0f}" if of.per_minute else UNDEFINED),
            ("largest worker", f"{of.peak_memory / _MEGABYTE:.0f} MB" if of.peak_memory else UNDEFINED),
        ]
    return Table("Last run", ("", "value"), tuple(rows), left=2)


def _failures_table(failed: list[Failure]) -> Table:
    from evaluation.tables import Table

    rows = tuple((x.path, x.kind, x.reason, x.last, str(x.attempts)) for x in failed)
    return Table("Failed documents", ("document", "kind", "reason", "last (UTC)", "attempts"), rows, left=4)
