"""What is done with a document of an archive: read, extract, make the rows of the store."""

from __future__ import annotations

import traceback
from dataclasses import dataclass

from corpus.reading import ReadError
from corpus.store import Entry, Failed, entry_of
from pipeline.documents import Setup, pipeline_of, read_document
from pipeline.extraction import extract
from pipeline.jobs import Job


@dataclass(frozen=True)
class Extraction:
    """The work of a run: a document in, the rows of its record out."""

    setup: Setup

    def prepare(self) -> None:
        """Load the pipeline; `LoadError` where it cannot be."""
        pipeline_of(self.setup)

    def __call__(self, job: Job) -> Entry | Failed:
        """Read and extract one document."""
        try:
            source = read_document(job)
            return entry_of(extract(source, nlp=pipeline_of(self.setup)), source)
        except ReadError as error:
            return Failed("unreadable", str(error))
        except Exception as error:
            if isinstance(error, MemoryError) or "bad_alloc" in str(error):  # of C++, under the name of a library
                raise MemoryError from error
            return _unforeseen(job.name, error)


def _unforeseen(name: str, error: Exception) -> Failed:
    first_line = next(iter(str(error).splitlines()), "")
    reason = ": ".join(part for part in (name, type(error).__name__, first_line) if part)
    return Failed("error", reason, "".join(traceback.format_exception(error)))
