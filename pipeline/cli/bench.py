"""`protokollant bench`: how fast extraction is, and what it needs.

`evaluation` is imported inside the functions, as in `pipeline.cli.evaluate`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from corpus.collection import samples_folder
from corpus.reading import ReadError, Source, decode, find_documents, read_source
from models.choice import EMBEDDED
from pipeline.cli.running import DEFAULT, BaseOption, ClassifierOption, LoadError, Setup, pipeline_of
from pipeline.cli.showing import show, stop

if TYPE_CHECKING:
    from evaluation import Speed, Spread
    from evaluation.speed import Reader

_OURS = "protokollant"


@dataclass(frozen=True)
class Bench:
    """Words a second of ours and, if it was asked for, of the peer; memory (MB) and start (s) of ours alone."""

    speeds: dict[str, Speed]
    ratio: Spread | None
    memory: float | None
    start: Spread | None


def bench_command(
    inputs: Annotated[
        list[Path] | None, typer.Argument(metavar="[INPUT]...", help="Texts or folders; else our samples.")
    ] = None,
    seconds: Annotated[float, typer.Option(min=0, help="How long; five rounds at the least.")] = 10.0,
    peer: Annotated[
        bool, typer.Option("--peer", help="Measure a spaCy pipeline of the shape of de_core_news_md in turn.")
    ] = False,
    starts: Annotated[int, typer.Option(min=0, help="Processes to start for the time to the first record.")] = 3,
    base: BaseOption = None,
    classifier: ClassifierOption = EMBEDDED,
    markdown: Annotated[bool, typer.Option("--markdown", help="Write the tables as Markdown.")] = False,
) -> None:
    """Measure words a second in one process, its memory, and the time from start to first record."""
    from evaluation import EvaluationError
    from evaluation.measurements import needs_table, speed_table

    try:
        paths = [document for path in inputs or () for document in find_documents(path)]
        sources = [read_source(path) for path in paths] if inputs else samples()
        found = bench(sources, seconds, peer=peer, starts=starts, setup=Setup(base, classifier))
    except (EvaluationError, LoadError, ReadError) as error:
        stop(str(error))
    show([speed_table(found.speeds), needs_table(found.ratio, found.memory, found.start)], markdown)


def bench(
    sources: Sequence[Source], seconds: float, *, peer: bool = False, starts: int = 0, setup: Setup = DEFAULT
) -> Bench:
    """Measure the extraction of documents that are read already; a start is one on the shortest of them."""
    from evaluation import measure_speed, peak_memory, time_to_first_record

    texts = [source.text for source in sources]
    ours = pipeline_of(setup)
    readers: dict[str, Reader] = {_OURS: ours.pipe}
    memory = None
    if peer:
        from evaluation.peer import NAME, make_peer

        for _ in ours.pipe(texts):
            pass
        memory = peak_memory()  # of ours: the peer is not there yet
        readers[NAME] = make_peer().pipe
    speeds = measure_speed(readers, texts, seconds)
    memory = memory or peak_memory()
    ratio = speeds[_OURS].ratio(speeds[NAME]) if peer else None
    options = ("--classifier", setup.classifier, *(("--base", setup.base) if setup.base else ()))
    start = time_to_first_record(min(texts, key=len), starts, options) if starts else None
    return Bench(speeds, ratio, memory, start)


def samples() -> list[Source]:
    """Return the sample documents that ship with the package, by name."""
    return [decode(path.read_bytes(), path.name) for path in find_documents(samples_folder())]
