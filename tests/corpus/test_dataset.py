from __future__ import annotations

from pathlib import Path

import pytest

from corpus.collection import Document, read_documents, samples_folder
from corpus.dataset import VIEWS, dataset, load_dataset
from corpus.formats import write
from corpus.gold import SPLITS
from corpus.record import LABELS
from tests.corpus.golds import full_gold


def test_the_views_of_our_corpus_agree() -> None:
    documents = list(read_documents(samples_folder()))
    turns, whole, sentences = (load_dataset(view) for view in VIEWS)
    assert len(turns) == sum(len(document.gold.turns) for document in documents)
    assert len(whole) == len(documents)
    assert {row["document"] for row in sentences} == {document.name for document in documents}
    of_turns = {(row["document"], row["turn"]) for row in sentences if row["turn"] >= 0}
    assert of_turns == {(row["document"], row["turn"]) for row in turns}


def test_splits_divide_the_corpus() -> None:
    assert sum(len(load_dataset("turns", split)) for split in SPLITS) == len(load_dataset("turns"))


def test_a_row_says_what_the_turn_says(tmp_path: Path) -> None:
    write([Document("a", full_gold())], tmp_path, "gold")
    question, answer, decision = load_dataset("turns", "dev", folder=tmp_path)
    label = load_dataset("turns", folder=tmp_path).features["label"]
    assert label.names == list(LABELS)
    assert label.int2str(question["label"]) == "question"
    assert question["text"] == "Herr Roth fragt Frau Lux nach dem Bad."
    assert question["heading"] == "TOP 1: Bad 😀"
    assert answer["replies_to"] == [0]
    assert (decision["yes"], decision["no"], decision["abstain"], decision["unanimous"]) == (8, 1, None, True)
    assert question["outcome"] is None


def test_sentences_outside_of_turns_have_no_label() -> None:
    gold = full_gold().model_copy(update={"sentences": ((0, 10), *full_gold().sentences)})
    rows = dataset("sentences", [Document("a", gold)])
    assert [row["turn"] for row in rows] == [-1, 0, 1, 2]
    assert rows[0]["label"] == -1


def test_documents_hold_meeting_attendance_and_agenda() -> None:
    (row,) = dataset("documents", [Document("a", full_gold())])
    assert (row["body"], row["date"], row["chair"], row["public"]) == ("Rat", "2024-05-02", "Lux", False)
    assert [x["person"] for x in row["attendance"]] == ["Lux", "Roth"]
    assert row["agenda"][0]["title"] == "Bad 😀"


@pytest.mark.parametrize(("view", "split"), [("words", None), ("turns", "validation")])
def test_unknown_views_and_splits_are_refused(view: str, split: str | None) -> None:
    with pytest.raises(ValueError, match="no such"):
        load_dataset(view, split)  # type: ignore[arg-type]
