from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.reading import read_source
from corpus.record import Minutes
from corpus.version import __version__
from pipeline import extract, load, to_minutes
from pipeline.components import COMPONENTS
from pipeline.extraction import BaseError

PARAGRAPHS = (
    "Gemeinde Wiesenau",
    "Niederschrift über die 5. Sitzung des Gemeinderates am 3. Mai 2024",
    "Vorsitzende: Bürgermeisterin Karin Ohm",
    "TOP 1 Ausbau des Radwegs an der Sieve",
    "Bürgermeisterin Ohm eröffnet die Sitzung und begrüßt die Anwesenden.",
    "Ratsfrau Lang (GRÜNE) fragt, wann der Radweg fertig werde. Sie wolle wissen, ob die Förderung sicher sei.",
    "Amtsleiter Dr. Kern antwortet, dass dies im Juni der Fall sei.\nDie Förderung sei bewilligt.",
    "Ein Anwohner möchte wissen, ob Bäume gefällt werden.",
    "Herr Kern verneint dies.",
    "Beschluss:\nDer Gemeinderat stimmt dem Ausbau des Radwegs zu.",
    "Abstimmungsergebnis: 9 Ja, 2 Nein, 1 Enthaltung",
    "TOP 2 Verschiedenes",
    "Ratsherr Thies regt an, die Bank am Friedhof zu streichen.",
)
DOCUMENT = "\n\n".join(PARAGRAPHS) + "\n"
_MARK = re.compile(r"^- \d+ -$|\u00ad\s*", re.MULTILINE)


def _quoted(minutes: Minutes) -> dict[str, list[object]]:
    """Everything that the record quotes, white space as in running text, without page marks and soft"
    " hyphens.
    """

    def said(span: tuple[int, int]) -> str:
        return " ".join(_MARK.sub("", minutes.text[slice(*span)]).split())

    names = {person.id: person.name for person in minutes.persons}
    return {
        "persons": [(p.name, p.kind, [said(m) for m in p.mentions]) for p in minutes.persons],
        "agenda": [(a.number, a.title, said((a.start, a.heading_end))) for a in minutes.agenda],
        "turns": [
            (
                t.label,
                said((t.start, t.end)),
                [names[s] for s in t.speakers],
                [said(m) for m in t.speaker_mentions],
                said(t.cue) if t.cue else None,
                minutes.content(t),
                t.mood,
                t.replies_to,
            )
            for t in minutes.turns
        ],
        "decisions": [
            (d.outcome, d.votes, said(d.wording) if d.wording else None, [said(e) for e in d.evidence])
            for d in minutes.decisions
        ],
        "attendance": [said(a.span) for a in minutes.meeting.attendance],
    }


def test_a_whole_document() -> None:
    minutes = extract(DOCUMENT)
    found = _quoted(minutes)
    assert [(label, speakers) for label, _, speakers, *_ in found["turns"]] == [  # type: ignore[misc]
        ("other", ["Ohm"]),
        ("question", ["Lang"]),
        ("answer", ["Kern"]),
        ("question", ["Anwohner"]),
        ("answer", ["Kern"]),
        ("decision", []),
        ("addition", ["Thies"]),
    ]
    assert [turn.agenda_item for turn in minutes.turns] == ["a1"] * 6 + ["a2"]
    assert [turn.replies_to for turn in minutes.turns][2:5] == [("t2",), (), ("t4",)]
    assert minutes.meeting.chair == minutes.turns[0].speakers[0]
    assert minutes.warnings == ()


def test_a_text_names_its_source_and_hash() -> None:
    minutes = extract(DOCUMENT)
    assert minutes.source == "text"
    assert minutes.sha256 == hashlib.sha256(DOCUMENT.encode()).hexdigest()
    assert minutes.text == DOCUMENT
    assert minutes.generator.package == __version__


