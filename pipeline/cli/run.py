"""`protokollant run` and `retry`: archives into a store, and once more what failed."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, TextColumn, TimeRemainingColumn
from rich.progress import Task as ProgressTask
from rich.text import Text

from corpus.captions import counted, one_line
from corpus.store import FAILURE_KINDS, Failed, Outcome, Store, StoreError, only_run
from models.choice import EMBEDDED
from pipeline.archive.engine import MEGABYTE, Engine, EngineError
from pipeline.archive.processes import Processes
from pipeline.archive.running import Plan, Task, carry_out, plan_retry, plan_run
from pipeline.archive.work import Extraction
from pipeline.cli.running import AbstainOption, BaseOption, ClassifierOption, LoadError, Setup
from pipeline.cli.showing import say, stop
from pipeline.fingerprint import fingerprint, settings_of, setup_of
from pipeline.limits import Limits

_SHOWN = 20  # failures of a run; the store has them all
_INTERRUPTED = 130


class Where(str, Enum):
    """Engines, as on the command line."""

    processes = "processes"
    ray = "ray"


class Kind(str, Enum):
    """Ways in which documents fail, as on the command line."""

    unreadable = "unreadable"
    error = "error"
    timeout = "timeout"
    memory = "memory"
    died = "died"


StoreOption = Annotated[Path, typer.Option("--store", metavar="FILE", help="The store, an SQLite file.")]
JobsOption = Annotated[
    int | None,
    typer.Option("--jobs", "-j", min=1, help="Number of workers, one core each: one, with Ray all of the cluster."),
]
EngineOption = Annotated[Where, typer.Option("--engine", help="Workers on this machine, or on a cluster of Ray.")]
AddressOption = Annotated[
    str | None,
    typer.Option("--address", metavar="ADDRESS", help="Cluster of Ray, as ray://host:10001; without one, this machine."),
]
TimeoutOption = Annotated[
    float, typer.Option("--timeout", metavar="SECONDS", min=1, help="Leave out a document that takes longer.")
]
MemoryOption = Annotated[
    int, typer.Option("--memory", metavar="MB", min=1, help="Leave out a document that needs more.")
]


def run_command(
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE...", help="Documents, folders, archives, Parquet files, or addresses as s3://archiv/2024.")],
    store: StoreOption,
    jobs: JobsOption = None,
    timeout: TimeoutOption = 600,
    memory: MemoryOption = 2048,
    engine: EngineOption = Where.processes,
    address: AddressOption = None,
    rehash: Annotated[
        bool, typer.Option("--rehash", help="Look into every file, also where size and time are as they were.")
    ] = False,
    base: BaseOption = None,
    classifier: ClassifierOption = EMBEDDED,
    abstain: AbstainOption = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Report on every document.")] = False,
) -> None:
    """Extract an archive into a store: what is new or has changed, and nothing twice.

    It may be stopped at any moment; the same command goes on. Exit code 0: all documents came out; 1: some failed,
    the others are stored; 2: nothing could be read, or the store not be written.
    """
    setup = Setup(base, classifier, abstain, threads=1)

    def prepared(opened: Store) -> tuple[Setup, Plan]:
        return setup, plan_run(opened, sources, fingerprint(setup), rehash=rehash)

    _run(store, prepared, _engine(engine, address, jobs, Limits(timeout, memory * MEGABYTE)), verbose=verbose)


def retry_command(
    store: StoreOption,
    kind: Annotated[Kind | None, typer.Option("--kind", help="Only documents that failed in this way.")] = None,
    jobs: JobsOption = None,
    timeout: TimeoutOption = 600,
    memory: MemoryOption = 2048,
    engine: EngineOption = Where.processes,
    address: AddressOption = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Report on every document.")] = False,
) -> None:
    """Work again on the documents of a store that failed, with the pipeline of its last run.

    Exit code 0: all came out, or there were none; 1: some failed again; 2: the store could not be read or written.
    """
    wanted = next((name for name in FAILURE_KINDS if kind and name == kind.value), None)

    def prepared(opened: Store) -> tuple[Setup, Plan]:
        last = next(opened.runs(), None)
        return setup_of(last.settings, threads=1) if last else Setup(threads=1), plan_retry(opened, wanted)

    _run(store, prepared, _engine(engine, address, jobs, Limits(timeout, memory * MEGABYTE)), create=False, verbose=verbose)


def _engine(where: Where, address: str | None, jobs: int | None, limits: Limits) -> Engine:
    if where is Where.processes:
        if address is not None:
            stop("--address names a cluster of Ray: add --engine ray")
        return Processes(jobs or 1, limits)
    from pipeline.archive.cluster import Cluster

    return Cluster(jobs, limits, address)


def _run(
    path: Path,
    prepared: Callable[[Store], tuple[Setup, Plan]],
    engine: Engine,
    *,
    create: bool = True,
    verbose: bool,
) -> None:
    failures: list[Failed] = []
    try:
        with Store(path, create=create) as store, only_run(path):
            setup, plan = prepared(store)
            for problem in plan.problems:
                say(one_line(problem))
            if plan.problems and plan.empty:
                raise typer.Exit(2)
            of_setup = fingerprint(setup)
            task = Task(Extraction(setup, of_setup), engine, settings_of(setup), of_setup)
            with _Shown(len(plan.candidates), failures, verbose=verbose) as shown:
                outcome = carry_out(store, plan, task, shown.tell)
    except KeyboardInterrupt:
        say(f"stopped; what was done is stored in {path}, the same command goes on")
        raise typer.Exit(_INTERRUPTED) from None
    except (StoreError, EngineError, LoadError) as error:
        stop(str(error))
    _report(path, outcome, failures)
    if outcome.failed or plan.problems:
        raise typer.Exit(1)


def _report(path: Path, outcome: Outcome, failures: list[Failed]) -> None:
    for failed in failures[:_SHOWN]:
        say(f"  {one_line(failed.reason)}")
    if (more := len(failures) - _SHOWN) > 0:
        say(f"  and {counted(more, 'document')} more: protokollant status --store {path} --failures")
    rate = f"{outcome.per_minute:.0f} documents a minute" if outcome.per_minute else ""
    peak = f"{outcome.peak_memory / MEGABYTE:.0f} MB in the largest worker" if outcome.peak_memory else ""
    counts = {
        "done": outcome.done,
        "of known content": outcome.same,
        "failed": outcome.failed,
        "unchanged": outcome.unchanged,
        "removed": outcome.removed,
    }
    said = ", ".join(f"{count} {what}" for what, count in counts.items() if count or what == "done")
    say(f"{path}: " + "; ".join(part for part in (said, rate, peak) if part))


class _Shown:
    """A bar with the rate on a terminal, and with `verbose` a line for each document."""

    def __init__(self, total: int, failures: list[Failed], *, verbose: bool) -> None:
        console = Console(stderr=True, highlight=False)
        columns = (
            BarColumn(),
            MofNCompleteColumn(),
            _Rate(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[failed]}"),
        )
        self._progress = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._bar = self._progress.add_task("", total=total, failed="")
        self._failures = failures
        self._verbose = verbose

    def __enter__(self) -> _Shown:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def tell(self, path: str, failed: Failed | None) -> None:
        if failed:
            self._failures.append(failed)
        if self._verbose:
            line = failed.reason if failed else f"{path}: done"
            self._progress.console.print(one_line(line), markup=False, soft_wrap=True)
        count = len(self._failures)
        self._progress.update(self._bar, advance=1, failed=f"{count} failed" if count else "")


class _Rate(ProgressColumn):
    def render(self, task: ProgressTask) -> Text:
        return Text(f"{task.speed * 60:.0f} a minute" if task.speed else "–")
