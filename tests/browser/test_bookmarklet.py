"""The bookmark that hands the page it is pressed on to the service it was dragged from."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.player import Player
from tests.browser.publisher import STORY, published

PAGE = f"""<!doctype html><html lang="zh-Hant"><head><meta charset="utf-8"><title>小鎮日報</title>
</head><body><main><article>{STORY}</article></main></body></html>"""
STRICT = "default-src 'none'; script-src 'none'; connect-src 'none'; form-action 'none'"
TITLE = "小站的書屋迎接第一批讀者"


@pytest.fixture
def bookmark(page: Page) -> str:
    """The bookmark's address, as it is dragged from the help page."""
    page.goto("/help")
    button = page.get_by_role("link", name="聽這一頁")
    button.click()
    expect(page.get_by_role("status")).to_contain_text("拖到書籤列")
    return button.get_attribute("href") or ""


def press(page: Page, bookmark: str) -> Page:
    """Go to the bookmark, as the browser's own bar does; the window that opens."""
    with page.context.expect_page() as opened:
        session = page.context.new_cdp_session(page)
        session.send("Page.navigate", {"url": bookmark})
    return opened.value


@pytest.mark.thorough
@pytest.mark.parametrize("policy", ["", STRICT])
def test_a_page_behind_a_login_is_heard(page: Page, bookmark: str, policy: str) -> None:
    with published(PAGE, policy, members=True) as news:
        page.goto(news.replace("/news/1", "/login"))
        page.goto(news)
        opened = press(page, bookmark)
        opened.wait_for_url("**/listen/*")
        expect(opened.get_by_role("heading", level=1)).to_have_text(TITLE)
        Player(opened).wait_until_past(0.2)
        assert page.url == news


def test_a_page_that_sends_itself_waits_for_a_press(page: Page) -> None:
    """Any site may open the receiving page; only the bookmark of this device starts."""
    page.goto("/")
    service = page.url
    with published(PAGE) as news:
        page.goto(news)
        with page.context.expect_page() as opening:
            page.evaluate(
                """service => {
                  const other = open(`${service}receive`);
                  addEventListener("message", () => other.postMessage(
                    { secret: "", html: document.documentElement.outerHTML }, "*"));
                }""",
                service,
            )
        opened = opening.value
        start = opened.get_by_role("button", name="開始聽")
        expect(start).to_be_focused()
        expect(opened.get_by_role("status")).to_contain_text("127.0.0.1")
        assert opened.url == f"{service}receive"
        start.click()
        opened.wait_for_url("**/listen/*")


def test_the_bookmark_talks_with_its_service_alone(page: Page, bookmark: str) -> None:
    """The page may not pass itself off as the service, and get the secret."""
    with published(PAGE) as news:
        page.goto(news)
        page.evaluate(
            """() => {
              window.leaked = [];
              window.open = () => ({ postMessage: (...sent) => leaked.push(sent) });
            }"""
        )
        page.context.new_cdp_session(page).send("Page.navigate", {"url": bookmark})
        page.evaluate("postMessage('tingwen-ready', '*')")
        page.wait_for_timeout(100)
        assert page.evaluate("leaked") == []


def test_a_page_that_is_cut_off_is_explained(context: BrowserContext, bookmark: str) -> None:
    page = context.pages[0]
    cut_off = {"Cross-Origin-Opener-Policy": "same-origin"}
    with published(PAGE, headers=cut_off) as news:
        page.goto(news)
        opened = press(page, bookmark)
        expect(opened.get_by_role("status")).to_contain_text("複製、貼上")
        by_address = opened.get_by_role("link", name="用網址試試").get_attribute("href") or ""
        assert news.split("//")[1].split("/")[0].replace(":", "%3A") in by_address
        opened.get_by_role("link", name="到首頁貼上").click()
        expect(opened.get_by_label("貼上文章")).to_be_visible()
