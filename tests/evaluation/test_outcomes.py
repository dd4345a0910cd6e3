from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.record import Minutes
from evaluation import EvaluationError, check_outcomes
from evaluation.counts import Share
from evaluation.outcomes import acceptable, mapping, read_index


@pytest.mark.parametrize(
    ("result", "outcomes"),
    [
        ("einstimmig zugestimmt", {"adopted"}),
        ("mehrheitlich beschlossen", {"adopted"}),
        ("mehrheitlich abgelehnt", {"rejected"}),
        ("nicht zugestimmt", {"rejected"}),
        ("teilweise abgelehnt", {"adopted", "rejected", "amended"}),
        ("Kenntnisnahme", {"noted"}),
        ("Stellungnahme zur Kenntnis genommen", {"noted"}),
        ("zur Kenntnis genommen + mehrheitliche Zustimmung", {"noted", "adopted"}),
        ("vorberaten ohne Änderungen", {"noted", "referred"}),
        ("vorberaten mit Änderungen", {"noted", "referred", "amended"}),
        ("verwiesen in den Gemeinderat", {"referred"}),
        ("Beratung im Fachgremium/Arbeitskreis", {"referred"}),
        ("vertagt", {"postponed"}),
        ("zurückgestellt", {"postponed"}),
        ("zurückgezogen", {"withdrawn"}),
        ("gewählt", {"elected"}),
        ("geändert beschlossen", {"amended", "adopted"}),
        ("ungeändert beschlossen", {"adopted"}),
        ("Zugestimmt zu geändertem Beschlusstext", {"amended", "adopted"}),
        ("erledigt durch Stellungnahme der Verwaltung", {"other", "noted", "withdrawn"}),
        ("mit Stellungnahme einverstanden", {"adopted", "noted"}),
        ("keine Abstimmung", set()),
        ("", set()),
        ("siehe Protokoll", set()),
    ],
)
def test_what_a_result_accepts(result: str, outcomes: set[str]) -> None:
    assert acceptable(result) == outcomes


def test_every_line_of_the_mapping_can_decide() -> None:
    cues = [cue for cue, _ in mapping()]
    hidden = [cue for at, cue in enumerate(cues) if any(earlier in cue for earlier in cues[:at])]
    assert hidden == []


TEXT = "Es wird zugestimmt. Es wird abgelehnt. Es wird vertagt."
YES = {"quote": "Es wird zugestimmt.", "label": "decision", "outcome": "adopted"}
NO = {"quote": "Es wird abgelehnt.", "label": "decision", "outcome": "rejected"}
LATER = {"quote": "Es wird vertagt.", "label": "decision", "outcome": "postponed"}


def test_a_folder_is_compared_with_its_index(tmp_path: Path, record_of: Callable[..., Minutes]) -> None:
    index = tmp_path / "index.csv"
    index.write_text(
        "file,top,oparl_result\n"
        "1.txt,1,einstimmig beschlossen\n"
        "2.txt,2,einstimmig beschlossen\n"
        "3.txt,3,mehrheitlich abgelehnt\n"
        "4.txt,4,mehrheitlich abgelehnt\n"
        "5.txt,5,keine Abstimmung\n"
        "6.txt,6,\n"
        "7.txt,7,vertagt\n"
        "8.txt,8,vertagt\n",
        encoding="utf-8",
    )
    turns = {"1.txt": (YES, NO), "2.txt": (NO, LATER), "3.txt": (YES, NO, LATER), "4.txt": ()}

    def extract(path: Path) -> Minutes:
        if path.name not in turns:
            raise ValueError("unlesbar")
        return record_of(TEXT, *turns[path.name])

    texts = [tmp_path / f"{x}.txt" for x in (9, 7, 6, 5, 4, 3, 2, 1)]
    check = check_outcomes(index, texts, extract)

    assert [x.source.name for x in check.documents] == ["1.txt", "2.txt", "3.txt", "4.txt"]
    total = check.total
    assert (total.any, total.first, total.last) == (Share(2, 4), Share(1, 4), Share(0, 4))
    assert total.undecided == 1
    assert list(check.by_result) == ["einstimmig beschlossen", "mehrheitlich abgelehnt"]
    assert check.by_result["mehrheitlich abgelehnt"].any == Share(1, 2)
    assert [x.source.name for x in check.disagreements] == ["2.txt", "4.txt"]
    assert check.left_out == (("", 1), ("keine Abstimmung", 1))
    assert [(x.source.name, x.reason) for x in check.failures] == [("7.txt", "ValueError: unlesbar")]
    assert (check.without_text, check.without_row) == (1, 1)


def test_decisions_are_taken_in_the_order_of_the_text(tmp_path: Path, record_of: Callable[..., Minutes]) -> None:
    (tmp_path / "index.csv").write_text("file,oparl_result\n1.txt,abgelehnt\n", encoding="utf-8")
    record = record_of(TEXT, YES, NO)
    turned = record.model_copy(update={"decisions": record.decisions[::-1]})
    check = check_outcomes(tmp_path / "index.csv", [tmp_path / "1.txt"], lambda path: turned)
    assert check.documents[0].outcomes == ("adopted", "rejected")


def test_an_index_without_our_texts_is_refused(tmp_path: Path, record_of: Callable[..., Minutes]) -> None:
    (tmp_path / "index.csv").write_text("file,oparl_result\n1.txt,abgelehnt\n", encoding="utf-8")
    with pytest.raises(EvaluationError, match="names none of the texts"):
        check_outcomes(tmp_path / "index.csv", [tmp_path / "2.txt"], lambda path: record_of(TEXT))


@pytest.mark.parametrize("text", ["", "file,result\n", "datei;oparl_result\n"])
def test_an_index_without_the_columns_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "index.csv").write_text(text, encoding="utf-8")
    with pytest.raises(EvaluationError, match="no column"):
        read_index(tmp_path / "index.csv")
