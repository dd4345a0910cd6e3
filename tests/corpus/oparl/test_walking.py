from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler
from itertools import count
from pathlib import Path
from typing import Any

import pytest

import corpus
from corpus.oparl import Meeting, Mirror, OParlError, read_meetings
from corpus.oparl.walking import Report, mirror_feed, mirror_files

pytest.importorskip("httpx", reason="needs the extra oparl")
pytest.importorskip("tenacity", reason="needs the extra oparl")

from corpus.oparl.client import Client, Manners

QUICK = Manners(rate=1e6, attempts=3, timeout=0.3, backoff=0.001)
Request = BaseHTTPRequestHandler


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "spiegel"


def _run(feed: Any, folder: Path, start: str = "system", manners: Manners = QUICK, **options: Any) -> Report:
    hosts = options.pop("hosts", ())
    with Mirror(folder) as mirror, Client(f"{feed.root}/{start}", hosts, manners) as client:
        return mirror_feed(f"{feed.root}/{start}", client, mirror, lambda line: None, **options)


def _names(folder: Path) -> list[str | None]:
    return [x.name for x in read_meetings(folder)]


def _reasons(report: Report) -> str:
    return "\n".join(x.reason for x in report.problems)


def _stored(folder: Path) -> list[bytes]:
    return sorted(x.read_bytes() for x in (folder / "files").iterdir())


def _status(code: int, **headers: str) -> Callable[[Request], None]:
    def answer(request: Request) -> None:
        request.send_response(code)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("Content-Length", "0")
        request.end_headers()

    return answer


def _body(data: bytes, length: int | None = None) -> Callable[[Request], None]:
    def answer(request: Request) -> None:
        request.send_response(200)
        request.send_header("Content-Length", str(len(data) if length is None else length))
        request.end_headers()
        request.wfile.write(data)

    return answer


def _silence(request: Request) -> None:
    time.sleep(0.6)


def test_a_feed_is_walked_from_the_system_to_the_files(feed: Any, folder: Path) -> None:
    for number in (3, 1, 2, 4, 5):
        feed.add_meeting(number, location={"room": "Ratssaal", "streetAddress": "Markt 1", "locality": "Seeheim"})
    report = _run(feed, folder)

    assert (report.meetings, report.files, report.problems) == (5, 5, [])
    meetings = list(read_meetings(folder))
    assert [x.name for x in meetings] == [f"{x}. Sitzung" for x in (1, 2, 3, 4, 5)]
    first = meetings[0]
    assert first.bodies[0].name == "Stadtrat"
    assert first.location == "Ratssaal, Markt 1, Seeheim"
    assert (first.agenda[0].number, first.agenda[0].result) == ("Ö 1", "einstimmig beschlossen")
    (file,) = first.files
    assert (file.kind, file.size, file.problem) == ("results", 10, None)
    assert file.path == f"files/{file.sha256}.pdf"
    assert (folder / file.path).read_bytes() == b"%PDF-1.4 1"


@pytest.mark.parametrize("start", ["bodies", "bodies/1", "meetings", "meetings/1"])
def test_a_walk_may_begin_below_the_system(feed: Any, folder: Path, start: str) -> None:
    feed.add_meeting(1)
    assert not _run(feed, folder, start).problems
    (meeting,) = read_meetings(folder)
    assert meeting.bodies[0].name == "Stadtrat"


def test_an_organization_leads_to_its_meetings_but_a_list_of_them_to_none(feed: Any, folder: Path) -> None:
    feed.add_meeting(1)
    feed.add("Organization", "organizations/2", name="Bauausschuss", meeting=f"{feed.root}/meetings")
    assert "no meetings there" in _reasons(_run(feed, folder, "organizations"))
    assert not _run(feed, folder, "organizations/2").problems
    assert _names(folder) == ["1. Sitzung"]


