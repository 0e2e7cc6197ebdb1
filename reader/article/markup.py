"""HTML parsed into a tree, hostile pages included."""

from __future__ import annotations

import re
from itertools import islice

from lxml import html
from lxml.etree import ParserError, XMLSyntaxError, _Element

from reader.errors import NoArticle

_UNREAD = re.compile(r"<!--|<script(?=[\s>/])|<style(?=[\s>/])", re.IGNORECASE)
_UNREAD_END = {
    "<!--": re.compile("-->"),
    "<script": re.compile(r"</script[^<>]{0,20}>", re.IGNORECASE),
    "<style": re.compile(r"</style[^<>]{0,20}>", re.IGNORECASE),
}
_OPENING_CHARS = 300
# A tag as the tokenizer of HTML5 reads it (WHATWG HTML, 13.2.5.32 to 13.2.5.40): a quote opens a
# value only behind `=`; anywhere else it is part of a name.
_VALUE = r"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+|(?=[\s>]|\Z))"""
_ATTRIBUTES = rf"(?:[\s/]++|[^\s/>=][^\s/>=]*+(?:\s*+=\s*+{_VALUE})?|={_VALUE})"
_TAG = re.compile(rf"<[A-Za-z][^\s/>]*+{_ATTRIBUTES}*+")
_ATTRIBUTE = re.compile(rf"[^\s/>=][^\s/>=]*+(?:\s*+=\s*+{_VALUE})?")
_TAG_CHARS = 600
_MAX_ATTRIBUTES = 120
MAX_TAGS = 120_000
"""The largest page measured here has 9,000; a tag costs libxml2 some 400 bytes."""
_ENDS_OF_PAGE = re.compile(r"</(?:body|html)\s*>", re.IGNORECASE)
"""Left out as HTML allows: behind one that comes too early libxml2 drops the rest of the page."""
_DROP_BEFORE_PARSING = re.compile(r"[\u0000-\u0008\u000b\u000c\u000e-\u001f]")


def parse_html(text: str, name: str) -> _Element:
    """The page as a tree. Raises NoArticle for what no page of people is.

    No entity is expanded beyond HTML's own, nothing is fetched, and libxml2's own limits on
    depth and size hold (`huge_tree` stays off).
    """
    cleaned = without_scripts(_DROP_BEFORE_PARSING.sub("", text))
    if not cleaned.strip():
        raise NoArticle("page-empty", name=name)
    if cleaned.count("<") > MAX_TAGS or _has_swollen_tag(cleaned):
        raise NoArticle("too-many-tags", name=name)
    cleaned = _ENDS_OF_PAGE.sub("", cleaned)
    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return html.document_fromstring(cleaned.encode("utf-8", "replace"), parser=parser)
    except (ParserError, XMLSyntaxError, ValueError) as error:
        raise NoArticle("html-unreadable", name=name, reason=error) from error


def without_scripts(text: str) -> str:
    """The page without comments, styles and scripts other than JSON-LD, in one pass."""
    kept: list[str] = []
    at = 0
    while opening := _UNREAD.search(text, at):
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
    for tag in _TAG.finditer(text):
        if tag.end() - tag.start() > _TAG_CHARS:
            attributes = islice(_ATTRIBUTE.finditer(tag.group()), _MAX_ATTRIBUTES + 2)
            if sum(1 for _ in attributes) > _MAX_ATTRIBUTES + 1:  # the first is the tag's name
                return True
    return False
