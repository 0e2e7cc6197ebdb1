"""The service as an app on a device: installed, shared to."""

from __future__ import annotations

import json
from urllib.parse import urlencode, urljoin

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.articles import sentence
from tests.browser.conftest import Site
from tests.browser.player import Player

SENTENCES = [sentence("分享", i) for i in range(1, 9)]


def manifest_of(page: Page) -> dict[str, object]:
    """As the browser reads it."""
    session = page.context.new_cdp_session(page)
    told = session.send("Page.getAppManifest")
    assert not told["errors"], told["errors"]
    manifest: dict[str, object] = json.loads(told["data"])
    return {**manifest, "url": told["url"]}


def test_it_can_be_installed(page: Page) -> None:
    page.goto("/")
    session = page.context.new_cdp_session(page)
    errors = session.send("Page.getInstallabilityErrors")["installabilityErrors"]
    found = {error["errorId"] for error in errors}
    assert found <= {"in-incognito"}, "what a test's own context is"
    manifest = manifest_of(page)
    assert manifest["short_name"] == "聽聞"


def test_its_icons_are_what_it_says(site: Site) -> None:
    manifest = httpx.get(f"{site.url}/manifest.webmanifest").json()
    for icon in manifest["icons"]:
        answer = httpx.get(urljoin(f"{site.url}/", icon["src"]))
        assert answer.headers["content-type"] == icon["type"]
        width, height = (int.from_bytes(answer.content[i : i + 4]) for i in (16, 20))
        assert icon["sizes"] == f"{width}x{height}"
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    english = httpx.get(f"{site.url}/manifest.webmanifest", headers={"Accept-Language": "en"})
    assert english.json()["short_name"] == "tingwen"


@pytest.mark.parametrize("voice", ["tone", pytest.param("baker", marks=pytest.mark.slow)])
@pytest.mark.usefixtures("embedded_voice")
def test_what_a_phone_shares_is_heard(page: Page, voice: str) -> None:
    """By the manifest's own action, as the system opens it."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/")
    if voice != "tone":
        page.get_by_role("combobox", name="聲音").select_option(voice)
    manifest = manifest_of(page)
    target = manifest["share_target"]
    assert isinstance(target, dict)
    assert target["method"] == "GET"
    shared = {"title": "小鎮的故事登上新聞頭條", "text": "".join(SENTENCES)}
    query = urlencode({target["params"][name]: value for name, value in shared.items()})
    page.goto(f"{urljoin(str(manifest['url']), target['action'])}?{query}")
    page.wait_for_url("**/listen/*")
    Player(page).wait_until_past(0.1)
    assert page.get_by_role("heading", level=1).inner_text() == shared["title"]


@pytest.mark.parametrize(
    ("app", "way_out"),
    [
        ("Safari Line/14.1.0", "openExternalBrowser=1"),
        ("Mobile [FBAN/FBIOS;FBAV/450.0]", None),
    ],
)
def test_inside_of_an_app_there_is_a_way_out(
    site: Site, browser: Browser, app: str, way_out: str | None
) -> None:
    context = browser.new_context(base_url=site.url, locale="zh-TW", user_agent=app)
    page = context.new_page()
    page.goto("/help#share")
    told = page.locator("#way-out")
    expect(told).to_contain_text("用瀏覽器開啟")
    if way_out:
        href = told.get_by_role("link").get_attribute("href")
        assert href == f"{site.url}/help?{way_out}#share"
    context.close()
