"""Why a page is refused: behind a paywall, a video, a front page, a login, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml.etree import _Element

from reader.article.blocks import Block
from reader.article.lines import could_be_headline, han_count, is_prose
from reader.article.metadata import PageMetadata
from reader.article.rules import verdict_on
from reader.errors import IndexPage, LoginPage, NoArticle, Paywalled, VideoOnly

LEAST_HAN = 20
"""Less Chinese than this is no article: the shortest news flashes hold about 60."""
_TEASER_HAN = 400
"""A text behind a paywall shows less than this of itself, as a rule."""
_INDEX_LINES = 10
_LINKED_HEADINGS = 4
_NEAR_END = 12
_LOGIN_WORDS = re.compile(
    r"忘記密碼|忘记密码|輸入密碼|请输入密码|請輸入密碼|登入帳號|使用者帳號|Password|密碼[：:]?$"
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
    if _is_list(blocks):
        return _index(name)
    return NoArticle("no-article", name=name)


def refusal_of_found(
    name: str, blocks: Sequence[Block], first: int, last: int, han: int, *, free: bool
) -> NoArticle | None:
    """Why the text that was found is no article after all; None where it is one."""
    inside = blocks[first : last + 1]
    linked = sum(
        b.kind == "heading" and b.link_share > 0.8 and could_be_headline(b.text) for b in inside
    )
    prose = sum(is_prose(b.text) and b.link_share < 0.5 for b in inside)
    if linked >= _LINKED_HEADINGS and linked * 2 >= prose:
        return _index(name)
    # A wall stands where the text breaks off: at its end, with little above it.
    near = blocks[max(first, last - 2) : last + _NEAR_END]
    limit = _TEASER_HAN if free else _TEASER_HAN * 2
    if han < limit and any(_is_paywall(block) for block in near):
        return _paywalled(name)
    return None


def _paywalled(name: str) -> Paywalled:
    return Paywalled("paywalled", name=name)


def _index(name: str) -> IndexPage:
    return IndexPage("index-page", name=name)


def _is_paywall(block: Block) -> bool:
    rule = verdict_on(block.text)
    return rule is not None and rule.id == "subscribers-only"


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
    headlines = sum(could_be_headline(b.text) and han_count(b.text) >= 7 for b in blocks)
    return headlines >= _INDEX_LINES
