"""The explorer of an archive: Datasette on a store, with ready queries (docs/explore.md), labelled in German."""

from corpus.explorer.ready import ReadyQuery, ready_queries

__all__ = ["ReadyQuery", "ready_queries"]
