"""Limits of what can be one article: pages beyond them are refused, not cut."""

from __future__ import annotations

from collections.abc import Sequence

from reader.article.blocks import Block
from reader.article.dom import MAX_BLOCKS
from reader.article.page import Page
from reader.errors import NoArticle

_LINE_CHARS = 100_000


def require_one_story(blocks: Sequence[Block], page: Page) -> None:
    """Raises NoArticle for a page of more or longer lines than any article has."""
    if len(blocks) > MAX_BLOCKS:
        raise NoArticle("too-many-lines", name=page.name, limit=MAX_BLOCKS)
    if any(len(block.text) > _LINE_CHARS for block in blocks):
        raise NoArticle("line-too-long", name=page.name, limit=_LINE_CHARS)
