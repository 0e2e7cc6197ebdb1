# ruff: noqa: E501  (pages and sentences stand on one line, as they are read)
"""Changes around and inside the text: other boxes for it, and company that is not the article."""

from __future__ import annotations

import random

from lxml import html
from lxml.etree import _Element

from tests.article.robustness.changes import PageTree, change, longest_siblings

_STORIES = [
    ("漁港觀光船票價凍漲一年", "漁港管理處昨天說，觀光船的票價今年不漲，業者自行吸收油料成本，遊客可以放心搭乘。"),
    ("夏季音樂會加演兩個場次", "主辦單位宣布，夏季音樂會因為門票秒殺，決定在八月底加演兩場，下週一中午開始售票。"),
    ("菜市場改建後首日人潮湧現", "改建三年的菜市場今天重新開幕，攤商準備了一千份小禮物，排隊人龍一路繞到郵局門口。"),
    ("河濱公園新增三座夜間球場", "工務局說，河濱公園的三座球場裝設了節能燈具，每天開放到晚上十點，採線上預約制度。"),
]  # fmt: skip
_REMARKS = (
    "這種事早就該做了，拖了十年才動工，市民的時間不是時間嗎？",
    "支持，但是停車位也要一起規劃，不然每到假日附近全部塞爆。",
    "記者可以多問一下經費從哪裡來嗎，每次都寫得不清不楚。",
    "我住附近二十年了，看到這則新聞還是覺得很感動，謝謝大家的努力。",
)
_SMALL_PRINT = (
    "本網站之文字、圖片及影音，非經授權，不得轉載、公開播送或公開傳輸。",
    "本站內容由使用者自行上傳，不代表本站立場，如有侵權請來信告知，將於三日內移除。",
    "Copyright © 2026 某某日報 All Rights Reserved. 版權所有，未經許可請勿轉載。",
)
_COOKIES = (
    "本網站使用Cookie及其他相關技術分析以確保使用者獲得最佳體驗，"
    "繼續瀏覽即表示您同意我們的隱私權政策。"
)
NEVER_HEARD = (*(t for story in _STORIES for t in story), *_REMARKS, *_SMALL_PRINT, _COOKIES)
"""All company that these changes bring: none of it is the article."""


def _boxed(tree: PageTree, outer: str, inner: str) -> str | None:
    siblings = longest_siblings(tree)
    if len(siblings) < 2:
        return None
    group = html.Element(outer)
    siblings[0].addprevious(group)
    for paragraph in siblings:
        box = html.Element(inner)
        box.append(paragraph)
        group.append(box)
        if paragraph.tag == "p" and inner in ("li", "td"):
            paragraph.drop_tag()
    return tree.source()


@change
def box_around_each_paragraph(tree: PageTree, chance: random.Random) -> str | None:
    return _boxed(tree, "div", chance.choice(("div", "section", "x-paragraph")))


@change
def list_items_for_paragraphs(tree: PageTree, chance: random.Random) -> str | None:
    return _boxed(tree, chance.choice(("ul", "ol")), "li")


@change
def custom_elements_for_boxes(tree: PageTree, chance: random.Random) -> str | None:
    del chance
    siblings = longest_siblings(tree)
    parent = siblings[0].getparent() if siblings else None
    if parent is None or parent.tag in ("body", "html", "td"):
        return None
    parent.tag = "news-body"
    return tree.source()


def _last(tree: PageTree) -> _Element | None:
    """The box that holds the text, as far as it holds nothing else of the page."""
    siblings = longest_siblings(tree)
    if len(siblings) < 2 or tree.paragraphs[-1] not in siblings:
        return None
    parent = siblings[-1].getparent()
    return None if parent is None or parent.tag in ("body", "html") else parent


def _behind(tree: PageTree, markup: str) -> str | None:
    box = _last(tree)
    if box is None:
        return None
    for piece in reversed(html.fragments_fromstring(markup)):
        tail, box.tail = box.tail, None
        box.addnext(piece)
        piece.tail = tail
    return tree.source()


@change
def teasers_behind(tree: PageTree, chance: random.Random) -> str | None:
    """Other stories, each a linked headline and its beginning, below a line that says so."""
    tag = chance.choice(("h3", "h4", "div", "p"))
    head = chance.choice(("延伸閱讀", "相關新聞", "你可能也想看", "推薦閱讀"))
    stories = "".join(
        f"<div class='b{n}'><{tag}><a href='/{n}'>{title}</a></{tag}><p>{text}</p></div>"
        for n, (title, text) in enumerate(_STORIES)
    )
    return _behind(tree, f"<div><h3>{head}</h3>{stories}</div>")


@change
def remarks_behind(tree: PageTree, chance: random.Random) -> str | None:
    """What readers say: a line that says so, then boxes of a name, a time and some words."""
    head = chance.choice(("留言", "網友回應", "讀者留言", "共 4 則留言"))
    remarks = "".join(
        f"<div><div><b>讀者{n}</b><span>{n + 1} 小時前</span></div><p>{words}</p></div>"
        for n, words in enumerate(_REMARKS)
    )
    name = chance.choice(("comments", "x9", "fb-comments", "reply-list"))
    return _behind(tree, f"<div class='{name}'><h3>{head}</h3>{remarks}</div>")


@change
def small_print_behind(tree: PageTree, chance: random.Random) -> str | None:
    line = chance.choice(_SMALL_PRINT)
    return _behind(tree, f"<div class='z1'><p>{line}</p></div>")


@change
def notice_of_cookies_first(tree: PageTree, chance: random.Random) -> str | None:
    del chance
    body = next(tree.root.iter("body"), None)
    if body is None:
        return None
    body.insert(
        0,
        html.fragment_fromstring(
            f"<div class='k2'><p>{_COOKIES}</p><button>我知道了</button></div>"
        ),
    )
    return tree.source()
