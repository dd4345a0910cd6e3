"""`protokollant oparl`: the meetings and minutes of a council information system in a folder."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from corpus.captions import counted, one_line
from corpus.oparl import Mirror, OParlError, read_meetings
from corpus.oparl.walking import Report, mirror_feed, mirror_files
from pipeline.cli.showing import say, show, stop

_PROBLEMS = 20
"""Lines about what is missing; a feed can lack the files of years."""


def oparl_command(
    source: Annotated[
        str,
        typer.Argument(
            metavar="URL|FILE",
            help="Address of a system, body, organization, meeting or list; or a file or folder of such objects.",
        ),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FOLDER", help="Folder of the mirror.")],
    whole: Annotated[bool, typer.Option("--all", help="Ask also for what has not changed since the last run.")] = False,
    no_files: Annotated[bool, typer.Option("--no-files", help="Leave the files of minutes where they are.")] = False,
    hosts: Annotated[
        list[str] | None, typer.Option("--host", metavar="HOST", help="Follow links to this host too; repeatable.")
    ] = None,
    rate: Annotated[float, typer.Option("--rate", min=0.01, max=100, help="Requests a second, at the most.")] = 2.0,
    records: Annotated[
        Path | None,
        typer.Option("--compare", metavar="RECORDS", help="Records of the mirrored minutes, made by extract."),
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="With --compare: list the items that disagree.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Write the tables as Markdown.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Report on every page and file.")] = False,
) -> None:
    """Mirror the meetings and minutes of a council information system (OParl 1.0 and 1.1).

    Run it again to go on after a break, or to fetch what has changed. Exit code 0: all is there; 1: something could
    not be had, the rest is there; 2: no meetings.
    """
    try:
        with Mirror(output) as mirror:
            report = _mirrored(source, mirror, rate, hosts or (), whole=whole, files=not no_files, verbose=verbose)
            any_meetings = mirror.any()
    except OParlError as error:
        stop(one_line(str(error)))
    except (OSError, sqlite3.Error) as error:
        stop(f"{output} cannot be written: {getattr(error, 'strerror', None) or error}; what came before is kept")
    shown = report.problems if verbose else report.problems[:_PROBLEMS]
    for problem in shown:
        _say(problem.reason if problem.where in problem.reason else f"{problem.where}: {problem.reason}")
    if more := len(report.problems) - len(shown):
        say(f"{counted(more, 'problem')} more: --verbose lists them")
    if not any_meetings:
        stop(f"no meetings came from {source}")
    say(f"{counted(report.meetings, 'meeting')} new or changed, {counted(report.files, 'file')} stored in {output}")
    if records:
        _compare(output, records, errors=errors, markdown=markdown)
    if report.problems:
        raise typer.Exit(1)


def _mirrored(
    source: str, mirror: Mirror, rate: float, hosts: Iterable[str], *, whole: bool, files: bool, verbose: bool
) -> Report:
    if not source.lower().startswith(("http://", "https://")):
        return mirror_files(Path(source), mirror)
    # The packages of the extra are needed for addresses alone.
    from corpus.oparl.client import Client, Manners

    with Client(source, hosts, Manners(rate=rate)) as client:
        return mirror_feed(source, client, mirror, _say if verbose else lambda _: None, whole=whole, files=files)


def _say(line: str) -> None:
    """Tell what a server had a part in wording, so that it cannot write to the terminal at will."""
    say(one_line(line))


def _compare(mirror: Path, records: Path, *, errors: bool, markdown: bool) -> None:
    from evaluation import EvaluationError, check_feed, read_records
    from evaluation.measurements import feed_tables

    try:
        check = check_feed(read_meetings(mirror), read_records(records))
    except (EvaluationError, OParlError) as error:
        stop(str(error))
    show(feed_tables(check, errors=errors), markdown)
