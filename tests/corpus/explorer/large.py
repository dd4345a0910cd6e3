"""A store of any size, made of copies: each sitting under a path, a hash, a date and a body of its own."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from itertools import cycle
from pathlib import Path

from corpus.record import Minutes
from corpus.store import Found, Store, entry_of

BODIES = ("Gemeinderat", "Bauausschuss", "Ortschaftsrat Dettel", "Ausschuss für Umwelt und Verkehr", "Sozialausschuss")
_FIRST = dt.date(1995, 1, 9)


def fill(path: Path, records: Sequence[Minutes], turns: int) -> int:
    """Make a store of at least so many turns and return how many it has; a sitting a week in each body."""
    entries = [entry_of(minutes) for minutes in records]
    stored = 0
    with Store(path) as store:
        for n, entry in enumerate(cycle(entries)):
            if stored >= turns:
                return stored
            sha256 = hashlib.sha256(str(n).encode()).hexdigest()
            week, body = divmod(n, len(BODIES))
            date = (_FIRST + dt.timedelta(weeks=week)).isoformat()
            copy = replace(
                entry,
                record=(entry.record[0]._replace(sha256=sha256),),
                meeting=(entry.meeting[0]._replace(body=BODIES[body], date=date),),
            )
            store.ledger.put(Found(f"{date}/{body}.txt", sha256=sha256), copy, "copies")
            stored += len(entry.turn)
    return stored
