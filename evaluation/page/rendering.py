"""Pages of HTML that need nothing but themselves."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.captions import counted
from corpus.page.figure import Figure, distinct
from corpus.page.shell import render
from evaluation.harness import Document
from evaluation.page.browsing import Browsed, browse, facets
from evaluation.tables import UNDEFINED, Table


def report_page(
    title: str, tables: Sequence[Table], documents: Sequence[Document], figures: Sequence[Figure] = ()
) -> str:
    """Return the report of one system: tables, figures, and every wrong turn to be read in its document."""
    return _page(title, tables, figures, browse(documents))


def leaderboard_page(title: str, tables: Sequence[Table], figures: Sequence[Figure] = ()) -> str:
    """Return the comparison of several systems: tables and figures alone."""
    return _page(title, tables, figures, ())


def _page(title: str, tables: Sequence[Table], figures: Sequence[Figure], documents: Sequence[Browsed]) -> str:
    return render(
        "evaluation.page",
        "page.jinja",
        "page.css",
        ("page.js",) if documents else (),
        title=title,
        tables=tables,
        figures=distinct(figures),
        documents=documents,
        facets=facets(documents),
        wrong=sum(len(document.wrong) for document in documents),
        turns=sum(document.turns for document in documents),
        counted=counted,
        undefined=UNDEFINED,
    )
