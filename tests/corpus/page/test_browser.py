"""The page as a browser shows it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.page import Figure, minutes_page
from tests.browsing import PHONE, opened
from tests.corpus.page.meetings import FLAWED, attack, meeting

sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright (extra dev)")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs axe-playwright-python (extra dev)")

FIGURE = Figure(
    "shares", "Redeanteile", "Gezählt sind Wörter.", "Lux 60", '<svg role="img" aria-label="Anteile"></svg>'
)


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(minutes_page([meeting(), meeting("archiv/rat-2.txt")], [FIGURE]), encoding="utf-8")
    return path


@pytest.fixture
def page(browser: sync_api.Browser, file: Path) -> Iterator[sync_api.Page]:
    with opened(browser, file) as shown:
        yield shown


def _shown(page: sync_api.Page) -> list[str]:
    return page.locator(".turn:visible .number").all_text_contents()


def _found(page: sync_api.Page) -> str:
    return page.inner_text("output")


def test_the_search_counts_hits_in_texts_and_names(page: sync_api.Page) -> None:
    assert len(_shown(page)) == 7
    page.keyboard.press("/")
    page.keyboard.type("MUHLWEG")
    assert _shown(page) == ["t1"]  # "Mühl-\r\nweg"
    assert _found(page) == "2 Treffer in 1 Redebeitrag und 1 anderen Stelle"
    assert page.locator("#m1-a1").is_visible()
    assert page.evaluate("[...CSS.highlights.get('hit')].map(String)") == ["Mühlweg", "Mühl-\nweg"]
    page.fill("[name=text]", "Dr. Sommer")
    assert _shown(page) == ["t2", "t4"]  # the second by its speaker
    page.fill("[name=text]", '"frau lux" haushalt')
    assert _shown(page) == ["t6"]
    page.fill("[name=text]", "Gibtesnicht")
    assert (_shown(page), _found(page)) == ([], "0 Treffer in 0 Redebeiträgen")
    page.keyboard.press("Escape")
    assert (len(_shown(page)), _found(page)) == (7, "7 Redebeiträge")


def test_hits_in_other_meetings_are_counted_in_the_list(page: sync_api.Page) -> None:
    page.fill("[name=text]", "kosten")
    assert page.locator(".meetings .hits").all_inner_texts() == ["1 Treffer", "1 Treffer"]
    page.click(".meetings a >> nth=1")
    assert page.locator("#m1").is_hidden()
    assert page.locator("#m2-t3").is_visible()


def test_filters_choose_by_label_speaker_and_state(page: sync_api.Page) -> None:
    page.select_option("[name=label]", "question")
    assert (_shown(page), _found(page)) == (["t1", "t3", "t5"], "3 von 7 Redebeiträgen")
    assert page.locator(".clerk:visible").count() == 0
    page.select_option("[name=speaker]", "Lux")
    assert _shown(page) == ["t1", "t3"]
    page.select_option("[name=state]", "deferred")
    assert _shown(page) == ["t3"]
    page.click(".clear")
    sync_api.expect(page.locator("output")).to_have_text("7 Redebeiträge")
    page.select_option("[name=state]", "open")
    assert _shown(page) == ["t5"]
    page.select_option("[name=state]", "unsure")
    assert _shown(page) == ["t1", "t6"]


def test_questions_and_answers_lead_to_each_other(page: sync_api.Page) -> None:
    page.click("#m1-t1 .answers a")
    sync_api.expect(page.locator("#m1-t2")).to_be_focused()
    sync_api.expect(page.locator("#m1-t2")).to_be_in_viewport()
    assert page.locator(".current").get_attribute("id") == "m1-t2"
    page.click("#m1-t2 .replies a")
    sync_api.expect(page.locator("#m1-t1")).to_be_focused()
    page.keyboard.press("f")
    sync_api.expect(page.locator("#m1-t2")).to_be_focused()
    page.keyboard.press("f")
    sync_api.expect(page.locator("#m1-t1")).to_be_focused()


def test_a_link_to_what_the_filter_hides_shows_all(page: sync_api.Page) -> None:
    page.select_option("[name=label]", "question")
    page.click("#m1-t1 .answers a")
    sync_api.expect(page.locator("#m1-t2")).to_be_focused()
    assert len(_shown(page)) == 7


def test_keys_lead_through_the_page(page: sync_api.Page) -> None:
    def current() -> str | None:
        return page.evaluate("document.querySelector('.current .number')?.textContent")

    page.locator("#m1-t1").focus()
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert current() == "t3"
    page.keyboard.press("k")
    assert current() == "t2"
    page.fill("[name=text]", "Lux")
    page.keyboard.press("Enter")
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.id") != ""
    page.keyboard.press("?")
    assert page.locator("#keys").is_visible()
    page.uncheck("#keys input")
    page.locator("#m1-t1").focus()
    page.keyboard.press("j")
    assert current() == "t1"
    page.keyboard.press("Escape")
    assert page.locator("#keys").is_hidden()


def test_the_first_tab_skips_to_the_minutes(page: sync_api.Page) -> None:
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_a_link_from_outside_opens_its_meeting(browser: sync_api.Browser, file: Path) -> None:
    page = browser.new_page()
    page.goto(f"{file.as_uri()}#m2-t3")
    sync_api.expect(page.locator("#m2-t3")).to_be_in_viewport()
    assert page.locator("#m1").is_hidden()
    page.close()


def test_without_a_script_all_is_there(browser: sync_api.Browser, file: Path) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(file.as_uri())
    assert page.locator(".turn:visible").count() == 14
    assert not page.locator("form, .tools, .review, #keys").locator("visible=true").count()
    page.close()


def test_a_phone_need_not_scroll_sideways(page: sync_api.Page) -> None:
    page.set_viewport_size(PHONE)
    page.click(".reviewing")
    page.click("#m1-t2 .correct")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_dark_is_dark_and_paper_is_light(page: sync_api.Page) -> None:
    def brightness() -> int:
        script = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).slice(0, 3).map(Number)"
        return sum(page.evaluate(script))

    assert brightness() > 600
    page.emulate_media(color_scheme="dark")
    assert brightness() < 150
    page.emulate_media(color_scheme="dark", media="print")
    assert brightness() > 600
    assert not page.locator(".bar").is_visible()
    assert page.locator("#m1-t1").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_stands_in_the_way_of_anybody(browser: sync_api.Browser, file: Path, scheme: str) -> None:
    def violations() -> list[str]:
        found = axe.Axe().run(page).response["violations"]
        return [f"{x['id']}: {x['nodes'][0]['html']}" for x in found if x["impact"] in ("serious", "critical")]

    with opened(browser, file, color_scheme=scheme) as page:
        assert violations() == []
        page.click(".help")
        page.click(".reviewing")
        page.click("#m1-t2 .correct")
        page.select_option(".editor [name=label]", "addition")
        page.fill("[name=text]", "Lux")
        page.click("#m1-t6 .right")
        assert violations() == []
        page.fill("[name=text]", "")
        page.click("#m1-t7 .correct")
        page.click(".editor [name=strike]")
        assert violations() == []


def test_a_text_that_attacks_the_page_does_nothing(browser: sync_api.Browser, tmp_path: Path) -> None:
    file = tmp_path / "attack.html"
    file.write_text(minutes_page([attack()]), encoding="utf-8")
    hacked = "globalThis.hacked = () => { globalThis.gotcha = true; };"
    with opened(browser, file, hacked) as page:
        assert page.locator(".turn").count() == 3
        page.fill("[name=text]", "<script>")
        page.fill("[name=text]", "")
        page.select_option("[name=speaker]", FLAWED)
        page.select_option("[name=speaker]", "")
        page.click(".reviewing")
        page.click("#m1-t2 .correct")
        page.fill(".editor [name=speaker]", f"<img src=x onerror=hacked()> {FLAWED}")
        page.click(".editor [name=add]")
        page.select_option(".editor [name=label]", "decision")
        page.select_option(".editor [name=label]", "answer")
        page.click("#m1-t2 .who")
        for link in page.locator("#m1 a:visible").all():
            link.click()
        page.wait_for_timeout(100)
        assert page.evaluate("globalThis.gotcha") is None
        assert page.locator("#m1 img, #m1 script:not([type]), #m1 svg:not(.votes)").count() == 0
