"""A tree of HTML as a row of blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from lxml.etree import _Element

from reader.article import tags
from reader.article.blocks import Block, BlockKind
from reader.article.captions import is_caption, is_picture_box
from reader.article.class_names import NameMeaning, read_names
from reader.article.elements import home_of, is_short
from reader.article.inline import read_superscript
from reader.article.lines import tidy
from reader.article.tables import DataTable, TableLine, data_table
from reader.article.wrapped import unwrap

_CONTROL_CHARS = 200
_WITHDRAWN_CHARS = 300
_FURNITURE_ROLES = frozenset(("navigation", "complementary", "search", "banner", "contentinfo"))
_HIDDEN_STYLE = re.compile(
    r"(?i)display\s*:\s*none|visibility\s*:\s*hidden|(?<![\w-])(?:height|max-height|font-size)\s*:\s*0(?:px)?"
    r"\s*(?:;|$|!)|text-indent\s*:\s*-\d{3,}|clip\s*:\s*rect\(\s*[01]|(?:left|top)\s*:\s*-\d{4,}"
)
_BLOCK_STYLE = re.compile(r"(?i)display\s*:\s*block")
_KEEPS_LINES = re.compile(r"(?i)white-space\s*:\s*(?:pre|break-spaces)")
_BLANK_LINE = re.compile(r"\S[ \t\u3000]*\r?\n[ \t\u3000]*\r?\n\s*\S")
_CENTRED = re.compile(r"(?i)text-align\s*:\s*center")
_MAX_TITLES = 50
MAX_BLOCKS = 8_000
"""Lines of a page; the longest real one measured here has 1,500."""


@dataclass(slots=True)
class PageBlocks:
    """The blocks of a page, the element that holds each, and words of its pictures."""

    blocks: list[Block] = field(default_factory=list)
    holders: list[_Element] = field(default_factory=list)
    picture_texts: set[str] = field(default_factory=set)

    def without_lines(self, starts: tuple[str, ...]) -> PageBlocks:
        """The same page less the lines that start so."""
        return self.select(
            [i for i, block in enumerate(self.blocks) if not block.text.startswith(starts)]
        )

    def select(self, indices: list[int]) -> PageBlocks:
        """The same page with these blocks only."""
        return PageBlocks(
            [self.blocks[i] for i in indices],
            [self.holders[i] for i in indices],
            self.picture_texts,
        )


@dataclass(frozen=True, slots=True)
class _Context:
    """What holds for everything inside an element."""

    link: bool = False
    bold: bool = False
    furniture: int = 0
    name: str = ""
    hidden: bool = False
    lines: bool = False
    kind: BlockKind = "text"
    caption_name: str = ""


class _Collector:
    def __init__(self) -> None:
        self.page = PageBlocks()
        self._pieces: list[str] = []
        self._link_chars = 0
        self._bold_chars = 0
        self.after_picture = False
        self._parents: dict[_Element, int] = {}
        self._at: tuple[_Element, _Context] | None = None

    def add_text(self, text: str | None, holder: _Element, context: _Context) -> None:
        if not text:
            return
        if "\n" in text and (context.lines or _BLANK_LINE.search(text)):
            lines = unwrap(text).split("\n")
            lines += [""] * (lines[-1] != "" and text.rstrip(" \t\u3000").endswith("\n"))
            self._add(lines[0], holder, context)
            for line in lines[1:]:
                self.flush()
                self._add(line, holder, context)
            return
        self._add(text, holder, context)

    def _add(self, text: str, holder: _Element, context: _Context) -> None:
        length = len(text.strip())
        if length:
            if self._at is None:
                self._at = (holder, context)
            self._link_chars += length * context.link
            self._bold_chars += length * context.bold
        self._pieces.append(text)

    def before(self) -> str:
        """The line so far, its end at least."""
        return "".join(self._pieces[-3:]).rstrip()

    def add_line(self, line: TableLine, context: _Context) -> None:
        """A line that is no text node of its own: a row of a table."""
        self.flush()
        self._at = (line.element, replace(context, kind=line.kind))
        self._pieces.append(line.text)
        self.flush()
        self.page.blocks[-1].unread_chars = line.unread_chars

    def flush(self) -> None:
        text = tidy("".join(self._pieces)) if self._at is not None else ""
        if text and self._at is not None:
            holder, context = self._at
            length = max(1, len(text.replace(" ", "")))
            parent = self._parents.setdefault(home_of(holder), len(self._parents) + 1)
            kind = "caption" if self.after_picture and is_picture_box(holder) else context.kind
            self.page.blocks.append(
                Block(
                    text,
                    kind=kind,
                    link_share=min(1.0, self._link_chars / length),
                    parent_of_holder=parent,
                    bold=self._bold_chars >= 0.9 * length,
                    furniture=context.furniture,
                    furniture_name=context.name,
                    caption_name=context.caption_name,
                    hidden=context.hidden,
                    level=_level(holder),
                    after_picture=self.after_picture,
                    centred=_is_centred(holder),
                )
            )
            self.page.holders.append(holder)
            self.after_picture = False
        self._pieces.clear()
        self._link_chars = self._bold_chars = 0
        self._at = None


def page_blocks(tree: _Element) -> PageBlocks:
    """The page's blocks in reading order, hidden ones marked as such."""
    return _Walk(tree).run()


