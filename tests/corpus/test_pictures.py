from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from corpus import Frames, Minutes, frames
from corpus.page import page_figures
from corpus.pictures import Picture, decisions, questions, speaking, timeline
from corpus.pictures.drawing import COLOURS
from corpus.pictures.german import German
from corpus.pictures.words import Language
from corpus.record import AgendaItem, Decision, Generator, Label, Meeting, Person, Turn

LUX, EBEL, ROTH, FALK = ("p1", "p2", "p3", "p4")
PERSONS = (
    Person(id=LUX, kind="person", name="Lux", party="GRÜNE"),
    Person(id=EBEL, kind="person", name="Ebel", party="CDU"),
    Person(id=ROTH, kind="person", name="Roth", party="Grüne"),
    Person(id=FALK, kind="person", name="Falk", roles=("Bürgermeisterin",)),
)
KINDS: dict[str, Callable[[Frames], Picture]] = {
    "questions": questions,
    "speaking": speaking,
    "parties": lambda data: speaking(data, "party", of="characters"),
    "timeline": timeline,
    "outcomes": decisions,
    "bodies": lambda data: decisions(data, "body"),
}


def _turn(number: int, label: Label | None, speakers: tuple[str, ...] = (), length: int = 10, **more: object) -> Turn:
    fields = {"id": f"t{number}", "start": number * 100, "end": number * 100 + length, "label": label}
    return Turn.model_validate({**fields, "agenda_item": "a1", "speakers": speakers, **more})


def _minutes(*turns: Turn, source: str = "rat.txt", **more: object) -> Minutes:
    fields = {
        "source": source,
        "sha256": "0" * 64,
        "generator": Generator(package="0", config="test"),
        "text": "x" * 10_000,
        "meeting": Meeting(body="Rat", date=dt.date(2024, 5, 14)),
        "persons": PERSONS,
        "agenda": (AgendaItem(id="a1", number="1", title="Wege", start=0, heading_end=50, end=9_000),),
        "turns": turns,
    }
    return Minutes.model_validate({**fields, **more})


def _decided(*outcomes: str, source: str, date: dt.date | None, body: str | None = "Rat") -> Minutes:
    turns = tuple(_turn(number, "decision") for number in range(len(outcomes)))
    found = tuple(
        Decision.model_validate({"turn": turn.id, "outcome": outcome})
        for turn, outcome in zip(turns, outcomes, strict=True)
    )
    return _minutes(*turns, source=source, decisions=found, meeting=Meeting(body=body, date=date))


@pytest.fixture
def debate() -> Frames:
    return frames(
        _minutes(
            _turn(0, "question", (LUX,), addressees=(FALK,)),
            _turn(1, "answer", (EBEL,), replies_to=("t0",)),  # the addressee counts, not who answers
            _turn(2, "question", (LUX, ROTH), length=40),
            _turn(3, "answer", (FALK,), replies_to=("t2",)),
            _turn(4, "question", ()),
            _turn(5, "question", (EBEL,)),
            _turn(6, "question", (FALK,), addressees=(FALK,)),
            _turn(7, None, (LUX,)),
            _turn(8, "other", agenda_item=None),
        )
    )


def test_questions_go_to_the_addressee_or_to_who_answers(debate: Frames) -> None:
    picture = questions(debate)
    assert list(picture.data.itertuples(index=False, name=None)) == [("Lux", "Falk", 2), ("Roth", "Falk", 1)]
    assert picture.caption.startswith("2 of 5 questions in 1 meeting: ")
    assert picture.caption.endswith(" Left out: 1 without a known asker, 1 without anyone asked, 1 by and to the same.")
    assert picture.description == "Lux to Falk: 2; Roth to Falk: 1"


