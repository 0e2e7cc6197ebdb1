# ruff: noqa: E501  (pages and sentences stand on one line, as they are read)
"""The smallest page of each fault that real pages showed, on markup of our own.

Each page holds the paragraphs of TEXT (all, or the first few) and one trap. `wanted` is what must
be heard, exactly; `error` the refusal. The numbers are those of ../shared/data/pages/small.
"""

from __future__ import annotations

from dataclasses import dataclass

from reader.errors import IndexPage, NoArticle, Paywalled

TITLE = "水庫清淤提前兩週動工"
TEXT = (
    "水利署今天宣布，北部三座水庫的清淤工程提前兩週動工，預計在梅雨季來臨之前完成第一期的工作。",
    "署長說，去年颱風帶來大量泥沙，蓄水量少了一成，今年編列十二億元，比往年多出將近四成的經費。",
    "地方農會表示，清淤期間的灌溉用水不受影響，但是下游的水質可能混濁，已經請農民提前蓄水備用。",
    "環保團體提醒，運送泥沙的卡車每天超過三百車次，沿線學校的上下學時段應該禁止砂石車輛通行。",
)
P1, P2, P3, P4 = TEXT
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in TEXT)
LINKS = "".join(f'<li><a href="/{n}">第{n}則新聞的標題寫在這裡</a></li>' for n in range(12))


@dataclass(frozen=True)
class Fault:
    body: str
    wanted: tuple[str, ...] = TEXT
    head: str = f"<title>{TITLE} - 某某電台</title>"
    title: str = TITLE
    byline: str = ""
    error: type[NoArticle] | None = None

    @property
    def page(self) -> bytes:
        return (
            f"<!doctype html><html><head>{self.head}</head><body>{self.body}</body></html>".encode()
        )


