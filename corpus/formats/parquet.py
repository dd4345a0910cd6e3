"""Parquet: the three views of `corpus.load_dataset`, one file for each view and split."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from corpus.collection import Document
from corpus.dataset import write_parquet
from corpus.formats.conversion import ConversionError


def write(documents: Iterable[Document], path: Path) -> None:
    """Write `VIEW-SPLIT.parquet` into a folder."""
    try:
        write_parquet(path, documents)
    except ModuleNotFoundError as error:
        raise ConversionError("the package datasets is not installed: pip install 'protokollant[datasets]'") from error
