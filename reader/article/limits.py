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
        raise NoArticle(
            f"{page.name} has more than {MAX_BLOCKS} lines, as no article has: give one story"
        )
    if any(len(block.text) > _LINE_CHARS for block in blocks):
        raise NoArticle(
            f"{page.name} has a line of more than {_LINE_CHARS} characters: "
            "give one story, line by line"
        )
