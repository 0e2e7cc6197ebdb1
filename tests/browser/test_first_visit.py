"""What a first visit costs before play, and a home page that takes what it is given."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.browser.articles import article
from tests.browser.conftest import Site
from tests.browser.player import Player

MOST_BYTES = 60 * 1024
SEED = Path(__file__).resolve().parents[3] / "shared" / "data" / "seed" / "worldjournal_page.txt"


def test_a_first_visit_is_small_and_fetches_no_sound(site: Site, browser: Browser) -> None:
    """Headers and all, the service worker's own requests too; of the seed page where it is."""
    text = SEED.read_text("utf-8") if SEED.exists() else article("初訪", 20)
    site.tone.seconds = 0.3
    ready = site.publish(text=text)
    context = browser.new_context(base_url=site.url, locale="zh-TW")
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda told: sizes.append(told["encodedDataLength"]))
    asked: list[str] = []
    context.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    Player.open(page, ready["page_url"])
    page.wait_for_load_state("networkidle")
    assert 5_000 < sum(sizes) <= MOST_BYTES
    assert not [one for one in asked if one.startswith("GET") and one.endswith(".mp3")]
    context.close()


def test_a_file_is_dropped_on_the_field(page: Page) -> None:
    page.goto("/")
    source = page.get_by_label("貼上文章")
    text = article("拖曳", 4)
    for content in (text.encode(), text.encode("big5")):
        source.fill("")
        drop(page, list(content))
        expect(source).to_have_value(text)
    assert page.url.endswith("/")


def drop(page: Page, content: Any) -> None:
    page.evaluate(
        """content => {
          const data = new DataTransfer();
          data.items.add(new File([new Uint8Array(content)], "news.txt"));
          const field = document.getElementById("source");
          for (const type of ["dragover", "drop"])
            field.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true,
                                                      cancelable: true }));
        }""",
        content,
    )