def test_those_who_ask_less_are_others(debate: Frames) -> None:
    other = _minutes(
        _turn(0, "question", (EBEL,), addressees=(LUX,)), _turn(1, "question", (ROTH,), addressees=(EBEL,)), source="2"
    )
    picture = questions(frames([_minutes(*_turns(debate)), other]), most=1)
    rows = set(picture.data.itertuples(index=False, name=None))
    # Roth asked Falk and Ebel, Ebel asked Lux; one question of Lux was Roth's too
    assert rows == {("Lux", "Falk", 2), ("others", "Falk", 1), ("others", "others", 2)}
    assert "Others: 2 more ask, 2 more are asked. Without a line: 2 questions of others to others." in picture.caption
    assert _texts(picture) >= {"Lux  2", "others  3", "2  Falk", "2  others"}


def _turns(data: Frames) -> list[Turn]:
    """The turns of the debate again, for a record beside another."""
    return [
        _turn(
            int(row.turn[1:]),
            row.label if isinstance(row.label, str) else None,
            row.speaker_ids,
            row.end - row.start,
            addressees=row.addressee_ids,
            replies_to=row.replies_to,
        )
        for row in data.turns.itertuples()
    ]


def test_shares_of_turns_by_person(debate: Frames) -> None:
    picture = speaking(debate)
    rows = list(picture.data.itertuples(index=False, name=None))
    # seven turns have speakers; one of them is Lux's and Roth's
    assert rows == [
        ("Lux", 2.5, pytest.approx(2.5 / 7)),
        ("Ebel", 2, pytest.approx(2 / 7)),
        ("Falk", 2, pytest.approx(2 / 7)),
        ("Roth", 0.5, pytest.approx(0.5 / 7)),
    ]
    assert picture.caption.startswith("7 of 9 turns in 1 meeting: those with a known speaker. Shares of the turns; ")
    assert picture.caption.endswith(" Left out: 2 without a speaker.")


def test_shares_of_characters_by_party_know_no_case(debate: Frames) -> None:
    picture = speaking(debate, "party", of="characters")
    assert list(picture.data.itertuples(index=False, name=None)) == [
        ("GRÜNE", 60.0, 0.75),  # 10 + 40 + 10, of which half of the 40 are Roth's
        ("CDU", 20.0, 0.25),
    ]
    assert picture.caption.startswith("5 of 9 turns in 1 meeting: those with a speaker of a stated party. ")
    assert picture.caption.endswith(" Left out: 2 without a speaker, 2 whose speaker has no stated party.")


@pytest.mark.parametrize("most", [1, 2, 4, 50])
@pytest.mark.parametrize("by", ["person", "party"])
@pytest.mark.parametrize("of", ["turns", "characters"])
def test_shares_sum_to_one(debate: Frames, by: str, of: str, most: int) -> None:
    table = speaking(debate, by, of=of, most=most).data  # type: ignore[arg-type]
    assert table["share"].sum() == pytest.approx(1)
    assert len(table) <= most + 1
    assert (table[by] == "others").sum() == (most < (4 if by == "person" else 2))


def test_persons_of_one_name_are_told_apart_where_they_meet() -> None:
    two = (
        Person(id="p1", kind="person", name="Müller", given_name="Anna"),
        Person(id="p2", kind="person", name="Müller", given_name="Bernd"),
    )
    later = (Person(id="p1", kind="person", name="Müller", given_name="Anna"),)
    records = [
        _minutes(_turn(0, "other", ("p1",)), _turn(1, "other", ("p2",)), persons=two, source="1"),
        _minutes(_turn(0, "other", ("p1",)), persons=later, source="2"),
    ]
    assert dict(speaking(frames(records)).data[["person", "turns"]].itertuples(index=False, name=None)) == {
        "Anna Müller": 2,
        "Bernd Müller": 1,
    }
    register = {("1", "p1"): "r1", ("2", "p1"): "r2", ("1", "p2"): "r2"}
    assert dict(speaking(frames(records, register=register)).data[["person", "turns"]].itertuples(index=False)) == {
        "Bernd Müller": 2,
        "Anna Müller": 1,
    }
    assert "Persons are those of the register" in speaking(frames(records, register=register)).caption
    apart = {("1", "p1"): "r1", ("2", "p1"): "r2", ("1", "p2"): "r3"}
    assert set(speaking(frames(records, register=apart)).data["person"]) == {
        "Anna Müller",
        "Anna Müller (r2)",
        "Bernd Müller",
    }


