"""A tree of HTML as a row of blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from lxml.etree import _Element

from reader.article.blocks import Block, BlockKind
from reader.article.class_names import names_tell
from reader.article.lines import tidy

_SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "math",
        "iframe",
        "button",
        "select",
        "textarea",
        "input",
        "nav",
        "video",
        "audio",
        "object",
        "canvas",
        "dialog",
        "menu",
        "head",
        "option",
        "datalist",
        "map",
        "embed",
        "applet",
    ]
)
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "rb",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "img",
        "amp-img",
        "picture",
        "source",
        "nobr",
    ]
)
_SEAMLESS = frozenset(("script", "style", "noscript", "template", "input", "svg"))
"""Skipped without breaking the line that they stand in."""
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_HIDDEN_STYLE = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden")
_BLOCK_STYLE = re.compile(r"(?i)display\s*:\s*block")
_CENTRED = re.compile(r"(?i)text-align\s*:\s*center")
_CAPTION_CHARS = 260
_CAPTION_NODES = 60
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
        kept = [i for i, block in enumerate(self.blocks) if not block.text.startswith(starts)]
        return PageBlocks(
            [self.blocks[i] for i in kept], [self.holders[i] for i in kept], self.picture_texts
        )


@dataclass(slots=True)
class _Context:
    """What holds for everything inside an element."""

    link: bool = False
    bold: bool = False
    furniture: bool = False
    surely: bool = False
    kind: BlockKind = "text"


class _Collector:
    def __init__(self, *, with_hidden: bool) -> None:
        self.page = PageBlocks()
        self.with_hidden = with_hidden
        self._pieces: list[str] = []
        self._link_chars = 0
        self._bold_chars = 0
        self.after_picture = False
        self._parents: dict[_Element, int] = {}
        self._at: tuple[_Element, _Context] | None = None

    def add_text(self, text: str | None, holder: _Element, context: _Context) -> None:
        if not text:
            return
        if text.strip():
            if self._at is None:
                self._at = (holder, context)
            length = len(text.strip())
            self._link_chars += length * context.link
            self._bold_chars += length * context.bold
        self._pieces.append(text)

    def flush(self) -> None:
        text = tidy("".join(self._pieces))
        if text and self._at is not None:
            holder, context = self._at
            length = max(1, len(text))
            around = _around(holder)
            parent = self._parents.setdefault(around, len(self._parents) + 1)
            self.page.blocks.append(
                Block(
                    text,
                    kind=context.kind,
                    link_share=min(1.0, self._link_chars / length),
                    parent_of_holder=parent,
                    bold=self._bold_chars >= 0.9 * length,
                    furniture=context.furniture,
                    surely_furniture=context.surely,
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


def page_blocks(tree: _Element, *, with_hidden: bool = False) -> PageBlocks:
    """The page's blocks in reading order; what is not shown is left out, unless asked for."""
    collector = _Collector(with_hidden=with_hidden)
    around_title = _around_title(tree)
    body = tree.find(".//body")
    root = tree if body is None else body
    # A stack of our own: pages nest deeper than Python's recursion likes.
    stack: list[tuple[_Element, _Context, _Element, bool]] = [(root, _Context(), root, False)]
    while stack and len(collector.page.blocks) <= MAX_BLOCKS:
        element, context, block_holder, leaving = stack.pop()
        tag = element.tag
        if leaving:
            if (tag not in _INLINE and tag not in _SEAMLESS) or _BLOCK_STYLE.search(
                element.get("style") or ""
            ):
                collector.flush()
            if element is not root:
                collector.add_text(element.tail, block_holder, context)
            continue
        stack.append((element, context, block_holder, True))
        if not isinstance(tag, str) or tag in _SKIPPED or _is_hidden(element, collector):
            if isinstance(tag, str) and tag not in _INLINE and tag not in _SEAMLESS:
                collector.flush()
            continue
        if tag == "br":
            collector.flush()
            continue
        if tag in ("img", "amp-img"):
            alt = tidy(element.get("alt") or "")
            if alt:
                collector.page.picture_texts.add(alt)
            collector.after_picture = True
            continue
        holder = block_holder
        if tag not in _INLINE or _BLOCK_STYLE.search(element.get("style") or ""):
            collector.flush()
            holder = element
        inner = _inner_context(element, tag, context, element in around_title)
        collector.add_text(element.text, holder, inner)
        stack.extend((child, inner, holder, False) for child in reversed(element))
    collector.flush()
    return collector.page


def _is_hidden(element: _Element, collector: _Collector) -> bool:
    if collector.with_hidden:
        return False
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    style = element.get("style")
    return style is not None and bool(_HIDDEN_STYLE.search(style))


def _inner_context(element: _Element, tag: str, outer: _Context, holds_title: bool) -> _Context:
    furniture = outer.furniture or tag in ("aside", "footer") or element.get("role") in (
        "navigation", "complementary", "search", "banner", "contentinfo",
    )  # fmt: skip
    surely = outer.surely
    kind = outer.kind
    names = " ".join(filter(None, (element.get("class"), element.get("id"))))
    if tag in ("figcaption", "figure", "caption") or (
        names and kind != "caption" and names_tell(names, "caption") and _is_short(element)
    ):
        kind = "caption"
    elif (
        names
        and not furniture
        and not holds_title
        and tag not in ("body", "html", "main", "article")
        and names_tell(names, "furniture")
    ):
        furniture = True
        surely = names_tell(names, "sure")
    if kind == "text":
        if tag in _HEADINGS:
            kind = "heading"
        elif tag in ("li", "dd", "dt"):
            kind = "item"
    elif kind == "item" and tag in _HEADINGS:
        kind = "heading"
    return _Context(
        link=outer.link or (tag == "a" and element.get("href") is not None),
        bold=outer.bold or tag in ("b", "strong") or tag in _HEADINGS,
        furniture=furniture,
        surely=surely,
        kind=kind,
    )


def _around_title(tree: _Element) -> set[_Element]:
    """All that holds a first-level heading: whatever its name, no mere furniture."""
    headings = islice(tree.iter("h1"), _MAX_TITLES)
    return {ancestor for heading in headings for ancestor in heading.iterancestors()}


def _around(holder: _Element) -> _Element:
    """The element that the paragraphs of a text share: the parent of a <p>, the <div> itself."""
    parent = holder.getparent()
    return (
        parent if holder.tag in ("p", *_HEADINGS, "blockquote") and parent is not None else holder
    )


def _level(holder: _Element) -> int:
    tag = holder.tag
    return int(tag[1]) if tag in _HEADINGS else 0


def _is_centred(holder: _Element) -> bool:
    return (
        holder.tag == "center"
        or holder.get("align") == "center"
        or bool(_CENTRED.search(holder.get("style") or ""))
    )


def _is_short(element: _Element) -> bool:
    length = 0
    for count, piece in enumerate(element.itertext()):
        length += len(piece.strip())
        if length > _CAPTION_CHARS or count > _CAPTION_NODES:
            return False
    return True
