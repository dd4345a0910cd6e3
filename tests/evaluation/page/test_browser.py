"""The page as a browser shows it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from evaluation.harness import Document
from evaluation.intervals import Estimate
from evaluation.page import breakdown_figure, metrics_figure, report_page
from evaluation.tables import Table
from tests.browsing import PHONE, opened

sync_api = pytest.importorskip("playwright.sync_api", reason="needs playwright (extra dev)")


@pytest.fixture(scope="module")
def file(documents: tuple[Document, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    metrics = {"span_f1": 0.9, "label_f1": 0.8, "turn_f1": 0.7}
    figures = (
        metrics_figure({name: Estimate(x, x - 0.1, x + 0.1) for name, x in metrics.items()}),
        breakdown_figure({"see": metrics, "gemeinderat-mit-langem-namen-hinter-dem-berg": metrics}, "style"),
    )
    table = Table("Scores", ("Metric", *(f"column {x}" for x in range(20))), (("span_f1", *["0.900"] * 20),))
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_text(report_page("Report", [table], documents, figures), encoding="utf-8")
    return path


@pytest.fixture
def page(browser: sync_api.Browser, file: Path) -> Iterator[sync_api.Page]:
    with opened(browser, file) as shown:
        yield shown


def _shown(page: sync_api.Page) -> list[str]:
    return page.locator("article:visible h4").all_text_contents()


def test_the_filter_leaves_what_is_asked_for(page: sync_api.Page) -> None:
    assert len(_shown(page)) == 6
    page.select_option("[name=kind]", "missed")
    assert _shown(page) == ["gold turn 2", "gold turn 0"]
    assert page.inner_text("output") == "2 of 6"
    page.select_option("[name=style]", "see")
    assert _shown(page) == ["gold turn 2"]
    page.select_option("[name=label]", "question")
    assert _shown(page) == []
    page.click("button")
    sync_api.expect(page.locator("output")).to_have_text("6 of 6")
    assert len(_shown(page)) == 6
    page.fill("[name=text]", "CORDES LOBT")
    assert "gold turn 2" in _shown(page)
    assert page.inner_text("output") == "5 of 6"  # all but the document that has no such text


def test_choices_count_what_they_would_show(page: sync_api.Page) -> None:
    def choices(name: str) -> list[str]:
        return page.locator(f"[name={name}] option").all_inner_texts()

    assert choices("kind")[:3] == ["All kinds", "label (2)", "missed (2)"]
    page.select_option("[name=style]", "tal")
    assert choices("kind")[:3] == ["All kinds", "label (0)", "missed (1)"]
    assert "see (4)" in choices("style")


def test_a_wrong_turn_leads_to_its_place_and_back(page: sync_api.Page) -> None:
    place = page.locator(".passage", has_text="Frau Cordes lobt den Plan.").first
    assert not place.is_visible()
    page.locator("article h4 a", has_text="gold turn 2").focus()
    page.keyboard.press("Enter")
    sync_api.expect(place).to_be_in_viewport()
    page.select_option("[name=kind]", "label")
    place.locator("a.wrong").click()
    sync_api.expect(page.locator("article", has_text="gold turn 2")).to_be_in_viewport()


def test_a_link_from_outside_opens_its_document(browser: sync_api.Browser, file: Path) -> None:
    page = browser.new_page()
    page.goto(f"{file.as_uri()}#d1-p4")
    sync_api.expect(page.locator("#d1-p4")).to_be_in_viewport()
    page.close()


def test_without_a_script_all_is_there(browser: sync_api.Browser, file: Path) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(file.as_uri())
    assert page.locator("article:visible").count() == 6
    assert not page.locator("form").is_visible()
    page.locator("summary").first.click()
    assert page.locator("details .passage:visible").count() == 5
    page.close()


def test_a_phone_need_not_scroll_sideways(page: sync_api.Page, tmp_path: Path) -> None:
    page.set_viewport_size(PHONE)
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.screenshot(path=tmp_path / "phone.png", full_page=True)


def test_dark_is_dark_and_paper_is_light(page: sync_api.Page, tmp_path: Path) -> None:
    def colours() -> tuple[int, int]:
        """The brightness of the page and of the text in its first figure, from 0 to 765."""
        return tuple(
            page.evaluate(
                """() => [
                    getComputedStyle(document.body).backgroundColor,
                    getComputedStyle(document.querySelector("svg text")).fill,
                ].map((colour) => colour.match(/\\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0))"""
            )
        )

    light = colours()
    page.screenshot(path=tmp_path / "light.png", full_page=True)
    page.emulate_media(color_scheme="dark")
    dark = colours()
    page.screenshot(path=tmp_path / "dark.png", full_page=True)
    page.emulate_media(color_scheme="dark", media="print")
    assert light[0] > 600 > 150 > light[1]
    assert dark[0] < 150 < 600 < dark[1]
    assert colours()[1] == light[1]


def test_the_filter_stays_in_sight(page: sync_api.Page) -> None:
    page.locator("article").nth(4).evaluate("node => node.scrollIntoView()")
    sync_api.expect(page.locator("form")).to_be_in_viewport()
    assert page.locator("article").nth(4).bounding_box()["y"] >= page.locator("form").bounding_box()["height"] - 1