def test_a_timeline_has_the_items_and_turns_of_one_meeting(debate: Frames) -> None:
    picture = timeline(debate)
    assert picture.title == "Rat, 14.5.2024"
    assert picture.caption == (
        "1 of 1 agenda item and 9 turns over the 10,000 characters of the text. Under no item: 1 turn."
    )
    assert tuple(picture.data.iloc[0]) == ("item", "1 Wege", 0, 9_000)
    assert list(picture.data["name"][1:]) == [
        *("question", "answer", "question", "answer", "question", "question", "question", "no label", "other"),
    ]
    lanes = {"question 5", "answer 2", "addition 0", "decision 0", "other 1", "no label 1"}
    assert {"1 Wege", *lanes} <= _texts(picture)


def test_a_timeline_of_many_items_keeps_the_longest() -> None:
    items = tuple(
        AgendaItem(id=f"a{n}", number=str(n), start=n * 100, heading_end=n * 100 + 1, end=n * 110) for n in range(1, 10)
    )
    picture = timeline(frames(_minutes(agenda=items)), most=3)
    assert list(picture.data["name"]) == ["7", "8", "9"]
    assert picture.caption.endswith("Left out: 6 shorter items.")


def test_a_timeline_needs_the_name_of_one_meeting(debate: Frames) -> None:
    two = frames([_minutes(source="1"), _minutes(source="2")])
    assert timeline(two, "2").caption.startswith("1 of 1 agenda item and 0 turns")
    with pytest.raises(ValueError, match=r"there are 2 meetings: name one of data\.meetings\['source'\]"):
        timeline(two)
    with pytest.raises(ValueError, match=r"there is no meeting 3: name one"):
        timeline(two, "3")


@pytest.fixture
def decided() -> Frames:
    return frames(
        [
            _decided("adopted", "adopted", "rejected", source="1", date=dt.date(2024, 1, 31)),
            _decided("adopted", source="2", date=dt.date(2024, 4, 1), body="Bauausschuss"),
            _decided("noted", source="3", date=None),
            _decided("noted", source="4", date=dt.date(2024, 4, 30), body=None),
        ]
    )


def test_decisions_by_outcome_count_months_without_any(decided: Frames) -> None:
    picture = decisions(decided)
    rows = list(picture.data.itertuples(index=False, name=None))
    months = ("2024-01", "2024-02", "2024-03", "2024-04")
    expected = {"adopted": (2, 0, 0, 1), "noted": (0, 0, 0, 1), "rejected": (1, 0, 0, 0)}
    assert rows == [(name, *pair) for name, numbers in expected.items() for pair in zip(months, numbers, strict=True)]
    assert picture.caption == (
        "5 of 6 decisions in 4 meetings, by outcome and by month of the meeting. "
        "Left out: 1 of meetings without a date."
    )


def test_decisions_by_body_and_quarter(decided: Frames) -> None:
    picture = decisions(decided, "body", period="quarter", most=1)
    assert list(picture.data.itertuples(index=False, name=None)) == [
        *(("Rat", "2024 Q1", 3), ("Rat", "2024 Q2", 0), ("others", "2024 Q1", 0), ("others", "2024 Q2", 2)),
    ]
    assert "Others, on a scale of their own: 2 more." in picture.caption
    assert "body not stated" in set(decisions(decided, "body").data["body"])


