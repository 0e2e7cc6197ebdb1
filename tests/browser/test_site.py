"""<ting-wen> in the template of a newspaper: one line, and every page has its narration."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect

from api.app import create_app
from api.settings import Settings
from reader.voices import Voices
from tests.browser.conftest import Site
from tests.browser.newspaper import N_PAGES, Newspaper, publishing
from tests.browser.player import Player
from tests.browser.voices import Breakable, ToneVoice
from tests.server import serving

EVENTS = (
    "play", "pause", "ended", "timeupdate", "progress", "ratechange", "sentencechange",
    "voicechange", "error",
)  # fmt: skip
FIELDS = {"article", "title", "voice", "time", "duration", "rate", "sentence"}
"""What every event tells; nothing of who listens."""
OWN_FIELDS = {"progress": {"percent"}, "sentencechange": {"index"}, "voicechange": {"why"}}
COUNT = """
  const seen = (window.seen = []);
  const player = document.querySelector("ting-wen");
  for (const type of EVENTS) player.addEventListener(type, (e) => seen.push([type, e.detail]));
""".replace("EVENTS", json.dumps(EVENTS))
LISTEN = """<script>
  window.seen = [];
  addEventListener("message", ({ data, origin, source }) => {
    if (origin !== SERVICE || source !== document.querySelector("iframe").contentWindow) return;
    if (data?.source === "tingwen" && data.version === 1) seen.push([data.event, data]);
  });
</script>"""
MOST_BYTES = 20 * 1024


@pytest.fixture(scope="module")
def paper() -> Iterator[Newspaper]:
    with publishing() as paper:
        yield paper


@pytest.fixture(scope="module")
def weekly() -> Iterator[Newspaper]:
    """Another one, whose readers have pages made."""
    with publishing() as paper:
        yield paper


@pytest.fixture(scope="module")
def _tone() -> ToneVoice:
    return ToneVoice()


@pytest.fixture(scope="module")
def _service(
    tmp_path_factory: pytest.TempPathFactory,
    paper: Newspaper,
    weekly: Newspaper,
    _tone: ToneVoice,
) -> Iterator[tuple[str, uvicorn.Server]]:
    """In place of the one of other tests: it knows the newspaper."""
    daily = {"origin": paper.origin, "selector": "div.story", "brand": "晨河日報"}
    daily["logo"] = "/logo.svg"
    on_view = {"origin": weekly.origin, "make": "on-view", "quota": "2/hour"}
    settings = Settings(
        voice="tone",
        cache=str(tmp_path_factory.mktemp("cache")),
        sites=json.dumps([daily, on_view]),
        allow_hosts=("127.0.0.1",),
    )
    voices = Voices(extra={"tone": lambda _: _tone, "baker": Breakable(_tone)})
    with serving(create_app(settings, voices)) as service:
        paper.service = weekly.service = service[0]
        yield service


@pytest.fixture(autouse=True)
def as_it_was(paper: Newspaper) -> Iterator[None]:
    yield
    paper.reset()


def made(site: Site, paper: Newspaper, number: int) -> dict[str, Any]:
    """What a page's address answers when its narration is ready."""
    asked = httpx.post(f"{site.url}/v1/pages", json={"url": paper.url(number)}, timeout=30)
    asked.raise_for_status()
    deadline = time.monotonic() + 60
    while True:
        answer = httpx.get(f"{site.url}/v1/articles/{asked.json()['id']}").raise_for_status()
        if answer.json()["status"] == "ready":
            told: dict[str, Any] = answer.json()
            return told
        assert time.monotonic() < deadline
        time.sleep(0.05)


def card(page: Page) -> Any:
    return page.locator("ting-wen")


def pressed(page: Page) -> Player:
    """The player, after its card was pressed."""
    card(page).get_by_role("button", name="播放", exact=True).click()
    return Player(page)


@pytest.mark.thorough
def test_twenty_pages_have_their_narration_by_one_line(
    site: Site, page: Page, paper: Newspaper
) -> None:
    site.tone.seconds = 0.5
    n_before, n_asked = len(site.tone.said), len(paper.asked)
    all_made = [made(site, paper, n) for n in range(N_PAGES)]
    said = site.tone.said[n_before:]
    assert len(said) == len(set(said)) == sum(len(m["utterances"]) for m in all_made)
    assert len(paper.asked) - n_asked == N_PAGES
    for number in (*range(N_PAGES), *range(N_PAGES)):  # looking makes nothing
        page.goto(paper.url(number))
        expect(card(page).locator(".headline")).to_have_text(paper.title(number))
        expect(card(page).get_by_role("button", name="播放", exact=True)).to_be_enabled()
    player = pressed(page)
    player.wait_for_sentence(1)
    assert len(site.tone.said) - n_before == len(said)
    paper.sentences[N_PAGES - 1][1] = "居民表示，這一句是編輯後來改過的。"
    edited = made(site, paper, N_PAGES - 1)
    assert len(site.tone.said) - n_before == len(said) + 1
    assert edited["id"] != all_made[-1]["id"]
    page.goto(paper.url(N_PAGES - 1))
    expect(card(page).locator(".headline")).to_have_text(paper.title(N_PAGES - 1))
    player = pressed(page)
    player.wait_for_sentence(2)
    player.wait_for_highlight(paper.sentences[N_PAGES - 1][1])


