"""Pages without an article are refused by the name of what they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.article import ArticleOptions, Page, extract, load_source
from reader.article.page import MAX_PAGE_BYTES, page_of
from reader.errors import (
    BadOptions,
    IndexPage,
    LoginPage,
    NoArticle,
    Paywalled,
    SourceUnreadable,
    VideoOnly,
)

OPENING = "<p>市府昨天召開記者會，宣布明年起將全面更新老舊路燈，預算三十億元，分四年執行。</p>"
HEADLINES = [f"第{n}屆城市運動會今天開幕 選手摩拳擦掌" for n in "一二三四五六七八九十甲乙丙丁"]

PAGES = {
    "paywall": (
        f"<h1>路燈大改造 三十億怎麼花</h1><div>{OPENING}</div>"
        "<div class='wall'><p>本文限付費會員閱讀</p>"
        "<p>訂閱即可繼續閱讀全文</p></div>",
        Paywalled,
    ),
    "paywall without any text": ("<h1>路燈大改造</h1><p>訂閱會員即可繼續閱讀全文</p>", Paywalled),
    "video": (
        "<h1>路燈大改造 三十億怎麼花</h1><iframe src='https://www.youtube.com/embed/x'></iframe><p>分享</p>",
        VideoOnly,
    ),
    "front page": (
        "<ul>"
        + "".join(f"<li><a href='/{i}'>{h}</a></li>" for i, h in enumerate(HEADLINES))
        + "</ul>",
        IndexPage,
    ),
    "list with teasers": (
        "".join(
            f"<div class='item'><h3><a href='/{i}'>{h}</a></h3>"
            "<p>本屆賽事共有二十二個縣市參加，選手超過"
            f"一萬兩千人，開幕典禮由歷屆金牌得主點燃聖火。</p></div>"
            for i, h in enumerate(HEADLINES)
        ),
        IndexPage,
    ),
    "login": (
        "<title>會員登入</title>"
        "<form><input type='text'><input type='password'><p>忘記密碼</p></form>",
        LoginPage,
    ),
    "nothing": ("<p>您好</p>", NoArticle),
    "empty": ("  ", NoArticle),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_refused_for_what_it_is(name: str) -> None:
    source, error = PAGES[name]
    with pytest.raises(error) as caught:
        extract(Page(source.encode(), "html", name="page.html"))
    assert type(caught.value) is error
    assert str(caught.value).startswith("page.html") or "page.html" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_copied_front_page_and_a_copied_login_are_refused() -> None:
    with pytest.raises(IndexPage):
        extract(Page("\n".join(["首頁", "登入", "分享", *HEADLINES]).encode(), "text"))
    with pytest.raises(LoginPage):
        extract(Page("首頁\n分享\n登入帳號\n密碼：\n忘記密碼？".encode(), "text"))


def test_a_free_article_with_a_subscription_box_below_is_no_paywall() -> None:
    story = f"<h1>路燈大改造 三十億怎麼花</h1><div>{OPENING * 12}</div>"
    page = f"{story}<div><p>升級會員，無限暢讀</p></div>"
    assert len(extract(Page(page.encode())).paragraphs) == 12


def test_sources_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 ...")
    large = tmp_path / "large.html"
    large.write_bytes(b"<p>" * (MAX_PAGE_BYTES // 3 + 1))
    for source in (tmp_path / "none.html", tmp_path, tmp_path / "a.pdf", large):
        with pytest.raises(SourceUnreadable, match=str(source)):
            load_source(str(source))
    with pytest.raises(SourceUnreadable, match="scheme"):
        load_source("ftp://example.org/a")


@pytest.mark.parametrize("options", [{"mode": "guess"}, {"dateline": "loud"}])
def test_options_are_checked(options: dict[str, str]) -> None:
    with pytest.raises(BadOptions):
        ArticleOptions(**options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.html", "x", "html"),
        ("a.HTM", "x", "html"),
        ("a.txt", "<p>x</p>", "text"),
        ("a.md", "x", "markdown"),
        ("a.page", "<!DOCTYPE html><p>x</p>", "html"),
        ("a.page", "# 標題\n內文", "markdown"),
        ("a.page", "標題\n內文", "text"),
        ("noending", "\ufeff<html><p>x</p>", "html"),
    ],
)
def test_kinds_are_told_by_ending_or_content(
    tmp_path: Path, name: str, content: str, kind: str
) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    assert load_source(str(tmp_path / name)).kind == kind
    assert page_of(content.encode(), name, kind="text").kind == "text"