def test_questions_in_german(debate: Frames) -> None:
    picture = questions(debate, language="de")
    assert picture.title == "Wer fragt wen"
    assert picture.caption == (
        "2 von 5 Fragen in 1 Sitzung: gezählt ist, wo bekannt ist, wer fragt und wer gefragt wird, also an wen die "
        "Frage geht oder, wo das nicht steht, wer antwortet. Eine Frage von mehreren oder an mehrere steht auf "
        "mehreren Linien. Wer denselben Namen hat, zählt als eine Person, ebenso Einwohner und Ämter ohne Namen. "
        "Weggelassen: 1 ohne bekannte Fragende, 1 ohne bekannte Gefragte, 1 an sich selbst."
    )
    assert picture.description == "Lux an Falk: 2; Roth an Falk: 1"
    assert {"fragt", "wird gefragt", "Lux  2", "2  Falk"} <= _texts(picture)


def test_others_in_german_are_one_or_several(debate: Frames) -> None:
    first = _minutes(*_turns(debate))
    more = _turn(0, "question", (EBEL,), addressees=(LUX,)), _turn(1, "question", (ROTH,), addressees=(EBEL,))
    one, both = (
        questions(frames([first, _minutes(*turns, source="2")]), most=1, language="de") for turns in (more[:1], more)
    )
    assert (
        " Andere: 2 weitere Namen bei denen, die fragen, 1 weiterer Name bei denen, die gefragt werden. "
        "Ohne Linie: 1 Frage von anderen an andere."
    ) in one.caption
    assert "Andere: 2 weitere Namen bei denen, die fragen, 2 weitere Namen bei denen" in both.caption
    assert "Ohne Linie: 2 Fragen von anderen an andere." in both.caption
    assert {"andere  3", "2  andere"} <= _texts(both)
    assert set(both.data["asked"]) == {"Falk", "andere"}


def test_shares_in_german(debate: Frames) -> None:
    persons = speaking(debate, most=3, language="de")
    assert persons.title == "Wer wie viel spricht, nach Person"
    assert persons.caption == (
        "7 von 9 Redebeiträgen in 1 Sitzung: gezählt ist, wo bekannt ist, wer spricht. Anteile an den Redebeiträgen; "
        "ein Redebeitrag mehrerer ist unter ihnen geteilt. Wer denselben Namen hat, zählt als eine Person, ebenso "
        "Einwohner und Ämter ohne Namen. Andere, ohne Balken: 1 weiterer Name. Weggelassen: 2 ohne Sprecher."
    )
    assert persons.description == "Lux 35,7 %; Ebel 28,6 %; Falk 28,6 %; andere 7,1 %"
    assert {"35,7\u00a0% (2,5)", "andere", "7,1\u00a0% (0,5)"} <= _texts(persons)
    parties = speaking(debate, "party", of="characters", most=1, language="de")
    assert parties.title == "Wer wie viel spricht, nach Partei"
    assert parties.caption == (
        "5 von 9 Redebeiträgen in 1 Sitzung: gezählt ist, wo bekannt ist, wer spricht und von welcher Partei. Anteile "
        "an den Zeichen der Redebeiträge; ein Redebeitrag mehrerer ist unter ihnen geteilt. Andere, ohne Balken: "
        "1 weitere Partei. Weggelassen: 2 ohne Sprecher, 2 von Sprechern ohne genannte Partei."
    )
    registered = frames(_minutes(_turn(0, None, (LUX,))), register={("rat.txt", LUX): "r1"})
    assert "Personen sind die des Registers; wer dort fehlt, zählt" in speaking(registered, language="de").caption


def test_a_timeline_in_german(debate: Frames) -> None:
    picture = timeline(debate, language="de")
    assert picture.title == "Rat, Dienstag, 14. Mai 2024"
    assert picture.caption == (
        "1 von 1 Tagesordnungspunkt und 9 Redebeiträge im Text von 10.000 Zeichen. Unter keinem Punkt: 1 Redebeitrag."
    )
    assert picture.description == (
        "1 Wege von 0 bis 9.000; Frage: 5 Redebeiträge; Antwort: 2 Redebeiträge; Ergänzung: 0 Redebeiträge; "
        "Beschluss: 0 Redebeiträge; Sonstiges: 1 Redebeitrag; ohne Art: 1 Redebeitrag"
    )
    assert {"Frage 5", "ohne Art 1", "4.000", "Zeichen des Textes; jede Linie ist der Anfang eines Punktes"} <= _texts(
        picture
    )
    items = tuple(AgendaItem(id=f"a{n}", start=n * 100, heading_end=n * 100 + 1, end=n * 110) for n in range(1, 4))
    untitled = frames(_minutes(agenda=items))
    assert timeline(untitled, most=2, language="de").caption.endswith(" Weggelassen: 1 kürzerer Punkt.")
    assert timeline(untitled, most=1, language="de").caption.endswith(" Weggelassen: 2 kürzere Punkte.")
    assert set(timeline(untitled, language="de").data["name"]) == {"Punkt ohne Titel"}


