"""Folders of annotated documents: pairs `NAME.txt` and `NAME.json`, ours in the package among them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from corpus.gold import Gold, Split, gold_json, read_gold
from corpus.reading import ENDING, ReadError

GOLD_ENDING = ".json"


@dataclass(frozen=True)
class Document:
    """One annotated document by the name of its files."""

    name: str
    gold: Gold

    @property
    def style(self) -> str:
        """The house style; of a document without origin, its name up to the first hyphen ("ka" of "ka-589042")."""
        return self.gold.origin.style if self.gold.origin else self.name.partition("-")[0]

    @property
    def split(self) -> Split | None:
        return self.gold.origin.split if self.gold.origin else None


def samples_folder() -> Path:
    """Return the folder of the annotated samples that ship with the package."""
    return Path(str(files("corpus") / "samples"))


def second_folder() -> Path:
    """Return the folder of the two independent annotations: `first` and `second`, without texts."""
    return Path(str(files("corpus") / "second"))


def stems(folder: Path, endings: Iterable[str] = (ENDING, GOLD_ENDING)) -> list[str]:
    """Return the names of the documents in a folder in sorted order; `ReadError` if there are none."""
    if not folder.is_dir():
        raise ReadError(f"{folder} is no folder: name one with pairs of .txt and .json files")
    found = sorted({path.stem for ending in endings for path in folder.glob(f"*{ending}")})
    if not found:
        raise ReadError(f"{folder} holds no samples: put pairs of .txt and .json files there")
    return found


def read_documents(folder: Path, splits: Iterable[Split] = ()) -> Iterator[Document]:
    """Yield the annotated documents of a folder by name, those of some splits only where splits are named.

    Raises `ReadError` for a folder without annotations and `GoldError` at the first one that does not hold.
    """
    wanted = frozenset(splits)
    for stem in stems(folder, (GOLD_ENDING,)):
        document = Document(stem, read_gold(folder / (stem + GOLD_ENDING)))
        if not wanted or document.split in wanted:
            yield document


def fingerprint(documents: Iterable[Document]) -> str:
    """Return a hash of names, texts and annotations, in their order."""
    found = hashlib.sha256()
    for document in documents:
        found.update(f"{document.name}\n{gold_json(document.gold)}".encode())
    return found.hexdigest()
