"""The player on a publisher's page: its text is highlighted, its markup left alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.player import Player
from tests.browser.publisher import ARTICLE, page, published
from tests.conftest import EXAMPLES

SENTENCES = (
    "小站的書屋迎接第一批讀者",
    "停用多年的舊站房，春天起成為小鎮的圖書館。",
    "這一次等在月台上的不是旅客，而是滿屋的書。",
    "館長表示，很多長輩不是來看書，是來坐坐。",
    "他們說，這裡像把時間借回來。",
    "再美的車站，也可能第二次停駛。",
    "大家希望這一次能夠走得久一點。",
)
# What examples/embed/README.md tells publishers to allow, and nothing more.
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; "
    "script-src {0}; connect-src {0}; media-src {0} blob:; img-src {0}"
)


def embedded(site: Site, attributes: str = "") -> str:
    ready = site.publish(text=ARTICLE)
    player = f'<tingwen-player article="{ready["id"]}" for="#story" {attributes}></tingwen-player>'
    return page(site.url, player)


def text_of(marked: str) -> str:
    return "".join(marked.split())


def test_each_sentence_is_found_in_the_page(site: Site, page: Page) -> None:
    with published(embedded(site), POLICY.format(site.url)) as url:
        player = Player.open(page, url)
        before = page.locator("#story").inner_html()
        player.button("播放").click()
        for index, wanted in enumerate(SENTENCES):
            player.element.evaluate("(p, i) => p.goTo(i)", index)
            player.wait_for_sentence(index)
            assert text_of(player.highlighted()) == wanted
        assert page.locator("#story").inner_html() == before


def test_the_example_page(site: Site, page: Page) -> None:
    """examples/embed/article.html: every sentence of it is found in it."""
    story = (EXAMPLES / "embed" / "article.html").read_text(encoding="utf-8")
    ready = site.publish(html=story)
    html = story.replace("{service}", site.url).replace("{id}", ready["id"])
    with published(html) as url:
        player = Player.open(page, url)
        player.button("播放").click()
        for utterance in ready["utterances"]:
            player.element.evaluate("(p, i) => p.goTo(i)", utterance["index"])
            player.wait_for_sentence(utterance["index"])
            assert text_of(player.highlighted()) == text_of(utterance["text"])


def test_clicks_count_once_the_reader_listens(site: Site, page: Page) -> None:
    with published(embedded(site)) as url:
        player = Player.open(page, url)
        page.get_by_text("館長表示").click(position={"x": 8, "y": 8})
        assert player.sentence() == -1
        player.button("播放").click()
        player.wait_for_sentence(0)
        page.get_by_text("館長表示").click(position={"x": 8, "y": 8})
        player.wait_for_sentence(3)
        page.get_by_text("他們說").click()
        player.wait_for_sentence(4)
        page.get_by_text("春天起").click()
        page.wait_for_url("**#elsewhere")
        assert player.sentence() == 4, "a link of the page is a link"


def test_follows_the_sound_until_the_reader_scrolls_away(site: Site, page: Page) -> None:
    with published(embedded(site)) as url:
        player = Player.open(page, url)
        player.button("播放").click()
        player.wait_for_sentence(0)
        player.element.evaluate("p => p.goTo(5)")
        last = page.get_by_text("再美的車站")
        expect(last).to_be_in_viewport()
        page.wait_for_function("document.scrollingElement.scrollTop > 1000")
        page.wait_for_timeout(1100)
        page.mouse.move(300, 300)
        page.mouse.wheel(0, -3000)
        expect(player.button("回到朗讀處")).to_be_visible()
        player.wait_for_sentence(6)
        expect(last).not_to_be_in_viewport()
        player.button("回到朗讀處").click()
        expect(last).to_be_in_viewport()
        expect(player.button("回到朗讀處")).to_be_hidden()


def test_without_highlights_boxes_are_drawn(site: Site, page: Page) -> None:
    page.add_init_script("delete window.Highlight")
    with published(embedded(site)) as url:
        player = Player.open(page, url)
        before = page.locator("#story").inner_html()
        player.element.evaluate("p => p.goTo(2)")
        player.wait_for_sentence(2)
        boxes = page.locator("body > div > div")
        texts = page.evaluate(
            """() => [...document.querySelectorAll('body > div > div')].map(box => {
            const { x, y, width, height } = box.getBoundingClientRect();
            return document.elementFromPoint(x + width / 2, y + height / 2).textContent;
        })"""
        )
        assert boxes.count() >= 2
        assert any("滿屋" in text for text in texts)
        assert page.locator("#story").inner_html() == before


def test_page_that_redraws_its_text(site: Site, page: Page) -> None:
    with published(embedded(site)) as url:
        player = Player.open(page, url)
        player.button("播放").click()
        player.wait_for_sentence(0)
        page.evaluate("story.innerHTML = story.innerHTML")
        player.element.evaluate("p => p.goTo(2)")
        page.wait_for_function("[...CSS.highlights.get('tingwen')].join().includes('滿屋')")


@pytest.mark.parametrize(("theme", "dark"), [("light", False), ("dark", True)])
def test_theme(site: Site, page: Page, theme: str, dark: bool) -> None:
    with published(embedded(site, f'style="color-scheme: {theme}; --tingwen-accent: teal"')) as url:
        player = Player.open(page, url)
        paper, accent = (
            player.element.locator(selector).evaluate("e => getComputedStyle(e).backgroundColor")
            for selector in ("section", ".toggle")
        )
        brightness = sum(int(part) for part in paper[4:-1].split(","))
        assert (brightness < 300) is dark
        assert accent == "rgb(0, 128, 128)"
