"""Without a network: the shell, the last articles' text, and what was kept with its sound."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from api.app import create_app
from api.middleware.api_keys import new_key
from api.routes import web_app
from api.routes.static_files import StaticFile, static_file
from api.settings import Settings
from reader.voices import Voices
from tests.browser.articles import article, sentence
from tests.browser.conftest import PATIENCE_MS, Site
from tests.browser.player import Player
from tests.browser.voices import ToneVoice
from tests.server import serving


@pytest.fixture
def page(browser: Browser, site: Site) -> Iterator[Page]:
    """A page whose service worker runs."""
    context = browser.new_context(base_url=site.url, locale="zh-TW")
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


@contextmanager
def own_service(tmp_path: Path, **chosen: Any) -> Iterator[Site]:
    """A service that a test may stop."""
    tone = ToneVoice()
    settings = Settings(voice="tone", cache=str(tmp_path), **chosen)
    with serving(create_app(settings, Voices(extra={"tone": lambda _: tone}))) as (url, server):
        yield Site(url, tone, server)


def wait_for_worker(page: Page) -> None:
    page.wait_for_function("() => Boolean(navigator.serviceWorker.controller)")


def remembered(page: Page) -> list[str]:
    """Addresses of everything on the device."""
    found: list[str] = page.evaluate(
        """async () => {
          const found = [];
          for (const name of await caches.keys())
            for (const { url } of await (await caches.open(name)).keys()) found.push(url);
          return found;
        }"""
    )
    return found


def test_a_kept_article_is_heard_when_the_server_is_gone(tmp_path: Path, page: Page) -> None:
    with own_service(tmp_path) as site:
        ready = site.publish(text=article("帶走", 8))
        read_only = site.publish(text=article("只讀", 4))
        page.goto(f"{site.url}{read_only['page_url']}")
        wait_for_worker(page)
        page.goto(f"{site.url}{ready['page_url']}")
        page.get_by_role("button", name="離線保存").click()
        expect(page.locator("#keep")).to_contain_text("已離線保存（0.1 MB）")
    with pytest.raises(httpx.ConnectError):
        httpx.get(site.url)
    page.goto(f"{site.url}/")
    kept = page.get_by_role("region", name="離線保存")
    kept.get_by_role("link").click()
    page.wait_for_url(f"**{ready['page_url']}")
    player = Player(page)
    player.wait_until_past(0.5)
    player.seek(9)
    player.wait_until_past(9.3)
    player.wait_for_highlight(sentence("帶走", 4))
    page.goto(f"{site.url}{read_only['page_url']}")
    expect(page.get_by_role("heading", level=1)).to_have_text("只讀成為小鎮新話題")
    page.goto(f"{site.url}/listen/{'0' * 32}")
    expect(page.get_by_role("alert")).to_have_text("現在沒有網路。")
    page.get_by_role("link", name="貼上一篇文章").click()
    kept.get_by_role("button", name="移除").click()
    expect(kept).to_be_hidden()


@pytest.mark.thorough
def test_what_is_gone_is_removed_and_what_is_new_is_shown(tmp_path: Path, page: Page) -> None:
    with own_service(tmp_path) as site:
        ready = site.publish(text=article("收回", 4))
        page.goto(site.url)
        wait_for_worker(page)
        page.goto(f"{site.url}{ready['page_url']}")
        page.get_by_role("button", name="離線保存").click()
        expect(page.locator("#keep")).to_contain_text("已離線保存")
        path = f"**{ready['page_url']}"
        page.context.route(path, lambda route: route.fulfill(body="<p>corrected</p>"))
        page.reload()
        assert page.locator("body").inner_text() == "corrected"
        page.context.unroute(path)
        for stored in tmp_path.rglob("*"):
            if stored.is_file():
                stored.unlink()
        answer = page.goto(f"{site.url}{ready['page_url']}")
        assert answer is not None
        assert answer.status == 404
        assert not [url for url in remembered(page) if ready["id"] in url]


@pytest.mark.parametrize(
    ("header", "status", "expected"),
    [
        ("bytes=0-1", 206, "bytes 0-1/{n}"),
        ("bytes=100-", 206, "bytes 100-{last}/{n}"),
        ("bytes=-10", 206, "bytes {tenth}-{last}/{n}"),
        ("bytes=0-99999999", 206, "bytes 0-{last}/{n}"),
        ("bytes=99999999-", 416, "bytes */{n}"),
        ("bytes=0-1,4-5", 200, None),
    ],
)
def test_ranges_of_what_is_kept(
    kept_page: tuple[Page, bytes, str], header: str, status: int, expected: str | None
) -> None:
    page, sound, url = kept_page
    n = len(sound)
    got = page.evaluate(
        """async ([url, range]) => {
          const answer = await fetch(url, { headers: { range } });
          return [answer.status, answer.headers.get("content-range"),
                  [...new Uint8Array(await answer.arrayBuffer())]];
        }""",
        [url, header],
    )
    wanted = expected and expected.format(n=n, last=n - 1, tenth=n - 10)
    assert got[:2] == [status, wanted]
    if status == 416:
        return
    start, end = 0, n
    if wanted:
        start, end = (int(part) for part in wanted.split(" ")[1].split("/")[0].split("-"))
        end += 1
    assert bytes(got[2]) == sound[start:end]


@pytest.fixture(scope="module")
def kept_page(browser: Any, tmp_path_factory: Any) -> Iterator[tuple[Page, bytes, str]]:
    """A page whose article is kept, what its sound is, and where; the server is gone."""
    context = browser.new_context(locale="zh-TW")
    page = context.new_page()
    with own_service(tmp_path_factory.mktemp("cache")) as site:
        ready = site.publish(text=article("切片", 2))
        url = f"{site.url}{ready['audio_url']}"
        sound = httpx.get(url).content
        page.goto(site.url)
        wait_for_worker(page)
        page.goto(f"{site.url}{ready['page_url']}")
        page.get_by_role("button", name="離線保存").click()
        expect(page.locator("#keep")).to_contain_text("已離線保存")
    yield page, sound, url
    context.close()


def test_a_private_service_leaves_nothing(tmp_path: Path, page: Page) -> None:
    secret, key = new_key("me", ("speak", "read"))
    with own_service(tmp_path, private=True, api_keys=(str(key),)) as site:
        page.goto(site.url)
        page.evaluate("async () => (await caches.open('tingwen-text-old')).put('/x', new Response)")
        page.evaluate("navigator.serviceWorker.register('/service-worker.js')")
        page.wait_for_function("() => caches.keys().then((names) => names.length === 0)")
        page.wait_for_function(
            "() => navigator.serviceWorker.getRegistrations().then((all) => all.length === 0)"
        )
        assert httpx.get(f"{site.url}/service-worker.js").status_code == 200
        assert secret not in httpx.get(site.url).text


def test_another_version_is_another_script(
    site: Site, monkeypatch: pytest.MonkeyPatch, page: Page
) -> None:
    """So that no browser shows yesterday's pages."""
    page.goto("/")
    wait_for_worker(page)
    before = httpx.get(f"{site.url}/service-worker.js")
    other = StaticFile.of(static_file("app.js").body + b"//", "text/javascript")
    monkeypatch.setattr(
        web_app, "static_file", lambda name: other if name == "app.js" else static_file(name)
    )
    web_app._service_worker.cache_clear()
    after = httpx.get(f"{site.url}/service-worker.js")
    assert after.text != before.text
    assert after.headers["etag"] != before.headers["etag"]
    page.evaluate("navigator.serviceWorker.ready.then((r) => r.update())")
    page.wait_for_function(
        "(version) => caches.has(`tingwen-shell-${version}`)",
        arg=after.text.split('"version": "')[1][:16],
    )
    page.wait_for_function(
        "(version) => caches.has(`tingwen-shell-${version}`).then((has) => !has)",
        arg=before.text.split('"version": "')[1][:16],
    )
    web_app._service_worker.cache_clear()


