"""Train the base with spaCy's own command and configuration."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from importlib.resources import as_file, files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from spacy.cli.train import train
from spacy.tokens import DocBin

from corpus.collection import Document
from models.base.examples import examples

_META = {
    "name": "minutes_base",
    "description": "Who speaks (SPEAKER) and other persons (PER) in German minutes.",
    "license": "MIT",
}


def write_examples(documents: Iterable[Document], path: Path) -> int:
    """Write the examples of documents as a `DocBin` and return their number; `ValueError` if there are none."""
    docs = list(examples(documents))
    if not docs:
        raise ValueError(f"there is no document for {path.name}: name folders with annotated minutes")
    DocBin(docs=docs).to_disk(path)
    return len(docs)


def train_base(
    documents: Iterable[Document], dev: Iterable[Document], output: Path, *, epochs: int | None = None, seed: int = 0
) -> dict[str, Any]:
    """Train on documents, write the last state to a folder and return its scores on `dev`, which chooses nothing.

    Raises `ValueError` where documents are missing or the folder is filled already.
    """
    if output.exists() and any(output.iterdir()):
        raise ValueError(f"{output} is not empty: name a new folder")
    with TemporaryDirectory() as name, as_file(files("models.base") / "config.cfg") as config:
        folder = Path(name)
        write_examples(documents, folder / "train.spacy")
        write_examples(dev, folder / "dev.spacy")
        overrides: dict[str, Any] = {f"paths.{part}": str(folder / f"{part}.spacy") for part in ("train", "dev")}
        overrides["system.seed"] = seed
        if epochs is not None:
            overrides["training.max_epochs"] = epochs
        train(config, folder / "trained", overrides=overrides)
        shutil.copytree(folder / "trained" / "model-last", output, dirs_exist_ok=True)
    return _describe(output / "meta.json")


def _describe(path: Path) -> dict[str, Any]:
    """Give the pipeline its name, and return the scores that spaCy has written."""
    meta = {**json.loads(path.read_text(encoding="utf-8")), **_META}
    path.write_text(json.dumps(meta, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    scores: dict[str, Any] = meta["performance"]
    return scores
