"""Pictures of the pages for README and for a designer's eye: `python -m tests.browser.screenshots
DIR`. Every page and state at three widths, light and dark."""

from __future__ import annotations

import itertools
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Literal

import httpx
from playwright.sync_api import Browser, Page, sync_playwright

from api.app import create_app
from api.settings import Settings
from reader.voices import Voices
from tests.browser.articles import article
from tests.browser.conftest import CHROMIUM, CHROMIUM_ARGS
from tests.browser.newspaper import Newspaper, publishing
from tests.browser.player import Player
from tests.browser.voices import ToneVoice
from tests.server import serving

EXAMPLE = Path(__file__).parents[2] / "examples" / "article.txt"
SIZES = {360: 740, 768: 900, 1280: 800}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
HEARD_S = 42


class Camera:
    """One browser window at one size and scheme."""

    def __init__(self, page: Page, folder: Path, suffix: str) -> None:
        self.page, self._folder, self._suffix = page, folder, suffix

    def shoot(self, name: str) -> None:
        self.page.wait_for_timeout(300)
        self.page.screenshot(path=self._folder / f"{name}-{self._suffix}.png")


def make(url: str, wanted: str = "ready", **request: Any) -> dict[str, Any]:
    """A narration, when its status is `wanted`."""
    made = httpx.post(f"{url}/v1/articles", json=request, timeout=60).json()
    while made["status"] != wanted:
        time.sleep(0.2)
        made = httpx.get(f"{url}/v1/articles/{made['id']}").json()
    return dict(made)


def home(camera: Camera, heard: list[dict[str, Any]]) -> None:
    page = camera.page
    page.goto("/")
    camera.shoot("home")
    page.get_by_label("貼上文章").fill(EXAMPLE.read_text(encoding="utf-8"))
    page.get_by_role("button", name="先看稿").click()
    page.locator("#script-lines li").first.wait_for()
    page.locator("#script").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('#script').scrollIntoView()")
    camera.shoot("script")
    page.locator("#script-lines [data-word]").nth(3).click()
    page.get_by_role("dialog").wait_for()
    camera.shoot("correction")
    page.evaluate("sessionStorage.clear(); localStorage.clear()")
    page.evaluate(
        """made => {
          const entries = made.map(({ byline, duration, id, title }, i) =>
            ({ id, title, source: byline, duration, time: [12, 0, duration, 3][i % 4] }));
          localStorage.setItem("tingwen-listening",
            JSON.stringify({ recent: entries, queue: entries.slice(1) }));
        }""",
        heard,
    )
    page.goto("/")
    page.get_by_label("貼上文章").fill("")
    page.get_by_role("button", name="開始聽").click()
    camera.shoot("home-error")
    page.locator("#queue").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('#queue').scrollIntoView()")
    camera.shoot("queue")


def listen(camera: Camera, ready: dict[str, Any]) -> None:
    player = Player.open(camera.page, ready["page_url"])
    camera.shoot("listen-ready")
    player.button("播放").click()
    player.seek(HEARD_S)
    player.wait_until_past(HEARD_S + 0.2)
    camera.page.evaluate("scrollTo(0, 0)")
    camera.shoot("listen")
    camera.page.evaluate("localStorage.removeItem('tingwen-listening')")
    player.seek(player.number("p.duration - 0.5"))
    camera.page.get_by_text("聽完了").wait_for()
    camera.page.locator("#after").scroll_into_view_if_needed()
    camera.shoot("listen-ended")


def newspaper(camera: Camera, paper: Newspaper) -> None:
    """A page of another site, before it is played, while it is, and scrolled."""
    page = camera.page
    page.goto(paper.url(1))
    page.get_by_role("button", name="播放", exact=True).click(trial=True)
    camera.shoot("site")
    page.get_by_role("button", name="播放", exact=True).click()
    Player(page).wait_until_past(2.2)
    camera.shoot("site-playing")
    page.mouse.wheel(0, 1200)
    camera.shoot("site-docked")


def take(browser: Browser, folder: Path, url: str, tone: ToneVoice, paper: Newspaper) -> None:
    ready = make(url, text=EXAMPLE.read_text(encoding="utf-8"))
    others = [make(url, text=article(topic, 3), voice="tone") for topic in ("市集", "渡船", "夜校")]
    httpx.post(f"{url}/v1/pages", json={"url": paper.url(1)}).raise_for_status()
    tone.delay_s = 1
    growing = make(url, "speaking", text=article("燈塔", 20), voice="tone")
    tone.delay_s = 600
    for width, scheme in itertools.product(SIZES, SCHEMES):
        viewport = {"width": width, "height": SIZES[width]}
        context = browser.new_context(
            base_url=url, locale="zh-TW", color_scheme=scheme,
            viewport=viewport,  # type: ignore[arg-type]
        )  # fmt: skip
        with context:
            context.set_default_timeout(15_000)
            camera = Camera(context.new_page(), folder, f"{width}-{scheme}")
            home(camera, [ready, *others])
            listen(camera, ready)
            newspaper(camera, paper)
            camera.page.goto(growing["page_url"])
            camera.page.wait_for_timeout(2500)
            camera.shoot("listen-making")


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    tone = ToneVoice()
    voices = Voices(extra={"tone": lambda _: tone})
    with publishing() as paper, sync_playwright() as playwright:
        paper.below_px = 1600
        told = {"origin": paper.origin, "selector": "div.story", "brand": "晨河日報"}
        settings = Settings(
            voice="baker",
            cache=tempfile.mkdtemp(),
            sites=json.dumps([told | {"logo": "/logo.svg"}]),
            allow_hosts=("127.0.0.1",),
        )
        with serving(create_app(settings, voices)) as (url, _):
            paper.service = url
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
            take(browser, folder, url, tone, paper)
            browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
