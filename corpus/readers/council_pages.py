"""Item pages of council information systems: their head and sections as text that the layout component knows.

The shapes are described in docs/formats.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from corpus.lexicon import lexicon_rows

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_ANCHOR = re.compile(r"""<a\s[^>]*\bname\s*=\s*["']?allris(?P<kind>[A-Z]{2})\b[^>]*>""", re.IGNORECASE)
_SESSIONNET = re.compile(r"""class\s*=\s*["'][^"']*\bsmc[\w-]*|\bto0050\.(?:php|asp)""", re.IGNORECASE)


@dataclass(frozen=True)
class _Words:
    """The lexicon `council_pages.tsv`: keys and words of each kind, in the order of the file."""

    section: dict[str, str]
    label: dict[str, str]
    head: tuple[str, ...]
    pattern: dict[str, re.Pattern[str]]


@cache
def _words() -> _Words:
    found: dict[str, dict[str, str]] = {}
    for kind, key, words in lexicon_rows("council_pages.tsv"):
        found.setdefault(kind, {})[key] = words
    patterns = {key: re.compile(words, re.IGNORECASE) for key, words in found["pattern"].items()}
    return _Words(found["section"], found["label"], tuple(found["head"].values()), patterns)


def is_allris(page: str) -> bool:
    """Tell whether a page has the anchors of the sections of ALLRIS."""
    return _ANCHOR.search(page) is not None


def is_sessionnet(page: str) -> bool:
    """Tell whether a page is one of SessionNet, by the classes of its elements."""
    return _SESSIONNET.search(page) is not None and "smc" in page.lower()


def allris(page: str, parse: Callable[[str], HtmlElement]) -> list[str]:
    """Return the head and the sections of an item page of ALLRIS.

    Behind each anchor stands a whole HTML document made from RTF, so the page is cut before it is parsed.
    """
    from corpus.readers.markup import blocks_of

    anchors = list(_ANCHOR.finditer(page))
    blocks, kind_of_decision = _allris_head(parse(page[: anchors[0].start()]))
    sections: dict[str, list[str]] = {}
    ends = [anchor.start() for anchor in anchors[1:]] + [len(page)]
    for anchor, end in zip(anchors, ends, strict=True):
        part = _first_document(page[anchor.end() : end])
        found = blocks_of(parse(part)) if part.strip() else []
        if found and _words().pattern["heading"].fullmatch(found[0]):
            del found[0]
        kept = [block for block in found if not _words().pattern["empty_vote"].fullmatch(block)]
        sections.setdefault(anchor["kind"].upper(), []).extend(kept)
    if kind_of_decision and not _words().pattern["open"].fullmatch(kind_of_decision):
        # It stands in the head of the page, but is what came of the debate below it.
        sections.setdefault("AE", []).insert(0, kind_of_decision)
    for kind in dict.fromkeys((*sections, "AE")):
        if written := sections.get(kind):
            heading = _words().section.get(kind)
            if heading and written[0].casefold().startswith(heading.casefold()):
                heading = None
            blocks += [heading, *written] if heading else written
    return blocks


def _first_document(part: str) -> str:
    """Cut off what follows the section's own document: the rest of the page around it."""
    end = re.search(r"</html\s*>", part, re.IGNORECASE)
    return part[: end.end()] if end else part


def _allris_head(root: HtmlElement) -> tuple[list[str], str]:
    """Return the blocks of the head, and the kind of decision."""
    labels = dict(_labelled(root))
    heading = next((h for h in root.iter("h1") if (h.text_content() or "").strip()), None)
    written = _flat(heading) if heading is not None else _flat(root.find(".//title"))
    title = _words().pattern["title"].sub("", written, count=1)
    number = labels.pop(_words().label["item"], "")
    decision = labels.pop(_words().label["decision"], "") or _decision_of_net(root)
    paper = next((_flat(link) for link in root.iter("a") if "vo020" in link.get("href", "") and _flat(link)), "")
    if paper:
        labels = {label: value for label, value in labels.items() if value != paper}
    head = [f"{label}: {labels.pop(label)}" for label in _words().head if label in labels]
    blocks = [
        *(["\n".join(head)] if head else []),
        f"{_words().label['item']} {number} {title}".strip() if number else title,
        *([f"{_words().label['paper']}: {paper.split()[0]}"] if paper else []),
        *(f"{label}: {value}" for label, value in labels.items()),
    ]
    return blocks, decision


def _decision_of_net(root: HtmlElement) -> str:
    """ALLRIS net 4 has the kind of decision in a cell without a label."""
    tables = (table for table in root.iter("table") if "risdeco" in table.get("class", "").split())
    cells = (cell for table in tables for cell in table.iter("td") if "text3" in cell.get("class", "").split())
    return next(filter(None, map(_flat, cells)), "")


def _labelled(root: HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield label and value of the cells of class `kb1` and the cell behind each."""
    for cell in root.iter("td", "th"):
        label = _flat(cell).rstrip(": ")
        if "kb1" not in cell.get("class", "").split() or not label:
            continue
        value = next((_flat(other) for other in cell.itersiblings("td") if _flat(other)), "")
        if value:
            yield label, value


def sessionnet(root: HtmlElement) -> list[str]:
    """Return the blocks of a page of SessionNet: labels before their values, without empty templates of votes."""
    from corpus.readers.markup import blocks_of

    for element in list(root.iter()):
        classes = element.get("class", "") if isinstance(element.tag, str) else ""
        if re.search(r"\bsmc[\w-]*(?:nav|breadcrumb|footer|header-|menu)", classes):
            element.drop_tree()
    blocks = [_titled(block) for block in blocks_of(root)]
    blocks = [block for block in blocks if not _words().pattern["empty_vote"].fullmatch(block)]
    # body and date of the meeting stand below the title of the item; minutes have them above
    return sorted(blocks, key=lambda block: block.partition(":")[0] not in _words().head)


def _titled(block: str) -> str:
    """ "Tagesordnungspunkt - Ö 9 Haushalt" is the heading of the item, "TOP Ö 9 Haushalt"."""
    title = _words().pattern["title"].match(block)
    return f"{_words().label['item']} {block[title.end() :]}" if title else block


def _flat(element: HtmlElement | None) -> str:
    return " ".join((element.text_content() or "").split()) if element is not None else ""
