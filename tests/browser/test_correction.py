"""Words that are said wrong, put right by who hears them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from api.app import create_app
from api.middleware.api_keys import new_key
from api.settings import Settings
from reader.voices import Voices
from tests.browser.articles import article, sentence
from tests.browser.conftest import Site
from tests.browser.player import Player
from tests.browser.test_accessible import violations
from tests.browser.voices import ToneVoice
from tests.server import serving

pytestmark = pytest.mark.usefixtures("embedded_voice")

STORY = "行庫3月放款增加\n\n行庫今天表示，放款增加25%。\n\n央行行長說，各地的利率不變。"


def show_script(page: Page, text: str = STORY) -> None:
    page.goto("/")
    page.get_by_label("貼上文章").fill(text)
    page.get_by_role("button", name="先看稿").click()
    expect(page.locator("#script-lines li").first).to_be_visible()


def test_the_script_shows_what_is_said_otherwise(page: Page) -> None:
    show_script(page)
    lines = page.locator("#script-lines li")
    expect(lines).to_have_count(3)
    expect(lines.nth(1).locator("ruby.changed")).to_have_text("25%百分之二十五")
    expect(lines.nth(2).locator("ruby")).to_have_count(0)
    filter_key = page.get_by_role("button", name="只看改動（2）")
    filter_key.click()
    expect(filter_key).to_have_attribute("aria-pressed", "true")
    expect(lines.nth(1)).to_be_visible()
    expect(lines.nth(2)).to_be_hidden()
    filter_key.click()
    expect(lines.nth(2)).to_be_visible()


def test_a_reading_is_chosen_heard_kept_and_removed(site: Site, page: Page) -> None:
    show_script(page)
    page.locator("#script-lines li").nth(2).locator("[data-word]", has_text="行長").click()
    dialog = page.get_by_role("dialog", name="改正讀音")
    said = dialog.get_by_label("唸法")
    expect(said).to_have_value("ㄏㄤˊ ㄓㄤˇ")
    dialog.get_by_role("button", name="讀成 行 ㄒㄧㄥˊ").click()
    expect(said).to_have_value("ㄒㄧㄥˊ ㄓㄤˇ")
    assert violations(page) == []
    n_said = len(site.tone.said)
    with page.expect_response("**/v1/audio/speech") as answer:
        dialog.get_by_role("button", name="聽這一句").click()
    assert answer.value.ok
    assert len(site.tone.said) == n_said + 1
    said.fill("xing2 zhang")
    dialog.get_by_role("button", name="記住").click()
    expect(dialog.get_by_role("alert")).to_contain_text("行長")
    said.fill("xing2 zhang3")
    dialog.get_by_role("button", name="記住").click()
    expect(dialog).to_be_hidden()
    line = page.locator("#script-lines li").nth(2)
    expect(line.locator("ruby.changed")).to_contain_text("ㄒㄧㄥˊ ㄓㄤˇ")
    page.get_by_role("button", name="開始聽").click()
    page.wait_for_url("**/listen/*")
    Player(page).wait_until("p.duration > 3")
    assert len(site.tone.said) == n_said + 3, "the corrected sentence was spoken once"
    page.goto("/")
    own = page.get_by_role("region", name="我的讀音")
    expect(own.get_by_role("listitem")).to_contain_text("xing2 zhang3")
    own.get_by_role("button", name="移除：行長").click()
    expect(own).to_be_hidden()
    page.reload()
    expect(own).to_be_hidden()


def test_a_reading_is_corrected_in_the_text(site: Site, page: Page) -> None:
    """It goes on at the same sentence; one sentence is spoken again; a reload keeps it."""
    ready = site.publish(text=article("改讀", 8))
    player = Player.open(page, ready["page_url"])
    player.button("播放").click()
    player.element.evaluate("p => p.goTo(4)")
    player.wait_for_sentence(4)
    words = page.get_by_text(sentence("改讀", 4))
    words.dblclick(position={"x": 100, "y": 12})
    chosen = str(page.evaluate("String(getSelection())"))
    assert 0 < len(chosen) < 5
    page.get_by_role("button", name=f"改正「{chosen}」的讀音").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("詞", exact=True)).to_have_value(chosen)
    n_said = len(site.tone.said)
    dialog.get_by_label("唸法").fill("這件事" * len(chosen))
    dialog.get_by_role("button", name="記住").click()
    page.wait_for_url(re.compile(rf"/listen/(?!{ready['id']})\w+#s=4"))
    expect(page.locator("#notice")).to_contain_text("記住了")
    player.wait_until("p.duration > 10")
    player.button("播放").click()
    player.wait_for_sentence(4)
    changed = [u for u in site.article(ready["id"])["utterances"] if chosen in u["text"]]
    assert len(site.tone.said) == n_said + len(changed)
    page.reload()
    player.wait_until("p.duration > 10")
    article_id = player.element.get_attribute("article")
    assert article_id != ready["id"]
    page.goto("/")
    expect(page.get_by_role("region", name="最近聽過").get_by_role("listitem")).to_have_count(1)


def test_a_correction_by_keyboard_alone(page: Page) -> None:
    show_script(page)
    page.get_by_role("button", name="改正讀音：行庫今天表示，放款增加25%。").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    word = dialog.get_by_role("button", name="行庫")
    expect(word).to_be_visible()
    word.focus()
    page.keyboard.press("Enter")
    expect(word).to_have_attribute("aria-pressed", "true")
    said = dialog.get_by_label("唸法")
    expect(said).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("hang2 ku4")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    kept = page.evaluate("localStorage.getItem('tingwen-lexicon')")
    assert kept == '{"行庫":"hang2 ku4"}'


def test_an_editor_keeps_a_reading_for_everybody(page: Page, tmp_path: Path) -> None:
    lexicon = tmp_path / "lexicon.toml"
    lexicon.touch()
    secret, key = new_key("editor", ("speak", "read", "lexicon"))
    settings = Settings(
        voice="tone", cache=str(tmp_path), lexicon=str(lexicon), api_keys=(str(key),)
    )
    tone = ToneVoice()
    with serving(create_app(settings, Voices({"tone": lambda _: tone}))) as (url, _):
        page.goto(url)
        page.evaluate("localStorage.setItem('tingwen-lexicon', '{\"行庫\":\"hang2 ku4\"}')")
        page.reload()
        expect(page.get_by_role("button", name="存進網站的詞典")).to_be_hidden()
        page.evaluate("secret => localStorage.setItem('tingwen-key', secret)", secret)
        page.reload()
        page.get_by_role("button", name="存進網站的詞典").click()
        expect(page.get_by_text("已存進網站的詞典")).to_be_visible()
    assert '"行庫" = "hang2 ku4"' in lexicon.read_text("utf-8")


@pytest.mark.thorough
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_script_and_dialogs(site: Site, page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    show_script(page)
    assert violations(page) == []
    page.get_by_role("button", name="只看改動").click()
    page.locator("#script-lines li:visible [data-word]").first.click()
    expect(page.get_by_role("dialog").locator(".sentence button").first).to_be_visible()
    assert violations(page) == []
    player = Player.open(page, site.publish(text=article("無礙", 6))["page_url"])
    player.show_more()
    assert violations(page) == []
    for name in ("換聲音", "文字", "改正讀音"):
        page.get_by_role("button", name=name).click()
        expect(page.get_by_role("dialog")).to_be_visible()
        page.wait_for_load_state("networkidle")
        assert violations(page) == []
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_be_hidden()
