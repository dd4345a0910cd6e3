"""Variants of a training that are held against each other, read from a TOML file."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from models.settings import Settings, TurnSettings, read_toml

System = Literal["network", "features", "tf-idf", "few-shot", "rules"]


class Variant(Settings):
    """One system: what it is, and what it learns from.

    `data` names sources that the command line gives folders for ("samples" is our train split), `generated` counts
    turns that a grammar makes besides. With `documents`, so many of the documents of `data` are learned from, drawn by
    chance; fewer ones are among the more, so that such variants of one system make a learning curve. Only a network
    uses `encoder` (a name that the command line gives a folder for), `training` and `alone` (each turn is read as a
    document of its own); `shots` are turns of each label for a few-shot system.
    """

    name: str
    system: System = "network"
    encoder: str = "encoder"
    data: tuple[str, ...] = ("samples",)
    documents: int | None = Field(default=None, ge=1)
    generated: int = Field(default=0, ge=0)
    alone: bool = False
    shots: int = Field(default=16, ge=1)
    training: TurnSettings = TurnSettings()


class _Variants(Settings):
    variants: tuple[Variant, ...] = Field(min_length=1)


def read_variants(path: Path) -> tuple[Variant, ...]:
    """Read the variants of a file in order; `SettingsError` names the first fault."""
    return read_toml(path, _Variants).variants
