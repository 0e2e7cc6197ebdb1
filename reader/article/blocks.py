"""A page as a row of blocks: what stands on lines of its own, in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["text", "heading", "caption", "item"]


@dataclass(slots=True)
class Block:
    """One line or paragraph as the page shows it.

    `link_share` is the share of its characters inside links (0 to 1); `parent_of_holder` numbers
    the element around the one that holds it: paragraphs of one text share it (0 where there are
    no elements, as in copied text); `furniture` is
    true inside what the page itself calls related, share, comments and the like, and
    `surely_furniture` where such a name never holds an article;
    `level` is 1 to 6 in a heading; `after_picture` tells that only a picture stands above,
    `centred` that it is set in the middle, as captions are.
    """

    text: str
    kind: BlockKind = "text"
    link_share: float = 0.0
    parent_of_holder: int = 0
    bold: bool = False
    furniture: bool = False
    surely_furniture: bool = False
    level: int = 0
    after_picture: bool = False
    centred: bool = False
