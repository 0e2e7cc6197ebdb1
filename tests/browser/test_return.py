"""Coming back: after a reload, by a link, from another tab, after the network was gone."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.articles import article, sentence
from tests.browser.conftest import Site
from tests.browser.player import Player


def test_reload_resumes(site: Site, page: Page) -> None:
    player = Player.open(page, site.publish(text=article("續聽", 12))["page_url"])
    player.button("播放").click()
    player.seek(12)
    player.wait_until_past(12.5)
    left = player.time()
    page.reload()
    player.wait_until(f"Math.abs(p.currentTime - {left}) < 0.5")
    assert player.paused()
    # A busy machine plays on before it is reloaded: what is shown is where the player is.
    expect(player.element.locator(".time")).to_contain_text(f"0:{int(player.time()):02} / ")
    assert player.highlighted()


def test_deep_link(site: Site, page: Page) -> None:
    ready = site.publish(text=article("連結", 40))
    player = Player.open(page, f"{ready['page_url']}#s=30")
    player.wait_for_highlight(sentence("連結", 30))
    expect(page.locator("[data-sentence='30']")).to_be_in_viewport()
    assert player.paused()
    player.button("播放").click()
    player.wait_until("!p.paused")
    assert player.time() >= player.start_of(sentence("連結", 30)) - 0.05
    page.evaluate("location.hash = '#s=2'")
    player.wait_for_highlight(sentence("連結", 2))


def test_reload_resumes_after_a_link(site: Site, page: Page) -> None:
    ready = site.publish(text=article("連結", 40))
    player = Player.open(page, f"{ready['page_url']}#s=30")
    player.button("播放").click()
    player.wait_for_highlight(sentence("連結", 30))
    player.button("下一句").click()
    player.wait_for_highlight(sentence("連結", 31))
    page.reload()
    player.wait_for_highlight(sentence("連結", 31))


@pytest.mark.thorough
def test_end_forgets_and_play_begins_anew(site: Site, page: Page) -> None:
    player = Player.open(page, site.publish(text=article("續聽", 12))["page_url"])
    player.button("播放").click()
    player.seek(player.number("p.duration") - 0.5)
    player.wait_until("p.paused")
    player.button("播放").click()
    player.wait_until("!p.paused && p.currentTime < 5")
    player.button("暫停").click()
    player.seek(player.number("p.duration") - 0.1)
    player.button("播放").click()
    player.wait_until("p.paused")
    page.reload()
    expect(player.element.get_by_role("slider")).to_be_enabled()
    assert player.time() == 0


@pytest.mark.thorough
def test_two_tabs(site: Site, context: BrowserContext) -> None:
    """What begins to play makes the other tab fall silent."""
    url = site.publish(text=article("分頁", 12))["page_url"]
    first, second = (Player.open(context.new_page(), url) for _ in range(2))
    first.button("播放").click()
    first.wait_until_past(0.2)
    second.button("播放").click()
    second.wait_until_past(0.2)
    first.wait_until("p.paused")
    assert not second.paused()


def test_network_cut_while_it_streams(site: Site, context: BrowserContext, page: Page) -> None:
    site.tone.seconds, site.tone.delay_s = 1.0, 1.0
    player = Player.open(page, site.post(text=article("斷線", 24))["page_url"])
    player.button("播放").click()
    player.wait_until_past(0.3)
    context.set_offline(True)
    page.wait_for_timeout(1500)
    context.set_offline(False)
    player.wait_for_sentence(5)
    player.wait_until("!p.paused")


@pytest.mark.slow
def test_network_cut_in_a_long_file(site: Site, context: BrowserContext, page: Page) -> None:
    site.tone.seconds = 30.0
    player = Player.open(page, site.publish(text=article("長檔", 60))["page_url"])
    player.button("播放").click()
    player.wait_until_past(0.3)
    context.set_offline(True)
    player.seek(1500)
    expect(player.element.get_by_role("status")).to_have_text("連線中斷", timeout=20_000)
    context.set_offline(False)
    player.wait_until("!p.paused && p.currentTime > 1500.3")


@pytest.mark.thorough
def test_server_gone_and_back(site: Site, page: Page) -> None:
    """The stream breaks off while the device is online: it goes on when the service answers."""
    site.tone.seconds, site.tone.delay_s = 1.0, 1.0
    player = Player.open(page, site.post(text=article("重連", 24))["page_url"])
    player.button("播放").click()
    player.wait_until_past(0.3)
    site.hang_up()
    player.wait_for_sentence(4)
    player.wait_until("!p.paused")


@pytest.mark.slow
def test_service_gone_for_longer(site: Site, context: BrowserContext, page: Page) -> None:
    """More than one retry fails: the place is still known when the service answers."""
    site.tone.seconds, site.tone.delay_s = 2.0, 2.0
    player = Player.open(page, site.post(text=article("久候", 120))["page_url"])
    player.button("播放").click()
    player.wait_for_sentence(3)
    context.route("**/v1/articles/**", lambda route: route.abort())
    site.hang_up()
    expect(player.element.get_by_role("status")).to_have_text("連線中斷")
    page.wait_for_timeout(6_000)  # the second try has failed as well
    context.unroute_all()
    player.wait_until("!p.paused && p.sentence >= 3")


@pytest.mark.parametrize("storage", ["refused", "broken"])
def test_without_memory_all_else_works(site: Site, page: Page, storage: str) -> None:
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })"
        if storage == "refused"
        else "localStorage.tingwen = '{'"
    )
    player = Player.open(page, site.publish(text=article("續聽", 12))["page_url"])
    player.button("播放").click()
    player.wait_until_past(0.2)
