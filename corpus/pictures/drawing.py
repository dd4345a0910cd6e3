"""A picture: drawn once, for a page, a notebook or a file; the same data under the same name give the same bytes."""

from __future__ import annotations

import io
import textwrap
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from corpus.captions import one_line
from corpus.svg import element

if TYPE_CHECKING:
    import pandas

INK = "#1d2126"
QUIET = "#70757d"
COLOURS = ("#0072b2", "#c65a00", "#008a63", "#b0568f", "#70757d")
"""Told apart by colour-blind readers (after Okabe and Ito), with a contrast of 3 or more on white and on near black."""

_WIDTH = 7.0  # inches
_TITLE, _SMALL = 11.5, 8.5  # points
_LINE = 108  # characters of the caption in one line, if they are not too wide
_MARGIN = 0.01  # of the width
_LONGEST = 34
_NO_CHARACTERS = {0xFFFE: None, 0xFFFF: None}  # which XML refuses


@dataclass(frozen=True, eq=False)
class Picture:
    """A drawing with what is counted in it.

    `caption` says what is counted, of how many, and what is left out; `data` has the numbers, a row for each thing
    drawn, `description` the same in words for those who cannot see it. `paint` draws into an empty figure, which is
    `height` inches high.
    """

    name: str
    title: str
    caption: str
    description: str
    data: pandas.DataFrame
    height: float
    paint: Callable[[Figure], None]

    def figure(self, *, captioned: bool = False) -> Figure:
        """Return a new figure of matplotlib, with title and caption if they are asked for."""
        with _style(self.name):
            lines = _lines(self.caption) if captioned else []
            height = self.height + (0.35 + 0.16 * len(lines) if captioned else 0)
            figure = Figure(figsize=(_WIDTH, height), layout="constrained")
            self.paint(figure)
            if captioned:
                figure.suptitle(self.title, x=_MARGIN, ha="left", fontsize=_TITLE, fontweight="bold")
                figure.supxlabel("\n".join(lines), x=_MARGIN, ha="left", fontsize=_SMALL, color=QUIET)
        return figure

    def svg(self, name: str | None = None) -> str:
        """Return the drawing as an SVG element for a page: text in the colour of the page, on no ground of its own.

        It holds no caption. `name` must be that of no other picture on the page; without it, it is that of the kind
        of picture.
        """
        name = name or self.name
        drawn = io.BytesIO()
        figure = self.figure()
        with _style(name):
            figure.savefig(drawn, format="svg", transparent=True, metadata={"Date": None})
        root = element(drawn.getvalue().decode(), {INK: "currentColor"})
        for tag, words in (("desc", self.description), ("title", self.title)):
            child = ElementTree.Element(tag, {"id": f"{name}-{tag}"})
            child.text = words
            root.insert(0, child)
        root.attrib |= {"role": "img", "aria-labelledby": f"{name}-title", "aria-describedby": f"{name}-desc"}
        return ElementTree.tostring(root, encoding="unicode")

    def html(self, name: str | None = None) -> str:
        """Return a `<figure>` for a page: the drawing, its title and its caption. For `name` see `svg`."""
        caption = f"<strong>{escape(self.title)}</strong><br>{escape(self.caption)}"
        return f'<figure style="max-width:56em">{self.svg(name)}<figcaption>{caption}</figcaption></figure>'

    def save(self, path: Path | str) -> None:
        """Write the drawing with title and caption, on white, to a file (.svg, .png or .pdf)."""
        date = {".svg": "Date", ".pdf": "CreationDate"}.get(Path(path).suffix.lower())
        figure = self.figure(captioned=True)
        with _style(self.name):
            figure.savefig(path, dpi=150, facecolor="white", metadata={date: None} if date else None)

    def _repr_html_(self) -> str:
        return self.html(f"{self.name}-{id(self):x}")  # another picture of this kind may stand in the notebook


def draw(
    name: str,
    title: str,
    caption: str,
    data: pandas.DataFrame,
    words: Iterable[str],
    height: float,
    paint: Callable[[Figure], None],
    nothing: str,
) -> Picture:
    """Return the picture that `paint` makes of an empty figure; `words` say its numbers, `height` is in inches.

    Where `data` has no rows, it says `nothing`.
    """
    description = "; ".join(plain(part) for part in words) or nothing
    if data.empty:
        height, paint = 1.0, partial(_paint_nothing, words=nothing)
    return Picture(name, plain(title), plain(caption), description, data, height, paint)


def _paint_nothing(figure: Figure, words: str) -> None:
    axes = figure.subplots()
    axes.set_axis_off()
    axes.text(0.5, 0.5, words, ha="center", va="center", color=QUIET, transform=axes.transAxes)


def _lines(caption: str) -> list[str]:
    """Return the lines of a caption, as long as the width allows: German has wider letters than English."""
    drawn = FigureCanvasAgg(Figure(figsize=(_WIDTH, 1))).get_renderer()  # type: ignore[no-untyped-call]
    font = FontProperties(size=_SMALL)
    for longest in range(_LINE, 1, -2):
        lines = textwrap.wrap(caption, longest)
        widths = (drawn.get_text_width_height_descent(line, font, ismath=False)[0] for line in lines)
        if max(widths, default=0) <= drawn.width * (1 - _MARGIN):
            break
    return lines


def plain(text: str) -> str:
    """Return text that an SVG can hold, in one line."""
    return one_line(text).translate(_NO_CHARACTERS)


def short(text: str, longest: int = _LONGEST) -> str:
    """Return text for a label, cut where it is too long."""
    line = plain(text)
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


@contextmanager
def _style(salt: str) -> Iterator[None]:
    with matplotlib.rc_context(), warnings.catch_warnings():
        matplotlib.rcdefaults()
        # matplotlib's own font may lack a letter of a name; on a page, the reader's fonts draw the text.
        warnings.filterwarnings("ignore", message="Glyph", category=UserWarning)
        matplotlib.rc("svg", fonttype="none", hashsalt=salt)
        matplotlib.rc("text", color=INK, parse_math=False)  # a committee may be called "a$b$"
        matplotlib.rc("font", size=9.5)
        matplotlib.rc("axes", edgecolor=QUIET, labelcolor=INK, axisbelow=True)
        matplotlib.rc("axes.spines", top=False, right=False)
        matplotlib.rc("grid", color=QUIET, alpha=0.3, linewidth=0.6)
        matplotlib.rc("xtick", color=QUIET, labelcolor=INK)
        matplotlib.rc("ytick", color=QUIET, labelcolor=INK)
        matplotlib.rc("legend", frameon=False)
        yield
