"""Folders of weights: files listed with their sha256, which is checked before anything is read from them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"


class WeightsError(ValueError):
    """A folder of weights that is missing, incomplete or damaged; the message says what to do."""


def embedded_folder() -> Path:
    """Return the folder of the weights that ship with the package."""
    return Path(str(files("models") / "turns"))


def read_manifest(folder: Path, needed: Iterable[str] = ()) -> dict[str, Any]:
    """Return what the manifest says besides the files, all of which are compared with their sha256.

    Raises `WeightsError` where the manifest or a file is missing, or differs, or where it does not list the files
    that are `needed`: weights for torch are none for onnxruntime.
    """
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        listed = dict(manifest.pop("files"))
    except FileNotFoundError as error:
        raise WeightsError(
            f"{folder} holds no weights ({MANIFEST} is missing): give the folder that `protokollant train turns` "
            "wrote, or install protokollant again"
        ) from error
    except KeyError as error:
        raise WeightsError(f"{path} does not list its files: {_AGAIN}") from error
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise WeightsError(f"{path} cannot be read ({error}): {_AGAIN}") from error
    if missing := sorted(set(needed) - set(listed)):
        raise WeightsError(f"{folder} holds other weights, without {missing[0]}: give onnx:FOLDER or torch:FOLDER")
    for name, expected in sorted(listed.items()):
        if not (folder / name).is_file():
            raise WeightsError(f"{folder / name} is missing: {_AGAIN}")
        if sha256(folder / name) != expected:
            raise WeightsError(f"{folder / name} is damaged (its sha256 is not that of the {MANIFEST}): {_AGAIN}")
    return dict(manifest)


_AGAIN = "install protokollant again, or train again"


def write_manifest(folder: Path, names: Iterable[str], **content: Any) -> None:
    """List these files of a folder with their sha256, beside `content`."""
    listed = {name: sha256(folder / name) for name in sorted(names)}
    text = json.dumps({**content, "files": listed}, ensure_ascii=False, indent=2)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def add_to_manifest(folder: Path, **content: Any) -> None:
    """Add to what a manifest says besides its files, or replace it."""
    path = folder / MANIFEST
    stored = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**stored, **content}, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def sha256(path: Path) -> str:
    """Return the hash of a file in hexadecimal digits."""
    with path.open("rb") as data:
        digest = hashlib.sha256()
        while chunk := data.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()
