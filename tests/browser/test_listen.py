"""The way of a reader: paste, listen, jump."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.player import Player

pytestmark = pytest.mark.usefixtures("embedded_voice")

ARTICLE = """花蓮慢車站變身圖書館
停用多年的舊站房，三月起成為小鎮的圖書館。這一次等在月台上的不是旅客，而是書。
館長說，很多長輩不是來看書，是來坐坐。他們說這裡像把時間借回來。
文化部評估，全台還有許多閒置車站可以改造。再美的車站，也可能第二次停駛。"""


def test_paste_listen_and_jump(site: Site, page: Page) -> None:
    page.goto(site.url)
    page.get_by_label("貼上文章").fill(ARTICLE)
    page.get_by_role("combobox", name="聲音").select_option("baker")
    page.get_by_role("button", name="開始聽").click()
    page.wait_for_url("**/listen/*")
    player = Player(page)

    expect(page.get_by_role("heading", level=1)).to_have_text("花蓮慢車站變身圖書館")
    player.wait_until_past(0.5)
    assert player.highlighted() == "花蓮慢車站變身圖書館"
    player.wait_for_highlight("停用多年的舊站房，三月起成為小鎮的圖書館。")

    page.get_by_text("再美的車站").click()
    player.wait_for_highlight("再美的車站，也可能第二次停駛。")
    assert player.time() >= player.start_of("再美的車站，也可能第二次停駛。") - 0.05
    player.button("暫停").click()
    expect(player.button("播放")).to_be_visible()
