"""Segmentation of an HTML page: runs of prose that belong to one text.

Prose blocks are taken in reading order and the gap between each two is priced: how far apart
they stand in the tree, whether they are marked up alike, what lines lie between. A run ends
where the price is too high. Nothing hangs on a single box, so that text cut into several boxes
by an advertisement, an aside or a link is still one run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from lxml.etree import _Element

from reader.article.blocks import Block
from reader.article.byline import is_byline, split_dateline
from reader.article.dom import PageBlocks
from reader.article.elements import home_of
from reader.article.lines import could_be_headline, ends_sentence, is_prose, squeeze
from reader.article.rules import verdict_on

_TOO_FAR = 2.0
"""The price at which two pieces of prose are no longer one text."""
_ONE_HOME = -4.0
_ALIKE = -0.8
_BY_LEVEL = 0.2
_LEVELS = 6
_BY_LINE = 0.15
_LINES = 10
_BY_LINKED_HEADING = 0.8
_STOP = 1.6
_END = 3.0
_NEW_STORY = 4.0
_LEAVES_SCOPE = 1.2
_HINTED = 0.8
_MOST_ANCESTORS = 64
_RIVAL = 0.3
"""A run with this share of the best one's weight is an article of its own: of several on one
page, the first after the title counts."""
_BLOCK_WEIGHT_CHARS = 400
_TEASER = 0.2
_SAID_CHARS = 16
_TITLE_SLACK = 6
_LINKED = 0.5
_WORDS_BETWEEN = 16
_TRUSTED = 0.5
"""A recipe that would lose more text than this leaves over is out of date."""
_LOOK_BEHIND = 30
_WIDEN_OVER = 4
_HEADING_PROSE_CHARS = 24
_SCOPES = frozenset(("article", "main"))


@dataclass(frozen=True, slots=True)
class Region:
    """Blocks first to last (inclusive) that hold the article, where its title stands, and the
    elements (by number) whose prose is its text."""

    first: int
    last: int
    title_at: int = -1
    homes: frozenset[int] = frozenset()


def is_clean_prose(block: Block) -> bool:
    """Whether a block is running text: no link, no caption, no furniture, no rule's business."""
    return (
        block.furniture < 2
        and not _is_linked(block)
        and _is_text_kind(block)
        and is_prose(block.text)
        and verdict_on(block.text) is None
    )


def _is_linked(block: Block) -> bool:
    """Whether links are what a block is made of: a paragraph full of them has words between."""
    if block.link_share < _LINKED:
        return False
    between = len(block.text) * (1 - block.link_share)
    return between < _WORDS_BETWEEN or not ends_sentence(block.text)


def _is_text_kind(block: Block) -> bool:
    if block.kind == "heading":
        return len(block.text) >= _HEADING_PROSE_CHARS and ends_sentence(block.text)
    return block.kind in ("text", "item")


def find_region(
    page: PageBlocks, title: str, description: str = "", known: _Element | None = None
) -> Region | None:
    """The range of blocks with the article in it, or None where no prose is on the page.

    `description` is what the page says of itself, mostly the beginning of its text; `known` the
    element that a recipe says holds the article.
    """
    blocks = page.blocks
    prose = [i for i, block in enumerate(blocks) if is_clean_prose(block)]
    if not prose:
        return None
    title_at = find_title(blocks, title, prose)
    runs = _split_runs(page, prose, title_at)
    run = _choose_run(blocks, runs, title_at, description)
    if known is not None:
        inside = [i for i in prose if _is_inside(page.holders[i], known)]
        if _weight(blocks, inside, title_at) >= _TRUSTED * _weight(blocks, run, title_at):
            run = inside
    homes = _homes_of(page, run)
    first, last = _widen(blocks, run[0], -1, homes), _widen(blocks, run[-1], 1, homes)
    if first <= title_at <= last:
        first = title_at + 1 if title_at < run[-1] else first
    return Region(_look_behind(blocks, first, title_at), last, title_at, homes)


