"""`protokollant train tags`: what the token head of a network finds, beside the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.collection import Document, read_documents
from corpus.gold import GoldError, Split
from corpus.reading import ReadError
from models.choice import RULES
from models.weights import WeightsError
from pipeline.cli.running import Setup, pipeline_of
from pipeline.cli.showing import SplitName, show, stop
from pipeline.components import document_input
from pipeline.given import clean_span, process_given
from pipeline.turns import speaker_spans

if TYPE_CHECKING:
    from evaluation.counts import Counts


def tags_command(
    network: Annotated[Path, typer.Argument(help="Folder `torch` that a training wrote.")],
    gold: Annotated[Path, typer.Argument(help="Folder of gold: one .json file a document.")],
    splits: Annotated[
        list[SplitName] | None, typer.Option("--split", help="Only documents of this split; repeatable.")
    ] = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="Write the table as Markdown.")] = False,
) -> None:
    """Hold the speakers' names that a network tags in given turns against those of the rules."""
    from evaluation.measurements import tags_table

    try:
        wanted: tuple[Split, ...] = tuple(split.value for split in splits or ())
        found = tags(network, read_documents(gold, wanted))
    except ModuleNotFoundError as error:
        stop(f"{error.name} is not installed: pip install 'protokollant[train]'")
    except (GoldError, ReadError, WeightsError) as error:
        stop(str(error))
    show([tags_table(found)], markdown)


def tags(network: Path, documents: Iterable[Document]) -> dict[str, Counts]:
    """Return the exact matches of the spans that name the speakers of given turns, by system."""
    from tokenizers import Tokenizer

    from evaluation.counts import Counts
    from models.inference import TOKENIZER
    from models.tagging import tagged_speakers
    from models.torch_network import read_torch

    trained, _ = read_torch(network)
    tokenizer = Tokenizer.from_file(str(network / TOKENIZER))
    nlp = pipeline_of(Setup(classifier=RULES))
    totals = {"network": Counts(), "rules": Counts()}
    for document in documents:
        gold = document.gold
        doc = process_given(nlp, gold.text, [(turn.start, turn.end) for turn in gold.turns])
        clean, mentions = doc._.minutes_layout.clean, doc._.minutes_mentions
        expected = [
            [clear for span in turn.speaker_mentions if (clear := clean_span(clean, *span))] for turn in gold.turns
        ]
        ruled = [speaker_spans(mentions, turn) for turn in doc._.minutes_turns]
        tagged = tagged_speakers(trained.eval(), tokenizer, document_input(doc)) if gold.turns else []
        for name, found in (("network", tagged), ("rules", ruled)):
            for wanted, spans in zip(expected, found, strict=True):
                right = sum((Counter(wanted) & Counter(spans)).values())
                totals[name] += Counts.among(right, predicted=len(spans), gold=len(wanted))
    return totals
