"""Requests to an OParl server: few at a time, tried again where that helps, and never to another host."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_exponential, wait_random

from corpus.oparl.errors import OParlError, ServerDown, Unavailable
from corpus.oparl.pages import MAX_PAGE, Page, parse_page
from corpus.readers.content import MAX_BYTES
from corpus.version import __version__

_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses after which the same request may well succeed."""

_OVERLOADED = frozenset({429, 503})
_CONDITIONAL = frozenset({"If-None-Match", "If-Modified-Since"})
_DOWN_AFTER = 5

_T = TypeVar("_T")


@dataclass(frozen=True)
class Manners:
    """How a server is asked: requests a second, attempts, and the limits of one answer.

    `timeout` is how many seconds the server may be silent, `longest` how many an answer may take in all;
    `backoff` the first pause before another attempt, which then doubles; `patience` the longest pause that the
    server may ask for.
    """

    rate: float = 2.0
    attempts: int = 5
    timeout: float = 30.0
    longest: float = 900.0
    backoff: float = 1.0
    patience: float = 120.0
    page_bytes: int = MAX_PAGE
    file_bytes: int = MAX_BYTES


@dataclass(frozen=True)
class Answer:
    """A page as it came, with the time on the server's clock; `page` is `None` where it has not changed.

    `etag` and `last_modified` are what to ask with whether it has.
    """

    page: Page | None
    date: datetime
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True)
class Download:
    """The bytes that a file now has; `etag` and `last_modified` as in `Answer`."""

    sha256: str
    size: int
    etag: str | None
    last_modified: str | None


