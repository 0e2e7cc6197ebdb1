"""HTML parsed into a tree, hostile pages included."""

from __future__ import annotations

import re

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
_TAG = re.compile(r"""<[A-Za-z](?:[^>"']++|"[^"]*+"|'[^']*+')*+""")
_QUOTED = re.compile("\"[^\"]*+\"|'[^']*+'")
_TAG_CHARS = 600
_ATTRIBUTE = re.compile(r"\s[^\s=]")
_MAX_ATTRIBUTES = 120
MAX_TAGS = 120_000
"""The largest page measured here has 9,000; a tag costs libxml2 some 400 bytes."""
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
    return any(
        tag.end() - tag.start() > _TAG_CHARS
        and sum(1 for _ in _ATTRIBUTE.finditer(_QUOTED.sub("", tag.group()))) > _MAX_ATTRIBUTES
        for tag in _TAG.finditer(text)
    )
