"""What a listener may choose on the listen page: the voice, the look of the text, the keys."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.articles import article, sentence
from tests.browser.conftest import Site
from tests.browser.player import Player

pytestmark = pytest.mark.usefixtures("embedded_voice")


def choose_voice(page: Page, voice: str) -> None:
    dialog = page.get_by_role("dialog", name="換聲音")
    menu = dialog.get_by_role("combobox", name="聲音")
    menu.locator(f"option[value='{voice}']").wait_for(state="attached")
    menu.select_option(voice)
    dialog.get_by_role("button", name="用這個聲音唸").click()
    expect(dialog).to_be_hidden()


@pytest.mark.slow
def test_another_voice_goes_on_at_the_same_sentence(site: Site, page: Page) -> None:
    ready = site.publish(text=article("換人", 8))
    player = Player.open(page, ready["page_url"])
    player.button("播放").click()
    player.element.evaluate("p => p.goTo(4)")
    player.wait_for_sentence(4)
    page.get_by_role("button", name="換聲音").click()
    dialog = page.get_by_role("dialog")
    with page.expect_response("**/v1/audio/speech") as sample:
        dialog.get_by_role("button", name="試聽").click()
    assert sample.value.ok
    player.wait_until("p.paused")
    page.keyboard.press("Escape")
    player.button("播放").click()
    page.get_by_role("button", name="換聲音").click()
    choose_voice(page, "baker")
    player.wait_until("p.currentTime > 0 && p.sentence >= 4 && !p.paused")
    expect(page.locator("#reader")).to_contain_text("貝克")
    page.goto("/")
    expect(page.get_by_role("combobox", name="聲音")).to_have_value("baker")
    titles = page.get_by_role("region", name="最近聽過").get_by_role("listitem")
    expect(titles).to_have_count(1)


@pytest.mark.slow
def test_a_voice_that_failed_offers_another(site: Site, page: Page) -> None:
    site.tone.fails_after, site.tone.breaks_baker = 0, True
    page.goto(site.post(text=article("啞了", 4))["page_url"])
    told = page.locator("#replaced")
    expect(told).to_be_visible(timeout=30_000)
    site.tone.breaks_baker = False
    told.get_by_role("button", name="換聲音").click()
    choose_voice(page, "baker")
    player = Player(page)
    player.wait_until("p.duration > 1")
    expect(told).to_be_hidden()


def test_names_of_voices_are_the_registrys(page: Page) -> None:
    """No list of them is kept twice."""
    page.goto("/")
    shown = page.get_by_role("combobox", name="聲音").locator("option")
    expect(shown.filter(has_text="貝克")).to_have_count(1)
    answer = page.evaluate("fetch('/v1/voices').then(r => r.json())")
    for voice in answer:
        if voice["label"] and voice["installed"]:
            name = re.split("[（(]", voice["label"])[0]
            expect(shown.filter(has_text=name)).to_have_count(1)


def test_the_text_is_larger_and_stays_so(site: Site, page: Page) -> None:
    Player.open(page, site.publish(text=article("大字", 6))["page_url"])
    size = "getComputedStyle(document.querySelector('#article p')).fontSize"
    assert page.evaluate(size) == "18px"
    page.get_by_role("button", name="文字").click()
    page.get_by_role("button", name="增加字的大小").click()
    page.get_by_role("button", name="增加字的大小").click()
    page.get_by_role("button", name="增加行距").click()
    assert page.evaluate(size) == "23px"
    page.reload()
    page.wait_for_function(f"{size} === '23px'")


def test_the_word_that_is_read_is_marked(site: Site, page: Page) -> None:
    player = Player.open(page, site.publish(text=article("逐詞", 6))["page_url"])
    page.get_by_role("button", name="文字").click()
    with page.expect_response("**/captions.vtt?karaoke=true"):
        page.get_by_label("逐詞標示").check()
    page.keyboard.press("Escape")
    player.button("播放").click()
    player.element.evaluate("p => p.goTo(2)")
    player.wait_for_sentence(2)
    word = "[...(CSS.highlights.get('tingwen-word') ?? [])].map(String).join('|')"
    page.wait_for_function(f"{word}.length > 0 && {word}.length < 12")
    assert str(page.evaluate(word)) in sentence("逐詞", 2)
    seen = {page.evaluate(word)}
    page.wait_for_function(f"first => {word} !== first", arg=seen.pop())


def test_the_text_is_copied(site: Site, page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    Player.open(page, site.publish(text=article("複製", 4))["page_url"])
    page.get_by_role("button", name="複製全文").click()
    expect(page.get_by_role("button", name="已複製")).to_be_visible()
    copied = str(page.evaluate("navigator.clipboard.readText()"))
    assert "複製成為小鎮新話題" in copied
    assert sentence("複製", 3) in copied


def test_arrows_go_by_sentences_and_with_shift_by_paragraphs(site: Site, page: Page) -> None:
    Player.open(page, site.publish(text=article("段落", 8))["page_url"])
    focused = "document.activeElement.dataset.sentence"
    page.locator("[data-sentence='0']").focus()
    for key, index in [
        ("ArrowDown", "1"),
        ("ArrowDown", "2"),
        ("Shift+ArrowDown", "3"),
        ("Shift+ArrowDown", "5"),
        ("Shift+ArrowUp", "3"),
    ]:
        page.keyboard.press(key)
        assert page.evaluate(focused) == index, key


def test_a_click_does_not_wait_for_a_second_one(site: Site, page: Page) -> None:
    player = Player.open(page, site.publish(text=article("即按", 12))["page_url"])
    player.button("播放").click()
    player.wait_until_past(0.1)
    times = page.locator("[data-sentence='7']").evaluate(
        """span => {
          const p = document.querySelector("tingwen-player");
          const before = p.currentTime;
          span.dispatchEvent(new PointerEvent("click",
            { bubbles: true, detail: 1, pointerType: "mouse" }));
          const at = p.currentTime;
          span.dispatchEvent(new PointerEvent("click",
            { bubbles: true, detail: 2, pointerType: "mouse" }));
          return [before, at, p.currentTime];
        }"""
    )
    assert times[1] > times[0] + 5
    assert abs(times[2] - times[0]) < 0.2, "the second click marks a word, and takes it back"


def test_an_address_names_a_time(site: Site, page: Page) -> None:
    ready = site.publish(text=article("時間", 8))
    player = Player.open(page, f"{ready['page_url']}#t=6.5")
    player.wait_until("Math.abs(p.currentTime - 6.5) < 0.01")


def test_a_sentence_is_shared(site: Site, page: Page) -> None:
    page.add_init_script("navigator.share = async (data) => { window.shared = data; };")
    ready = site.publish(text=article("分享", 8))
    player = Player.open(page, f"{ready['page_url']}#s=3")
    player.button("播放").click()
    player.wait_for_sentence(3)
    player.button("分享這一句").click()
    page.wait_for_function("window.shared")
    assert page.evaluate("shared.title") == "分享成為小鎮新話題"
    assert str(page.evaluate("shared.url")).endswith(f"/listen/{ready['id']}#s=3")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("delete navigator.share; navigator.share = undefined")
    begun_s = player.time()
    player.button("分享這一句").click()
    player.wait_until_past(begun_s + 0.6)  # drawn anew meanwhile, and said all the same
    expect(player.element.get_by_role("status")).to_have_text("已複製連結")


def test_keys_are_hidden_by_an_attribute(site: Site, page: Page) -> None:
    ready = site.publish(text=article("隱藏", 4))
    page.goto(ready["page_url"])
    page.evaluate(
        """id => {
          const player = document.createElement("tingwen-player");
          player.id = "few";
          player.setAttribute("hide-keys", "download share speed");
          player.setAttribute("article", id);
          document.querySelector("main").prepend(player);
        }""",
        ready["id"],
    )
    few = page.locator("#few")
    few.get_by_role("button", name="更多").click()
    expect(few.get_by_role("button", name="下一句")).to_be_visible()
    expect(few.get_by_role("link")).to_have_count(0)
    expect(few.get_by_role("button", name="分享這一句")).to_have_count(0)
    expect(few.get_by_role("combobox", name="播放速度")).to_have_count(0)


@pytest.mark.thorough
def test_the_time_that_is_left_at_this_speed(site: Site, page: Page) -> None:
    player = Player.open(page, site.publish(text=article("剩下", 31))["page_url"])
    shown = player.element.locator(".time")
    expect(shown).not_to_contain_text("剩")
    player.element.get_by_role("combobox", name="播放速度").select_option("2.5")
    left_s = player.number("p.duration") / 2.5
    minutes, seconds = divmod(int(left_s), 60)
    expect(shown).to_contain_text(re.compile(f"剩 {minutes}:{seconds:02}"))


@pytest.mark.thorough
def test_the_sleep_timer_waits_for_the_end(site: Site, page: Page) -> None:
    site.tone.seconds = 0.4
    ready = site.publish(text=article("睡前", 2))
    other = site.publish(text=article("不唸", 2))
    page.goto("/")
    page.evaluate(
        """({ id, title }) => localStorage.setItem("tingwen-listening", JSON.stringify(
          { recent: [], queue: [{ id, title, source: "", duration: 0, time: 0 }] }))""",
        other,
    )
    player = Player.open(page, ready["page_url"])
    player.show_more()
    sleep = player.element.get_by_role("combobox", name="睡眠定時")
    sleep.select_option("這篇結束時停止")
    expect(player.element.get_by_role("status")).to_have_text("唸完這篇就停")
    player.button("播放").click()
    expect(page.get_by_role("heading", name="聽完了")).to_be_visible()
    assert player.element.get_attribute("article") == ready["id"]
    expect(sleep).to_have_value("0")
    queue = page.evaluate("JSON.parse(localStorage.getItem('tingwen-listening')).queue")
    assert [entry["id"] for entry in queue] == [other["id"]]


@pytest.mark.parametrize(("width", "height"), [(740, 360), (320, 256)])
def test_the_text_keeps_most_of_a_low_screen(
    site: Site, page: Page, width: int, height: int
) -> None:
    """A phone on its side, and 1280×1024 at 400 %."""
    page.set_viewport_size({"width": width, "height": height})
    player = Player.open(page, site.publish(text=article("橫放", 12))["page_url"])
    box = page.locator("#dock").bounding_box()
    assert box is not None
    assert height - box["y"] <= 56
    for name in ("播放", "倒退 10 秒", "快轉 10 秒", "更多"):
        expect(player.button(name)).to_be_in_viewport()
    player.show_more()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width


def test_another_device_is_offered_when_there_is_one(site: Site, page: Page) -> None:
    page.add_init_script(
        """Object.defineProperty(HTMLMediaElement.prototype, "remote", { get: () => ({
          watchAvailability: async (tell) => setTimeout(() => tell(true)),
          prompt: async () => { window.prompted = true; },
        }) });"""
    )
    player = Player.open(page, site.publish(text=article("投放", 4))["page_url"])
    player.show_more()
    player.element.get_by_role("button", name="在其他裝置播放").click()
    assert page.evaluate("window.prompted")


@pytest.mark.slow
def test_a_voice_that_breaks_off_is_said(site: Site, page: Page) -> None:
    """The text does not go back to its beginning without a word."""
    site.tone.delay_s, site.tone.fails_after = 0.3, 4
    player = Player.open(page, site.post(text=article("中斷", 40))["page_url"])
    player.button("播放").click()
    expect(player.element.get_by_role("status")).to_have_text(
        "原來的聲音中斷了，換另一個聲音唸……", timeout=60_000
    )
    expect(page.locator("#replaced")).to_contain_text("改由另一個聲音朗讀", timeout=60_000)


def test_a_byline_is_no_link(site: Site, page: Page) -> None:
    text = "老橋修復完工\n記者王小明／台北報導\n" + "".join(sentence("署名", n) for n in range(9))
    Player.open(page, site.publish(text=text)["page_url"])
    byline = page.locator("#article .byline")
    expect(byline).to_contain_text("王小明")
    expect(byline.get_by_role("link")).to_have_count(0)
    decoration = byline.locator("span").first.evaluate(
        "s => getComputedStyle(s).textDecorationLine"
    )
    assert decoration == "none"
