"""A reader of pages, and what holds for all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Page(HTMLParser):
    """What the tests look at in a page: elements with their attributes, and the text between them."""

    source: str
    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    text: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += data

    def values(self, attribute: str, tag: str | None = None) -> list[str]:
        return [x[attribute] for name, x in self.elements if attribute in x and tag in (None, name)]


def assert_loads_nothing(page: Page) -> None:
    """Fail where a page would fetch anything."""
    assert not {"link", "iframe", "img", "object", "embed", "base"} & {tag for tag, _ in page.elements}
    assert page.values("src") == []
    assert all(x.startswith("#") for x in page.values("href"))
    (style,) = re.findall("<style>(.*?)</style>", page.source, re.DOTALL)
    assert not re.findall(r"@import|url\(|http", style)
