"""One document of any format through the pipeline: its record comes out, or the reason why there is none.

Whatever works through many documents calls `extract_document`, in this process or in others (`pipeline.workers`), so
jobs and results can be pickled.
"""

from __future__ import annotations

import hashlib
import traceback
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol

from spacy.language import Language

from corpus.locations import location
from corpus.readers.content import Metadata
from corpus.readers.sniffing import Format
from corpus.reading import ReadError, Source, decode, read_bytes
from corpus.record import Minutes
from models.choice import EMBEDDED
from pipeline.extraction import extract, load
from pipeline.jobs import Job as Job
from pipeline.limits import NO_LIMITS, LimitError, Limits, kept


class LoadError(RuntimeError):
    """The pipeline cannot be loaded, so that no document can be worked on."""


@dataclass(frozen=True)
class Setup:
    """What a pipeline is made of, as `pipeline.load` takes it."""

    base: str | None = None
    classifier: str = EMBEDDED
    abstain: float | None = None
    threads: int = 0


DEFAULT = Setup()


@dataclass(frozen=True)
class Result:
    """What became of one document: its record, or why there is none.

    `sha256` is that of the bytes, `None` where they could not be had; `format`, `encoding`, `metadata` and `notes`
    (what the reader left out) are there once it is read. `unread` says that the failure is the document's own;
    `trace` is there for one nobody foresaw.
    """

    name: str
    sha256: str | None = None
    format: Format | None = None
    encoding: str | None = None
    metadata: Metadata | None = None
    notes: tuple[str, ...] = ()
    minutes: Minutes | None = None
    failure: str | None = None
    unread: bool = False
    trace: str | None = None


class Worker(Protocol):
    """What is done with a document, such as `functools.partial(extract_document, setup=…)`; picklable.

    Whatever becomes of the document is in the result. Raises `LoadError` alone, which ends the run.
    """

    def __call__(self, job: Job, /) -> Result: ...


def read_document(job: Job) -> Source:
    """Return the text of a document with pages, boxes and notes; `ReadError` says why it cannot be read."""
    return decode(_bytes_of(job), _name_of(job))


def extract_document(job: Job, /, setup: Setup = DEFAULT, limits: Limits = NO_LIMITS) -> Result:
    """Read and extract one document; every error but `LoadError` ends up in the result."""
    result = Result(job.name)
    try:
        with kept(limits):
            data = _bytes_of(job)
            result = replace(result, sha256=hashlib.sha256(data).hexdigest())
            source = decode(data, _name_of(job))
            del data
        result = replace(
            result, format=source.format, encoding=source.encoding, metadata=source.metadata, notes=source.notes
        )
        nlp = pipeline_of(setup)
        with kept(limits):
            return replace(result, minutes=extract(source, nlp=nlp))
    except ReadError as error:
        return replace(result, failure=str(error), unread=True)
    except LimitError as error:
        return replace(result, failure=f"{job.name} {error}", unread=True)
    except LoadError:
        raise
    except Exception as error:
        return unforeseen(result, error)


def unforeseen(result: Result, error: Exception) -> Result:
    """Return the result for a document that broke the program."""
    failure, trace = fault_of(result.name, error)
    return replace(result, minutes=None, failure=failure, trace=trace)


def fault_of(name: str, error: Exception) -> tuple[str, str]:
    """Return what to say of a document that broke the program, in one line, and the trace."""
    first_line = next(iter(str(error).splitlines()), "")
    said = f"{name}: {type(error).__name__}: {first_line}".removesuffix(": ")
    return said, "".join(traceback.format_exception(error))


@cache
def pipeline_of(setup: Setup) -> Language:
    """Return the pipeline of this process, loaded once; `LoadError` where it cannot be."""
    try:
        return load(setup.base, classifier=setup.classifier, abstain=setup.abstain, threads=setup.threads)
    except Exception as error:
        raise LoadError(f"the pipeline cannot be loaded: {error}") from error


def _bytes_of(job: Job) -> bytes:
    return read_bytes(location(job.name)) if job.data is None else job.data


def _name_of(job: Job) -> str:
    return location(job.name).as_posix() if job.data is None else job.name
