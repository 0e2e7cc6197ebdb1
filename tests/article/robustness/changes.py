"""Changes to a page that leave its article as it was: what other sites' markup does.

Each change takes the tree of a page (`PageTree`) and a source of chance, and gives the changed
page as bytes. Changes that need the elements of the paragraphs say so with None where the page
has none that are known.
"""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import html
from lxml.etree import _Comment, _Element

from reader.article.decode import decode
from tests.article.article_pages import spaceless

_PARAGRAPHS = ("p", "div", "h2", "h3", "h4", "section", "span", "li", "blockquote")
_BLOCKS = (
    "p|div|section|article|main|header|footer|nav|aside|ul|ol|li|h1|h2|h3|h4|h5|h6|table|tr|td"
    "|figure"
)
_OPTIONAL_ENDS = re.compile(r"(?i)</?(?:html|head|body|tbody)(?:\s[^>]*)?>|</(?:p|li|td|tr|dd|dt)>")
FURNITURE_NAMES = (
    "paragraph-default", "has-drop-cap", "popular-science", "social-text", "article-comment",
    "brief", "related-reading-text", "share-quote", "photo-story", "paragraph_body", "adapted",
    "hot-text-block", "tool-description", "listener", "caption-free", "sponsor-none",
)  # fmt: skip
ADVERTISEMENTS = (
    '<div class="big_ad"><small>廣告</small></div>',
    "<aside>相關</aside>",
    '<p><a href="/x">另一則新聞標題寫在這裡請點閱</a></p>',
    '<div class="q7"><iframe src="/ad"></iframe></div>',
    '<div class="inread"><div><span>贊助</span></div></div>',
    "<div><p>請繼續往下閱讀...</p></div>",
)


def _is_in_paragraph(element: _Element) -> bool:
    return next(element.iterancestors("p"), None) is not None


@dataclass
class PageTree:
    """A page as a tree, and the elements whose text is a paragraph of its article."""

    root: _Element
    paragraphs: list[_Element]

    @classmethod
    def of(cls, content: bytes, gold: list[str]) -> PageTree:
        text = re.sub(r"^\s*<\?xml[^>]*\?>", "", decode(content))
        root = html.document_fromstring(text, parser=html.HTMLParser(encoding=None))
        wanted = {spaceless(text) for text in gold if len(spaceless(text)) >= 15}
        found: dict[str, _Element] = {}
        for element in root.iter(*_PARAGRAPHS):
            said = spaceless("".join(element.itertext()))
            if said in wanted and not (element.tag == "span" and _is_in_paragraph(element)):
                found[said] = element  # the innermost comes last
        return cls(root, list(found.values()))

    def copied(self) -> PageTree:
        places = [self.root.getroottree().getpath(p) for p in self.paragraphs]
        root = copy.deepcopy(self.root)
        return PageTree(root, [root.getroottree().xpath(place)[0] for place in places])

    def source(self) -> str:
        return html.tostring(self.root, encoding="unicode", doctype="<!DOCTYPE html>")


Change = Callable[[PageTree, random.Random], "str | bytes | None"]
CHANGES: dict[str, Change] = {}


def change(made: Change) -> Change:
    CHANGES[made.__name__.replace("_", " ")] = made
    return made


def _insert(before: _Element, markup: str) -> None:
    for piece in html.fragments_fromstring(markup):
        before.addprevious(piece)


def _put_into_source(tree: PageTree, chance: random.Random, markup: str) -> str:
    """The source with the markup before a paragraph, as an author's slip would have it."""
    mark = html.Element("x-mark")
    target = chance.choice(tree.paragraphs) if tree.paragraphs else next(tree.root.iter("body"))
    if tree.paragraphs:
        target.addprevious(mark)
    else:
        target.insert(0, mark)
    return tree.source().replace("<x-mark></x-mark>", markup, 1)


@change
def stray_quote(tree: PageTree, chance: random.Random) -> str:
    slips = (
        '<a itemprop="item" href="/" rel="home" "><span>首頁</span></a>',
        "<a href='/' title='x' '>首頁</a>",
        '<img src="/i.png" alt="" "/>',
        '<div data-x="1"" class="y"></div>',
    )
    return _put_into_source(tree, chance, chance.choice(slips))


@change
def unclosed_tag(tree: PageTree, chance: random.Random) -> str:
    slips = ('<div class="row">', "<section>", "<span>", "<b></b><div>", "<center>", "<font>")
    return _put_into_source(tree, chance, chance.choice(slips))


