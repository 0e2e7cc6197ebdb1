"""From a row of blocks to the paragraphs of the article: rules applied, edges trimmed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from reader.article.blocks import Block
from reader.article.byline import (
    is_byline,
    plain_byline,
    reporter_of,
    split_dateline,
    split_sign_off,
    without_time,
)
from reader.article.lines import ends_sentence, is_prose, squeezed
from reader.article.model import Paragraph
from reader.article.options import ArticleOptions
from reader.article.rules import verdict_on

_SUBHEAD_CHARS = 44
_LINKED = 0.6
_CAPTION_CHARS = 120
_LABEL_CHARS = 60
_RESUMES_CHARS = 60
_SHORT_LIST = 5
"""A list of other stories inside a text is short; the text goes on behind it."""


@dataclass(slots=True)
class BodyParts:
    """What the blocks of an article held."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    byline: str = ""
    dateline: str = ""
    sign_off: str = ""
    lead_caption: str = ""
    notices: list[str] = field(default_factory=list)


class _Reader:
    def __init__(self, blocks: Sequence[Block], known: set[str], options: ArticleOptions) -> None:
        self.blocks = blocks
        self.known = known
        self.options = options
        self.parts = BodyParts()
        self.kept: list[tuple[Block, str]] = []
        self.prose_kept = 0
        self.home = _usual_parent(blocks)
        self.skipping = False
        self.skipped = 0

    def read(self) -> BodyParts:
        for at, block in enumerate(self.blocks):
            if not self._take(at, block):
                break
        self._trim()
        self.parts.paragraphs = _paragraphs(self.kept, self.parts, self.options)
        return self.parts

    def _take(self, at: int, block: Block) -> bool:
        """Handle one block; False where the article is over."""
        text = block.text
        if block.kind == "caption" or _captions_picture(block):
            self.parts.lead_caption = self.parts.lead_caption or text
            return True
        if block.furniture or squeezed(text) in self.known:
            return True
        if is_byline(text) and not (block.kind == "heading" and self.prose_kept):
            self.parts.byline = self.parts.byline or without_time(text)
            return True
        rule = verdict_on(text)
        if rule is not None and self._is_about_page(block, rule.does):
            return self._obey(rule.does, text)
        if block.link_share > _LINKED and not (is_prose(text) and self._at_home(block)):
            self.skipped += 1
            return True
        if block.level == 1 and self.prose_kept and self._opens_article(at):
            return False
        if self.skipping and not self._resumes(at, block):
            self.skipped += 1
            return True
        self.skipping = False
        self._keep(block)
        return True

    def _is_about_page(self, block: Block, does: str) -> bool:
        return not (does == "caption" and block.kind == "heading")

    def _obey(self, does: str, text: str) -> bool:
        if does == "caption":
            self.parts.lead_caption = self.parts.lead_caption or text
        elif does == "notice":
            self.parts.notices.append(text)
        elif does == "sign_off":
            if self.options.keep_sign_offs and not self.skipping:
                self.kept.append((Block(text), "sign_off"))
            self.parts.sign_off = self.parts.sign_off or reporter_of(text)
        elif does == "stop" and self.prose_kept:
            self.skipping, self.skipped = True, 0
        elif does == "end" and self.prose_kept:
            return False
        return True

    def _at_home(self, block: Block) -> bool:
        return bool(self.home) and block.parent_of_holder == self.home

    def _opens_article(self, at: int) -> bool:
        """Whether a date or a byline follows this heading: another article begins."""
        behind = self.blocks[at + 1 : at + 4]
        return any(
            is_byline(b.text) or (rule is not None and rule.id == "date-line")
            for b in behind
            for rule in (verdict_on(b.text),)
        )

    def _resumes(self, at: int, block: Block) -> bool:
        """Whether the text goes on here, behind a short list of other stories."""
        if not is_prose(block.text) or block.link_share > 0.3:
            return False
        if self.home:
            return self._at_home(block)
        behind = self.blocks[at + 1] if at + 1 < len(self.blocks) else None
        if self.skipped > _SHORT_LIST or not ends_sentence(block.text):
            return False
        if behind is not None and is_prose(behind.text) and verdict_on(behind.text) is None:
            return True
        return len(block.text) >= _RESUMES_CHARS and (
            behind is None or verdict_on(behind.text) is not None
        )

    def _keep(self, block: Block) -> None:
        text = block.text
        short = len(text) <= _SUBHEAD_CHARS and not ends_sentence(text)
        if block.kind == "heading" or (short and block.bold and block.kind == "text"):
            self.kept.append((block, "subhead"))
            return
        self.prose_kept += is_prose(text)
        self.kept.append((block, "body"))

    def _trim(self) -> None:
        while self.kept and not self._may_end(*self.kept[-1]):
            self.kept.pop()
        while self.kept and not self._may_begin(*self.kept[0]):
            self.kept.pop(0)

    def _may_end(self, block: Block, kind: str) -> bool:
        if kind == "subhead":
            return False
        return (
            kind == "sign_off"
            or is_prose(block.text)
            or ends_sentence(block.text)
            or (self._at_home(block) and block.link_share < 0.2)
        )

    def _may_begin(self, block: Block, kind: str) -> bool:
        if kind == "subhead":
            return self._at_home(block) and block.level != 1
        return (
            is_prose(block.text)
            or ends_sentence(block.text)
            or (self._at_home(block) and block.link_share < 0.2)
        )


