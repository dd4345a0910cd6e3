from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.checking import Validation, validate
from corpus.gold import text_hash
from corpus.reading import ReadError

QUESTION = "Landrat Dr. Schulze Pell-\nworm (CDU) fragt Frau Bruns-\nOkafor, Leiterin\ndes Bauamts."
ANSWER = "Sie antwortet."
TEXT = f"{QUESTION}\n\n{ANSWER}\n"


def _gold() -> dict[str, Any]:
    return {
        "text": TEXT,
        "turns": [
            {
                "start": 0,
                "end": len(QUESTION),
                "label": "question",
                "speakers": ["Schulze Pellworm"],
                "speaker_mentions": [[0, 32]],
                "roles": ["Landrat", "Leiterin des Bauamts"],
                "parties": ["CDU"],
                "addressees": ["Bruns-Okafor"],
            },
            {
                "start": TEXT.index(ANSWER),
                "end": len(TEXT) - 1,
                "label": "answer",
                "speakers": ["Bruns-Okafor"],
                "replies_to": [0],
            },
        ],
    }


def _write(folder: Path, gold: object, name: str = "a") -> None:
    (folder / f"{name}.txt").write_bytes(TEXT.encode("utf-8"))
    (folder / f"{name}.json").write_text(json.dumps(gold), encoding="utf-8")


def _lines(validation: Validation) -> list[str]:
    return [str(finding) for finding in validation.findings]


def test_sound_gold_has_no_faults(tmp_path: Path) -> None:
    _write(tmp_path, _gold())
    validation = validate(tmp_path)
    assert _lines(validation) == []
    assert [document.name for document in validation.documents] == ["a"]


@pytest.mark.parametrize(
    ("turn", "change", "fault"),
    [
        (0, {"speakers": ["Sommer"]}, "speakers, 0: turn 0: the speaker 'Sommer' stands nowhere in the document"),
        (0, {"speakers": ["Schulze Sommer"]}, "speakers, 0: turn 0: the speaker 'Schulze Sommer' stands nowhere"),
        (0, {"roles": ["Landrätin"]}, "roles, 0: turn 0: the role 'Landrätin' does not stand in its text"),
        (1, {"roles": ["Landrat"]}, "roles, 86: turn 1: the role 'Landrat' does not stand in its text"),
        (0, {"parties": ["SPD"]}, "parties, 0: turn 0: the party 'SPD' does not stand in its text"),
        (1, {"speaker_mentions": [[0, 7]]}, "mentions, 86: turn 1: the mention 0-7 is not within 86-100"),
        (1, {"speaker_mentions": [[90, 90]]}, "turns, 86: 1.speaker_mentions.0: "),
        (1, {"speaker_mentions": [[90, 300]]}, "mentions, 90: turn 1: a span ends at 300, the text at 101"),
        (0, {"outcome": "adopted"}, "turns, 0: 0: Value error, a decision has an outcome"),
        (0, {"label": "objection"}, "turns, 0: 0.label: "),
        (0, {"label": "decision", "outcome": "done"}, "turns, 0: 0.outcome: "),
        (0, {"start": 80, "end": 70}, "turns, 80: 0: Value error, start 80 is not before end 70"),
        (1, {"start": 50}, "turns, 50: turn 1 begins before the turn before it ends"),
        (1, {"replies_to": [1]}, "replies, 86: turn 1 replies to 1, which is no earlier question"),
        (1, {"replies_to": [7]}, "replies, 86: turn 1 replies to 7, which is no earlier question"),
    ],
)
def test_faults_name_file_layer_and_offset(tmp_path: Path, turn: int, change: dict[str, Any], fault: str) -> None:
    gold = _gold()
    gold["turns"][turn].update(change)
    _write(tmp_path, gold)
    (found,) = _lines(validate(tmp_path))
    assert found.startswith(f"{tmp_path / 'a.json'}: {fault}")


def test_all_faults_of_a_document_are_reported(tmp_path: Path) -> None:
    gold = _gold()
    gold["turns"][0]["label"] = "objection"
    gold["turns"][1] |= {"outcome": "adopted"}
    gold["attendance"] = [{"start": 0, "end": 7, "person": "Schulze Pellworm", "status": "late"}]
    _write(tmp_path, gold)
    layers = [finding.fault.layer for finding in validate(tmp_path).findings]
    assert layers == ["attendance", "turns", "turns"]


