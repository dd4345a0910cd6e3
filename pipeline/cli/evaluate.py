"""`protokollant evaluate`, `bench` and `outcomes`: how good and how fast extraction is.

`evaluation` is imported inside the functions: nothing else of the command line may depend on it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.collection import samples_folder
from corpus.gold import GoldError, Split
from corpus.reading import ENDING, ReadError, Source, decode, find_documents, read_source
from pipeline.cli.running import LoadError, pipeline_of
from pipeline.cli.showing import SplitName, show, stop
from pipeline.extraction import extract

if TYPE_CHECKING:
    from evaluation import Extractor, Failure, OutcomeCheck, Run, Speed


class By(str, Enum):
    """What the scores are broken down by; the style of a document that has none is its name up to the first hyphen."""

    style = "style"
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
    splits: Annotated[
        list[SplitName] | None, typer.Option("--split", help="Only documents of this split; repeatable.")
    ] = None,
    by: Annotated[By, typer.Option(help="Break the scores down by this.")] = By.style,
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
    from evaluation import EvaluationError, gold_documents, pair, read_records, score_documents
    from evaluation.report import as_json as report_json
    from evaluation.report import difference_lists, difference_tables, tables

    if run == (predictions is not None):
        stop("give either PRED, a JSONL file of records, or --run")
    if base and not run:
        stop("--base goes with --run: the records in PRED are made already")
    if markdown and as_json:
        stop("give either --markdown or --json")
    minimums = _minimums(minimum or ())
    wanted: tuple[Split, ...] = tuple(split.value for split in splits or ())
    failures: tuple[Failure, ...] = ()
    try:
        annotated = gold_documents(gold, wanted)
        if predictions is not None:
            documents = pair(annotated, read_records(predictions))
        else:
            finished = run_on_gold(gold, (document.name for document in annotated), base)
            failures = finished.failures
            documents = pair(annotated, finished.records)
    except (EvaluationError, GoldError, LoadError) as error:
        stop(str(error))
    evaluation = score_documents(documents)
    if as_json:
        listed = {"differences": difference_lists(documents)} if errors else {}
        report = {**report_json(evaluation, by.value), **listed}
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        show([*tables(evaluation, by.value), *(difference_tables(documents) if errors else ())], markdown)
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
        stop(str(error))
    show([speed_table(speed)], markdown)


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
        stop(str(error))
    show([*outcome_tables(check), *((disagreement_table(check),) if errors else ())], markdown)
    if check.failures:
        raise typer.Exit(1)


def run_on_gold(gold: Path, names: Iterable[str], base: str | None = None) -> Run:
    """Extract the texts of these names in a folder of gold."""
    from evaluation import run

    return run((gold / (name + ENDING) for name in names), _extractor(base))


def bench(sources: Sequence[Source], seconds: float, base: str | None = None) -> Speed:
    """Measure the extraction of documents that are read already."""
    from evaluation import measure_speed

    return measure_speed(pipeline_of(base), [source.text for source in sources], seconds)


def outcomes(index: Path, texts: Iterable[Path], base: str | None = None) -> OutcomeCheck:
    """Extract texts and compare their decisions with the results in an index."""
    from evaluation import check_outcomes

    return check_outcomes(index, texts, _extractor(base))


def samples() -> list[Source]:
    """Return the sample documents that ship with the package, by name."""
    return [decode(path.read_bytes(), path.name) for path in find_documents(samples_folder())]


def _extractor(base: str | None) -> Extractor:
    nlp = pipeline_of(base)
    return lambda path: extract(path, nlp=nlp)


def _documents(paths: Iterable[Path]) -> list[Path]:
    return [document for path in paths for document in find_documents(path)]


def _minimums(values: Iterable[str]) -> dict[str, float]:
    from evaluation import METRICS

    minimums: dict[str, float] = {}
    for value in values:
        name, _, least = value.partition("=")
        if name not in METRICS:
            stop(f"--min {value}: no such metric; there are {', '.join(METRICS)}")
        try:
            minimums[name] = float(least)
        except ValueError:
            stop(f"--min {value}: write METRIC=VALUE, for example turn_f1=0.8")
        if not 0 <= minimums[name] <= 1:
            stop(f"--min {value}: the value lies between 0 and 1")
    return minimums


def _shortfalls(metrics: Mapping[str, float | None], minimums: Mapping[str, float]) -> list[str]:
    values = ((name, least, metrics[name]) for name, least in minimums.items())
    return [
        f"short of {name}={least:g}: it is {'undefined' if value is None else f'{value:.3f}'}"
        for name, least, value in values
        if value is None or value < least
    ]


def _failure(failure: Failure) -> str:
    return f"{failure.source} failed: {failure.reason}"