def test_the_next_run_asks_for_what_has_changed(feed: Any, folder: Path) -> None:
    for number in (1, 2, 3):
        feed.add_meeting(number)
    _run(feed, folder)
    feed.asked.clear()
    feed.add_meeting(4, modified="2100-01-01T00:00:00Z")
    feed.objects["meetings/2"].update(name="Sondersitzung", modified="2100-01-01T00:00:00Z")
    report = _run(feed, folder)

    assert (report.meetings, report.files) == (2, 1)
    assert _names(folder) == ["1. Sitzung", "Sondersitzung", "3. Sitzung", "4. Sitzung"]
    lists = [x for x in feed.asked if x.startswith(("meetings", "organizations", "agendaItems"))]
    assert len(lists) == 3 and all("?modified_since=20" in x and x.endswith("Z") for x in lists)
    assert [x for x in feed.asked if x.startswith("files/")] == ["files/4.pdf"]


def test_a_meeting_is_fetched_again_for_an_item_that_changed_without_it(feed: Any, folder: Path) -> None:
    for number in (1, 2):
        feed.add_meeting(number)
    _run(feed, folder)
    item = feed.item(1, result="vertagt", modified="2100-01-01T00:00:00Z")
    feed.objects["meetings/1"]["agendaItem"] = [item]
    feed.objects["agendaItems/1"] = item
    feed.asked.clear()

    assert _run(feed, folder).meetings == 1
    assert [x.agenda[0].result for x in read_meetings(folder)] == ["vertagt", "einstimmig beschlossen"]
    assert "meetings/1" in feed.asked and "meetings/2" not in feed.asked
    feed.asked.clear()
    assert _run(feed, folder).meetings == 0
    assert "meetings/1" not in feed.asked


def test_a_deleted_meeting_keeps_what_was_known(feed: Any, folder: Path) -> None:
    feed.add_meeting(1)
    _run(feed, folder)
    feed.objects["meetings/1"] = {
        **{name: feed.objects["meetings/1"][name] for name in ("id", "type", "created")},
        "modified": "2100-01-01T00:00:00Z",
        "deleted": True,
    }
    assert _run(feed, folder).meetings == 1
    (meeting,) = read_meetings(folder)
    assert (meeting.deleted, meeting.name, meeting.modified) == (True, "1. Sitzung", "2100-01-01T00:00:00Z")
    assert meeting.files[0].path and (folder / meeting.files[0].path).is_file()


def test_unchanged_pages_and_files_are_not_sent_again(feed: Any, folder: Path) -> None:
    for number in (1, 2, 3):
        feed.add_meeting(number, resultsProtocol=feed.file(number, modified=None))
    _run(feed, folder)
    feed.asked.clear()
    report = _run(feed, folder, whole=True)
    assert (report.meetings, report.files) == (0, 0)
    assert [x for x in feed.asked if "modified_since" in x] == []
    assert {"meetings", "meetings?page=2", "files/1.pdf", "files/2.pdf", "files/3.pdf"} <= set(feed.unchanged)
    assert len(_names(folder)) == 3


def test_a_changed_file_is_fetched_again(feed: Any, folder: Path) -> None:
    feed.add_meeting(1)
    _run(feed, folder)
    feed.files["files/1.pdf"] = b"%PDF-1.4 berichtigt"
    changed = "2100-01-01T00:00:00Z"
    feed.objects["meetings/1"].update(modified=changed, resultsProtocol=feed.file(1, modified=changed))
    assert _run(feed, folder).files == 1
    (meeting,) = read_meetings(folder)
    assert (folder / str(meeting.files[0].path)).read_bytes() == b"%PDF-1.4 berichtigt"


def test_a_file_that_was_removed_from_the_folder_comes_back(feed: Any, folder: Path) -> None:
    feed.add_meeting(1)
    _run(feed, folder)
    (file,) = (folder / "files").iterdir()
    file.unlink()
    assert _run(feed, folder).files == 1
    assert file.is_file()


