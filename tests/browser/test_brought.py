"""`/?url=&text=&title=`: an article is brought to the service by its address."""

from __future__ import annotations

from urllib.parse import urlencode

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser.articles import article
from tests.browser.conftest import Site
from tests.browser.player import Player
from tests.browser.publisher import published

STORY = article("帶來", 4)


def address(site: Site, **brought: str) -> str:
    return f"{site.url}/?{urlencode(brought)}"


def test_what_the_reader_brings_starts_once(site: Site, page: Page) -> None:
    page.goto(address(site, text=STORY))
    page.wait_for_url("**/listen/*")
    Player(page).wait_until_past(0.2)
    page.go_back()
    source = page.get_by_label("貼上文章")
    expect(source).to_have_value(STORY)
    assert page.url == f"{site.url}/"
    page.reload()
    expect(source).to_have_value(STORY)
    assert page.url == f"{site.url}/"


@pytest.mark.thorough
@pytest.mark.parametrize("way", ["link", "redirect", "form"])
def test_what_another_site_brings_waits_for_a_press(site: Site, page: Page, way: str) -> None:
    goal = address(site, text=STORY)
    markup = {
        "link": f'<a href="{goal}">聽</a>',
        "redirect": f'<a href="/go?{urlencode({"to": goal})}">聽</a>',
        "form": f'<form action="{site.url}"><textarea name="text">{STORY}</textarea>'
        '<button role="link">聽</button></form>',
    }[way]
    with published(markup) as news:
        page.goto(news)
        page.get_by_role("link").click()
        page.wait_for_url(f"{site.url}/")
        expect(page.get_by_role("button", name="開始聽")).to_be_focused()
        expect(page.get_by_role("status")).to_contain_text("按「開始聽」")
        page.wait_for_timeout(300)
        assert page.url == f"{site.url}/"
        page.keyboard.press("Enter")
        page.wait_for_url("**/listen/*")


@pytest.mark.parametrize(
    ("sent", "starts"),
    [
        ({"sec-fetch-site": "none", "sec-fetch-dest": "document"}, True),
        ({"sec-fetch-site": "same-origin", "sec-fetch-dest": "document"}, True),
        ({"sec-fetch-site": "same-site", "sec-fetch-dest": "document"}, False),
        ({"sec-fetch-site": "cross-site", "sec-fetch-dest": "document"}, False),
        ({"sec-fetch-site": "none", "sec-fetch-dest": "iframe"}, False),
        ({"sec-fetch-site": "none", "sec-purpose": "prefetch;prerender"}, False),
        ({}, False),
    ],
)
def test_only_the_reader_starts(site: Site, sent: dict[str, str], starts: bool) -> None:
    answer = httpx.get(address(site, text=STORY), headers=sent)
    assert ('data-start="now"' in answer.text) is starts
    assert ('data-start="press"' in answer.text) is not starts
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("brought", "shown"),
    [
        ({"url": "https://news.example/1", "title": "川普訪中"}, "https://news.example/1"),
        ({"title": "川普訪中", "text": "川普訪中 https://news.example/1"}, None),
        (
            {"title": "川普訪中", "text": "三月成行。\n各方關注。"},
            "川普訪中\n\n三月成行。\n各方關注。",
        ),
        ({"title": "川普訪中", "text": "川普訪中\n三月成行。"}, "川普訪中\n三月成行。"),
        ({"text": "</textarea><script>alert(1)</script>"}, None),
        ({"text": "\n\n頭兩行是空的"}, "頭兩行是空的"),
    ],
)
def test_the_field_holds_what_was_brought(
    site: Site, browser_without_scripts: Page, brought: dict[str, str], shown: str | None
) -> None:
    page = browser_without_scripts
    page.goto(address(site, **brought))
    expect(page.locator("#source")).to_have_value(brought["text"] if shown is None else shown)
