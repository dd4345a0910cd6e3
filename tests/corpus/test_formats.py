from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from corpus.checking import annotation_faults
from corpus.collection import Document, read_documents, samples_folder
from corpus.formats import FORMATS, ConversionError, Report, convert, read, write
from corpus.formats.label_studio import config, write_predictions
from corpus.formats.regions import from_regions, to_regions, votes_of, votes_text
from corpus.gold import Gold
from corpus.record import Votes
from tests.corpus.golds import TEXT, full_gold, golds

LOSSLESS = [name for name, chosen in FORMATS.items() if chosen.readable]
PATHS = {"gold": "g", "inception": "x", "label-studio": "l.json", "doccano": "d.jsonl", "docbin": "b.spacy"}


def _there_and_back(gold: Gold, name: str, folder: Path) -> Gold:
    path = folder / PATHS[name]
    write([Document("a", gold)], path, name)
    (document,) = read(path, name)
    assert document.name == "a"
    return document.gold


@pytest.mark.parametrize("name", LOSSLESS)
def test_nothing_is_lost(name: str, tmp_path: Path) -> None:
    assert _there_and_back(full_gold(), name, tmp_path) == full_gold()


@pytest.mark.parametrize("name", LOSSLESS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gold=golds())
def test_whatever_holds_comes_back(name: str, gold: Gold, tmp_path: Path) -> None:
    assert _there_and_back(gold, name, tmp_path) == gold


@pytest.mark.slow
@pytest.mark.parametrize("name", LOSSLESS)
def test_the_samples_come_back(name: str, tmp_path: Path) -> None:
    documents = list(read_documents(samples_folder()))
    write(documents, tmp_path / PATHS[name], name)
    assert list(read(tmp_path / PATHS[name], name)) == documents


def test_formats_convert_into_each_other(tmp_path: Path) -> None:
    write([Document("a", full_gold())], tmp_path / "g", "gold")
    source = (tmp_path / "g", "gold")
    for name in ("inception", "label-studio", "doccano", "docbin"):
        target = tmp_path / PATHS[name]
        assert convert(*source, target, name) == 1
        source = (target, name)
    (document,) = read(*source)
    assert document.gold == full_gold()


def test_an_unknown_format_and_one_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConversionError, match=r"no such format: brat; there are gold, inception, "):
        write([], tmp_path / "a", "brat")
    with pytest.raises(ConversionError, match="tsv can be written only"):
        list(read(tmp_path / "a.tsv", "tsv"))


def test_label_studio_counts_as_javascript_does(tmp_path: Path) -> None:
    write([Document("a", full_gold())], tmp_path / "l.json", "label-studio")
    (task,) = json.loads((tmp_path / "l.json").read_text(encoding="utf-8"))
    value = task["annotations"][0]["result"][0]["value"]
    units = TEXT.encode("utf-16-le")
    assert units[2 * value["start"] : 2 * value["end"]].decode("utf-16-le") == full_gold().text[slice(*_first_turn())]


def _first_turn() -> tuple[int, int]:
    turn = full_gold().turns[0]
    return turn.start, turn.end


def _exported(tmp_path: Path) -> tuple[Path, list[dict[str, Any]]]:
    write([Document("a", full_gold())], tmp_path / "l.json", "label-studio")
    return tmp_path / "l.json", json.loads((tmp_path / "l.json").read_text(encoding="utf-8"))


def test_a_corrected_label_studio_task_wins_over_the_prediction(tmp_path: Path) -> None:
    path = tmp_path / "l.json"
    write_predictions([Document("a", full_gold())], path)
    (task,) = json.loads(path.read_text(encoding="utf-8"))
    corrected = json.loads(json.dumps(task["predictions"][0]["result"]))
    corrected[0]["value"]["labels"] = ["addition"]
    kept = [x for x in corrected if x["type"] != "relation"]
    task["annotations"] = [{"result": kept}, {"result": [], "was_cancelled": True}]
    path.write_text(json.dumps([task]), encoding="utf-8")
    (document,) = read(path, "label-studio")
    assert [turn.label for turn in document.gold.turns] == ["addition", "answer", "decision"]
    assert document.gold.turns[1].replies_to == ()


