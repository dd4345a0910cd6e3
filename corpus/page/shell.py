"""What all pages have in common: one file that loads nothing, whose texts are text whatever they hold."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

_SHARED = "corpus.page"


def render(package: str, template: str, style: str, scripts: Sequence[str] = (), **values: object) -> str:
    """Return a page made of files of a package: a template that extends `shell.jinja`, a style and scripts.

    The page may run these scripts and load nothing.
    """
    sources = [_resource(package, name) for name in scripts]
    page = (
        _environment(package)
        .get_template(template)
        .render(
            style=Markup(_resource(_SHARED, "shell.css") + _resource(package, style)),
            scripts=[Markup(source) for source in sources],
            policy=_policy(sources),
            **values,
        )
    )
    # A text may hold half a character, which no file in UTF-8 can.
    return page.encode("utf-8", "replace").decode("utf-8")


def _policy(scripts: Sequence[str]) -> str:
    hashes = (base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)
    allowed = " ".join(f"'sha256-{digest}'" for digest in hashes) or "'none'"
    return f"default-src 'none'; style-src 'unsafe-inline'; script-src {allowed}; base-uri 'none'; form-action 'none'"


@cache
def _environment(package: str) -> Environment:
    return Environment(
        loader=ChoiceLoader([PackageLoader(package, "."), PackageLoader(_SHARED, ".")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _resource(package: str, name: str) -> str:
    return (files(package) / name).read_text(encoding="utf-8")