H1 = f"<h1>{TITLE}</h1>"
FAULTS = {
    "01 a stray quote": Fault(f"{H1}<img src='/a.png' alt=\"圖\" '>{PARAGRAPHS}<ul>{LINKS}</ul>" * 1),
    "01 a quote that is never closed": Fault(
        f"<ul>{LINKS}</ul>{H1}<div class=\"x\" title='a\"b' \"\"><span>站名</span></div>{PARAGRAPHS}"
    ),
    "02 photo words inside other words": Fault(
        H1 + "".join(f'<div class="graph-default-text_paragraph">{t}</div>' for t in TEXT)
    ),
    "03 text in boxes, a box of an app between": Fault(
        f"<main>{H1}<div><section><p>{P1}</p><p>{P2}</p></section></div><div class='k'><b>贊助</b></div>"
        f"<div><section><p>{P3}</p><p>{P4}</p></section></div></main>"
    ),
    "04 a lead of an innocent name": Fault(
        f"<div>{H1}<section class='share-quote intro'><p>{P1}</p></section>"
        f"<div class='txt'><p>{P2}</p><p>{P3}</p><p>{P4}</p></div></div>"
    ),
    "04 brief, social, popular-science": Fault(
        f"{H1}<div class='brief'><p>{P1}</p></div><div class='social popular-science'>"
        f"<p>{P2}</p><p>{P3}</p><p>{P4}</p></div>"
    ),
    "05 a recipe whose box of pictures holds the lead": Fault(
        f"{H1}<div id='news_detail_div'><div class='img'>{P1}</div><p>{P2}</p><p>{P3}</p><p>{P4}</p></div>",
        head=f"<title>{TITLE}</title><meta property='og:url' content='https://news.tvbs.com.tw/1'>",
    ),
    "06 paragraphs as headings": Fault(
        H1 + "".join(f"<h4><b>{t}</b></h4><p>&nbsp;</p>" for t in TEXT)
        + "<div><p>本站著作權聲明：所有內容皆由編輯撰寫，未經同意請勿轉載，違者依法追究責任，絕不寬貸。</p></div>"
    ),
    "07 a bar of title, section and site": Fault(
        f"<div>{TITLE} ｜ 環境 ｜ 某某電台 RADIO.COM</div><h2>{TITLE}</h2>{PARAGRAPHS}",
        head=f"<title>{TITLE} ｜ 環境 ｜ 某某電台 RADIO.COM</title>",
    ),
    "07 a hidden line of title and site": Fault(
        f"<p style='position:absolute;left:-9999px'>{TITLE}_某某電台</p>{H1}{PARAGRAPHS}",
        head=f"<title>{TITLE}_某某電台</title>",
    ),
    "08 an author that is a number": Fault(
        H1 + PARAGRAPHS,
        head=f"<title>{TITLE}</title><script type='application/ld+json'>"
        '{"@type":"NewsArticle","author":{"@type":"Person","name":"00873"}}</script>',
    ),
    "09 a byline run into its date": Fault(
        f"{H1}<div class='meta'><span>作者：林小明</span><span>Posted on<time>12 March 2024</time></span></div>"
        f"{PARAGRAPHS}",
        byline="林小明",
    ),
    "10 a teaser above a form for members": Fault(
        f"{H1}<p>{P1[:40]}……</p><section><h4>立即加入會員</h4><p>會員專線：</p><p>02-0000-0000</p></section>",
        error=Paywalled,
    ),
    "11 a page that lets nobody in": Fault(
        "<h1>Just a moment...</h1><p>正在檢查您的瀏覽器，請完成安全驗證之後再繼續，謝謝您的耐心等候。</p>",
        head="<title>Just a moment...</title>", title="", error=NoArticle,
    ),
    "11 a page that is gone": Fault(
        "<h1>404</h1><p>很抱歉，您要找的網頁已經不存在，可能是文章已被刪除，請回首頁繼續瀏覽其他新聞。</p>",
        head="<title>找不到網頁</title>", title="", error=NoArticle,
    ),
    "12 a front page above its small print": Fault(
        f"<ul>{LINKS}</ul><div><p>本網站文章皆為作者個人意見，不代表本網站立場，讀者應自行判斷內容的真實性，"
        "如有侵權情事請來信告知。</p></div>",
        head="<title>某某電台</title>", title="", error=IndexPage,
    ),
    "13 minutes to read": Fault(
        f"{H1}<p>{P1}</p><div><span>約 4 分鐘閱讀</span></div><p>{P2}</p><p>{P3}</p><p>{P4}</p>"
    ),
    "14 posts of others": Fault(
        f"{H1}<p>{P1}</p><p>{P2}</p><blockquote class='instagram-media'><p>View this post on Instagram</p>"
        f"<p>A post shared by 某某 (@someone)</p></blockquote><p>{P3}</p><p>{P4}</p>"
    ),
    "15 a picture and a name in one box": Fault(
        f"{H1}<div class='k7'><img src='/a.jpg'><span>署長林某某。</span></div>{PARAGRAPHS}"
    ),
    "16 small leaks": Fault(
        f"{H1}<p>{P1}</p><p>Advertisement</p><p>{P2}</p><p>圖片來自網路</p><p>{P3}</p><p>{P4}</p>"
        "<p>（工商服務）</p><p>某某日報記者 陳大文</p>",
        byline="某某日報記者 陳大文",
    ),
    "17 one line of JSON-LD for the whole": Fault(
        f"{H1}<div id='app'></div>",
        wanted=(P1 + P2 + P3, P4),
        head=f"<title>{TITLE}</title><script type='application/ld+json'>"
        '{"@type":"Article","articleBody":"署長林某某。（某某提供）' + "".join(TEXT)
        + '資料來源：某某電台"}</script>',
    ),
    "18 gadgets and a box of a book": Fault(
        f"{H1}<div><p>全文朗讀</p>{PARAGRAPHS}</div><div><h3>本書介紹</h3><p>＊點選以上連結購書</p>"
        "<p>作者：林某某</p><p>這本書記錄了島上三十年來的水文變化，值得所有關心環境的人一讀再讀。</p></div>"
    ),
    "19 a dateline with its reporters": Fault(
        f"{H1}<p>中新社北京3月5日电（记者王五、赵六）{P1}</p><p>{P2}</p>",
        wanted=("中新社北京3月5日电（记者王五、赵六）", P1, P2), byline="记者王五、赵六",
    ),
    "20 a post of a forum": Fault(
        "<div id='main'><div><span>作者</span><span>abc123 (小明)</span></div><div><span>看板</span>"
        f"<span>News</span></div><div><span>標題</span><span>[新聞] {TITLE}</span></div>\n1.媒體來源:某某電台\n\n"
        f"{P1}\n{P2}\n\n{P3}\n--\n※ 發信站: 某某實業坊(example.org), 來自: 192.0.2.1\n"
        + "".join(f"<div>推 user{n}: 水庫早就該清了啦，拖到現在才動工</div>" for n in range(4)) + "</div>",
        wanted=(P1, P2, P3), head=f"<title>[新聞] {TITLE} - 看板 News - 某某實業坊</title>",
        title=f"[新聞] {TITLE}", byline="abc123 (小明)",
    ),
    "21 a linked line between boxes": Fault(
        f"<article>{H1}<div><div><p>{P1}</p><p>{P2}</p></div></div><h3><a href='/x'>另一則新聞的標題</a></h3>"
        f"<div><div><p>{P3}</p><p>{P4}</p></div></div></article>"
    ),
    "22 a menu that is never closed": Fault(
        f"<div class='menu navbar'><a href='/'>首頁</a><div>{H1}<div>{PARAGRAPHS}</div></div>"
    ),
    "23 a capital of a theme": Fault(
        f"{H1}<div class='post'><p class='has-large-cap-letter has-drop-cap'>{P1}</p><p>{P2}</p>"
        f"<p>{P3}</p><p>{P4}</p></div>"
    ),
    "24 a column called comment": Fault(
        f"<main>{H1}<section class='comment'>{PARAGRAPHS}</section></main>"
    ),
    "25 a custom element first": Fault(
        f"<site-header><a href=/>某某電台</a></site-header><x-story>{H1}{PARAGRAPHS}</x-story>"
    ),
}  # fmt: skip


def minified(first: str) -> bytes:
    """A page without html, head and body tags, that begins its content with this element."""
    return (
        f"<!doctype html><meta charset=utf-8><title>{TITLE}</title><{first}><a href=/>某某電台</a>"
        f"</{first}>{H1}{''.join(f'<p>{text}' for text in TEXT)}"
    ).encode()