def test_decisions_in_german(decided: Frames) -> None:
    outcomes = decisions(decided, language="de")
    assert outcomes.title == "Beschlüsse nach Ergebnis und Monat"
    assert outcomes.caption == (
        "5 von 6 Beschlüssen in 4 Sitzungen, nach Ergebnis und nach Monat der Sitzung. "
        "Weggelassen: 1 aus Sitzungen ohne Datum."
    )
    assert outcomes.description == (
        "angenommen, 01/2024: 2; angenommen, 04/2024: 1; abgelehnt, 01/2024: 1; zur Kenntnis genommen, 04/2024: 1"
    )
    assert {"angenommen  3", "zur Kenntnis genommen  1", "01/2024"} <= _texts(outcomes)
    bodies = decisions(decided, "body", period="quarter", most=1, language="de")
    assert bodies.title == "Beschlüsse nach Gremium und Quartal"
    assert "Andere, in eigenem Maßstab: 2 weitere Gremien." in bodies.caption
    assert bodies.description == "Rat, Q1/2024: 3; andere, Q2/2024: 2"
    assert (
        "Andere, in eigenem Maßstab: 1 weiteres Gremium." in decisions(decided, "body", most=2, language="de").caption
    )
    assert "ohne Gremium" in set(decisions(decided, "body", period="year", language="de").data["body"])


def test_german_numbers_have_german_marks() -> None:
    words = German()
    assert (words.count(1_234_567), words.amount(1234.5, ".1f"), words.share(0.9876)) == (
        "1.234.567",
        "1.234,5",
        "98,8\u00a0%",
    )
    assert words.speaking_caption(
        1, 12_345, 1_000, "person", "turns", registered=True, more=1_200, silent=1, partyless=0
    ).startswith("1 von 12.345 Redebeiträgen in 1.000 Sitzungen: ")
    assert words.decisions_caption(1, 1, 1, "body", "year", more=0, undated=0) == (
        "1 von 1 Beschluss in 1 Sitzung, nach Gremium und nach Jahr der Sitzung."
    )


@pytest.mark.parametrize(("language", "said"), [("en", "100.0% (12,000)"), ("de", "100,0\u00a0% (12.000)")])
def test_many_turns_are_no_powers_of_ten(language: Language, said: str) -> None:
    turns = [_turn(n, "other", (LUX,), agenda_item=None, start=n, end=n + 1) for n in range(3_000)]
    records = [_minutes(*turns, agenda=(), source=str(n)) for n in range(4)]
    assert said in _texts(speaking(frames(records), language=language))


def test_nothing_to_draw_in_german() -> None:
    picture = timeline(frames([]), language="de")
    assert (picture.title, picture.description) == ("Keine Sitzung", "Nichts zu zeichnen.")
    assert _texts(picture) == {"Nichts zu zeichnen."}
    assert picture.caption == (
        "0 von 0 Tagesordnungspunkten und 0 Redebeiträge im Text von 0 Zeichen. Unter keinem Punkt: 0 Redebeiträge."
    )


def test_another_language_is_refused(debate: Frames) -> None:
    with pytest.raises(ValueError, match="no words in 'fr': give one of en, de"):
        questions(debate, language="fr")  # type: ignore[arg-type]


