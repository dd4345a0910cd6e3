"""What is done with a document of an archive: read, extract, make the rows of the store."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path

from corpus.reading import ReadError, decode, read_source
from corpus.store import Entry, Failed, entry_of
from pipeline.archive.engine import Job
from pipeline.extraction import extract
from pipeline.setup import Setup, pipeline_of


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
            source = read_source(Path(job.path)) if job.data is None else decode(job.data, job.path)
            return entry_of(extract(source, nlp=pipeline_of(self.setup)), source)
        except ReadError as error:
            return Failed("unreadable", str(error))
        except MemoryError:
            raise
        except Exception as error:
            if "bad_alloc" in str(error):  # of a C++ library, which has no MemoryError
                raise MemoryError from error
            return unforeseen(job.path, error)


def unforeseen(path: str, error: Exception) -> Failed:
    """Return the failure of a document that broke the program."""
    first_line = next(iter(str(error).splitlines()), "")
    reason = ": ".join(part for part in (path, type(error).__name__, first_line) if part)
    return Failed("error", reason, "".join(traceback.format_exception(error)))
