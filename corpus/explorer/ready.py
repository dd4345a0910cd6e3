"""Ready queries: one SQL file each, whose first comment is the title and whose further comments describe it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

PARAMETERS = {
    "suche": "Suchwörter",
    "vorlage": "Nummer der Vorlage (Teil davon)",
    "person": "Name der Person (Teil davon)",
    "gremium": "Gremium (Teil des Namens)",
    "von": "von (2023, 2023-05 oder 2023-05-14)",
    "bis": "bis einschließlich (wie „von“)",
    "abstand": "Abstand der Stimmen, höchstens",
    "sitzung": "Nummer der Sitzung",
}
"""What the parameters of the queries are called on the page. One that is empty does not choose."""

_PARAMETER = re.compile(r":([a-z]+)")


@dataclass(frozen=True)
class ReadyQuery:
    """A query with the name that its address ends in; `parameters` are in the order in which they are asked for."""

    name: str
    title: str
    description: str
    sql: str

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters of the query, in the order of `PARAMETERS`."""
        named = set(_PARAMETER.findall(self.sql))
        if unknown := named - set(PARAMETERS):
            raise ValueError(f"{self.name}: no label for {', '.join(sorted(unknown))}")
        return tuple(name for name in PARAMETERS if name in named)


@cache
def ready_queries() -> tuple[ReadyQuery, ...]:
    """Return the queries of `queries/*.sql` in the order of their numbers, which are no part of the names."""
    found = sorted((files("corpus.explorer") / "queries").iterdir(), key=lambda file: file.name)
    return tuple(_parsed(file.name, file.read_text(encoding="utf-8")) for file in found if file.name.endswith(".sql"))


def _parsed(file: str, text: str) -> ReadyQuery:
    lines = text.splitlines()
    head = [line.removeprefix("-- ") for line in lines if line.startswith("-- ")]
    sql = "\n".join(line for line in lines if not line.startswith("-- "))
    name = file.removesuffix(".sql").partition("-")[2]
    return ReadyQuery(name=name, title=head[0], description=" ".join(head[1:]), sql=sql)
