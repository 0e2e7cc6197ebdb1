"""From a row of blocks to the paragraphs of the article: rules applied, edges trimmed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from reader.article.blocks import Block
from reader.article.byline import (
    clean_byline,
    is_byline,
    is_dated_name,
    plain_byline,
    reporter_in,
    reporter_of,
    split_dateline,
    split_sign_off,
)
from reader.article.flow import opens_story
from reader.article.lines import ends_sentence, han_count, is_prose, squeeze
from reader.article.model import Paragraph
from reader.article.options import ArticleOptions
from reader.article.rules import Rule, verdict_on

_SUBHEAD_CHARS = 44
_LINKED = 0.6
_CAPTION_CHARS = 120
_LABEL_CHARS = 60
_NAMING_CHARS = 14
"""A sentence as short as this under a picture names who is on it."""
_RESUMES_CHARS = 60
_SHORT_LIST = 5
"""A list of other stories inside a text is short; the text goes on behind it."""
_REPEATED_CHARS = 15
_PICTURE_LINES = 4
_BOX_CHARS = 150
"""A box of a book or an author holds less prose than this; more is the text going on."""


@dataclass(slots=True)
class BodyParts:
    """Contents of an article's blocks. `reasons` says of each block why it is read ("text",
    "subhead", …) or not (the id of a rule, "link", "caption", …)."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    byline: str = ""
    dateline: str = ""
    sign_off: str = ""
    lead_caption: str = ""
    notices: list[str] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    @property
    def han(self) -> int:
        return sum(han_count(p.text) for p in self.paragraphs)


@dataclass(frozen=True, slots=True)
class _Kept:
    at: int
    block: Block
    kind: str


