"""A podcast's folder: its page and its player."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from typing import Literal

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from api.app import create_app
from api.settings import Settings
from tests.browser.articles import article
from tests.browser.player import Player
from tests.pipeline.voices import Tone, voices
from tests.podcast.newsroom import SHOW, make, write_article
from tests.server import serving


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service that shows three articles and a digest of them."""
    tmp_path = tmp_path_factory.mktemp("podcast")
    for number in range(1, 4):
        path = write_article(tmp_path / "news", number)
        page = path.read_text(encoding="utf-8")
        head = f'<meta property="og:url" content="https://news.example/a/{number}">'
        head += '<meta name="author" content="王小明"><title>'
        path.write_text(page.replace("<title>", head), encoding="utf-8")
    out, cache = tmp_path / "out", str(tmp_path / "cache")

    async def both() -> None:
        await make(out, tmp_path / "news", voice=Tone(), cache=cache)
        await make(
            out, tmp_path / "news", voice=Tone(), cache=cache, digest=True,
            digest_date="2026-06-04",
        )  # fmt: skip

    # Playwright's own loop runs in this thread.
    maker = threading.Thread(target=asyncio.run, args=(both(),))
    maker.start()
    maker.join()
    settings = Settings(voice="tone", cache=cache, podcast=str(out))
    with serving(create_app(settings, voices(tone=Tone()))) as (address, _):
        yield address


def test_an_episode_is_chosen_and_heard(url: str, page: Page) -> None:
    page.goto(f"{url}/podcast/")
    expect(page.get_by_role("listitem")).to_have_count(4)
    expect(page.get_by_role("heading", level=1)).to_have_text(SHOW.title)
    cover = page.locator("img")
    assert cover.evaluate("image => image.naturalWidth") == 600
    page.get_by_role("link", name="第1號列車").last.click()
    player = Player(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("第1號列車「準點」進站")
    expect(page.get_by_role("heading", level=2)).to_have_text("旅客的話")
    expect(page.locator(".byline")).to_have_text("王小明2026年5月2日0:10閱讀原文")
    expect(page.get_by_role("link", name="閱讀原文")).to_have_attribute(
        "href", "https://news.example/a/1"
    )
    player.button("播放").click()
    player.wait_until_past(0.5)
    player.button("暫停").click()
    page.get_by_role("link", name=SHOW.title).click()
    expect(page.get_by_role("listitem")).to_have_count(4)


def test_a_digest_is_jumped_in(url: str, page: Page) -> None:
    page.goto(f"{url}/podcast/")
    page.get_by_role("link", name="今日新聞摘要").click()
    contents = page.get_by_role("navigation", name="本集內容")
    expect(contents.get_by_role("listitem")).to_have_count(4)
    player = Player(page)
    player.button("播放").click()
    player.wait_until_past(0.2)
    row = contents.get_by_role("listitem").filter(has_text="第2號列車")
    minutes, seconds = (row.locator("small").text_content() or "").split(":")
    row.get_by_role("link").click()
    player.wait_until_past(int(minutes) * 60 + int(seconds))
    expect(page.get_by_role("heading", level=2)).to_have_count(3)


def test_an_episode_is_heard_at_one_press(url: str, page: Page) -> None:
    page.goto(f"{url}/podcast/")
    page.get_by_role("button", name="聽新聞：第1號列車").click()
    page.wait_for_url("**/podcast/listen/*")
    Player(page).wait_until_past(0.2)


@pytest.mark.slow
def test_articles_and_episodes_follow_one_another(url: str, page: Page) -> None:
    """An episode, an article, an episode that is gone, a digest; each by itself."""
    answer = httpx.post(f"{url}/v1/articles", json={"text": article("夾在中間", 2)})
    made = answer.raise_for_status().json()
    page.goto(f"{url}/podcast/")
    page.get_by_role("button", name="加到接下來：第1號列車").click()
    page.evaluate(
        """entries => {
          const kept = JSON.parse(localStorage.getItem("tingwen-listening"));
          kept.queue.push(...entries.map((entry) =>
            ({ source: "", duration: 0, time: 0, ...entry })));
          localStorage.setItem("tingwen-listening", JSON.stringify(kept));
        }""",
        [
            {"id": made["id"], "title": made["title"]},
            {"id": "00000000-0000-0000-0000-000000000000", "title": "撤下的一集"},
        ],
    )
    page.get_by_role("button", name="加到接下來：今日新聞摘要").click()
    page.goto(url)
    queue = page.get_by_role("region", name="接下來")
    expect(queue.get_by_role("listitem")).to_have_count(4)
    queue.get_by_role("button", name="依序播放").click()
    player, title = Player(page), page.get_by_role("heading", level=1)
    expect(title).to_contain_text("第1號列車")
    player.wait_until_past(0.2)
    assert player.highlighted(), "the words of an episode"
    player.seek(player.number("p.duration - 1"))
    expect(title).to_have_text(made["title"], timeout=20_000)
    player.wait_until_past(0.2)
    expect(page.get_by_role("button", name="改正讀音")).to_be_visible()
    player.seek(player.number("p.duration - 1"))
    expect(title).to_contain_text("今日新聞摘要", timeout=20_000)
    expect(page.locator("#notice")).to_contain_text("「撤下的一集」唸不出來")
    player.wait_until_past(0.2)
    expect(page.get_by_role("button", name="改正讀音")).to_be_hidden()
    page.get_by_role("navigation", name="本集內容").get_by_role("link").nth(1).click()
    player.wait_until("p.currentTime > 3")
    page.get_by_role("button", name="全部播放").click()
    player.wait_until("p.currentTime < 3 && !p.paused")
    player.seek(player.number("p.duration - 1"))
    expect(page.get_by_text("聽完了")).to_be_visible(timeout=20_000)
    page.get_by_role("link", name=SHOW.title).click()
    expect(page).to_have_url(f"{url}/podcast/")
    page.goto(url)
    heard = page.get_by_role("region", name="最近聽過").get_by_role("listitem")
    expect(heard).to_have_count(3)
    expect(heard.first).to_contain_text(SHOW.title)


@pytest.mark.slow
def test_all_of_a_page_is_played_in_a_row(url: str, page: Page) -> None:
    page.goto(f"{url}/podcast/")
    names = page.locator(".episodes strong").all_inner_texts()
    page.get_by_role("button", name="依序播放").click()
    player, title = Player(page), page.get_by_role("heading", level=1)
    for name in names:
        expect(title).to_have_text(name, timeout=20_000)
        player.wait_until_past(0.2)
        player.seek(player.number("p.duration - 1"))
    expect(page.get_by_text("聽完了")).to_be_visible(timeout=20_000)


@pytest.mark.thorough
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_are_for_everybody(
    url: str, browser: Browser, width: int, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(
        locale="zh-TW", viewport={"width": width, "height": 800}, color_scheme=scheme
    )
    with context:
        page = context.new_page()
        page.goto(f"{url}/podcast/")
        for name in ("", "今日新聞摘要", "第2號列車"):
            page.goto(f"{url}/podcast/")
            if name:
                page.get_by_role("link", name=name).last.click()
                Player(page).button("播放").wait_for()
            found = Axe().run(page, options={"resultTypes": ["violations"]})
            assert found.violations_count == 0, found.generate_report()
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, "nothing to scroll sideways"
