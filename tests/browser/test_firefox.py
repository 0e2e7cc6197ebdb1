"""Firefox, which has no MediaSource for MP3: playing, seeking, highlighting, going on."""

from __future__ import annotations

import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.browser.articles import article, sentence
from tests.browser.conftest import Site
from tests.browser.firefox import Firefox, firefox, is_here
from tests.browser.publisher import published
from tests.browser.test_extension import EXTENSION, PAGE

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not is_here(), reason="firefox-esr is not here: tests/system-packages.sh"),
]
EXTENSION_ID = "tingwen@tingwen.example"
UUID = "3d0a8b7c-6a1e-4f0e-9a39-5f1f0f6b2c11"
PLAYER = "document.querySelector('tingwen-player')"
HIGHLIGHT = "[...(CSS.highlights.get('tingwen') ?? [])].map(String).join('|')"


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[Firefox]:
    async with firefox(tmp_path) as browser:
        yield browser


async def open_player(browser: Firefox, url: str) -> None:
    await browser.goto(url)
    await browser.wait_until(f"{PLAYER}?.duration > 1")


async def highlights(browser: Firefox, text: str) -> None:
    await browser.wait_until(f"{HIGHLIGHT} === {json.dumps(text)}")


async def test_play_seek_highlight_resume(site: Site, browser: Firefox) -> None:
    ready = site.publish(text=article("狐狸", 8))
    url = f"{site.url}{ready['page_url']}"
    await open_player(browser, url)
    await browser.evaluate(f"{PLAYER}.play()")
    await browser.wait_until(f"{PLAYER}.currentTime > 0.3")
    await browser.evaluate(f"{PLAYER}.goTo(4)")
    await browser.wait_until(f"{PLAYER}.sentence === 4 && !{PLAYER}.paused")
    await browser.evaluate(f"{PLAYER}.pause()")
    await highlights(browser, sentence("狐狸", 4))
    at = await browser.evaluate(f"{PLAYER}.currentTime")
    await browser.goto(f"{site.url}/")
    listed = "document.querySelector('#recent-list')?.textContent"
    await browser.wait_until(f"{listed}?.includes('狐狸成為小鎮新話題')")
    await open_player(browser, url)
    await browser.wait_until(f"Math.abs({PLAYER}.currentTime - {at}) < 2")
    await browser.evaluate(f"{PLAYER}.play()")
    await browser.wait_until(f"{PLAYER}.currentTime > {at} + 0.5")


async def test_it_plays_while_it_is_made(site: Site, browser: Firefox) -> None:
    site.tone.delay_s = 0.3
    growing = site.post(text=article("生長", 12))
    await browser.goto(f"{site.url}{growing['page_url']}")
    await browser.wait_until(f"Boolean({PLAYER}?.shadowRoot)")
    await browser.evaluate(f"{PLAYER}.play()")
    await browser.wait_until(f"{PLAYER}.currentTime > 1")
    await browser.evaluate(f"{PLAYER}.goTo(10)")
    await browser.wait_until(f"{PLAYER}.sentence === 10 && !{PLAYER}.paused")


async def test_one_line_on_another_site(site: Site, browser: Firefox) -> None:
    ready = site.publish(text=article("鄰居", 4))
    element = f'<ting-wen article="{ready["id"]}"></ting-wen><div style="height: 4000px"></div>'
    script = f'<script type="module" src="{site.url}/ting-wen.js"></script>'
    with published(f"<!doctype html><meta charset=utf-8>{script}{element}") as url:
        await browser.goto(url)
        one = "document.querySelector('ting-wen')"
        await browser.wait_until(f"{one}?.duration > 1")
        listen = f"{one}.addEventListener(type, () => heard.push(type))"
        types = "['play', 'progress', 'voicechange']"
        await browser.evaluate(f"(window.heard = [], {types}.forEach((type) => {listen}))")
        await browser.evaluate(f"{one}.play()")
        await browser.wait_until(f"{one}.currentTime > 0.3")
        await browser.evaluate("scrollTo(0, 3000)")
        box = f"{one}.shadowRoot.querySelector('.box')"
        await browser.wait_until(f"{box}.classList.contains('docked')")
        await browser.wait_until(f"{box}.getBoundingClientRect().bottom === innerHeight")
        await browser.wait_until(f"{types}.every((type) => heard.includes(type))")
    await browser.goto(f"{site.url}/embed/{ready['id']}")
    await browser.wait_until("document.body.getBoundingClientRect().height === 156")


async def test_the_next_of_the_queue_follows(site: Site, browser: Firefox) -> None:
    site.tone.seconds = 0.5
    made = [site.publish(text=article(f"接著{topic}", 2)) for topic in "甲乙"]
    queue = [
        {"id": one["id"], "title": one["title"], "source": "", "duration": 0, "time": 0}
        for one in made
    ]
    await browser.goto(f"{site.url}/")
    kept = json.dumps(json.dumps({"recent": [], "queue": queue}))
    await browser.evaluate(f"localStorage.setItem('tingwen-listening', {kept})")
    await browser.goto(f"{site.url}/")
    await browser.evaluate("document.getElementById('play-queue').click()")
    for topic in "甲乙":
        wanted = json.dumps(f"接著{topic}成為小鎮新話題")
        await browser.wait_until(f"document.querySelector('h1')?.textContent === {wanted}")
    await browser.wait_until("document.querySelector('#after')?.textContent.includes('聽完了')")


async def test_the_extension_in_the_sidebar_s_page(site: Site, tmp_path: Path) -> None:
    """Installed unpacked; its panel, which the sidebar shows, is opened in a tab, and the handler
    of its context menu is called as the browser does."""
    extension = tmp_path / "extension"
    shutil.copytree(EXTENSION, extension)
    settings = extension / "settings.js"
    settings.write_text(
        settings.read_text("utf-8").replace("http://127.0.0.1:8000/", f"{site.url}/"), "utf-8"
    )
    uuids = json.dumps({EXTENSION_ID: UUID})
    async with firefox(tmp_path, **{"extensions.webextensions.uuids": uuids}) as browser:
        await browser.send(
            "webExtension.install", extensionData={"type": "path", "path": str(extension)}
        )
        with published(PAGE, members=True) as news:
            await browser.goto(news.replace("/news/1", "/login"))
            await browser.goto(news)
            page = browser.tab
            await browser.open_privileged(f"moz-extension://{UUID}/panel.html")
            panel = browser.tab
            await browser.evaluate(
                """(async () => {
                  const [tab] = await browser.tabs.query({ url: "http://127.0.0.1/news/*" });
                  const background = await browser.runtime.getBackgroundPage();
                  background.listenTo(tab);
                })()"""
            )
            await browser.wait_until(f"{PLAYER}?.currentTime > 0.2")
            browser.tab = page
            await browser.wait_until(f"Boolean({HIGHLIGHT})")
            browser.tab = panel
            await browser.evaluate(f"{PLAYER}.pause()")
