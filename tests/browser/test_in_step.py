"""The highlight keeps step with the sound, and the change of sources is not heard."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import Page

from tests.browser.articles import article
from tests.browser.conftest import Site
from tests.browser.ears import Ears, Moment, longest_ms, stretches
from tests.browser.player import Player

MOST_MS = 150
MOST_LONGER_MS = 600
"""In the silence between two sentences. A quiet machine adds some 20 ms; 344 were heard with two
other suites on its two cores, and no sentence was cut then either."""


def offsets_ms(moments: list[Moment]) -> list[float]:
    """For each tone that begins: how much later its sentence is highlighted."""
    changes = [b.at for a, b in pairwise(moments) if a.text != b.text]
    begins = [start for hz, start, _ in stretches(moments) if hz][1:]
    return [min((change - start for change in changes), key=abs) for start in begins]


@pytest.mark.slow  # measures milliseconds, which a busy machine has not
def test_highlight_is_in_step_with_the_file(site: Site, page: Page, ears: Ears) -> None:
    site.tone.seconds = 1.0
    ready = site.publish(text=article("步調", 5))
    player = Player.open(page, ready["page_url"])
    ears.start()
    player.button("播放").click()
    player.wait_until_past(5.2)
    offsets = offsets_ms(ears.moments())
    assert len(offsets) >= 2
    assert max(map(abs, offsets)) <= MOST_MS, offsets


@pytest.mark.slow  # measures milliseconds, which a busy machine has not
def test_stream_becomes_file_in_a_pause(site: Site, page: Page, ears: Ears) -> None:
    site.tone.seconds = 1.0
    site.tone.wait_after(4)
    growing = site.post(text=article("串流", 7))
    player = Player.open(page, growing["page_url"])
    ears.start()
    player.button("播放").click()
    player.wait_until_past(1.0)
    site.tone.go_on()
    player.wait_until_past(7.0)
    moments = ears.moments()
    assert moments[-1].streams == 0 < max(m.streams for m in moments), "no change was seen"
    assert max(map(abs, offsets_ms(moments))) <= MOST_MS

    sounds = stretches(moments)
    first = next(i for i, (hz, _, _) in enumerate(sounds) if hz)
    tones = [longest_ms(moments, start, end) for hz, start, end in sounds[first:-1] if hz]
    silences = [end - start for hz, start, end in sounds[first:-1] if not hz]
    said = site.article(growing["id"])["utterances"]
    pauses = [1000 * (b["start"] - a["end"]) for a, b in pairwise(said)]
    assert min(tones) > 900, f"a sentence was cut: {tones}"
    longer = [silence - pause for silence, pause in zip(silences, pauses, strict=False)]
    # The file begins in silence; how soon it does is the browser's and the machine's.
    assert max(map(abs, longer)) < MOST_LONGER_MS, f"a gap was heard: {longer}"


def test_the_change_begins_in_a_pause(site: Site, page: Page) -> None:
    """Also where the file is there in the middle of a sentence."""
    site.tone.seconds = 3.0
    site.tone.wait_after(4)
    page.add_init_script(
        """window.changes = [];
        const play = HTMLMediaElement.prototype.play;
        let stream;
        HTMLMediaElement.prototype.play = function () {
          if (this.src.startsWith("blob:")) stream = this;
          else if (stream && !stream.paused) changes.push(stream.currentTime);
          return play.call(this);
        };"""
    )
    growing = site.post(text=article("換檔", 7))
    player = Player.open(page, growing["page_url"])
    player.button("播放").click()
    player.wait_until_past(1.0)
    site.tone.go_on()
    page.wait_for_function("() => changes.length > 0")
    changed_s = page.evaluate("changes[0]")
    said = site.article(growing["id"])["utterances"]
    pauses = [(a["end"], b["start"]) for a, b in pairwise(said)]
    assert any(start <= changed_s < end for start, end in pauses), (changed_s, pauses)
