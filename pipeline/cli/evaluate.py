"""`protokollant evaluate` and `outcomes`: how good extraction is.

`evaluation` is imported inside the functions: nothing else of the command line may depend on it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.captions import counted
from corpus.collection import Document as AnnotatedDocument
from corpus.gold import GoldError, Split
from corpus.reading import ReadError, find_documents
from corpus.record import Minutes
from models.choice import EMBEDDED, is_choice
from pipeline.cli.running import DEFAULT, AbstainOption, BaseOption, ClassifierOption, LoadError, Setup, pipeline_of
from pipeline.cli.showing import SplitName, show, stop
from pipeline.extraction import extract

if TYPE_CHECKING:
    from evaluation import Document, Evaluation, Extractor, Failure, OutcomeCheck, Run
    from evaluation.breakdowns import By as Breakdown
    from evaluation.tables import Table


class By(str, Enum):
    """What the scores are broken down by: kinds of documents, and from `label` on kinds of gold turns."""

    style = "style"
    source = "source"
    of_split = "split"
    length = "length"
    document = "document"
    label = "label"
    register = "register"
    shape = "shape"


_Markdown = Annotated[bool, typer.Option("--markdown", help="Write the tables as Markdown.")]


def evaluate_command(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="[PRED] GOLD",
            help="Records (a JSONL file, or a folder of them), joined by stem of source; "
            "folder of gold, one .json file a document.",
        ),
    ],
    run: Annotated[bool, typer.Option("--run", help="Extract the texts of the gold instead of reading PRED.")] = False,
    given_turns: Annotated[
        bool, typer.Option("--given-turns", help="With --run: give the gold turns, so that labels stand alone.")
    ] = False,
    base: BaseOption = None,
    classifier: ClassifierOption = EMBEDDED,
    abstain: AbstainOption = None,
    splits: Annotated[
        list[SplitName] | None, typer.Option("--split", help="Only documents of this split; repeatable.")
    ] = None,
    by: Annotated[
        list[By] | None, typer.Option(help="Break the scores down by this; repeatable. By style if not given.")
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(metavar="PRED2", help="Records of another system, or a classifier, to compare with."),
    ] = None,
    calibration: Annotated[
        bool, typer.Option("--calibration", help="Show what the probabilities of the labels are worth.")
    ] = False,
    errors: Annotated[bool, typer.Option("--errors", help="List the wrong turns of each document.")] = False,
    markdown: _Markdown = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write scores and counts as JSON.")] = False,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write a report with plots and every wrong turn.")
    ] = None,
    minimum: Annotated[
        list[str] | None,
        typer.Option("--min", metavar="METRIC=VALUE", help="Exit with 1 if the metric is lower; repeatable."),
    ] = None,
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", metavar="FILE", help="Exit with 1 if a metric falls below its interval there."),
    ] = None,
    new_baseline: Annotated[
        Path | None, typer.Option("--write-baseline", metavar="FILE", help="Keep the figures for --baseline.")
    ] = None,
) -> None:
    """Score records against gold.

    Exit code 0: scored; 1: a metric is short of its --min or fell below the baseline, or a document failed in --run;
    2: nothing scored.
    """
    from evaluation import EvaluationError, Run, gold_documents, pair, read_records, score_documents
    from evaluation.baseline import write_baseline
    from evaluation.report import as_json as report_json
    from evaluation.report import tables

    if len(paths) != 2 - run:
        stop("give PRED and GOLD, records and the folder of gold; or --run and GOLD alone")
    gold = paths[-1]
    setup = Setup(base, classifier, abstain)
    if (setup != Setup() or given_turns) and not run:
        stop("--base, --classifier, --abstain and --given-turns go with --run: the records in PRED are made already")
    if markdown and as_json:
        stop("give either --markdown or --json")
    minimums = _minimums(minimum or ())
    wanted: tuple[Split, ...] = tuple(split.value for split in splits or ())
    parts: list[_Part] = []
    short: list[str] = []
    try:
        annotated = gold_documents(gold, wanted)
        finished = _run(annotated, setup, given_turns=given_turns) if run else Run(tuple(read_records(paths[0])))
        documents = pair(annotated, finished.records)
        if finished.records and all(x.missing for x in documents):
            raise EvaluationError(f"no record in {paths[0]} is of a document in {gold}: their file names must agree")
        evaluation = score_documents(documents)
        failures = [*finished.failures]
        notes = [*evaluation.warnings, *_left_out(finished.records, documents)]
        if against:
            theirs = _other_records(annotated, against, setup, given_turns)
            others = score_documents(pair(annotated, theirs.records))
            failures += theirs.failures
            notes += (f"no record in {against}, counted as empty: {name}" for name in others.missing)
            parts.append(_against(evaluation, others, against if is_choice(against) else Path(against).name))
        if baseline:
            part, fallen = _baseline(evaluation, baseline)
            parts.append(part)
            short += fallen
    except (EvaluationError, GoldError, LoadError) as error:
        stop(str(error))
    if calibration:
        parts.append(_calibration(documents))
    breakdowns: list[Breakdown] = [x.value for x in by] if by else ["style"]
    shown = [*tables(evaluation, breakdowns), *(table for part in parts for table in part.tables)]
    try:
        if html:
            _write_page(evaluation, shown, html)
        if new_baseline:
            write_baseline(evaluation, new_baseline)
    except OSError as error:
        stop(f"{error.filename}: {error.strerror}")
    if errors:
        parts.append(_errors(documents))
        shown += parts[-1].tables
    if as_json:
        report = {**report_json(evaluation, breakdowns), **{part.name: part.value for part in parts}}
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        show(shown, markdown)
    short += _shortfalls(evaluation.total.metrics, minimums)
    for line in (*(f"note: {x}" for x in notes), *map(_failure, failures), *short):
        typer.echo(line, err=True)
    if failures or short:
        raise typer.Exit(1)


def outcomes_command(
    index: Annotated[Path, typer.Argument(help="CSV file with the columns file and oparl_result.")],
    texts: Annotated[list[Path], typer.Argument(help="Texts, or folders of them, joined by file name.")],
    base: BaseOption = None,
    classifier: ClassifierOption = EMBEDDED,
    errors: Annotated[bool, typer.Option("--errors", help="List the documents that disagree.")] = False,
    markdown: _Markdown = False,
) -> None:
    """Compare extracted decisions with the results in a city's own OParl feed.

    Exit code 0: compared; 1: documents failed, the others were compared; 2: nothing was compared.
    """
    from evaluation import EvaluationError
    from evaluation.measurements import disagreement_table, outcome_tables

    try:
        check = outcomes(index, _documents(texts), Setup(base, classifier))
    except (EvaluationError, LoadError, ReadError) as error:
        stop(str(error))
    show([*outcome_tables(check), *((disagreement_table(check),) if errors else ())], markdown)
    if check.failures:
        raise typer.Exit(1)


def outcomes(index: Path, texts: Iterable[Path], setup: Setup = DEFAULT) -> OutcomeCheck:
    """Extract texts and compare their decisions with the results in an index."""
    from evaluation import check_outcomes

    return check_outcomes(index, texts, _extractor(setup))


def _run(documents: Sequence[AnnotatedDocument], setup: Setup, *, given_turns: bool) -> Run:
    """Extract the texts of annotated documents; on request with the annotated turns given."""
    from evaluation.systems.ours import Pipeline
    from evaluation.systems.running import run_given_turns, run_system

    system = Pipeline(setup.classifier, pipeline_of(setup))
    return run_given_turns(system, documents) if given_turns else run_system(system, documents)


def _other_records(documents: Sequence[AnnotatedDocument], other: str, setup: Setup, given_turns: bool) -> Run:
    """Return the records of a file, or what another classifier makes of the same documents."""
    from evaluation import Run, read_records

    if is_choice(other):
        return _run(documents, replace(setup, classifier=other, abstain=None), given_turns=given_turns)
    return Run(tuple(read_records(Path(other))))


def _left_out(records: Sequence[Minutes], documents: Sequence[Document]) -> Iterator[str]:
    """Say how many records have no gold; not which, they may be an archive."""
    if without := len(records) - sum(not x.missing for x in documents):
        yield f"{counted(without, 'record')} without gold left out"


@dataclass(frozen=True)
class _Part:
    """What was asked for besides the scores: its name in JSON, its tables, its value in JSON."""

    name: str
    tables: Sequence[Table]
    value: object


def _against(evaluation: Evaluation, other: Evaluation, name: str) -> _Part:
    from evaluation.report import against_json, against_table

    contrasts = evaluation.against(other)
    return _Part("against", [against_table(contrasts, name)], against_json(contrasts, name))


def _baseline(evaluation: Evaluation, path: Path) -> tuple[_Part, list[str]]:
    """Return the comparison with a baseline, and a line for each metric that fell below it."""
    from evaluation.baseline import changes, read_baseline
    from evaluation.report import baseline_table

    found = changes(evaluation, read_baseline(path))
    fallen = [
        f"{x.metric} fell below its interval: {_value(x.now)}, it was {x.then.value:.3f}" for x in found if x.fell
    ]
    value = {x.metric: {"then": x.then.model_dump(), "now": x.now, "fell": x.fell} for x in found}
    return _Part("baseline", [baseline_table(found)], value), fallen


def _write_page(evaluation: Evaluation, tables: Sequence[Table], path: Path) -> None:
    from evaluation import calibrate
    from evaluation.breakdowns import by_documents
    from evaluation.page import (
        breakdown_figure,
        metrics_figure,
        reliability_figure,
        report_page,
        risk_coverage_figure,
    )

    total, documents = evaluation.total, [x.document for x in evaluation.documents]
    styles = {name: part.total.metrics for name, part in by_documents(evaluation, "style").items()}
    figures = [
        metrics_figure({name: evaluation.intervals[name] for name in (*total.counted, *total.composed)}),
        breakdown_figure(styles, "style"),
    ]
    calibration = calibrate(documents)
    if calibration.turns:
        figures += [reliability_figure(calibration), risk_coverage_figure(calibration)]
    path.write_text(report_page("Evaluation", tables, documents, figures), encoding="utf-8", newline="\n")


def _calibration(documents: Sequence[Document]) -> _Part:
    from evaluation import calibrate
    from evaluation.report import calibration_tables

    found = calibrate(documents)
    return _Part("calibration", calibration_tables(found), asdict(found))


def _errors(documents: Sequence[Document]) -> _Part:
    from evaluation.report import difference_lists, difference_tables

    return _Part("differences", difference_tables(documents), difference_lists(documents))


def _extractor(setup: Setup) -> Extractor:
    nlp = pipeline_of(setup)
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
        f"short of {name}={least:g}: it is {_value(value)}"
        for name, least, value in values
        if value is None or value < least
    ]


def _value(value: float | None) -> str:
    return "undefined" if value is None else f"{value:.3f}"


def _failure(failure: Failure) -> str:
    return f"{failure.source} failed: {failure.reason}"
