from __future__ import annotations

import pytest

from corpus.record import Minutes
from tests.pipeline.ruled import extract

_CLUB = "Treffen 3.4. bei Ole\nda: Ole, Kim, Rieke\n\n1. Fest\n"


def _turns(minutes: Minutes) -> list[tuple[str, str]]:
    text = minutes.text
    return [
        ("+".join(minutes.person(p).name for p in turn.speakers), text[turn.start : turn.end]) for turn in minutes.turns
    ]


def _speakers(minutes: Minutes) -> list[str]:
    return [who for who, _ in _turns(minutes)]


def test_a_label_that_comes_again_under_one_heading_is_a_speaker() -> None:
    text = (
        "TOP 1 Haushalt\nSozialstelle: Wir haben mehr ausgegeben.\nHerr Lux: Warum denn?\nSozialstelle: Die Mieten.\n"
    )
    assert _speakers(extract(text)) == ["Sozialstelle", "Lux", "Sozialstelle"]


def test_the_fields_of_a_form_are_no_speakers() -> None:
    text = (
        "TOP 1 Bad\nKosten: 300 Euro\nHerr Lux fragt nach der Dauer.\n\n"
        "TOP 2 Weg\nKosten: 200 Euro\nFrau Zeh lobt das.\n"
    )
    assert _speakers(extract(text)) == ["Lux", "Zeh"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Kim: Zelt ist bestellt.\nRieke fragt, ob wir Bänke haben. Kim: nein.", ["Kim", "Rieke", "Kim"]),
        ("Kim: Zelt fehlt.\nRieke auch.", ["Kim", "Rieke"]),
        ("- Kim: Zelt fehlt\n- Musik: Rieke fragt die Band", ["Kim", "Rieke"]),
        ("Kim: Zelt fehlt.\nOle und Rieke holen es.", ["Kim", "Ole+Rieke"]),
        ("Kim: Das Zelt von Rieke fehlt.\nMusik gibt es auch.", ["Kim"]),
    ],
)
def test_notes_begin_with_the_bare_names_of_the_list(line: str, expected: list[str]) -> None:
    assert _speakers(extract(f"{_CLUB}{line}\n")) == expected


def test_what_the_list_says_in_brackets_labels_the_person() -> None:
    text = "TN: Lux (Vors), Zehner, Rothe, Ott (JAV)\n\n1) Plan\n• JAV: zu spät\n• Zehner: zu teuer\n  -> JAV: stimmt\n"
    assert _speakers(extract(text)) == ["Ott", "Zehner", "Ott"]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Ratsherr Lux (SPD): Frau Bürgermeisterin! Liebe Gäste! Das geht so nicht.", ["Lux"]),
        ("Ratsherr Lux (SPD) [persönliche Erklärung]: Ich weise das zurück.", ["Lux"]),
        ("Ratsherr Lux (SPD) (zur Geschäftsordnung): Ich beantrage Schluss.", ["Lux"]),
        ("Anwesend: Ratsherr Lux, Frau Zeh", []),
    ],
)
def test_labels_with_notes_and_addresses(said: str, expected: list[str]) -> None:
    assert _speakers(extract(f"TOP 1 Bad\n\n{said}\n")) == expected


def test_whoever_was_interrupted_goes_on() -> None:
    text = (
        "TOP 1 Bad\n\nRatsherr Lux: Ich will das Bad behalten.\n\n(Beifall bei der SPD)\n\nWir brauchen es.\n\n"
        "(Zuruf von Ratsfrau Zeh: Wer zahlt das?)\n\nDas Land zahlt, Frau Kollegin.\n"
    )
    assert _turns(extract(text)) == [
        ("Lux", "Ratsherr Lux: Ich will das Bad behalten.\n\n(Beifall bei der SPD)\n\nWir brauchen es."),
        ("Zeh", "(Zuruf von Ratsfrau Zeh: Wer zahlt das?)"),
        ("Lux", "Das Land zahlt, Frau Kollegin."),
    ]


def test_lines_that_end_with_their_sentence_are_not_wrapped() -> None:
    text = (
        "TOP 1 Bad\nFrau Lux lobt den Entwurf für das neue Bad sehr.\nHerr Zeh hält den Entwurf für viel zu teuer.\n"
        "Frau Ott schlägt vor, noch einmal zu rechnen.\n"
    )
    assert _speakers(extract(text)) == ["Lux", "Zeh", "Ott"]
    wrapped = "TOP 1 Bad\nFrau Lux lobt den Entwurf für das neue Bad. Stadtrat\nZeh: ein Gewinn. Er will ihn.\n"
    assert "Stadtrat\nZeh" in "".join(said for _, said in _turns(extract(wrapped)))


def test_offices_that_a_scanner_misread() -> None:
    assert _speakers(extract("TOP 1 Bad\n\nBiirgermeister Lux erklärt, das Bad bleibe.\n")) == ["Lux"]
    for name in ("Bischoff", "Kammerer"):  # families, not a bishop and a Kämmerer
        assert _speakers(extract(f"TOP 1 Bad\n\nStadträtin {name} (SPD): Ich will das Bad behalten.\n")) == [name]


def test_a_colon_that_ends_a_sentence_of_the_line_above_is_no_label() -> None:
    line = "Ich fürchte, dass es im nächsten Jahr wieder so kommt und man vonseiten des Staatlichen\n"
    text = (
        "TOP 1 Schule\n\nStadträtin Lux (SPD): Die Schule braucht mehr Lehrer, und zwar in diesem Schuljahr.\n"
        f"{line}Schulamtes sagt, alles sei gut. Das will ich hier nicht noch einmal hören, sage ich.\n\n"
        f"Stadtrat Zeh (CDU): Ich kann dem nur zustimmen, denn wir haben das seit Jahren gehört.\n{line}"
        "Schulamtes: „Wir sind noch nicht so weit.“ Und dann kommt das Frühjahr, und nichts ist geschehen.\n"
    )
    assert _speakers(extract(text)) == ["Lux", "Zeh"]
