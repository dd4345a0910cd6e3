"""Markdown: the text without its marks, but for those of headings, by which `pipeline.layout` knows agenda items."""

from __future__ import annotations

import re

from corpus.readers.content import Content, ReadError
from corpus.readers.plain import read_plain
from corpus.readers.tables import table_blocks

_MARKS = re.compile(r"^#{1,6}\s+\S|^\s*\|.*\|\s*$|\*\*\S|\]\(\S|^```|^(?:=+|-{3,})\s*$|^\s*[-*+]\s+\S", re.MULTILINE)
_MOST = 2_000_000  # bytes; a session of a whole day has 500,000


def is_markdown(data: bytes, name: str) -> bool:
    """Tell whether a text has marks of Markdown; only one that is called Markdown is looked at.

    The marks alone prove nothing: plain minutes have lists with "-" and lines of hyphens.
    """
    return name.lower().endswith((".md", ".markdown")) and bool(_MARKS.search(data.decode("utf-8", "replace")))


def read_markdown(data: bytes, name: str) -> Content:
    """Read a text in Markdown (CommonMark with tables); HTML in it is left out, a mark of front matter too."""
    from markdown_it import MarkdownIt

    if len(data) > _MOST:
        raise ReadError(f"{name} has more than {_MOST} bytes of Markdown: refused")
    plain = read_plain(data, name)
    text = re.sub(r"\A---\n.*?\n---\n", "", plain.text, count=1, flags=re.DOTALL)
    blocks: list[str] = []
    rows: list[list[list[str]]] | None = None  # of the table that is being read
    lists: list[int | None] = []
    mark = ""
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        match token.type:
            case "heading_open":
                level = int(token.tag[1:])
                mark = "#" * level + " " if level > 1 else ""
            case "bullet_list_open":
                lists.append(None)
            case "ordered_list_open":
                lists.append(int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                number = lists[-1]
                mark = "• " if number is None else f"{number}. "
                lists[-1] = number + 1 if number is not None else None
            case "table_open":
                rows = []
            case "tr_open" if rows is not None:
                rows.append([])
            case "table_close" if rows is not None:
                blocks.extend(table_blocks(rows))
                rows = None
            case "inline":
                shown = "".join(_shown(child.type, child.content) for child in token.children or ()).strip()
                if rows:
                    rows[-1].append([shown] if shown else [])
                elif shown:
                    blocks.append(mark + shown)
                    mark = ""
            case "fence" | "code_block":
                blocks.append(token.content.strip())
            case _:
                pass
    joined = "\n\n".join(block for block in blocks if block)
    if not joined.strip():
        raise ReadError(f"{name} is a Markdown text without text: leave it out")
    return Content(joined + "\n", plain.encoding)


def _shown(kind: str, content: str) -> str:
    if kind in ("softbreak", "hardbreak"):
        return "\n"
    return "" if kind == "html_inline" else content