@pytest.mark.parametrize(
    "fault",
    [
        _status(500),
        _status(503, Retry_After="0"),
        _status(429),
        _silence,
        _body(b'{"data": [{"id": "x", "ty'),
        _body(b'{"data": []}', length=1000),
        _body(b"<html>Wartungsarbeiten</html>"),
    ],
    ids=["500", "503", "429", "timeout", "truncated", "cut off", "html"],
)
@pytest.mark.parametrize("path", ["system", "meetings", "organizations"])
def test_a_passing_fault_does_no_harm(feed: Any, folder: Path, fault: Callable[[Request], None], path: str) -> None:
    feed.add_meeting(1)
    feed.faults[path].extend([fault] * 2)
    assert not _run(feed, folder).problems
    assert _names(folder) == ["1. Sitzung"]


@pytest.mark.parametrize(
    "fault", [_status(502), _silence, _body(b"%PDF", length=99)], ids=["502", "timeout", "cut off"]
)
def test_a_fault_that_lasts_is_told_and_the_next_run_goes_on_there(
    feed: Any, folder: Path, fault: Callable[[Request], None]
) -> None:
    for number in (1, 2, 3, 4, 5):
        feed.add_meeting(number)
    feed.faults["files/2.pdf"].extend([fault] * 3)

    def of_page_2(request: Request) -> None:
        feed.faults["meetings"].append(of_page_2)
        (fault if "page=2" in request.path else feed.serve)(request)

    feed.faults["meetings"].append(of_page_2)
    assert "run again later, it goes on there" in _reasons(_run(feed, folder))
    assert _names(folder) == ["1. Sitzung", "2. Sitzung"]
    assert [x.files[0].path is None for x in read_meetings(folder)] == [False, True]
    feed.faults.clear()
    feed.asked.clear()
    assert not _run(feed, folder).problems
    assert len(_names(folder)) == len(_stored(folder)) == 5
    assert [x for x in feed.asked if x.startswith("meetings")] == ["meetings?page=2", "meetings?page=3"]
    assert "files/1.pdf" not in feed.asked


def test_a_missing_file_is_told_in_the_mirror(feed: Any, folder: Path) -> None:
    feed.add_meeting(1)
    content = feed.files.pop("files/1.pdf")
    assert "HTTP 404" in _reasons(_run(feed, folder))
    (meeting,) = read_meetings(folder)
    assert "HTTP 404" in str(meeting.files[0].problem)
    assert not meeting.files[0].path
    feed.files["files/1.pdf"] = content
    assert _run(feed, folder).files == 1
    assert next(read_meetings(folder)).files[0].problem is None


def test_a_page_to_go_on_with_that_is_gone_lets_the_list_begin_anew(feed: Any, folder: Path) -> None:
    feed.etags = False
    for number in (1, 2, 3):
        feed.add_meeting(number)

    def gone(request: Request) -> None:
        (_status(410) if "page=2" in request.path else feed.serve)(request)

    feed.faults["meetings"].extend([feed.serve, gone])
    assert "HTTP 410" in _reasons(_run(feed, folder))
    assert not _run(feed, folder).problems
    assert len(_names(folder)) == 3


def test_a_server_that_is_down_ends_the_run(feed: Any, folder: Path) -> None:
    for number in range(1, 10):
        feed.add_meeting(number)
        feed.faults[f"files/{number}.pdf"].extend([_status(503)] * 3)
    report = _run(feed, folder)
    assert "so it went for 5 addresses" in _reasons(report)
    assert "files/6.pdf" not in feed.asked
    assert len(_names(folder)) == 9
    assert _run(feed, folder).files == 5


def test_a_long_wait_that_the_server_asks_for_is_not_sat_out(feed: Any, folder: Path) -> None:
    feed.faults["system"].append(_status(503, Retry_After="3600"))
    assert "HTTP 503" in _reasons(_run(feed, folder))
    assert feed.asked == ["system"]


def test_requests_keep_their_distance(feed: Any, folder: Path) -> None:
    for number in (1, 2, 3):
        feed.add_meeting(number)
    began = time.monotonic()
    _run(feed, folder, manners=Manners(rate=40))
    assert time.monotonic() - began >= (len(feed.asked) - 1) / 40


