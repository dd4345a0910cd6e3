"""`protokollant benchmark`: systems on sets of annotated documents, and one leaderboard.

`evaluation` is imported inside the functions, as in `pipeline.cli.evaluate`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.collection import Document, samples_folder
from corpus.gold import GoldError, Split
from corpus.reading import ReadError
from pipeline.cli.showing import say, show, stop

if TYPE_CHECKING:
    from evaluation.benchmark import Leaderboard, Skipped
    from evaluation.systems import System
    from evaluation.systems.recorded import Recorded
    from evaluation.tables import Table

_OWN_SETS: tuple[Split, ...] = ("dev", "test")


def benchmark_command(
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="NAME", help="Run this system, not all; repeatable."),
    ] = None,
    system: Annotated[
        list[str] | None,
        typer.Option("--system", metavar="NAME=FILE", help="JSONL file of another system's records; repeatable."),
    ] = None,
    on: Annotated[
        list[str] | None, typer.Option("--on", metavar="NAME", help="Run on this set, not on all; repeatable.")
    ] = None,
    sets: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=FOLDER", help="Folder of gold as a set; repeatable.")
    ] = None,
    against: Annotated[
        str | None, typer.Option("--against", metavar="NAME", help="Test the others against this system, not ours.")
    ] = None,
    external: Annotated[
        Path | None, typer.Option("--external", metavar="FOLDER", help="Folder of published benchmarks to run too.")
    ] = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="Write the tables as Markdown.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write all metrics and intervals as JSON.")] = False,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Also write a page with figures.")] = None,
) -> None:
    """Run systems on our dev and test splits, and on other gold, and rank them.

    Exit code 0: all ran; 1: documents failed, which count as empty; 2: nothing ran.
    """
    if markdown and as_json:
        stop("give either --markdown or --json")
    if html and not html.parent.is_dir():
        stop(f"--html {html}: there is no folder {html.parent}")
    from evaluation import EvaluationError
    from evaluation.benchmark import benchmark
    from evaluation.external import benchmark_external, external_json, external_tables
    from evaluation.leaderboard import as_json as board_json
    from evaluation.leaderboard import tables
    from evaluation.systems.registry import DEFAULT

    try:
        chosen = _sets(sets or (), on)
        loaded, recorded, skipped = _systems(only, system or ())
        if against and against not in {x.name for x in (*loaded, *recorded)}:
            raise EvaluationError(f"--against {against}: this system does not run")
        board = benchmark([*loaded, *recorded], chosen, skipped, say)
        if not board.entries:
            raise EvaluationError("; ".join(f"{x.system}: {x.reason}" for x in board.skipped))
        others = benchmark_external([*loaded, *recorded], external, tell=say) if external else None
        if others and not others.scores:
            raise EvaluationError("; ".join(dict.fromkeys(x.reason for x in others.skipped)))
    except (EvaluationError, GoldError, ReadError) as error:
        stop(str(error))
    reference = against or DEFAULT
    found = [*tables(board, reference), *(external_tables(others) if others else ())]
    if as_json:
        value = {**board_json(board, reference), **({"external": external_json(others)} if others else {})}
        typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
    else:
        show(found, markdown)
    for line in _notes(board, reference):
        say(f"note: {line}")
    if html:
        try:
            _write_page(html, board, found)
        except OSError as error:
            stop(f"{html}: {error.strerror or error}")
    if any(x.failures for x in board.entries) or (others and any(x.failures for x in others.scores)):
        raise typer.Exit(1)


def _notes(board: Leaderboard, reference: str) -> Iterator[str]:
    """Say what keeps the figures of each set from being believed, and why nothing was compared."""
    for name, entry in {entry.set: entry for entry in board.entries}.items():
        yield from (f"{name}: {warning}" for warning in entry.evaluation.warnings)
    if reference not in {entry.system for entry in board.entries}:
        yield f"nothing is tested against {reference}, which did not run: name another system with --against"


def _systems(
    only: Iterable[str] | None, files: Iterable[str]
) -> tuple[tuple[System, ...], tuple[Recorded, ...], tuple[Skipped, ...]]:
    """Load the systems of these names, or all, and those that left records in files given as NAME=FILE."""
    from evaluation.systems.recorded import Recorded
    from evaluation.systems.registry import load_systems, names

    wanted = names() if only is None else tuple(dict.fromkeys(only))
    pairs = _pairs(files, "NAME=FILE", (*names(), *wanted))
    recorded = tuple(Recorded.read(name, Path(file)) for name, file in pairs)
    loaded, skipped = load_systems(wanted)
    return loaded, recorded, skipped


def _sets(given: Iterable[str], on: Iterable[str] | None) -> dict[str, tuple[Document, ...]]:
    """Read the sets of these names, or all: our splits and the folders given as NAME=FOLDER."""
    from evaluation import EvaluationError, gold_documents

    folders: dict[str, tuple[Path, tuple[Split, ...]]] = {name: (samples_folder(), (name,)) for name in _OWN_SETS}
    folders.update((name, (Path(folder), ())) for name, folder in _pairs(given, "NAME=FOLDER", folders))
    wanted = folders if on is None else dict.fromkeys(on)
    for name in wanted:
        if name not in folders:
            raise EvaluationError(f"no set {name}: there are {', '.join(folders)}")
    return {name: gold_documents(*folders[name]) for name in wanted}


def _pairs(values: Iterable[str], form: str, taken: Iterable[str]) -> list[tuple[str, str]]:
    """Split NAME=PATH; `EvaluationError` for another form and for a name that stands already for something else."""
    from evaluation import EvaluationError

    known = set(taken)
    pairs: list[tuple[str, str]] = []
    for value in values:
        name, _, path = value.partition("=")
        if not (name and path):
            raise EvaluationError(f"{value}: write {form}")
        if name in known:
            raise EvaluationError(f"{value}: {name} is there already, give another name")
        known.add(name)
        pairs.append((name, path))
    return pairs


def _write_page(path: Path, board: Leaderboard, tables: Sequence[Table]) -> None:
    from evaluation.leaderboard import HEADLINE, results
    from evaluation.page import leaderboard_figure, leaderboard_page

    figures = [leaderboard_figure(results(board, metric), metric) for metric in HEADLINE]
    path.write_text(leaderboard_page("Leaderboard", tables, figures), encoding="utf-8", newline="\n")