class Client:
    """The requests of one run.

    Answers come from the hosts of the given addresses only, wherever links and redirections lead. Methods raise
    `Unavailable` for what may succeed later, `OParlError` for what will not, and `ServerDown` once the server
    itself has failed for several addresses in a row.
    """

    def __init__(self, start: str, hosts: Iterable[str] = (), manners: Manners | None = None) -> None:
        self._manners = manners or Manners()
        self._hosts = {_host(start), *hosts}
        self._earliest = 0.0
        self._failed = 0
        self._http = httpx.Client(
            timeout=self._manners.timeout,
            follow_redirects=True,
            headers={"User-Agent": f"protokollant/{__version__}", "Accept-Encoding": "gzip"},
            # Called for every request, so for each step of a redirection too.
            event_hooks={"request": [lambda request: self._check(request.url)]},
        )

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._http.close()

    def page(self, url: str, etag: str | None = None, last_modified: str | None = None) -> Answer:
        """Fetch an object or a page of a list, if it has changed."""

        def read(response: httpx.Response) -> Answer:
            parts: list[bytes] = []
            self._receive(response, self._manners.page_bytes, parts.append)
            try:
                page = parse_page(b"".join(parts), url)
            except OParlError as error:
                # Most often the connection broke off, or a proxy sent a page of its own.
                raise Unavailable(str(error)) from error
            return Answer(page, _date(response), *_validators(response))

        def unchanged(response: httpx.Response) -> Answer:
            return Answer(None, _date(response), etag, last_modified)

        return self._ask(url, _conditions(etag, last_modified) | {"Accept": "application/json"}, read, unchanged)

    def download(
        self, url: str, target: Path, etag: str | None = None, last_modified: str | None = None
    ) -> Download | None:
        """Fetch a file to `target`, if it has changed; `None` if not."""

        def read(response: httpx.Response) -> Download | None:
            digest, size = sha256(), 0
            with target.open("wb") as file:

                def put(part: bytes) -> None:
                    nonlocal size
                    size += len(part)
                    digest.update(part)
                    file.write(part)

                self._receive(response, self._manners.file_bytes, put)
            if not size:
                raise OParlError(f"{url} is empty")
            return Download(digest.hexdigest(), size, *_validators(response))

        return self._ask(url, _conditions(etag, last_modified), read, lambda _: None)

    def _ask(
        self,
        url: str,
        headers: dict[str, str],
        read: Callable[[httpx.Response], _T],
        unchanged: Callable[[httpx.Response], _T],
    ) -> _T:
        def attempt() -> _T:
            self._wait_for_turn()
            try:
                with self._http.stream("GET", url, headers=headers) as response:
                    if response.status_code == httpx.codes.NOT_MODIFIED and headers.keys() & _CONDITIONAL:
                        return unchanged(response)
                    _check_status(response, url)
                    return read(response)
            except (httpx.TransportError, httpx.DecodingError) as error:
                raise Unavailable(f"{url}: {_reason(error)}", down=True) from error
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise OParlError(f"{url}: {_reason(error)}") from error

        retrying = Retrying(
            retry=retry_if_exception(self._worth_another),
            stop=stop_after_attempt(self._manners.attempts),
            wait=self._pause,
            reraise=True,
        )
        try:
            found: _T = retrying(attempt)
        except Unavailable as error:
            self._failed = self._failed + 1 if error.down else 0
            if self._failed >= _DOWN_AFTER:
                raise ServerDown(f"{error}; so it went for {self._failed} addresses: run again later") from error
            raise
        self._failed = 0
        return found

    def _worth_another(self, error: BaseException) -> bool:
        return isinstance(error, Unavailable) and (error.retry_after or 0) <= self._manners.patience

    def _pause(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, Unavailable) and error.retry_after is not None:
            return error.retry_after
        first = self._manners.backoff
        return (wait_exponential(first, max=60) + wait_random(0, first))(state)

    def _wait_for_turn(self) -> None:
        now = time.monotonic()
        if now < self._earliest:
            time.sleep(self._earliest - now)
        self._earliest = max(now, self._earliest) + 1 / self._manners.rate

    def _receive(self, response: httpx.Response, most: int, put: Callable[[bytes], object]) -> None:
        """Hand on the body part by part; `OParlError` once it is too large or takes too long."""
        size, end = 0, time.monotonic() + self._manners.longest
        for part in response.iter_bytes():
            size += len(part)
            if size > most:
                raise OParlError(f"{response.url} is larger than {most:,} bytes: left out")
            if time.monotonic() > end:
                raise OParlError(f"{response.url} took more than {self._manners.longest:g} seconds: left out")
            put(part)

    def _check(self, url: httpx.URL) -> None:
        if url.scheme not in ("http", "https"):
            raise OParlError(f"{url} is no address of the web: not followed")
        host = url.netloc.decode("ascii")
        if host not in self._hosts:
            raise OParlError(f"{url} is on another host: not followed without --host {host}")


def _host(url: str) -> str:
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise OParlError(f"{url} is no address: {error}") from error
    if not parsed.host:
        raise OParlError(f"{url} is no address: it names no host")
    return parsed.netloc.decode("ascii")


def _check_status(response: httpx.Response, url: str) -> None:
    status = response.status_code
    if status == httpx.codes.OK:
        return
    said = f"{url}: HTTP {status} {response.reason_phrase}".rstrip()
    if status in _PASSING:
        raise Unavailable(said, retry_after=_retry_after(response), down=status in _OVERLOADED)
    raise OParlError(said)


def _retry_after(response: httpx.Response) -> float | None:
    value = response.headers.get("Retry-After")
    if value is None:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - datetime.now(timezone.utc)).total_seconds())
    except (TypeError, ValueError):
        return None


def _date(response: httpx.Response) -> datetime:
    """Return the time by the server's clock, which is the one that `modified_since` is held against."""
    try:
        return parsedate_to_datetime(response.headers["Date"]).astimezone(timezone.utc)
    except (KeyError, TypeError, ValueError):
        return datetime.now(timezone.utc)


def _validators(response: httpx.Response) -> tuple[str | None, str | None]:
    return response.headers.get("ETag"), response.headers.get("Last-Modified")


def _conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    pairs = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in pairs.items() if value}


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__
