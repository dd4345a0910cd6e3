"""Pages as a browser shows them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@contextmanager
def chromium() -> Iterator[Any]:
    """Yield a browser, not seen by anybody."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        as_root = hasattr(os, "geteuid") and os.geteuid() == 0
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"] if as_root else [])
        yield started
        started.close()


@contextmanager
def opened(browser: Any, file: Path, script: str | None = None, **options: Any) -> Iterator[Any]:
    """Yield a page, opened; at the end nothing may have failed and nothing but the file been asked for.

    `script` runs before those of the page.
    """
    context = browser.new_context(**{"viewport": WIDE, **options})
    context.set_default_timeout(10_000)
    if script:
        context.add_init_script(script)
    page, said, asked = context.new_page(), [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    yield page
    context.close()
    assert not said, said
    assert {url.partition("#")[0] for url in asked if not url.startswith("blob:")} == {file.as_uri()}
