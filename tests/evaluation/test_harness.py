from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.collection import read_documents, samples_folder
from corpus.gold import Gold, GoldError
from corpus.record import Minutes
from evaluation import Evaluation, EvaluationError, evaluate, score_documents
from evaluation.agreement import as_minutes
from evaluation.counts import Counts
from evaluation.harness import Document, join
from evaluation.report import tables

TEXT = "Frau Ammer fragt nach dem Radweg."
ASK = {"quote": TEXT, "label": "question", "speakers": ["Ammer"]}


@pytest.fixture
def folder(tmp_path: Path, gold_of: Callable[..., Gold]) -> Path:
    for name in ("see-1", "see-2", "wald"):
        (tmp_path / f"{name}.json").write_text(gold_of(TEXT, ASK).model_dump_json(), encoding="utf-8")
    return tmp_path


def test_documents_are_joined_by_stem(folder: Path, record_of: Callable[..., Minutes]) -> None:
    records = [record_of(TEXT, ASK, source="archiv/2020/see-2.txt"), record_of(TEXT, source="fern.txt")]
    evaluation = evaluate(folder, records)
    assert [document.name for document in evaluation.documents] == ["see-1", "see-2", "wald"]
    assert [document.scores.turn.tp for document in evaluation.documents] == [0, 1, 0]
    assert evaluation.missing == ("see-1", "wald")


def test_a_missing_document_counts_as_empty(folder: Path, record_of: Callable[..., Minutes]) -> None:
    assert evaluate(folder, []).total.turn == Counts(fn=3)


def test_systems_are_compared_on_the_same_documents(folder: Path, record_of: Callable[..., Minutes]) -> None:
    right = evaluate(folder, [record_of(TEXT, ASK, source=f"{name}.txt") for name in ("see-1", "see-2", "wald")])
    nothing = evaluate(folder, [])
    assert right.against(nothing)["turn_f1"].difference.value == right.intervals["turn_f1"].value == 1.0
    with pytest.raises(EvaluationError, match="not scored on the same documents"):
        right.against(Evaluation(nothing.documents[:2]))


def test_a_record_of_another_text_is_warned_of(folder: Path, record_of: Callable[..., Minutes]) -> None:
    other = record_of("Die Sitzung wird um 22 Uhr geschlossen, weil niemand mehr da ist.", source="see-1.txt")
    assert evaluate(folder, [other]).warnings[-1] == "the record is of another text than the gold: see-1"
    misread = record_of(TEXT.replace("Radweg", "Rndweg"), source="see-1.txt")
    assert "another text" not in "".join(evaluate(folder, [misread]).warnings)


def test_small_sets_are_warned_of(folder: Path, record_of: Callable[..., Minutes]) -> None:
    few_documents, few_cases = evaluate(folder, []).warnings
    assert few_documents.startswith("3 documents: with fewer than 20")
    assert few_cases.startswith("fewer than 30 cases in gold")
    assert few_cases.endswith("turn_f1 (3), each_speaker_f1 (3), person_f1 (3)")
    for number in range(40):
        (folder / f"feld-{number}.json").write_bytes((folder / "wald.json").read_bytes())
    assert evaluate(folder, []).warnings == ()


@pytest.mark.slow
def test_a_thousand_documents_take_less_than_twenty_seconds() -> None:
    annotated = list(read_documents(samples_folder()))
    rounds = range(1000 // len(annotated) + 1)
    documents = [Document(f"{x.name}-{n}", x.gold, as_minutes(x.gold)) for n in rounds for x in annotated]
    begin = time.perf_counter()
    report = tables(score_documents(documents[:1000]), ["style", "label"])
    assert time.perf_counter() - begin < 20
    assert report[0].title.startswith("Scores: 1000 documents")


def test_two_records_of_one_document_are_refused(folder: Path, record_of: Callable[..., Minutes]) -> None:
    records = [record_of(TEXT, source=source) for source in ("alt/see-1.txt", "neu/see-1.txt")]
    with pytest.raises(EvaluationError, match=r"see-1, from alt/see-1\.txt and neu/see-1\.txt"):
        join(folder, records)


def test_a_folder_without_gold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="no gold files"):
        evaluate(tmp_path / "leer", [])


def test_gold_that_does_not_hold_is_refused(folder: Path) -> None:
    (folder / "see-1.json").write_text('{"turns": []}', encoding="utf-8")
    with pytest.raises(GoldError, match=r"see-1\.json: has no text of its own"):
        evaluate(folder, [])


def test_only_documents_of_a_split_are_scored(folder: Path, record_of: Callable[..., Minutes]) -> None:
    path = folder / "see-1.json"
    data = json.loads(path.read_text(encoding="utf-8")) | {"origin": {"style": "see", "split": "dev"}}
    path.write_text(json.dumps(data), encoding="utf-8")
    evaluation = evaluate(folder, [record_of(TEXT, ASK, source="see-1.txt")], ["dev"])
    assert [(x.name, x.document.style) for x in evaluation.documents] == [("see-1", "see")]
    with pytest.raises(EvaluationError, match="no document of the split test"):
        evaluate(folder, [], ["test"])
