"""TEI P5: the text of the body, with the marks of speakers and pages that its elements carry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.readers.content import MAX_MARKUP, Content, Metadata, ReadError, moment
from corpus.readers.office import parsed
from corpus.readers.tables import CELLS, table_blocks

if TYPE_CHECKING:
    from lxml.etree import _Element

WHAT = "a TEI document"
OURS = "protokollant"
_T = "{http://www.tei-c.org/ns/1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_BLOCK = re.compile(
    r"""(?x) p | ab | head | u | seg | sp | speaker | stage | l | lg | div[1-7]? | body | front | back | text | group
    | item | label | list | note | table | argument | byline | closer | dateline | docTitle | opener | quote | said
    | salute | signed | titlePage | titlePart | trailer | kinesic | incident | vocal"""
)
_INLINE = {"seg", "quote", "said", "note", "label"}  # blocks only where no running text stands beside them
# What belongs to the page, was struck out, or stands beside another reading of the same words.
_LEFT_OUT = re.compile(r"teiHeader|fw|del|rdg|desc|figDesc|graphic|standOff|facsimile|sourceDoc|corr|reg|expan")


def read_tei(data: bytes, name: str) -> Content:
    """Read a TEI document; a turn (`u`) without a written label of its speaker gets one from the list of persons."""
    if len(data) > MAX_MARKUP:
        raise ReadError(f"{name} has more than {MAX_MARKUP} bytes of XML: refused")
    root = parsed(data, name, WHAT)
    # What we wrote ourselves is the text of minutes, which names its speakers: a label would name them twice.
    ours = any(tool.get("ident") == OURS for tool in root.iter(f"{_T}application"))
    persons = {} if ours else {p.get(_ID, ""): _name(p) for p in root.iter(f"{_T}person") if p.get(_ID)}
    pages = 0
    text = ""
    for body in root.iter(f"{_T}text"):
        if next(body.iterancestors(f"{_T}text"), None) is None:
            written, breaks = _written(body, persons)
            text, pages = text + written, pages + breaks
    if not text.strip():
        raise ReadError(f"{name} is {WHAT} without text: leave it out")
    return Content(text.strip() + "\n", metadata=_metadata(root, pages))


def _written(body: _Element, persons: dict[str, str]) -> tuple[str, int]:
    """Return the text of a `text` element and the number of its page beginnings; a form feed stands between pages."""
    parts: list[str] = []
    pages = 0
    for block in _blocks(body, persons):
        pages += block.count("\f")
        printed = "\f".join("\n".join(" ".join(x.split()) for x in p.split("\v")) for p in block.split("\f"))
        if printed.strip() or "\f" in printed:
            parts.append(printed.strip(" \n").replace("\0", CELLS))
    text = "\n\n".join(parts)
    # the first page begins with the text, not behind it
    return (text.lstrip("\n").removeprefix("\f") if text.lstrip().startswith("\f") else text), pages


def _blocks(element: _Element, persons: dict[str, str]) -> Iterator[str]:
    """Yield the blocks of an element; in them a vertical tab ends a line and a form feed a page."""
    line: list[str] = [element.text or ""]
    label = _of_list(element, persons)
    for child in element:
        kind = _local(child)
        if kind == "pb":
            line.append("\f")
        elif kind == "lb":
            line.append("" if child.get("break") == "no" else "\v")
        elif kind == "table":
            yield from _closed(line)
            # the rows of this table alone: those of a table in a cell stand in that cell
            rows = (
                [_flat(cell, persons) for cell in row.iterchildren(f"{_T}cell")]
                for row in child.iterchildren(f"{_T}row")
            )
            # blanks and line ends count here; XML itself holds no such characters
            yield from (block.replace(CELLS, "\0").replace("\n", "\v") for block in table_blocks(rows))
        elif _is_label(child) and child.getnext() is not None and (written := _label(child)):
            yield from _closed(line)
            label = f"{written} "
        elif _BLOCK.fullmatch(kind) and not (kind in _INLINE and "".join(line).strip()):
            yield from _closed(line)
            for n, block in enumerate(_blocks(child, persons)):
                yield label + block if label and block.strip() else block
                if n == 0 or block.strip():
                    label = ""
        elif kind and not _LEFT_OUT.fullmatch(kind):
            line.append("\v".join(_blocks(child, persons)))
        line.append(child.tail or "")
    if label and "".join(line).strip():
        line.insert(0, label)
    yield from _closed(line)


def _closed(line: list[str]) -> Iterator[str]:
    joined = "".join(line)
    line.clear()
    if joined.strip(" \t\r\n\v") or "\f" in joined:
        yield joined


def _flat(cell: _Element, persons: dict[str, str]) -> list[str]:
    return [" ".join(block.split()) for block in _blocks(cell, persons) if block.strip()]


def _is_label(element: _Element) -> bool:
    """`<speaker>`, or the note that ParlaMint has before a turn."""
    kind = _local(element)
    return kind == "speaker" or (kind == "note" and element.get("type") == "speaker")


def _label(element: _Element) -> str:
    """Return the name of a speaker as written; one that holds blocks, labels of others among them, is none."""
    return "" if any(_BLOCK.fullmatch(_local(x)) for x in element) else " ".join("".join(_texts(element)).split())


def _texts(element: _Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if _local(child) and not _LEFT_OUT.fullmatch(_local(child)):
            yield from _texts(child)
        yield child.tail or ""


def _of_list(element: _Element, persons: dict[str, str]) -> str:
    """Return "Anna Roth: " for a turn of hers that the text itself does not ascribe to her."""
    before = element.getprevious()
    if _local(element) != "u" or (before is not None and _is_label(before)):
        return ""
    names = [persons.get(key.lstrip("#"), "") for key in element.get("who", "").split()]
    return f"{', '.join(names)}: " if names and all(names) else ""


def _name(person: _Element) -> str:
    name = next(person.iter(f"{_T}persName"), None)
    if name is None:
        return ""
    parts = [" ".join("".join(map(str, part.itertext())).split()) for part in name]
    ordered = sorted(zip((_local(part) == "surname" for part in name), parts, strict=True), key=lambda x: x[0])
    return " ".join(part for _, part in ordered if part) or " ".join((name.text or "").split())


def _metadata(root: _Element, pages: int) -> Metadata:
    published = root.find(f"{_T}teiHeader/{_T}fileDesc/{_T}publicationStmt/{_T}date")
    changed = root.find(f"{_T}teiHeader/{_T}revisionDesc/{_T}change")
    application = next(root.iter(f"{_T}application"), None)
    return Metadata(
        page_count=pages or None,
        producer=application.get("ident") if application is not None else None,
        created=moment(published.get("when")) if published is not None else None,
        modified=moment(changed.get("when")) if changed is not None else None,
    )


def _local(element: _Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
