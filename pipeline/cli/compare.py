"""`protokollant train compare`: variants of a classifier, trained alike and held against each other."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.collection import Document, fingerprint, read_documents, samples_folder
from corpus.gold import GoldError
from corpus.reading import ReadError
from corpus.record import Label
from models import RuleBaseline
from models.calibration import Calibration
from models.choice import RULES
from models.labelled import Labelled
from models.settings import SettingsError
from models.variants import Variant, read_variants
from pipeline.cli.corpus import generated
from pipeline.cli.running import Setup, pipeline_of
from pipeline.cli.showing import say, show, stop
from pipeline.labelling import labelled

if TYPE_CHECKING:
    from evaluation import Estimate, Scores
    from evaluation.tables import Table

Labels = list[list[Label]]
"""Of each document the labels of its turns."""


def compare_command(
    variants: Annotated[Path, typer.Argument(help="TOML file of variants.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of predictions; goes on there.")],
    encoders: Annotated[
        list[str] | None, typer.Option("--encoder", metavar="NAME=FOLDER", help="An encoder; repeatable.")
    ] = None,
    data: Annotated[
        list[str] | None, typer.Option("--data", metavar="NAME=FOLDER", help="Further data to learn from; repeatable.")
    ] = None,
    tried: Annotated[
        list[str] | None, typer.Option("--try", metavar="NAME=FOLDER", help="Gold to try on besides dev; repeatable.")
    ] = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="Write the table as Markdown.")] = False,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Write a page with figures, learning curves too.")
    ] = None,
) -> None:
    """Train variants of the turn classifier and try them on given turns of our dev split, and of other gold.

    Exit code 0: compared; 2: a variant cannot be trained.
    """
    from evaluation import EvaluationError
    from evaluation.measurements import label_scores, variants_table

    try:
        wanted = read_variants(variants)
        sets = {"dev": list(read_documents(samples_folder(), ("dev",)))}
        sets.update((name, list(read_documents(Path(folder)))) for name, folder in _named(tried))
        sources = {name: list(read_documents(Path(folder))) for name, folder in _named(data)}
        sources["samples"] = list(read_documents(samples_folder(), ("train",)))
        found = [_results(x, dict(_named(encoders)), sources, sets, output) for x in wanted]
    except ModuleNotFoundError as error:
        stop(f"{error.name} is not installed: pip install 'protokollant[train]'")
    except (EvaluationError, GoldError, ReadError, SettingsError, ValueError) as error:
        stop(str(error))
    except OSError as error:
        stop(f"{error.filename or output}: {error.strerror or error}")
    scores = [{name: label_scores(gold, x[name]) for name, gold in sets.items()} for x in found]
    table = variants_table([x.name for x in wanted], scores)
    if html:
        try:
            _write_page(html, wanted, scores, table)
        except OSError as error:
            stop(f"{html}: {error.strerror or error}")
    show([table], markdown)


def _write_page(
    path: Path, variants: Sequence[Variant], scores: Sequence[Mapping[str, list[Scores]]], table: Table
) -> None:
    from evaluation.measurements import macro4_interval
    from evaluation.page import leaderboard_figure, leaderboard_page, learning_figure

    found = [{name: macro4_interval(x) for name, x in of_sets.items()} for of_sets in scores]
    figures = [leaderboard_figure({x.name: y for x, y in zip(variants, found, strict=True)}, "macro4_f1")]
    for name in found[0]:
        curves: dict[str, dict[int, Estimate]] = {}
        for variant, of_sets in zip(variants, found, strict=True):
            if variant.documents:
                curves.setdefault(variant.system, {})[variant.documents] = of_sets[name]
        if curves:
            figures.append(learning_figure(curves, f"macro4_f1 on {name}"))
    page = leaderboard_page("Turn classifiers", [table], figures)
    path.write_text(page, encoding="utf-8", newline="\n")


def _named(values: Iterable[str] | None) -> list[tuple[str, str]]:
    pairs = [value.partition("=") for value in values or ()]
    for name, equals, folder in pairs:
        if not (name and equals and folder):
            raise ValueError(f"{name}{equals}{folder}: write NAME=FOLDER")
        if name in ("dev", "samples"):
            raise ValueError(f"{name}={folder}: {name} are our own, give another name")
    return [(name, folder) for name, _, folder in pairs]


def _results(
    variant: Variant,
    encoders: Mapping[str, str],
    sources: Mapping[str, Sequence[Document]],
    sets: Mapping[str, Sequence[Document]],
    output: Path,
) -> dict[str, Labels]:
    """Return what a variant predicts for every set, from `output` if it was there before."""
    path = output / f"{''.join(x if x.isalnum() else '-' for x in variant.name)}.json"
    learned = _learned(variant, sources)
    made_of = {"variant": variant.model_dump(mode="json"), "learned": fingerprint(learned)}
    tried = {name: fingerprint(gold) for name, gold in sets.items()}
    if path.is_file():
        stored = json.loads(path.read_text(encoding="utf-8"))
        same_gold = all(stored["tried"].get(name, gold) == gold for name, gold in tried.items())
        if not same_gold or any(stored[key] != value for key, value in made_of.items()):
            raise ValueError(f"{path} is of another variant of this name, or of other data: remove it")
        if set(tried) <= set(stored["tried"]):
            return {name: stored["labels"][name] for name in sets}
    learned += generated(variant.generated, 0, sources["samples"]) if variant.generated else []
    typer.echo(f"{variant.name}: {len(learned)} documents", err=True)
    labels = _SYSTEMS[variant.system](_Task(variant, encoders, learned, sets, output / _trained(variant, learned)))
    output.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({**made_of, "tried": tried, "labels": labels}), encoding="utf-8")
    return labels


def _learned(variant: Variant, sources: Mapping[str, Sequence[Document]]) -> list[Document]:
    for name in variant.data:
        if name not in sources:
            raise ValueError(f"{variant.name} learns from {name}: give --data {name}=FOLDER")
    learned = [document for name in variant.data for document in sources[name]]
    if variant.documents:
        if variant.documents > len(learned):
            raise ValueError(f"{variant.name} wants {variant.documents} documents: there are {len(learned)}")
        learned = random.Random(0).sample(learned, len(learned))[: variant.documents]
    return learned


def _trained(variant: Variant, learned: Sequence[Document]) -> str:
    """Name the folder of a training: variants that differ in the weight of the rules alone share it."""
    content = variant.model_dump_json(exclude={"name": True, "shots": True, "training": {"rules_weight"}})
    content += fingerprint(learned)
    return f"trained-{hashlib.sha256(content.encode()).hexdigest()[:12]}"


@dataclass(frozen=True)
class _Task:
    """A variant with what it learns from and is tried on; `encoders` are folders by name, `folder` is to train in."""

    variant: Variant
    encoders: Mapping[str, str]
    learned: Sequence[Document]
    sets: Mapping[str, Sequence[Document]]
    folder: Path

    @property
    def encoder(self) -> str:
        """The folder of the variant's encoder; `ValueError` where the command line gives none."""
        name = self.variant.encoder
        if name not in self.encoders:
            raise ValueError(f"{self.variant.name} needs the encoder {name}: give --encoder {name}=FOLDER")
        return self.encoders[name]