def _endless(feed: Any, objects: Iterator[dict[str, Any]]) -> None:
    numbers = count(2)

    def page(request: Request) -> None:
        body = {"data": [next(objects)], "links": {"next": f"{feed.root}/meetings?page={next(numbers)}"}}
        feed.send(request, json.dumps(body).encode())
        feed.faults["meetings"].append(page)

    feed.faults["meetings"].append(page)


def test_pages_that_bring_nothing_new_end(feed: Any, folder: Path) -> None:
    meeting = feed.add_meeting(1)
    _endless(feed, (meeting for _ in count()))
    assert "3 pages brought nothing new" in _reasons(_run(feed, folder))
    assert _names(folder) == ["1. Sitzung"]


def test_pages_without_end_end(feed: Any, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.oparl.walking.MOST_PAGES", 10)
    meeting = feed.add_meeting(1)
    _endless(feed, ({**meeting, "id": f"{feed.root}/meetings/{x}"} for x in count(1)))
    assert "more than 10 pages" in _reasons(_run(feed, folder, files=False))
    assert len(_names(folder)) == 10


def test_pages_in_a_circle_end(feed: Any, folder: Path) -> None:
    meeting = feed.add_meeting(1)
    other = {**meeting, "id": f"{feed.root}/meetings/2"}
    addresses = [f"{feed.root}/meetings?page={x}" for x in (2, 1, 2)]
    for found, following in zip((meeting, other, meeting), addresses, strict=True):
        body = json.dumps({"data": [found], "links": {"next": following}}).encode()
        feed.faults["meetings"].append(_body(body))
    assert "go round in a circle" in _reasons(_run(feed, folder))
    assert len(_names(folder)) == 2


def test_lists_that_lead_to_each_other_are_walked_once(feed: Any, folder: Path) -> None:
    feed.add_meeting(1)
    feed.objects["bodies/1"]["organization"] = f"{feed.root}/system"
    assert not _run(feed, folder).problems
    assert feed.asked.count("system") == 1


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://127.0.0.2:1/meetings", "is on another host: not followed without --host 127.0.0.2:1"),
        ("file:///etc/passwd", "is no address of the web"),
        ("ftp://127.0.0.1/x", "is no address of the web"),
        ("/meetings", "is no address of the web"),
        ("http://[", ""),
    ],
)
def test_links_to_elsewhere_are_not_followed(feed: Any, folder: Path, address: str, reason: str) -> None:
    feed.add_meeting(1, resultsProtocol=feed.file(1, accessUrl=address))
    feed.objects["bodies/1"]["organization"] = address
    report = _run(feed, folder)
    assert len(report.problems) == 2
    assert reason in _reasons(report)
    (meeting,) = read_meetings(folder)
    assert meeting.files[0].path is None
    assert meeting.bodies[0].name == "Stadtrat"


def test_a_redirection_to_elsewhere_is_not_followed(feed: Any, folder: Path) -> None:
    feed.add_meeting(1)
    feed.faults["files/1.pdf"].append(_status(302, Location="http://127.0.0.2:1/geheim"))
    assert "http://127.0.0.2:1/geheim is on another host" in _reasons(_run(feed, folder))


def test_a_host_that_is_named_is_followed(feed: Any, folder: Path) -> None:
    other = feed.root.replace("127.0.0.1", "localhost")
    feed.add_meeting(1, resultsProtocol=feed.file(1, accessUrl=f"{other}/files/1.pdf"))
    assert _run(feed, folder, hosts=[other.removeprefix("http://")]).files == 1


