from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from corpus.checking import check_samples, count_samples
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


def test_sound_gold_has_no_faults(tmp_path: Path) -> None:
    _write(tmp_path, _gold())
    assert check_samples(tmp_path) == []
    assert count_samples(tmp_path) == (1, Counter(question=1, answer=1))


@pytest.mark.parametrize(
    ("turn", "change", "fault"),
    [
        (0, {"speakers": ["Sommer"]}, "turn 0: the speaker 'Sommer' stands nowhere in the document"),
        (0, {"speakers": ["Schulze Sommer"]}, "turn 0: the speaker 'Schulze Sommer' stands nowhere"),
        (0, {"roles": ["Landrätin"]}, "turn 0: the role 'Landrätin' does not stand in its text"),
        (1, {"roles": ["Landrat"]}, "turn 1: the role 'Landrat' does not stand in its text"),
        (0, {"parties": ["SPD"]}, "turn 0: the party 'SPD' does not stand in its text"),
        (1, {"speaker_mentions": [[0, 7]]}, "turn 1: the mention 0-7 is not within 86-100"),
        (0, {"outcome": "adopted"}, "a decision has an outcome"),
        (1, {"replies_to": [1]}, "turn 1 replies to 1"),
    ],
)
def test_faults_of_turns(tmp_path: Path, turn: int, change: dict[str, Any], fault: str) -> None:
    gold = _gold()
    gold["turns"][turn].update(change)
    _write(tmp_path, gold)
    (found,) = check_samples(tmp_path)
    assert found.startswith(str(tmp_path / "a.json"))
    assert fault in found


def test_another_text_is_a_fault(tmp_path: Path) -> None:
    gold = _gold()
    gold["text"] = TEXT.replace("fragt", "fragd")
    _write(tmp_path, gold)
    (found,) = check_samples(tmp_path)
    assert "its text is not that of a.txt; they differ from 41 on" in found


def test_a_text_that_goes_on_is_a_fault(tmp_path: Path) -> None:
    _write(tmp_path, _gold() | {"text": TEXT + "Ende"})
    (found,) = check_samples(tmp_path)
    assert f"they differ from {len(TEXT)} on: 'Ende', not ''" in found


def test_unpaired_files_are_faults(tmp_path: Path) -> None:
    _write(tmp_path, _gold())
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    without_text, without_gold = check_samples(tmp_path)
    assert "a.json: has no text" in without_text
    assert "b.txt: has no gold" in without_gold


def test_what_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    _write(tmp_path, _gold())
    (tmp_path / "a.txt").write_bytes(b"%PDF-1.4")
    _write(tmp_path, [], "b")
    pdf, gold = check_samples(tmp_path)
    assert "a.txt is a PDF" in pdf
    assert "b.json" in gold


def test_folders_without_samples_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="holds no samples"):
        check_samples(tmp_path)
    with pytest.raises(ReadError, match="is no folder"):
        check_samples(tmp_path / "fehlt")
