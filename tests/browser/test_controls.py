"""Every control, by mouse, by keyboard and by touch."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.articles import article, sentence
from tests.browser.conftest import PATIENCE_MS, Site
from tests.browser.ears import Ears
from tests.browser.player import Player

TOPIC = "控制"


@pytest.fixture
def player(site: Site, page: Page) -> Player:
    return Player.open(page, site.publish(text=article(TOPIC, 20))["page_url"])


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Page]:
    context = browser.new_context(
        base_url=site.url,
        has_touch=True,
        is_mobile=True,
        locale="zh-TW",
        viewport={"width": 360, "height": 740},
    )
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


def near(player: Player, seconds: float) -> None:
    """The player is at `seconds`, or within one second of play after it."""
    player.wait_until(f"p.currentTime >= {seconds - 0.06} && p.currentTime < {seconds + 1}")


def test_by_mouse(player: Player, page: Page) -> None:
    player.button("播放").click()
    player.wait_until("!p.paused && p.currentTime > 0.2")
    player.button("暫停").click()
    player.wait_until("p.paused")
    before = player.time()
    player.button("快轉 10 秒").click()
    near(player, before + 10)
    player.button("倒退 10 秒").click()
    near(player, before)
    player.button("下一句").click()
    near(player, player.start_of(sentence(TOPIC, 1)))
    player.button("下一句").click()
    near(player, player.start_of(sentence(TOPIC, 2)))
    player.button("上一句").click()
    near(player, player.start_of(sentence(TOPIC, 1)))

    bar = player.element.get_by_role("slider", name="播放位置")
    box = bar.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    duration = player.number("p.duration")
    player.wait_until(f"Math.abs(p.currentTime - {duration / 2}) < 0.5")
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + 14, steps=4)
    assert abs(player.time() - duration / 2) < 0.5, "nothing moves before the thumb is let go"
    page.mouse.up()
    player.wait_until(f"Math.abs(p.currentTime - {0.9 * duration}) < 1")
    page.get_by_text(sentence(TOPIC, 3)).click()
    player.wait_for_highlight(sentence(TOPIC, 3))
    player.wait_until("!p.paused")
    assert page.url.endswith("#s=3")


def test_by_keyboard(player: Player, page: Page) -> None:
    play = player.button("播放")
    while not play.evaluate("b => b.matches(':focus')"):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    player.wait_until("!p.paused && p.currentTime > 0.1")
    page.keyboard.press("k")
    player.wait_until("p.paused")
    before = player.time()
    for key, by in (("l", 10), ("j", -10), ("ArrowRight", 10), ("ArrowLeft", -10)):
        page.keyboard.press(key)
        before += by
        near(player, before)
    page.keyboard.press("Shift+ArrowRight")
    near(player, player.start_of(sentence(TOPIC, 1)))
    page.keyboard.press("Shift+ArrowLeft")
    near(player, 0)

    bar = player.element.get_by_role("slider", name="播放位置")
    bar.focus()
    page.keyboard.press("ArrowUp")
    near(player, 10)
    page.keyboard.press("End")
    player.wait_until("p.currentTime > p.duration - 0.3")
    page.keyboard.press("Home")
    near(player, 0)
    speed = player.element.get_by_role("combobox", name="播放速度")
    speed.focus()
    page.keyboard.press("ArrowDown")
    player.wait_until("p.rate === 1.1")
    player.button("快轉 10 秒").focus()
    page.keyboard.press("Enter")
    near(player, 10)

    page.locator("[data-sentence='1']").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    player.wait_for_highlight(sentence(TOPIC, 2))
    player.wait_until("!p.paused")
    page.keyboard.press("Space")
    player.wait_until("p.paused")


def test_by_touch(site: Site, phone: Page) -> None:
    player = Player.open(phone, site.publish(text=article(TOPIC, 20))["page_url"])
    player.button("播放").tap()
    player.wait_until("!p.paused && p.currentTime > 0.1")
    player.button("暫停").tap()
    player.wait_until("p.paused")
    before = player.time()
    player.button("快轉 10 秒").tap()
    near(player, before + 10)
    player.button("倒退 10 秒").tap()
    near(player, before)
    player.button("下一句").tap()
    near(player, player.start_of(sentence(TOPIC, 1)))
    player.button("上一句").tap()
    near(player, 0)
    box = player.element.get_by_role("slider").bounding_box()
    assert box is not None
    phone.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    player.wait_until("Math.abs(p.currentTime - p.duration / 2) < 1")
    phone.get_by_text(sentence(TOPIC, 1)).tap()
    player.wait_for_highlight(sentence(TOPIC, 1))
    for control in player.element.locator(
        "button:visible, label:visible, a:visible, input:visible"
    ).all():
        size = control.bounding_box()
        assert size is not None
        is_bar = control.get_attribute("type") == "range"
        assert min(size["width"], size["height"]) >= (24 if is_bar else 44)


@pytest.mark.thorough
def test_speed_keeps_the_pitch(site: Site, page: Page, ears: Ears) -> None:
    site.tone.seconds = 4.0
    player = Player.open(page, site.publish(text=article("速度", 5))["page_url"])
    ears.start()
    player.button("播放").click()
    player.wait_until_past(0.8)
    player.element.get_by_role("combobox", name="播放速度").select_option("2")
    player.wait_until_past(1.2)
    began = page.evaluate("performance.now()"), player.time()
    player.wait_until_past(3.6)
    seconds = (page.evaluate("performance.now()") - began[0]) / 1000
    assert 1.7 < (player.time() - began[1]) / seconds < 2.3
    tones = [moment.hz for moment in ears.moments() if moment.hz]
    assert max(tones) - min(tones) < 60, "the pitch moved with the speed"
    page.reload()
    player.wait_until("p.rate === 2")


@pytest.mark.thorough
def test_sleep_timer_stops_after_a_sentence(player: Player, page: Page) -> None:
    player.button("播放").click()
    player.show_more()
    player.element.get_by_role("combobox", name="睡眠定時").select_option("5")
    expect(player.element.get_by_role("status")).to_have_text("5 分鐘後，唸完那一句就停")
    player.wait_until_past(0.3)
    page.evaluate("{ const now = Date.now; Date.now = () => now() + 301_000 }")
    player.wait_until("p.paused")
    assert abs(player.time() - player.start_of(sentence(TOPIC, 1))) < 0.2


def test_download_is_the_file(site: Site, player: Player, page: Page) -> None:
    player.show_more()
    with page.expect_download() as started:
        player.element.get_by_role("link", name="下載 MP3").click()
    assert started.value.suggested_filename.endswith(".mp3")
    article_id = player.element.get_attribute("article")
    audio = httpx.get(f"{site.url}/v1/articles/{article_id}/audio.mp3").content
    assert started.value.path().read_bytes() == audio


def test_lock_screen_and_headset(player: Player, page: Page) -> None:
    """What is registered with the Media Session is what the buttons do."""
    page.evaluate(
        """() => {
        window.actions = {};
        const set = MediaSession.prototype.setActionHandler;
        MediaSession.prototype.setActionHandler = function (name, act) {
          window.actions[name] = act;
          return set.call(this, name, act);
        };
    }"""
    )
    player.button("播放").click()
    player.wait_until_past(0.2)
    title, artwork = page.evaluate(
        "[navigator.mediaSession.metadata.title, navigator.mediaSession.metadata.artwork[0].src]"
    )
    assert title == f"{TOPIC}成為小鎮新話題"
    assert artwork.endswith("/artwork.png")
    page.evaluate("actions.pause({})")
    player.wait_until("p.paused")
    assert page.evaluate("actions.nexttrack") is None, "such systems would show no other keys"
    player.element.evaluate("p => p.toggleAttribute('track-keys', true)")
    page.evaluate("actions.play({})")
    player.wait_until("!p.paused")
    page.evaluate("actions.pause({})")
    page.evaluate("actions.nexttrack({})")
    near(player, player.start_of(sentence(TOPIC, 1)))
    page.evaluate("actions.seekto({ seekTime: 20 })")
    near(player, 20)
    page.evaluate("actions.seekbackward({})")
    near(player, 10)
    page.evaluate("actions.play({})")
    player.wait_until("!p.paused")
