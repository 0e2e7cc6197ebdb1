"""The way of a listener around the player: what was pasted, who reads, what goes on by itself."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from api.app import create_app
from api.middleware.api_keys import new_key
from api.settings import Settings
from reader.voices import Voices
from tests.browser.articles import article, sentence
from tests.browser.conftest import Site
from tests.browser.player import Player
from tests.browser.voices import ToneVoice
from tests.server import serving

pytestmark = pytest.mark.usefixtures("embedded_voice")

STORY = "氣象署表示，各地氣溫回升，請留意早晚溫差。" + "".join(
    f"預報員說，第{n}天的白天也會回暖，出門不必帶傘，早晚仍要添件外套。" for n in "二三四五六"
)
NARROW = {"width": 360, "height": 740}


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


@pytest.mark.parametrize(
    "pasted",
    [
        f"<h1>台北今天放晴</h1><p>{STORY}</p>",
        f"<!-- 頁首 --><article><h1>台北今天放晴</h1><p>{STORY}</p></article>",
    ],
)
def test_html_is_never_read_as_tags(page: Page, pasted: str) -> None:
    page.goto("/")
    page.get_by_label("貼上文章").fill(pasted)
    page.get_by_role("button", name="先看稿").click()
    lines = page.locator("#script-lines")
    expect(lines).to_contain_text("各地氣溫回升")
    assert not re.search(r"[<>]|H一|P氣", lines.inner_text())


def test_an_address_in_words_is_opened_not_read(site: Site, page: Page) -> None:
    """As a phone shares it; it leads to this machine, which is refused: so it was opened."""
    page.goto("/")
    source = page.get_by_label("貼上文章")
    source.fill("川普訪中 3月成行 http://127.0.0.1:9/news")
    page.get_by_role("button", name="開始聽").click()
    problem = page.get_by_role("alert")
    expect(problem).to_be_visible()
    expect(source).to_have_attribute("aria-invalid", "true")
    expect(source).to_have_attribute("aria-describedby", re.compile("problem"))
    expect(source).to_be_focused()
    assert page.url.rstrip("/") == site.url


def test_one_press_starts_and_coming_back_keeps_what_was_pasted(page: Page) -> None:
    page.goto("/")
    page.get_by_label("貼上文章").fill(article("開播", 6))
    page.get_by_role("button", name="開始聽").click()
    page.wait_for_url("**/listen/*")
    Player(page).wait_until_past(0.3)
    page.goto("/")
    expect(page.get_by_label("貼上文章")).to_have_value(article("開播", 6))
    recent = page.get_by_role("region", name="最近聽過")
    expect(recent.get_by_role("link")).to_contain_text("開播成為小鎮新話題")
    recent.get_by_role("link").click()
    Player(page).wait_until("!p.paused")
    page.goto("/")
    page.get_by_role("button", name="全部清除").click()
    expect(recent).to_be_hidden()


def test_who_presses_before_the_article_is_known_hears_it(site: Site, page: Page) -> None:
    ready = site.publish(text=article("性急", 4))
    held: list[Route] = []
    page.route(f"**/v1/articles/{ready['id']}", lambda route: held.append(route))
    page.goto(ready["page_url"])
    player = Player(page)
    player.element.evaluate(
        "async p => { await customElements.whenDefined(p.localName); p.play() }"
    )
    page.wait_for_timeout(100)
    for route in held:
        route.continue_()
    player.wait_until_past(0.2)


def test_a_browser_that_refuses_offers_one_big_key(site: Site, page: Page) -> None:
    page.add_init_script(
        """const play = HTMLMediaElement.prototype.play;
        HTMLMediaElement.prototype.play = function () {
          return navigator.userActivation.isActive
            ? play.call(this) : Promise.reject(new DOMException("", "NotAllowedError"));
        };"""
    )
    ready = site.publish(text=article("拒播", 6))
    page.goto("/")
    page.evaluate("id => sessionStorage.setItem('tingwen-play', id)", ready["id"])
    player = Player.open(page, ready["page_url"])
    page.get_by_role("button", name="▶ 開始聽").click()
    player.wait_until("!p.paused")
    expect(page.get_by_role("button", name="▶ 開始聽")).to_be_hidden()


@pytest.mark.slow
def test_who_reads_is_said_and_a_replaced_voice_too(site: Site, page: Page) -> None:
    site.tone.fails_after = 0
    ready = site.post(text=article("代讀", 4))
    page.goto(ready["page_url"])
    player = Player(page)
    expect(page.locator("#reader")).to_contain_text("AI 合成語音")
    expect(page.locator("#replaced")).to_contain_text("目前連不上", timeout=60_000)
    site.tone.reset()
    page.get_by_role("button", name="再試一次").click()
    expect(page.locator("#replaced")).to_be_hidden()
    player.wait_until("p.duration > 1")
    assert site.article(ready["id"])["voice"] == "tone"


def test_play_after_coming_back_scrolls_to_the_sentence(site: Site, page: Page) -> None:
    page.set_viewport_size(NARROW)
    ready = site.publish(text=article("捲動", 30))
    player = Player.open(page, ready["page_url"])
    player.button("播放").click()
    player.element.evaluate("p => p.goTo(20)")
    player.wait_for_sentence(20)
    player.button("暫停").click()
    page.goto("/")
    player = Player.open(page, ready["page_url"])
    expect(page.locator("#notice")).to_contain_text(re.compile(r"從 0:\d\d 繼續"))
    assert page.evaluate("scrollY") == 0
    player.button("播放").click()
    player.wait_until("scrollY > 100")
    player.wait_for_sentence(20)


def test_a_link_to_a_sentence_that_is_gone_is_ignored(site: Site, page: Page) -> None:
    ready = site.publish(text=article("沒了", 4))
    player = Player.open(page, f"{ready['page_url']}#s=999")
    player.button("播放").click()
    player.wait_until_past(0.2)
    assert player.element.locator(".title").inner_text() == "沒了成為小鎮新話題"
    assert not player.number("p.shadowRoot.querySelector('.busy') ? 1 : 0")


@pytest.mark.slow
def test_the_bar_is_honest_while_it_is_made(site: Site, page: Page) -> None:
    site.tone.delay_s = 2.0
    growing = site.post(text=article("長條", 50))
    player = Player.open(page, growing["page_url"])
    expect(player.element.locator(".time")).to_contain_text(re.compile(r"約 \d+ (分鐘|秒)"))
    expect(player.element.locator(".time")).to_contain_text(re.compile(r"已合成 \d+/50 句"))
    places = "p.shadowRoot.querySelectorAll('.keys > *')"
    lefts = f"p => [...{places}].map((key) => key.getBoundingClientRect().left)"
    before = player.element.evaluate(lefts)
    player.element.evaluate(
        """p => {
          const bar = p.shadowRoot.querySelector(".bar");
          window.shares = [];
          const look = () => { shares.push(bar.value / bar.max); requestAnimationFrame(look); };
          look();
        }"""
    )
    player.button("播放").click()
    player.wait_until_past(3)
    shares = page.evaluate("shares")
    assert all(b >= a - 0.002 for a, b in itertools.pairwise(shares))
    page.evaluate("shares.length = 0")
    player.element.evaluate("p => p.goTo(45)")
    expect(player.element.locator(".ghost")).to_be_visible()
    assert player.sentence() < 45
    player.wait_for_sentence(45)
    expect(player.element.locator(".ghost")).to_be_hidden()
    page.wait_for_function(
        "id => fetch(`/v1/articles/${id}`).then(r => r.json()).then(a => a.status === 'ready')",
        arg=growing["id"],
    )
    assert player.element.evaluate(lefts) == before
    player.show_more()
    expect(player.element.get_by_role("link", name="下載 MP3")).not_to_have_attribute(
        "aria-disabled", "true"
    )


def test_text_can_be_marked_and_keys_work_beside_it(site: Site, page: Page) -> None:
    player = Player.open(page, site.publish(text=article("選字", 12))["page_url"])
    words = page.get_by_text(sentence("選字", 3))
    words.dblclick(position={"x": 40, "y": 12})
    page.wait_for_timeout(400)
    assert page.evaluate("String(getSelection())").strip()
    assert player.paused()
    assert player.highlighted() == "", "as if nothing had been asked for"
    page.evaluate("getSelection().empty()")
    page.locator("body").press(" ")
    player.wait_until("!p.paused")
    assert page.evaluate("scrollY") == 0
    page.locator("body").press("k")
    player.wait_until("p.paused")


def test_paper_shows_the_article_alone(site: Site, page: Page) -> None:
    Player.open(page, site.publish(text=article("列印", 6))["page_url"])
    page.emulate_media(media="print")
    expect(page.locator("#dock")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_page_without_scripts_is_read_and_heard(
    site: Site, browser_without_scripts: Page
) -> None:
    ready = site.publish(text=article("無碼", 6))
    page = browser_without_scripts
    page.goto(ready["page_url"])
    assert heading(page) == "無碼成為小鎮新話題"
    expect(page.get_by_text(sentence("無碼", 5))).to_be_visible()
    audio = page.locator("audio").get_attribute("src") or ""
    assert audio.endswith(f"{ready['id']}/audio.mp3")
    head = page.content()
    assert 'property="og:description"' in head
    assert '"@type": "AudioObject"' in head


@pytest.mark.thorough
@pytest.mark.parametrize("path", ["/listen/xyz", "/listen/" + "0" * 32, "/nosuch", "/podcast/"])
def test_an_error_is_a_page_for_people(site: Site, page: Page, path: str) -> None:
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("alert")).to_contain_text("找不到" if "listen" in path else "沒有")
    page.get_by_role("link", name="貼上一篇文章").click()
    expect(page.get_by_label("貼上文章")).to_be_visible()
    told = httpx.get(f"{site.url}/nosuch")
    assert told.headers["content-type"] == "application/problem+json"


def test_what_is_pasted_is_not_listed(site: Site) -> None:
    site.publish(text=article("草稿", 3))
    listed = site.publish(text=article("公開", 3), listed=True)
    feed = httpx.get(f"{site.url}/feed.xml").text
    assert listed["id"] in feed
    assert "草稿" not in feed


@pytest.mark.slow
def test_five_in_a_row_one_of_which_fails(site: Site, page: Page) -> None:
    site.tone.seconds = 0.4
    topics = ["甲", "乙", "丙", "丁", "戊"]
    made = [site.publish(text=article(f"連播{topic}", 2)) for topic in topics]
    page.goto("/")
    page.evaluate(
        """articles => localStorage.setItem("tingwen-listening", JSON.stringify({ recent: [],
          queue: articles.map(({ id, title }) =>
            ({ id, title, source: "", duration: 0, time: 0 })) }))""",
        [*made[:2], {"id": "0" * 32, "title": "沒有這篇"}, *made[2:]],
    )
    page.reload()
    rows = page.get_by_role("region", name="接下來").get_by_role("listitem")
    expect(rows).to_have_count(6)
    rows.nth(1).get_by_role("button", name="往前移").click()
    expect(rows.first).to_contain_text("連播乙")
    page.get_by_role("button", name="依序播放").click()
    titles = page.get_by_role("heading", level=1)
    for topic in ["乙", "甲", "丙", "丁", "戊"]:
        expect(titles).to_have_text(f"連播{topic}成為小鎮新話題", timeout=20_000)
        if topic == "丙":
            expect(page.locator("#notice")).to_contain_text("「沒有這篇」唸不出來")
    expect(page.get_by_text("聽完了")).to_be_visible(timeout=20_000)
    page.goto("/")
    expect(page.get_by_role("region", name="最近聽過").get_by_role("listitem")).to_have_count(5)


def test_a_link_to_a_sentence_plays_when_it_is_pressed(site: Site, page: Page) -> None:
    """As the contents of a digest are."""
    player = Player.open(page, site.publish(text=article("章節", 6))["page_url"])
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('afterbegin', "
        "'<a href=\"#s=3\">第三章</a>')"
    )
    page.get_by_role("link", name="第三章").click()
    player.wait_for_sentence(3)
    player.wait_until("!p.paused")


def test_dead_audio_is_not_shown_as_playing(site: Site, page: Page) -> None:
    ready = site.publish(text=article("壞檔", 4))
    page.route("**/audio.mp3", lambda route: route.fulfill(body=b"no sound", status=200))
    player = Player(page)
    page.goto(ready["page_url"])
    player.button("播放").click()
    expect(player.element.locator(".note")).to_have_text("音檔無法播放")
    expect(player.button("播放")).to_be_visible()
    assert not player.number("p.shadowRoot.querySelector('.busy') ? 1 : 0")


def test_the_sleep_timer_survives_a_reload(site: Site, page: Page) -> None:
    player = Player.open(page, site.publish(text=article("入睡", 4))["page_url"])
    player.show_more()
    player.element.get_by_role("combobox", name="睡眠定時").select_option("20")
    page.reload()
    player.show_more()
    expect(player.element.get_by_role("combobox", name="睡眠定時")).to_be_visible()
    player.wait_until("p.shadowRoot.querySelector('.keys').textContent.includes('20′')")


def test_a_silent_voice_is_said_after_two_seconds(site: Site, page: Page) -> None:
    site.tone.delay_s = 5
    player = Player.open(page, site.post(text=article("無聲", 3))["page_url"])
    expect(player.element.get_by_role("status")).to_have_text("正在準備聲音……")
    player.button("播放").click()
    expect(player.element.locator(".title")).to_contain_text("聲音還沒有回應")


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """A service that needs a key, and the key."""
    secret, key = new_key("me", ("speak", "read"))
    tone = ToneVoice()
    settings = Settings(voice="tone", cache=str(tmp_path), api_keys=(str(key),))
    with serving(create_app(settings, Voices(extra={"tone": lambda _: tone}))) as (url, _):
        yield url, secret


def test_a_key_is_asked_for_and_kept(locked: tuple[str, str], page: Page) -> None:
    url, secret = locked
    page.goto(url)
    expect(page.get_by_label("金鑰")).to_be_hidden()
    page.get_by_label("貼上文章").fill(article("上鎖", 3))
    page.get_by_role("button", name="開始聽").click()
    page.get_by_label("金鑰").fill(secret)
    page.get_by_role("button", name="開始聽").click()
    page.wait_for_url("**/listen/*")
    page.goto(url)
    page.get_by_label("貼上文章").fill(article("上鎖", 4))
    page.get_by_role("button", name="開始聽").click()
    page.wait_for_url("**/listen/*")


def test_a_voice_is_remembered(page: Page) -> None:
    page.goto("/")
    voice = page.get_by_role("combobox", name="聲音")
    voice.select_option("baker")
    page.reload()
    expect(voice).to_have_value("baker")
