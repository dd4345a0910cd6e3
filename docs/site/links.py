"""What the site does with links out of `docs`: a file of the repository that is no page leads to its text there.

The pages link as the code host shows them; here README and changelog are pages, the rest are files that are copied.
"""

from __future__ import annotations

import re
from pathlib import Path
from posixpath import normpath
from typing import Any

from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

ROOT = Path(__file__).parents[2]
PAGES = {
    "README.md": "index.md",
    "README.de.md": "de.md",
    "CHANGELOG.md": "changelog.md",
    "corpus/samples/README.md": "samples.md",
}
"""Pages that lie elsewhere in the repository, and their names in the site."""

_LINK = re.compile(r"(\]\()(?!https?:|#)([^)#\s]+)((?:#[^)\s]*)?\))")


def on_files(files: Files, config: Any, **_: Any) -> Files:
    """Add the pages that lie elsewhere, and the files that pages link to."""
    pages = {name: ROOT / path for path, name in PAGES.items()}
    pages |= {file.src_uri: Path(file.abs_src_path) for file in files.documentation_pages() if file.abs_src_path}
    for name, path in PAGES.items():
        files.append(File.generated(config, path, content=(ROOT / name).read_text(encoding="utf-8")))
    for path in pages.values():
        for _, target, _ in _LINK.findall(path.read_text(encoding="utf-8")):
            linked = (path.parent / target).resolve()
            name = _in_repository(linked)
            if linked.is_file() and linked.suffix != ".md" and not files.get_file_from_path(_in_site(name)):
                files.append(File.generated(config, _in_site(name), content=linked.read_bytes()))
    return files


def on_page_markdown(markdown: str, page: Any, **_: Any) -> str:
    """Point the links of a page at what the site has."""
    origins = {name: path for path, name in PAGES.items()}
    folder = Path(origins.get(page.file.src_uri, f"docs/{page.file.src_uri}")).parent

    def pointed(m: re.Match[str]) -> str:
        name = normpath((folder / m[2]).as_posix())
        if name.startswith("..") or not (ROOT / name).exists():
            raise PluginError(f"{page.file.src_uri} links to {m[2]}, which is not there")
        return f"{m[1]}{_in_site(name)}{m[3]}"

    return _LINK.sub(pointed, markdown)


def _in_repository(path: Path) -> str:
    return path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.as_posix()


def _in_site(name: str) -> str:
    """The path in the site of a file of the repository."""
    if name in PAGES:
        return PAGES[name]
    return name.removeprefix("docs/") if name.startswith("docs/") else f"files/{name}"
