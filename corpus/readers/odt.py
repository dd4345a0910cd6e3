"""OpenDocument texts (ODT, ISO/IEC 26300): paragraphs, lists with their numbers, tables row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.readers.content import Content, Metadata, ReadError, moment, whole
from corpus.readers.office import parts_of
from corpus.readers.tables import table_blocks

if TYPE_CHECKING:
    from lxml.etree import _Element

WHAT = "an OpenDocument text (ODT)"
_NS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_OFFICE, _TEXT, _TABLE, _META = (_NS % name for name in ("office", "text", "table", "meta"))
_STYLE = _NS % "style"
_DC = "{http://purl.org/dc/elements/1.1/}"
_MANIFEST = _NS % "manifest"
_PARTS = ("content.xml", "meta.xml", "META-INF/manifest.xml")
_LEFT_OUT = {f"{_TEXT}{name}" for name in ("tracked-changes", "note", "sequence-decls", "bookmark")} | {
    f"{_OFFICE}{name}" for name in ("annotation", "forms")
}


def read_odt(data: bytes, name: str) -> Content:
    """Read the body of an OpenDocument text; heads, feet, notes, comments and deleted text are left out."""
    parts = parts_of(data, _PARTS[2:], name, WHAT)
    manifest = parts.get("META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter(f"{_MANIFEST}encryption-data"), None) is not None:
        raise ReadError(f"{name} is {WHAT}, but encrypted: save it without a password")
    parts = parts_of(data, _PARTS[:2], name, WHAT)
    content = parts.get("content.xml")
    if content is None:
        raise ReadError(f"{name} is {WHAT}, but damaged: get it again")
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    lists = _Lists.of(content)
    text = "\n\n".join(_blocks(body, lists)) if body is not None else ""
    if not text.strip():
        raise ReadError(f"{name} is {WHAT} without text: leave it out")
    return Content(text + "\n", metadata=_metadata(parts.get("meta.xml")))


@dataclass(frozen=True)
class _Lists:
    """What follows the number in each style of list whose first level counts ("." in "1."), and the numbers so far."""

    suffixes: dict[str, str]
    counts: dict[str, int] = field(default_factory=dict)

    @staticmethod
    def of(content: _Element) -> _Lists:
        found = {}
        for style in content.iter(f"{_TEXT}list-style"):
            first = next(iter(style), None)
            if first is not None and first.tag == f"{_TEXT}list-level-style-number":
                found[style.get(f"{_STYLE}name", "")] = first.get(f"{_STYLE}num-suffix", ".")
        return _Lists(found)


def _blocks(parent: _Element, lists: _Lists) -> Iterator[str]:
    for child in parent:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
            if line := "".join(_characters(child)).strip():
                yield line
        elif child.tag == f"{_TEXT}list":
            yield from _list(child, lists)
        elif child.tag == f"{_TABLE}table":
            yield from _table(child, lists)
        elif isinstance(child.tag, str):  # sections, indexes
            yield from _blocks(child, lists)


def _list(element: _Element, lists: _Lists) -> Iterator[str]:
    style = element.get(f"{_TEXT}style-name", "")
    suffix = lists.suffixes.get(style)
    goes_on = element.get(f"{_TEXT}continue-numbering") == "true" or f"{_TEXT}continue-list" in element.attrib
    number = lists.counts.get(style, 0) if goes_on else 0
    for item in element:
        blocks = list(_blocks(item, lists))
        if blocks and item.tag == f"{_TEXT}list-item":
            start = whole(item.get(f"{_TEXT}start-value"))
            number = number + 1 if start is None else start
            blocks[0] = f"• {blocks[0]}" if suffix is None else f"{number}{suffix} {blocks[0]}"
        yield from blocks
    lists.counts[style] = number


def _table(table: _Element, lists: _Lists) -> Iterator[str]:
    yield from table_blocks(
        [list(_blocks(cell, lists)) for cell in row.iterchildren(f"{_TABLE}table-cell")] for row in _rows(table)
    )


def _rows(table: _Element) -> Iterator[_Element]:
    for child in table:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag in (f"{_TABLE}table-header-rows", f"{_TABLE}table-rows", f"{_TABLE}table-row-group"):
            yield from _rows(child)


def _characters(parent: _Element) -> Iterator[str]:
    """Yield the text of a paragraph; blanks count once, as the format has it, except where written as elements."""
    yield _single(parent.text)
    for child in parent:
        if child.tag == f"{_TEXT}s":
            yield " " * min(whole(child.get(f"{_TEXT}c")) or 1, 100)
        elif child.tag == f"{_TEXT}tab":
            yield "\t"
        elif child.tag == f"{_TEXT}line-break":
            yield "\n"
        elif child.tag not in _LEFT_OUT and isinstance(child.tag, str):
            yield from _characters(child)
        yield _single(child.tail)


def _single(text: str | None) -> str:
    if not text:
        return ""
    inner = " ".join(text.split())
    return (" " if text[0].isspace() else "") + inner + (" " if inner and text[-1].isspace() else "")


def _metadata(meta: _Element | None) -> Metadata:
    if meta is None:
        return Metadata()
    statistic = next(meta.iter(f"{_META}document-statistic"), None)
    pages = statistic.get(f"{_META}page-count") if statistic is not None else None

    def text(tag: str) -> str | None:
        found = next(meta.iter(tag), None)
        return (found.text or None) if found is not None else None

    return Metadata(
        page_count=whole(pages),
        producer=text(f"{_META}generator"),
        created=moment(text(f"{_META}creation-date")),
        modified=moment(text(f"{_DC}date")),
    )