@change
def unclosed_navigation(tree: PageTree, chance: random.Random) -> str | None:
    slip = chance.choice(
        (
            '<nav class="navbar"><ul><li><a href="/">首頁</a></li></ul>',
            '<div class="menu"><a href="/">首頁</a>',
            '<aside class="sidebar"><ul><li><a href="/">首頁</a></li></ul>',
        )
    )
    return re.sub(r"(?i)(<body[^>]*>)", lambda m: m.group(1) + slip, tree.source(), count=1)


@change
def early_end_of_page(tree: PageTree, chance: random.Random) -> str:
    """Two pages pasted together: the end of the first stands before the text."""
    return _put_into_source(tree, chance, chance.choice(("</body></html>", "</body>", "</html>")))


@change
def advertisement_between(tree: PageTree, chance: random.Random) -> str | None:
    if len(tree.paragraphs) < 2:
        return None
    _insert(chance.choice(tree.paragraphs[1:]), chance.choice(ADVERTISEMENTS))
    return tree.source()


@change
def text_in_boxes(tree: PageTree, chance: random.Random) -> str | None:
    """Paragraphs that were siblings stand in several boxes, an advertisement between each."""
    siblings = longest_siblings(tree)
    if len(siblings) < 3:
        return None
    cuts = sorted(chance.sample(range(1, len(siblings)), min(2, len(siblings) - 1)))
    for first, last in zip([0, *cuts], [*cuts, len(siblings)], strict=True):
        outer = html.fragment_fromstring('<div class="part"><div class="item"></div></div>')
        siblings[first].addprevious(outer)
        if first:
            _insert(outer, chance.choice(ADVERTISEMENTS))
        for paragraph in siblings[first:last]:
            outer[0].append(paragraph)
    return tree.source()


def longest_siblings(tree: PageTree) -> list[_Element]:
    """The most paragraphs that share a parent, and all that stands between and beside them."""
    groups: dict[_Element, list[_Element]] = {}
    for paragraph in tree.paragraphs:
        parent = paragraph.getparent()
        if parent is not None:
            groups.setdefault(parent, []).append(paragraph)
    group = max(groups.values(), key=len, default=[])
    if len(group) < 2:
        return group
    children = list(group[0].getparent())
    first, last = children.index(group[0]), children.index(group[-1])
    while group[0].tag == "p" and first and children[first - 1].tag == "p":
        first -= 1
    while group[-1].tag == "p" and last + 1 < len(children) and children[last + 1].tag == "p":
        last += 1
    return [child for child in children[first : last + 1] if isinstance(child.tag, str)]


@change
def wrapper(tree: PageTree, chance: random.Random) -> str | None:
    if not tree.paragraphs:
        return None
    element = chance.choice(tree.paragraphs)
    for _ in range(chance.randint(1, 3)):
        box = html.Element(chance.choice(("div", "section", "div")))
        element.addprevious(box)
        box.append(element)
        box.tail, element.tail = element.tail, None
        element = box
    return tree.source()


@change
def classes_renamed(tree: PageTree, chance: random.Random) -> str:
    """Names as machines make them: nothing is to be learnt from them."""
    names: dict[str, str] = {}

    def renamed(name: str) -> str:
        return names.setdefault(name, "c" + "".join(chance.choices("bcdfghjk0123456789", k=6)))

    for element in tree.root.iter():
        for key in ("class", "id"):
            if not isinstance(element.tag, str) or element.get(key) is None:
                continue
            kept = element.get(key) if _hides(element.get(key)) else None
            element.set(key, kept or " ".join(renamed(n) for n in element.get(key).split()))
    return tree.source()


def _hides(names: str) -> bool:
    """Names of a style sheet that takes the text off the page are no mere names."""
    return bool(re.search(r"(?i)sr-only|visually-?hidden|screen-reader", names))


@change
def furniture_words_in_classes(tree: PageTree, chance: random.Random) -> str | None:
    if not tree.paragraphs:
        return None
    name = chance.choice(FURNITURE_NAMES)
    some = chance.sample(tree.paragraphs, chance.randint(1, len(tree.paragraphs)))
    for element in chance.choice((tree.paragraphs, some)):
        element.set("class", f"{element.get('class', '')} {name}".strip())
    return tree.source()


@change
def furniture_word_on_the_box(tree: PageTree, chance: random.Random) -> str | None:
    siblings = longest_siblings(tree)
    parent = siblings[0].getparent() if siblings else None
    if parent is None or len(siblings) < 2 * len(tree.paragraphs) / 3:
        return None
    name = chance.choice(("comment", "social", "popular-science", "brief", *FURNITURE_NAMES))
    parent.set("class", f"{parent.get('class', '')} {name}".strip())
    return tree.source()


