"""`protokollant benchmark` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from corpus.gold import Gold
from corpus.record import Generator, Minutes
from pipeline.cli import app

TEXT = "Frau Ammer fragt nach dem Radweg.\nHerr Berg antwortet, er komme im Mai.\n"


GERMEVAL = """\
#\terfunden [2024-05-14]
1\tFrau\tO\tO
2\tLux\tB-PER\tO
3\tschweigt\tO\tO
4\t.\tO\tO
"""


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["benchmark", *map(str, arguments)])


@pytest.fixture
def lake(tmp_path: Path) -> str:
    """Two documents with a question and an answer, as the command line takes them."""
    folder = tmp_path / "lake"
    folder.mkdir()
    turns = [
        {"start": 0, "end": 33, "label": "question", "speakers": ["Ammer"]},
        {"start": 34, "end": 71, "label": "answer", "speakers": ["Berg"], "replies_to": [0]},
    ]
    gold = Gold.model_validate({"text": TEXT, "turns": turns})
    for name in ("see-1", "see-2"):
        (folder / f"{name}.json").write_text(gold.model_dump_json(), encoding="utf-8")
    return f"lake={folder}"


@pytest.fixture
def records(tmp_path: Path) -> str:
    """The records of a system that found nothing, of one of the documents."""
    path = tmp_path / "records.jsonl"
    nothing = Minutes(source="see-1.pdf", sha256="", generator=Generator(package="0", config="0"), text=TEXT)
    path.write_text(nothing.to_json(), encoding="utf-8")
    return f"nothing={path}"


def test_systems_run_on_sets(lake: str) -> None:
    result = _run("--set", lake, "--on", "lake", "--only", "cues", "--only", "rules", "--against", "cues")
    assert result.exit_code == 0
    lines = result.stderr.splitlines()
    assert lines[:2] == ["cues on lake", "rules on lake"]
    assert lines[2].startswith("note: lake: 2 documents: with fewer than 20")
    rows = [line.split()[:-1] for line in result.stdout.splitlines()]
    assert ["lake", "rules", *["1.000"] * 6] in rows
    assert "Against cues" in result.stdout


def test_a_document_without_a_record_counts_as_empty(lake: str, records: str) -> None:
    result = _run("--set", lake, "--on", "lake", "--only", "majority", "--system", records, "--json")
    assert result.exit_code == 0
    value = json.loads(result.stdout)
    by_system = {x["system"]: x for x in value["entries"]}
    assert (by_system["nothing"]["missing"], by_system["nothing"]["failures"]) == (["see-2"], [])
    assert by_system["majority"]["metrics"]["span_f1"]["value"] == 1.0
    assert value["comparisons"] == []  # the reference, what ships, did not run


def test_a_page_can_be_written(lake: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert _run("--set", lake, "--on", "lake", "--only", "cues", "--html", page).exit_code == 0
    text = page.read_text(encoding="utf-8")
    assert "<svg" in text and "Leaderboard" in text


def test_a_system_that_cannot_be_loaded_is_told(lake: str, tmp_path: Path) -> None:
    missing = f"onnx:{tmp_path / 'fehlt'}"
    result = _run("--set", lake, "--on", "lake", "--only", missing, "--only", "cues", "--markdown")
    assert result.exit_code == 0
    assert "## Skipped" in result.stdout and "holds no weights" in result.stdout
    alone = _run("--set", lake, "--on", "lake", "--only", missing)
    assert (alone.exit_code, alone.stdout) == (2, "")
    assert "holds no weights" in alone.stderr


def test_benchmarks_of_others_that_are_missing_are_told(lake: str, tmp_path: Path) -> None:
    result = _run("--set", lake, "--on", "lake", "--only", "cues", "--external", tmp_path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "news2024.test.jsonl.gz" in result.stderr
    (tmp_path / "ner" / "germeval2014").mkdir(parents=True)
    (tmp_path / "ner" / "germeval2014" / "NER-de-test.tsv").write_text(GERMEVAL, encoding="utf-8")
    one = _run("--set", lake, "--on", "lake", "--only", "cues", "--external", tmp_path)
    assert one.exit_code == 0
    assert "Sets left out" in one.stdout
    as_json = _run("--set", lake, "--on", "lake", "--only", "cues", "--external", tmp_path, "--json")
    assert [x["task"] for x in json.loads(as_json.stdout)["external"]["scores"]] == ["germeval2014"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--json", "--markdown"), "either --markdown or --json"),
        (("--only", "regex"), "no system regex: there are majority, cues, spacy, rules, network, combination"),
        (("--on", "train"), "no set train: there are dev, test"),
        (("--set", "dev=gold"), "dev is there already, give another name"),
        (("--set", "gold"), "gold: write NAME=FOLDER"),
        (("--set", "lake=fehlt", "--on", "lake"), "fehlt: no gold files here"),
        (("--system", "rules=a.jsonl"), "rules is there already, give another name"),
        (("--system", "mine=fehlt.jsonl"), "fehlt.jsonl does not exist"),
        (("--only", "cues", "--against", "rules"), "--against rules: this system does not run"),
        (("--html", "fehlt/page.html"), "there is no folder fehlt"),
    ],
)
def test_what_cannot_be_done_is_said(arguments: tuple[str, ...], message: str) -> None:
    result = _run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
