"""Drawings as SVG inside a page: text stays text, and the colours are the page's own, light and dark."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterable
from xml.etree import ElementTree

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from corpus.page.figure import Figure
from corpus.svg import element
from evaluation.tables import UNDEFINED

INK = "#1d2126"
QUIET = "#5c6470"
SERIES = ("#0b5cad", "#c2570c", "#00705a", "#9b2f7d", "#6b4e16", "#4b5563")
"""Colours to draw with: each becomes a variable of the page, so these very values are never seen."""

_VARIABLES = {
    INK: "var(--ink)",
    QUIET: "var(--quiet)",
    **{colour: f"var(--series-{number})" for number, colour in enumerate(SERIES)},
}
_WIDTH = 5.0  # inches: on a telephone the text is then hardly smaller than that of the page


def draw(
    name: str, title: str, caption: str, words: Iterable[str], height: float, paint: Callable[[Axes], None]
) -> Figure:
    """Return the figure that `paint` makes of empty axes; `words` say its values, `height` is in inches.

    The same drawing under the same name is the same text.
    """
    drawn = io.BytesIO()
    with matplotlib.rc_context(), warnings.catch_warnings():
        matplotlib.rcdefaults()
        _set_style(name)
        # matplotlib's own font may lack a letter of a name; the reader's fonts draw the text, not this one.
        warnings.filterwarnings("ignore", message="Glyph", category=UserWarning)
        canvas = Canvas(figsize=(_WIDTH, height), layout="constrained")
        paint(canvas.subplots())
        canvas.savefig(drawn, format="svg", transparent=True, metadata={"Date": None})
    description = "; ".join(words) or UNDEFINED
    return Figure(name, title, caption, description, _inline(drawn.getvalue().decode(), name, title, description))


def _set_style(salt: str) -> None:
    matplotlib.rc("svg", fonttype="none", hashsalt=salt)
    matplotlib.rc("text", color=INK, parse_math=False)  # a house style may be called "a$b$"
    matplotlib.rc("font", size=10.5)
    matplotlib.rc("axes", edgecolor=QUIET, labelcolor=INK, grid=True, axisbelow=True)
    matplotlib.rc("axes.spines", top=False, right=False)
    matplotlib.rc("grid", color=QUIET, alpha=0.25, linewidth=0.7)
    matplotlib.rc("xtick", color=QUIET, labelcolor=INK)
    matplotlib.rc("ytick", color=QUIET, labelcolor=INK)
    matplotlib.rc("legend", frameon=False)
    matplotlib.rc("lines", linewidth=1.6, markersize=5.5)


def _inline(svg: str, name: str, title: str, description: str) -> str:
    """Reduce a file of SVG to an element of a page that says its values in words."""
    root = element(svg, _VARIABLES)
    words = ElementTree.Element("desc", {"id": f"{name}-words"})
    words.text = description
    root.insert(0, words)
    root.attrib |= {"role": "img", "aria-label": title, "aria-describedby": f"{name}-words"}
    return ElementTree.tostring(root, encoding="unicode")
