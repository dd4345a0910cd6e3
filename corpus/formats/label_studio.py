"""Label Studio: one JSON file of tasks, as its import and its export have them.

Offsets are those of JavaScript, which counts a character beyond U+FFFF as two. Attributes are answers to per-region
controls, replies are relations between question and answer. `config()` is the labelling interface that shows them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any, get_args

from corpus.collection import Document
from corpus.formats.conversion import ConversionError, Report, read_one
from corpus.formats.regions import LISTS, REGION_LABELS, Region, Regions, from_regions, to_regions
from corpus.record import AttendanceStatus, Outcome

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
    interface = path.with_suffix(".xml")
    if path == interface:
        raise ConversionError(f"{path}: name a .json file; the labelling interface goes to {interface.name}")
    tasks = [_task(to_regions(document), kind) for document in documents]
    path.write_text(json.dumps(tasks, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    interface.write_text(config(), encoding="utf-8")


def read(path: Path, report: Report | None = None) -> Iterator[Document]:
    """Yield the documents of an export: of each task the last annotation, else the prediction; no skipped tasks."""
    try:
        tasks = json.loads(path.read_bytes())
    except OSError as error:
        raise ConversionError(f"{path}: {error.strerror}") from error
    except ValueError as error:
        raise ConversionError(f"{path}: no JSON: {error}; export from Label Studio as JSON") from error
    if not isinstance(tasks, list):
        raise ConversionError(f"{path}: an export is a list of tasks; export from Label Studio as JSON, not JSON-MIN")
    mended = report.mended if report else []
    for number, task in enumerate(tasks, 1):
        place = f"{path}: task {number}"
        if isinstance(task, dict) and "data" not in task:
            raise ConversionError(f"{place} has no data; export from Label Studio as JSON, not JSON-MIN")
        if _skipped(task):
            mended.append(f"{place} was skipped by its annotator and is left out")
            continue
        yield from read_one(place, partial(_document, task, number, mended), report)


def _document(task: dict[str, Any], number: int, mended: list[str]) -> Document:
    return from_regions(_regions(task, number, mended), mended)


def _skipped(task: Any) -> bool:
    annotations = task.get("annotations") or () if isinstance(task, dict) else ()
    return bool(annotations) and all(isinstance(x, dict) and x.get("was_cancelled") for x in annotations)


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


def _regions(task: dict[str, Any], number: int, mended: list[str]) -> Regions:
    data = task["data"]
    name = str(data.get("name") or f"task-{task.get('id', number)}")
    text = data["text"]
    place: dict[int, int] = {}
    at = 0
    for offset, character in enumerate(text):
        place[at] = offset
        at += 1 + (ord(character) > 0xFFFF)
    place[at] = len(text)
    finished = [x for x in task.get("annotations") or () if not x.get("was_cancelled")]
    if len(finished) > 1:
        mended.append(f"{name} has {len(finished)} annotations: the last is taken")
    chosen = finished or task.get("predictions") or [{"result": []}]
    spans: dict[str, tuple[str, int, int]] = {}
    attributes: dict[str, dict[str, tuple[str, ...]]] = {}
    links: list[tuple[str, str]] = []
    for result in chosen[-1]["result"]:
        if result["type"] == "relation":
            if result.get("labels", [_REPLY]) in ([], [_REPLY]):
                links.append((result["from_id"], result["to_id"]))
        elif result["type"] == "labels":
            value = result["value"]
            if not value["labels"]:
                raise ValueError(f"the region at {value['start']} has no label")
            if value["start"] not in place or value["end"] not in place:
                raise ValueError(f"the region {value['start']}-{value['end']} does not lie in the text")
            spans[result["id"]] = (value["labels"][0], place[value["start"]], place[value["end"]])
        else:
            value = result["value"]
            values = value["choices"] if result["type"] == "choices" else value["text"]
            listed = (values,) if isinstance(values, str) else tuple(values)
            attributes.setdefault(result["id"], {})[result["from_name"]] = listed
    index = {id: n for n, id in enumerate(spans)}
    return Regions(
        name,
        text,
        tuple(Region(*span, attributes.get(id, {})) for id, span in spans.items()),
        tuple((index[a], index[b]) for a, b in links if a in index and b in index),
        data.get("document") or {},
    )


def config() -> str:
    """Return the labelling interface as XML: paste it into the project's settings."""
    labels = "\n".join(f'    <Label value="{label}"/>' for label in REGION_LABELS)
    texts = "\n".join(
        f'  <TextArea name="{name}" toName="text" perRegion="true" editable="true" placeholder="{name}"'
        f"{'' if name in LISTS else ' maxSubmissions=' + chr(34) + '1' + chr(34)}/>"
        for name in (*LISTS, *_LINES)
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