def n_bytes(request: Request) -> int:
    """What its answer takes on its way, head and all."""
    sizes = request.sizes()
    return sizes["responseBodySize"] + sizes["responseHeadersSize"]


@pytest.mark.thorough
def test_a_page_view_costs_little_until_it_is_heard(
    site: Site, browser: Browser, paper: Newspaper
) -> None:
    ready = made(site, paper, 0)
    paper.frame = f'<iframe src="{site.url}/embed/{ready["id"]}"></iframe>'
    for url, frames in ((paper.url(0), 1), (f"{paper.origin}/frame", 2)):
        context = browser.new_context(locale="zh-TW", service_workers="block")
        page = context.new_page()
        asked: list[str] = []
        page.on("request", lambda request, a=asked: a.append(request.url))
        answers: list[int] = []
        page.on("requestfinished", lambda request, a=answers: a.append(n_bytes(request)))
        page.goto(url)
        play = page.frames[frames - 1].get_by_role("button", name="播放", exact=True)
        expect(play).to_be_enabled()
        page.wait_for_load_state("networkidle")
        assert not [u for u in asked if "audio" in u or "/player.js" in u], asked
        print(url, sum(answers), sorted(answers))
        assert 0 < sum(answers) < MOST_BYTES, (url, answers, asked)
        play.click()
        expect(page.frames[frames - 1].get_by_role("slider")).to_be_enabled()
        context.close()


def played_through(page: Page, frame: Any) -> list[tuple[str, dict[str, Any]]]:
    """What was told while an article was heard from its beginning to its end, and a pause."""
    play = frame.get_by_role("button", name="播放", exact=True)
    play.click()
    frame.locator("select").first.select_option("2")
    page.wait_for_function("seen.some(([type]) => type === 'progress')")
    frame.get_by_role("button", name="暫停", exact=True).click()
    page.wait_for_function("seen.some(([type]) => type === 'pause')")
    frame.get_by_role("button", name="播放", exact=True).click()
    page.wait_for_function("seen.some(([type]) => type === 'ended')")
    seen: list[tuple[str, dict[str, Any]]] = [(t, d) for t, d in page.evaluate("seen")]
    return seen


def assert_all_is_told(seen: list[tuple[str, dict[str, Any]]], ready: dict[str, Any]) -> None:
    counts = {name: sum(1 for told, _ in seen if told == name) for name in EVENTS}
    percents = [detail["percent"] for name, detail in seen if name == "progress"]
    assert percents == [25, 50, 75, 100]
    assert counts["ended"] == counts["ratechange"] == counts["voicechange"] == 1, counts
    assert counts["play"] >= 2
    assert counts["pause"] >= 1
    assert counts["error"] == 0
    assert counts["timeupdate"] >= 2
    heard = [detail["index"] for name, detail in seen if name == "sentencechange"]
    assert set(heard) - {-1} == {u["index"] for u in ready["utterances"]}
    for name, detail in seen:
        if name == "resize":
            continue
        extra = set(detail) - FIELDS - {"source", "version", "event"}
        assert extra == OWN_FIELDS.get(name, set()), name
        assert detail["article"] == ready["id"]


@pytest.mark.thorough
def test_a_page_hears_what_happens(site: Site, page: Page, paper: Newspaper) -> None:
    site.tone.seconds = 1.0
    ready = made(site, paper, 1)
    page.goto(paper.url(1))
    page.evaluate(COUNT)
    assert_all_is_told(played_through(page, page), ready)


@pytest.mark.thorough
def test_so_does_a_page_around_a_frame(site: Site, page: Page, paper: Newspaper) -> None:
    site.tone.seconds = 1.0
    ready = made(site, paper, 2)
    frame = f'<iframe src="{site.url}/embed/{ready["id"]}" allow="autoplay"></iframe>'
    paper.frame = LISTEN.replace("SERVICE", json.dumps(site.url)) + frame
    page.goto(f"{paper.origin}/frame")
    page.wait_for_function("seen.length")
    seen = played_through(page, page.frame_locator("iframe"))
    assert_all_is_told(seen, ready)
    assert {detail["height"] for name, detail in seen if name == "resize"} == {156}