def _mention(task: dict[str, Any]) -> dict[str, Any]:
    values = (result.get("value", {}) for result in task["annotations"][0]["result"])
    found: dict[str, Any] = next(value for value in values if value.get("labels") == ["speaker"])
    return found


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            lambda task: task["annotations"][0]["result"][0]["value"].update(labels=["praise"]),
            "label 'praise' is unknown",
        ),
        (lambda task: task["data"].pop("text"), "the field 'text' is missing"),
        (lambda task: _mention(task).update(start=0, end=999), "the region 0-999 does not lie in the text"),
        (lambda task: _mention(task).update(labels=[]), "has no label"),
        (lambda task: task.update(annotations=[5]), "it has another form than expected"),
    ],
)
def test_faults_of_a_label_studio_export_name_the_task(tmp_path: Path, change: Any, fault: str) -> None:
    path, (task,) = _exported(tmp_path)
    change(task)
    path.write_text(json.dumps([task]), encoding="utf-8")
    with pytest.raises(ConversionError, match=fault):
        list(read(path, "label-studio"))


@pytest.mark.parametrize("name", ["label-studio", "doccano", "docbin", "inception"])
def test_other_files_are_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a"
    with pytest.raises(ConversionError, match=str(path)):
        list(read(path, name))
    path.write_text("{", encoding="utf-8")
    with pytest.raises(ConversionError):
        list(read(path, name))


def test_a_broken_xmi_is_named(tmp_path: Path) -> None:
    write([Document("a", full_gold())], tmp_path, "inception")
    (tmp_path / "b.xmi").write_text("<xmi", encoding="utf-8")
    with pytest.raises(ConversionError, match=r"b\.xmi: no XMI"):
        list(read(tmp_path, "inception"))
    (tmp_path / "TypeSystem.xml").unlink()
    with pytest.raises(ConversionError, match=r"TypeSystem\.xml is missing"):
        list(read(tmp_path, "inception"))


def test_doccano_gives_a_moved_entity_what_stood_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    write([Document("a", full_gold())], path, "doccano")
    line = json.loads(path.read_text(encoding="utf-8"))
    line["entities"][1] |= {"label": "addition", "end_offset": line["entities"][1]["end_offset"] - 1}
    del line["entities"][2]
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")
    report = Report()
    (document,) = read(path, "doccano", report)
    question, addition = document.gold.turns
    assert question == full_gold().turns[0]
    assert (addition.label, addition.speakers, addition.replies_to) == ("addition", ("Lux",), ())
    assert any("joins no answer to an earlier question" in line for line in report.mended)
    assert any("no entity is left for what was said of 'decision " in line for line in report.mended)


CORRECTIONS = [
    ({"label": "addition"}, "is no decision: outcome, votes, unanimous left out"),
    ({"outcome": None}, "has no outcome: other"),
    ({"end": 1}, None),
    ({"start": -1}, None),
]


@pytest.mark.parametrize(("change", "mended"), CORRECTIONS)
def test_what_a_corrector_leaves_behind_is_mended(change: dict[str, Any], mended: str | None) -> None:
    regions = to_regions(Document("a", full_gold()))
    decision = regions.regions[2]
    attributes = {name: x for name, x in decision.attributes.items() if name not in change}
    changed = replace(
        decision,
        label=change.get("label", decision.label),
        start=decision.start + change.get("start", 0),
        end=decision.end + change.get("end", 0),
        attributes=attributes,
    )
    problems: list[str] = []
    document = from_regions(replace(regions, regions=(*regions.regions[:2], changed, *regions.regions[3:])), problems)
    assert [x for x in problems if mended and mended in x] == problems
    assert bool(problems) == bool(mended)
    assert [x for x in annotation_faults(document.gold) if x.layer in ("turns", "sentences")] == []


def test_a_moved_border_cuts_sentences_and_a_lost_turn_leaves_its_mention_out(tmp_path: Path) -> None:
    regions = to_regions(Document("a", full_gold()))
    question = regions.regions[0]
    shorter = replace(question, start=question.start + 10)
    problems: list[str] = []
    document = from_regions(replace(regions, regions=(shorter, *regions.regions[1:])), problems)
    assert (shorter.start, shorter.end) in document.gold.sentences
    assert document.gold.turns[0].speaker_mentions == ()
    assert len(problems) == 1 and "lies in no turn and is left out" in problems[0]


def test_a_reply_counts_whichever_way_it_was_drawn() -> None:
    regions = to_regions(Document("a", full_gold()))
    (link,) = regions.links
    problems: list[str] = []
    drawn = replace(regions, links=((link[1], link[0]), link, (2, 0)))
    assert from_regions(drawn, problems).gold.turns[1].replies_to == (0,)
    assert len(problems) == 1


