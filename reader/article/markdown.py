"""Plain text and Markdown as a row of blocks."""

from __future__ import annotations

import re
from itertools import islice

from reader.article.blocks import Block
from reader.article.lines import tidy

_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_IMAGE = re.compile(r"!\[([^\[\]]*+)\]\([^()]*+\)")
_LINK = re.compile(r"\[([^\[\]]*+)\]\((?:[^()]++|\([^()]*+\))*+\)")
_REFERENCE_LINK = re.compile(r"\[([^\[\]]++)\]\[[^\[\]]*+\]")
_DEFINITION = re.compile(r"^\s{0,3}\[[^\]]+\]:\s*\S+")
_LIST_MARK = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+")
_QUOTE_MARK = re.compile(r"^\s*(?:>\s?)+")
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|__|~~|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|`+)")
_RULE_LINE = re.compile(r"^\s*(?:[-*_=]\s*){3,}$")
_LINE_CHARS = 20_000
"""A longer line is no Markdown of people; it is taken as it stands."""
MAX_LINES = 200_000
_MARKED_CHARS = 2_000_000  # No article is so long: a larger text is read as plain lines.
_TAG = re.compile(r"<[^<>]{1,300}>")


def text_blocks(text: str, limit: int = MAX_LINES) -> list[Block]:
    """One block a line, `limit` of them at most; empty lines only part."""
    lines = (Block(line) for raw in text.splitlines() if (line := tidy(raw)))
    return list(islice(lines, limit))


def markdown_blocks(text: str, limit: int = MAX_LINES) -> list[Block]:
    """One block a line or heading, `limit` at most, the marks of Markdown read and taken away."""
    if len(text) > _MARKED_CHARS:
        return text_blocks(text, limit)
    lines = text.splitlines()
    blocks: list[Block] = []
    at = _after_front_matter(lines)
    while at < len(lines) and len(blocks) < limit:
        raw = lines[at]
        at += 1
        if re.match(r"^\s*(```|~~~)", raw):
            fence = raw.strip()[:3]
            while at < len(lines) and not lines[at].strip().startswith(fence):
                at += 1
            at += 1
            continue
        if len(raw) > _LINE_CHARS:
            blocks.append(Block(tidy(raw)))
            continue
        if not raw.strip() or _RULE_LINE.match(raw) or _DEFINITION.match(raw):
            continue
        block = _line_block(raw)
        if block.text:
            blocks.append(block)
    return blocks


def _after_front_matter(lines: list[str]) -> int:
    if not lines or lines[0].strip() != "---":
        return 0
    end = next((i for i, line in enumerate(lines[1:60], 1) if line.strip() == "---"), 0)
    return end + 1 if end else 0


def _line_block(raw: str) -> Block:
    heading = _HEADING.match(raw)
    line = heading.group(2) if heading else _QUOTE_MARK.sub("", raw)
    item = bool(_LIST_MARK.match(line))
    line = _LIST_MARK.sub("", line)
    without_images = _IMAGE.sub("", line)
    if not without_images.strip() and line.strip():
        return Block(tidy(" ".join(_IMAGE.findall(line))), kind="caption")
    linked = sum(len(words) for words in _LINK.findall(without_images))
    line = _LINK.sub(r"\1", without_images)
    line = _REFERENCE_LINK.sub(r"\1", line)
    bold = bool(re.match(r"^\s*(\*\*|__).+\1\s*$", line))
    text = tidy(_EMPHASIS.sub("", _TAG.sub("", line)))
    level = len(heading.group(1)) if heading else 0
    return Block(
        text,
        kind="heading" if heading else "item" if item else "text",
        link_share=min(1.0, linked / max(1, len(text))),
        bold=bold,
        level=level,
    )
