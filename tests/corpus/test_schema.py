from __future__ import annotations

import json
from pathlib import Path

from corpus.record import Minutes
from corpus.schema import json_schema

STORED = Path(__file__).parents[2] / "docs" / "record.schema.json"


def test_the_stored_schema_is_current() -> None:
    # If this fails: protokollant schema > docs/record.schema.json
    assert STORED.read_text(encoding="utf-8") == json_schema()


def test_the_schema_is_deterministic_and_ends_its_line() -> None:
    assert json_schema() == json_schema()
    assert json_schema().endswith("}\n")


def test_the_schema_names_every_key_of_a_record(minutes: Minutes) -> None:
    schema = json.loads(json_schema())
    record = json.loads(minutes.to_json())
    assert set(record) == set(schema["properties"])
    assert set(record["turns"][0]) == set(schema["$defs"]["Turn"]["properties"])
    assert "from" in schema["$defs"]["Attendance"]["properties"]
