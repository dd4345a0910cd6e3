"""Label Studio: one JSON file of tasks, as its import and its export have them.

Offsets are those of JavaScript, which counts a character beyond U+FFFF as two. Attributes are answers to per-region
controls, replies are relations from answer to question. `CONFIG` is the labelling interface that shows them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any, get_args

from corpus.collection import Document
from corpus.formats.conversion import ConversionError
from corpus.formats.regions import REGION_LABELS, Region, Regions, from_regions, to_regions
from corpus.record import AttendanceStatus, Outcome

_LISTS = ("speakers", "roles", "parties", "addressees")
_LINES = ("votes", "number", "title", "person", "arrives", "leaves", "value")
_CHOICES: dict[str, tuple[str, ...]] = {
    "outcome": get_args(Outcome),
    "unanimous": ("true",),
    "status": get_args(AttendanceStatus),
}
_REPLY = "replies_to"


def write(documents: Iterable[Document], path: Path) -> None:
    """Write tasks with finished annotations."""
    _write(documents, path, "annotations")


def write_predictions(documents: Iterable[Document], path: Path) -> None:
    """Write tasks with predictions, which Label Studio offers to the annotator as a start."""
    _write(documents, path, "predictions")


def _write(documents: Iterable[Document], path: Path, kind: str) -> None:
    tasks = [_task(to_regions(document), kind) for document in documents]
    path.write_text(json.dumps(tasks, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read(path: Path) -> Iterator[Document]:
    """Yield the documents of an export: of each task the last annotation that was not cancelled, else a prediction."""
    try:
        tasks = json.loads(path.read_bytes())
    except OSError as error:
        raise ConversionError(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise ConversionError(f"{path}: no JSON: {error}; export from Label Studio as JSON, not JSON-MIN") from error
    if not isinstance(tasks, list):
        raise ConversionError(f"{path}: an export is a list of tasks; export as JSON")
    for number, task in enumerate(tasks, 1):
        try:
            yield from_regions(_regions(task, number))
        except (KeyError, TypeError, ValueError) as error:
            raise ConversionError(f"{path}: task {number}: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    return f"the field {error} is missing" if isinstance(error, KeyError) else str(error)


def _task(regions: Regions, kind: str) -> dict[str, Any]:
    place = list(accumulate((1 + (ord(x) > 0xFFFF) for x in regions.text), initial=0))
    results: list[dict[str, Any]] = []
    for number, region in enumerate(regions.regions):
        span = {"start": place[region.start], "end": place[region.end]}
        base = {"id": f"r{number}", "to_name": "text"}
        value = {**span, "text": regions.text[region.start : region.end], "labels": [region.label]}
        results.append({**base, "from_name": "label", "type": "labels", "value": value})
        for name, values in region.attributes.items():
            control = "choices" if name in _CHOICES else "textarea"
            key = "choices" if name in _CHOICES else "text"
            results.append({**base, "from_name": name, "type": control, "value": {**span, key: list(values)}})
    for answer, question in regions.links:
        ends = {"from_id": f"r{answer}", "to_id": f"r{question}"}
        results.append({**ends, "type": "relation", "direction": "right", "labels": [_REPLY]})
    data = {"text": regions.text, "name": regions.name, "document": dict(regions.document)}
    extra = {"model_version": "protokollant"} if kind == "predictions" else {}
    return {"data": data, kind: [{"result": results, **extra}]}


def _regions(task: dict[str, Any], number: int) -> Regions:
    data = task["data"]
    text = data["text"]
    place: dict[int, int] = {}
    at = 0
    for offset, character in enumerate(text):
        place[at] = offset
        at += 1 + (ord(character) > 0xFFFF)
    place[at] = len(text)
    finished = [x for x in task.get("annotations") or () if not x.get("was_cancelled")]
    chosen = finished or task.get("predictions") or [{"result": []}]
    spans: dict[str, tuple[str, int, int]] = {}
    attributes: dict[str, dict[str, tuple[str, ...]]] = {}
    links: list[tuple[str, str]] = []
    for result in chosen[-1]["result"]:
        if result["type"] == "relation":
            links.append((result["from_id"], result["to_id"]))
        elif result["type"] == "labels":
            value = result["value"]
            spans[result["id"]] = (value["labels"][0], place[value["start"]], place[value["end"]])
        else:
            value = result["value"]
            values = value["choices"] if result["type"] == "choices" else value["text"]
            listed = (values,) if isinstance(values, str) else tuple(values)
            attributes.setdefault(result["id"], {})[result["from_name"]] = listed
    index = {id: n for n, id in enumerate(spans)}
    return Regions(
        data.get("name") or f"task-{task.get('id', number)}",
        text,
        tuple(Region(*span, attributes.get(id, {})) for id, span in spans.items()),
        tuple((index[a], index[b]) for a, b in links),
        data.get("document") or {},
    )


def config() -> str:
    """Return the labelling interface as XML: paste it into the project's settings."""
    labels = "\n".join(f'    <Label value="{label}"/>' for label in REGION_LABELS)
    texts = "\n".join(
        f'  <TextArea name="{name}" toName="text" perRegion="true" editable="true" placeholder="{name}"'
        f"{'' if name in _LISTS else ' maxSubmissions=' + chr(34) + '1' + chr(34)}/>"
        for name in (*_LISTS, *_LINES)
    )
    choices = "\n".join(
        f'  <Choices name="{name}" toName="text" perRegion="true" choice="single-radio">\n'
        + "\n".join(f'    <Choice value="{value}"/>' for value in values)
        + "\n  </Choices>"
        for name, values in _CHOICES.items()
    )
    return (
        "<View>\n"
        f'  <Relations>\n    <Relation value="{_REPLY}"/>\n  </Relations>\n'
        f'  <Labels name="label" toName="text">\n{labels}\n  </Labels>\n'
        '  <Text name="text" value="$text" granularity="character"/>\n'
        f"{texts}\n{choices}\n</View>\n"
    )
