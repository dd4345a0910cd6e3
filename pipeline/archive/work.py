"""What is done with a document of an archive: read, extract, make the rows of the store."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.reading import ReadError
from corpus.store import Entry, Failed, entry_of
from pipeline.documents import LoadError, Setup, fault_of, pipeline_of, read_document
from pipeline.extraction import extract
from pipeline.fingerprint import fingerprint
from pipeline.jobs import Job
from pipeline.limits import wants_memory


@dataclass(frozen=True)
class Extraction:
    """The work of a run: a document in, the rows of its record out."""

    setup: Setup
    fingerprint: str

    def prepare(self) -> None:
        """Load the pipeline; `LoadError` where it cannot be, or is another one than that of the run."""
        if fingerprint(self.setup) != self.fingerprint:
            raise LoadError("a worker has another version of protokollant, or other weights: install the same everywhere")
        pipeline_of(self.setup)

    def __call__(self, job: Job) -> Entry | Failed:
        """Read and extract one document."""
        try:
            source = read_document(job)
            return entry_of(extract(source, nlp=pipeline_of(self.setup)), source)
        except ReadError as error:
            return Failed("unreadable", str(error))
        except Exception as error:
            if wants_memory(error):
                raise MemoryError from error
            return Failed("error", *fault_of(job.name, error))
