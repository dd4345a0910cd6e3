"""The walk through a feed: from a system, a body or a list to its meetings, page by page, into a mirror.

A later walk asks for what has changed (`modified_since`). By the standard, a changed agenda item need not change
its meeting: OParl 1.1 has lists of items for that, which lead back to the meetings to fetch again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from corpus.captions import counted
from corpus.oparl.errors import OParlError, Problem, ServerDown, Unavailable
from corpus.oparl.files import download, store_texts
from corpus.oparl.local import read_objects
from corpus.oparl.mirror import KnownPage, ListState, Mirror
from corpus.oparl.objects import Body, Object, agenda_item_of, kind_of, meeting_of, text, texts_of
from corpus.oparl.pages import Page

if TYPE_CHECKING:
    from corpus.oparl.client import Answer, Client

MOST_PAGES = 20_000
"""Pages of one list. The largest councils have some ten thousand meetings; no list is that long by itself."""

_IDLE_PAGES = 3
"""Pages without a single new object after which a list is not believed to end."""

_OVERLAP = timedelta(hours=1)
"""What has changed so long before the last walk is asked for again: servers publish with delay."""

Say = Callable[[str], None]


@dataclass
class Report:
    """What a run brought: meetings that are new or changed, files, and what was left out."""

    meetings: int = 0
    files: int = 0
    problems: list[Problem] = field(default_factory=list)


def mirror_feed(
    start: str, client: Client, mirror: Mirror, say: Say, *, whole: bool = False, files: bool = True
) -> Report:
    """Bring a mirror up to date with the feed at an address; `whole` asks also for what has not changed.

    What cannot be had is a problem of the report and the walk goes on; a run after it tries again.
    """
    walk = _Walk(client, mirror, say, whole)
    try:
        walk.follow([start])
        walk.follow(mirror.stale())
        walk.name_bodies()
        for problem in download(mirror, client, say) if files else ():
            if problem:
                walk.report.problems.append(problem)
            else:
                walk.report.files += 1
        walk.report.files += store_texts(mirror)
    except ServerDown as error:
        walk.report.problems.append(Problem(start, str(error)))
    if not mirror.any() and not walk.report.problems:
        reason = "no meetings there: give the address of a system, a body, an organization, a meeting or a list of them"
        walk.report.problems.append(Problem(start, reason))
    return walk.report


def mirror_files(path: Path, mirror: Mirror) -> Report:
    """Bring a mirror up to date with objects from files; links are not followed."""
    report = Report()
    for file, found in read_objects(path):
        if isinstance(found, Problem):
            report.problems.append(found)
            continue
        with mirror.transaction():
            report.meetings += sum(_store(x, mirror) for x in found.objects)
        if found.objects and not any(kind_of(x) in _KNOWN for x in found.objects):
            report.problems.append(Problem(str(file), f"{file} holds no meetings or bodies of OParl"))
    report.files += store_texts(mirror)
    return report


_KNOWN = frozenset({"System", "Body", "Organization", "Meeting", "AgendaItem"})


def _store(obj: Object, mirror: Mirror) -> bool:
    """Store what the mirror keeps of an object; return whether a meeting is new or changed."""
    kind, id = kind_of(obj), text(obj, "id")
    if kind == "Meeting" and (meeting := meeting_of(obj)):
        return mirror.put_meeting(meeting, texts_of(obj))
    if kind == "Organization" and id and obj.get("deleted") is not True:
        mirror.put_body(Body(id=id, name=text(obj, "name") or text(obj, "shortName")))
    elif kind == "AgendaItem" and (meeting_id := text(obj, "meeting")):
        mirror.put_item(agenda_item_of(obj), meeting_id, deleted=obj.get("deleted") is True)
    return False


class _Walk:
    """One run over a feed."""

    def __init__(self, client: Client, mirror: Mirror, say: Say, whole: bool) -> None:
        self._client = client
        self._mirror = mirror
        self._say = say
        self._whole = whole
        self._met: set[str] = set()
        self.report = Report()

    def follow(self, urls: Iterable[str]) -> None:
        """Walk lists and objects, and those that they lead to."""
        waiting = deque(urls)
        while waiting:
            url = waiting.popleft()
            if url in self._met:
                continue
            self._met.add(url)
            try:
                for leads in self._pages(url):
                    waiting.extend(leads)
            except ServerDown:
                raise
            except Unavailable as error:
                self.report.problems.append(Problem(url, f"{error}: run again later, it goes on there"))
            except OParlError as error:
                self._give_up(url)
                self.report.problems.append(Problem(url, str(error)))

    def _give_up(self, url: str) -> None:
        """Begin anew at the next run: what stands in the way may have been the page to go on with."""
        state = self._mirror.list_state(url)
        with self._mirror.transaction():
            if state:
                self._mirror.put_list(url, ListState(state.since))
            self._mirror.drop_stale(url)

    def _pages(self, url: str) -> Iterator[tuple[str, ...]]:
        """Walk a list to its end, or fetch an object; yield what each page leads to."""
        known = self._mirror.list_state(url) or ListState()
        resumed = known.next is not None and not self._whole
        state = known if resumed else ListState(known.since)
        address = known.next if resumed else _since(url, None if self._whole else known.since)
        guard, leading = _Guard(), False
        while address:
            guard.enter(address, state.pages)
            answer, following = self._ask(address)
            page = answer.page
            leads = tuple(_leads(page)) if page else ()
            leading = leading or bool(leads) or not (page is None or page.is_list)
            state = ListState(
                since=state.since,
                began=state.began or (answer.date - _OVERLAP).isoformat(timespec="seconds"),
                # A list that leads on is walked anew: going on in the middle would lose where it led to.
                next=None if leading else following,
                pages=state.pages + 1,
            )
            with self._mirror.transaction():
                changed = sum(_store(x, self._mirror) for x in page.objects) if page else 0
                if page and not leading and "modified_since" not in address:
                    self._mirror.put_page(address, KnownPage(answer.etag, answer.last_modified, following))
                self._mirror.put_list(url, state)
                self._prepare_items(page, state)
            self.report.meetings += changed
            self._say(f"{address}: {counted(changed, 'meeting')} new or changed")
            yield leads
            guard.leave(page)
            address = following
        with self._mirror.transaction():
            self._mirror.put_list(url, ListState(since=None if leading else state.began))
            self._mirror.drop_stale(url)

    def _ask(self, address: str) -> tuple[Answer, str | None]:
        """Return the page, unless it is known and has not changed, and the address of the page after it."""
        known = self._mirror.page(address) or KnownPage()
        answer = self._client.page(address, known.etag, known.last_modified)
        return answer, answer.page.next if answer.page else known.next

    def _prepare_items(self, page: Page | None, state: ListState) -> None:
        """Have the lists of agenda items walked from the next run on: the meetings of this one bring their items."""
        for body in page.objects if page else ():
            url = text(body, "agendaItem") if kind_of(body) == "Body" else None
            if url and (self._whole or not self._mirror.list_state(url)):
                self._mirror.put_list(url, ListState(since=state.began))
                self._met.add(url)

    def name_bodies(self) -> None:
        """Fetch the names of bodies that no list brought; one that cannot be had stays without a name."""
        for id in self._mirror.bodies_without_name():
            body = Body(id=id)
            try:
                page = self._client.page(id).page
            except ServerDown:
                raise
            except OParlError as error:
                self.report.problems.append(Problem(id, str(error)))
                if isinstance(error, Unavailable):
                    continue
            else:
                names = [text(x, "name") or text(x, "shortName") for x in page.objects] if page else []
                body = Body(id=id, name=next(iter(names), None))
            with self._mirror.transaction():
                self._mirror.put_body(body)


def _leads(page: Page) -> Iterator[str]:
    """Yield the lists that hold the meetings of what is on a page."""
    for obj in page.objects:
        kind = kind_of(obj)
        if obj.get("deleted") is True:
            continue
        if kind == "System":
            fields: tuple[str, ...] = ("body",)
        elif kind == "Body":
            fields = ("organization", "meeting", "agendaItem")
        elif kind == "Organization" and not page.is_list:
            # In a list of organizations, the meetings come from the list of their body.
            fields = ("meeting",)
        else:
            fields = ()
        yield from (url for field in fields if (url := text(obj, field)))


class _Guard:
    """What keeps a walk from going on for ever: a page that was there before, pages without anything new."""

    def __init__(self) -> None:
        self._addresses: set[str] = set()
        self._ids: set[str] = set()
        self._idle = 0

    def enter(self, address: str, pages: int) -> None:
        if address in self._addresses:
            raise OParlError(f"{address}: the pages go round in a circle: the list is left here")
        if pages >= MOST_PAGES:
            raise OParlError(f"{address}: the list has more than {MOST_PAGES:,} pages: it is left here")
        self._addresses.add(address)

    def leave(self, page: Page | None) -> None:
        if page is None:  # unchanged, so it has what it had
            return
        ids = {id for x in page.objects if (id := text(x, "id"))}
        self._idle = 0 if ids - self._ids else self._idle + 1
        self._ids |= ids
        if page.next and self._idle >= _IDLE_PAGES:
            raise OParlError(f"{page.next}: {_IDLE_PAGES} pages brought nothing new: the list is left here")


def _since(url: str, since: str | None) -> str:
    if not since:
        return url
    parts = urlsplit(url)
    query = [
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "modified_since"
    ]
    # RFC 3339 with "Z": a "+" in an address is read as a blank by some servers even when it is escaped
    moment = datetime.fromisoformat(since).astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return urlunsplit(parts._replace(query=urlencode([*query, ("modified_since", moment)])))