_System = Callable[[_Task], dict[str, Labels]]


def _network(task: _Task) -> dict[str, Labels]:
    from models.producing import train_seed

    nlp = pipeline_of(Setup(classifier=RULES))

    def read(documents: Iterable[Document]) -> Iterator[list[Labelled]]:
        for document in labelled(documents, nlp):
            yield list(document.turn_by_turn()) if task.variant.alone else [document]

    documents, held_out = ([x for parts in read(y) for x in parts] for y in (task.learned, task.sets["dev"]))
    training = task.variant.training
    trained = train_seed(documents, held_out, task.encoder, training, training.seeds[0], task.folder, say)
    classifier = replace(trained, calibration=Calibration(rules_weight=training.rules_weight))

    def predicted(parts: list[Labelled]) -> list[Label]:
        return [x.label or "other" for y in classifier.predict([part.document for part in parts]) for x in y]

    return {name: [predicted(parts) for parts in read(gold)] for name, gold in task.sets.items()}


def _features(task: _Task) -> dict[str, Labels]:
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    from models.features import features

    nlp = pipeline_of(Setup(classifier=RULES))
    documents = list(labelled(task.learned, nlp))
    rows = np.concatenate([features(x.document) for x in documents])
    model = LogisticRegression(max_iter=2000).fit(rows, [label for x in documents for label in x.labels])
    return {
        name: [list(model.predict(features(x.document))) for x in labelled(gold, nlp)]
        for name, gold in task.sets.items()
    }


def _few_shot(task: _Task) -> dict[str, Labels]:
    from models.fewshot import few_shot

    nlp = pipeline_of(Setup(classifier=RULES))
    documents = list(labelled(task.learned, nlp))
    held_out = {name: list(labelled(gold, nlp)) for name, gold in task.sets.items()}
    training = task.variant.training
    found = iter(
        few_shot(
            documents,
            [x for part in held_out.values() for x in part],
            task.encoder,
            task.variant.shots,
            training.shape.layers,
            training.seeds[0],
        )
    )
    return {name: list(islice(found, len(part))) for name, part in held_out.items()}


def _tf_idf(task: _Task) -> dict[str, Labels]:
    from evaluation.probe import predict

    held_out = {name: [x for x in gold if x.gold.turns] for name, gold in task.sets.items()}
    found = iter(predict(task.learned, [x for part in held_out.values() for x in part]))
    return {name: list(islice(found, len(part))) for name, part in held_out.items()}


def _rules(task: _Task) -> dict[str, Labels]:
    nlp, rules = pipeline_of(Setup(classifier=RULES)), RuleBaseline()
    return {
        name: [[x.label or "other" for x in rules.predict([y.document])[0]] for y in labelled(gold, nlp)]
        for name, gold in task.sets.items()
    }


_SYSTEMS: dict[str, _System] = {
    "network": _network,
    "features": _features,
    "few-shot": _few_shot,
    "tf-idf": _tf_idf,
    "rules": _rules,
}