def _homes_of(page: PageBlocks, run: Sequence[int]) -> frozenset[int]:
    """The elements that hold the prose of a run, and those beside them that look the same: where
    each paragraph has a box of its own, a short line has one too."""
    homes = {page.blocks[i].parent_of_holder for i in run}
    if len(homes) > 1:
        boxes = {_box_look(page.holders[i]) for i in run}
        near = range(max(0, run[0] - _LOOK_BEHIND), min(len(page.blocks), run[-1] + _LOOK_BEHIND))
        around = {box[0] for box in boxes}
        homes |= {
            page.blocks[i].parent_of_holder
            for i in near
            if _box_look(page.holders[i]) in boxes or home_of(page.holders[i]) in around
        }
    return frozenset(homes)


def _box_look(holder: _Element) -> tuple[object, ...]:
    home = home_of(holder)
    return (home.getparent(), home.tag, home.get("class"))


def find_title(blocks: Sequence[Block], title: str, prose: Sequence[int]) -> int:
    """The block that shows the title: the last one before the most of the text, or -1."""
    wanted = squeeze(title)
    if not wanted:
        return -1
    found = [
        i
        for i, b in enumerate(blocks)
        if (b.link_share < 0.9 or b.level == 1)
        and abs(len(b.text) - len(title)) <= _TITLE_SLACK
        and squeeze(b.text) == wanted
    ]
    if not found:
        return -1
    headings = [i for i in found if blocks[i].kind == "heading"] or found

    def text_behind(at: int) -> int:
        return sum(len(blocks[p].text) for p in prose if at < p <= at + 40)

    # Repeated above (a sticky bar) and below (a list): the one with most text close behind it.
    return max(headings, key=lambda i: (text_behind(i), i))


def _split_runs(page: PageBlocks, prose: Sequence[int], title_at: int) -> list[list[int]]:
    chains = {i: _chain(page.holders[i]) for i in prose}
    runs = [[prose[0]]]
    for one, other in pairwise(prose):
        apart = one < title_at < other
        if apart or _price(page, one, other, chains) > _TOO_FAR:
            runs.append([])
        runs[-1].append(other)
    return runs


def _chain(holder: _Element) -> list[_Element]:
    """The home of a block and what is around it, inside out."""
    home = home_of(holder)
    return [home, *islice(home.iterancestors(), _MOST_ANCESTORS)]


def _price(page: PageBlocks, one: int, other: int, chains: dict[int, list[_Element]]) -> float:
    blocks = page.blocks
    a, b = blocks[one], blocks[other]
    between = blocks[one + 1 : other]
    price = _price_of_lines(between)
    if a.parent_of_holder == b.parent_of_holder:
        return price + _ONE_HOME
    up, down = chains[one], chains[other]
    inside = set(up)
    to_other = next((n for n, element in enumerate(down) if element in inside), len(down))
    meeting = down[to_other] if to_other < len(down) else None
    to_one = up.index(meeting) if meeting is not None else len(up)
    price += _BY_LEVEL * min(_LEVELS, max(to_one, to_other))
    if _looks(page.holders[one], up) == _looks(page.holders[other], down):
        price += _ALIKE
    price += _HINTED * (a.furniture + b.furniture)
    if _leaves_scope(up[:to_one]) or _leaves_scope(down[:to_other]):
        price += _LEAVES_SCOPE
    if min(to_one, to_other) and up[to_one - 1].tag == down[to_other - 1].tag == "article":
        price += _NEW_STORY
    return price


def _price_of_lines(between: Sequence[Block]) -> float:
    price = 0.0
    for at, block in enumerate(between):
        if block.kind == "caption":
            continue
        rule = verdict_on(block.text)
        if rule is not None and rule.does in ("stop", "end", "box"):
            price += _END if rule.does == "end" else _STOP
        elif block.link_share > 0.8 and could_be_headline(block.text):
            price += _BY_LINKED_HEADING if block.kind == "heading" else 2 * _BY_LINE
        elif block.level == 1 and opens_story(between, at):
            price += _NEW_STORY
    return price + _BY_LINE * min(_LINES, len(between))