def test_bodies_that_are_too_large_or_too_slow_are_left_out(feed: Any, folder: Path) -> None:
    feed.add_meeting(1)
    feed.files["files/1.pdf"] = b"%PDF" * 1000
    report = _run(feed, folder, manners=Manners(rate=1e6, backoff=0.001, file_bytes=3999))
    assert "larger than 3,999 bytes" in _reasons(report)
    assert "larger than 10 bytes" in _reasons(_run(feed, folder, manners=Manners(rate=1e6, page_bytes=10), files=False))

    def dripping(request: Request) -> None:
        request.send_response(200)
        request.send_header("Content-Length", "1000")
        request.end_headers()
        for _ in range(20):
            request.wfile.write(b"x")
            request.wfile.flush()
            time.sleep(0.02)

    feed.faults["files/1.pdf"].append(dripping)
    assert "took more than 0.1 seconds" in _reasons(_run(feed, folder, manners=Manners(rate=1e6, longest=0.1)))
    assert _stored(folder) == []


@pytest.mark.parametrize("body", [b"[" * 100_000, b"42", b'{"name": "x"}', b'{"type": "\\ud800"}'])
def test_what_is_no_object_is_told(feed: Any, folder: Path, body: bytes) -> None:
    feed.faults["system"].extend([_body(body)] * 3)
    report = _run(feed, folder)
    assert len(report.problems) == 1


KILLED = """
import sys
from pathlib import Path
from corpus.oparl import Mirror
from corpus.oparl.client import Client, Manners
from corpus.oparl.walking import mirror_feed
with Mirror(Path(sys.argv[2])) as mirror, Client(sys.argv[1], (), Manners(rate=1e6)) as client:
    mirror_feed(sys.argv[1], client, mirror, lambda line: None)
"""


@pytest.mark.parametrize("requests", [1, 4, 6, 9])
def test_a_killed_run_is_gone_on_with(feed: Any, folder: Path, requests: int) -> None:
    feed.etags = False
    for number in (1, 2, 3, 4, 5):
        feed.add_meeting(number)
    process: subprocess.Popen[bytes] | None = None
    own = feed.answer

    def answer(request: Request) -> None:
        if process and len(feed.asked) == requests:
            process.send_signal(signal.SIGKILL)
        own(request)

    feed.answer = answer
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, f"{feed.root}/system", str(folder)],
        env={**os.environ, "PYTHONPATH": str(Path(corpus.__file__).parents[1])},
        stderr=subprocess.DEVNULL,
    )
    process.wait(60)
    assert process.returncode == -signal.SIGKILL
    feed.answer = own
    before = [x for x in feed.asked if x.startswith("files/")]
    assert not _run(feed, folder).problems
    assert _names(folder) == [f"{x}. Sitzung" for x in (1, 2, 3, 4, 5)]
    assert _stored(folder) == [f"%PDF-1.4 {x}".encode() for x in (1, 2, 3, 4, 5)]
    # Only what was under way comes twice.
    files = [x for x in feed.asked if x.startswith("files/")]
    assert len(files) <= 5 + (1 if before else 0)


def test_one_run_at_a_time(feed: Any, folder: Path) -> None:
    with Mirror(folder), pytest.raises(OParlError, match="in use by another run"):
        Mirror(folder)
    Mirror(folder).__exit__(None, None, None)


def test_a_folder_that_holds_something_else_is_refused(folder: Path) -> None:
    folder.mkdir()
    (folder / "mirror.sqlite").write_text("kein SQLite, sondern ein Text von einiger Länge" * 20, encoding="utf-8")
    with pytest.raises(OParlError, match=r"mirror\.sqlite.*remove it to start anew"):
        Mirror(folder)
    with pytest.raises(OParlError, match="cannot be written"):
        Mirror(folder / "mirror.sqlite")


def _save(folder: Path, name: str, value: object) -> Path:
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
    return path