def _captions_picture(block: Block) -> bool:
    """Whether a line under a picture is set as a caption: short and no sentence, or centred."""
    if not block.after_picture or block.kind == "heading" or is_byline(block.text):
        return False
    if block.centred:
        return len(block.text) <= _CAPTION_CHARS
    return not block.bold and len(block.text) <= _LABEL_CHARS and not ends_sentence(block.text)


def read_body(blocks: Sequence[Block], known: set[str], options: ArticleOptions) -> BodyParts:
    """The paragraphs in these blocks. `known` are lines (white space aside) that are not to
    be read again: the title, captions of pictures."""
    return _Reader(blocks, known, options).read()


def _usual_parent(blocks: Sequence[Block]) -> int:
    """The element that holds most of the prose, 0 where the page has no elements."""
    weights: Counter[int] = Counter()
    for block in blocks:
        if (
            block.kind in ("text", "item")
            and not block.furniture
            and is_prose(block.text)
            and block.link_share < 0.3
        ):
            weights[block.parent_of_holder] += len(block.text)
    return weights.most_common(1)[0][0] if weights else 0


def _paragraphs(
    kept: list[tuple[Block, str]], parts: BodyParts, options: ArticleOptions
) -> list[Paragraph]:
    out: list[Paragraph] = []
    for at, (block, kind) in enumerate(kept):
        if kind == "subhead":
            out.append(Paragraph(block.text, "subhead"))
            continue
        text = block.text
        if kind == "body":
            text = _without_dateline(text, out, parts, options)
            if at >= len(kept) - 2:
                text = _without_sign_off(text, parts, options)
        if text:
            out.append(Paragraph(text))
    if options.keep_notices:
        out.extend(Paragraph(text, "notice") for text in parts.notices)
    return out


def _without_dateline(
    text: str, out: list[Paragraph], parts: BodyParts, options: ArticleOptions
) -> str:
    opening = split_dateline(text)
    if not opening.dateline:
        return text
    if options.dateline != "drop":
        parts.dateline = parts.dateline or plain_byline(opening.dateline)
    if options.dateline == "paragraph":
        out.append(Paragraph(opening.dateline, "byline"))
    return opening.text


def _without_sign_off(text: str, parts: BodyParts, options: ArticleOptions) -> str:
    shorter, sign_off = split_sign_off(text)
    parts.sign_off = parts.sign_off or reporter_of(sign_off)
    return text if options.keep_sign_offs else shorter