def test_what_was_withdrawn_removes_itself(tmp_path: Path, page: Page) -> None:
    """Whether it is opened again or not: the worker asks for what it keeps."""
    with own_service(tmp_path) as site:
        opened = site.publish(text=article("撤下", 4))
        unopened = site.publish(text=article("收走", 4))
        page.goto(site.url)
        wait_for_worker(page)
        for kept in (opened, unopened):
            page.goto(f"{site.url}{kept['page_url']}")
            page.get_by_role("button", name="離線保存").click()
            expect(page.locator("#keep")).to_contain_text("已離線保存")
            assert httpx.delete(f"{site.url}/v1/articles/{kept['id']}").status_code == 204
        told = page.goto(f"{site.url}{opened['page_url']}")
        assert told is not None
        assert told.status == 410
        expect(page.get_by_role("alert")).to_have_text("這篇文章已由發布者下架。")
        assert not [url for url in remembered(page) if opened["id"] in url]
        for path in (opened["audio_url"], opened["captions_url"], f"/v1/articles/{opened['id']}"):
            status = page.evaluate("(path) => fetch(path).then((answer) => answer.status)", path)
            assert status == 410, path
        # As when the browser has stopped the worker, which it does after half a minute.
        browser = page.context.new_cdp_session(page)
        browser.send("ServiceWorker.enable")
        browser.send("ServiceWorker.stopAllWorkers")
        page.goto(site.url)
        page.wait_for_function(
            """async (id) => {
              const kept = await (await caches.open("tingwen-kept")).keys();
              return !kept.some(({ url }) => url.includes(id));
            }""",
            arg=unopened["id"],
        )
