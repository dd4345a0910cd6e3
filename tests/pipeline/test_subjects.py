"""Speakers whom only their sentence tells."""

from __future__ import annotations

import pytest

from pipeline.layout import layout
from pipeline.subjects import speaking_subjects


def _speakers(text: str) -> list[str]:
    found = layout(text)
    return [found.clean.text[subject.start : subject.end] for subject in speaking_subjects(found)]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("KBD Terhaar teilt mit, dass die Brücke gesperrt sei.", "KBD Terhaar"),
        ("s.B. Lux regt an, den Weg zu schottern.", "s.B. Lux"),
        ("Der Sigrist erinnert daran, dass man schon früher läutete.", "Der Sigrist"),
        ("Eine Kollegin fragt, wer im Winter streut.", "Eine Kollegin"),
        ("Stadtrath Zeh beklagte, daß der Ofen rauche.", "Stadtrath Zeh"),
        ("Monika schlug vor, die Boote zu streichen.", "Monika"),
        ("- Monika fragte, wer den Schlüssel hat.", "Monika"),
    ],
)
def test_who_stands_before_a_verb_of_speech_speaks(text: str, speaker: str) -> None:
    assert _speakers(text) == [speaker]


@pytest.mark.parametrize(
    "text",
    [
        "Der Bericht erklärt, dass die Kosten steigen.",
        "Die Erfahrung zeigt, dass es geht.",
        "Andere Gemeinden sehen das anders.",
        "Weitere Fragen beantwortet Frau Lux.",
        "Die Frage beantwortet Herr Zeh.",
        "Wasser läuft, wie man hört, in den Keller.",
        "Der Brunnen steht, wo er stand.",
    ],
)
def test_what_is_no_person_does_not_speak(text: str) -> None:
    assert _speakers(text) == []


def test_a_single_word_that_is_no_given_name_speaks_where_it_does_so_twice() -> None:
    once = "Zeh fragt, ob das stimmt."
    assert _speakers(once) == []
    assert _speakers(f"{once}\n\nZeh meint, man solle warten.") == ["Zeh", "Zeh"]