def opens_story(blocks: Sequence[Block], at: int) -> bool:
    """Whether a date or a byline follows this heading: another article begins."""
    return any(
        is_byline(b.text) or (rule is not None and rule.id == "date-line")
        for b in blocks[at + 1 : at + 4]
        for rule in (verdict_on(b.text),)
    )


def _leaves_scope(elements: Sequence[_Element]) -> bool:
    return any(e.tag in _SCOPES or e.get("itemprop") == "articleBody" for e in elements)


def _looks(holder: _Element, chain: Sequence[_Element]) -> tuple[object, ...]:
    """What kind of text a block is marked up as: its tag and names, and those of its home."""
    return (holder.tag, holder.get("class"), chain[0].tag, chain[0].get("class"))


def _choose_run(
    blocks: Sequence[Block], runs: list[list[int]], title_at: int, description: str
) -> list[int]:
    weights = {run[0]: _weight(blocks, run, title_at) for run in runs}
    best = max(runs, key=lambda run: weights[run[0]])
    enough = weights[best[0]] * _RIVAL
    behind = [r for r in runs if r[0] > title_at >= 0]
    said = [
        r
        for r in behind or runs
        if any(begins_as(blocks[i].text, description) for i in r) and weights[r[0]] * 2 >= enough
    ]
    if said:
        return said[0]
    return next((r for r in behind if weights[r[0]] >= enough), best)


def _weight(blocks: Sequence[Block], run: Sequence[int], title_at: int) -> float:
    """How much text a run holds; teasers of other stories and what stands behind a line that
    opens a list of them count little."""
    if not run:
        return 0.0
    total = sum(
        min(len(blocks[i].text), _BLOCK_WEIGHT_CHARS)
        / (1 + blocks[i].furniture)
        * (_TEASER if is_teaser(blocks, i) else 1)
        for i in run
    )
    above = blocks[max(title_at + 1, run[0] - 2) : run[0]]
    opens = any(
        r.does in ("stop", "end", "box") for b in above if (r := verdict_on(b.text)) is not None
    )
    return total * (_TEASER if opens and title_at >= 0 else 1)


def is_teaser(blocks: Sequence[Block], at: int) -> bool:
    """Whether a linked headline stands right above, in the same box: the text is its story's."""
    above = blocks[at - 1] if at else None
    return (
        above is not None
        and above.link_share > 0.8
        and above.parent_of_holder == blocks[at].parent_of_holder
        and could_be_headline(above.text)
    )


def begins_as(text: str, description: str) -> bool:
    """Whether a paragraph begins as the description does, white space and dateline aside."""
    said = squeeze(split_dateline(description).text)[:_SAID_CHARS]
    return len(said) >= _SAID_CHARS and said in squeeze(text)[: 4 * _SAID_CHARS]


def _is_inside(element: _Element, ancestor: _Element) -> bool:
    current: _Element | None = element
    while current is not None:
        if current is ancestor:
            return True
        current = current.getparent()
    return False


def _widen(blocks: Sequence[Block], at: int, step: int, homes: frozenset[int]) -> int:
    """On to the short lines of the text's own elements, over a few of others."""
    reached, over = at, 0
    at += step
    while 0 <= at < len(blocks) and over <= _WIDEN_OVER:
        if blocks[at].parent_of_holder in homes:
            reached, over = at, 0
        else:
            over += 1
        at += step
    return reached


def _look_behind(blocks: Sequence[Block], first: int, title_at: int) -> int:
    """Back to prose between the title and the text: a lead that stands in its own box."""
    if not 0 <= title_at < first or first - title_at > _LOOK_BEHIND:
        return first
    leads = (
        i
        for i in range(title_at + 1, first)
        if is_clean_prose(blocks[i]) and blocks[i].link_share == 0
    )
    return next(leads, first)
