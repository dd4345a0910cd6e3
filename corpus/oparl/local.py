"""OParl objects from files: one object, a page of a list, or a folder of such files. Nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.oparl.errors import OParlError, Problem
from corpus.oparl.pages import MAX_PAGE, Page, parse_page


def read_objects(path: Path) -> Iterator[tuple[Path, Page | Problem]]:
    """Yield each file with its objects, or with why it has none, in the order of their names.

    Raises `OParlError` where nothing is at `path`, or a folder without .json files.
    """
    if path.is_dir():
        files = sorted(x for x in path.rglob("*.json") if x.is_file())
        if not files:
            raise OParlError(f"{path} holds no .json files: save objects of OParl there")
    elif path.exists():
        files = [path]
    else:
        raise OParlError(f"{path} does not exist: give an address that begins with http, or a file")
    for file in files:
        try:
            if file.stat().st_size > MAX_PAGE:
                raise OParlError(f"{file} is longer than {MAX_PAGE >> 20} MB: no page of a list is")
            yield file, parse_page(file.read_bytes(), str(file))
        except OParlError as error:
            yield file, Problem(str(file), str(error))
        except OSError as error:
            yield file, Problem(str(file), f"{file} cannot be read: {error.strerror or error}")
