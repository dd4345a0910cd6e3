from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest

from corpus.reading import Source
from corpus.record import Generator, Minutes
from evaluation.external import DEVELOPMENT, EXTERNAL, Event, ExternalDocument, Found, Task
from evaluation.external.reporting import MEASURED, external_json, external_tables, published
from evaluation.external.running import ExternalBoard, benchmark_external, score_external
from evaluation.tables import UNDEFINED

NEWS = EXTERNAL[0]
SENTENCES = (("Frau", "Lux", "sagt", ",", "es", "regne", "."), ("Es", "sei", "nass", "."))


class Quoting:
    """Takes what stands behind the first comma for content, and "Frau Lux" for the speaker."""

    name = "quoting"

    def extract(self, source: Source) -> Minutes:
        if "Absturz" in source.text:
            raise RuntimeError("out of ink\nand of paper")
        return Minutes.model_validate(
            {
                "source": source.name,
                "sha256": source.sha256,
                "generator": Generator(package="protokollant 0", config="0"),
                "text": source.text,
                "turns": [
                    {
                        "id": "t1",
                        "start": 0,
                        "end": len(source.text),
                        "label": "addition",
                        "cue": (9, 13),
                        "speaker_mentions": [(0, 8)],
                        "content": [(15, len(source.text))],
                    }
                ],
            }
        )


class Rewriting(Quoting):
    def extract(self, source: Source) -> Minutes:
        text = source.text.upper() + "!"
        return super().extract(Source(source.name, text, hashlib.sha256(text.encode()).hexdigest(), "utf-8"))


GOLD = ExternalDocument(
    "see",
    SENTENCES,
    (
        Event(
            cue=frozenset({(0, 2)}),
            source=frozenset({(0, 0), (0, 1)}),
            message=frozenset({(0, 4), (0, 5), (0, 6)}),
            type="indirect",
        ),
        Event(source=frozenset({(0, 0), (0, 1)}), message=frozenset((1, n) for n in range(4))),
    ),
)
BROKEN = ExternalDocument("broken", (("Absturz", "."),), (Event(message=frozenset({(0, 0)})),))


def test_a_right_record_has_everything() -> None:
    found = score_external(NEWS, Quoting(), [GOLD])
    assert (found.task, found.set, found.system, found.failures) == ("news2024", "test", "quoting", ())
    assert list(found.estimates) == list(NEWS.metrics)
    assert {name: x.value for name, x in found.estimates.items()} == dict.fromkeys(NEWS.metrics, pytest.approx(1.0))


def test_a_document_that_fails_counts_as_empty() -> None:
    found = score_external(NEWS, Quoting(), [GOLD, BROKEN])
    assert [(x.source.name, x.reason) for x in found.failures] == [("broken", "RuntimeError: out of ink")]
    # Messages: precision 2/2, recall 2/3. F1 = 2 · 2/3 / (5/3) = 4/5
    assert found.estimates["message_f1"].value == pytest.approx(4 / 5)


def test_the_record_of_another_text_is_a_failure() -> None:
    found = score_external(NEWS, Rewriting(), [GOLD])
    assert [x.reason for x in found.failures] == ["ValueError: the record is of another text"]


@pytest.mark.parametrize("task", EXTERNAL + DEVELOPMENT, ids=lambda x: f"{x.name} {x.set}")
def test_every_task_has_its_metrics_for_every_document(task: Task) -> None:
    assert task.metrics
    for found in (Found(), Found(GOLD.events, frozenset({frozenset({(0, 1)})}))):
        assert tuple(task.score(GOLD, found)) == task.metrics


def test_published_scores_are_of_our_tasks() -> None:
    metrics = {f"{task.name} {task.set}": task.metrics for task in EXTERNAL}
    for x in published():
        assert 0 < x.score < 1 and x.source and x.system
        # Of the test set of SpkAtt-2023 the cues alone are public.
        known = metrics[f"{x.task} {x.set}"] + (("roles_f1", "joint_f1") if x.task == "spkatt2023" else ())
        assert x.metric in known


def test_missing_sets_are_skipped_with_a_reason(tmp_path: Path) -> None:
    told: list[str] = []
    (tmp_path / "benchmarks").mkdir()
    parts = ("cue", "source", "addressee", "message", "topic", "frame", "evidence", "means", "ptc")
    empty = {name: [] for name in parts} | {"nested": False}
    event = {"cue": [[0, 2]], "source": [[0, 0], [0, 1]], "message": [[0, 4], [0, 5], [0, 6]], "type": "indirect"}
    line = json.dumps({"doc": "see", "sents": SENTENCES, "events": [empty | event]})
    (tmp_path / NEWS.file).write_bytes(gzip.compress(line.encode()))
    board = benchmark_external([Quoting()], tmp_path, tell=told.append)
    assert told == ["quoting on news2024 test"]
    assert [(x.task, x.set) for x in board.skipped] == [(x.name, x.set) for x in EXTERNAL[1:]]
    assert board.skipped[0].reason.startswith("skipped: ")
    scores, runs, skipped = external_tables(board)
    first, second = scores.rows[:2]
    # Messages: 1 of 2 predicted, the one of gold. F1 = 2/3
    assert first == ("news2024 test", "message_f1", "quoting", MEASURED, "0.667", UNDEFINED)
    assert second[2:5] == ("QUiTE (rules)", "GermEval 2023 proceedings, table 10", "0.479")
    assert runs.rows[0][:4] == ("news2024 test", "quoting", "1", "0")
    assert len(skipped.rows) == len(EXTERNAL) - 1
    written = json.loads(json.dumps(external_json(board)))
    assert written["scores"][0]["metrics"]["message_f1"]["value"] == pytest.approx(2 / 3)
    assert len(written["published"]) == len(published())


def test_failures_are_listed() -> None:
    tables = external_tables(ExternalBoard((score_external(NEWS, Quoting(), [BROKEN]),)))
    assert tables[-1].title == "Failed, counted as empty"
    assert tables[-1].rows == (("news2024 test", "quoting", "broken", "RuntimeError: out of ink"),)
