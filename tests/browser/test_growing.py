"""Listening while the article is still being spoken, and when its voice fails."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.articles import article, sentence
from tests.browser.conftest import Site
from tests.browser.player import Player

pytestmark = pytest.mark.usefixtures("embedded_voice")


def test_play_begins_before_synthesis_has_ended(site: Site, page: Page) -> None:
    site.tone.wait_after(5)
    growing = site.post(text=article("開頭", 16))
    player = Player.open(page, growing["page_url"])
    expect(player.element.get_by_role("status")).to_have_text("語音合成中，已可播放")
    player.button("播放").click()
    player.wait_until_past(0.5)
    assert site.article(growing["id"])["status"] == "speaking"
    expect(player.element.locator(".time")).to_contain_text("約")

    page.get_by_text(sentence("開頭", 15)).click()
    expect(player.element.locator(".title")).to_have_text("這一句還在合成，好了就播……")
    site.tone.go_on()
    player.wait_for_sentence(15)
    player.wait_until("!p.paused")
    player.button("上一句").click()
    player.wait_for_sentence(14)


def test_failed_voice_is_said_and_tried_again(site: Site, page: Page) -> None:
    site.tone.fails_after, site.tone.breaks_baker = 0, True
    player = Player(page)
    page.goto(site.post(text=article("失敗", 5))["page_url"])
    expect(player.element.get_by_role("status")).to_have_text("語音合成失敗")
    site.tone.reset()
    player.button("重試").click()
    expect(player.button("重試")).to_be_hidden()
    player.button("播放").click()
    player.wait_for_sentence(1)


@pytest.mark.slow
def test_another_voice_takes_over(site: Site, page: Page) -> None:
    """The voice fails at the sixth sentence: the embedded one reads all of it anew."""
    site.tone.delay_s, site.tone.fails_after = 0.8, 5
    growing = site.post(text=article("接手", 8))
    player = Player.open(page, growing["page_url"])
    player.button("播放").click()
    player.wait_for_sentence(2)
    player.wait_until("!p.paused && p.sentence >= 3")
    page.wait_for_function(
        "id => fetch(`/v1/articles/${id}`).then(r => r.json()).then(a => a.voice === 'baker')",
        arg=growing["id"],
    )
    begins = player.start_of(sentence("接手", 3))
    player.wait_until(f"!p.paused && p.currentTime > {begins + 0.5}")
    assert abs(player.number("p.duration") - site.article(growing["id"])["duration"]) < 0.1