@change
def optional_tags_left_out(tree: PageTree, chance: random.Random) -> str:
    del chance
    return _OPTIONAL_ENDS.sub("", tree.source())


@change
def comments_added(tree: PageTree, chance: random.Random) -> str:
    remark = chance.choice(("<!-- x -->", "<!-- <div> -->", "<!---->", "<!-- a > b -- c -->"))
    ends = list(re.finditer(r"(?i)</(?:p|div|li|h1|h2)>", tree.source()))
    source = tree.source()
    for end in sorted(chance.sample(ends, min(20, len(ends))), key=lambda m: -m.end()):
        source = source[: end.end()] + remark + source[end.end() :]
    return source


@change
def line_breaks_for_paragraphs(tree: PageTree, chance: random.Random) -> str | None:
    siblings = [p for p in longest_siblings(tree) if p.tag == "p"]
    if len(siblings) < 2:
        return None
    twice = chance.choice((1, 2, 2))
    for paragraph in siblings:
        for _ in range(twice):
            paragraph.addnext(html.Element("br"))
        paragraph.drop_tag()
    return tree.source()


@change
def headings_for_paragraphs(tree: PageTree, chance: random.Random) -> str | None:
    tag = chance.choice(("h2", "h3", "h4"))
    return _retagged(tree, tag)


@change
def boxes_for_paragraphs(tree: PageTree, chance: random.Random) -> str | None:
    del chance
    return _retagged(tree, "div")


def _retagged(tree: PageTree, tag: str) -> str | None:
    if not tree.paragraphs:
        return None
    for paragraph in tree.paragraphs:
        paragraph.tag = tag
    return tree.source()


@change
def minified(tree: PageTree, chance: random.Random) -> str:
    del chance
    for element in tree.root.iter():
        if isinstance(element, _Comment) or element.tag in ("script", "style", "pre", "textarea"):
            continue
        if element.text and not element.text.strip():
            element.text = None
        if element.tail and not element.tail.strip() and element.tag in _BLOCKS.split("|"):
            element.tail = None
    return _OPTIONAL_ENDS.sub("", re.sub(r'="([\w-]+)"', r"=\1", tree.source()))


@change
def pretty_printed(tree: PageTree, chance: random.Random) -> str:
    indent = chance.choice(("\n", "\n    ", "\r\n\t", "\n\n"))
    source = tree.source()
    source = re.sub(rf"(?i)(<(?:{_BLOCKS})(?:\s[^<>]*)?>)", rf"{indent}\1{indent}  ", source)
    return re.sub(rf"(?i)(</(?:{_BLOCKS})>)", rf"{indent}\1{indent}", source)


@change
def another_encoding(tree: PageTree, chance: random.Random) -> bytes:
    codec, named = chance.choice(
        (("utf-8", "utf-8"), ("gb18030", "gb2312"), ("utf-16", "utf-16"), ("cp950", "big5"))
    )
    source = re.sub(r"(?i)charset=[\"']?[\w-]+", f"charset={named}", tree.source())
    return source.encode(codec, "xmlcharrefreplace")


@change
def mixed_case_tags(tree: PageTree, chance: random.Random) -> str:
    def louder(found: re.Match[str]) -> str:
        tag = found.group(2)
        if tag in ("script", "style", "textarea", "svg", "math"):
            return found.group()
        return found.group(1) + chance.choice((tag.upper(), tag.capitalize(), tag))

    return re.sub(r"(</?)([a-z][a-z0-9]*)(?=[\s>/])", louder, tree.source())


@change
def metadata_left_out(tree: PageTree, chance: random.Random) -> str:
    """Neither JSON-LD nor Open Graph nor a canonical address: only what readers see."""
    del chance
    for element in list(tree.root.iter("meta", "link", "script")):
        if element.tag != "meta" or element.get("charset") is None:
            element.drop_tree()
    return tree.source()


@change
def characters_as_numbers(tree: PageTree, chance: random.Random) -> str:
    share = chance.choice((0.05, 1.0))

    def numbered(found: re.Match[str]) -> str:
        return f"&#x{ord(found.group()):x};" if chance.random() < share else found.group()

    head, mark, body = tree.source().partition("<body")
    body = re.sub(
        r"(<script.*?</script>|<style.*?</style>)|([一-鿿])",
        lambda m: m.group(1) or numbered(m),
        body,
        flags=re.DOTALL | re.IGNORECASE,
    )
    return head + mark + body
