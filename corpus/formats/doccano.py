"""doccano: one JSON object a line, for a project of sequence labelling with relations.

doccano has no attributes. They stand beside the entities under `attributes`, by label and offsets
("question 0-39"), which doccano keeps as metadata of the document; moving or relabelling an entity loses them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from corpus.collection import Document
from corpus.formats.conversion import ConversionError
from corpus.formats.regions import Region, Regions, from_regions, to_regions

_REPLY = "replies_to"


def write(documents: Iterable[Document], path: Path) -> None:
    """Write one document a line."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for document in documents:
            file.write(json.dumps(_line(to_regions(document)), ensure_ascii=False) + "\n")


def read(path: Path) -> Iterator[Document]:
    """Yield the documents of an export (`JSONL (relation)`)."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise ConversionError(f"{path}: {error.strerror}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield from_regions(_regions(json.loads(line), number))
        except KeyError as error:
            raise ConversionError(f"{path}: line {number}: the field {error} is missing") from error
        except (TypeError, ValueError) as error:
            raise ConversionError(f"{path}: line {number}: {error}") from error


def _key(region: Region) -> str:
    return f"{region.label} {region.start}-{region.end}"


def _line(regions: Regions) -> dict[str, Any]:
    return {
        "text": regions.text,
        "entities": [
            {"id": i, "label": x.label, "start_offset": x.start, "end_offset": x.end}
            for i, x in enumerate(regions.regions)
        ],
        "relations": [{"id": i, "from_id": a, "to_id": b, "type": _REPLY} for i, (a, b) in enumerate(regions.links)],
        "name": regions.name,
        "attributes": {_key(x): dict(x.attributes) for x in regions.regions if x.attributes},
        "document": dict(regions.document),
    }


def _regions(line: dict[str, Any], number: int) -> Regions:
    attributes = line.get("attributes") or {}
    index: dict[int, int] = {}
    regions: list[Region] = []
    for entity in line["entities"]:
        bare = Region(entity["label"], entity["start_offset"], entity["end_offset"])
        known = {name: tuple(values) for name, values in attributes.get(_key(bare), {}).items()}
        index[entity["id"]] = len(regions)
        regions.append(Region(bare.label, bare.start, bare.end, known))
    return Regions(
        line.get("name") or f"document-{line.get('id', number)}",
        line["text"],
        tuple(regions),
        tuple((index[x["from_id"]], index[x["to_id"]]) for x in line.get("relations") or ()),
        line.get("document") or {},
    )
