"""Evidence for an article: how much of the page's plausible text it took, and who agrees."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reader.article.blocks import Block
from reader.article.flow import Region, begins_as, is_clean_prose, is_teaser
from reader.article.lines import is_prose, squeeze
from reader.article.metadata import PageMetadata
from reader.article.model import Evidence, Paragraph
from reader.article.rules import verdict_on

_SENTENCES = re.compile(r"[。！？\n]+")
_LEAST_SENTENCE = 8
_LEAST_BODY = 60
_MOST_LEFT_OUT = 20
"""Lines that are told as left out; of more than these, how many characters."""


def weigh_evidence(
    blocks: Sequence[Block],
    region: Region,
    reasons: Sequence[str],
    paragraphs: Sequence[Paragraph],
    data: PageMetadata,
) -> Evidence:
    """What speaks for and against the paragraphs being the whole article.

    `reasons` says of each block of the page why it is read or not.
    """
    heard = squeeze("".join(p.text for p in paragraphs))
    tables = [block for block in blocks[region.first : region.last + 1] if block.unread_chars]
    left_out = [
        block.text
        for at, block in enumerate(blocks)
        if _is_plausible(blocks, at, region, reasons) and squeeze(block.text) not in heard
    ]
    return Evidence(
        taken_chars=len(heard),
        left_out_chars=sum(len(squeeze(text)) for text in left_out)
        + sum(table.unread_chars for table in tables),
        left_out=(*left_out, *(table.text for table in tables))[:_MOST_LEFT_OUT],
        body_share=share_heard(data.article_body, heard),
        described=_is_described(data.description, paragraphs),
    )


def _is_plausible(blocks: Sequence[Block], at: int, region: Region, reasons: Sequence[str]) -> bool:
    """Whether a block that is not read may yet be text of the article."""
    block, reason = blocks[at], reasons[at]
    if reason in ("text", "subhead", "said twice", "heard already", "caption"):
        return False
    if not is_clean_prose(block) or block.link_share > 0.3 or is_teaser(blocks, at):
        return False
    if region.first <= at <= region.last:
        return True
    if at < region.first:
        above = blocks[region.title_at + 1 : at]
        return region.title_at < at and not any(map(_closes, above))
    return not any(_closes(b) for b in blocks[region.last + 1 : at])


def _closes(block: Block) -> bool:
    rule = verdict_on(block.text)
    return block.furniture == 2 or (rule is not None and rule.does in ("stop", "end", "box"))


def share_heard(body: str, heard: str) -> float | None:
    """The share of a JSON-LD body's sentences that are heard, by length; None without a body."""
    sentences = [squeeze(part) for part in _SENTENCES.split(body)]
    sentences = [s for s in sentences if len(s) >= _LEAST_SENTENCE]
    total = sum(map(len, sentences))
    if total < _LEAST_BODY:
        return None
    return sum(len(s) for s in sentences if s in heard) / total


def _is_described(description: str, paragraphs: Sequence[Paragraph]) -> bool | None:
    """Whether a paragraph begins as the description does; None for what is no sentence."""
    if not is_prose(description):
        return None
    return any(begins_as(p.text, description) for p in paragraphs)
