"""Datasette on one store: read only, with our queries, words and templates."""

from __future__ import annotations

import json
import re
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.plugins import pm

from corpus.explorer import plugin
from corpus.explorer.ready import ReadyQuery, ready_queries
from corpus.store.errors import StoreError

SETTINGS = {
    "allow_download": False,  # of the whole file; queries and tables go out as CSV and JSON
    "sql_time_limit_ms": 5000,
    "facet_time_limit_ms": 1500,
    "suggest_facets": False,  # a query for each column of each page
    "truncate_cells_html": 600,
    "default_cache_ttl": 0,  # a run may go on meanwhile
}

_NAME = re.compile(r"[^?#%]+")


def explorer(store: Path) -> Datasette:
    """Return Datasette on the store at `path`, which it opens for reading only."""
    if not _NAME.fullmatch(store.name):
        raise StoreError(f"{store} cannot be explored: its name must not have ?, # or % in it; rename it")
    if not pm.is_registered(plugin):
        pm.register(plugin, name="protokollant")
    # Where rich is installed, Datasette 0.65 prints all variables of every error, and breaks on a page that is missing.
    pm.get_plugin("datasette.handle_exception").rich = None
    with as_file(files("corpus.explorer") / "templates") as templates:
        return Datasette(
            [str(store)],
            metadata=metadata(store.stem, store.name),
            settings=SETTINGS,
            template_dir=str(templates),
        )


def metadata(database: str, title: str) -> dict[str, Any]:
    """Return titles, descriptions, facets, units and queries in the form that Datasette reads."""
    tables = json.loads((files("corpus.explorer") / "tables.json").read_text(encoding="utf-8"))
    return {
        "title": f"Protokollarchiv {title}",
        "databases": {
            database: {
                "title": f"Tabellen in {title}",
                "tables": tables,
                "queries": {query.name: _query(query) for query in ready_queries()},
            }
        },
    }


def _query(query: ReadyQuery) -> dict[str, Any]:
    return {
        "title": query.title,
        "description": query.description,
        "sql": query.sql,
        "params": list(query.parameters),
        "hide_sql": True,
    }
