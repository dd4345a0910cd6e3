from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.annotating import gold_of
from corpus.gold import Gold
from corpus.page import Figure, minutes_page
from corpus.record import Minutes, Person, Turn
from tests.corpus.page.meetings import FLAWED, GENERATOR, HOSTILE, attack, meeting
from tests.pages import Page, assert_loads_nothing

FIGURE = Figure("shares", "Redeanteile", "Gezählt sind Wörter.", "Lux 60, Sommer 40", '<svg role="img"></svg>')


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(minutes_page([meeting(), attack()]))


def test_a_page_loads_nothing(page: Page) -> None:
    assert_loads_nothing(page)


def test_a_policy_allows_the_scripts_of_the_page_alone(page: Page) -> None:
    (policy,) = page.values("content", "meta")[:1]
    assert policy.startswith("default-src 'none'")
    assert "unsafe-eval" not in policy and "script-src 'sha256-" in policy
    assert page.source.count("<script>") == policy.count("'sha256-")


def test_the_page_is_german(page: Page) -> None:
    assert page.values("lang", "html") == ["de"]


def test_the_whole_text_is_there_in_its_order(page: Page) -> None:
    for record in (meeting(), attack()):
        words, at = page.text.split(), 0
        for word in record.text.split():
            at = words.index(word, at) + 1


def test_what_documents_say_is_text(page: Page) -> None:
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)
    assert FLAWED in page.text
    assert HOSTILE.split("\n")[2] in page.text
    assert page.source.count("<script") == page.source.count("</script>") == page.source.count("<script>") + 2


def test_ids_are_unique_and_links_lead_to_them(page: Page) -> None:
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    referred = [x.removeprefix("#") for x in page.values("href")]
    referred += [x for name in ("aria-labelledby", "aria-controls", "list") for x in page.values(name)]
    assert set(referred) <= set(ids)


def test_labels_are_words_and_not_colours_alone(page: Page) -> None:
    for word in ("Frage", "Antwort", "Ergänzung", "Beschluss", "Sonstiges", "ohne Art"):
        assert word in page.text
    assert "Unbeantwortet" in page.text and "Antwort zurückgestellt" in page.text


def test_the_data_of_the_review_are_gold() -> None:
    record = meeting()
    (data,) = re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', minutes_page([record]), re.DOTALL)
    given = json.loads(data)
    assert given["name"] == "rat-1"
    gold = gold_of(record)
    assert (given["text"], given["sha256"]) == (gold.text, gold.sha256)
    turns = [{k: v for k, v in x.items() if k not in ("voices", "deferred")} for x in given["turns"]]
    assert Gold.model_validate({"text": given["text"], **given["fields"], "turns": turns}) == gold
    assert [x["caption"] for x in given["persons"]] == ["Bürgerin", "Dr. Sommer, Bürgermeister", "Lux (GRÜNE)"]


def test_figures_stand_behind_the_meetings() -> None:
    page = minutes_page([meeting()], [FIGURE])
    assert page.index("<figure>") > page.rindex('class="meeting"')
    assert "<strong>Redeanteile.</strong> Gezählt sind Wörter." in page
    assert "<figure>" not in minutes_page([meeting()])
    with pytest.raises(ValueError, match="two figures of one name"):
        minutes_page([meeting()], [FIGURE, FIGURE])


@given(st.text(st.characters(codec=None), min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_any_text_makes_a_page_of_the_same_elements(text: str) -> None:
    def elements(word: str) -> list[str]:
        record = Minutes(
            source=word,
            sha256="",
            generator=GENERATOR,
            text=f"Lob: {word}!",
            persons=(Person(id=word, kind="person", name=f"Ell {word}"),),
            turns=(Turn(id=word, start=0, end=len(word) + 6, label="other", speakers=(word,)),),
            warnings=(word,),
        )
        source = minutes_page([record])
        source.encode("utf-8")
        return [tag for tag, _ in Page(source).elements]

    assert elements(text) == elements("Lob")
