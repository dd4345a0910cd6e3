from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.record import Minutes
from evaluation import EvaluationError, read_records, run


def test_records_are_read_back(tmp_path: Path, record_of: Callable[..., Minutes]) -> None:
    records = [record_of("Die Sitzung beginnt.", source=f"see-{x}.txt") for x in (1, 2)]
    path = tmp_path / "records.jsonl"
    path.write_text("".join(record.to_json() + "\n" for record in records) + "\n", encoding="utf-8")
    assert list(read_records(path)) == records


@pytest.mark.parametrize(
    ("line", "fault"),
    [("{", "Invalid JSON"), ('{"source": 1}', "source"), ("[]", "")],
)
def test_a_line_that_is_no_record_is_named(
    tmp_path: Path, record_of: Callable[..., Minutes], line: str, fault: str
) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text(f"{record_of('Die Sitzung beginnt.').to_json()}\n{line}\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match=rf"records\.jsonl:2: no record: .*{fault}"):
        list(read_records(path))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="fehlt"):
        list(read_records(tmp_path / "fehlt.jsonl"))


def test_a_failure_does_not_stop_a_run(record_of: Callable[..., Minutes]) -> None:
    def extract(path: Path) -> Minutes:
        if path.stem == "see-2":
            raise ValueError("kein Text\nzweite Zeile")
        return record_of("Die Sitzung beginnt.", source=str(path))

    finished = run([Path(f"see-{x}.txt") for x in (1, 2, 3)], extract)
    assert [record.source for record in finished.records] == ["see-1.txt", "see-3.txt"]
    assert [(x.source.name, x.reason) for x in finished.failures] == [("see-2.txt", "ValueError: kein Text")]
