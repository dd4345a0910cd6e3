"""Corrections on the page, from a file and without a server, until `evaluate` reads them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

import pipeline
from corpus.annotating import gold_of
from corpus.checking import validate
from corpus.collection import read_documents
from corpus.gold import Gold, read_gold
from corpus.page import minutes_page
from corpus.record import Votes
from evaluation.differences import differences
from pipeline.cli import app
from pipeline.labelling import labelled
from tests.browsing import opened
from tests.corpus.page.meetings import TEXT, meeting

sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright (extra dev)")

NO_STORAGE = """
Object.defineProperty(globalThis, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "report.html"
    path.write_text(minutes_page([meeting()]), encoding="utf-8")
    return path


@pytest.fixture
def page(browser: sync_api.Browser, file: Path) -> Iterator[sync_api.Page]:
    with opened(browser, file) as shown:
        shown.click(".reviewing")
        yield shown


def _correct(page: sync_api.Page) -> None:
    """Correct a label, a speaker, a reply and a vote, say that one turn is right, and that one is none."""
    _edit(page, "t6")
    page.select_option(".editor [name=label]", "addition")
    _edit(page, "t4")
    page.click(".speakers .chosen button")
    page.fill(".editor [name=speaker]", "Bürgerin")
    page.click(".editor [name=add]")
    page.click(".replies .chosen button")
    page.select_option(
        ".editor [name=reply]", label="t1 · Lux (GRÜNE): Frau Lux (GRÜNE) fragt, ob der Mühl- weg gesperrt sei."
    )
    _edit(page, "t7")
    page.select_option(".editor [name=outcome]", "amended")
    page.fill(".editor [name=abstain]", "2")
    page.press(".editor [name=abstain]", "Tab")
    page.check(".editor [name=unanimous]")
    page.click(".editor [name=close]")
    page.click("#m1-t2 .right")
    _edit(page, "t5")
    page.click(".editor [name=strike]")
    page.click(".editor [name=close]")


def _edit(page: sync_api.Page, number: str) -> None:
    page.click(f"#m1-{number} .correct")


def _saved(page: sync_api.Page, button: str, folder: Path) -> Path:
    with page.expect_download() as download:
        page.click(f".review {button}")
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def test_what_is_not_corrected_is_saved_as_it_was_read(page: sync_api.Page, tmp_path: Path) -> None:
    saved = _saved(page, ".save", _folder(tmp_path / "gold"))
    assert saved.name == "rat-1.json"
    assert read_gold(saved) == gold_of(meeting())


def test_corrections_become_gold_that_evaluate_reads(page: sync_api.Page, tmp_path: Path) -> None:
    _correct(page)
    assert page.inner_text(".progress") == "5 von 7 geprüft, 4 korrigiert"
    folder = _folder(tmp_path / "gold")
    gold = read_gold(_saved(page, ".save", folder))
    question, _, _, answer, praise, decision = gold.turns
    assert gold.text == TEXT
    assert praise.label == "addition"
    assert (answer.speakers, answer.replies_to) == (("Bürgerin",), (0,))
    assert (decision.outcome, decision.votes, decision.unanimous) == ("amended", Votes(yes=8, no=1, abstain=2), True)
    assert question == gold_of(meeting()).turns[0]
    assert gold.notes == ("geprüft: 1 3 4 5",)

    found = {(x.turn, x.fault) for x in differences(gold, meeting())}
    assert {("t6", "label"), ("t4", "speakers"), ("t7", "outcome"), ("t7", "votes")} <= found
    records = tmp_path / "minutes.jsonl"
    records.write_text(meeting().to_json() + "\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["evaluate", str(records), str(folder), "--errors"])
    assert done.exit_code == 0, done.output
    assert "Bürgerin" in done.output and "addition" in done.output

    learned = next(labelled(read_documents(folder), pipeline.load(classifier="rules")))  # as `train turns --data` does
    assert learned.labels == ("question", "answer", "question", "answer", "addition", "decision")


def test_apart_annotation_and_text_are_a_document_of_a_corpus(page: sync_api.Page, tmp_path: Path) -> None:
    _edit(page, "t6")
    page.select_option(".editor [name=label]", "addition")
    folder = _folder(tmp_path / "gold")
    written = _saved(page, ".save-apart", folder)
    text = _saved(page, ".save-text", folder)
    assert (written.name, text.name) == ("rat-1.json", "rat-1.txt")
    assert text.read_bytes() == TEXT.encode()
    assert '"text"' not in written.read_text(encoding="utf-8")
    validation = validate(folder)
    assert validation.findings == ()
    assert validation.documents[0].gold.turns[5].label == "addition"


def test_a_speaker_brings_what_the_turn_says_of_him(page: sync_api.Page, tmp_path: Path) -> None:
    _edit(page, "t2")
    page.click(".speakers .chosen button")
    page.fill(".editor [name=speaker]", "Lux (GRÜNE)")
    page.press(".editor [name=speaker]", "Enter")
    _edit(page, "t1")
    page.fill(".editor [name=speaker]", "Dr. Sommer, Bürgermeister")
    page.click(".editor [name=add]")
    gold = read_gold(_saved(page, ".save", tmp_path))
    assert gold.turns[1].speakers == ("Lux",)
    assert (gold.turns[1].speaker_mentions, gold.turns[1].roles) == ((), ())
    first = gold.turns[0]
    assert (first.speakers, first.parties, first.roles) == (("Lux", "Sommer"), ("GRÜNE",), ())
    assert [TEXT[start:end] for start, end in first.speaker_mentions] == ["Frau Lux"]
    page.click(".editor [name=original]")
    _edit(page, "t2")
    page.click(".editor [name=original]")
    assert page.inner_text(".progress") == "0 von 7 geprüft, 0 korrigiert"
    assert read_gold(_saved(page, ".save", tmp_path)) == gold_of(meeting())


def test_a_new_name_is_a_speaker_and_is_looked_for_in_the_text(page: sync_api.Page, tmp_path: Path) -> None:
    _edit(page, "t6")
    page.click(".speakers .chosen button")
    page.fill(".editor [name=speaker]", "Luchs")
    page.click(".editor [name=add]")
    assert "„Luchs“ steht nicht im Protokoll" in page.inner_text(".note")
    page.select_option("[name=speaker] >> nth=0", "Luchs")
    assert page.locator(".turn:visible .number").all_text_contents() == ["t6"]
    assert read_gold(_saved(page, ".save", tmp_path)).turns[5].speakers == ("Luchs",)


def test_links_follow_the_corrections(page: sync_api.Page) -> None:
    _edit(page, "t5")
    page.select_option(".editor [name=label]", "answer")
    options = page.locator(".editor [name=reply] option").all_text_contents()
    assert [x.partition(" ")[0] for x in options] == ["hinzufügen", "t3", "t1"]
    page.locator(".editor [name=reply]").select_option(index=1)
    assert page.inner_text("#m1-t3 .answers") == "Antwort: t4 · Sommer, t5 · Bürgerin"
    assert page.locator("#m1-t3 .state").count() == 0  # no longer put off
    page.click("#m1-t3 .answers a >> nth=1")
    sync_api.expect(page.locator("#m1-t5")).to_be_focused()
    # Where the question is none, nothing answers it.
    _edit(page, "t3")
    page.select_option(".editor [name=label]", "other")
    assert page.locator("#m1-t4 .replies, #m1-t5 .replies").count() == 0


def test_steps_go_back_and_forth(page: sync_api.Page) -> None:
    _edit(page, "t1")
    page.select_option(".editor [name=label]", "other")
    page.click(".speakers .chosen button")
    page.click(".editor [name=close]")
    assert page.inner_text("#m1-t1 .by").split("\n")[:2] == ["Sonstiges", "ohne Sprecher"]
    page.click(".undo")
    assert page.inner_text("#m1-t1 .who") == "Lux (GRÜNE)"
    page.keyboard.press("u")
    assert page.inner_text("#m1-t1 .label") == "Frage"
    assert page.locator(".undo").is_disabled()
    assert page.inner_text("#m1-t1 .answers") == "Antwort: t2 · Sommer"
    page.click(".redo")
    page.click(".redo")
    assert page.inner_text("#m1-t1 .who") == "ohne Sprecher"
    page.click(".drop")
    assert page.inner_text("#m1-t1 .label") == "Frage"
    assert page.locator("#m1 .turn[data-corrected]").count() == 0


def test_corrections_are_there_again_when_the_page_is(page: sync_api.Page, tmp_path: Path) -> None:
    _correct(page)
    page.reload()
    assert page.inner_text(".progress") == "5 von 7 geprüft, 4 korrigiert"
    assert page.inner_text("#m1-t6 .label") == "Ergänzung"
    assert page.locator("#m1-t7 .ballot").first.inner_text().strip() == "einstimmig, 8 Ja, 1 Nein, 2 Enthaltungen"
    assert page.locator("#m1-t7 .ballot").first.locator("rect").count() == 3
    assert page.locator("#m1-t7 .ballots .ballot").count() == 3  # of parties and parts, as they were read
    page.select_option("[name=state]", "unchecked")
    assert page.locator(".turn:visible .number").all_text_contents() == ["t1", "t3"]


def test_a_saved_file_is_read_back(browser: sync_api.Browser, page: sync_api.Page, file: Path, tmp_path: Path) -> None:
    _correct(page)
    saved = [_saved(page, button, _folder(tmp_path / button)) for button in (".save", ".save-apart")]
    for path in saved:
        with opened(browser, file) as other:
            other.click(".reviewing")
            other.set_input_files(".review [type=file]", path)
            sync_api.expect(other.locator(".note")).to_have_text("rat-1.json geladen.")
            assert other.inner_text(".progress") == "5 von 7 geprüft, 4 korrigiert"
            again = _saved(other, ".save", tmp_path)
            assert read_gold(again) == read_gold(saved[0])
            other.click(".undo")
            assert other.inner_text(".progress") == "0 von 7 geprüft, 0 korrigiert"


def test_a_file_that_does_not_belong_here_is_refused(page: sync_api.Page, tmp_path: Path) -> None:
    for name, content, said in (
        ("kaputt.json", "{", "ist keine Gold-Datei"),
        ("anders.json", '{"turns": 3}', "ist keine Gold-Datei"),
        ("fremd.json", Gold(text="Anderer Text").model_dump_json(), "gehört zu keinem Text auf dieser Seite"),
    ):
        (tmp_path / name).write_text(content, encoding="utf-8")
        page.set_input_files(".review [type=file]", tmp_path / name)
        sync_api.expect(page.locator(".note")).to_contain_text(f"{name} {said}")
    assert page.inner_text(".progress") == "0 von 7 geprüft, 0 korrigiert"


def test_without_a_store_the_page_says_so_and_works(browser: sync_api.Browser, file: Path, tmp_path: Path) -> None:
    with opened(browser, file, NO_STORAGE) as page:
        page.click(".reviewing")
        _edit(page, "t6")
        page.select_option(".editor [name=label]", "addition")
        assert "merkt sich die Korrekturen nicht" in page.inner_text(".note")
        assert read_gold(_saved(page, ".save", tmp_path)).turns[5].label == "addition"


def test_keys_correct_too(page: sync_api.Page) -> None:
    page.locator("#m1-t3").focus()
    page.keyboard.press("r")
    assert page.inner_text("#m1-t3 .flags") == "geprüft"
    page.keyboard.press("b")
    sync_api.expect(page.locator(".editor [name=label]")).to_be_focused()
    page.select_option(".editor [name=label]", "addition")
    page.keyboard.press("Escape")
    assert page.locator(".editor").count() == 0
    assert page.inner_text("#m1-t3 .flags") == "korrigiert"
    page.keyboard.press("Control+z")
    assert page.inner_text("#m1-t3 .flags") == "geprüft"
