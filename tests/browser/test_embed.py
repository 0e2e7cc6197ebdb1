"""The player on other sites: in an iframe, by oEmbed, from a file without a service."""

from __future__ import annotations

import re

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.articles import article
from tests.browser.conftest import Site
from tests.browser.player import Player
from tests.browser.publisher import page as publishers_page
from tests.browser.publisher import published


def oembed(site: Site, url: str, **params: str | int) -> httpx.Response:
    return httpx.get(f"{site.url}/oembed", params={"url": url} | params)


def test_oembed_is_found_and_plays(site: Site, page: Page) -> None:
    ready = site.publish(text=article("嵌入", 6))
    listen = f"{site.url}{ready['page_url']}"
    discovered = re.search(
        r'type="application/json\+oembed" href="([^"]+)"', httpx.get(listen).text
    )
    assert discovered is not None
    answer = httpx.get(discovered[1]).json()
    assert (answer["version"], answer["type"], answer["title"]) == ("1.0", "rich", ready["title"])
    with published(publishers_page(site.url, "", story=answer["html"])) as url:
        page.goto(url)
        frame = page.frame_locator("iframe")
        frame.get_by_role("button", name="播放", exact=True).click()
        element = frame.locator("tingwen-player")
        expect(element.locator(".time")).to_contain_text("0:01")


@pytest.mark.parametrize("width", [640, 320])
def test_oembed_height_is_the_frames(site: Site, page: Page, width: int) -> None:
    ready = site.publish(text=article("嵌入", 6))
    answer = oembed(site, f"{site.url}{ready['page_url']}", maxwidth=width).json()
    page.set_viewport_size({"width": answer["width"], "height": answer["height"]})
    page.goto(f"/embed/{ready['id']}")
    play = page.get_by_role("button", name="播放", exact=True)
    expect(play).to_be_enabled()
    assert answer["width"] == width
    for _ in range(2):  # before it is played, and while it is
        assert page.evaluate("document.body.getBoundingClientRect().height") == answer["height"]
        assert page.evaluate("document.scrollingElement.scrollHeight") == answer["height"]
        play.click()
        expect(page.get_by_role("slider")).to_be_enabled()
        play = page.get_by_role("button", name="暫停", exact=True)


def test_oembed_refuses_what_is_not_ours(site: Site) -> None:
    ready = site.publish(text=article("嵌入", 6))
    assert oembed(site, f"http://elsewhere.example/listen/{ready['id']}").status_code == 404
    assert oembed(site, f"{site.url}/listen/{'0' * 32}").status_code == 404
    assert oembed(site, f"{site.url}{ready['page_url']}", format="xml").status_code == 501


def test_headline_cannot_leave_its_place(site: Site) -> None:
    ready = site.publish(text=article("嵌入", 6), title='<script>alert(1)</script>"小鎮新話題')
    html = httpx.get(f"{site.url}{ready['page_url']}").text
    assert "<script>alert" not in html
    answer = oembed(site, f"{site.url}{ready['page_url']}").json()
    assert "<script>" not in answer["html"]


def test_file_and_captions_without_a_service(site: Site, page: Page) -> None:
    """What `tingwen read -o a.mp3 --captions a.vtt` leaves, on any web server."""
    ready = site.publish(text=article("嵌入", 6))
    base = f"{site.url}/v1/articles/{ready['id']}"
    player_html = (
        f'<tingwen-player src="{base}/audio.mp3" captions="{base}/captions.vtt"'
        ' headline="自己的標題" for="#story"></tingwen-player>'
    )
    story = "".join(f"<p>{u['text']}</p>" for u in ready["utterances"])
    with published(publishers_page(site.url, player_html, story=story)) as url:
        player = Player.open(page, url)
        expect(player.element.locator(".title")).to_have_text("自己的標題")
        player.button("播放").click()
        player.wait_for_sentence(0)
        player.element.evaluate("p => p.goTo(3)")
        player.wait_for_sentence(3)
        assert player.highlighted() == ready["utterances"][3]["text"]


def test_script_before_it_is_spoken(page: Page) -> None:
    page.goto("/")
    page.get_by_label("貼上文章").fill(
        "小鎮新話題\n\n開館10天已有4,200人次入館，成長28%。大家都很開心。"
    )
    page.get_by_role("button", name="先看稿").click()
    expect(page.get_by_role("list")).to_contain_text("百分之二十八")


def test_what_cannot_be_read_is_said(page: Page) -> None:
    page.goto("/")
    page.get_by_label("貼上文章").fill("？！")
    page.get_by_role("button", name="開始聽").click()
    expect(page.get_by_role("alert")).to_contain_text("沒有可以唸的文字")
    expect(page.get_by_role("button", name="開始聽")).to_be_enabled()
