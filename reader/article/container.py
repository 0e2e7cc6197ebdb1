"""Where on an HTML page the article stands: a range of blocks."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from lxml.etree import _Element

from reader.article.blocks import Block
from reader.article.dom import PageBlocks
from reader.article.lines import is_prose, squeezed
from reader.article.rules import verdict_on

_WEIGHTS = (1.0, 0.5, 0.25)
"""How much of a paragraph's weight its parent, grandparent and great-grandparent get: the
element that holds the paragraphs directly beats the page around it."""
_RIVAL = 0.3
"""An element with this share of the best one's weight is an article of its own: of several
on one page, the first after the title counts."""
_FURNITURE_IS_ALL = 0.25
"""With less than this share of the prose outside "furniture", the class names mislead."""
_LOOK_BEHIND = 30
_BLOCK_WEIGHT_CHARS = 400


@dataclass(frozen=True, slots=True)
class Region:
    """Blocks first to last (inclusive) that hold the article, and where its title stands."""

    first: int
    last: int
    title_at: int = -1


def is_clean_prose(block: Block) -> bool:
    """Running text that is no link, no caption, no furniture, no rule's business."""
    return (
        block.kind in ("text", "item")
        and not block.furniture
        and block.link_share < 0.5
        and is_prose(block.text)
        and verdict_on(block.text) is None
    )


def find_region(page: PageBlocks, title: str, known: _Element | None = None) -> Region | None:
    """The range of blocks with the article in it, or None where no prose is on the page.

    `known` is the element that a recipe says holds the article.
    """
    blocks = page.blocks
    prose = [i for i, block in enumerate(blocks) if is_clean_prose(block)]
    blamed = [
        i
        for i, b in enumerate(blocks)
        if b.furniture and not b.surely_furniture and is_prose(b.text) and b.link_share < 0.3
    ]
    if _chars(blocks, prose) < _FURNITURE_IS_ALL * (_chars(blocks, prose) + _chars(blocks, blamed)):
        for block in blocks:
            block.furniture = block.surely_furniture
        prose = [i for i, block in enumerate(blocks) if is_clean_prose(block)]
    if not prose:
        return None
    title_at = _title_index(blocks, title, prose)
    in_known = known is not None and any(_is_inside(page.holders[i], known) for i in prose)
    best = known if known is not None and in_known else _best_holder(page, prose, title_at)
    inside = [i for i in prose if _is_inside(page.holders[i], best)]
    first = _widen_to_bounds(page, best, inside[0], -1)
    last = _widen_to_bounds(page, best, inside[-1], 1)
    if first <= title_at <= last:
        first = title_at + 1
    return Region(_look_behind(blocks, first, title_at), _look_ahead(page, best, last), title_at)


def _chars(blocks: list[Block], indices: list[int]) -> int:
    return sum(len(blocks[i].text) for i in indices)


def _title_index(blocks: list[Block], title: str, prose: list[int]) -> int:
    """The block that shows the title: the last one before the most of the text, or -1."""
    wanted = squeezed(title)
    if not wanted:
        return -1
    found = [
        i for i, b in enumerate(blocks)
        if b.link_share < 0.9 and abs(len(b.text) - len(title)) <= 6 and squeezed(b.text) == wanted
    ]  # fmt: skip
    if not found:
        return -1
    headings = [i for i in found if blocks[i].kind == "heading"] or found
    # Repeated above (a sticky bar) and below (a list): the one with most text close behind it.
    return max(headings, key=lambda i: (_chars(blocks, [p for p in prose if i < p <= i + 40]), i))


def _best_holder(page: PageBlocks, prose: list[int], title_at: int) -> _Element:
    weight: dict[_Element, float] = defaultdict(float)
    start: dict[_Element, int] = {}
    for i in prose:
        element: _Element | None = page.holders[i]
        if (
            page.blocks[i].kind != "heading"
            and element is not None
            and element.tag in ("p", "li", "blockquote", "font")
        ):
            element = element.getparent()
        for share in _WEIGHTS:
            if element is None or element.tag == "html":
                break
            weight[element] += share * min(len(page.blocks[i].text), _BLOCK_WEIGHT_CHARS)
            start.setdefault(element, i)
            element = element.getparent()
    best = max(weight, key=lambda e: weight[e])
    if title_at >= 0:
        rivals = [e for e in weight if weight[e] >= _RIVAL * weight[best] and start[e] > title_at]
        if rivals:
            first_start = min(start[e] for e in rivals)
            best = max((e for e in rivals if start[e] == first_start), key=lambda e: weight[e])
    return best


def _is_inside(element: _Element, ancestor: _Element) -> bool:
    current: _Element | None = element
    while current is not None:
        if current is ancestor:
            return True
        current = current.getparent()
    return False


def _widen_to_bounds(page: PageBlocks, best: _Element, at: int, step: int) -> int:
    """To the first or last block of the holder itself: short lines count as its own."""
    while 0 <= at + step < len(page.blocks) and _is_inside(page.holders[at + step], best):
        at += step
    return at


def _look_behind(blocks: list[Block], first: int, title_at: int) -> int:
    """Back to prose between the title and the text: a lead that stands in its own box."""
    if not 0 <= title_at < first or first - title_at > _LOOK_BEHIND:
        return first
    leads = [
        i
        for i in range(title_at + 1, first)
        if is_clean_prose(blocks[i]) and blocks[i].link_share == 0
    ]
    return leads[0] if leads else first


def _look_ahead(page: PageBlocks, best: _Element, last: int) -> int:
    """On to prose right behind, in the boxes around: a text cut in two by an advertisement."""
    around = best.getparent()
    if around is None or around.tag in ("body", "html"):
        return last
    outer = around.getparent()
    if outer is not None and outer.tag not in ("body", "html") and best.tag != "article":
        around = outer
    blocks = page.blocks
    for i in range(last + 1, len(blocks)):
        block = blocks[i]
        if (
            not _is_inside(page.holders[i], around)
            or block.furniture
            or block.level == 1
            or block.link_share > 0.5
        ):
            break
        rule = verdict_on(block.text)
        if rule is not None and rule.does in ("stop", "end"):
            break
        if is_clean_prose(block):
            last = i
    return last
