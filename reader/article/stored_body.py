"""The article as a page's JSON-LD stores it: often one line for the whole, captions included."""

from __future__ import annotations

import html
import re

from reader.article.blocks import Block
from reader.article.lines import tidy
from reader.article.markdown import text_blocks
from reader.article.model import Paragraph

_TAG = re.compile(r"<[^<>]{1,300}>")
_BREAK = re.compile(r"(?i)<br\s*/?>|</(?:p|div|li|h\d)>")
_SENTENCE = re.compile(
    r"[^。！？]*+[。！？]*+[」』”’）)]*+(?:[（(][^（()）]{1,40}[）)](?!\s*[，、]))?"
)
_LONG_LINE = 160
_PARAGRAPH_CHARS = 120


def stored_blocks(body: str) -> list[Block]:
    """One block a line; a line of many sentences is cut into them, so that each can be judged."""
    text = _TAG.sub("", _BREAK.sub("\n", html.unescape(body)))
    return [piece for block in text_blocks(text) for piece in _sentences(block)]


def _sentences(block: Block) -> list[Block]:
    if len(block.text) <= _LONG_LINE:
        return [block]
    return [Block(text) for part in _SENTENCE.findall(block.text) if (text := tidy(part))]


def join_sentences(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Sentences that were judged one by one, as paragraphs of a few each."""
    joined: list[Paragraph] = []
    for paragraph in paragraphs:
        last = joined[-1] if joined else None
        if (
            last is not None
            and last.kind == paragraph.kind == "body"
            and len(last.text) < _PARAGRAPH_CHARS
        ):
            joined[-1] = Paragraph(last.text + paragraph.text)
        else:
            joined.append(paragraph)
    return joined
