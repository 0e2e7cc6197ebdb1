"""A page as a row of blocks: what stands on lines of its own, in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["text", "heading", "caption", "item", "row", "table"]


@dataclass(slots=True)
class Block:
    """One line or paragraph as the page shows it.

    `row` is one row of a table of data, `table` a table too large to be read, named only.
    `link_share` is the share of its characters inside links (0 to 1); `parent_of_holder` numbers
    the element around the one that holds it: paragraphs of one text share it (0 where there are
    no elements, as in copied text). `furniture` tells how plainly the page itself calls the box
    around it related, share, comments and the like (0 not at all, 1 a hint, 2 plainly),
    `furniture_name` is the name that says so, `caption_name` the name that makes it a caption.
    `hidden` is true of what the page does not show; `level` is 1 to 6 in a heading;
    `after_picture` tells that only a picture stands above, `centred` that it is set in the
    middle, as captions are; `unread_chars` counts the characters of a table that is only named.
    """

    text: str
    kind: BlockKind = "text"
    link_share: float = 0.0
    parent_of_holder: int = 0
    bold: bool = False
    furniture: int = 0
    furniture_name: str = ""
    caption_name: str = ""
    hidden: bool = False
    level: int = 0
    after_picture: bool = False
    centred: bool = False
    unread_chars: int = 0
