"""`protokollant evaluate` and `outcomes`: how good extraction is.

`evaluation` is imported inside the functions: nothing else of the command line may depend on it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.collection import Document as AnnotatedDocument
from corpus.gold import Gold, GoldError, Split
from corpus.reading import ENDING, ReadError, find_documents, read_source
from corpus.record import Minutes
from models.choice import EMBEDDED, is_choice
from pipeline.cli.running import DEFAULT, AbstainOption, BaseOption, ClassifierOption, LoadError, Setup, pipeline_of
from pipeline.cli.showing import SplitName, show, stop
from pipeline.extraction import extract, to_minutes
from pipeline.given import process_given

if TYPE_CHECKING:
    from evaluation import Document, Evaluation, Extractor, Failure, OutcomeCheck, Run
    from evaluation.tables import Table


class By(str, Enum):
    """What the scores are broken down by; the style of a document that has none is its name up to the first hyphen."""

    style = "style"
    document = "document"


_Markdown = Annotated[bool, typer.Option("--markdown", help="Write the tables as Markdown.")]


def evaluate_command(
    gold: Annotated[Path, typer.Argument(help="Folder of gold: one .json file a document.")],
    predictions: Annotated[
        Path | None, typer.Argument(metavar="[PRED]", help="JSONL file of records; joined by stem of source.")
    ] = None,
    run: Annotated[bool, typer.Option("--run", help="Extract the texts beside the gold instead.")] = False,
    given_turns: Annotated[
        bool, typer.Option("--given-turns", help="With --run: give the gold turns, so that labels stand alone.")
    ] = False,
    base: BaseOption = None,
    classifier: ClassifierOption = EMBEDDED,
    abstain: AbstainOption = None,
    splits: Annotated[
        list[SplitName] | None, typer.Option("--split", help="Only documents of this split; repeatable.")
    ] = None,
    by: Annotated[By, typer.Option(help="Break the scores down by this.")] = By.style,
    against: Annotated[
        str | None,
        typer.Option(metavar="PRED2", help="JSONL file of another system's records, or a classifier, to compare with."),
    ] = None,
    calibration: Annotated[
        bool, typer.Option("--calibration", help="Show what the probabilities of the labels are worth.")
    ] = False,
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
    from evaluation import EvaluationError, Run, gold_documents, pair, read_records, score_documents
    from evaluation.report import as_json as report_json
    from evaluation.report import tables

    if run == (predictions is not None):
        stop("give either PRED, a JSONL file of records, or --run")
    setup = Setup(base, classifier, abstain)
    if (setup != Setup() or given_turns) and not run:
        stop("--base, --classifier, --abstain and --given-turns go with --run: the records in PRED are made already")
    if markdown and as_json:
        stop("give either --markdown or --json")
    minimums = _minimums(minimum or ())
    wanted: tuple[Split, ...] = tuple(split.value for split in splits or ())
    try:
        annotated = gold_documents(gold, wanted)
        if predictions is not None:
            finished = Run(tuple(read_records(predictions)))
        else:
            finished = run_on_gold(gold, annotated, setup, given_turns=given_turns)
        documents = pair(annotated, finished.records)
        others = pair(annotated, _other_records(gold, annotated, against, setup, given_turns)) if against else None
    except (EvaluationError, GoldError, LoadError) as error:
        stop(str(error))
    evaluation = score_documents(documents)
    parts: list[_Part] = []
    if against and others is not None:
        parts.append(
            _against(evaluation, score_documents(others), against if is_choice(against) else Path(against).name)
        )
    if calibration:
        parts.append(_calibration(documents))
    if errors:
        parts.append(_errors(documents))
    if as_json:
        report = {**report_json(evaluation, by.value), **{part.name: part.value for part in parts}}
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        show([*tables(evaluation, by.value), *(table for part in parts for table in part.tables)], markdown)
    short = _shortfalls(evaluation.total.metrics, minimums)
    for line in (*map(_failure, finished.failures), *short):
        typer.echo(line, err=True)
    if finished.failures or short:
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
    from evaluation.report import disagreement_table, outcome_tables

    try:
        check = outcomes(index, _documents(texts), Setup(base, classifier))
    except (EvaluationError, LoadError, ReadError) as error:
        stop(str(error))
    show([*outcome_tables(check), *((disagreement_table(check),) if errors else ())], markdown)
    if check.failures:
        raise typer.Exit(1)


def run_on_gold(
    folder: Path, documents: Iterable[AnnotatedDocument], setup: Setup = DEFAULT, *, given_turns: bool = False
) -> Run:
    """Extract the texts of annotated documents, which lie in a folder; on request with the annotated turns given."""
    from evaluation import run

    golds = {document.name: document.gold for document in documents}
    extractor = _given_extractor(setup, golds) if given_turns else _extractor(setup)
    return run((folder / (name + ENDING) for name in golds), extractor)


def outcomes(index: Path, texts: Iterable[Path], setup: Setup = DEFAULT) -> OutcomeCheck:
    """Extract texts and compare their decisions with the results in an index."""
    from evaluation import check_outcomes

    return check_outcomes(index, texts, _extractor(setup))


def _other_records(
    folder: Path, documents: Iterable[AnnotatedDocument], other: str, setup: Setup, given_turns: bool
) -> Iterable[Minutes]:
    """Return the records of a file, or those that another classifier gives for the same documents."""
    from evaluation import read_records

    if is_choice(other):
        theirs = replace(setup, classifier=other, abstain=None)
        return run_on_gold(folder, documents, theirs, given_turns=given_turns).records
    return read_records(Path(other))


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


def _given_extractor(setup: Setup, golds: Mapping[str, Gold]) -> Extractor:
    nlp = pipeline_of(setup)

    def extract_given(path: Path) -> Minutes:
        source, gold = read_source(path), golds[path.stem]
        if source.text != gold.text:
            raise GoldError("not the text that was annotated, so its turns cannot be given: restore the file")
        doc = process_given(nlp, source.text, [(turn.start, turn.end) for turn in gold.turns])
        return to_minutes(doc, source, nlp=nlp)

    return extract_given


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