def test_text_path_and_source_give_the_same(tmp_path: Path) -> None:
    path = tmp_path / "rat.txt"
    path.write_text(DOCUMENT, encoding="utf-8")
    by_text, by_path, by_source = extract(DOCUMENT), extract(path), extract(read_source(path))
    assert by_path == by_source
    assert _quoted(by_text) == _quoted(by_path)
    assert Path(by_path.source).name == "rat.txt"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(DOCUMENT.replace("\n", "\r\n"), id="CRLF"),
        pytest.param(DOCUMENT.replace("\n", "\r"), id="CR"),
        pytest.param(DOCUMENT.replace("\n\n", "\n\n\n\n"), id="more blank lines"),
        pytest.param(f"\n\n \n{DOCUMENT}\n\n", id="blank lines around"),
        pytest.param("\n\n\f".join(PARAGRAPHS), id="form feeds"),
        pytest.param("\n\n".join(f"   {p}  " for p in PARAGRAPHS), id="blanks around lines"),
        pytest.param(DOCUMENT.replace("Radweg", "Rad\u00ad\nweg"), id="soft hyphens"),
        pytest.param(f"\ufeff{DOCUMENT}", id="byte order mark"),
    ],
)
def test_line_ends_do_not_matter(text: str) -> None:
    assert _quoted(extract(text)) == _quoted(extract(DOCUMENT))


@pytest.mark.xfail(reason="U+FEFF stays in front of the first turn", strict=True)
def test_a_byte_order_mark_before_the_first_speaker() -> None:
    text = "\ufeffFrau Lang fragt, ob die Bank bleibe."
    [turn] = extract(text).turns
    assert text[turn.start : turn.end] == "Frau Lang fragt, ob die Bank bleibe."


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_offsets_hold_in_the_text_of_every_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "rat.txt"
    path.write_bytes(DOCUMENT.replace("\n", "\r\n").encode(encoding))
    minutes = extract(path)
    assert _quoted(minutes)["turns"] == _quoted(extract(DOCUMENT))["turns"]


def _check_spans(minutes: Minutes) -> None:
    """Check what every record promises of its spans beyond what `Minutes` checks itself."""
    turns = [(turn.start, turn.end) for turn in minutes.turns]
    for turn in minutes.turns:
        said = minutes.text[turn.start : turn.end]
        assert said == said.strip()
        for start, end in (*turn.content, *((turn.cue,) if turn.cue else ())):
            assert turn.start <= start < end <= turn.end
        for start, end in turn.speaker_mentions:
            mention = minutes.text[start:end]
            assert mention == mention.strip()
            assert mention[0].isalnum()
    for person in minutes.persons:
        for start, end in person.mentions:
            mention = minutes.text[start:end]
            assert mention == mention.strip()
            assert mention[0].isalnum()
    for decision in minutes.decisions:
        place = turns[[turn.id for turn in minutes.turns].index(decision.turn)]
        for start, end in (*decision.evidence, *((decision.wording,) if decision.wording else ())):
            assert place[0] <= start < end <= place[1]
    for item in minutes.agenda:
        heading = minutes.text[item.start : item.heading_end]
        assert heading == heading.strip()


def test_a_speaker_is_named_inside_the_turn() -> None:
    text = "Ratsfrau Lang\n(GRÜNE) fragt, ob die Bank am Friedhof im Frühjahr gestrichen wird."
    [turn] = extract(text).turns
    assert all(turn.start <= start < end <= turn.end for start, end in turn.speaker_mentions)


_JUNK = st.sampled_from(
    [
        "\n",
        "\n\n\n",
        "\r\n",
        "\n\f\n",
        "\n\n- 3 -\n\n",
        "\n\nSeite 2 von 9\n\n",
        "\n\n7\n\n",
        "  \n\t\n",
        "\n\n\u00a0\n\n",
    ]
)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(st.integers(0, 10_000), _JUNK), max_size=6))
def test_a_record_holds_wherever_lines_are_broken(junk: list[tuple[int, str]]) -> None:
    text = DOCUMENT
    for place, piece in junk:
        blanks = [i for i, letter in enumerate(text) if letter in " \n"]
        at = blanks[place % len(blanks)]
        text = text[:at] + piece + text[at + 1 :]
    minutes = extract(text)
    assert minutes.text == text
    _check_spans(minutes)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(0, len(PARAGRAPHS)), st.integers(1, 40)), max_size=5, unique_by=lambda m: m[0]))
