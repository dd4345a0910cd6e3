from __future__ import annotations

import hashlib
import json
import threading
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

SCHEMA = "https://schema.oparl.org/1.1"
Fault = Callable[[BaseHTTPRequestHandler], None]


class Feed:
    """A little OParl server: objects by kind, pages of two, `modified_since`, ETags, files, and faults to inject.

    `faults[path]` are taken one a request, in place of `serve`. `asked` are all requests, `unchanged` those that were
    answered by 304. With `etags` false the server sends none.
    """

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.root = f"http://127.0.0.1:{server.server_address[1]}"
        self.etags = True
        self.asked: list[str] = []
        self.unchanged: list[str] = []
        self.faults: dict[str, deque[Fault]] = defaultdict(deque)
        self.objects: dict[str, dict[str, Any]] = {}
        self.files: dict[str, bytes] = {}
        self.add("System", "system", body=f"{self.root}/bodies")
        lists = {x: f"{self.root}/{x}s" for x in ("organization", "meeting")}
        self.add("Body", "bodies/1", name="Seeheim", agendaItem=f"{self.root}/agendaItems", **lists)
        self.add("Organization", "organizations/1", name="Stadtrat")

    def add(self, kind: str, path: str, modified: str = "2026-01-01T12:00:00+01:00", **fields: Any) -> dict[str, Any]:
        self.objects[path] = {
            "id": f"{self.root}/{path}",
            "type": f"{SCHEMA}/{kind}",
            "created": "2026-01-01T12:00:00+01:00",
            "modified": modified,
            **fields,
        }
        return self.objects[path]

    def add_meeting(self, number: int, **fields: Any) -> dict[str, Any]:
        """A meeting with one item and the minutes of it in a file."""
        self.files[f"files/{number}.pdf"] = b"%PDF-1.4 " + str(number).encode()
        item = self.item(number, result="einstimmig beschlossen")
        return self.add(
            "Meeting",
            f"meetings/{number}",
            **{
                "name": f"{number}. Sitzung",
                "start": f"2026-01-{number:02}T18:00:00+01:00",
                "organization": [f"{self.root}/organizations/1"],
                "agendaItem": [item],
                "resultsProtocol": self.file(number),
                **fields,
            },
        )

    def item(self, number: int, **fields: Any) -> dict[str, Any]:
        return {
            "id": f"{self.root}/agendaItems/{number}",
            "type": f"{SCHEMA}/AgendaItem",
            "meeting": f"{self.root}/meetings/{number}",
            "number": "Ö 1",
            "name": "Radweg",
            "order": 1,
            "public": True,
            "modified": "2026-01-01T12:00:00+01:00",
            **fields,
        }

    def file(self, number: int, **fields: Any) -> dict[str, Any]:
        return {
            "id": f"{self.root}/file/{number}",
            "type": f"{SCHEMA}/File",
            "name": "Niederschrift",
            "fileName": "../../etc/passwd.pdf",
            "mimeType": "application/pdf",
            "accessUrl": f"{self.root}/files/{number}.pdf",
            "modified": "2026-01-01T12:00:00+01:00",
            **fields,
        }

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        self.asked.append(request.path.lstrip("/"))
        faults = self.faults[urlsplit(request.path).path.lstrip("/")]
        (faults.popleft() if faults else self.serve)(request)

    def serve(self, request: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(request.path)
        path = parts.path.lstrip("/")
        if path in self.files:
            self.send(request, self.files[path], "application/pdf")
        elif path in self.objects:
            self.send(request, json.dumps(self.objects[path]).encode())
        elif path in ("bodies", "organizations", "meetings", "agendaItems"):
            self.send(request, json.dumps(self.page(path, parse_qs(parts.query))).encode())
        else:
            request.send_error(404)

    def page(self, name: str, query: dict[str, list[str]]) -> dict[str, Any]:
        since = query.get("modified_since", [""])[0]
        listed = [x for path, x in self.objects.items() if path.startswith(f"{name}/")]
        # Both times are of the same zone in these tests, but for the sign at the end.
        listed = [x for x in listed if x["modified"] >= since]
        number = int(query.get("page", ["1"])[0])
        more = f"&modified_since={since}" if since else ""
        links = {"next": f"{self.root}/{name}?page={number + 1}{more}"} if len(listed) > 2 * number else {}
        return {"data": listed[2 * number - 2 : 2 * number], "links": links, "pagination": {"elementsPerPage": 2}}

    def send(self, request: BaseHTTPRequestHandler, body: bytes, kind: str = "application/json") -> None:
        etag = f'"{hashlib.sha256(body).hexdigest()[:8]}"'
        if self.etags and request.headers["If-None-Match"] == etag:
            self.unchanged.append(request.path.lstrip("/"))
            request.send_response(304)
            request.end_headers()
            return
        request.send_response(200)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(body)))
        if self.etags:
            request.send_header("ETag", etag)
        request.end_headers()
        request.wfile.write(body)


@pytest.fixture
def feed() -> Iterator[Feed]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            server.feed.answer(self)  # type: ignore[attr-defined]

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.feed = Feed(server)  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.feed  # type: ignore[attr-defined]
    server.shutdown()
    thread.join()
    server.server_close()
