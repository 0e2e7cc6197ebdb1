"""Credits of an article: byline and date, as the page says between its title and its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.etree import _Element

from reader.article.blocks import Block
from reader.article.byline import clean_byline, is_byline, is_name, names_nobody
from reader.article.dates import iso_date
from reader.article.dom import PageBlocks
from reader.article.flow import Region, is_clean_prose

_LINE_CHARS = 80
_ABOVE = 3
_BETWEEN = 25
_AUTHOR_NAMES = re.compile(
    r"(?i)(?:^|[\s_-])(?:author|byline|writer|reporter|journalist|作者|記者)s?(?:$|[\s_-])"
)
_ROLE_LINE = re.compile(r"^(?:作者|記者|撰文者?|撰稿人?|文|By|Author)\s*[，,：:]?$")


@dataclass(frozen=True, slots=True)
class Credits:
    """Empty strings mean: nothing stands there."""

    byline: str = ""
    published: str = ""


def find_credits(page: PageBlocks, region: Region) -> Credits:
    """Byline and date around the title and above the text."""
    indices = list(_places(page.blocks, region))
    lines = [page.blocks[i].text for i in indices]
    published = next((date for text in lines if (date := iso_date(text))), "")
    return Credits(_byline(page, indices), published)


def _places(blocks: Sequence[Block], region: Region) -> Iterator[int]:
    """The short lines between title and text, then those right above the title."""
    top = region.title_at + 1 if region.title_at >= 0 else max(0, region.first - 2 * _ABOVE)
    text_at = next((i for i in range(top, region.last + 1) if is_clean_prose(blocks[i])), top)
    order = [*range(max(top, text_at - _BETWEEN), text_at)]
    if region.title_at > 0:
        order += range(max(0, region.title_at - _ABOVE), region.title_at)
    return (i for i in order if len(blocks[i].text) < _LINE_CHARS)


def _byline(page: PageBlocks, indices: Sequence[int]) -> str:
    for i in indices:
        text = page.blocks[i].text
        if is_byline(text) and (byline := clean_byline(text)):
            return byline
    for at, i in enumerate(indices):
        text = page.blocks[i].text
        name = clean_byline(text)
        if name == text and not _names_author(page.holders[i]):
            before = page.blocks[indices[at - 1]].text if at else ""
            if not (_ROLE_LINE.match(before) and is_name(name)):
                continue
        if is_name(name) or (_names_author(page.holders[i]) and not names_nobody(name)):
            return name
    return ""


def _names_author(holder: _Element) -> bool:
    """Whether the markup calls the line its author's."""
    element: _Element | None = holder
    for _ in range(3):
        if element is None:
            return False
        names = " ".join(
            element.get(key) or "" for key in ("class", "id", "rel", "itemprop", "data-testid")
        )
        if element.tag == "address" or _AUTHOR_NAMES.search(names):
            return True
        element = element.getparent()
    return False
