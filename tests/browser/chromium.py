"""Chromium, driven on pages of loopback."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Page

from tests.required import missing

_FOUND = "/usr/bin/chromium" if Path("/usr/bin/chromium").exists() else shutil.which("chromium")


def chromium() -> str:
    """Return where Chromium is; without it the test is skipped, or fails with REQUIRE_ALL=1."""
    if _FOUND is None:
        missing("Chromium is not installed")
    return _FOUND


@asynccontextmanager
async def visit(
    browser: Browser,
    url: str,
    *,
    path: str = "/",
    width: int = 1280,
    height: int = 800,
    dark: bool = False,
) -> AsyncIterator[Page]:
    """Open a page; any error on its console, or a request to another host, fails the test."""
    wrong: list[str] = []
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        timezone_id="Europe/Berlin",
        locale="en-GB",
    )
    try:
        page = await context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on(
            "console",
            lambda said: (
                wrong.append(said.text)
                if said.type == "error" and "Failed to load resource" not in said.text
                else None
            ),
        )
        page.on(
            "request",
            lambda request: (
                None if request.url.startswith((url, "data:")) else wrong.append(request.url)
            ),
        )
        await page.goto(f"{url}{path}")
        await page.wait_for_selector("body[data-ready]")
        yield page
    finally:
        await context.close()
    assert wrong == []
