from __future__ import annotations

from corpus.record import Minutes
from tests.pipeline.ruled import extract

_LIST = "Anwesend:\nFrau Kunz (KU), Leitung\nHerr Dr. Lamm (LA)\nFrau Döbel (DÖ)\nHerr Otto (SPD)\n\n"


def _speakers(minutes: Minutes) -> list[str]:
    return ["+".join(minutes.person(p).name for p in turn.speakers) for turn in minutes.turns]


def test_codes_stand_for_the_persons_of_the_list() -> None:
    minutes = extract(
        _LIST + "TOP 1 Bad\n\n- KU: Das Bad sei offen.\n\n- LA fragt, ob es warm sei.\n\n- DÖ verneint das.\n"
    )
    assert _speakers(minutes) == ["Kunz", "Lamm", "Döbel"]
    assert sum(person.name == "Kunz" for person in minutes.persons) == 1


def test_two_of_one_name_have_their_own_codes() -> None:
    text = (
        _LIST.replace("Herr Otto (SPD)", "Frau Lamm (LAM)")
        + "TOP 1 Bad\n\n- LA fragt nach dem Bad.\n\n- LAM verneint das.\n"
    )
    minutes = extract(text)
    assert [minutes.person(turn.speakers[0]).gender for turn in minutes.turns] == ["male", "female"]


def test_brackets_that_hold_parties_are_no_codes() -> None:
    text = "Anwesend:\nFrau Spahn (SPD)\nHerr Fdor (FDP)\nFrau Cduk (CDU)\n\nTOP 1 Bad\n\nSPD fragt nach dem Bad.\n"
    assert "Spahn" not in _speakers(extract(text))


def test_an_abbreviation_that_is_no_code_names_nobody() -> None:
    assert not any(person.name == "EDV" for person in extract(_LIST + "TOP 1 Bad\n\n- EDV: neu ab Mai.\n").persons)
