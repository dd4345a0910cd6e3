"""What Datasette asks us: functions of the queries, links and German words in cells, the start page, who may enter."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Awaitable, Callable, MutableMapping
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

from datasette import hookimpl
from datasette.app import Datasette
from markupsafe import Markup

from corpus.explorer.ready import PARAMETERS, ready_queries
from corpus.store.schema import add_functions

_Scope = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
_Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
_App = Callable[[_Scope, _Receive, _Send], Awaitable[None]]

LOCAL = ("127.0.0.1", "localhost")

_SITTING = ("record", "Sitzung")
_NAMES = ("speakers", "Sprecher", "Fragende", "Antwortende", "Person")
_WORDED = ("label", "outcome", "status", "capacity", "Art", "Ergebnis", "Anwesenheit", "als", "Stand")
_PARTED = "; "


def prepare_connection(conn: sqlite3.Connection) -> None:
    """Give the queries the functions that they call."""
    add_functions(conn)


def render_cell(
    row: sqlite3.Row, value: object, column: str, table: str | None, database: str, datasette: Datasette
) -> Markup | None:
    """Show the number of a sitting and names of speakers as links to ready queries, codes as German words.

    Only on the page: JSON and CSV have what the store has.
    """
    if column in _SITTING and isinstance(value, int) and table != "record":
        return Markup('<a href="{}">{}</a>').format(_address(datasette, database, "sitzung", sitzung=value), value)
    if not isinstance(value, str) or not value:
        return None
    if column in _NAMES:
        links = (
            Markup('<a href="{}">{}</a>').format(
                _address(datasette, database, "beitraege-einer-person", person=name), name
            )
            for name in value.split(_PARTED)
        )
        return Markup(_PARTED).join(links)
    if column in _WORDED and any(part in words() for part in value.split(_PARTED)):
        return Markup(_PARTED).join(words().get(part, part) for part in value.split(_PARTED))
    return None


def extra_template_vars(datasette: Datasette) -> dict[str, object]:
    """Let templates name the ready queries and label their parameters."""
    return {"ready_queries": ready_queries(), "parameter_labels": PARAMETERS}


def asgi_wrapper(datasette: Datasette) -> Callable[[_App], _App]:
    """Answer only requests that name this machine: a page elsewhere could else point its own name at it and read."""

    def wrap(app: _App) -> _App:
        async def answer(scope: _Scope, receive: _Receive, send: _Send) -> None:
            if scope["type"] == "http" and _host(scope) not in LOCAL:
                await send(
                    {"type": "http.response.start", "status": 403, "headers": [(b"content-type", b"text/plain")]}
                )
                await send({"type": "http.response.body", "body": b"This explorer answers on this machine only.\n"})
                return
            await app(scope, receive, send)

        return answer

    return wrap


@cache
def words() -> dict[str, str]:
    """Return the German word for each code of the store."""
    text = (files("corpus.explorer") / "words.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def _address(datasette: Datasette, database: str, query: str, **parameters: object) -> str:
    return f"{datasette.urls.query(database, query)}?{urlencode(parameters)}"


def _host(scope: _Scope) -> str:
    hosts = [value.decode("latin-1") for name, value in scope["headers"] if name == b"host"]
    return hosts[0].rpartition(":")[0] or hosts[0] if len(hosts) == 1 else ""


# As decorators they would make the functions untyped: Datasette has no types.
for _hook in (prepare_connection, render_cell, extra_template_vars, asgi_wrapper):
    hookimpl(_hook)
