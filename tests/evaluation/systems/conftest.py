from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.reading import Source, decode


@pytest.fixture(scope="session")
def source_of() -> Callable[[str], Source]:
    """Build a document of a text, as if it had been read."""
    return lambda text: decode(text.encode(), "see-1.txt")
