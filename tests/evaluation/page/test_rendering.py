from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.gold import Gold
from corpus.joining import encodable
from corpus.record import Minutes
from evaluation import differences
from evaluation.harness import Document
from evaluation.intervals import Estimate
from evaluation.page import leaderboard_page, learning_figure, metrics_figure, report_page
from evaluation.tables import Table
from tests.evaluation.page.reading import HOSTILE, NAME
from tests.pages import Page, assert_loads_nothing

SCORES = Table("Scores & more", ("Metric", "Score"), (("span_f1", "0.900"), ("<b>", "–")))
FIGURES = (
    metrics_figure({"span_f1": Estimate(0.8, 0.7, 0.9)}),
    learning_figure({"rules": {10: Estimate(0.5), 20: Estimate(0.6)}}, "turn_f1"),
)


@pytest.fixture(scope="module")
def page(documents: tuple[Document, ...]) -> Page:
    return Page(report_page("Rat & <Kreis>", [SCORES], documents, FIGURES))


def test_a_page_loads_nothing(page: Page) -> None:
    assert_loads_nothing(page)


def test_a_policy_forbids_all_but_the_script_of_the_page(page: Page) -> None:
    (policy,) = page.values("content", "meta")[:1]
    assert policy.startswith("default-src 'none'")
    assert "unsafe-eval" not in policy
    assert page.source.count("<script>") == 1


def test_what_documents_say_is_text(page: Page) -> None:
    for text in (*HOSTILE.splitlines(), NAME, "Rat & <Kreis>", "Scores & more"):
        assert text in page.text
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)
    assert f"berg-{NAME}" in page.text
    assert set(page.values("data-style")) >= {"see", "tal"}


def test_every_difference_is_listed_once(page: Page, documents: tuple[Document, ...]) -> None:
    faults = [fault.fault for x in documents for fault in differences(x.gold, x.minutes)]
    assert page.values("data-kind", "li") == faults


def test_ids_are_unique_and_links_lead_to_them(page: Page) -> None:
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    referred = [x.removeprefix("#") for x in page.values("href")]
    referred += [x for name in ("aria-labelledby", "aria-describedby") for x in page.values(name)]
    assert set(referred) <= set(ids)


def test_tables_have_heads_and_undefined_cells(page: Page) -> None:
    assert page.values("scope", "th")[:4] == ["col", "col", "row", "row"]
    assert '<td class="number">–</td>' in page.source


def test_a_leaderboard_has_no_browser(page: Page) -> None:
    board = Page(leaderboard_page("Systems", [SCORES], FIGURES))
    assert "<script>" not in board.source
    assert not {"details", "article", "form"} & {tag for tag, _ in board.elements}
    assert board.values("href", "a") == ["#content", "#figures", "#tables"]


def test_without_a_wrong_turn_the_page_says_so(gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]) -> None:
    turn = {"quote": "Herr Berg lobt.", "label": "addition"}
    document = Document("see-1", gold_of("Herr Berg lobt.", turn), record_of("Herr Berg lobt.", turn))
    page = Page(report_page("Report", [], [document]))
    assert "No turn is wrong." in page.text
    assert "1 document, 1 gold turn, 0 wrong turns" in page.text


def test_two_figures_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two figures of one name"):
        leaderboard_page("Systems", [], (FIGURES[0], FIGURES[0]))


@given(st.text(st.characters(codec=None), min_size=1, max_size=40).filter(str.strip))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_makes_a_page_of_the_same_elements(
    gold_of: Callable[..., Gold], record_of: Callable[..., Minutes], text: str
) -> None:
    def elements(word: str) -> list[str]:
        gold = gold_of(word, {"start": 0, "end": len(word), "label": "other", "speakers": [f"Ell {encodable(word)}"]})
        source = report_page(word, [], [Document(f"see-{word}", gold, record_of(word))])
        source.encode("utf-8")
        return [tag for tag, _ in Page(source).elements]

    assert elements(text) == elements("Lob")
