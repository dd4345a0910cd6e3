"""What a training is told: one typed object, read from a TOML file."""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


Precision = Literal["int8", "fp16"]


class SettingsError(ValueError):
    """A file of settings that cannot be read or does not hold; the message names the file and the fault."""


class Settings(BaseModel):
    """Settings are fixed once they are read, and unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


Form = TypeVar("Form", bound=Settings)


class Shape(Settings):
    """The network on top of the encoder, and how documents are cut for it; `window` and `context` in pieces.

    `sequence` is what joins the turns of a document: a recurrent layer in both directions, one layer of attention, or
    nothing. `features` adds the columns of `models.features`, `crf` decodes the labels of a document together.
    """

    layers: int | None = Field(default=None, ge=1)
    window: int = Field(default=256, ge=8, le=512)
    context: int = Field(default=32, ge=0)
    width: int = Field(default=192, ge=4)
    sequence: Literal["recurrent", "attention", "none"] = "recurrent"
    features: bool = True
    encoder: bool = True
    crf: bool = False
    tags: bool = True
    dropout: float = Field(default=0.2, ge=0, lt=1)


class Schedule(Settings):
    """How the network is trained; rates decay linearly to zero, `patience` counts epochs without a better score."""

    epochs: int = Field(default=10, ge=1)
    documents: int = Field(default=2, ge=1)
    encoder_rate: float = Field(default=2e-4, ge=0)
    head_rate: float = Field(default=2e-3, gt=0)
    weight_decay: float = Field(default=0.01, ge=0)
    warmup: float = Field(default=0.06, ge=0, lt=1)
    label_smoothing: float = Field(default=0.05, ge=0, lt=1)
    focus: float = Field(default=0.0, ge=0)
    class_weights: bool = False
    tag_weight: float = Field(default=0.3, ge=0)
    feature_dropout: float = Field(default=0.1, ge=0, lt=1)
    frozen_embeddings: bool = True
    patience: int = Field(default=4, ge=1)
    bf16: bool = False


class TurnSettings(Settings):
    """All of a training of the turn classifier; `rules_weight` is what the network adds to the rules' label."""

    shape: Shape = Shape()
    schedule: Schedule = Schedule()
    precision: Precision = "int8"
    rules_weight: float = Field(default=0.0, ge=0)
    seeds: tuple[int, ...] = Field(default=(0,), min_length=1)


def read_settings(path: Path | None = None) -> TurnSettings:
    """Read the settings of a training, without a file those of the classifier that ships.

    `SettingsError` names the first key that is unknown or has a wrong value.
    """
    return read_toml(path or Path(str(files("models") / "turns.toml")), TurnSettings)


def read_toml(path: Path, form: type[Form]) -> Form:
    """Read a TOML file of that form; `SettingsError` names the first fault."""
    try:
        return form.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path} is no TOML file: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        raise SettingsError(f"{path}: {key}: {first['msg']}") from error
