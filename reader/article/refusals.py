"""Refusals of pages without an article: a paywall, a video, a front page, a login, a notice."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.etree import _Element

from reader.article.blocks import Block
from reader.article.body import BodyParts
from reader.article.flow import Region, is_teaser
from reader.article.lines import could_be_headline, han_count, is_prose
from reader.article.metadata import ARTICLE_TYPES, PageMetadata
from reader.article.rules import verdict_on
from reader.errors import IndexPage, LoginPage, NoArticle, Paywalled, VideoOnly

LEAST_HAN = 20
"""Less Chinese than this is no article: the shortest news flashes hold about 60."""
_TEASER_HAN = 400
"""A text behind a paywall shows less than this of itself, as a rule."""
_INDEX_LINES = 10
_LINKED_HEADINGS = 4
_NEAR_END = 12
_TEASERS = 3
_NOTICE_HAN = 200
_NOTICE_CHARS = 120
_FULL_STOP = re.compile(r"[。．]|\.(?:\s|$)")
_CRY_CHARS = 36
_BREAKS_OFF = re.compile(r"(?:…|\.{2,}|⋯|[^。！？!?」』”）)】》\"'.…])\s*$")
_NOTICE = re.compile(
    r"訪問請求未能通過|访问请求未能通过|(?:暫時|暂时)?(?:無法|无法)(?:為|为)您提供服[務务]|人機驗證|人机验证|安全驗證|我不是機器人"
    r"|(?i:access denied|just a moment|checking your browser|page not found|too many requests)"
    r"|(?:頁面|页面|網頁|网页|文章|內容|内容|新聞|新闻|連結)(?:已經|已经|已)?(?:不存在|被?刪除|被?删除|下架|失效|移除)"
    r"|找不到(?:您|你)?(?:要|所)?(?:找|查詢|瀏覽)?的?(?:頁面|網頁|文章|内容|內容)|(?:系統|網站|系统|网站)(?:正在)?(?:維護|维护)中"
    r"|異常(?:流量|訪問|存取)|异常访问|(?:您|你)的\s*IP.{0,12}(?:封鎖|限制|禁止)|请求过于频繁|請求過於頻繁"
)
_SHELL_ROOT = re.compile(r"^(?:root|app|__next|__nuxt|gatsby-.*|main-app|react-root|svelte)$")
_LOGIN_WORDS = re.compile(
    r"忘記密碼|忘记密码|輸入密碼|请输入密码|請輸入密碼|登入帳號|使用者帳號|Password|^密碼[：:]?$"
)
_LOGIN_TITLE = re.compile(r"登入|登录|會員登錄|Sign ?in|Log ?in", re.IGNORECASE)
_VIDEO_FRAME = re.compile(r"youtube|youtu\.be|dailymotion|vimeo|player|video", re.IGNORECASE)


def refusal(
    name: str,
    blocks: Sequence[Block],
    tree: _Element | None = None,
    data: PageMetadata | None = None,
) -> NoArticle:
    """The error that says best why no article is in these blocks."""
    if _asks_to_sign_in(blocks, tree, data):
        return LoginPage("login-needed", name=name)
    if any(_is_paywall(block) for block in blocks):
        return _paywalled(name)
    if tree is not None and data is not None and _is_video(tree, data):
        return VideoOnly("video-only", name=name)
    if _is_notice(blocks):
        return NoArticle("site-notice", name=name)
    if _is_list(blocks):
        return _index(name)
    if tree is not None and _is_shell(tree):
        return NoArticle("empty-shell", name=name)
    return NoArticle("no-article", name=name)


def refusal_of_found(
    name: str, blocks: Sequence[Block], region: Region, parts: BodyParts, data: PageMetadata
) -> NoArticle | None:
    """Why the text that was found is no article after all; None where it is one."""
    inside = blocks[region.first : region.last + 1]
    linked = sum(
        b.kind == "heading" and b.link_share > 0.8 and could_be_headline(b.text) for b in inside
    )
    prose = [i for i in range(region.first, region.last + 1) if _is_plain_prose(blocks[i])]
    teasers = sum(is_teaser(blocks, i) for i in prose)
    if (linked >= _LINKED_HEADINGS and linked * 2 >= len(prose)) or (
        teasers >= _TEASERS and teasers * 2 > len(prose)
    ):
        return _index(name)
    if parts.han < _NOTICE_HAN and _is_notice(inside):
        return NoArticle("site-notice", name=name)
    if parts.han < _TEASER_HAN and _is_login(blocks, data):
        return LoginPage("login-needed", name=name)
    if len(parts.paragraphs) >= _TEASERS and not any(
        _FULL_STOP.search(p.text) or len(p.text) > _CRY_CHARS for p in parts.paragraphs
    ):
        return _index(name)  # names of films or stories, each a cry or a question
    if _is_walled(blocks, region, parts, data):
        return _paywalled(name)
    if _is_foot_of_index(blocks, region, parts, data):
        return _index(name)
    return None


def _is_login(blocks: Sequence[Block], data: PageMetadata) -> bool:
    words = sum(bool(_LOGIN_WORDS.search(block.text)) for block in blocks)
    return words >= 2 and bool(_LOGIN_TITLE.search(data.html_title))


def _is_plain_prose(block: Block) -> bool:
    return is_prose(block.text) and block.link_share < 0.5


def _is_walled(
    blocks: Sequence[Block], region: Region, parts: BodyParts, data: PageMetadata
) -> bool:
    """Whether a wall stands where the text breaks off: at its end, with little above it."""
    near = blocks[max(region.first, region.last - 2) : region.last + _NEAR_END]
    limit = _TEASER_HAN if data.free else _TEASER_HAN * 2
    if parts.han >= limit:
        return False
    breaks_off = bool(_BREAKS_OFF.search(parts.paragraphs[-1].text))
    offers = sum(_is_by_rule(block, "member-offer") for block in near)
    return any(map(_is_paywall, near)) or (breaks_off and (offers > 0 or not data.free))


def _is_foot_of_index(
    blocks: Sequence[Block], region: Region, parts: BodyParts, data: PageMetadata
) -> bool:
    """Whether the text is a small print below a list of headlines: nothing says it is a story."""
    if parts.han >= _TEASER_HAN or data.types & ARTICLE_TYPES or data.og_type == "article":
        return False
    if region.title_at >= 0 and region.title_at < region.first:
        return False
    prose = sum(map(_is_plain_prose, blocks[region.first : region.last + 1]))
    behind = blocks[region.last + 1 :] if prose < _TEASERS else ()
    return sum(
        b.link_share > 0.8 and _is_headline(b) for b in (*blocks[: region.first], *behind)
    ) >= (_INDEX_LINES)


def _paywalled(name: str) -> Paywalled:
    return Paywalled("paywalled", name=name)


def _index(name: str) -> IndexPage:
    return IndexPage("index-page", name=name)


def _is_paywall(block: Block) -> bool:
    rule = verdict_on(block.text)
    return rule is not None and rule.id == "subscribers-only"


def _is_by_rule(block: Block, rule_id: str) -> bool:
    rule = verdict_on(block.text)
    return rule is not None and rule.id == rule_id


def _is_notice(blocks: Sequence[Block]) -> bool:
    """Whether a line says that the reader is not let in, or that the page is gone."""
    return any(len(b.text) < _NOTICE_CHARS and _NOTICE.search(b.text) for b in blocks)


def _is_shell(tree: _Element) -> bool:
    """Whether the page is the frame of an application: a root to be filled, nothing in it."""
    return tree.find(".//noscript") is not None or any(
        _SHELL_ROOT.match(element.get("id") or "") for element in tree.iter("div")
    )


def _asks_to_sign_in(
    blocks: Sequence[Block], tree: _Element | None, data: PageMetadata | None
) -> bool:
    if tree is not None and tree.find(".//input[@type='password']") is not None:
        return not _is_list(blocks)
    if data is not None and _LOGIN_TITLE.search(data.html_title):
        return True
    return sum(bool(_LOGIN_WORDS.search(block.text)) for block in blocks) >= 2


def _is_video(tree: _Element, data: PageMetadata) -> bool:
    if (
        data.og_type.startswith("video")
        or "VideoObject" in data.types
        or tree.find(".//video") is not None
    ):
        return True
    return any(
        _VIDEO_FRAME.search(frame.get("src") or frame.get("data-src") or "")
        for frame in tree.iter("iframe")
    )


def _is_list(blocks: Sequence[Block]) -> bool:
    """Whether headlines make up the page."""
    return sum(map(_is_headline, blocks)) >= _INDEX_LINES


def _is_headline(block: Block) -> bool:
    return could_be_headline(block.text) and han_count(block.text) >= 7
