"""Pages of HTML that need nothing but themselves."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from corpus.captions import counted
from evaluation.harness import Document
from evaluation.page.browsing import Browsed, browse, facets
from evaluation.page.drawing import Figure
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
    names = [figure.name for figure in figures]
    if len(set(names)) < len(names):
        raise ValueError(f"two figures of one name among {', '.join(sorted(names))}: their ids would be the same")
    script = _resource("page.js")
    page = (
        _environment()
        .get_template("page.jinja")
        .render(
            title=title,
            tables=tables,
            figures=figures,
            documents=documents,
            facets=facets(documents),
            wrong=sum(len(document.wrong) for document in documents),
            turns=sum(document.turns for document in documents),
            style=Markup(_resource("page.css")),
            script=Markup(script),
            # The page may run this script and load nothing, whatever the texts in it say.
            script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        )
    )
    # A text may hold half a character, which no file in UTF-8 can.
    return page.encode("utf-8", "replace").decode("utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("evaluation.page", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(counted=counted, undefined=UNDEFINED)
    return environment


def _resource(name: str) -> str:
    return (files("evaluation.page") / name).read_text(encoding="utf-8")
