"""Where a document lies: a path on this machine, or an address in a store of objects ("s3://archiv/2024/rat.pdf")."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import IO, cast

from corpus.readers.content import ReadError, of_extra

_SCHEME = "://"


def location(name: str) -> Path:
    """Return a path or, for the address of an object, what reads, lists and compares like one (extra `remote`).

    `ReadError` where that extra is missing, or no file system has such addresses.
    """
    if not is_address(name):
        return Path(name)
    upath = of_extra("upath", "remote", name, "not on this machine")
    try:
        return cast(Path, upath.UPath(name))
    except (ImportError, ValueError) as error:
        raise ReadError(f"{name}: {error}") from error


def is_address(name: str) -> bool:
    """Tell whether a name is the address of an object, not a path."""
    return _SCHEME in name


def is_remote(path: Path) -> bool:
    """Tell whether a location is not on this machine."""
    return not isinstance(path, PurePath)


def openable(path: Path) -> Path | IO[bytes]:
    """Return what the libraries of archives open: a path itself, of an address the stream."""
    return path.open("rb") if is_remote(path) else path


@contextmanager
def reachable(path: Path) -> Iterator[None]:
    """Turn whatever the file system of an address raises beside `OSError` into `ReadError`; for paths do nothing."""
    try:
        yield
    except (OSError, ReadError):
        raise
    except Exception as error:
        if not is_remote(path):
            raise
        raise ReadError(f"{path} cannot be reached: {str(error) or type(error).__name__}") from error
