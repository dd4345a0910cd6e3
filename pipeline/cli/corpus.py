"""`protokollant schema` and `corpus …`: the record's schema, and work with annotated documents.

`evaluation` is imported inside the functions, as in `pipeline.cli.evaluate`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.captions import counted
from corpus.checking import surnames, validate
from corpus.collection import GOLD_ENDING, Document, read_documents, samples_folder, second_folder
from corpus.formats import ConversionError, Report, convert, write
from corpus.generation import NAMES_OF_A_HOUSE, generate
from corpus.gold import SPLITS, GoldError, gold_json
from corpus.reading import ENDING, ReadError
from corpus.record import LABELS
from corpus.schema import json_schema
from corpus.shapes import Occurrences, count_shapes, shapes
from corpus.splitting import groups, split, with_split
from corpus.statistics import Part, parts, whole
from pipeline.cli.showing import SplitName, show, stop

if TYPE_CHECKING:
    from evaluation.tables import Table


class FormatName(str, Enum):
    """The annotation formats, as on the command line."""

    gold = "gold"
    inception = "inception"
    label_studio = "label-studio"
    doccano = "doccano"
    docbin = "docbin"
    tsv = "tsv"
    parquet = "parquet"


_Folder = Annotated[
    Path | None, typer.Argument(help="Folder with pairs NAME.txt and NAME.json; else our samples.", show_default=False)
]
_Markdown = Annotated[bool, typer.Option("--markdown", help="Write the tables as Markdown.")]


def schema_command() -> None:
    """Print the JSON schema of the record."""
    typer.echo(json_schema(), nl=False)


def validate_command(folder: _Folder = None) -> None:
    """Check annotated documents against their texts and against each other; exit code 1 if there are faults."""
    try:
        found = validate(folder or samples_folder())
    except ReadError as error:
        stop(str(error))
    for finding in found.findings:
        typer.echo(finding)
    if found.findings:
        raise typer.Exit(1)
    typer.echo(count_line(found.documents))


def count_line(documents: Iterable[Document]) -> str:
    """Return "19 documents, 174 turns: 21 question, 24 answer, …"."""
    part = whole(documents)
    by_label = ", ".join(f"{part.labels[label]} {label}" for label in LABELS)
    return f"{counted(part.documents, 'document')}, {counted(part.turns, 'turn')}: {by_label}"


def stats_command(
    folder: _Folder = None,
    least: Annotated[
        int | None, typer.Option("--least", min=1, help="Exit with 1 if a shape occurs fewer times.")
    ] = None,
    markdown: _Markdown = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write the counts as JSON.")] = False,
) -> None:
    """Count documents, turns and labels by split and style, and the shapes of our catalogue."""
    if markdown and as_json:
        stop("give either --markdown or --json")
    try:
        documents = list(read_documents(folder or samples_folder()))
    except (GoldError, ReadError) as error:
        stop(str(error))
    counts = count_shapes(documents)
    if as_json:
        typer.echo(json.dumps(_stats_json(documents, counts), ensure_ascii=False, indent=2))
    else:
        show(_stats_tables(documents, counts), markdown)
    rare = [shape for shape in shapes() if least and counts[shape.code].times < least]
    for shape in rare:
        times = counts[shape.code].times
        typer.echo(f"short of {least}: {shape.code} ({shape.description}) occurs {counted(times, 'time')}", err=True)
    if rare:
        raise typer.Exit(1)


def split_command(
    folder: Annotated[Path, typer.Argument(help="Folder with pairs NAME.txt and NAME.json.")],
    dev: Annotated[float, typer.Option(min=0, max=1, help="Share of the turns for dev.")] = 0.15,
    test: Annotated[float, typer.Option(min=0, max=1, help="Share of the turns for test.")] = 0.2,
    seed: Annotated[int, typer.Option(help="Order of groups of the same size.")] = 0,
    write: Annotated[bool, typer.Option("--write", help="Write the splits into the annotations.")] = False,
    markdown: _Markdown = False,
) -> None:
    """Divide documents into train, dev and test that share no house style, no town and no family name."""
    try:
        documents = list(read_documents(folder))
        assigned = split(documents, {"train": 1 - dev - test, "dev": dev, "test": test}, seed)
    except (GoldError, ReadError, ValueError) as error:
        stop(str(error))
    divided = [with_split(document, assigned[document.name]) for document in documents]
    show([_split_table(divided), _group_table(divided)], markdown)
    empty = {"train", *(["dev"] if dev else []), *(["test"] if test else [])} - set(assigned.values())
    if empty:
        typer.echo(f"Nothing is left for {' and '.join(sorted(empty))}: too few groups share nothing", err=True)
    if write:
        for document in divided:
            beside = (folder / (document.name + ENDING)).exists()
            annotation = gold_json(document.gold, with_text=not beside)
            (folder / (document.name + GOLD_ENDING)).write_text(annotation, encoding="utf-8", newline="\n")
        typer.echo(f"{counted(len(divided), 'document')} written to {folder}", err=True)


def agree_command(
    folders: Annotated[
        list[Path] | None,
        typer.Argument(help="Two folders of annotations or more, one an annotator; else ours.", show_default=False),
    ] = None,
    texts: Annotated[
        Path | None, typer.Option(help="Folder of the texts, if they do not lie beside the annotations.")
    ] = None,
    rounds: Annotated[int, typer.Option(min=100, help="Resamples for the intervals.")] = 10_000,
    seed: Annotated[int, typer.Option(help="Seed of the resamples.")] = 0,
    markdown: _Markdown = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write the figures as JSON.")] = False,
) -> None:
    """Measure how far annotations of the same texts agree."""
    from evaluation import EvaluationError
    from evaluation.agreement import agree
    from evaluation.agreement_report import agreement_json, agreement_tables

    if markdown and as_json:
        stop("give either --markdown or --json")
    if not folders:
        folders, texts = [second_folder() / "first", second_folder() / "second"], samples_folder()
    try:
        agreement = agree(folders, texts, rounds=rounds, seed=seed)
    except (EvaluationError, GoldError) as error:
        stop(str(error))
    if as_json:
        typer.echo(json.dumps(agreement_json(agreement), ensure_ascii=False, indent=2))
    else:
        show(agreement_tables(agreement), markdown)


def generate_command(
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder to write.")],
    turns: Annotated[int, typer.Option(min=1, help="Least number of turns.")] = 20_000,
    seed: Annotated[int, typer.Option(help="Another seed gives other documents.")] = 0,
) -> None:
    """Write generated documents with their annotation, for training."""
    try:
        documents = list(generated(turns, seed, read_documents(samples_folder(), ("train",))))
        write(documents, output, "gold")
    except ValueError as error:
        stop(str(error))
    except OSError as error:
        stop(f"{error.filename or output} cannot be written: {error.strerror or error}")
    typer.echo(f"{count_line(documents)} written to {output}", err=True)


def generated(turns: int, seed: int, train: Iterable[Document]) -> Iterator[Document]:
    """Generate documents whose people bear surnames of the train split."""
    if not turns:
        return iter(())
    names = sorted({name for document in train for name in surnames(document.gold) if " " not in name})
    if len(names) < NAMES_OF_A_HOUSE:
        raise ValueError(f"the train split has only {len(names)} surnames; the grammar needs {NAMES_OF_A_HOUSE}")
    return generate(turns, seed, surnames=names)


def probe_command(
    folder: _Folder = None,
    generated_turns: Annotated[
        list[int] | None,
        typer.Option("--generated", min=0, help="Turns of generated data to train on as well; repeatable."),
    ] = None,
    on: Annotated[SplitName, typer.Option(help="Split to try it on.")] = SplitName.dev,
    seed: Annotated[int, typer.Option(help="Seed of the generated data, the training and the resamples.")] = 0,
    markdown: _Markdown = False,
) -> None:
    """Measure what the train split, and generated data beside it, are worth to a cheap classifier of turns."""
    from evaluation import EvaluationError
    from evaluation.measurements import probe_table
    from evaluation.probe import probe

    try:
        documents = list(read_documents(folder or samples_folder()))
        train = [document for document in documents if document.split == "train"]
        held_out = [document for document in documents if document.split == on.value]
        sizes = generated_turns if generated_turns is not None else [0]
        probes = {size: probe([*train, *generated(size, seed, train)], held_out, seed=seed) for size in sizes}
    except (EvaluationError, GoldError, ReadError, ValueError) as error:
        stop(str(error))
    show([probe_table(probes, on.value)], markdown)


def convert_command(
    source: Annotated[Path, typer.Argument(help="File or folder in the format --from.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="File or folder to write.")],
    to: Annotated[FormatName, typer.Option("--to", help="Format to write.")],
    from_: Annotated[FormatName, typer.Option("--from", help="Format to read.")] = FormatName.gold,
) -> None:
    """Convert annotated documents from one tool's format to another's.

    Exit code 0: all were converted; 1: some could not be read, the others were converted; 2: nothing was written.
    """
    report = Report()
    try:
        number = convert(source, from_.value, output, to.value, report)
    except (ConversionError, GoldError, ReadError) as error:
        stop(str(error))
    except OSError as error:
        stop(f"{error.filename or output} cannot be written: {error.strerror or error}")
    for line in report.mended:
        typer.echo(f"Mended: {line}", err=True)
    for line in report.failed:
        typer.echo(f"Left out: {line}", err=True)
    if not number:
        stop(f"there is no document to convert in {source}")
    typer.echo(f"{counted(number, 'document')} written to {output}", err=True)
    if report.failed:
        raise typer.Exit(1)


def _stats_tables(documents: Sequence[Document], found: Mapping[str, Occurrences]) -> list[Table]:
    from evaluation.tables import Table

    rows = tuple((x.code, x.description, str(found[x.code].times), str(found[x.code].documents)) for x in shapes())
    styles = parts(documents, lambda document: document.style)
    split_of = {document.style: document.split or "–" for document in documents}
    total = whole(documents).turns or 1
    by_style = tuple(
        (name, split_of[name], str(part.documents), str(part.turns), f"{part.turns / total:.1%}", *_shares(part))
        for name, part in styles.items()
    )
    head = ("Style", "Split", "Documents", "Turns", "Share", *LABELS)
    return [
        _split_table(documents),
        Table("House styles: share of the turns, and of each label in the style", head, by_style, left=2),
        Table("Shapes of the catalogue", ("Shape", "What", "Times", "Documents"), rows, left=2),
    ]


def _split_table(documents: Sequence[Document]) -> Table:
    from evaluation.tables import Table

    found = parts(documents, lambda document: document.split or "no split")
    ordered = {name: found[name] for name in (*SPLITS, "no split") if name in found}
    rows = [_split_row(name, part) for name, part in (*ordered.items(), ("all", whole(documents)))]
    head = ("Split", "Styles", "Documents", "Words", "Turns", *LABELS, "replies")
    return Table("Splits", head, tuple(rows))


def _split_row(name: str, part: Part) -> tuple[str, ...]:
    labels = (str(part.labels[label]) for label in LABELS)
    sizes = (len(part.styles), part.documents, part.words, part.turns)
    return (name, *map(str, sizes), *labels, str(part.links))


def _group_table(documents: Sequence[Document]) -> Table:
    from evaluation.tables import Table

    rows = (
        (", ".join(sorted({x.style for x in group})), group[0].split or "–", str(len(group)), str(whole(group).turns))
        for group in groups(documents)
    )
    return Table("Groups that share something", ("Styles", "Split", "Documents", "Turns"), tuple(rows), left=2)


def _shares(part: Part) -> tuple[str, ...]:
    return tuple(f"{part.share(label) or 0:.0%}" for label in LABELS)


def _stats_json(documents: Sequence[Document], found: Mapping[str, Occurrences]) -> dict[str, object]:
    def data(part: Part) -> dict[str, object]:
        return {
            "styles": len(part.styles),
            "documents": part.documents,
            "words": part.words,
            "turns": part.turns,
            "labels": {label: part.labels[label] for label in LABELS},
            "replies": part.links,
            "agenda": part.agenda,
            "attendees": part.attendees,
        }

    return {
        "all": data(whole(documents)),
        "splits": {name: data(part) for name, part in parts(documents, lambda x: x.split or "none").items()},
        "styles": {name: data(part) for name, part in parts(documents, lambda x: x.style).items()},
        "shapes": {code: {"times": x.times, "documents": x.documents} for code, x in found.items()},
    }