def test_page_marks_between_paragraphs_change_nothing(marks: list[tuple[int, int]]) -> None:
    parts = list(PARAGRAPHS)
    for place, number in sorted(marks, reverse=True):
        parts.insert(place, f"- {number} -")
    assert _quoted(extract("\n\n".join(parts))) == _quoted(extract(DOCUMENT))


_ODD = st.sampled_from(
    [
        "\x00",
        "\ufeff",
        "\u200b",
        "\u202e",
        "\u2028",
        "\u0085",
        "\x1c",
        "²",
        "½",
        "٣",
        "Ⅳ",
        "ﬁ",
        "ẞ",
        "İ",
        "e\u0301",
        "🙂",
        "👩‍🚒",
        "\U0001f1e9\U0001f1ea",
        "¬",
        "…",
        "„",
        "“",
        "‚",
        "’",
        "–",
        "•",
        "☐",
        "\t",
        "\r",
        "\f",
        "\v",
    ]
)
_GERMAN = st.sampled_from(
    [
        "Frau ",
        "Herrn ",
        "Dr. ",
        "Lux",
        " fragt, ob ",
        "A. ",
        " (CDU)",
        "Der Vorsitzende ",
        "TOP 1 ",
        "Ö 9 ",
        "§ 41 ",
        "Beschluss:",
        "Abstimmungsergebnis: ",
        "12 Ja, 3 Nein",
        "7:0",
        "6/0/1",
        "einstimmig",
        "Anwesend:",
        "\n",
        "\n\n",
        "Seite 2 von 9",
        "- 3 -",
        "Rad-\nweg",
        ", dass ",
        "sei.",
        "? ",
        "Auf Nachfrage von ",
        "Sachverhalt:",
        "3. Mai 2024",
        "Beginn: 25:99 Uhr",
        "99.99.2024",
        "## ",
        "**",
        "a) ",
        ": ",
        "er ",
        "Sie ",
        "Letztere ",
        " und ",
        "Vorlage: 1/2",
        "(",
        ")",
    ]
)


@settings(deadline=None, max_examples=300)
@given(st.lists(_GERMAN | _ODD | st.text(max_size=4), max_size=30).map("".join))
def test_any_text_has_a_record(text: str) -> None:
    minutes = extract(text)
    assert minutes.text == text
    for person in minutes.persons:
        assert all(minutes.text[a:b].strip() for a, b in person.mentions)


@settings(deadline=None, max_examples=100)
@given(st.lists(_GERMAN, max_size=40).map("".join))
def test_spans_of_any_german_text(text: str) -> None:
    _check_spans(extract(text))


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "\ufeff", "x", "\x00", ".", "1", "Beschluss:", ":" * 5000, "(" * 5000]
)
def test_little_or_nothing(text: str) -> None:
    assert extract(text).text == text


@pytest.mark.xfail(reason="spaCy cannot encode it; no error of ours says so", strict=True)
def test_half_a_surrogate_pair_has_a_record() -> None:
    assert extract("Frau Lux fragt \ud83d nach.").turns


def test_an_empty_text_is_warned_of() -> None:
    assert extract("").warnings == ("no turn was found", "no agenda item was found")


def test_the_same_text_has_the_same_record() -> None:
    assert extract(DOCUMENT).to_json() == extract(DOCUMENT, nlp=load()).to_json()


