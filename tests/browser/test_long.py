"""A two-hour article stays as quick to the hand as a short one."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.articles import article, sentence
from tests.browser.conftest import Site
from tests.browser.player import Player

N_SENTENCES = 2400
FRAME_MS = 1000 / 60


@pytest.mark.slow
def test_two_hours_stay_responsive(site: Site, page: Page) -> None:
    site.tone.seconds = 2.6
    ready = site.publish(text=article("長文", N_SENTENCES, per_paragraph=8))
    assert ready["duration"] > 2 * 3600
    page.add_init_script(
        """window.longest = 0;
        new PerformanceObserver(list => list.getEntries().forEach(
          entry => (window.longest = Math.max(window.longest, entry.duration))
        )).observe({ type: 'longtask', buffered: true });"""
    )
    player = Player.open(page, ready["page_url"])
    opened = page.evaluate("longest")
    page.evaluate("longest = 0")
    player.button("播放").click()
    player.wait_until_past(1)
    for index in (2300, 5, 1200):
        page.locator(f"[data-sentence='{index}']").click()
        player.wait_for_highlight(sentence("長文", index))
        player.wait_until("!p.paused")
    cost = page.evaluate(
        """async () => {
        const player = document.querySelector('tingwen-player');
        const begin = performance.now();
        for (let i = 0; i < 200; i++) player.render();
        return (performance.now() - begin) / 200;
    }"""
    )
    longest = page.evaluate("longest")
    print(f"opening {opened:.0f} ms, then at most {longest:.0f} ms, a draw {cost:.2f} ms")
    assert cost < FRAME_MS / 4
    assert longest < 500
