"""What tells the results of one setup of the pipeline from those of another, without loading anything."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from importlib.resources import files
from pathlib import Path

from corpus.version import __version__
from models.choice import EMBEDDED
from models.weights import MANIFEST, embedded_folder
from pipeline.base import BaseError, folder_of
from pipeline.documents import LoadError, Setup


def fingerprint(setup: Setup) -> str:
    """Return the fingerprint of a setup; `LoadError` where its base is none.

    Its parts are the version of the package (which stands for rules, lexicons and readers), the settings, and the
    manifests of the weights, which hold the hashes of their files.
    """
    kind, _, path = setup.classifier.partition(":")
    folder = embedded_folder() if kind == EMBEDDED else Path(path) if path else None
    parts = (
        __version__,
        _base(setup.base),
        kind,
        folder and _digest(folder / MANIFEST),
        _digest(Path(str(files("models") / "links.json"))),
        setup.abstain,
    )
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:12]


def settings_of(setup: Setup) -> str:
    """Return as JSON what decides the results, which the number of threads does not."""
    return json.dumps({key: value for key, value in asdict(setup).items() if key != "threads"}, sort_keys=True)


def setup_of(settings: str, threads: int) -> Setup:
    """Return the setup that `settings_of` wrote."""
    return Setup(**json.loads(settings), threads=threads)


def _base(base: str | None) -> tuple[str, str | None] | None:
    if base is None:
        return None
    try:
        return base, _digest(folder_of(base) / "meta.json")
    except BaseError as error:
        raise LoadError(f"the pipeline cannot be loaded: {error}") from error


def _digest(file: Path) -> str | None:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return None  # loading will say what is wrong