class _Reader:
    def __init__(
        self,
        blocks: Sequence[Block],
        heard: set[str],
        options: ArticleOptions,
        homes: frozenset[int],
    ) -> None:
        self.blocks = blocks
        self.heard = heard
        self.options = options
        self.parts = BodyParts(reasons=["behind the end"] * len(blocks))
        self.kept: list[_Kept] = []
        self.prose_kept = 0
        self.homes = homes or _usual_home(blocks)
        self.under_pictures = self._has_lines_under_pictures()
        self.skipping = False
        self.skipped = 0

    def read(self) -> BodyParts:
        for at, block in enumerate(self.blocks):
            reason = self._judge(at, block)
            if not reason:
                break
            self.parts.reasons[at] = reason
        self._drop_beside_links()
        self._trim()
        self._drop_repeated()
        self.parts.paragraphs = _paragraphs(self.kept, self.parts, self.options)
        return self.parts

    def _judge(self, at: int, block: Block) -> str:
        """Handle one block; the reason why it is read or not, "" where the article is over."""
        text = block.text
        if block.kind in ("row", "table") and not self.skipping:
            return self._keep(at, block)
        captions = not self.under_pictures and _captions_picture(block)
        if block.kind == "caption" or captions:
            self.parts.lead_caption = self.parts.lead_caption or text
            return "caption"
        if block.furniture == 2 or (block.furniture and not self._is_prose_at_home(block)):
            return f"furniture {block.furniture_name}"
        if squeeze(text) in self.heard:
            return "heard already"
        if is_dated_name(text):
            self.parts.byline = self.parts.byline or clean_byline(text)
            return "byline"
        if is_byline(text) and not (block.kind == "heading" and self.prose_kept):
            self.parts.byline = self.parts.byline or clean_byline(text)
            return "byline"
        rule = verdict_on(text)
        if rule is not None and self._is_about_page(block, rule):
            return self._obey(at, rule, text)
        if block.link_share > _LINKED and not (is_prose(text) and self._at_home(block)):
            self.skipped += 1
            return "link"
        if block.level == 1 and self.prose_kept and opens_story(self.blocks, at):
            return ""
        if self.skipping and not self._resumes(at, block):
            self.skipped += 1
            return "among other stories"
        self.skipping = False
        return self._keep(at, block)

    def _has_lines_under_pictures(self) -> bool:
        """Whether the text itself stands below its pictures, in lines without full stops, as
        food is told of."""
        lines = [b for b in self.blocks if self._at_home(b) and b.kind in ("text", "item")]
        others = [b for b in lines if not _captions_picture(b) and b.link_share == 0]
        open_ended = sum(not ends_sentence(b.text) for b in others)
        below = len([b for b in lines if b.after_picture])
        return below >= _PICTURE_LINES and open_ended * 2 >= len(others)

    def _is_about_page(self, block: Block, rule: Rule) -> bool:
        if rule.id == "page-number" and block.text.isdigit():
            return not self._at_home(block) or block.link_share > 0 or not self.prose_kept
        return not (rule.does == "caption" and block.kind == "heading")

    def _obey(self, at: int, rule: Rule, text: str) -> str:
        if rule.does == "caption":
            self.parts.lead_caption = self.parts.lead_caption or text
        elif rule.does == "notice":
            self.parts.notices.append(text)
        elif rule.does == "sign_off":
            if self.options.keep_sign_offs and not self.skipping:
                self.kept.append(_Kept(at, Block(text), "sign_off"))
            self.parts.sign_off = self.parts.sign_off or reporter_of(text)
        elif rule.does == "byline":
            self.parts.byline = self.parts.byline or clean_byline(text)
        elif rule.does in ("stop", "end", "box") and self.prose_kept:
            if rule.does != "stop" and not self._text_goes_on(at, rule):
                return ""
            self.skipping, self.skipped = True, 0
        return rule.id

    def _text_goes_on(self, at: int, rule: Rule) -> bool:
        """Whether so much text stands behind this line that it can be no end."""
        homes: set[int] | frozenset[int] = {kept.block.parent_of_holder for kept in self.kept}
        if len(homes) * 2 > len(self.kept):  # each paragraph has a box of its own
            homes = self.homes
        behind = sum(
            len(b.text)
            for b in self.blocks[at + 1 :]
            if b.parent_of_holder in homes and is_prose(b.text) and b.link_share < 0.3
        )
        if rule.does == "box":
            return behind >= _BOX_CHARS
        return behind > sum(len(kept.block.text) for kept in self.kept)

    def _at_home(self, block: Block) -> bool:
        return bool(block.parent_of_holder) and block.parent_of_holder in self.homes

    def _is_prose_at_home(self, block: Block) -> bool:
        return self._at_home(block) and block.link_share < 0.3 and is_prose(block.text)

    def _resumes(self, at: int, block: Block) -> bool:
        """Whether the text goes on here, behind a short list of other stories."""
        if not is_prose(block.text) or block.link_share > 0.3:
            return False
        if any(self.homes):
            in_list = any(kept.block.kind == "item" for kept in self.kept[-2:])
            return self._at_home(block) and (block.kind != "item" or in_list)
        behind = self.blocks[at + 1] if at + 1 < len(self.blocks) else None
        if self.skipped > _SHORT_LIST or not ends_sentence(block.text):
            return False
        if behind is not None and is_prose(behind.text) and verdict_on(behind.text) is None:
            return True
        return len(block.text) >= _RESUMES_CHARS and (
            behind is None or verdict_on(behind.text) is not None
        )

    def _keep(self, at: int, block: Block) -> str:
        text = block.text
        short = len(text) <= _SUBHEAD_CHARS and not ends_sentence(text)
        is_subhead = block.kind == "heading" and not (ends_sentence(text) and is_prose(text))
        kind = "body"
        if is_subhead or (short and block.bold and block.kind == "text"):
            kind = "subhead"
        else:
            self.prose_kept += is_prose(text)
        self.kept.append(_Kept(at, block, kind))
        return kind if kind == "subhead" else "text"

    def _trim(self) -> None:
        while self.kept and not self._may_end(self.kept[-1]):
            self.parts.reasons[self.kept.pop().at] = "short line at the end"
        while self.kept and not self._may_begin(self.kept[0]):
            self.parts.reasons[self.kept.pop(0).at] = "short line at the beginning"

    def _may_end(self, kept: _Kept) -> bool:
        if kept.kind == "subhead" or self._heads_links(kept):
            return False
        return kept.kind == "sign_off" or self._reads(kept.block)

    def _heads_links(self, kept: _Kept) -> bool:
        """Whether a short line stands above links only: the title of their list."""
        text = kept.block.text
        if kept.block.kind != "text" or ends_sentence(text) or is_prose(text):
            return False
        return "link" in self.parts.reasons[kept.at + 1 : kept.at + 2]

    def _may_begin(self, kept: _Kept) -> bool:
        if kept.kind == "subhead":
            return self._at_home(kept.block) and kept.block.level != 1
        return self._reads(kept.block)

    def _reads(self, block: Block) -> bool:
        return (
            is_prose(block.text)
            or ends_sentence(block.text)
            or (self._at_home(block) and block.link_share < 0.2)
        )

    def _drop_beside_links(self) -> None:
        """Short lines of other boxes that stand around links, as the title of their list does."""
        left = []
        for kept in self.kept:
            around = self.parts.reasons[max(0, kept.at - 1) : kept.at + 2]
            short = not is_prose(kept.block.text) and not ends_sentence(kept.block.text)
            if short and "link" in around and not self._at_home(kept.block):
                self.parts.reasons[kept.at] = "beside links"
            else:
                left.append(kept)
        self.kept = left

    def _drop_repeated(self) -> None:
        """Nothing is read twice: no copy of the text in another box, and no summary that says
        in its words what a paragraph below says at more length."""
        texts = [squeeze(kept.block.text).rstrip("….") for kept in self.kept]
        homes: dict[str, int] = {}
        left = []
        for at, (kept, text) in enumerate(zip(self.kept, texts, strict=True)):
            home = kept.block.parent_of_holder
            copied = homes.setdefault(text, home) != home
            sums_up = at < 2 and is_prose(text) and any(text in t != text for t in texts[at + 1 :])
            if len(text) >= _REPEATED_CHARS and (copied or sums_up):
                self.parts.reasons[kept.at] = "said twice"
            else:
                left.append(kept)
        self.kept = left


