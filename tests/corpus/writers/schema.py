"""The schema of Parla-CLARIN in a form that libxml2 can compile."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

_R = "{http://relaxng.org/ns/structure/1.0}"
_SHARED = Path(os.environ.get("PROTOKOLLANT_SHARED") or Path(__file__).parents[4] / "shared")
_SCHEMA = _SHARED / "data" / "schemas" / "parla-clarin.rng"


@cache
def parla_clarin() -> etree.RelaxNG:
    """Return the schema, or skip the test where it is not there.

    libxml2 takes hours for the `optional` patterns of this schema, and milliseconds where each is written as the choice
    between its content and `empty`, which the specification says it is (4.10).
    """
    if not _SCHEMA.exists():
        pytest.skip(f"no {_SCHEMA}; set PROTOKOLLANT_SHARED to the folder of data/")
    grammar = etree.parse(str(_SCHEMA)).getroot()
    for optional in list(grammar.iter(f"{_R}optional")):
        optional.tag = f"{_R}choice"
        group = etree.Element(f"{_R}group")
        group.extend(list(optional))
        optional.extend((group, etree.Element(f"{_R}empty")))
    return etree.RelaxNG(grammar)
