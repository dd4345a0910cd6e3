"""What commands that run the pipeline have in common: its options, and their documents."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from corpus.readers.content import MAX_BYTES
from pipeline.documents import DEFAULT as DEFAULT
from pipeline.documents import Job
from pipeline.documents import LoadError as LoadError
from pipeline.documents import Setup as Setup
from pipeline.documents import pipeline_of as pipeline_of

STANDARD_INPUT = "-"

BaseOption = Annotated[
    str | None, typer.Option("--base", help="spaCy pipeline for tagging and names, such as de_core_news_md.")
]
ClassifierOption = Annotated[
    str, typer.Option("--classifier", help="Turn classifier: embedded, rules, onnx:FOLDER or torch:FOLDER.")
]
AbstainOption = Annotated[
    float | None,
    typer.Option("--abstain", metavar="P", min=0, max=1, help="Leave out labels less probable than this."),
]


def job_of_standard_input() -> Job:
    """Return what stands on the standard input as a document called "-"; no more of it than a reader takes."""
    return Job(STANDARD_INPUT, sys.stdin.buffer.read(MAX_BYTES + 1))
