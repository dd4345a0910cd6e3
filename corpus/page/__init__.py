"""Pages to read and correct records on: one HTML file that needs nothing else."""

from corpus.page.figure import Figure
from corpus.page.pictures import page_figures
from corpus.page.rendering import minutes_page

__all__ = ["Figure", "minutes_page", "page_figures"]
