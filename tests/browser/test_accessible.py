"""For every reader: assistive technology, small screens, calm screens, both languages."""

from __future__ import annotations

import re

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.articles import article
from tests.browser.conftest import Site
from tests.browser.player import Player


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found]


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_axe_finds_nothing(site: Site, browser: Browser, scheme: str, width: int) -> None:
    ready = site.publish(text=article("無障礙", 8))
    context = browser.new_context(
        base_url=site.url,
        locale="zh-TW",
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": 700},
    )
    page = context.new_page()
    page.goto("/")
    page.get_by_label("貼上文章").fill(article("無障礙", 4))
    page.get_by_role("button", name="先看稿").click()
    expect(page.get_by_role("list")).to_be_visible()
    assert violations(page) == []
    for path in ("/help", "/receive", "/nosuch"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        assert violations(page) == []
    player = Player.open(page, ready["page_url"])
    assert violations(page) == []
    player.button("播放").click()
    player.wait_for_sentence(1)
    assert violations(page) == []
    page.goto(f"/embed/{ready['id']}")
    framed = page.get_by_role("button", name="播放", exact=True)
    expect(framed).to_be_enabled()
    assert violations(page) == []
    framed.click()
    expect(page.get_by_role("slider")).to_be_enabled()
    assert violations(page) == []
    page.goto(f"/embed/{'0' * 32}")
    expect(page.get_by_role("status")).to_have_text("語音尚未製作")
    assert violations(page) == []
    context.close()


@pytest.mark.thorough
@pytest.mark.parametrize("path", ["/", "/help", "/receive", "/listen/{}", "/embed/{}"])
def test_nothing_overflows_at_320_px(site: Site, page: Page, path: str) -> None:
    ready = site.publish(text=article("無障礙", 8))
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(path.format(ready["id"]))
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320


def test_names_roles_and_values(site: Site, page: Page) -> None:
    player = Player.open(page, site.publish(text=article("無障礙", 8))["page_url"])
    player.seek(5)
    expect(player.element.get_by_role("region")).to_have_accessible_name(
        "聽新聞：無障礙成為小鎮新話題"
    )
    slider = player.element.get_by_role("slider")
    expect(slider).to_have_attribute("aria-valuetext", re.compile(r"^5 ?秒，共 \d+ ?秒$"))
    for name in ("播放", "倒退 10 秒", "快轉 10 秒", "上一句", "下一句"):
        expect(player.button(name)).to_be_visible()


def test_calm_for_those_who_ask(site: Site, browser: Browser) -> None:
    context = browser.new_context(base_url=site.url, locale="zh-TW", reduced_motion="reduce")
    page = context.new_page()
    player = Player.open(page, site.publish(text=article("無障礙", 60))["page_url"])
    player.button("播放").click()
    page.evaluate("window.seen = [scrollY]; addEventListener('scroll', () => seen.push(scrollY))")
    player.element.evaluate("p => p.goTo(50)")
    player.wait_for_sentence(50)
    player.wait_until_past(player.time() + 0.5)
    first, *between, last = page.evaluate("seen")
    way = last - first
    glided = [y for y in between if 0.1 < (y - first) / way < 0.9]
    assert not glided, "the page glided instead of jumping"
    context.close()


def test_english(site: Site, page: Page) -> None:
    ready = site.publish(text=article("無障礙", 8))
    page.goto(f"/embed/{ready['id']}?lang=en")
    page.get_by_role("button", name="Play", exact=True).click()
    player = Player(page)
    player.wait_for_sentence(0)
    player.pause()
    for name in ("Play", "Back 10 seconds", "Next sentence"):
        expect(player.button(name)).to_be_visible()
    assert not re.search(r"[一-鿿]", player.element.locator(".keys").inner_text())


def test_unknown_article_is_said(site: Site, page: Page) -> None:
    assert httpx.get(f"{site.url}/listen/{'0' * 32}").status_code == 404
    page.goto(f"/listen/{'0' * 32}")
    expect(page.get_by_role("alert")).to_have_text("找不到這篇文章。")
