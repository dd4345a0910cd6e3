from __future__ import annotations

from typing import Any

import pytest

from corpus.record import Generator, Minutes
from evaluation.external.adapter import events_of, names_of
from evaluation.external.documents import Event, ExternalDocument, Tokens
from evaluation.external.prose import Prose, prose


def _prose(*sentences: str) -> Prose:
    return prose(ExternalDocument("see", tuple(tuple(sentence.split()) for sentence in sentences)))


def _minutes(text: str, turns: list[dict[str, Any]], persons: list[dict[str, Any]]) -> Minutes:
    """Build a record in which quotes stand for their offsets."""

    def span(quote: str) -> tuple[int, int]:
        return text.index(quote), text.index(quote) + len(quote)

    for turn in turns:
        turn["start"], turn["end"] = span(turn.pop("quote", text))
        turn["cue"] = span(turn["cue"]) if "cue" in turn else None
        for name in ("content", "speaker_mentions"):
            turn[name] = [span(quote) for quote in turn.get(name, ())]
    return Minutes.model_validate(
        {
            "source": "see.txt",
            "sha256": "",
            "generator": Generator(package="protokollant 0", config="0"),
            "text": text,
            "turns": [{"id": f"t{n}", "label": "addition", **turn} for n, turn in enumerate(turns)],
            "persons": [
                {"kind": "person", **person, "mentions": [span(quote) for quote in person["mentions"]]}
                for person in persons
            ],
        }
    )


def _words(tokens: Tokens, text: Prose) -> str:
    return " ".join(text.word(position) for position in sorted(tokens))


def _read(event: Event, text: Prose) -> tuple[str, ...]:
    return tuple(_words(x, text) for x in (event.source, event.cue, event.message))


def test_a_turn_is_an_event_with_a_cue_and_its_continuations() -> None:
    text = _prose("Frau Lux teilt mit , es regne .", "Es sei nass .", "Sie habe Schirme .")
    minutes = _minutes(
        text.text,
        [
            {
                "cue": "teilt",
                "content": ["es regne. Es sei nass. Sie habe Schirme."],
                "speakers": ["p1"],
                "speaker_mentions": ["Frau Lux"],
            }
        ],
        [{"id": "p1", "name": "Lux", "mentions": ["Frau Lux", "Sie"]}],
    )
    events = events_of(minutes, text)
    assert [(*_read(event, text), event.type) for event in events] == [
        ("Frau Lux", "teilt", "es regne .", "indirect"),
        ("Frau Lux", "", "Es sei nass .", "indirectFreeIndirect"),
        ("Sie", "", "Sie habe Schirme .", "indirectFreeIndirect"),
    ]


@pytest.mark.parametrize(
    ("sentence", "cue", "content", "message", "type"),
    [
        ("Herr Ott sagt : „ Nein . “", "sagt", "„Nein.“", "„ Nein . “", "direct"),
        ("Das gehe nicht , sagt Herr Ott .", "sagt", "Das gehe nicht", "Das gehe nicht", "indirect"),
        ("Herr Ott dankt dem Amt .", "dankt", "dem Amt.", "Herr Ott dankt dem Amt .", "reported"),
    ],
)
def test_the_type_is_read_off_the_text(sentence: str, cue: str, content: str, message: str, type: str) -> None:
    text = _prose(sentence)
    minutes = _minutes(text.text, [{"cue": cue, "content": [content], "speaker_mentions": ["Herr Ott"]}], [])
    (event,) = events_of(minutes, text)
    assert (_read(event, text), event.type) == (("Herr Ott", cue, message), type)


def test_addressees_stand_in_the_sentence_of_the_cue() -> None:
    text = _prose("Frau Lux fragt Herrn Ott , ob es regne .", "Herr Ott wisse das .")
    minutes = _minutes(
        text.text,
        [{"cue": "fragt", "content": ["es regne. Herr Ott wisse das."], "addressees": ["p1"]}],
        [{"id": "p1", "name": "Ott", "mentions": ["Herrn Ott", "Herr Ott"]}],
    )
    assert [_words(event.addressee, text) for event in events_of(minutes, text)] == ["Herrn Ott", ""]


def test_a_turn_without_a_cue_has_messages_alone() -> None:
    text = _prose("Wann wird gebaut ?")
    (event,) = events_of(_minutes(text.text, [{"content": ["Wann wird gebaut?"]}], []), text)
    assert _read(event, text) == ("", "", "Wann wird gebaut ?")


def test_a_turn_that_is_nothing_but_a_cue_has_no_message() -> None:
    text = _prose("Beschluss : angenommen .")
    (event,) = events_of(_minutes(text.text, [{"cue": "Beschluss: angenommen."}], []), text)
    assert (_read(event, text), event.type) == (("", "Beschluss : angenommen .", ""), None)


def test_without_content_the_turn_is_the_message() -> None:
    text = _prose("Frau Lux fragt nach .", "Wann werde gebaut ?")
    events = events_of(_minutes(text.text, [{"cue": "fragt"}], []), text)
    assert [_read(event, text) for event in events] == [
        ("", "fragt", "Frau Lux nach ."),
        ("", "", "Wann werde gebaut ?"),
    ]


def test_names_stand_without_title_office_and_party() -> None:
    text = _prose("Frau Bürgermeisterin Dr. Eva Lux ( SPD ) grüßt den Vorsitzenden , Otts und die Verwaltung .")
    minutes = _minutes(
        text.text,
        [],
        [
            {
                "id": "p1",
                "name": "Lux",
                "given_name": "Eva",
                "mentions": ["Frau Bürgermeisterin Dr. Eva Lux (SPD)"],
            },
            {"id": "p2", "name": "Ott", "mentions": ["Otts"]},
            {"id": "p3", "name": "Vorsitzender", "kind": "office", "mentions": ["den Vorsitzenden"]},
            {"id": "p4", "name": "Verwaltung", "kind": "group", "mentions": ["die Verwaltung"]},
        ],
    )
    assert {_words(name, text) for name in names_of(minutes, text)} == {"Eva Lux", "Otts"}