def test_files_are_read_without_the_network(feed: Any, folder: Path, tmp_path: Path) -> None:
    meeting = feed.add_meeting(1, resultsProtocol=feed.file(1, text="Niederschrift\n\nEs wird zugestimmt.\n"))
    saved = tmp_path / "objekte"
    _save(saved, "a.json", meeting)
    _save(
        saved, "b.json", {"data": [{**meeting, "id": "x:2", "name": "andere"}], "links": {"next": "http://x.invalid/"}}
    )
    _save(saved, "c.json", [feed.objects["organizations/1"]])
    _save(saved, "d.json", '{"data": [')
    _save(saved, "e.json", {"type": "https://schema.oparl.org/1.1/Paper", "id": "x:3"})
    with Mirror(folder) as mirror:
        report = mirror_files(saved, mirror)
    assert feed.asked == []
    assert (report.meetings, report.files) == (2, 1)
    assert [Path(x.where).name for x in report.problems] == ["d.json", "e.json"]
    meetings = list(read_meetings(folder / "meetings.jsonl"))
    assert {x.name for x in meetings} == {"1. Sitzung", "andere"}
    path = folder / str(meetings[0].files[0].path)
    assert path.suffix == ".txt" and path.read_text(encoding="utf-8").startswith("Niederschrift")
    with Mirror(folder) as mirror:
        again = mirror_files(saved / "a.json", mirror)
    assert (again.meetings, again.files, again.problems) == (0, 0, [])


def test_the_file_replaces_the_text_that_the_feed_had_for_it(feed: Any, folder: Path, tmp_path: Path) -> None:
    meeting = feed.add_meeting(1, resultsProtocol=feed.file(1, text="Niederschrift"))
    content = feed.files.pop("files/1.pdf")
    _run(feed, folder)
    (file,) = next(read_meetings(folder)).files
    assert str(file.path).endswith(".txt") and "404" in str(file.problem)
    feed.files["files/1.pdf"] = content
    assert _run(feed, folder).files == 1
    (file,) = next(read_meetings(folder)).files
    assert (str(file.path)[-4:], file.problem) == (".pdf", None)
    assert meeting["name"] == "1. Sitzung"


@pytest.mark.parametrize(("name", "reason"), [("fehlt.json", "does not exist"), ("", r"holds no \.json files")])
def test_files_that_are_not_there_are_told(folder: Path, tmp_path: Path, name: str, reason: str) -> None:
    with Mirror(folder) as mirror, pytest.raises(OParlError, match=reason):
        mirror_files(tmp_path / "leer" / name if name else _empty(tmp_path), mirror)


def _empty(folder: Path) -> Path:
    (folder / "leer").mkdir()
    return folder / "leer"


def test_what_is_no_mirror_is_told(tmp_path: Path) -> None:
    with pytest.raises(OParlError, match="mirror the meetings first"):
        list(read_meetings(tmp_path))
    path = _save(tmp_path, "meetings.jsonl", f"{Meeting(id='x').model_dump_json()}\n{{}}\n")
    with pytest.raises(OParlError, match=r"meetings\.jsonl:2: no meeting"):
        list(read_meetings(path))


def test_real_meetings_are_served_and_mirrored(feed: Any, folder: Path) -> None:
    shared = Path(os.environ.get("PROTOKOLLANT_SHARED") or Path(__file__).parents[4] / "shared") / "data" / "oparl"
    if not shared.is_dir():
        pytest.skip(f"no {shared}; set PROTOKOLLANT_SHARED to the folder of data/")
    del feed.objects["organizations/1"]
    texts = [x.read_text(encoding="utf-8") for x in sorted(shared.glob("meeting_*.json"))]
    texts.append((shared / "organizations.json").read_text(encoding="utf-8"))
    for text in texts:
        value = json.loads(text.replace("https://web1.karlsruhe.de/oparl/bodies/0001", feed.root))
        for obj in value if isinstance(value, list) else [value]:
            feed.objects[obj["id"].removeprefix(f"{feed.root}/")] = obj
    faults: list[Callable[[Request], None]] = [_status(500), _body(b'{"data": [{"id"', 99), feed.serve]
    feed.faults["meetings"].extend(faults * 5)
    report = _run(feed, folder, files=False)
    meetings = list(read_meetings(folder))
    assert report.problems == []
    assert len(meetings) == 40
    assert sum(len(x.agenda) for x in meetings) == 390
    assert all(body.name for x in meetings for body in x.bodies)
