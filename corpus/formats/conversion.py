"""The formats by name, and conversion from one to another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Protocol, cast

from corpus.collection import GOLD_ENDING, Document, read_documents
from corpus.gold import write_gold


class ConversionError(ValueError):
    """A file that is not in the format it should be in, or a format that is not known or not installed."""


class Reader(Protocol):
    def __call__(self, path: Path) -> Iterator[Document]: ...


class Writer(Protocol):
    def __call__(self, documents: Iterable[Document], path: Path) -> None: ...


@dataclass(frozen=True)
class Format:
    """A format: what its path is, which extra of protokollant it needs, and the module that knows it."""

    path: str
    module: str | None = None
    extra: str | None = None
    readable: bool = True


FORMATS = {
    "gold": Format("a folder of NAME.txt and NAME.json"),
    "inception": Format("a folder of NAME.xmi with TypeSystem.xml", "inception", "formats"),
    "label-studio": Format("one .json file", "label_studio"),
    "doccano": Format("one .jsonl file", "doccano"),
    "docbin": Format("one .spacy file", "docbin"),
    "tsv": Format("one .tsv file", "columns", readable=False),
    "parquet": Format("a folder of VIEW-SPLIT.parquet", "parquet", "datasets", readable=False),
}


def convert(source: Path, source_format: str, target: Path, target_format: str) -> int:
    """Convert all documents from one format to another and return their number.

    Raises `ConversionError`, and what the reader of gold raises (`ReadError`, `GoldError`).
    """
    documents = list(read(source, source_format))
    write(documents, target, target_format)
    return len(documents)


def read(path: Path, name: str) -> Iterator[Document]:
    """Yield the documents of a file or folder in the named format."""
    if name == "gold":
        yield from read_documents(path)
        return
    module = _module(name)
    if not FORMATS[name].readable:
        raise ConversionError(f"{name} can be written only: it does not hold the whole annotation")
    yield from cast(Reader, module.read)(path)


def write(documents: Iterable[Document], path: Path, name: str) -> None:
    """Write documents to a file or folder in the named format."""
    if name == "gold":
        path.mkdir(parents=True, exist_ok=True)
        for document in documents:
            write_gold(document.gold, path / (document.name + GOLD_ENDING))
        return
    module = _module(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    cast(Writer, module.write)(documents, path)


def _module(name: str) -> ModuleType:
    if name not in FORMATS:
        raise ConversionError(f"no such format: {name}; there are {', '.join(FORMATS)}")
    chosen = FORMATS[name]
    try:
        return import_module(f"corpus.formats.{chosen.module}")
    except ModuleNotFoundError as error:
        if chosen.extra is None or (error.name or "").startswith("corpus"):
            raise
        raise ConversionError(
            f"{name} needs {error.name}, which is not installed: pip install 'protokollant[{chosen.extra}]'"
        ) from error
