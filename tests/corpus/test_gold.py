from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.gold import GoldError, read_gold

TEXT = "Frau Lux fragt.\nHerr Sommer antwortet.\nBeschluss: einstimmig.\n"


def _gold() -> dict[str, Any]:
    return {
        "text": TEXT,
        "turns": [
            {"start": 0, "end": 15, "label": "question", "speakers": ["Lux"], "speaker_mentions": [[0, 8]]},
            {"start": 16, "end": 38, "label": "answer", "speakers": ["Sommer"], "replies_to": [0]},
            {"start": 39, "end": 61, "label": "decision", "outcome": "adopted", "unanimous": True},
        ],
        "agenda": [{"start": 39, "end": 49, "number": None, "title": "Beschluss"}],
    }


def _write(folder: Path, gold: object) -> Path:
    path = folder / "a.json"
    path.write_text(json.dumps(gold), encoding="utf-8")
    return path


def test_gold_is_read(tmp_path: Path) -> None:
    gold = read_gold(_write(tmp_path, _gold()))
    assert [turn.label for turn in gold.turns] == ["question", "answer", "decision"]
    assert gold.turns[1].replies_to == (0,)
    assert gold.turns[2].unanimous is True
    assert gold.agenda[0].title == "Beschluss"


@pytest.mark.parametrize(
    ("turn", "change", "message"),
    [
        (0, {"end": 0}, "turns.0: Value error, start 0 is not before end 0"),
        (1, {"start": 10}, "turn 1 begins before the turn before it ends"),
        (2, {"end": 99}, "turn 2: a span ends at 99, the text at 62"),
        (0, {"speaker_mentions": [[0, 99]]}, "turn 0: a span ends at 99"),
        (0, {"speaker_mentions": [[8, 0]]}, "does not run forwards"),
        (0, {"outcome": "adopted"}, "a decision has an outcome, and only a decision has one"),
        (2, {"outcome": None}, "a decision has an outcome, and only a decision has one"),
        (2, {"outcome": "angenommen"}, "turns.2.outcome"),
        (2, {"unanimous": False}, "turns.2.unanimous"),
        (0, {"replies_to": [0]}, "only an answer replies to a question"),
        (1, {"replies_to": [1]}, "turn 1 replies to 1, which is no earlier question"),
        (1, {"replies_to": [2]}, "turn 1 replies to 2, which is no earlier question"),
        (0, {"label": "Frage"}, "turns.0.label"),
        (0, {"speaker": "Lux"}, "turns.0.speaker: Extra inputs are not permitted"),
    ],
)
def test_a_faulty_turn_is_refused(tmp_path: Path, turn: int, change: dict[str, Any], message: str) -> None:
    gold = _gold()
    gold["turns"][turn].update(change)
    with pytest.raises(GoldError) as error:
        read_gold(_write(tmp_path, gold))
    assert message in str(error.value)
    assert "a.json" in str(error.value)


def test_an_agenda_item_outside_the_text_is_refused(tmp_path: Path) -> None:
    gold = _gold()
    gold["agenda"][0]["end"] = 99
    with pytest.raises(GoldError, match="agenda item 0: a span ends at 99, the text at 62"):
        read_gold(_write(tmp_path, gold))


def test_broken_json_and_missing_files_are_gold_errors(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text("{", encoding="utf-8")
    with pytest.raises(GoldError, match=r"b\.json: no JSON"):
        read_gold(tmp_path / "b.json")
    with pytest.raises(GoldError, match=r"c\.json: No such file"):
        read_gold(tmp_path / "c.json")
