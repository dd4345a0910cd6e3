"""Output at an address, such as "s3://archiv/tables.parquet": made on this machine, copied when all of it is there."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from corpus.locations import location, reachable
from corpus.readers.content import ReadError
from corpus.writers.places import WriteError

if TYPE_CHECKING:
    from corpus.record import Minutes
    from corpus.writing import Writer


class Upload:
    """The `corpus.writing.Writer` that `opened` gives for a place on this machine, and a copy of what it has made.

    Its files replace those of the same names. `WriteError` where the address cannot be had, or not all be copied.
    """

    def __init__(self, address: str, opened: Callable[[Path], Writer]) -> None:
        try:
            self._target = location(address)
        except ReadError as error:
            raise WriteError(str(error)) from error
        self._folder = Path(tempfile.mkdtemp(prefix="protokollant-"))
        try:
            self._made = self._folder / self._target.name
            self._writer = opened(self._made)
        except BaseException:
            shutil.rmtree(self._folder)
            raise

    def write(self, minutes: Minutes) -> None:
        self._writer.write(minutes)

    def __enter__(self) -> Upload:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._writer.__exit__(kind, error, trace)
            if kind is None:
                self._copy()
        finally:
            shutil.rmtree(self._folder)

    def _copy(self) -> None:
        files = sorted(x for x in self._made.rglob("*") if x.is_file()) if self._made.is_dir() else [self._made]
        try:
            with reachable(self._target):
                for file in files:
                    place = self._target.joinpath(*file.relative_to(self._made).parts)
                    place.parent.mkdir(parents=True, exist_ok=True)
                    with file.open("rb") as made, place.open("wb") as placed:
                        shutil.copyfileobj(made, placed)
        except (OSError, ReadError) as error:
            raise WriteError(f"{self._target} cannot be written: {error}") from error
