"""Another spaCy pipeline as base: find it, check that it fits, load it, and say in one line what is wrong."""

from __future__ import annotations

import json
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import spacy
from spacy.about import __version__ as spacy_version
from spacy.language import Language
from spacy.util import get_model_lower_version, is_compatible_version, is_minor_version_match

_PLACEHOLDER = "999.9.9"
_RELEASES = "https://github.com/explosion/spacy-models/releases"


class BaseError(ValueError):
    """The spaCy pipeline that was asked for as base cannot be loaded."""


def load_base(base: str) -> Language:
    """Load a spaCy package by name, or a pipeline from a folder.

    Raises `BaseError` where there is none, where it is not German or was made for another spaCy, and where the
    installed package is a placeholder of that name; the code of such a package is not run.
    """
    package = _installed(base)
    meta = _meta(folder := package or Path(base))
    if meta is None:
        raise BaseError(_missing(base))
    _check(base, meta)
    try:
        return spacy.load(base.replace("-", "_") if package else folder)
    except Exception as error:  # a component's factory or its data can fail in any way
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        raise BaseError(f"the spaCy pipeline {base!r} cannot be loaded: {reason}") from error


def folder_of(base: str) -> Path:
    """Return the folder of a spaCy package, or the one that is named; `BaseError` as in `load_base`."""
    return _installed(base) or Path(base)


def _installed(name: str) -> Path | None:
    """Return the folder of an installed package without importing it, `None` where there is none."""
    module = name.replace("-", "_")
    if not module.isidentifier():
        return None
    try:
        version = distribution(module).version
    except PackageNotFoundError:
        return None
    spec = find_spec(module)
    folder = Path(spec.origin).parent if spec is not None and spec.origin else None
    if folder is None or version == _PLACEHOLDER or _meta(folder) is None:
        raise BaseError(
            f"the installed package {name!r} {version} holds no spaCy pipeline; it is somebody's placeholder from the "
            f"Python registry: pip uninstall {name}, then python -m spacy download {name}"
        )
    return folder


def _meta(folder: Path) -> dict[str, Any] | None:
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return meta if isinstance(meta, dict) and {"lang", "name", "version"} <= meta.keys() else None


def _check(base: str, meta: dict[str, Any]) -> None:
    if meta["lang"] != "de":
        raise BaseError(f"the spaCy pipeline {base!r} is for the language {meta['lang']!r}: minutes need a German one")
    wanted, here = meta.get("spacy_version"), spacy_version
    # a pipeline that was saved by a later patch release loads all the same
    if not wanted or is_compatible_version(here, wanted):
        return
    if not is_minor_version_match(here, get_model_lower_version(wanted) or "0.0"):
        raise BaseError(
            f"the spaCy pipeline {base!r} {meta['version']} needs spaCy {wanted}, this is {here}: "
            f"get the version that fits (python -m spacy download {base})"
        )


def _missing(base: str) -> str:
    message = (
        f"no spaCy pipeline {base!r}: install it (python -m spacy download {base}, or pip install and the address of "
        f"its wheel at {_RELEASES}) or give the path of a folder"
    )
    if base.startswith("de_"):
        message += f"; never pip install {base.replace('_', '-')}, a name that in the Python registry is not spaCy's"
    return message
