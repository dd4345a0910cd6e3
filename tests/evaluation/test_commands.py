"""`protokollant evaluate`, `bench` and `outcomes` from the command line."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from corpus.collection import samples_folder
from corpus.gold import Gold
from corpus.reading import find_documents
from corpus.record import Minutes
from evaluation.scores import METRICS
from pipeline.cli.bench import bench_command, samples
from pipeline.cli.evaluate import evaluate_command, outcomes_command

TEXT = "Frau Ammer [SPD] fragt nach dem Radweg.\nHerr Berg antwortet, er komme im Mai.\n"
ASK = {"quote": "Frau Ammer [SPD] fragt nach dem Radweg.", "label": "question", "speakers": ["Ammer"]}
REPLY = {
    "quote": "Herr Berg antwortet, er komme im Mai.",
    "label": "answer",
    "speakers": ["Berg"],
    "replies_to": [0],
}

app = typer.Typer()
app.command("evaluate")(evaluate_command)
app.command("bench")(bench_command)
app.command("outcomes")(outcomes_command)


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(x) for x in arguments])


@pytest.fixture
def gold(tmp_path: Path, gold_of: Callable[..., Gold]) -> Path:
    folder = tmp_path / "gold"
    folder.mkdir()
    for name in ("see-1", "tal-1"):
        (folder / f"{name}.json").write_text(gold_of(TEXT, ASK, REPLY).model_dump_json(), encoding="utf-8")
        (folder / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    return folder


@pytest.fixture
def records(tmp_path: Path, record_of: Callable[..., Minutes]) -> Path:
    path = tmp_path / "records.jsonl"
    lines = [
        record_of(TEXT, ASK, REPLY, source="see-1.txt").to_json(),
        record_of(TEXT, {**ASK, "label": "addition"}, source="tal-1.txt").to_json(),
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_evaluate_prints_tables(gold: Path, records: Path) -> None:
    result = _run("evaluate", records, gold)
    assert result.exit_code == 0
    rows = [line.split() for line in result.output.splitlines()]
    assert ["turn_f1", "0.571", "0.000–1.000", "0.667", "0.500", "2", "3", "4"] in rows
    assert "By style" in result.output


def test_evaluate_lists_errors(gold: Path, records: Path) -> None:
    result = _run("evaluate", records, gold, "--errors", "--by", "document")
    assert "Wrong turns of tal-1" in result.output
    assert "Wrong turns of see-1" not in result.output
    assert "Frau Ammer [SPD] fragt nach dem Radweg." in result.output
    assert "By document" in result.output


def test_evaluate_writes_json(gold: Path, records: Path) -> None:
    report = json.loads(_run("evaluate", records, gold, "--json", "--errors").stdout)
    assert list(report["metrics"]) == list(METRICS)
    assert report["metrics"]["turn_f1"] == pytest.approx(4 / 7)
    assert [x["fault"] for x in report["differences"]["tal-1"]] == ["label", "missed"]


def test_evaluate_writes_markdown(gold: Path, records: Path) -> None:
    output = _run("evaluate", records, gold, "--markdown", "--errors").output
    assert output.startswith("## Scores: 2 documents, 4 turns\n\n| Metric | Score | 95 % |")
    assert r"Frau Ammer \[SPD\] fragt" in output


def test_a_minimum_decides_the_exit_code(gold: Path, records: Path) -> None:
    assert _run("evaluate", records, gold, "--min", "turn_f1=0.571", "--min", "span_f1=0.8").exit_code == 0
    short = _run("evaluate", records, gold, "--min", "turn_f1=0.572", "--min", "span_f1=0.8")
    assert short.exit_code == 1
    assert short.stderr.splitlines()[-1] == "short of turn_f1=0.572: it is 0.571"
    assert short.stderr.startswith("note: 2 documents: with fewer than 20")


def test_an_undefined_metric_is_short_of_every_minimum(gold: Path, records: Path) -> None:
    result = _run("evaluate", records, gold, "--min", "votes_acc=0")
    assert result.exit_code == 1
    assert "votes_acc=0: it is undefined" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "give PRED and GOLD, records and the folder of gold; or --run and GOLD alone"),
        (("PRED", "--run"), "give PRED and GOLD"),
        (("PRED", "--base", "de_core_news_md"), "--abstain and --given-turns go with --run"),
        (("PRED", "--given-turns"), "--abstain and --given-turns go with --run"),
        (("PRED", "--against", "fehlt.jsonl"), "fehlt.jsonl does not exist"),
        (("PRED", "--json", "--markdown"), "either --markdown or --json"),
        (("PRED", "--min", "turns=0.5"), "no such metric; there are span_f1, "),
        (("PRED", "--min", "turn_f1"), "write METRIC=VALUE"),
        (("PRED", "--min", "turn_f1=50"), "between 0 and 1"),
        (("PRED", "--min", "turn_f1=nan"), "between 0 and 1"),
        (("fehlt.jsonl",), "fehlt.jsonl"),
    ],
)
def test_what_cannot_be_done_is_said(gold: Path, records: Path, arguments: tuple[str, ...], message: str) -> None:
    result = _run("evaluate", *(records if x == "PRED" else x for x in arguments), gold)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


def test_a_folder_without_gold_is_an_error(tmp_path: Path, records: Path) -> None:
    result = _run("evaluate", records, tmp_path / "leer")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


def test_evaluate_compares_two_systems(gold: Path, records: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text(records.read_text(encoding="utf-8").splitlines()[1], encoding="utf-8")
    rows = [line.split() for line in _run("evaluate", records, gold, "--against", other).output.splitlines()]
    assert ["Against", "other.jsonl"] in rows
    # 2 of 4 turns right with 3 predicted, against none: 4/7. Swapping the one document that differs changes the sign.
    # h = 2 arcsin √(4/7)
    assert ["turn_f1", "+0.571", "+0.000", "+1.000", "1.0000", "1.0000", "+1.714"] in rows
    assert "note: no record in " in _run("evaluate", records, gold, "--against", other).stderr
    report = json.loads(_run("evaluate", records, gold, "--against", records, "--json").stdout)
    assert report["against"]["other"] == "records.jsonl"
    assert report["against"]["differences"]["turn_f1"]["p"] == 1.0


def test_evaluate_shows_calibration(gold: Path, tmp_path: Path, record_of: Callable[..., Minutes]) -> None:
    path = tmp_path / "sure.jsonl"
    sure = {"confidence": 0.95, "probabilities": {"question": 0.95, "answer": 0.05}}
    path.write_text(record_of(TEXT, {**ASK, **sure}, REPLY, source="see-1.txt").to_json(), encoding="utf-8")
    output = _run("evaluate", path, gold, "--calibration", "--split", "train").stderr
    assert "no document of the split train" in output
    rows = [line.split() for line in _run("evaluate", path, gold, "--calibration").output.splitlines()]
    assert ["turns", "with", "a", "confidence", "1"] in rows
    assert ["Brier", "score", "0.005"] in rows
    report = json.loads(_run("evaluate", path, gold, "--calibration", "--json").stdout)
    assert report["calibration"]["ece"] == pytest.approx(0.05)
    assert report["calibration"]["bins"][-1]["turns"] == 1
    assert "calibration" not in json.loads(_run("evaluate", path, gold, "--json").stdout)


def test_evaluate_breaks_down_by_several_kinds(gold: Path, records: Path) -> None:
    output = _run("evaluate", records, gold, "--by", "label", "--by", "length", "--by", "register").output
    rows = [line.split() for line in output.splitlines()]
    # of the two questions both are found, one with its label; of the answers one
    assert ["question", "2", "1.000", "0.500", "1.000", "0.500"] in [row[:6] for row in rows]
    assert ["answer", "2", "0.500", "0.500", "0.500", "0.500"] in [row[:6] for row in rows]
    assert ["below", "500", "words", "4"] in [row[:4] for row in rows]
    report = json.loads(_run("evaluate", records, gold, "--by", "label", "--by", "source", "--json").stdout)
    assert report["breakdowns"]["label"]["question"]["right"]["value"] == 0.5
    assert report["breakdowns"]["source"]["see"]["metrics"]["turn_f1"] == 1.0


def test_records_without_gold_are_told(gold: Path, records: Path, tmp_path: Path) -> None:
    (gold / "tal-1.json").unlink()
    assert "note: 1 record without gold left out" in _run("evaluate", records, gold).stderr
    (gold / "see-1.json").rename(gold / "wald-1.json")
    result = _run("evaluate", records, gold)
    assert (result.exit_code, "their file names must agree" in result.stderr) == (2, True)


def test_records_can_lie_in_a_folder(gold: Path, records: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    one, other = records.read_text(encoding="utf-8").splitlines()
    (folder / "a.jsonl").write_text(one, encoding="utf-8")
    (folder / "b.json").write_text(json.dumps(json.loads(other), indent=1), encoding="utf-8")
    assert _run("evaluate", folder, gold).output == _run("evaluate", records, gold).output
    (folder / "a.jsonl").unlink()
    (folder / "b.json").unlink()
    assert "holds no records" in _run("evaluate", folder, gold).stderr


def test_a_fall_below_the_baseline_decides_the_exit_code(gold: Path, records: Path, tmp_path: Path) -> None:
    baseline = tmp_path / "baseline.json"
    assert _run("evaluate", records, gold, "--write-baseline", baseline).exit_code == 0
    same = _run("evaluate", records, gold, "--baseline", baseline)
    assert (same.exit_code, "Against the baseline" in same.output) == (0, True)
    other = tmp_path / "other.jsonl"
    other.write_text(records.read_text(encoding="utf-8").splitlines()[1], encoding="utf-8")
    # Two documents give an interval from 0 to 1, so that only what is undefined can fall.
    reached = json.loads(baseline.read_text(encoding="utf-8"))
    reached["metrics"]["turn_f1"]["low"] = 0.5
    baseline.write_text(json.dumps(reached), encoding="utf-8")
    worse = _run("evaluate", other, gold, "--baseline", baseline, "--json")
    assert worse.exit_code == 1
    assert "turn_f1 fell below its interval: 0.000, it was 0.571" in worse.stderr
    assert json.loads(worse.stdout)["baseline"]["turn_f1"]["fell"] is True


def test_a_baseline_of_other_gold_is_refused(gold: Path, records: Path, tmp_path: Path) -> None:
    baseline = tmp_path / "baseline.json"
    _run("evaluate", records, gold, "--write-baseline", baseline)
    (gold / "tal-1.json").unlink()
    result = _run("evaluate", records, gold, "--baseline", baseline)
    assert (result.exit_code, "the baseline is of other gold (2 documents)" in result.stderr) == (2, True)
    assert "make it with --write-baseline" in _run("evaluate", records, gold, "--baseline", tmp_path / "x").stderr
    baseline.write_text("{}", encoding="utf-8")
    assert "no baseline: documents" in _run("evaluate", records, gold, "--baseline", baseline).stderr


def test_evaluate_writes_a_page(gold: Path, records: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    assert _run("evaluate", records, gold, "--html", page).exit_code == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!doctype html>")
    assert "Frau Ammer [SPD] fragt nach dem Radweg." in text
    assert "fehlt" in _run("evaluate", records, gold, "--html", tmp_path / "fehlt" / "x.html").stderr


def test_a_missing_extra_is_named() -> None:
    code = (
        "import sys; sys.modules['scipy'] = None; sys.argv = ['protokollant', 'evaluate', '--run', 'gold'];"
        "import pipeline.cli; pipeline.cli.main()"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "Error: scipy is not installed: pip install 'protokollant[evaluation]'\n"


def test_given_turns_are_all_found(gold: Path) -> None:
    report = json.loads(_run("evaluate", gold, "--run", "--given-turns", "--json").stdout)
    assert report["counts"]["span_f1"]["tp"] == 4
    assert report["metrics"]["span_f1"] == 1.0


def test_turns_without_a_word_cannot_be_given(gold: Path, gold_of: Callable[..., Gold]) -> None:
    empty = gold_of(TEXT, ASK, {"start": len(TEXT) - 1, "end": len(TEXT), "label": "other"})
    (gold / "tal-1.json").write_text(empty.model_dump_json(), encoding="utf-8")
    result = _run("evaluate", gold, "--run", "--given-turns", "--json")
    assert result.exit_code == 1
    assert "tal-1.txt failed: ValueError: the turn" in result.stderr
    assert json.loads(result.stdout)["counts"]["span_f1"]["tp"] == 2


def test_evaluate_runs_our_pipeline(gold: Path) -> None:
    result = _run("evaluate", gold, "--run")
    assert result.exit_code == 0
    assert "Scores: 2 documents, 4 turns" in result.output
    assert "No record" not in result.output


def test_a_document_that_fails_is_named_and_counts_as_empty(gold: Path, gold_of: Callable[..., Gold]) -> None:
    (gold / "tal-1.json").write_text(gold_of("%PDF-1.4").model_dump_json(), encoding="utf-8")
    result = _run("evaluate", gold, "--run", "--json")
    assert result.exit_code == 1
    assert "tal-1.txt failed: ReadError: tal-1.txt is a damaged PDF" in result.stderr
    assert json.loads(result.stdout)["missing"] == ["tal-1"]


def test_bench_measures_texts(gold: Path) -> None:
    result = _run("bench", gold / "see-1.txt", "--seconds", "0", "--starts", "1")
    assert result.exit_code == 0
    rows = [line.split() for line in result.output.splitlines()]
    assert ["protokollant", "1", "14", "5"] in [row[:4] for row in rows]
    (start,) = (row for row in rows if row[:2] == ["start", "of"])
    assert start[-1] == start[-2] == start[-3]
    assert "times as fast" not in result.output


def test_bench_compares_with_a_spacy_pipeline(gold: Path) -> None:
    result = _run("bench", gold / "see-1.txt", "--seconds", "0", "--starts", "0", "--peer", "--markdown")
    assert result.exit_code == 0
    assert "| Pipeline | Texts | Words | Rounds | Minimum | Median | Maximum |" in result.output
    assert "| random weights in the shape of de_core_news_md | 1 | 14 | 5 |" in result.output
    assert "| times as fast as the other pipeline |" in result.output
    assert "first record" not in result.output


def test_the_samples_that_ship_are_measured() -> None:
    assert len(samples()) == len(list(find_documents(samples_folder())))


def test_bench_needs_texts(tmp_path: Path) -> None:
    result = _run("bench", tmp_path / "fehlt.txt")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "fehlt.txt does not exist" in result.stderr


def test_outcomes_are_compared(tmp_path: Path) -> None:
    index = tmp_path / "index.csv"
    index.write_text("file,oparl_result\n1.txt,vertagt\n2.txt,keine Abstimmung\n", encoding="utf-8")
    for name in ("1.txt", "2.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    result = _run("outcomes", index, tmp_path, "--errors")
    assert result.exit_code == 0
    assert "Any (headline)" in result.output
    assert "Disagreements" in result.output


def test_outcomes_need_an_index(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text(TEXT, encoding="utf-8")
    result = _run("outcomes", tmp_path / "index.csv", tmp_path)
    assert result.exit_code == 2
    assert "index.csv" in result.stderr


def test_measuring_does_without_heavy_packages() -> None:
    code = (
        "import sys, evaluation, evaluation.report, evaluation.tables;"
        "print(*sorted({'torch', 'pandas', 'spacy'} & set(sys.modules)))"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout.strip() == ""
