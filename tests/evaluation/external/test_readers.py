from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from evaluation import EvaluationError
from evaluation.external.documents import PARAGRAPH, Event
from evaluation.external.readers import read_events, read_names
from evaluation.external.tasks import DEVELOPMENT, EXTERNAL, Task

PARTS = ("cue", "source", "addressee", "message", "topic", "frame", "evidence", "means", "ptc")
SENTENCES = [["Frau", "Lux", "fragt", "nach", "."], ["Das", "sei", "gut", "."]]
GERMEVAL = """\
#\thttp://example.org/see\t[2026-01-02]
1\tEva\tB-PER\tO
2\tLux\tI-PER\tO
3\tLux-Papier\tB-PERpart\tO
4\tSeeburger\tB-LOCderiv\tO

1\tDie\tO\tO
2\tLux-Stiftung\tB-ORG\tB-PER
3\tOtt\tB-PER\tO
4\tAhl\tB-PER\tO
"""


def _line(*events: dict[str, object], **fields: object) -> str:
    empty = {name: [] for name in PARTS} | {"type": None, "nested": None}
    return json.dumps({"doc": "see", "sents": SENTENCES, "events": [empty | event for event in events], **fields})


@pytest.fixture
def zipped(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "see.jsonl.gz"
        path.write_bytes(gzip.compress(text.encode()))
        return path

    return write


def test_events_have_their_parts(zipped: Callable[[str], Path]) -> None:
    event = {"cue": [[0, 2]], "source": [[0, 0], [0, 1]], "message": [[1, 1]], "means": [[1, 0]], "ptc": [[0, 3]]}
    (document,) = read_events(zipped(_line(event | {"type": "indirect", "nested": True}) + "\n"))
    assert (document.name, document.sentences) == ("see", tuple(map(tuple, SENTENCES)))
    assert document.events == (
        Event(
            cue=frozenset({(0, 2)}),
            source=frozenset({(0, 0), (0, 1)}),
            message=frozenset({(1, 1)}),
            medium=frozenset({(1, 0)}),
            particle=frozenset({(0, 3)}),
            type="indirect",
            nested=True,
        ),
    )


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", r"see.jsonl.gz:2: no document of a benchmark \(JSONDecodeError"),
        ("[]", "see.jsonl.gz:2: no document of a benchmark"),
        (_line(sents=None), "see.jsonl.gz:2: no document of a benchmark"),
        (json.dumps({"doc": "see", "sents": [], "events": [{"cue": []}]}), r":2: .*KeyError: 'message'"),
        (_line({"topic": [[1, 4]]}), r":2: .*IndexError"),
        (_line({"cue": [[1]]}), r":2: .*ValueError"),
    ],
)
def test_a_line_that_is_no_document_is_named(zipped: Callable[[str], Path], line: str, message: str) -> None:
    with pytest.raises(EvaluationError, match=message):
        read_events(zipped(f"{_line()}\n{line}\n"))


def test_names_are_the_persons_of_the_outer_column(tmp_path: Path) -> None:
    path = tmp_path / "names.tsv"
    path.write_text(GERMEVAL, encoding="utf-8")
    (document,) = read_names(path)
    assert document.sentences == (("Eva", "Lux", "Lux-Papier", "Seeburger"), ("Die", "Lux-Stiftung", "Ott", "Ahl"))
    assert document.names == {frozenset({(0, 0), (0, 1)}), frozenset({(1, 2)}), frozenset({(1, 3)})}
    assert document.between == PARAGRAPH


def test_twenty_sentences_make_a_document(tmp_path: Path) -> None:
    path = tmp_path / "names.tsv"
    path.write_text("\n\n".join(["1\tLux\tB-PER\tO"] * 41), encoding="utf-8")
    documents = read_names(path)
    assert [(x.name, len(x.sentences), len(x.names)) for x in documents] == [
        ("names-1", 20, 20),
        ("names-2", 20, 20),
        ("names-3", 1, 1),
    ]


def test_a_line_with_too_few_columns_is_named(tmp_path: Path) -> None:
    path = tmp_path / "names.tsv"
    path.write_text("1\tLux\tB-PER\tO\n2\tgeht\tO\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match=r"names.tsv:2: 3 columns instead of"):
        read_names(path)


@pytest.mark.parametrize(
    ("read", "name", "nothing"), [(read_events, "see.jsonl.gz", gzip.compress(b"\n")), (read_names, "see.tsv", b"\n")]
)
def test_what_cannot_be_read_says_so(read: Callable[[Path], object], name: str, nothing: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    with pytest.raises(EvaluationError, match=f"{name} does not exist"):
        read(path)
    path.write_bytes(nothing)
    with pytest.raises(EvaluationError, match=f"{name} holds no document"):
        read(path)
    for damaged in (b"\xff\xfe no text", nothing[:-9] + b"\xff"):
        path.write_bytes(damaged)
        with pytest.raises(EvaluationError, match=f"{name}: "):
            read(path)


@pytest.mark.parametrize("task", dict.fromkeys((*EXTERNAL, *DEVELOPMENT)), ids=lambda x: f"{x.name} {x.set}")
def test_the_published_files_are_read(task: Task) -> None:
    shared = Path(os.environ.get("PROTOKOLLANT_SHARED") or Path(__file__).parents[4] / "shared") / "data"
    if not (shared / task.file).exists():
        pytest.skip(f"no {task.file} under {shared}; set PROTOKOLLANT_SHARED to the folder of data/")
    documents = task.documents(shared)
    assert len({document.name for document in documents}) == len(documents) >= 18
    assert any(document.names or document.events for document in documents)
