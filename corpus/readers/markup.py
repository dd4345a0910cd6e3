"""HTML: the text that a reader of the page sees, paragraph by paragraph.

Nothing is run, fetched or kept of scripts and styles; navigation, forms and what the page hides are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.readers.content import MAX_MARKUP, Content, Metadata, ReadError, moment, of_extra, whole
from corpus.readers.council_pages import allris, is_allris, is_sessionnet, sessionnet
from corpus.readers.plain import encoding_of
from corpus.readers.tables import table_blocks

if TYPE_CHECKING:
    from lxml.html import HtmlElement

WHAT = "an HTML page"
_LEFT_OUT = re.compile(
    r"""(?x) head | script | style | template | noscript | nav | aside | footer | button | select | input | textarea
    | option | svg | math | iframe | frame | object | embed | applet | audio | video | canvas | map | dialog"""
)
_BLOCK = re.compile(
    r"""(?x) address | article | blockquote | body | caption | center | dd | details | div | dl | dt | fieldset
    | figcaption | figure | form | h[1-6] | header | hgroup | hr | html | legend | li | main | ol | p | pre | search
    | section | summary | table | tbody | td | tfoot | th | thead | tr | ul"""
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufffe\uffff]")  # no XML tree can hold them
_DEEPEST = 250  # elements within each other; pages out of RTF have some 60
_DATES = {"created": ("dcterms.created", "dc.date.created", "date"), "modified": ("dcterms.modified", "last-modified")}


def read_html(data: bytes, name: str) -> Content:
    """Read an HTML page; item pages of ALLRIS and SessionNet by their sections."""
    if len(data) > MAX_MARKUP:
        raise ReadError(f"{name} has more than {MAX_MARKUP} bytes of HTML: refused")
    of_extra("lxml.html", "formats", name, WHAT)
    encoding = encoding_of(data, name)
    page = _CONTROL.sub(" ", data.decode(encoding, "replace"))
    if is_allris(page):
        blocks = allris(page, lambda part: _whole(part, name))
    elif is_sessionnet(page):
        blocks = sessionnet(_main(_whole(page, name)))
    else:
        blocks = blocks_of(_main(_whole(page, name)))
    text = "\n\n".join(blocks)
    if not text.strip():
        raise ReadError(f"{name} is {WHAT} without text: leave it out")
    return Content(text + "\n", encoding, _metadata(_whole(page, name)))


def _whole(page: str, name: str) -> HtmlElement:
    from lxml import etree, html

    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser, ensure_head_body=True)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise ReadError(f"{name} is {WHAT} without text: leave it out") from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise ReadError(f"{name} is {WHAT} whose elements are nested too deeply: refused")
    return root


def _main(root: HtmlElement) -> HtmlElement:
    """Return the element that holds the matter of the page, where the page says so."""
    for path in (".//main", ".//*[@role='main']", ".//article"):
        found = root.findall(path)
        if len(found) == 1 and (found[0].text_content() or "").strip():
            return found[0]
    return root


def blocks_of(element: HtmlElement) -> list[str]:
    """Return the paragraphs, list items and table rows of an element; a `<br>` ends a line, two end a paragraph."""
    blocks: list[str] = []
    line: list[str] = []

    def close() -> None:
        for paragraph in re.split(r"\n\s*\n", "".join(line)):
            lines = filter(None, (" ".join(part.split()) for part in paragraph.split("\n")))
            if joined := "\n".join(lines):
                blocks.append(joined)
        line.clear()

    def walk(element: HtmlElement, depth: int, kept: bool) -> None:
        if element.text:
            line.append(element.text if kept else _single_line(element.text))
        for number, child in enumerate(element, 1):
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag == "br":
                line.append("\n")
            elif tag and not _LEFT_OUT.fullmatch(tag) and not _is_hidden(child) and depth < _DEEPEST:
                if tag == "table":
                    close()
                    blocks.extend(table_blocks([blocks_of(cell) for cell in row] for row in _rows(child)))
                elif _BLOCK.fullmatch(tag):
                    close()
                    mark = _mark(child, number)
                    at = len(blocks)
                    walk(child, depth + 1, kept or tag == "pre")
                    close()
                    if mark and len(blocks) > at:
                        blocks[at] = f"{mark} {blocks[at]}"
                else:
                    walk(child, depth + 1, kept)
            if child.tail:
                line.append(child.tail if kept else _single_line(child.tail))

    walk(element, 0, False)
    close()
    return blocks


def _single_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _is_hidden(element: HtmlElement) -> bool:
    return "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style", "")))


def _rows(table: HtmlElement) -> Iterator[list[HtmlElement]]:
    for child in table:
        if child.tag == "tr":
            yield [cell for cell in child if cell.tag in ("td", "th") and not _is_hidden(cell)]
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from _rows(child)
        elif child.tag == "caption":
            yield [child]


def _mark(item: HtmlElement, number: int) -> str:
    if item.tag != "li":
        return ""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return "•"
    value, start = whole(item.get("value")), whole(parent.get("start"))
    if value is None:
        value = number - 1 + (1 if start is None else start)
    return f"{chr(96 + value)})" if parent.get("type") == "a" and 1 <= value <= 26 else f"{value}."


def _metadata(root: HtmlElement) -> Metadata:
    said = {
        (meta.get("name") or meta.get("property") or meta.get("http-equiv") or "").lower(): meta.get("content", "")
        for meta in root.iter("meta")
    }
    created, modified = (
        next((time for key in keys if (time := moment(said.get(key)))), None) for keys in _DATES.values()
    )
    return Metadata(producer=said.get("generator") or None, created=created, modified=modified)
