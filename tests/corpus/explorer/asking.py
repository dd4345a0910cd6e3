"""Requests to an explorer in this process."""

from __future__ import annotations

import asyncio
import gc
from pathlib import Path
from typing import Any

import httpx

from corpus.explorer.site import explorer


def get(store: Path, path: str, host: str = "localhost", **parameters: str) -> httpx.Response:
    """Answer one request as the explorer of a store would; `path` is behind the name of the database."""

    async def ask() -> httpx.Response:
        site = explorer(store)
        try:
            answer: httpx.Response = await site.client.get(path, params=parameters or None, headers={"host": host})
            return answer
        finally:
            for database in site.databases.values():
                database.close()
            site.executor.shutdown()

    try:
        return asyncio.run(ask())
    finally:
        gc.collect()


def rows(store: Path, query: str, **parameters: str) -> list[dict[str, Any]]:
    """Return the rows of a ready query."""
    answer = get(store, f"/{store.stem}/{query}.json", _shape="array", **parameters)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found
