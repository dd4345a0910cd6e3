"""Objects of OParl 1.1 and 1.0, as far as the mirror keeps them.

They are read leniently: servers leave out what the standard demands, and write strings where it wants others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from corpus.lexicon import lexicon_rows

Object = Mapping[str, object]
"""An object as the feed gives it."""

FileKind = Literal["results", "verbatim", "resolution", "auxiliary"]
"""The field of the feed that names a file: `resultsProtocol`, `verbatimProtocol`, `resolutionFile`, `auxiliaryFile`."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Body(_Frozen):
    """A body that meets (`Organization` in OParl); without a name where the feed does not give it."""

    id: str
    name: str | None = None


class AgendaItem(_Frozen):
    """An item as the feed has it; `result` and `resolution_text` are free text of the information system."""

    id: str | None = None
    number: str | None = None
    name: str | None = None
    order: int | None = None
    public: bool | None = None
    result: str | None = None
    resolution_text: str | None = None


class MinutesFile(_Frozen):
    """A file of minutes: what the feed says about it, and where the mirror keeps it.

    `agenda_item` is the id of the item whose minutes it holds, `None` for the whole meeting. `sha256`, `size`
    and `path` (from the folder of the mirror) are of the stored bytes, `problem` says why there are none.
    """

    id: str | None = None
    kind: FileKind
    agenda_item: str | None = None
    name: str | None = None
    file_name: str | None = None
    mime: str | None = None
    url: str | None = None
    modified: str | None = None
    sha256: str | None = None
    size: int | None = None
    path: str | None = None
    problem: str | None = None


class Meeting(_Frozen):
    """A meeting as the mirror has it; of a deleted one what was known before, and `deleted`."""

    id: str
    name: str | None = None
    bodies: tuple[Body, ...] = ()
    start: str | None = None
    end: str | None = None
    location: str | None = None
    cancelled: bool | None = None
    agenda: tuple[AgendaItem, ...] = ()
    files: tuple[MinutesFile, ...] = ()
    modified: str | None = None
    deleted: bool = False


def kind_of(obj: Object) -> str:
    """Return the last part of the type ("Meeting"); "" where there is none."""
    return (text(obj, "type") or "").rstrip("/").rpartition("/")[2]


def text(obj: Object, field: str) -> str | None:
    """Return a string of an object; `None` where it is empty, absent or something else."""
    value = obj.get(field)
    return _whole(value).strip() or None if isinstance(value, str) else None


def meeting_of(obj: Object) -> Meeting | None:
    """Return a meeting as the feed gives it, its bodies without names; `None` without an id."""
    id = text(obj, "id")
    if not id:
        return None
    location = obj.get("location")
    return Meeting(
        id=id,
        name=text(obj, "name"),
        bodies=tuple(Body(id=x) for x in _strings(obj, "organization")),
        start=text(obj, "start"),
        end=text(obj, "end"),
        location=_place(location) if isinstance(location, Mapping) else text(obj, "location"),
        cancelled=_flag(obj, "cancelled"),
        agenda=_agenda(obj),
        files=tuple(_files(obj)),
        modified=text(obj, "modified"),
        deleted=obj.get("deleted") is True,
    )


def agenda_item_of(obj: Object) -> AgendaItem:
    """Return an item, embedded or from a list of its own."""
    order = obj.get("order")
    return AgendaItem(
        id=text(obj, "id"),
        number=text(obj, "number"),
        name=text(obj, "name"),
        order=order if isinstance(order, int) else None,
        public=_flag(obj, "public"),
        result=text(obj, "result"),
        resolution_text=text(obj, "resolutionText"),
    )


def texts_of(obj: Object) -> dict[str, str]:
    """Return the text that the feed itself has for files of minutes, by the id of the file."""
    every = [file for _, file in _every_file(obj)]
    return {id: content for x in every if (id := text(x, "id")) and (content := text(x, "text"))}


@cache
def _minutes_cues() -> tuple[tuple[str, bool], ...]:
    return tuple((cue, minutes == "yes") for cue, minutes, *_ in lexicon_rows("minutes_files.tsv"))


def _is_minutes(name: str) -> bool:
    small = name.casefold()
    return next((minutes for cue, minutes in _minutes_cues() if cue in small), False)


def _agenda(meeting: Object) -> tuple[AgendaItem, ...]:
    items = [agenda_item_of(x) for x in _objects(meeting, "agendaItem")]
    # Servers list items as they like; those without an order stay where they are, at the end.
    return tuple(sorted(items, key=lambda x: (x.order is None, x.order or 0)))


def _files(meeting: Object) -> Iterator[MinutesFile]:
    for (kind, item), file in _every_file(meeting):
        name = text(file, "name") or text(file, "fileName") or ""
        if kind != "auxiliary" or _is_minutes(name):
            yield MinutesFile(
                id=text(file, "id"),
                kind=kind,
                agenda_item=item,
                name=text(file, "name"),
                file_name=text(file, "fileName"),
                mime=text(file, "mimeType"),
                url=text(file, "downloadUrl") or text(file, "accessUrl"),
                modified=text(file, "modified"),
            )


def _every_file(meeting: Object) -> Iterator[tuple[tuple[FileKind, str | None], Object]]:
    for file in _objects(meeting, "resultsProtocol"):
        yield ("results", None), file
    for file in _objects(meeting, "verbatimProtocol"):
        yield ("verbatim", None), file
    for file in _objects(meeting, "auxiliaryFile"):
        yield ("auxiliary", None), file
    for item in _objects(meeting, "agendaItem"):
        for file in _objects(item, "resolutionFile"):
            yield ("resolution", text(item, "id")), file
        for file in _objects(item, "auxiliaryFile"):
            yield ("auxiliary", text(item, "id")), file


def _objects(obj: Object, field: str) -> list[Object]:
    """Return the embedded objects of a field, be it one or a list, without the deleted."""
    value = obj.get(field)
    several = value if isinstance(value, list) else [value]
    return [x for x in several if isinstance(x, Mapping) and x.get("deleted") is not True]


def _strings(obj: Object, field: str) -> list[str]:
    value = obj.get(field)
    several = value if isinstance(value, list) else [value]
    return list(dict.fromkeys(_whole(x) for x in several if isinstance(x, str) and x))


def _whole(value: str) -> str:
    """Replace lone surrogates, which JSON can name and nothing can store."""
    return value.encode("utf-8", "replace").decode("utf-8")


def _flag(obj: Object, field: str) -> bool | None:
    value = obj.get(field)
    return value if isinstance(value, bool) else None


def _place(location: Object) -> str | None:
    if described := text(location, "description"):
        return described
    town = " ".join(x for x in (text(location, "postalCode"), text(location, "locality")) if x)
    return ", ".join(x for x in (text(location, "room"), text(location, "streetAddress"), town) if x) or None
