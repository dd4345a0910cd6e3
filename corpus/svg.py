"""SVG as an element of a page: no namespaces, fonts and sizes, and colours that the page decides."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

_FONT = re.compile(r"font-family:[^;]*;?\s*")
_REFERENCE = re.compile(r"(?:href=\"|url\()#([\w.-]+)")


def element(svg: str, colours: Mapping[str, str]) -> Element:
    """Reduce a file of SVG to an element without a size; ids stay where something refers to them.

    `colours` are put in place of those that were drawn with. A name or a description is for the caller to add.
    """
    referred = set(_REFERENCE.findall(svg))
    root = ElementTree.fromstring(svg)
    for parent in list(root.iter()):
        for child in list(parent):
            # A <style> in the midst of a page would hold for all of it.
            if child.tag.endswith(("}metadata", "}style")):
                parent.remove(child)
    for part in root.iter():
        part.tag = part.tag.partition("}")[2]
        part.attrib = {key.rpartition("}")[2]: value for key, value in part.attrib.items()}
        if part.get("id") not in referred:
            part.attrib.pop("id", None)
        if "style" in part.attrib:
            part.set("style", _styled(part.attrib["style"], colours))
    root.attrib = {"viewBox": root.attrib["viewBox"]}  # without width and height, the page decides
    return root


def _styled(style: str, colours: Mapping[str, str]) -> str:
    style = _FONT.sub("", style)
    for drawn, shown in colours.items():
        style = style.replace(drawn, shown)
    return style
