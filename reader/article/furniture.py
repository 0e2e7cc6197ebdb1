"""Names of furniture weighed with what they name: doubted where they name the text itself."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from reader.article.blocks import Block
from reader.article.lines import is_prose
from reader.article.rules import verdict_on

_HALF = 0.5
"""A name that would drop this share of a page's prose is doubted."""
_HINT = 0.2
"""So is a mere hint at this share, or where the prose around it goes on inside."""
_ONE_HOME = 0.6
"""Paragraphs of a text share their element; the comments of many people do not."""
_LINKED = 0.3
_CAPTIONS = 0.3
_LEAST_OUTSIDE = 60
_LEAST_PARAGRAPHS = 2
_TITLE_ABOVE = 10
_ALL = 0.95
"""A box that holds all prose of the page was left open, whatever it is called; but comments
may be all that a page of pictures has."""
_COMMENTS = re.compile(r"(?i)comment|respon|repl(?:y|ies)|discuss")


@dataclass(slots=True)
class _Holding:
    """Prose in all boxes of one name."""

    chars: int = 0
    homes: Counter[int] = field(default_factory=Counter)
    plain: bool = False

    @property
    def share_of_one_home(self) -> float:
        return max(self.homes.values(), default=0) / self.chars


def doubt_names(blocks: list[Block]) -> list[str]:
    """Clear the furniture marks whose names cannot be right; the names that were doubted.

    A name is doubted where it would take most of the page's prose while that prose reads as
    one text (one element holds most of it), and where a hint stands on paragraphs among others
    of the same element.
    """
    _doubt_captions(blocks)
    holdings: dict[str, _Holding] = defaultdict(_Holding)
    outside = 0
    homes: Counter[int] = Counter()
    for block in blocks:
        if not _is_plain_prose(block):
            continue
        if not block.furniture:
            outside += len(block.text)
            homes[block.parent_of_holder] += len(block.text)
            continue
        holding = holdings[block.furniture_name]
        holding.chars += len(block.text)
        if block.kind != "item":  # the comments of many people are one list
            holding.homes[block.parent_of_holder] += len(block.text)
        holding.plain = holding.plain or block.furniture == 2
    total = outside + sum(holding.chars for holding in holdings.values())
    doubted = {
        name
        for name, held in holdings.items()
        if _is_doubted(held, outside, total, homes)
        or (held.plain and held.share_of_one_home >= _ONE_HOME and _follows_title(blocks, name))
        or (held.chars >= _ALL * total and not _COMMENTS.search(name))
    }
    for block in blocks:
        hint = block.furniture == 1 and _is_among_paragraphs(block, homes)
        if block.furniture_name in doubted or hint:
            block.furniture = 0
    return sorted(doubted)


def _doubt_captions(blocks: list[Block]) -> None:
    """A name of captions on a large part of the prose names paragraphs."""
    total = sum(len(b.text) for b in blocks if b.link_share < _LINKED and is_prose(b.text))
    by_name: Counter[str] = Counter()
    for block in blocks:
        if block.kind == "caption" and block.caption_name and is_prose(block.text):
            by_name[block.caption_name] += len(block.text) * (verdict_on(block.text) is None)
    wrong = {name for name, chars in by_name.items() if chars > _CAPTIONS * total}
    for block in blocks:
        if block.kind == "caption" and block.caption_name in wrong:
            block.kind = "text"


def _is_plain_prose(block: Block) -> bool:
    return (
        block.kind in ("text", "item", "heading")
        and block.link_share < _LINKED
        and is_prose(block.text)
        and verdict_on(block.text) is None
    )


def _is_doubted(held: _Holding, outside: int, total: int, homes: Counter[int]) -> bool:
    share = held.chars / total
    if not held.plain:
        return share >= _HINT or any(home in homes for home in held.homes)
    if held.share_of_one_home < _ONE_HOME:
        return False
    return share >= _HALF and (outside < _LEAST_OUTSIDE or share >= 1 - _HALF / 2)


def _follows_title(blocks: list[Block], name: str) -> bool:
    """Whether the page's first-level heading stands right above the box, no list between."""
    prose = [i for i, b in enumerate(blocks) if b.furniture_name == name and _is_plain_prose(b)]
    if len(prose) < _LEAST_PARAGRAPHS:
        return False
    for block in reversed(blocks[max(0, prose[0] - _TITLE_ABOVE) : prose[0]]):
        if block.level == 1:
            return True
        rule = verdict_on(block.text)
        if is_prose(block.text) or (rule is not None and rule.does in ("stop", "end", "box")):
            return False
    return False


def _is_among_paragraphs(block: Block, homes: Counter[int]) -> bool:
    return block.parent_of_holder in homes and block.link_share < _LINKED and is_prose(block.text)