def test_only_false_and_true_are_unanimous() -> None:
    regions = to_regions(Document("a", full_gold()))
    decision = regions.regions[2]
    for value, expected in (("true", True), ("false", None)):
        changed = replace(decision, attributes={**decision.attributes, "unanimous": (value,)})
        gold = from_regions(replace(regions, regions=(*regions.regions[:2], changed)), []).gold
        assert gold.turns[2].unanimous is expected
    changed = replace(decision, attributes={**decision.attributes, "unanimous": ("ja",)})
    with pytest.raises(ValueError, match="unanimous is true or false, not 'ja'"):
        from_regions(replace(regions, regions=(changed,)), [])


def test_overlapping_turns_are_named() -> None:
    regions = to_regions(Document("a", full_gold()))
    longer = replace(regions.regions[0], end=regions.regions[1].end)
    with pytest.raises(ValueError, match=r"the question at \d+ .* and the answer at \d+ .* overlap"):
        from_regions(replace(regions, regions=(longer, *regions.regions[1:])), [])


def test_one_bad_task_does_not_stop_the_others(tmp_path: Path) -> None:
    path, (task,) = _exported(tmp_path)
    bad, skipped = json.loads(json.dumps([task, task]))
    bad["annotations"][0]["result"][0]["value"]["labels"] = ["praise"]
    skipped["annotations"][0]["was_cancelled"] = True
    path.write_text(json.dumps([bad, skipped, task]), encoding="utf-8")
    report = Report()
    assert [document.name for document in read(path, "label-studio", report)] == ["a"]
    assert len(report.failed) == 1 and "task 1: the label 'praise' is unknown" in report.failed[0]
    assert len(report.mended) == 1 and "task 2 was skipped" in report.mended[0]


@pytest.mark.parametrize("names", [["a", "a"], ["../a"], ["b/c"], [".x"]])
def test_names_that_would_hide_or_leave_are_refused(names: list[str], tmp_path: Path) -> None:
    with pytest.raises(ConversionError, match=r"called a|no name of a document"):
        write([Document(name, full_gold()) for name in names], tmp_path / "g", "gold")
    assert list(tmp_path.rglob("*")) == []


def test_a_folder_with_other_documents_is_refused(tmp_path: Path) -> None:
    write([Document("a", full_gold())], tmp_path, "gold")
    write([Document("a", full_gold())], tmp_path, "gold")
    with pytest.raises(ConversionError, match="holds other documents"):
        write([Document("b", full_gold())], tmp_path, "gold")


def test_the_interface_of_label_studio_has_every_control(tmp_path: Path) -> None:
    _, (task,) = _exported(tmp_path)
    names = {result["from_name"] for result in task["annotations"][0]["result"] if "from_name" in result}
    assert [name for name in names if f'name="{name}"' not in config()] == []


def test_columns_have_labels_speakers_and_replies(tmp_path: Path) -> None:
    write([Document("a", full_gold())], tmp_path / "t.tsv", "tsv")
    rows = [line.split("\t") for line in (tmp_path / "t.tsv").read_text(encoding="utf-8").splitlines()]
    found = {row[1]: row for row in rows if len(row) > 1}
    assert rows[0][4:] == ["turn", "label", "speaker_mention", "speakers", "addressees", "replies_to"]
    assert found["Roth"][4:] == ["0", "I-question", "I-SPEAKER", "Roth|Verwaltung", "Lux", "_"]
    assert found["antwortet"][4:] == ["1", "I-answer", "O", "Lux", "_", "0"]
    assert found["Anwesend"][4:] == ["_", "O", "O", "_", "_", "_"]
    assert rows[-1] == [""]  # a blank line behind each sentence


def test_parquet_holds_three_views(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    write([Document("a", full_gold())], tmp_path / "p", "parquet")
    assert {path.name for path in (tmp_path / "p").iterdir()} == {
        "documents-dev.parquet",
        "sentences-dev.parquet",
        "turns-dev.parquet",
    }
    turns = pandas.read_parquet(tmp_path / "p" / "turns-dev.parquet")
    assert list(turns["label"]) == [0, 1, 3]
    assert [list(x) for x in turns["replies_to"]] == [[], [0], []]


@pytest.mark.parametrize("text", ["12/3/-", "-/-/-", "0/0/0"])
def test_votes_are_written_and_read(text: str) -> None:
    assert votes_text(Votes.model_validate(votes_of(text))) == text


@pytest.mark.parametrize("text", ["12", "12/3", "a/b/c", "12:3:0", "1/2/3/4", "-1/0/0"])
def test_other_votes_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="yes/no/abstain"):
        votes_of(text)
