"""A service on this machine and a real Chromium that listens to it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from api.app import create_app
from api.settings import Settings
from reader.voices import Voices
from tests.browser.ears import Ears
from tests.browser.voices import Breakable, ToneVoice
from tests.server import serving

CHROMIUM = "/usr/bin/chromium"
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]
PATIENCE_MS = 30_000
"""How long a test waits for what must come: a machine may be several times slower than this."""
expect.set_options(timeout=PATIENCE_MS)


@dataclass
class Site:
    """A running service, and what a test may change about it."""

    url: str
    tone: ToneVoice
    server: uvicorn.Server

    def post(self, **request: Any) -> dict[str, Any]:
        """Ask for a narration."""
        answer = httpx.post(f"{self.url}/v1/articles", json={"voice": "tone"} | request)
        article: dict[str, Any] = answer.raise_for_status().json()
        return article

    def hang_up(self) -> None:
        """Break every connection that is open now, in the middle of what it carries."""
        for connection in list(self.server.server_state.connections):
            connection.transport.abort()  # type: ignore[union-attr]

    def article(self, article_id: str) -> dict[str, Any]:
        answer = httpx.get(f"{self.url}/v1/articles/{article_id}")
        article: dict[str, Any] = answer.raise_for_status().json()
        return article

    def publish(self, **request: Any) -> dict[str, Any]:
        """Ask for a narration and wait until it is ready."""
        article = self.post(**request)
        deadline = time.monotonic() + 60
        while article["status"] != "ready":
            assert article["status"] != "failed", article["problem"]
            assert time.monotonic() < deadline, article["status"]
            time.sleep(0.05)
            article = self.article(article["id"])
        return article


@pytest.fixture(scope="session")
def _tone() -> ToneVoice:
    return ToneVoice()


@pytest.fixture(scope="session")
def _service(
    tmp_path_factory: pytest.TempPathFactory, _tone: ToneVoice
) -> Iterator[tuple[str, uvicorn.Server]]:
    cache = tmp_path_factory.mktemp("cache")
    settings = Settings(voice="tone", cache=str(cache))
    voices = Voices(extra={"tone": lambda _: _tone, "baker": Breakable(_tone)})
    with serving(create_app(settings, voices)) as service:
        yield service


@pytest.fixture
def site(_service: tuple[str, uvicorn.Server], _tone: ToneVoice) -> Iterator[Site]:
    yield Site(_service[0], _tone, _service[1])
    _tone.reset()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.fail(f"{CHROMIUM} is not here: run tests/system-packages.sh")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=site.url,
        locale="zh-TW",
        viewport={"width": 900, "height": 700},
        service_workers="block",  # what it fetches, no test could hold up or change
    )
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


@pytest.fixture
def ears(page: Page) -> Ears:
    return Ears(page)


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that fails its test if a script throws."""
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert not errors, errors


@pytest.fixture
def browser_without_scripts(browser: Browser, site: Site) -> Iterator[Page]:
    context = browser.new_context(base_url=site.url, locale="zh-TW", java_script_enabled=False)
    yield context.new_page()
    context.close()
