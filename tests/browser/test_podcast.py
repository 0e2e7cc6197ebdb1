"""A podcast's folder: its page and its player."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

from playwright.sync_api import Page, expect

from api.app import create_app
from api.settings import Settings
from tests.browser.conftest import serving
from tests.browser.player import Player
from tests.pipeline.voices import Tone, voices
from tests.podcast.newsroom import make, write_article


def test_an_episode_is_chosen_and_heard(tmp_path: Path, page: Page) -> None:
    for number in (1, 2):
        write_article(tmp_path / "news", number)
    out = tmp_path / "out"
    run = make(out, tmp_path / "news", voice=Tone(), cache=str(tmp_path / "cache"))
    # Playwright's own loop runs in this thread.
    maker = threading.Thread(target=asyncio.run, args=(run,))
    maker.start()
    maker.join()
    settings = Settings(voice="tone", cache=str(tmp_path / "cache"), podcast=str(out))
    with serving(create_app(settings, voices(tone=Tone()))) as (url, _):
        page.goto(f"{url}/podcast/")
        expect(page.get_by_role("listitem")).to_have_count(2)
        page.get_by_role("link", name="第1號列車").click()
        player = Player(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("第1號列車「準點」進站")
        player.button("播放").click()
        player.wait_until_past(0.5)
        player.button("暫停").click()
