"""German minutes in, structured deliberation out: spaCy components, `load()`, `extract()` and the command line."""

from pipeline.extraction import extract, load, to_minutes

__all__ = ["extract", "load", "to_minutes"]
