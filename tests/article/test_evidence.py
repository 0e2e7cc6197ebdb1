"""A result that knows itself: what speaks for an article being whole, and why blocks are read."""

from __future__ import annotations

import json

import pytest

from reader.article import Page, extract
from reader.article.explain import explain
from tests.article.faults.siblings import FAULTS, H1, PARAGRAPHS, TEXT, TITLE

ELSEWHERE = "".join(
    f"第{n}段寫在別的地方，這一頁沒有刊登出來，讀者要到下一頁去看。" for n in range(9)
)


def page(body: str, *, stored: str = "", description: str = "") -> Page:
    data = json.dumps({"@type": "NewsArticle", "articleBody": stored}, ensure_ascii=False)
    head = (
        f"<title>{TITLE}</title><meta name='description' content='{description}'>"
        f"<script type='application/ld+json'>{data}</script>"
    )
    return Page(f"<html><head>{head}</head><body>{body}</body></html>".encode(), name="a.html")


def test_a_whole_article_has_nothing_left_out() -> None:
    given = page(H1 + PARAGRAPHS, stored="".join(TEXT), description=TEXT[0])
    evidence = extract(given).evidence
    assert (evidence.coverage, evidence.body_share, evidence.described) == (1.0, 1.0, True)
    assert evidence.left_out == ()
    assert not evidence.is_doubtful


def test_text_that_the_page_stores_but_does_not_show_is_doubted() -> None:
    evidence = extract(page(H1 + PARAGRAPHS, stored="".join(TEXT[:2]) + ELSEWHERE[:170])).evidence
    assert evidence.body_share is not None
    assert evidence.body_share < 0.6
    assert evidence.is_doubtful


def test_far_more_text_in_json_ld_is_read_from_there() -> None:
    article = extract(page(f"{H1}<p>{TEXT[0]}</p>", stored="".join(TEXT) + ELSEWHERE))
    assert "第8段" in "".join(p.text for p in article.paragraphs)
    assert not article.evidence.is_doubtful


def test_prose_of_the_page_that_is_not_read_is_told() -> None:
    """A second text, in a box far away, that no line introduces as another story."""
    far = "<div><div><div><div><div><article>" + PARAGRAPHS.replace("水利署", "農業部") * 3
    body = f"<main><article>{H1}<div>{PARAGRAPHS}</div></article></main>{far}"
    evidence = extract(page(body, description=TEXT[0])).evidence
    assert evidence.left_out
    assert evidence.coverage < 0.6
    assert evidence.is_doubtful


def test_each_block_is_explained() -> None:
    fault = FAULTS["18 gadgets and a box of a book"]
    explained = explain(Page(fault.page))
    read = [block.text for block in explained.blocks if block.is_read]
    assert tuple(read) == fault.wanted
    reasons = {block.text: block.reason for block in explained.blocks}
    assert reasons[TITLE] == "title"
    assert reasons["全文朗讀"] == "page-gadget"


@pytest.mark.parametrize(
    "content",
    ["首頁\n登入\n分享\n" + "\n".join(TEXT), f"# {TITLE}\n\n{TEXT[0]}", "\n\n".join(TEXT)],
)
def test_text_is_explained_as_well(content: str) -> None:
    explained = explain(Page(content.encode(), "text"))
    assert any(block.is_read for block in explained.blocks)
    assert explained.refusal is None


def test_a_refusal_is_explained() -> None:
    explained = explain(Page(FAULTS["12 a front page above its small print"].page))
    assert explained.refusal
