"""Modes, options, datelines, Markdown: what a caller chooses."""

from __future__ import annotations

import io
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.article import ArticleOptions, Page, Paragraph, extract, load_source
from reader.errors import NoArticle

FIRST = "台北市政府今天宣布，明年元旦起將開放十二座公園整夜照明，方便夜歸的民眾行走。"
SECOND = "工務局長說，燈具全面改用低眩光的設計，不會影響附近住戶的睡眠，電費也比過去少四成。"


def read(text: str, kind: str = "text", **options: object) -> list[Paragraph]:
    page = Page(text.encode(), kind)  # type: ignore[arg-type]
    return list(extract(page, ArticleOptions(**options)).paragraphs)  # type: ignore[arg-type]


def test_text_mode_drops_nothing() -> None:
    lines = ["延伸閱讀", "▲圖說（圖／翻攝）", FIRST, "分享", "0:00 /0:00"]
    article = extract(Page("\n\n".join(lines).encode(), "text"), ArticleOptions(mode="text"))
    assert [p.text for p in article.paragraphs] == lines
    assert article.title == ""


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1), min_size=1
    )
)
def test_text_mode_keeps_every_line(lines: list[str]) -> None:
    article = extract(Page("\n".join(lines).encode(), "text"), ArticleOptions(mode="text"))
    assert [p.text for p in article.paragraphs] == lines


def test_auto_takes_plain_prose_as_it_stands_and_lifts_its_headline() -> None:
    article = extract(
        Page(f"公園整夜照明 元旦起開放\n記者何彥廷／台北報導\n{FIRST}\n{SECOND}".encode(), "text")
    )
    assert article.title == "公園整夜照明 元旦起開放"
    assert article.byline == "記者何彥廷／台北報導"
    assert [p.text for p in article.paragraphs] == [FIRST, SECOND]
    untitled = extract(Page(f"{FIRST}\n{SECOND}".encode(), "text"))
    assert untitled.title == ""
    assert len(untitled.paragraphs) == 2


def test_a_given_title_stands_in_place_of_the_page_s() -> None:
    page = Page(f"<h1>公園整夜照明 元旦起開放</h1><p>{FIRST}</p><p>{SECOND}</p>".encode())
    assert extract(page).title == "公園整夜照明 元旦起開放"
    assert extract(page, ArticleOptions(title="我的標題")).title == "我的標題"


DATELINES = [
    ("（中央社記者王小明台北19日電）", "中央社記者王小明台北19日電", "中央社記者王小明台北19日電"),
    ("〔即時新聞／綜合報導〕", "即時新聞／綜合報導", "即時新聞／綜合報導"),
    ("〔記者林某某／高雄報導〕", "記者林某某／高雄報導", "記者林某某／高雄報導"),
    ("（法新社巴黎3日電）", "", "法新社巴黎3日電"),
    ("（中央社台北23日電）", "", "中央社台北23日電"),
    ("（麻坡29日讯）", "", "麻坡29日讯"),
    ("【記者吳某某台中報導】", "記者吳某某台中報導", "記者吳某某台中報導"),
    ("新华社北京3月5日电（记者王某某）", "记者王某某", "新华社北京3月5日电（记者王某某"),
]


@pytest.mark.parametrize(("dateline", "byline", "moved_out"), DATELINES)
def test_a_dateline_is_never_run_into_the_first_sentence(
    dateline: str, byline: str, moved_out: str
) -> None:
    """A place and a day name nobody: only a reporter makes a byline of a dateline."""
    text = f"<h1>公園整夜照明 元旦起開放</h1><p>{dateline}{FIRST}</p><p>{SECOND}</p>"
    page = Page(text.encode())
    apart = extract(page)
    assert apart.paragraphs[0] == Paragraph(dateline.strip(), "byline")
    assert apart.paragraphs[1] == Paragraph(FIRST)
    assert apart.byline == byline
    assert apart.spoken_byline == ""
    moved = extract(page, ArticleOptions(dateline="byline"))
    assert moved.paragraphs[0] == Paragraph(FIRST)
    assert moved.spoken_byline == moved.byline == moved_out
    dropped = extract(page, ArticleOptions(dateline="drop"))
    assert dropped.paragraphs[0] == Paragraph(FIRST)
    assert dropped.byline == ""


@pytest.mark.parametrize("opening", ["（三日）", "（圖）", "「報導」", "（以下簡稱中心）"])
def test_other_brackets_at_the_head_stay(opening: str) -> None:
    assert read(f"<p>{opening}{FIRST}</p><p>{SECOND}</p>", "html")[0].text == opening + FIRST


def test_hotlines_are_dropped_or_kept_at_the_end() -> None:
    hotline = "※珍惜生命，若您或身邊的人有心理困擾，可撥打安心專線1925"
    page = f"<h1>公園整夜照明 元旦起開放</h1><p>{FIRST}</p><p>{hotline}</p><p>{SECOND}</p>"
    assert [p.text for p in read(page, "html")] == [FIRST, SECOND]
    assert read(page, "html", keep_notices=True)[-1] == Paragraph(hotline, "notice")


def test_sign_offs_are_dropped_or_kept() -> None:
    page = f"<p>{FIRST}</p><p>{SECOND}（編輯：陳某某）1150305</p>"
    assert read(page, "html")[-1].text == SECOND
    assert read(page, "html", keep_sign_offs=True)[-1].text == f"{SECOND}（編輯：陳某某）1150305"


def test_markdown_is_read_without_its_marks() -> None:
    text = (
        "---\ntags: [a]\n---\n# 公園整夜照明 元旦起開放\n\n![公園夜景](a.jpg)\n\n"
        f"{FIRST[:10]}**{FIRST[10:14]}**{FIRST[14:]}\n\n## 燈具全面更新\n\n"
        f"> {SECOND}\n\n- [第一項](https://example.org/a_(b))說明\n"
    )
    article = extract(Page(text.encode(), "markdown"))
    assert article.title == "公園整夜照明 元旦起開放"
    assert [(p.kind, p.text) for p in article.paragraphs] == [
        ("body", FIRST),
        ("subhead", "燈具全面更新"),
        ("body", SECOND),
        ("body", "第一項說明"),
    ]


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"<p>{FIRST}</p>".encode())))
    page = load_source("-")
    assert page.kind == "html"
    assert extract(page).paragraphs[0].text == FIRST


def test_html_in_text_mode_is_refused_only_when_empty() -> None:
    with pytest.raises(NoArticle):
        extract(Page(b"", "text"), ArticleOptions(mode="text"))