def test_records_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    code = f"import pipeline; print(pipeline.extract({DOCUMENT!r}).to_json())"
    seen = {
        subprocess.run(
            [sys.executable, "-W", "ignore", "-c", code],
            cwd=tmp_path,
            env={"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "7")
    }
    assert seen == {(extract(DOCUMENT).to_json() + "\n").encode()}


def test_a_record_reads_back() -> None:
    minutes = extract(DOCUMENT)
    assert Minutes.model_validate_json(minutes.to_json()) == minutes


def test_pipe_gives_what_extract_gives() -> None:
    texts = [DOCUMENT, "", "Frau Lang fragt, ob die Bank bleibe.", DOCUMENT.replace("Kern", "Roth")]
    nlp = load()
    assert [to_minutes(doc, nlp=nlp) for doc in nlp.pipe(texts, batch_size=2)] == [extract(text) for text in texts]


def test_a_document_that_was_not_processed_is_refused() -> None:
    with pytest.raises(
        ValueError,
        match=r"lacks layout, mentions, .*process it with the pipeline of"
        r" load\(\)",
    ):
        to_minutes(spacy.blank("de")(DOCUMENT))


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A folder with a pipeline whose entity ruler knows one name."""
    nlp = spacy.blank("de")
    nlp.meta["name"] = "kleines_modell"
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "PER", "pattern": "Zerwas"}])  # type: ignore[attr-defined]
    nlp.to_disk(tmp_path / "base")
    return tmp_path / "base"


BARE = "Zerwas fragt, wann die Halle öffnet."


def test_a_base_runs_first_and_seeds_the_names(base: Path) -> None:
    nlp = load(base=str(base))
    assert nlp.pipe_names == ["entity_ruler", *COMPONENTS]
    minutes = to_minutes(nlp(BARE), nlp=nlp)
    assert [p.name for p in minutes.persons] == ["Zerwas"]
    assert [t.speakers for t in minutes.turns] == [("p1",)]


def test_the_record_says_which_base_was_used(base: Path) -> None:
    nlp = load(base=str(base))
    with_base, without = to_minutes(nlp(BARE), nlp=nlp).generator, extract(BARE).generator
    assert with_base.models["base"] == "de_kleines_modell"
    assert with_base.config != without.config


def test_a_text_says_which_base_was_used_like_a_path(base: Path, tmp_path: Path) -> None:
    nlp = load(base=str(base))
    path = tmp_path / "a.txt"
    path.write_text(BARE, encoding="utf-8")
    assert extract(BARE, nlp=nlp).generator == extract(path, nlp=nlp).generator


@pytest.mark.parametrize("base", ["de_kein_solches_modell", "./kein/ordner"])
def test_a_missing_base_is_named_with_a_way_out(base: str) -> None:
    with pytest.raises(BaseError) as error:
        load(base=base)
    assert str(error.value).startswith(f"no spaCy pipeline {base!r}: install it")
    assert "folder" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_folder_without_a_pipeline_is_named(tmp_path: Path) -> None:
    with pytest.raises(BaseError, match="no spaCy pipeline"):
        load(base=str(tmp_path))


def test_a_long_document_is_not_refused() -> None:
    text = DOCUMENT * 1500  # more than the million characters that spaCy takes by default
    assert len(text) > 1_000_000
    assert load()(DOCUMENT).text == DOCUMENT
    assert load().max_length > len(text)


@pytest.mark.parametrize("module", ["torch", "transformers", "evaluation", "pandas"])
def test_an_extraction_does_without(module: str, tmp_path: Path) -> None:
    code = f"""
import sys
import spacy
before = set(sys.modules)
import pipeline
pipeline.extract({DOCUMENT!r})
print({module!r} in set(sys.modules) - before)
"""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


def test_something_that_is_no_document_is_refused() -> None:
    with pytest.raises(TypeError, match="not int"):
        extract(123)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("head", "date", "body"),
    [
        (
            "Klein Wedel, den 03.04.2024\n\nProtokoll der Sitzung des Ortsrates am Dienstag, den 02.04.2024",
            2,
            "Ortsrat",
        ),
        ("Niederschrift der 11. Ratssitzung vom 3. April 2024", 3, "Rat"),
        ("Protokoll der Gemeinderatssitzung\nDienstag, den 2. April 2024", 2, "Gemeinderat"),
    ],
)
def test_date_and_body_of_the_sitting(head: str, date: int, body: str) -> None:
    meeting = extract(f"{head}\n\nTOP 1 Begrüßung\n\nFrau Lux eröffnet die Sitzung.\n").meeting
    assert meeting.date is not None
    assert (meeting.date.day, meeting.body) == (date, body)
