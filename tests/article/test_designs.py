# ruff: noqa: E501  (pages stand as their sites write them)
"""Designs of well-known sites, with text of our own: every paragraph is read, and nothing else."""

from __future__ import annotations

import pytest

from reader.article import Page, extract
from tests.article.faults.siblings import P1, P2, P3, P4, TEXT, TITLE

P = TEXT
DESIGNS = {
    "bbc": f"""<html><head><title>{TITLE} - BBC News 中文</title></head><body><div id=root><header><nav><ul><li><a href=/>主頁</a></li></ul></nav></header><div class=bbc-1ajedpc><main role=main><div class=x><h1 id=content tabindex=-1>{TITLE}</h1></div><section role=region aria-labelledby=article-byline><strong class=vh>Article Information</strong><ul role=list><li><span>作者, </span><span>林小明</span></li><li><span>Role, </span><span>BBC中文記者</span></li></ul></section><div><figure><img src=x><figcaption><span class=visually-hidden>圖像來源，</span>Getty Images</figcaption></figure></div><div><time>2024年3月5日</time></div>"""
    + "".join(
        f"<div dir=ltr class=bbc-19j92fr><p dir=ltr class=bbc-1y32vyc>{t}</p></div>" for t in P[:2]
    )
    + """<section role=region><h2>熱門內容</h2><ol><li><a href=1>某某新聞一則標題寫在這裡</a></li></ol><p>End of 熱門內容</p></section>"""
    + "".join(
        f"<div dir=ltr class=bbc-19j92fr><p dir=ltr class=bbc-1y32vyc>{t}</p></div>" for t in P[2:]
    )
    + """</main><section><h2>更多相關內容</h2><ul><li><a href=1>一則標題寫在這裡的新聞</a><p>一段很長的敘述，說的是別的新聞，讀者不應該聽到這一段，因為它屬於另一篇文章。</p></li></ul></section></div></div></body></html>""",
    "nyt": f"<html><head><title>{TITLE} - 紐約時報中文網</title></head><body><div class=container><div class='article-area'><article><div class='article-header'><header><h1>{TITLE}</h1><address>林小明</address><time>2024年3月5日</time></header></div><section class='article-body'>"
    + "".join(
        f"<div class='article-partial'><div class='row'><div class='col-lg-8 article-body-item'><div class='article-paragraph'>{t}</div></div><div class='col-lg-4 article-body-aside'><div class='big_ad ad'><small>廣告</small></div></div></div></div>"
        for t in P
    )
    + "</section></article></div></div></body></html>",
    "medium": f"<html><head><title>{TITLE} | by 林小明 | Medium</title></head><body><article><section><div><h1>{TITLE}</h1><div><a rel=author href=/@x>林小明</a> · <span>4 min read</span> · <span>Mar 5, 2024</span></div><div><button>Listen</button><button>Share</button></div>"
    + "".join(f"<p class='pw-post-body-paragraph li lj'>{t}</p>" for t in P)
    + "</div></section></article><div><h2>More from 林小明</h2><div><h3><a href=1>另一篇文章的標題寫在這裡</a></h3><p>另一篇文章的開頭寫在這裡，這一段不應該被讀出來，因為它不是這篇文章。</p></div></div></body></html>",
    "span_br": f"<html><title>{TITLE}_新浪</title><body><table><tr><td><b><font size=5>{TITLE}</font></b><br><font>2024-03-05 10:00</font></td></tr><tr><td><span>　　{P1}<br><br>　　{P2}<br><br>　　{P3}<br><br>　　{P4}</span></td></tr></table><table><tr><td><a href=1>其他新聞標題一二三四</a><br><a href=1>其他新聞標題五六七八</a></td></tr></table></body></html>",
    "amp": f"<html amp><head><title>{TITLE}</title></head><body><amp-sidebar id=s layout=nodisplay><ul><li><a href=/>首頁</a></li></ul></amp-sidebar><article><h1>{TITLE}</h1><p class=author>記者林小明／台北報導</p><amp-img src=x alt=圖></amp-img>"
    + "".join(f"<p>{t}</p><amp-ad width=300></amp-ad>" for t in P)
    + "<amp-social-share type=line></amp-social-share></article><footer><p>某某日報版權所有，未經許可請勿轉載，違者必究，感謝您的合作與支持。</p></footer></body></html>",
    "live": f"<html><head><title>{TITLE}</title></head><body><main><h1>{TITLE}</h1>"
    + "".join(
        f"<div class=live-item><time>1{i}:00</time><h3>第{i}則更新的小標題</h3><p>{t}</p></div>"
        for i, t in enumerate(P)
    )
    + "</main></body></html>",
    "qa": f"<html><head><title>{TITLE}</title></head><body><main><h1>{TITLE}</h1><p>{P1}</p>"
    + "".join(f"<p><strong>問：水庫清淤為什麼提前？</strong></p><p>答：{t}</p>" for t in P[1:])
    + "</main></body></html>",
    "wiki": f"<html><head><title>{TITLE}</title></head><body><main><h1>{TITLE}</h1>"
    + "".join(
        f"<p>{t[:8]}<a href=1>{t[8:20]}</a>{t[20:26]}<a href=2>{t[26:40]}</a>{t[40:]}<sup><a href=#1>[1]</a></sup></p>"
        for t in P
    )
    + "</main></body></html>",
}

BYLINES = {"bbc": "林小明", "nyt": "林小明", "amp": "記者林小明／台北報導"}


@pytest.mark.parametrize("name", DESIGNS)
def test_every_paragraph_and_nothing_else(name: str) -> None:
    article = extract(Page(DESIGNS[name].encode()))
    said = [p.text.removeprefix("答：") for p in article.paragraphs]
    headings = {"live": "則更新的小標題", "qa": "問："}
    own = headings.get(name)
    assert [text for text in said if own is None or own not in text] == list(TEXT)
    assert article.title == TITLE
    assert article.byline == BYLINES.get(name, "")
