"""A page as it was read: the verdict on each block, and on the whole."""

from __future__ import annotations

from dataclasses import dataclass, field

from reader.article.blocks import Block
from reader.article.model import Article
from reader.errors import NoArticle


@dataclass(slots=True)
class Reading:
    """The blocks of a page, the reason why each is read or not, and the article or its refusal.

    A reason is "text" or "subhead" for what is read; else the id of a rule, "caption", "link",
    "outside the text" and the like.
    """

    blocks: list[Block] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    article: Article | None = None
    refusal: NoArticle | None = None
