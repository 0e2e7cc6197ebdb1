"""The browser extension of examples/, loaded unpacked: 「聽這一頁」 in a page behind a login."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

from tests.browser.conftest import CHROMIUM, CHROMIUM_ARGS, Site
from tests.browser.player import Player
from tests.browser.publisher import STORY, published

EXTENSION = Path(__file__).resolve().parents[2] / "examples" / "browser-extension"
PAGE = f"""<!doctype html><html lang="zh-Hant"><head><meta charset="utf-8"><title>小鎮日報</title>
</head><body><nav>首頁 政治 財經</nav><main>{STORY}</main></body></html>"""
STRICT = "default-src 'none'; style-src 'none'; script-src 'none'"
TITLE = "小站的書屋迎接第一批讀者"


def test_its_files_hold_together() -> None:
    manifest = json.loads((EXTENSION / "manifest.json").read_text("utf-8"))
    named = re.findall(r'"([\w/-]+\.(?:js|html|png))"', json.dumps(manifest))
    pages = [path.read_text("utf-8") for path in EXTENSION.glob("*.html")]
    named += re.findall(r'(?:src|href)="([^"]+)"', "".join(pages))
    for name in named:
        assert (EXTENSION / name).is_file(), name
    tables = [
        json.loads((EXTENSION / "_locales" / lang / "messages.json").read_text("utf-8"))
        for lang in ("zh_TW", "en")
    ]
    assert tables[0].keys() == tables[1].keys()
    scripts = "".join(path.read_text("utf-8") for path in EXTENSION.glob("*.js"))
    used = re.findall(r'(?:getMessage|say)\("(\w+)"', scripts)
    used += re.findall(r'data-text="(\w+)"', "".join(pages))
    used += re.findall(r"__MSG_(\w+)__", json.dumps(manifest))
    assert set(used) <= tables[0].keys()


@pytest.fixture
def chromium(tmp_path: Path, site: Site) -> Iterator[BrowserContext]:
    """Chromium with the extension, which asks this test's service."""
    extension = tmp_path / "extension"
    shutil.copytree(EXTENSION, extension)
    settings = extension / "settings.js"
    settings.write_text(
        settings.read_text("utf-8").replace("http://127.0.0.1:8000/", f"{site.url}/"), "utf-8"
    )
    args = [*CHROMIUM_ARGS, "--headless=new", f"--load-extension={extension}"]
    args.append(f"--disable-extensions-except={extension}")
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            tmp_path / "profile",
            executable_path=CHROMIUM,
            headless=False,
            args=args,
            locale="zh-TW",
            ignore_default_args=["--disable-extensions"],
        )
        context.set_default_timeout(15_000)
        yield context
        context.close()


@pytest.mark.slow
@pytest.mark.parametrize("policy", ["", STRICT])
def test_the_page_is_read_and_highlighted(chromium: BrowserContext, policy: str) -> None:
    worker = (
        chromium.service_workers[0]
        if chromium.service_workers
        else chromium.wait_for_event("serviceworker")
    )
    page = chromium.pages[0]
    with published(PAGE, policy, members=True) as news:
        page.goto(news.replace("/news/1", "/login"))
        page.goto(news)
        with chromium.expect_page() as opening:
            worker.evaluate(
                """async () => {
                  const [tab] = await chrome.tabs.query({ url: "http://127.0.0.1/news/*" });
                  chrome.contextMenus.onClicked.dispatch({ menuItemId: "listen" }, tab);
                }"""
            )
        panel = opening.value
        expect(panel.get_by_role("heading", level=1)).to_have_text(TITLE)
        player = Player(panel)
        player.wait_until_past(0.2)
        heard_in(page, TITLE)
        page.get_by_text("很多長輩").click(position={"x": 90, "y": 8})
        heard_in(page, "館長表示，很多長輩不是來看書，是來坐坐。")
        assert not player.paused()
        assert page.url == news


def heard_in(page: Page, text: str) -> None:
    """Whether the page highlights this, in the world of the extension."""
    deadline = 100
    while highlighted(page) != text and deadline:
        page.wait_for_timeout(100)
        deadline -= 1
    assert highlighted(page) == text


def highlighted(page: Page) -> str:
    shown = page.evaluate("[...(CSS.highlights.get('tingwen') ?? [])].map(String).join('|')")
    return re.sub(r"\s", "", str(shown))