def test_the_figures_of_the_german_page_have_no_english_word(debate: Frames) -> None:
    first = _minutes(*_turns(debate))
    rest = [
        _decided("adopted", "rejected", source="2", date=dt.date(2024, 1, 31), body=None),
        _decided("noted", "other", source="3", date=None),
    ]
    english = {word for kind in KINDS for data in (frames(first), frames(rest)) for word in _said_in(kind, data)}
    assert {"asks", "question", "adopted", "left", "turns", "month"} <= english
    names = {"lux", "ebel", "roth", "falk", "rat", "wege", "grüne", "cdu"}
    of_both = {"in", "person", "text"}
    for records in ([first], [first, *rest]):
        shown = page_figures(records)
        assert len(shown) in (4, 5)
        said = {word for x in shown for word in _words(x.title, x.caption, x.description, *_drawn(x.svg))}
        assert said & (english - names - of_both) == set()


def _said_in(kind: str, data: Frames) -> set[str]:
    if kind == "timeline" and len(data.meetings) > 1:
        return set()
    picture = KINDS[kind](data)
    return _words(picture.title, picture.caption, picture.description, *_texts(picture))


def _words(*texts: str) -> set[str]:
    return {word.casefold() for text in texts for word in re.findall(r"[^\W\d_]{2,}", text)}


@pytest.mark.parametrize(
    ("last", "period"),
    [
        (dt.date(2021, 12, 31), "month"),
        (dt.date(2022, 1, 1), "quarter"),
        (dt.date(2025, 12, 31), "quarter"),
        (dt.date(2026, 1, 1), "year"),
        (dt.date(2125, 1, 1), "year"),
    ],
)
def test_the_period_fits_the_time(last: dt.date, period: str) -> None:
    records = [_decided("noted", source=str(date), date=date) for date in (dt.date(2020, 1, 1), last)]
    assert decisions(frames(records)).data.columns[1] == period


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_a_picture_that_says_so(kind: str) -> None:
    picture = KINDS[kind](frames([]))
    assert picture.data.empty
    assert "There is nothing to draw." in _texts(picture)
    assert picture.caption.startswith("0 of 0 ")


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_without_turns_and_items_is_no_error(kind: str) -> None:
    KINDS[kind](frames(_minutes(agenda=()))).svg()


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_data_are_the_same_bytes(kind: str, debate: Frames, decided: Frames, tmp_path: Path) -> None:
    data = debate if kind in ("questions", "speaking", "parties", "timeline") else decided
    for name in ("one.svg", "two.svg", "one.png", "two.png"):
        KINDS[kind](data).save(tmp_path / name)
    for ending in ("svg", "png"):
        assert (tmp_path / f"one.{ending}").read_bytes() == (tmp_path / f"two.{ending}").read_bytes()
    assert KINDS[kind](data).svg() == KINDS[kind](data).svg()
    assert not re.search(r"\b20\d\d-\d\d-\d\dT", (tmp_path / "one.svg").read_text(encoding="utf-8"))


def test_saving_leaves_the_drawing_as_it_was(debate: Frames, tmp_path: Path) -> None:
    picture = questions(debate)
    before = picture.svg()
    picture.save(tmp_path / "one.svg")
    picture.save(tmp_path / "two.svg")
    assert picture.svg() == before
    saved = (tmp_path / "two.svg").read_text(encoding="utf-8")
    assert saved == (tmp_path / "one.svg").read_text(encoding="utf-8")
    words = " ".join(" ".join(_drawn(saved)).split())
    assert picture.title in words
    assert picture.caption in words
    assert picture.caption not in " ".join(_drawn(before))


def test_the_element_for_a_page_is_whole_named_and_takes_the_colour_of_the_page(debate: Frames) -> None:
    root = ElementTree.fromstring(questions(debate).svg("who"))
    assert (root.tag, root.get("role"), root.get("aria-labelledby")) == ("svg", "img", "who-title")
    found = {child.get("id"): child.text for child in root if child.get("id")}
    assert found == {"who-title": "Who questions whom", "who-desc": "Lux to Falk: 2; Roth to Falk: 1"}
    text = ElementTree.tostring(root, encoding="unicode")
    assert "currentColor" in text
    assert not re.search(r"https?:|<style|<script|<image|#1d2126|#000000|font-family", text)


