"""Word documents (DOCX, ISO/IEC 29500): paragraphs with their automatic numbers, tables row by row.

Written against the XML itself: python-docx leaves out tracked insertions, content controls and automatic numbers,
and minutes have the numbers of their items from there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.readers.content import Content, Metadata, ReadError, moment, whole
from corpus.readers.office import parts_of
from corpus.readers.tables import table_blocks

if TYPE_CHECKING:
    from lxml.etree import _Element

WHAT = "a Word document (DOCX)"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_APP = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"
_DC = "{http://purl.org/dc/terms/}"
_PARTS = ("word/document.xml", "word/numbering.xml", "word/styles.xml", "docProps/app.xml", "docProps/core.xml")
_CHARACTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "\u00ad"}
_COUNTED = 1000  # items of a list; beyond, letters and roman numbers grow as long as the file wants
_LEFT_OUT = {"del", "moveFrom", "delText", "instrText", "pPr", "rPr", "Fallback", "txbxContent"}


def read_docx(data: bytes, name: str) -> Content:
    """Read the body of a Word document; heads and feet of pages, comments, deleted text and text boxes are left out."""
    parts = parts_of(data, _PARTS, name, WHAT)
    document = parts.get("word/document.xml")
    if document is None:
        raise ReadError(f"{name} is {WHAT}, but damaged: get it again")
    for part in parts.values():
        _as_transitional(part)
    numbering = _Numbering.of(parts.get("word/numbering.xml"), parts.get("word/styles.xml"))
    body = document.find(f"{_W}body")
    text = "\n\n".join(_blocks(body, numbering)) if body is not None else ""
    if not text.strip():
        raise ReadError(f"{name} is {WHAT} without text: leave it out")
    return Content(text + "\n", metadata=_metadata(parts))


def _as_transitional(root: _Element) -> None:
    """Give the elements of a "strict" document, which only Word writes on demand, the names of the usual one."""
    for element in root.iter(f"{_STRICT}*"):
        element.tag = str(element.tag).replace(_STRICT, _W)
        for key, value in list(element.attrib.items()):
            element.set(str(key).replace(_STRICT, _W), str(value))


def _blocks(parent: _Element, numbering: _Numbering) -> Iterator[str]:
    for child in parent:
        kind = _local(child)
        if kind == "p":
            if line := _paragraph(child, numbering):
                yield line
        elif kind == "tbl":
            yield from _table(child, numbering)
        elif kind not in _LEFT_OUT:  # content controls, insertions, custom XML
            yield from _blocks(child, numbering)


def _paragraph(paragraph: _Element, numbering: _Numbering) -> str:
    text = "".join(_characters(paragraph)).strip()
    mark = numbering.mark(paragraph) if text else ""
    return f"{mark} {text}" if mark else text


def _characters(parent: _Element) -> Iterator[str]:
    for child in parent:
        kind = _local(child)
        if kind == "t":
            yield child.text or ""
        elif kind in _CHARACTERS:
            yield _CHARACTERS[kind]
        elif kind not in _LEFT_OUT:
            yield from _characters(child)


def _table(table: _Element, numbering: _Numbering) -> Iterator[str]:
    yield from table_blocks(
        [list(_blocks(cell, numbering)) for cell in _within(row, "tc")] for row in _within(table, "tr")
    )


def _within(parent: _Element, kind: str) -> Iterator[_Element]:
    """Yield the rows of a table or the cells of a row, those in content controls too, but none of inner tables."""
    for child in parent:
        if _local(child) == kind:
            yield child
        elif _local(child) not in _LEFT_OUT:
            yield from _within(child, kind)


@dataclass
class _Numbering:
    """The automatic numbers of paragraphs: for each list its levels, and how far each has counted."""

    levels: dict[tuple[str, int], tuple[str, str, int]] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    @staticmethod
    def of(numbering: _Element | None, styles: _Element | None) -> _Numbering:
        found = _Numbering()
        for definition in numbering.iter(f"{_W}abstractNum") if numbering is not None else ():
            for level in definition.iter(f"{_W}lvl"):
                key = definition.get(f"{_W}abstractNumId", ""), whole(level.get(f"{_W}ilvl")) or 0
                found.levels[key] = (
                    _value(level, "numFmt"),
                    _value(level, "lvlText"),
                    _start(level),
                )
        for used in numbering.iter(f"{_W}num") if numbering is not None else ():
            found.abstract[used.get(f"{_W}numId", "")] = _value(used, "abstractNumId")
        for style in styles.iter(f"{_W}style") if styles is not None else ():
            number = style.find(f"{_W}pPr/{_W}numPr")
            if number is not None:
                found.styles[style.get(f"{_W}styleId", "")] = (
                    _value(number, "numId"),
                    whole(_value(number, "ilvl")) or 0,
                )
        return found

    def mark(self, paragraph: _Element) -> str:
        """Return the number or bullet that Word shows before a paragraph, and count on."""
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return ""
        number = properties.find(f"{_W}numPr")
        if number is not None:
            used, level = _value(number, "numId"), whole(_value(number, "ilvl")) or 0
        else:
            used, level = self.styles.get(_value(properties, "pStyle"), ("", 0))
        list_ = self.abstract.get(used, "")
        kind, pattern, start = self.levels.get((list_, level), ("none", "", 1))
        if kind == "none":
            return ""
        if kind == "bullet":
            return "•"
        counts = self.counts.setdefault(list_, {})
        counts[level] = counts.get(level, start - 1) + 1
        for deeper in [n for n in counts if n > level]:
            del counts[deeper]

        def shown(m: re.Match[str]) -> str:
            n = int(m[1]) - 1
            kind, _, start = self.levels.get((list_, n), ("decimal", "", 1))
            return _written(counts.get(n, start), kind)

        return re.sub(r"%(\d)", shown, pattern).strip()


def _start(level: _Element) -> int:
    start = whole(_value(level, "start"))
    return 1 if start is None else start


def _written(number: int, kind: str) -> str:
    if number > _COUNTED:
        return str(number)
    if kind in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in ("lowerRoman", "upperRoman"):
        roman, left = "", number
        for value, sign in zip((50, 40, 10, 9, 5, 4, 1), ("L", "XL", "X", "IX", "V", "IV", "I"), strict=True):
            roman, left = roman + sign * (left // value), left % value
        return roman.lower() if kind == "lowerRoman" else roman
    return str(number)


def _metadata(parts: dict[str, _Element]) -> Metadata:
    app, core = parts.get("docProps/app.xml"), parts.get("docProps/core.xml")
    pages = _text(app, f"{_APP}Pages")
    return Metadata(
        page_count=whole(pages),
        producer=_text(app, f"{_APP}Application"),
        created=moment(_text(core, f"{_DC}created")),
        modified=moment(_text(core, f"{_DC}modified")),
    )


def _text(root: _Element | None, path: str) -> str | None:
    return (root.findtext(path) or None) if root is not None else None


def _local(element: _Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _value(parent: _Element, child: str) -> str:
    found = parent.find(f"{_W}{child}")
    return found.get(f"{_W}val", "") if found is not None else ""
