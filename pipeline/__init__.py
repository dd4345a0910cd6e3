"""German minutes in, structured deliberation out: spaCy components, `load()`, `extract()` and the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.extraction import extract, load, to_minutes

__all__ = ["extract", "load", "to_minutes"]


def __getattr__(name: str) -> object:
    # spaCy comes in with the first of them: a process of an archive's run starts without it if it needs none.
    if name in __all__:
        from pipeline import extraction

        return getattr(extraction, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