def _captions_picture(block: Block) -> bool:
    """Whether a line under a picture is set as a caption: short and no sentence, or centred."""
    if not block.after_picture or block.kind in ("heading", "row") or is_byline(block.text):
        return False
    if block.text.endswith(("：", ":")):
        return False
    if block.centred:
        return len(block.text) <= _CAPTION_CHARS
    if len(block.text) <= _NAMING_CHARS and not block.text.startswith(("「", "“", "『")):
        return not block.bold
    return not block.bold and len(block.text) <= _LABEL_CHARS and not ends_sentence(block.text)


def read_body(
    blocks: Sequence[Block],
    heard: set[str],
    options: ArticleOptions,
    homes: frozenset[int] = frozenset(),
) -> BodyParts:
    """The paragraphs in these blocks. `heard` are lines (white space aside) that are not to
    be read again: the title, captions of pictures. `homes` are the elements (by number) that
    hold the text."""
    return _Reader(blocks, heard, options, homes).read()


def _usual_home(blocks: Sequence[Block]) -> frozenset[int]:
    """The element that holds most of the prose; 0 where the page has no elements."""
    weights: Counter[int] = Counter()
    for block in blocks:
        if (
            block.kind in ("text", "item")
            and not block.furniture
            and is_prose(block.text)
            and block.link_share < 0.3
        ):
            weights[block.parent_of_holder] += len(block.text)
    return frozenset(home for home, _ in weights.most_common(1))


def _paragraphs(
    kept: Sequence[_Kept], parts: BodyParts, options: ArticleOptions
) -> list[Paragraph]:
    out: list[Paragraph] = []
    for at, entry in enumerate(kept):
        if entry.kind == "subhead":
            out.append(Paragraph(entry.block.text, "subhead"))
            continue
        text = entry.block.text
        if entry.kind == "body":
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
    if options.dateline == "byline":
        parts.dateline = parts.dateline or plain_byline(opening.dateline)
    elif options.dateline == "paragraph":
        parts.dateline = parts.dateline or reporter_in(opening.dateline)
    if options.dateline == "paragraph":
        out.append(Paragraph(opening.dateline, "byline"))
    return opening.text


def _without_sign_off(text: str, parts: BodyParts, options: ArticleOptions) -> str:
    shorter, sign_off = split_sign_off(text)
    parts.sign_off = parts.sign_off or reporter_of(sign_off)
    return text if options.keep_sign_offs else shorter