class _Walk:
    """A walk over the tree with a stack of its own: pages nest deeper than Python recurses."""

    def __init__(self, tree: _Element) -> None:
        self.root = tree
        self.collector = _Collector()
        self.around_title = _around_title(tree)
        self.stack: list[tuple[_Element, _Context, _Element, bool]] = []

    def run(self) -> PageBlocks:
        self.stack.append((self.root, _Context(), self.root, False))
        while self.stack and len(self.collector.page.blocks) <= MAX_BLOCKS:
            element, context, holder, leaving = self.stack.pop()
            if leaving:
                self._leave(element, context, holder)
            else:
                self.stack.append((element, context, holder, True))
                self._enter(element, context, holder)
        self.collector.flush()
        return self.collector.page

    def _leave(self, element: _Element, context: _Context, holder: _Element) -> None:
        tag = element.tag
        if (tag not in tags.INLINE and tag not in tags.SEAMLESS) or _is_block_styled(element):
            self.collector.flush()
        if element is not self.root:
            self.collector.add_text(element.tail, holder, context)

    def _enter(self, element: _Element, context: _Context, holder: _Element) -> None:
        tag, collector = element.tag, self.collector
        if not isinstance(tag, str) or tag in tags.DROPPED or _is_dropped(element, tag):
            if isinstance(tag, str) and tag not in tags.INLINE and tag not in tags.SEAMLESS:
                collector.flush()
            return
        if tag == "br":
            collector.flush()
            return
        if tag in ("img", "amp-img"):
            self._note_picture(element)
            return
        if tag == "sup":
            said = read_superscript("".join(element.itertext()), collector.before())
            collector.add_text(said, holder, context)
            return
        table = data_table(element) if tag == "table" and context.kind != "caption" else None
        if table is not None:
            self._add_table(table, context)
            return
        block = tag not in tags.INLINE or _is_block_styled(element)
        if block:
            collector.flush()
            holder = element
        inner = _inner_context(element, tag, context, element in self.around_title)
        collector.add_text(element.text, holder, inner)
        self.stack.extend((child, inner, holder, False) for child in reversed(element))

    def _note_picture(self, element: _Element) -> None:
        alt = tidy(element.get("alt") or "")
        if alt:
            self.collector.page.picture_texts.add(alt)
        self.collector.after_picture = True

    def _add_table(self, table: DataTable, context: _Context) -> None:
        for line in table.lines:
            self.collector.add_line(line, context)


def _is_dropped(element: _Element, tag: str) -> bool:
    if tag in tags.WITHDRAWN:
        return is_short(element, _WITHDRAWN_CHARS)
    if tag in tags.CONTROLS:
        return is_short(element, _CONTROL_CHARS, nodes=400)
    if _names(element).is_unseen:
        return is_short(element, _CONTROL_CHARS)
    return tag in tags.INLINE and _is_hidden(element)


def _is_hidden(element: _Element) -> bool:
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    style = element.get("style")
    return style is not None and bool(_HIDDEN_STYLE.search(style))


def _is_block_styled(element: _Element) -> bool:
    style = element.get("style")
    return style is not None and bool(_BLOCK_STYLE.search(style))


def _names(element: _Element) -> NameMeaning:
    return read_names(" ".join(filter(None, (element.get("class"), element.get("id")))))


def _inner_context(element: _Element, tag: str, outer: _Context, holds_title: bool) -> _Context:
    names = _names(element)
    furniture, name = outer.furniture, outer.name
    if furniture < 2 and not holds_title and tag not in tags.UNNAMED:
        if tag in tags.FURNITURE or element.get("role") in _FURNITURE_ROLES:
            furniture, name = 2, f"<{tag}>"
        elif names.furniture > furniture:
            furniture, name = names.furniture, names.furniture_name
            if tag in tags.SHARED_BY:
                furniture = 1
    kind = _inner_kind(element, tag, names, outer.kind)
    by_name = kind == "caption" != outer.kind and tag not in tags.CAPTIONS
    return _Context(
        link=outer.link or (tag == "a" and element.get("href") is not None),
        bold=outer.bold or tag in ("b", "strong") or tag in tags.HEADINGS,
        furniture=furniture,
        name=name,
        hidden=outer.hidden or _is_hidden(element),
        lines=outer.lines or tag == "pre" or bool(_KEEPS_LINES.search(element.get("style") or "")),
        kind=kind,
        caption_name=(element.get("class") or "caption") if by_name else outer.caption_name,
    )


def _inner_kind(element: _Element, tag: str, names: NameMeaning, outer: BlockKind) -> BlockKind:
    if tag in tags.CAPTIONS or outer == "caption":
        return "caption"
    if is_caption(element, names):
        return "caption"
    if tag in tags.HEADINGS and outer in ("text", "item"):
        return "heading"
    if outer in ("text", "item"):
        return "item" if tag in ("li", "dd", "dt") else outer if tag in tags.SHARED_BY else "text"
    return outer


def _around_title(tree: _Element) -> set[_Element]:
    """All that holds a first-level heading: whatever its name, no mere furniture."""
    headings: Iterator[_Element] = islice(tree.iter("h1"), _MAX_TITLES)
    return {ancestor for heading in headings for ancestor in heading.iterancestors()}


def _level(holder: _Element) -> int:
    tag = holder.tag
    return int(tag[1]) if tag in tags.HEADINGS else 0


def _is_centred(holder: _Element) -> bool:
    return (
        holder.tag == "center"
        or holder.get("align") == "center"
        or bool(_CENTRED.search(holder.get("style") or ""))
    )
