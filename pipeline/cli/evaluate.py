"""`protokollant evaluate`, `bench` and `outcomes`: how good and how fast extraction is.

`evaluation` is imported inside the functions: nothing else of the command line may depend on it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console

from corpus.gold import GoldError
from corpus.reading import ENDING, ReadError, Source, decode, find_documents, read_source
from pipeline.cli.running import LoadError
from pipeline.extraction import extract, load

if TYPE_CHECKING:
    from spacy.language import Language

    from evaluation import Extractor, Failure, OutcomeCheck, Run, Speed
    from evaluation.tables import Table

_WIDE = 160
"""Columns of a table that goes to a file or a pipe, where no terminal says how wide it is."""


class By(str, Enum):
    """What the scores are broken down by; the group is the name of the document up to the first hyphen."""

    group = "group"
    document = "document"


_Base = Annotated[str | None, typer.Option(help="Base pipeline for tagging and names, such as de_core_news_md.")]
_Markdown = Annotated[bool, typer.Option("--markdown", help="Write the tables as Markdown.")]


def evaluate_command(
    gold: Annotated[Path, typer.Argument(help="Folder of gold: one .json file a document.")],
    predictions: Annotated[
        Path | None, typer.Argument(metavar="[PRED]", help="JSONL file of records; joined by stem of source.")
    ] = None,
    run: Annotated[bool, typer.Option("--run", help="Extract the texts beside the gold instead.")] = False,
    base: _Base = None,
    by: Annotated[By, typer.Option(help="Break the scores down by this.")] = By.group,
    errors: Annotated[bool, typer.Option("--errors", help="List the wrong turns of each document.")] = False,
    markdown: _Markdown = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write scores and counts as JSON.")] = False,
    minimum: Annotated[
        list[str] | None,
        typer.Option("--min", metavar="METRIC=VALUE", help="Exit with 1 if the metric is lower; repeatable."),
    ] = None,
) -> None:
    """Score records against gold.

    Exit code 0: scored; 1: a metric is short of its --min, or a document failed in --run; 2: nothing scored.
    """
    from evaluation import EvaluationError, join, read_records, score_documents
    from evaluation.report import as_json as report_json
    from evaluation.report import difference_lists, difference_tables, tables

    if run == (predictions is not None):
        _stop("give either PRED, a JSONL file of records, or --run")
    if base and not run:
        _stop("--base goes with --run: the records in PRED are made already")
    if markdown and as_json:
        _stop("give either --markdown or --json")
    minimums = _minimums(minimum or ())
    failures: tuple[Failure, ...] = ()
    try:
        if predictions is not None:
            documents = join(gold, read_records(predictions))
        else:
            finished = run_on_gold(gold, base)
            failures = finished.failures
            documents = join(gold, finished.records)
    except (EvaluationError, GoldError, LoadError) as error:
        _stop(str(error))
    evaluation = score_documents(documents)
    if as_json:
        listed = {"differences": difference_lists(documents)} if errors else {}
        report = {**report_json(evaluation, by.value), **listed}
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        _show([*tables(evaluation, by.value), *(difference_tables(documents) if errors else ())], markdown)
    short = _shortfalls(evaluation.total.metrics, minimums)
    for line in (*map(_failure, failures), *short):
        typer.echo(line, err=True)
    if failures or short:
        raise typer.Exit(1)


def bench_command(
    inputs: Annotated[
        list[Path] | None, typer.Argument(metavar="[INPUT]...", help="Texts or folders; else our samples.")
    ] = None,
    seconds: Annotated[float, typer.Option(min=0, help="How long; five rounds at the least.")] = 10.0,
    base: _Base = None,
    markdown: _Markdown = False,
) -> None:
    """Measure how many words a second are extracted in one process."""
    from evaluation import EvaluationError
    from evaluation.report import speed_table

    try:
        sources = [read_source(path) for path in _documents(inputs)] if inputs else samples()
        speed = bench(sources, seconds, base)
    except (EvaluationError, LoadError, ReadError) as error:
        _stop(str(error))
    _show([speed_table(speed)], markdown)


def outcomes_command(
    index: Annotated[Path, typer.Argument(help="CSV file with the columns file and oparl_result.")],
    texts: Annotated[list[Path], typer.Argument(help="Texts, or folders of them, joined by file name.")],
    base: _Base = None,
    errors: Annotated[bool, typer.Option("--errors", help="List the documents that disagree.")] = False,
    markdown: _Markdown = False,
) -> None:
    """Compare extracted decisions with the results in a city's own OParl feed.

    Exit code 0: compared; 1: documents failed, the others were compared; 2: nothing was compared.
    """
    from evaluation import EvaluationError
    from evaluation.report import disagreement_table, outcome_tables

    try:
        check = outcomes(index, _documents(texts), base)
    except (EvaluationError, LoadError, ReadError) as error:
        _stop(str(error))
    _show([*outcome_tables(check), *((disagreement_table(check),) if errors else ())], markdown)
    if check.failures:
        raise typer.Exit(1)


def run_on_gold(gold: Path, base: str | None = None) -> Run:
    """Extract the text beside each gold file of a folder."""
    from evaluation import run
    from evaluation.harness import gold_files

    return run((path.with_suffix(ENDING) for path in gold_files(gold)), _extractor(base))


def bench(sources: Sequence[Source], seconds: float, base: str | None = None) -> Speed:
    """Measure the extraction of documents that are read already."""
    from evaluation import measure_speed

    return measure_speed(_pipeline(base), [source.text for source in sources], seconds)


def outcomes(index: Path, texts: Iterable[Path], base: str | None = None) -> OutcomeCheck:
    """Extract texts and compare their decisions with the results in an index."""
    from evaluation import check_outcomes

    return check_outcomes(index, texts, _extractor(base))


def samples() -> list[Source]:
    """Return the sample documents that ship with the package, by name."""
    folder = resources.files("corpus").joinpath("samples")
    texts = sorted((x for x in folder.iterdir() if x.name.endswith(ENDING)), key=lambda x: x.name)
    return [decode(text.read_bytes(), text.name) for text in texts]


def _extractor(base: str | None) -> Extractor:
    nlp = _pipeline(base)
    return lambda path: extract(path, nlp=nlp)


def _pipeline(base: str | None) -> Language:
    try:
        return load(base)
    except Exception as error:
        raise LoadError(f"the pipeline cannot be loaded: {error}") from error


def _documents(paths: Iterable[Path]) -> list[Path]:
    return [document for path in paths for document in find_documents(path)]


def _minimums(values: Iterable[str]) -> dict[str, float]:
    from evaluation import METRICS

    minimums: dict[str, float] = {}
    for value in values:
        name, _, least = value.partition("=")
        if name not in METRICS:
            _stop(f"--min {value}: no such metric; there are {', '.join(METRICS)}")
        try:
            minimums[name] = float(least)
        except ValueError:
            _stop(f"--min {value}: write METRIC=VALUE, for example turn_f1=0.8")
        if not 0 <= minimums[name] <= 1:
            _stop(f"--min {value}: the value lies between 0 and 1")
    return minimums


def _shortfalls(metrics: Mapping[str, float | None], minimums: Mapping[str, float]) -> list[str]:
    values = ((name, least, metrics[name]) for name, least in minimums.items())
    return [
        f"short of {name}={least:g}: it is {'undefined' if value is None else f'{value:.3f}'}"
        for name, least, value in values
        if value is None or value < least
    ]


def _show(tables: Iterable[Table], markdown: bool) -> None:
    from evaluation.tables import for_terminal
    from evaluation.tables import markdown as as_markdown

    if markdown:
        typer.echo("\n".join(map(as_markdown, tables)), nl=False)
        return
    console = Console()
    if not console.is_terminal:
        console = Console(width=_WIDE)
    for table in tables:
        console.print(for_terminal(table))


def _failure(failure: Failure) -> str:
    return f"{failure.source} failed: {failure.reason}"


def _stop(message: str) -> NoReturn:
    typer.echo(f"Error: {message}", err=True)
    raise typer.Exit(2)
