from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.reading import Source
from corpus.record import Minutes
from evaluation import EvaluationError
from evaluation.systems import LabelsGivenTurns
from evaluation.systems.recorded import Recorded

TEXT = "Frau Lux fragt."


def test_records_are_joined_by_stem(
    tmp_path: Path, record_of: Callable[..., Minutes], source_of: Callable[[str], Source]
) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text(record_of(TEXT, source="archiv/see-1.pdf").to_json() + "\n", encoding="utf-8")
    system = Recorded.read("other", path)
    assert system.extract(source_of(TEXT)).source == "archiv/see-1.pdf"
    assert (system.has("see-1"), system.has("see-2")) == (True, False)
    assert not isinstance(system, LabelsGivenTurns)


def test_a_document_without_a_record_fails(source_of: Callable[[str], Source]) -> None:
    with pytest.raises(EvaluationError, match="no record"):
        Recorded("other", []).extract(source_of(TEXT))


def test_two_records_of_one_document_are_refused(record_of: Callable[..., Minutes]) -> None:
    with pytest.raises(EvaluationError, match="two records of see-1; keep one"):
        Recorded("other", [record_of(TEXT, source="see-1.txt"), record_of(TEXT, source="alt/see-1.txt")])
