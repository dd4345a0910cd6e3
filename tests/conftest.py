from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

# Spawned processes import test modules by name ("tests.pipeline.test_cli"). The checkout stands last on the path,
# so that the installed packages are tested where the install is not an editable one.
sys.path.append(str(Path(__file__).parents[1]))


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A browser, or the test is skipped."""
    from tests.browsing import CHROMIUM, chromium

    pytest.importorskip("playwright.sync_api", reason="needs playwright (extra dev)")
    if CHROMIUM is None:
        pytest.skip("no chromium, chromium-browser or google-chrome here")
    with chromium() as started:
        yield started
