"""What a pipeline is made of, its fingerprint without loading it, and the pipeline of a process, loaded once."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from spacy.language import Language

from corpus.version import __version__
from models.choice import EMBEDDED
from models.weights import MANIFEST, embedded_folder
from pipeline.base import BaseError, folder_of
from pipeline.extraction import load


class LoadError(RuntimeError):
    """The pipeline cannot be loaded, so that no document can be worked on."""


@dataclass(frozen=True)
class Setup:
    """What a pipeline is made of, as `pipeline.load` takes it."""

    base: str | None = None
    classifier: str = EMBEDDED
    abstain: float | None = None
    threads: int = 0

    def to_json(self) -> str:
        """Return what decides the results, which the number of threads does not; `of_json` reads it back."""
        return json.dumps({key: value for key, value in asdict(self).items() if key != "threads"}, sort_keys=True)

    @classmethod
    def of_json(cls, settings: str, threads: int = 0) -> Setup:
        """Return the setup that `to_json` wrote."""
        return cls(**json.loads(settings), threads=threads)


DEFAULT = Setup()


@cache
def pipeline_of(setup: Setup) -> Language:
    """Return the pipeline of this process, loaded once; `LoadError` where it cannot be."""
    try:
        return load(setup.base, classifier=setup.classifier, abstain=setup.abstain, threads=setup.threads)
    except MemoryError:
        raise
    except Exception as error:
        raise LoadError(f"the pipeline cannot be loaded: {error}") from error


def fingerprint(setup: Setup) -> str:
    """Return what tells the results of this setup from those of another, without loading anything.

    Its parts are the version of the package (which stands for rules, lexicons and readers), the settings, and the
    manifests of the weights, which hold the hashes of their files. `LoadError` where the base is none.
    """
    kind, _, path = setup.classifier.partition(":")
    folder = embedded_folder() if kind == EMBEDDED else Path(path) if path else None
    parts = (
        __version__,
        setup.base and _base_meta(setup.base),
        kind,
        folder and _digest(folder / MANIFEST),
        _digest(Path(str(files("models") / "links.json"))),
        setup.abstain,
    )
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:12]


def _base_meta(base: str) -> tuple[str, str | None]:
    try:
        return base, _digest(folder_of(base) / "meta.json")
    except BaseError as error:
        raise LoadError(f"the pipeline cannot be loaded: {error}") from error


def _digest(file: Path) -> str | None:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return None  # loading will say what is wrong
