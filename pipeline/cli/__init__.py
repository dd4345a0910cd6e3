"""The command `protokollant`."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import Annotated

import typer

from corpus.version import __version__
from pipeline.cli.annotate import annotate_command
from pipeline.cli.bench import bench_command
from pipeline.cli.benchmark import benchmark_command
from pipeline.cli.compare import compare_command
from pipeline.cli.corpus import (
    agree_command,
    convert_command,
    generate_command,
    probe_command,
    schema_command,
    split_command,
    stats_command,
    validate_command,
)
from pipeline.cli.evaluate import evaluate_command, outcomes_command
from pipeline.cli.explore import explore_command
from pipeline.cli.extract import extract_command
from pipeline.cli.oparl import oparl_command
from pipeline.cli.read import read_command
from pipeline.cli.register import register_command
from pipeline.cli.report import report_command
from pipeline.cli.run import retry_command, run_command
from pipeline.cli.store import export_command, search_command, status_command
from pipeline.cli.tags import tags_command
from pipeline.cli.train import train_app
from pipeline.cli.write import write_command

__all__ = ["app", "main"]

app = typer.Typer(
    name="protokollant",
    help="German council minutes in, structured deliberation out: who said what, to whom, what was decided.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
corpus_app = typer.Typer(help="Work with annotated documents.", no_args_is_help=True)

app.command("extract")(extract_command)
app.command("write")(write_command)
app.command("register")(register_command)
app.command("read")(read_command)
app.command("run")(run_command)
app.command("retry")(retry_command)
app.command("status")(status_command)
app.command("export")(export_command)
app.command("search")(search_command)
app.command("report")(report_command)
app.command("explore")(explore_command)
app.command("schema")(schema_command)
app.command("evaluate")(evaluate_command)
app.command("bench")(bench_command)
app.command("benchmark")(benchmark_command)
app.command("outcomes")(outcomes_command)
app.command("oparl")(oparl_command)
app.command("annotate")(annotate_command)
app.add_typer(corpus_app, name="corpus")
app.add_typer(train_app, name="train")
corpus_app.command("validate")(validate_command)
corpus_app.command("stats")(stats_command)
corpus_app.command("split")(split_command)
corpus_app.command("agree")(agree_command)
corpus_app.command("convert")(convert_command)
corpus_app.command("generate")(generate_command)
corpus_app.command("probe")(probe_command)

train_app.command("compare")(compare_command)
train_app.command("tags")(tags_command)


_EXTRAS = {
    "scipy": "evaluation",
    "matplotlib": "evaluation",
    "sklearn": "train",
    "rapidfuzz": "register",
    "httpx": "oparl",
    "tenacity": "oparl",
    "ray": "cluster",
    "datasette": "explore",
    "uvicorn": "explore",
}
"""The extra that has a package which a command may miss."""


def main() -> None:
    """Run the command line; characters that a terminal cannot show come out as question marks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        app()
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing not in _EXTRAS:
            raise
        typer.echo(f"Error: {missing} is not installed: pip install 'protokollant[{_EXTRAS[missing]}]'", err=True)
        raise SystemExit(2) from error


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"protokollant {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit."),
    ] = False,
) -> None:
    pass