@pytest.mark.parametrize(
    ("layer", "value", "fault"),
    [
        ("agenda", [{"start": 0, "end": 300}], "agenda, 0: agenda item 0: a span ends at 300"),
        ("agenda", [{"start": 9, "end": 12}, {"start": 3, "end": 7}], "agenda, 3: agenda item 1 begins before the"),
        ("attendance", [{"start": 0, "end": 7, "person": "Sommer"}], "attendance, 0: attendee 0: 'Sommer' stands"),
        (
            "attendance",
            [{"start": 0, "end": 7, "person": "Pellworm", "roles": ["Vogt"]}],
            "roles, 0: attendee 0: the role 'Vogt'",
        ),
        ("meeting", {"date": {"value": "2024-05-02", "start": 5, "end": 5}}, "meeting, 5: date: start 5 is not before"),
        ("meeting", {"chairs": "Lux"}, "meeting: chairs: "),
        ("origin", {}, "origin: style: "),
        ("sentences", [[0, 10], [11, 100]], "sentences, 0: turn 0 does not begin and end with a sentence"),
        ("marks", [], "marks: "),
    ],
)
def test_faults_of_other_layers(tmp_path: Path, layer: str, value: object, fault: str) -> None:
    _write(tmp_path, _gold() | {layer: value})
    assert _lines(validate(tmp_path))[0].startswith(f"{tmp_path / 'a.json'}: {fault}")


def test_another_text_is_a_fault(tmp_path: Path) -> None:
    gold = _gold()
    gold["text"] = TEXT.replace("fragt", "fragd")
    _write(tmp_path, gold)
    (found,) = _lines(validate(tmp_path))
    assert "text, 41: the annotation is not of this text; they differ: " in found


def test_a_text_that_goes_on_is_a_fault(tmp_path: Path) -> None:
    _write(tmp_path, _gold() | {"text": TEXT + "Ende"})
    (found,) = _lines(validate(tmp_path))
    assert f"text, {len(TEXT)}: the annotation is not of this text; they differ: 'Ende', not ''" in found


def test_another_hash_is_a_fault(tmp_path: Path) -> None:
    gold = _gold()
    sha256 = text_hash(gold.pop("text"))
    _write(tmp_path, gold | {"sha256": sha256})
    assert _lines(validate(tmp_path)) == []
    _write(tmp_path, gold | {"sha256": "0" * 64})
    assert "a.txt is not the text that was annotated: its hash is another" in _lines(validate(tmp_path))[0]


def test_unpaired_files_are_faults(tmp_path: Path) -> None:
    _write(tmp_path, _gold())
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    without_text, without_gold = _lines(validate(tmp_path))
    assert "a.json: text: " in without_text
    assert "does not exist" in without_text
    assert "b.txt: file: has no annotation; put b.json beside it" in without_gold


def test_one_bad_file_does_not_hide_the_others(tmp_path: Path) -> None:
    _write(tmp_path, _gold())
    (tmp_path / "a.txt").write_bytes(b"%PDF-1.4")
    _write(tmp_path, [], "b")
    _write(tmp_path, _gold(), "c")
    truncated = (tmp_path / "c.json").read_bytes()[:200]
    (tmp_path / "c.json").write_bytes(truncated)
    _write(tmp_path, _gold(), "d")
    validation = validate(tmp_path)
    pdf, no_object, cut = _lines(validation)
    assert "a.txt is a damaged PDF" in pdf
    assert "b.json: file: an annotation is a JSON object, not a list" in no_object
    assert "c.json: file: no JSON: " in cut
    assert [document.name for document in validation.documents] == ["d"]


def test_splits_share_no_style_town_or_surname(tmp_path: Path) -> None:
    sound = _gold() | {"origin": {"style": "kreis", "place": "Wesermoor", "split": "train"}}
    _write(tmp_path, sound, "a")
    _write(tmp_path, sound | {"origin": {"style": "kreis", "place": "Wesermoor", "split": "dev"}}, "b")
    gold = _gold() | {"origin": {"style": "stadt", "place": "Lindheim", "split": "test"}}
    gold["attendance"] = [{"start": 52, "end": 64, "person": "Bruns-Okafor"}]
    _write(tmp_path, gold, "c")
    gold["origin"] = {"style": "markt", "place": "Weiding", "split": "train"}
    _write(tmp_path, gold, "d")
    assert [x.partition(": ")[2] for x in _lines(validate(tmp_path))] == [
        "origin: the style 'kreis' is in dev here and in train in a",
        "origin: the town 'Wesermoor' is in dev here and in train in a",
        "speakers: the surname 'Bruns-Okafor' is in train here and in test in c",
        "speakers: the surname 'Bruns-Okafor' is in dev here and in test in c",
        "speakers: the surname 'Bruns-Okafor' is in train here and in test in c",
    ]


def test_folders_without_samples_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="holds no samples"):
        validate(tmp_path)
    with pytest.raises(ReadError, match="is no folder"):
        validate(tmp_path / "fehlt")
