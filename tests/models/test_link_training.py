from __future__ import annotations

from pathlib import Path

import pytest

from models.link_training import LinkedDocument, f1, train_links, write_links
from models.links import LinkInput, choose_open, link, load_links

ASKED = LinkInput("question", ("Lux",))
ASKED_TOO = LinkInput("question", ("Zeh",))
ANSWERED = LinkInput("answer", ("Roth",))


def _documents() -> list[LinkedDocument]:
    """Two styles in which an answer always answers the last question alone."""
    turns = (ASKED, ASKED_TOO, ANSWERED)
    return [LinkedDocument(style, turns * 3, frozenset({(2, 1), (5, 4), (8, 7)})) for style in "abab"]


def test_the_scorer_learns_what_the_documents_do(tmp_path: Path) -> None:
    documents = _documents()
    scorer, report = train_links(documents)
    assert link(documents[0].turns, scorer.choose)[:3] == [(), (), (1,)]
    assert (report.learned, report.rules) == (1.0, pytest.approx(2 / 3, abs=1e-4))
    assert (report.documents, report.pairs) == (4, 4 * (2 + 4 + 6))
    write_links(scorer, report, tmp_path / "links.json")
    assert load_links(tmp_path / "links.json") == scorer


def test_the_same_documents_give_the_same_weights() -> None:
    assert train_links(_documents()) == train_links(_documents())


def test_one_style_cannot_be_left_out() -> None:
    with pytest.raises(ValueError, match="at least two house styles"):
        train_links([LinkedDocument("a", (ASKED, ANSWERED), frozenset({(1, 0)}))])


def test_links_whose_turns_were_not_found_count_as_missed() -> None:
    document = LinkedDocument("a", (ASKED, ANSWERED), frozenset({(1, 0)}), missed=2)
    assert f1([(document, choose_open)]) == 0.5
    assert f1([]) == 0.0