@pytest.mark.thorough
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_frame_has_one_height_at_any_width(
    site: Site, browser: Browser, paper: Newspaper, scheme: Any
) -> None:
    ready = made(site, paper, 3)
    url = f"{site.url}/listen/{ready['id']}"
    embed = httpx.get(f"{site.url}/oembed", params={"url": url}).json()
    paper.frame = LISTEN.replace("SERVICE", json.dumps(site.url)) + embed["html"]
    context = browser.new_context(locale="zh-TW", color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{paper.origin}/frame")
    inner = page.frames[1]
    expect(inner.get_by_role("button", name="播放", exact=True)).to_be_enabled()
    for is_played in (False, True):
        for width in (320, 360, 390, 480, 559, 560, 577, 640, 768, 1024, 1280):
            page.set_viewport_size({"width": width, "height": 700})
            box = inner.evaluate(
                "[document.body.getBoundingClientRect().height,"
                " document.scrollingElement.scrollHeight, innerHeight,"
                " document.scrollingElement.scrollWidth - innerWidth]"
            )
            assert box == [156, 156, 156, 0], (width, is_played, box)
        if not is_played:
            inner.get_by_role("button", name="播放", exact=True).click()
            expect(inner.get_by_role("slider")).to_be_enabled()
    inner.locator("summary").click()
    page.wait_for_function("seen.some(([, data]) => data.height > 200)")
    expect(inner.get_by_text(paper.sentences[3][0])).to_be_visible()
    ground = inner.evaluate("getComputedStyle(document.documentElement).colorScheme")
    assert ground == "light"  # whatever the reader's system prefers: most pages are
    context.close()


@pytest.mark.thorough
@pytest.mark.parametrize("width", [320, 1280])
def test_the_player_stays_in_sight(site: Site, page: Page, paper: Newspaper, width: int) -> None:
    site.tone.seconds = 3.0
    made(site, paper, 4)
    paper.below_px = 3000
    page.set_viewport_size({"width": width, "height": 640})
    page.goto(paper.url(4))
    player = pressed(page)
    player.wait_for_sentence(0)
    height = page.evaluate("document.scrollingElement.scrollHeight")
    page.mouse.move(200, 400)
    page.mouse.wheel(0, 1500)
    toggle = player.element.get_by_role("button", name="暫停", exact=True)
    for control in (toggle, player.element.get_by_role("slider"), player.element.locator(".more")):
        expect(control).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.scrollingElement.scrollHeight") == height
    toggle.click()
    card(page).get_by_role("button", name="收起播放器").click()
    expect(player.element).not_to_be_in_viewport()
    page.evaluate("scrollTo(0, 0)")
    expect(player.element).to_be_in_viewport()
    assert not player.element.evaluate("p => p.hasAttribute('mini')")


def test_what_is_not_made_is_said_and_what_is_withdrawn_is_not_shown(
    site: Site, page: Page, paper: Newspaper
) -> None:
    page.goto(paper.url(N_PAGES))
    expect(card(page).get_by_role("status")).to_have_text("語音尚未製作")
    expect(card(page).get_by_role("button", name="播放", exact=True)).to_be_disabled()
    ready = made(site, paper, 6)
    httpx.delete(f"{site.url}/v1/articles/{ready['id']}").raise_for_status()
    page.goto(paper.url(6))
    expect(card(page)).to_be_hidden()


def test_a_page_is_made_for_the_first_who_looks(site: Site, page: Page, weekly: Newspaper) -> None:
    site.tone.seconds = 0.5
    n_said = len(site.tone.said)
    for _ in range(3):
        page.goto(weekly.url(0))
        expect(card(page).get_by_role("button", name="播放", exact=True)).to_be_enabled()
    pressed(page).wait_for_sentence(1)
    assert weekly.asked.count("/story/0") == 4  # three visits, and one look of the service
    assert len(site.tone.said) - n_said == len(set(site.tone.said[n_said:])) <= 4
    page.goto(weekly.url(1))
    expect(card(page).get_by_role("button", name="播放", exact=True)).to_be_enabled()
    page.goto(weekly.url(2))  # behind the quota
    expect(card(page).get_by_role("status")).to_have_text("語音尚未製作")


def assert_has_logo(page: Any) -> None:
    """The site's picture is drawn, also where our own policy stands."""
    logo = page.locator("ting-wen .logo")
    expect(logo).to_be_visible()
    logo.evaluate("image => image.decode()")


def test_what_stands_around_it(site: Site, page: Page, paper: Newspaper) -> None:
    site.tone.seconds = 0.5
    ready = made(site, paper, 7)
    paper.head = f'<link rel="next" href="{paper.url(8)}" title="第八篇">'
    page.goto(paper.url(7))
    expect(card(page).locator(".lead")).to_have_text("聽新聞10 秒")
    expect(card(page).locator(".label")).to_have_text("AI 合成語音")
    expect(card(page).locator(".brand")).to_have_text("晨河日報")
    assert_has_logo(page)
    data = json.loads(page.locator('script[type="application/ld+json"]').text_content() or "")
    assert data["@type"] == "AudioObject"
    assert data["contentUrl"] == f"{site.url}/v1/articles/{ready['id']}/audio.mp3"
    assert data["duration"] == f"PT{round(ready['duration'])}S"
    page.add_style_tag(
        content="ting-wen::part(lead) { color: rgb(1, 2, 3) }"
        "ting-wen::part(toggle) { background: rgb(4, 5, 6) }"
    )
    lead = card(page).locator(".lead")
    assert lead.evaluate("e => getComputedStyle(e).color") == "rgb(1, 2, 3)"
    player = pressed(page)
    toggle = player.element.locator(".toggle")
    expect(toggle).to_be_visible()
    assert toggle.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(4, 5, 6)"
    download = player.element.locator(".download")
    expect(download).to_have_attribute("href", f"{data['contentUrl']}?download=true")
    saved = httpx.head(f"{data['contentUrl']}?download=true").headers["content-disposition"]
    assert saved.startswith("attachment; ")
    player.wait_until("p.duration > 0")
    player.element.evaluate("p => (p.currentTime = p.duration - 0.3)")
    expect(card(page).get_by_role("link", name="下一篇：第八篇")).to_be_visible()


@pytest.mark.parametrize(
    ("place", "is_found"), [("story", True), ("#story", True), (".none", False), ("!!", False)]
)
def test_an_id_needs_no_sign_and_what_finds_nothing_is_said(
    site: Site, page: Page, paper: Newspaper, place: str, is_found: bool
) -> None:
    made(site, paper, 9)
    paper.line = f'<ting-wen for="{place}"></ting-wen><div id="story">{paper.title(9)}</div>'
    told: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if "for=" in message.text:
            told.append(message.text)

    page.on("console", note)
    page.goto(paper.url(9))
    player = pressed(page)
    player.wait_for_sentence(0)
    if is_found:
        player.wait_for_highlight(paper.title(9))
    assert len(told) == (0 if is_found else 1)


def test_by_keyboard(site: Site, page: Page, paper: Newspaper) -> None:
    made(site, paper, 11)
    page.goto(paper.url(11))
    expect(card(page).get_by_role("button", name="播放", exact=True)).to_be_enabled()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    player = Player(page)
    player.wait_for_sentence(0)
    expect(player.element.get_by_role("button", name="暫停", exact=True)).to_be_focused()
    page.keyboard.press("Space")
    player.wait_until("p.paused")


def test_nobody_around_a_frame_can_make_it_do_anything(
    site: Site, context: BrowserContext, page: Page, paper: Newspaper
) -> None:
    """What a page sends into the frame is heard by nobody in there."""
    ready = made(site, paper, 10)
    paper.frame = f'<iframe src="{site.url}/embed/{ready["id"]}"></iframe>'
    page.goto(f"{paper.origin}/frame")
    inner = page.frames[1]
    play = inner.get_by_role("button", name="播放", exact=True)
    expect(play).to_be_enabled()
    assert_has_logo(inner)
    before = inner.evaluate("document.documentElement.outerHTML")
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    for data in (
        {"source": "tingwen", "version": 1, "event": "play"},
        {"source": "tingwen", "version": 1, "event": "resize", "height": 9999},
        {"type": "play"}, {"method": "play", "context": "player.js"}, "play",
        {"source": "tingwen", "article": "javascript:alert(1)"},
        {"source": "tingwen", "html": "<img src=x onerror=alert(1)>"},
    ):  # fmt: skip
        page.evaluate(
            "data => document.querySelector('iframe').contentWindow.postMessage(data, '*')", data
        )
    page.evaluate("new Promise(requestAnimationFrame)")
    assert inner.evaluate("document.documentElement.outerHTML") == before
    assert inner.evaluate("document.querySelector('ting-wen').paused")
    assert not asked
