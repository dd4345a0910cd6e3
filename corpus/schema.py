"""The JSON schema of the record, as it stands in `docs/record.schema.json`."""

from __future__ import annotations

import json

from corpus.record import Minutes


def json_schema() -> str:
    """Return the schema (2020-12) of one line of JSON output, indented, fields in the record's order."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **Minutes.model_json_schema()}
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
