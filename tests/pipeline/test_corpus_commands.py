"""`protokollant annotate` and `protokollant corpus …` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import corpus.collection
from corpus.collection import read_documents
from corpus.gold import Gold, gold_json
from pipeline.cli import app

QUESTION = "Frau Lux (SPD) fragt, ob das Bad öffne."
ANSWER = "Herr Roth antwortet, es öffne im Mai."
TEXT = f"TOP 1: Bad\n\n{QUESTION}\n\n{ANSWER}\n"


def _run(*arguments: str | Path | int) -> Result:
    return CliRunner().invoke(app, [str(x) for x in arguments], env={"COLUMNS": "160"})


def _gold(style: str = "rat", split: str = "train", text: str = TEXT) -> Gold:
    start = text.index(ANSWER)
    data = {
        "text": text,
        "origin": {"style": style, "split": split},
        "turns": [
            {"start": text.index(QUESTION), "end": start - 2, "label": "question", "speakers": ["Lux"]},
            {"start": start, "end": start + len(ANSWER), "label": "answer", "speakers": ["Roth"], "replies_to": [0]},
        ],
    }
    return Gold.model_validate(data)


def _write(folder: Path, name: str, gold: Gold, **change: object) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.txt").write_text(gold.text, encoding="utf-8")
    (folder / f"{name}.json").write_text(json.dumps(json.loads(gold_json(gold)) | change), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    _write(tmp_path / "gold", "a", _gold())
    _write(tmp_path / "gold", "b", _gold())
    return tmp_path / "gold"


def test_validate_counts_or_lists_faults(folder: Path) -> None:
    result = _run("corpus", "validate", folder)
    assert result.exit_code == 0
    assert result.stdout == "2 documents, 4 turns: 2 question, 2 answer, 0 addition, 0 decision, 0 other\n"
    _write(folder, "b", _gold(), sentences=[[0, 5]])
    result = _run("corpus", "validate", folder)
    assert result.exit_code == 1
    assert f"{folder / 'b.json'}: sentences, 12: turn 0 does not begin and end with a sentence" in result.stdout
    result = _run("corpus", "validate", folder / "fehlt")
    assert result.exit_code == 2
    assert "is no folder" in result.stderr


def test_validate_finds_our_samples_sound() -> None:
    assert _run("corpus", "validate").exit_code == 0


def test_stats_count_by_split_style_and_shape(folder: Path) -> None:
    result = _run("corpus", "stats", folder)
    assert result.exit_code == 0
    assert [line.split() for line in result.stdout.splitlines() if line.startswith(("train", "rat"))] == [
        ["train", "1", "2", "36", "4", "2", "2", "0", "0", "0", "2"],
        ["rat", "train", "2", "4", "100.0%", "50%", "50%", "0%", "0%", "0%"],
    ]
    counts = json.loads(_run("corpus", "stats", folder, "--json").stdout)
    assert counts["shapes"]["C1"] == {"times": 2, "documents": 2}
    assert counts["splits"]["train"]["labels"]["answer"] == 2


def test_stats_fail_where_a_shape_is_rare(folder: Path) -> None:
    result = _run("corpus", "stats", folder, "--least", 3, "--markdown")
    assert result.exit_code == 1
    assert "short of 3: C1 (fragt) occurs 2 times" in result.stderr
    assert "## Shapes of the catalogue" in result.stdout


def test_split_writes_only_when_asked(tmp_path: Path) -> None:
    for i in range(5):
        _write(tmp_path, f"s{i}-1", _gold(f"s{i}"))
    result = _run("corpus", "split", tmp_path, "--dev", 0.2, "--test", 0.4, "--markdown")
    assert result.exit_code == 0
    assert {document.split for document in read_documents(tmp_path)} == {"train"}
    assert _run("corpus", "split", tmp_path, "--dev", 0.2, "--test", 0.4, "--write").exit_code == 0
    assert sorted(str(document.split) for document in read_documents(tmp_path)) == [
        "dev",
        "test",
        "test",
        "train",
        "train",
    ]
    result = _run("corpus", "split", tmp_path, "--dev", 0.7, "--test", 0.7)
    assert result.exit_code == 2
    assert "more than everything" in result.stderr


def test_agree_prints_figures_with_intervals(tmp_path: Path, folder: Path) -> None:
    _write(tmp_path / "second", "a", _gold())
    result = _run("corpus", "agree", folder, tmp_path / "second", "--rounds", 100)
    assert result.exit_code == 0
    (line,) = [line for line in result.stdout.splitlines() if line.startswith("alpha_without_empty")]
    assert line.split()[1:] == ["1.000", "–", "–"]  # one document gives no interval
    assert "Not in every folder" in result.stdout
    report = json.loads(_run("corpus", "agree", folder, tmp_path / "second", "--rounds", 100, "--json").stdout)
    assert report["unpaired"] == ["b"]
    assert report["figures"]["link_f1"]["value"] == 1.0
    three = json.loads(_run("corpus", "agree", *[folder] * 3, "--rounds", 100, "--json").stdout)
    assert (three["annotators"], three["unpaired"], len(three["pairs"])) == (3, [], 3)
    alone = _run("corpus", "agree", folder)
    assert alone.exit_code == 2
    assert "name two folders or more" in alone.stderr


def test_convert_there_and_back(tmp_path: Path, folder: Path) -> None:
    tasks = tmp_path / "tasks.json"
    assert _run("corpus", "convert", folder, "--to", "label-studio", "-o", tasks).exit_code == 0
    result = _run("corpus", "convert", tasks, "--from", "label-studio", "--to", "gold", "-o", tmp_path / "back")
    assert result.exit_code == 0
    assert "2 documents written" in result.stderr
    assert list(read_documents(tmp_path / "back")) == list(read_documents(folder))
    assert _run("corpus", "convert", tmp_path / "x", "--from", "doccano", "--to", "gold", "-o", tmp_path).exit_code == 2
    result = _run("corpus", "convert", folder, "--to", "doccano", "-o", folder / "a.txt" / "b")
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_generate_writes_sound_documents(tmp_path: Path) -> None:
    result = _run("corpus", "generate", "-o", tmp_path / "g", "--turns", 120, "--seed", 5)
    assert result.exit_code == 0, result.stderr
    assert _run("corpus", "validate", tmp_path / "g").exit_code == 0
    again = tmp_path / "h"
    assert _run("corpus", "generate", "-o", again, "--turns", 120, "--seed", 5).exit_code == 0
    assert list(read_documents(again)) == list(read_documents(tmp_path / "g"))
    filled = _run("corpus", "generate", "-o", tmp_path / "g", "--turns", 60, "--seed", 6)
    assert filled.exit_code == 2
    assert "holds other documents" in filled.stderr


def test_probe_trains_on_train_and_tries_on_dev(tmp_path: Path) -> None:
    for i, document in enumerate(read_documents(corpus.collection.samples_folder(), ("train",))):
        if i % 12 == 0:
            _write(tmp_path, document.name, document.gold)
        elif i % 12 == 1 and document.gold.origin:
            held_out = document.gold.origin.model_copy(update={"split": "dev", "style": f"x{i}"})
            _write(tmp_path, document.name, document.gold.model_copy(update={"origin": held_out}))
    result = _run("corpus", "probe", tmp_path, "--generated", 0, "--generated", 50)
    assert result.exit_code == 0, result.stderr
    rows = [line.split() for line in result.stdout.splitlines() if line[:1].isdigit()]
    assert [row[0] for row in rows] == ["0", "50"]
    assert all(0.3 < float(row[2]) <= 1 for row in rows)
    assert _run("corpus", "probe", tmp_path, "--on", "test").exit_code == 2


def test_annotate_writes_what_a_person_corrects(tmp_path: Path) -> None:
    (tmp_path / "rat.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "leer.txt").write_text(" ", encoding="utf-8")
    tasks = tmp_path / "tasks.json"
    result = _run("annotate", tmp_path / "rat.txt", tmp_path / "leer.txt", "--for", "label-studio", "-o", tasks)
    assert result.exit_code == 1
    assert "leer.txt is empty" in result.stderr
    assert "<Labels" in (tmp_path / "tasks.xml").read_text(encoding="utf-8")
    back = _run("corpus", "convert", tasks, "--from", "label-studio", "--to", "gold", "-o", tmp_path / "gold")
    assert back.exit_code == 0, back.stderr
    (document,) = read_documents(tmp_path / "gold")
    assert [(turn.label, turn.speakers, turn.replies_to) for turn in document.gold.turns] == [
        ("question", ("Lux",), ()),
        ("answer", ("Roth",), (0,)),
    ]
    assert document.gold.agenda[0].title == "Bad"
    assert document.gold.sentences


def test_annotate_for_inception_comes_back(tmp_path: Path) -> None:
    (tmp_path / "rat.txt").write_text(TEXT, encoding="utf-8")
    assert _run("annotate", tmp_path, "--for", "inception", "-o", tmp_path / "xmi").exit_code == 0
    back = _run("corpus", "convert", tmp_path / "xmi", "--from", "inception", "--to", "gold", "-o", tmp_path / "gold")
    assert back.exit_code == 0, back.stderr
    (document,) = read_documents(tmp_path / "gold")
    assert [turn.label for turn in document.gold.turns] == ["question", "answer"]
    assert _run("annotate", tmp_path / "fehlt", "--for", "inception", "-o", tmp_path / "y").exit_code == 2