def test_what_comes_from_a_document_is_escaped_and_drawn_as_it_is() -> None:
    name = "<b>$x^2$</b> \ufffe&\x07"
    persons = (Person(id="p1", kind="person", name=name),)
    picture = speaking(frames(_minutes(_turn(0, "other", ("p1",)), persons=persons)))
    assert "<b>" not in picture.html("a")
    assert "<b>$x^2$</b> &" in _texts(picture)


def _contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        red, green, blue = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ground", ["#ffffff", "#121416"])
def test_colours_are_seen_on_white_and_on_dark(ground: str) -> None:
    assert all(_contrast(colour, ground) >= 3 for colour in COLOURS)


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("number", [1, 5, 50])
def test_labels_do_not_overlap_however_many_there_are(number: int, language: Language) -> None:
    persons = tuple(
        Person(id=f"p{n}", kind="person", name=f"Wohlgemuth-Schimmelpfennig {n}") for n in range(2 * number)
    )
    turns = [_turn(n, "question", (f"p{n}",), addressees=(f"p{n + number}",), agenda_item="a0") for n in range(number)]
    items = tuple(
        AgendaItem(id=f"a{n}", title="Sanierung der Turnhalle " * 5, start=n, heading_end=n + 1, end=99 * (n + 1))
        for n in range(number)
    )
    data = frames(
        [
            _minutes(*turns, persons=persons, agenda=items),
            *(_decided("noted", source=str(n), date=_month(n), body=f"Ausschuss {n} " * 3) for n in range(number)),
        ]
    )
    pictures = (
        *(questions(data, most=most, language=language) for most in (15, 50)),
        *(speaking(data, most=most, language=language) for most in (15, 50)),
        timeline(data, "rat.txt", language=language),
        decisions(data, language=language),
        decisions(data, "body", period="month", language=language),
    )
    for picture in pictures:
        assert _overlaps(picture) == []


def _month(number: int) -> dt.date:
    return dt.date(2020 + number // 12, 1 + number % 12, 1)


def _overlaps(picture: Picture) -> list[tuple[str, str]]:
    canvas = FigureCanvasAgg(picture.figure(captioned=True))
    canvas.draw()
    width, height = canvas.get_width_height()
    unseen = {  # ticks beyond the axes
        tick.label1
        for axes in canvas.figure.axes
        for tick in axes.xaxis.get_major_ticks()
        if not axes.get_xlim()[0] <= tick.get_loc() <= axes.get_xlim()[1]
    }
    drawn = canvas.figure.findobj(lambda part: isinstance(part, Text) and bool(part.get_text()) and part not in unseen)
    boxes = [(text.get_text(), text.get_window_extent()) for text in drawn]
    for words, box in boxes:
        assert (box.x0 >= -1, box.x1 <= width + 1, box.y0 >= -1, box.y1 <= height + 1) == (True,) * 4, words
    return [
        (one, other)
        for at, (one, box) in enumerate(boxes)
        for other, against in boxes[at + 1 :]
        if box.x0 < against.x1 - 1 and against.x0 < box.x1 - 1 and box.y0 < against.y1 - 1 and against.y0 < box.y1 - 1
    ]


def test_without_matplotlib_the_extra_is_named() -> None:
    program = """
import sys
sys.modules["matplotlib"] = None
try:
    import corpus.pictures
except ModuleNotFoundError as error:
    print(error)
"""
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", cwd=Path.cwd())
    assert found.stdout == "matplotlib is not installed: pip install 'protokollant[pictures]'\n"


def _texts(picture: Picture) -> set[str]:
    return set(_drawn(picture.svg()))


def _drawn(svg: str) -> list[str]:
    return [part.text for part in ElementTree.fromstring(svg).iter() if part.tag.endswith("text") and part.text]
