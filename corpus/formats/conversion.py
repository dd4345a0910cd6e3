"""The formats by name, and conversion from one to another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path, PurePath
from types import ModuleType
from typing import Protocol, cast

from pydantic import ValidationError

from corpus.collection import GOLD_ENDING, Document, read_documents
from corpus.gold import write_gold


class ConversionError(ValueError):
    """A file that is not in the format it should be in, or a format that is not known or not installed."""


@dataclass
class Report:
    """What reading had to mend in documents, and which documents it could not read at all."""

    mended: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)


class Reader(Protocol):
    def __call__(self, path: Path, report: Report | None) -> Iterator[Document]: ...


class Writer(Protocol):
    def __call__(self, documents: Iterable[Document], path: Path) -> None: ...


@dataclass(frozen=True)
class Format:
    """A format: what its path is, the module that knows it, which extra of protokollant that needs.

    `ending` is that of the files of documents where the path is a folder of them.
    """

    path: str
    module: str | None = None
    extra: str | None = None
    readable: bool = True
    ending: str | None = None


FORMATS = {
    "gold": Format("a folder of NAME.txt and NAME.json", ending=GOLD_ENDING),
    "inception": Format("a folder of NAME.xmi with TypeSystem.xml", "inception", "formats", ending=".xmi"),
    "label-studio": Format("one .json file", "label_studio"),
    "doccano": Format("one .jsonl file", "doccano"),
    "docbin": Format("one .spacy file", "docbin"),
    "tsv": Format("one .tsv file", "columns", readable=False),
    "parquet": Format("a folder of VIEW-SPLIT.parquet", "parquet", "datasets", readable=False),
}


def convert(source: Path, source_format: str, target: Path, target_format: str, report: Report | None = None) -> int:
    """Convert all documents from one format to another and return their number.

    A document that cannot be read is left out and named in the report; without a report it stops the conversion.
    Raises `ConversionError`, and what the reader of gold raises (`ReadError`, `GoldError`).
    """
    documents = list(read(source, source_format, report))
    if documents:
        write(documents, target, target_format)
    return len(documents)


def read(path: Path, name: str, report: Report | None = None) -> Iterator[Document]:
    """Yield the documents of a file or folder in the named format; `report` as in `convert`."""
    if name == "gold":
        yield from read_documents(path)
        return
    module = _module(name)
    if not FORMATS[name].readable:
        raise ConversionError(f"{name} can be written only: it does not hold the whole annotation")
    yield from cast(Reader, module.read)(path, report)


def read_one(place: str, make: Callable[[], Document], report: Report | None) -> Iterator[Document]:
    """Yield the document that `make` returns, or put into the report why it returns none."""
    try:
        document = make()
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        message = f"{place}: {_reason(error)}"
        if report is None:
            raise ConversionError(message) from error
        report.failed.append(message)
    else:
        yield document


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return ": ".join(x for x in (".".join(map(str, first["loc"])), first["msg"]) if x)
    if isinstance(error, KeyError):
        return f"the field {error} is missing"
    return str(error) if isinstance(error, ValueError) else f"it has another form than expected ({error})"


def write(documents: Iterable[Document], path: Path, name: str) -> None:
    """Write documents to a file or folder in the named format.

    Raises `ConversionError` for two documents of one name, and for a folder that holds other documents.
    """
    chosen = list(documents)
    names = Counter(document.name for document in chosen)
    for document, times in names.items():
        if times > 1:
            raise ConversionError(f"two documents are called {document}: rename one, or the one would hide the other")
        if document != PurePath(document).name or document.startswith("."):
            raise ConversionError(f"{document!r} is no name of a document: leave out folders and leading dots")
    module = None if name == "gold" else _module(name)
    if ending := FORMATS[name].ending:
        others = {file.stem for file in path.glob(f"*{ending}")} - names.keys()
        if others:
            raise ConversionError(f"{path} holds other documents ({min(others)}, …): name an empty folder")
    if module:
        path.parent.mkdir(parents=True, exist_ok=True)
        cast(Writer, module.write)(chosen, path)
        return
    path.mkdir(parents=True, exist_ok=True)
    for one in chosen:
        write_gold(one.gold, path / (one.name + GOLD_ENDING))


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
