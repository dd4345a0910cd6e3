"""The store of an archive: one SQLite file with records, failures and a search over turns (docs/store.md)."""

from corpus.store.errors import StoreError
from corpus.store.ledger import Ledger, storable, suffix_of
from corpus.store.lock import only_run
from corpus.store.rows import Entry, entry_of
from corpus.store.selection import Selection
from corpus.store.state import (
    FAILURE_KINDS,
    Counts,
    Failed,
    Failure,
    FailureKind,
    Found,
    Hit,
    Known,
    Outcome,
    Run,
    Stamp,
)
from corpus.store.store import Store

__all__ = [
    "FAILURE_KINDS",
    "Counts",
    "Entry",
    "Failed",
    "Failure",
    "FailureKind",
    "Found",
    "Hit",
    "Known",
    "Ledger",
    "Outcome",
    "Run",
    "Selection",
    "Stamp",
    "Store",
    "StoreError",
    "entry_of",
    "only_run",
    "storable",
    "suffix_of",
]
