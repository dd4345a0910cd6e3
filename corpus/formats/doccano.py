"""doccano: one JSON object a line, for a project of sequence labelling with relations.

doccano has no attributes. They stand beside the entities under `attributes`, by label and offsets
("question 0-39"), which doccano keeps as metadata of the document. An entity that was moved or relabelled takes those
of the one that stood in its place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from corpus.collection import Document
from corpus.formats.conversion import ConversionError, Report, read_one
from corpus.formats.regions import Region, Regions, from_regions, to_regions
from corpus.record import LABELS

_REPLY = "replies_to"


def write(documents: Iterable[Document], path: Path) -> None:
    """Write one document a line."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for document in documents:
            file.write(json.dumps(_line(to_regions(document)), ensure_ascii=False) + "\n")


def read(path: Path, report: Report | None = None) -> Iterator[Document]:
    """Yield the documents of an export (`JSONL (relation)`)."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise ConversionError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConversionError(f"{path}: no text in UTF-8: {error.reason}") from error
    mended = report.mended if report else []
    for number, line in enumerate(lines, 1):
        if line.strip():
            place = f"{path}: line {number}"
            yield from read_one(place, partial(_document, line, number, mended), report)


def _document(line: str, number: int, mended: list[str]) -> Document:
    data = json.loads(line)
    if isinstance(data, dict) and "entities" not in data:
        raise ValueError("there are no entities; export from doccano as JSONL (relation)")
    return from_regions(_regions(data, number, mended), mended)


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


def _regions(line: dict[str, Any], number: int, mended: list[str]) -> Regions:
    name = str(line.get("name") or f"document-{line.get('id', number)}")
    attributes = {key: dict(values) for key, values in (line.get("attributes") or {}).items()}
    entities = [Region(x["label"], x["start_offset"], x["end_offset"]) for x in line["entities"]]
    unchanged = {_key(x) for x in entities}
    moved = {key: values for key, values in attributes.items() if key not in unchanged}
    regions: list[Region] = []
    for bare in entities:
        known = attributes.get(_key(bare)) or _nearest(bare, moved)
        listed = {key: (x,) if isinstance(x, str) else tuple(x) for key, x in (known or {}).items()}
        regions.append(replace(bare, attributes=listed))
    mended += (f"{name}: no entity is left for what was said of {key!r}" for key in moved)
    index = {entity["id"]: i for i, entity in enumerate(line["entities"])}
    links = [x for x in line.get("relations") or () if x.get("type", _REPLY) == _REPLY]
    return Regions(
        name,
        line["text"],
        tuple(regions),
        tuple((index[x["from_id"]], index[x["to_id"]]) for x in links if x["from_id"] in index and x["to_id"] in index),
        line.get("document") or {},
    )


def _nearest(region: Region, moved: dict[str, dict[str, Any]]) -> dict[str, Any] | None:
    """Take the attributes of an entity of the same layer that stood here before it was moved or relabelled."""
    turn = region.label in LABELS
    best: tuple[int, str] | None = None
    for key in moved:
        label, _, span = key.rpartition(" ")
        start, end = map(int, span.split("-"))
        common = min(end, region.end) - max(start, region.start)
        same = label in LABELS if turn else label == region.label
        if same and common > 0 and (best is None or common > best[0]):
            best = (common, key)
    return moved.pop(best[1]) if best else None
