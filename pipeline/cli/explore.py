"""`protokollant explore`: a store in the browser."""

from __future__ import annotations

import socket
import threading
import time
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from corpus.store import Store, StoreError
from pipeline.cli.showing import say, stop

_HOST = "127.0.0.1"
_PATIENCE = 30  # seconds that the server may take to start


def explore_command(
    store: Annotated[Path, typer.Argument(metavar="STORE", help="The store, an SQLite file that run made.")],
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Port on this machine; 0 takes a free one.")
    ] = 8001,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")] = True,
) -> None:
    """Open a store in the browser: ready queries, search, tables. On this machine only; Ctrl-C ends it.

    Exit code 0: ended with Ctrl-C; 2: no store, or the port is taken.
    """
    import uvicorn

    from corpus.explorer.site import explorer

    try:
        with Store(store, create=False), _listening(port) as listener:  # brought up to date, and open for its readers
            site = explorer(store)
            address = f"http://{_HOST}:{listener.getsockname()[1]}/"
            server = uvicorn.Server(uvicorn.Config(site.app(), log_level="warning"))
            threading.Thread(target=_announce, args=(server, address, browser), daemon=True).start()
            server.run(sockets=[listener])
    except StoreError as error:
        stop(str(error))
    except KeyboardInterrupt:  # the server has closed by then, and hands the signal on
        pass


def _listening(port: int) -> socket.socket:
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((_HOST, port))
        listener.listen()
    except OSError as error:
        listener.close()
        stop(f"port {port} cannot be had ({error.strerror}): name another one with --port, or 0 for a free one")
    return listener


def _announce(server: object, address: str, browser: bool) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not getattr(server, "started", False):
        if time.monotonic() > deadline:
            return
        time.sleep(0.02)
    say(f"{address} (Ctrl-C ends it)")
    if browser:
        webbrowser.open(address)
