"""HTML as a tree, and the tree as a row of blocks. Hostile pages included: see parse_html."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import html
from lxml.etree import ParserError, XMLSyntaxError, _Element

from reader.article.blocks import Block, BlockKind
from reader.article.lines import tidy
from reader.errors import NoArticle

_SKIPPED = frozenset(
    ["script", "style", "noscript", "template", "svg", "math", "iframe", "button", "select", "textarea", "input", "nav", "video", "audio", "object", "canvas", "dialog", "menu", "head", "option", "datalist", "map", "embed", "applet"]
)
_INLINE = frozenset(
    ["a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "amp-img", "picture", "source", "nobr"]
)
_SEAMLESS = frozenset(("script", "style", "noscript", "template", "input", "svg"))
"""Skipped without breaking the line that they stand in."""
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CAPTION_CLASS = re.compile(
    r"(?i)(?:^|[-_ ])(?:fig)?caption|^cap$|pic(?:ture)?[-_]?(?:info|desc|text|title|note)|picinfo|img[-_]?(?:desc|text|info|alt|note|intro)"
    r"|(?:photo|image|img|figure)[-_]?(?:credit|caption|desc|info|text|note|source|meta|title)|^ph_[a-z]\d?$|(?:^|[-_ ])(?:credit|圖說)(?:$|[-_ ])|^pic-?txt|imgexplain"
)
_FURNITURE_CLASS = re.compile(
    r"(?i)(?:^|[-_ ])(?:relat(?:ed|e|ive)\w*|recommend\w*|reco|share\w*|sharing|social\w*|comment\w*|promo\w*|advert\w*|ads?|adv|sponsor\w*"
    r"|breadcrumbs?|sidebar|aside|footer|foot|copyright\w*|tags?|taglist|tagcloud|keywords?|popular\w*|hot|hotnews|rank\w*|newsletter\w*|subscri\w*"
    r"|outbrain|taboola|dable|popin|widget\w*|more-?news|morenews|readmore|also|also-?read\w*|toolbar|tools?|menu|navbar|navi?|navigation|pager|pagination|prevnext"
    r"|prev|next|login|signin|paywall|modal|popup|cookie\w*|gdpr|disclaimer|author-?(?:box|info|card|intro)|editor|fb-\w+|line-?(?:friend|add)|app-?download|listen\w*"
    r"|audio\w*|tts|player|podcast\w*|survey|poll|vote|donat\w*|skip-?link|hidden-?text|sr-only|visually-hidden|screen-?reader\w*)(?:$|[-_ ])"
)
_SURE_CLASS = re.compile(
    r"(?i)(?:^|[-_ ])(?:relat(?:ed|ive)\w*|recommend\w*|share\w*|social\w*|comments?\w*|breadcrumbs?|sidebar|footer|copyright\w*"
    r"|popular\w*|ranking|newsletter\w*|subscri\w*|outbrain|taboola|dable|popin|more-?news|read-?more|navbar|navigation|cookie\w*|disclaimer)(?:$|[-_ ])"
)
_HIDDEN_STYLE = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden")
_BLOCK_STYLE = re.compile(r"(?i)display\s*:\s*block")
_CENTRED = re.compile(r"(?i)text-align\s*:\s*center")
_CLASSES = {"caption": _CAPTION_CLASS, "furniture": _FURNITURE_CLASS, "sure": _SURE_CLASS}
_NAMES_CHARS = 400
_CAPTION_CHARS = 260
_CAPTION_NODES = 60
_UNREAD = re.compile(r"<!--|<script(?=[\s>/])|<style(?=[\s>/])", re.IGNORECASE)
_UNREAD_END = {
    "<!--": re.compile("-->"),
    "<script": re.compile(r"</script[^<>]{0,20}>", re.IGNORECASE),
    "<style": re.compile(r"</style[^<>]{0,20}>", re.IGNORECASE),
}
_OPENING_CHARS = 300
_TAG = re.compile(r"""<[A-Za-z](?:[^>"']++|"[^"]*+"|'[^']*+')*+""")
_QUOTED = re.compile("\"[^\"]*+\"|'[^']*+'")
_TAG_CHARS = 600
_ATTRIBUTE = re.compile(r"\s[^\s=]")
_MAX_ATTRIBUTES = 120
MAX_TAGS = 120_000
"""The largest page measured here has 9,000; a tag costs libxml2 some 400 bytes."""
MAX_BLOCKS = 8_000
"""Lines of a page; the longest real one measured here has 1,500."""
_DROP_BEFORE_PARSING = re.compile(r"[\u0000-\u0008\u000b\u000c\u000e-\u001f]")


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


def parse_html(text: str, name: str) -> _Element:
    """The page as a tree. Raises NoArticle for what no page of people is.

    No entity is expanded beyond HTML's own, nothing is fetched, and libxml2's own limits on
    depth and size hold (`huge_tree` stays off).
    """
    cleaned = without_scripts(_DROP_BEFORE_PARSING.sub("", text))
    if not cleaned.strip():
        raise NoArticle(f"{name} is empty: give the page of an article")
    if cleaned.count("<") > MAX_TAGS or _has_swollen_tag(cleaned):
        raise NoArticle(
            f"{name} holds more tags or attributes than any article: paste the text of the article"
        )
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return html.document_fromstring(cleaned.encode("utf-8", "replace"), parser=parser)
    except (ParserError, XMLSyntaxError, ValueError) as error:
        raise NoArticle(
            f"{name} is no HTML that can be read ({error}): save the page again, or paste its text"
        ) from error


def without_scripts(text: str) -> str:
    """The page without comments, styles and scripts other than JSON-LD, in one pass."""
    kept: list[str] = []
    at = 0
    for opening in iter(lambda: _UNREAD.search(text, at), None):
        mark = opening.group().lower()
        kept.append(text[at : opening.start()])
        closing = _UNREAD_END[mark].search(text, opening.end())
        end = closing.end() if closing else len(text)
        if (
            mark == "<script"
            and "ld+json" in text[opening.start() : opening.start() + _OPENING_CHARS]
        ):
            kept.append(text[opening.start() : end])
        at = end
    kept.append(text[at:])
    return "".join(kept)


def _has_swollen_tag(text: str) -> bool:
    """Whether a tag carries hundreds of attributes: libxml2 takes quadratic time on those."""
    return any(
        tag.end() - tag.start() > _TAG_CHARS
        and sum(1 for _ in _ATTRIBUTE.finditer(_QUOTED.sub("", tag.group()))) > _MAX_ATTRIBUTES
        for tag in _TAG.finditer(text)
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
        inner = _inner_context(element, tag, context)
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


def _inner_context(element: _Element, tag: str, outer: _Context) -> _Context:
    furniture = outer.furniture or tag in ("aside", "footer") or element.get("role") in (
        "navigation", "complementary", "search", "banner", "contentinfo",
    )  # fmt: skip
    surely = outer.surely
    kind = outer.kind
    names = " ".join(filter(None, (element.get("class"), element.get("id"))))
    if tag in ("figcaption", "figure", "caption") or (names and kind != "caption" and _any_name(names, "caption") and _is_short(element)):
        kind = "caption"
    elif (
        names
        and not furniture
        and tag not in ("body", "html", "main", "article")
        and _any_name(names, "furniture")
    ):
        furniture = True
        surely = _any_name(names, "sure")
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


@lru_cache(maxsize=4096)
def _name_is(name: str, of: str) -> bool:
    dashed = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name)
    return bool(_CLASSES[of].search(dashed))


def _any_name(names: str, of: str) -> bool:
    return any(_name_is(name, of) for name in names[:_NAMES_CHARS].split() if len(name) < 60)


def _is_short(element: _Element) -> bool:
    length = 0
    for count, piece in enumerate(element.itertext()):
        length += len(piece.strip())
        if length > _CAPTION_CHARS or count > _CAPTION_NODES:
            return False
    return True
