"""Files that appear all at once: written beside their place, forced to the disk, then moved there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO


@contextmanager
def placed(path: Path) -> Iterator[IO[bytes]]:
    """Yield a stream; what is written to it is the file at `path` once the block ends, and after an error nothing.

    A link stays a link, and a device or a pipe is written to directly.
    """
    path = path.resolve()
    if is_stream(path):
        with path.open("wb") as stream:
            yield stream
        return
    part = part_of(path)
    try:
        with part.open("wb") as stream:
            yield stream
        put_in_place(part, path)
    finally:
        part.unlink(missing_ok=True)


def is_stream(path: Path) -> bool:
    """Tell whether a path is a device or a pipe, beside which nothing can be written and moved."""
    return path.exists() and not path.is_file() and not path.is_dir()


def part_of(path: Path) -> Path:
    """Return the hidden neighbour in which this process writes what will be the file at `path`."""
    return path.with_name(f".{path.name}.{os.getpid()}.part")


def put_in_place(part: Path, path: Path) -> None:
    """Move a complete file to its place; after a crash of the machine there is the older one or all of the new."""
    with part.open("rb+") as stream:
        os.fsync(stream.fileno())
    part.replace(path)
