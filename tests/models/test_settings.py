from __future__ import annotations

from pathlib import Path

import pytest

from models.settings import Settings, SettingsError, TurnSettings, read_settings, read_toml
from models.variants import read_variants

VARIANTS = Path(read_variants.__code__.co_filename).with_name("variants.toml")


def _file(folder: Path, text: str | bytes) -> Path:
    path = folder / "training.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_what_is_said_and_what_is_not(tmp_path: Path) -> None:
    settings = read_settings(_file(tmp_path, 'seeds = [3]\n[shape]\nsequence = "none"\n[schedule]\nepochs = 4\n'))
    assert settings.seeds == (3,)
    assert settings.shape == TurnSettings().shape.model_copy(update={"sequence": "none"})
    assert settings.schedule == TurnSettings().schedule.model_copy(update={"epochs": 4})


def test_without_a_file_those_of_the_classifier_that_ships() -> None:
    assert read_settings() == read_settings(VARIANTS.with_name("turns.toml"))
    assert read_settings().shape.layers is not None  # an encoder is cut before it is built


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("seeds = [", "is no TOML file"),
        (b"\xff", "is no TOML file"),
        ("epochs = 3", "epochs: Extra inputs are not permitted"),
        ("[schedule]\nepoch = 3", r"schedule\.epoch: Extra inputs are not permitted"),
        ("[schedule]\nepochs = 0", r"schedule\.epochs: Input should be greater than or equal to 1"),
        ('[schedule]\nepochs = "viele"', r"schedule\.epochs: Input should be a valid integer"),
        ('precision = "int4"', "precision: Input should be 'int8' or 'fp16'"),
        ('[shape]\nsequence = "lstm"', r"shape\.sequence: Input should be"),
        ("seeds = []", "seeds: Tuple should have at least 1 item"),
    ],
)
def test_what_does_not_hold_is_named(tmp_path: Path, text: str | bytes, message: str) -> None:
    with pytest.raises(SettingsError, match=rf"training\.toml.*{message}"):
        read_settings(_file(tmp_path, text))


def test_a_file_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"fehlt\.toml cannot be read: No such file"):
        read_settings(tmp_path / "fehlt.toml")


def test_settings_do_not_change(tmp_path: Path) -> None:
    class Own(Settings):
        words: tuple[str, ...]

    with pytest.raises(ValueError, match="frozen"):
        read_toml(_file(tmp_path, 'words = ["a"]'), Own).words = ()


def test_variants_say_what_differs(tmp_path: Path) -> None:
    text = '[[variants]]\nname = "a"\nsystem = "rules"\n[[variants]]\nname = "b"\ntraining.schedule.epochs = 1\n'
    first, second = read_variants(_file(tmp_path, text))
    assert (first.name, first.system, second.name, second.system) == ("a", "rules", "b", "network")
    assert second.training.schedule.epochs == 1
    with pytest.raises(SettingsError, match=r"variants\.0\.system"):
        read_variants(_file(tmp_path, text.replace("rules", "magic")))
    with pytest.raises(SettingsError, match="at least 1 item"):
        read_variants(_file(tmp_path, "variants = []"))


def test_our_own_variants_can_be_read() -> None:
    variants = read_variants(VARIANTS)
    assert len({x.name for x in variants}) == len(variants) > 1
    assert {"network", "rules", "features", "tf-idf"} <= {x.system for x in variants}
