"""One answer of an OParl server: an object, or a page of a list of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from corpus.oparl.errors import OParlError
from corpus.oparl.objects import Object, text

MAX_PAGE = 1 << 26
"""Bytes of an answer or of a file of objects; parsed, they take ten times as much."""


@dataclass(frozen=True)
class Page:
    """The objects of an answer, and the address of the next page; `is_list` is false for a single object."""

    objects: tuple[Object, ...]
    next: str | None = None
    is_list: bool = True


def parse_page(body: bytes, where: str) -> Page:
    """Read an object, a page of a list, or a bare list; `OParlError` for anything else."""
    try:
        value = json.loads(body)
    except RecursionError as error:
        raise OParlError(f"{where}: the JSON is nested too deeply") from error
    except ValueError as error:
        raise OParlError(f"{where} is no JSON, or not all of it: {error}") from error
    if isinstance(value, list):
        return Page(tuple(x for x in value if isinstance(x, Mapping)))
    if not isinstance(value, dict):
        raise OParlError(f"{where} is JSON, but neither an object nor a list of OParl")
    listed = value.get("data")
    if not isinstance(listed, list):
        if not value.get("type"):
            raise OParlError(f"{where} is no object of OParl: it has no type")
        return Page((value,), is_list=False)
    links = value.get("links")
    following = text(links, "next") if isinstance(links, Mapping) else None
    return Page(tuple(x for x in listed if isinstance(x, Mapping)), following)
