"""Metadata of a page: JSON-LD, Open Graph, other meta elements, microdata."""

from __future__ import annotations

import html as html_entities
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element

from reader.article.byline import clean_byline, names_nobody
from reader.article.dates import iso_date
from reader.article.lines import tidy

ARTICLE_TYPES = frozenset(
    (
        "NewsArticle", "Article", "ReportageNewsArticle", "AnalysisNewsArticle", "BlogPosting",
        "OpinionNewsArticle", "ReviewNewsArticle", "BackgroundNewsArticle", "LiveBlogPosting",
        "TechArticle", "SocialMediaPosting", "AskPublicNewsArticle",
    )
)  # fmt: skip
_HOUSE = re.compile(
    r"(?:新聞網|新聞雲|電子報|日報|新聞|网|網|社|報|报|网易|新浪|刊|誌|編輯部|编辑部|中心|台|臺|財經|财经"
    r"|Inc\.?|com|tw|Corporation\)?|News|Admin|admin)$"
)
_AUTHOR_CHARS = 40
_MAX_JSON_CHARS = 400_000
_MAX_NODES = 2_000


@dataclass(slots=True)
class PageMetadata:
    """Empty strings mean: the page does not say."""

    headline: str = ""
    og_title: str = ""
    html_title: str = ""
    author: str = ""
    published: str = ""
    section: str = ""
    site: str = ""
    url: str = ""
    description: str = ""
    article_body: str = ""
    og_type: str = ""
    types: set[str] = field(default_factory=set)
    free: bool = True


def read_metadata(tree: _Element) -> PageMetadata:
    """All that the page says of itself, the most exact source first."""
    data = PageMetadata()
    _read_json_ld(tree, data)
    metas = _metas(tree)
    data.og_title = _first(metas, "og:title", "twitter:title", "title")
    data.og_type = _first(metas, "og:type")
    data.site = data.site or _first(metas, "og:site_name", "application-name")
    data.site = _first(metas, "og:site_name") or data.site
    data.url = _first(metas, "og:url") or data.url
    data.description = data.description or _first(metas, "og:description", "description")
    data.published = data.published or iso_date(
        _first(
            metas,
            "article:published_time",
            "og:article:published_time",
            "datepublished",
            "pubdate",
            "date.available",
            "dcterms.created",
            "publishdate",
            "date",
            "sailthru.date",
            "dc.date",
            "dc.date.issued",
        )
    )
    data.section = data.section or _first(metas, "article:section", "section", "og:article:section")
    data.author = data.author or _author(
        _first(metas, "dable:author", "author", "article:author"), data.site
    )
    element = tree.find(".//title")
    if element is not None:
        data.html_title = "".join(element.itertext()).strip()
    _read_microdata(tree, data)
    return data


def _metas(tree: _Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = meta.get("content")
        if name and content:
            found.setdefault(name.strip().lower(), _keep_inner_spaces(content))
    return found


def _first(metas: dict[str, str], *names: str) -> str:
    return next((metas[name] for name in names if metas.get(name)), "")


def _keep_inner_spaces(text: str) -> str:
    return html_entities.unescape(text).strip()


def _author(name: str, site: str) -> str:
    """A person's name or byline; a site, a link, a number or a dateline is nobody."""
    name = clean_byline(tidy(name))
    if not name or name.startswith(("http", "@")) or len(name) > _AUTHOR_CHARS:
        return ""
    if names_nobody(name) or (site and (name in site or name == site)):
        return ""
    return "" if _HOUSE.search(name) else name


def _read_json_ld(tree: _Element, data: PageMetadata) -> None:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = (script.text or "").strip()
        if not text or len(text) > _MAX_JSON_CHARS:
            continue
        for node in _json_nodes(text):
            types = node.get("@type")
            names = set(types) if isinstance(types, list) else {types}
            data.types.update(str(name) for name in names)
            if names & ARTICLE_TYPES:
                _read_article_node(node, data)


def _json_nodes(text: str) -> Iterator[dict[str, object]]:
    try:
        # strict=False: real pages have line breaks inside strings.
        pending = [json.loads(text.strip().rstrip(";"), strict=False)]
    except (ValueError, RecursionError):
        return
    for _ in range(_MAX_NODES):
        if not pending:
            return
        value = pending.pop(0)
        if isinstance(value, list):
            pending.extend(value)
        elif isinstance(value, dict):
            yield value
            pending.extend(
                value[key]
                for key in ("@graph", "mainEntity", "itemListElement", "item")
                if key in value
            )


def _read_article_node(node: dict[str, object], data: PageMetadata) -> None:
    def text_of(key: str) -> str:
        value = node.get(key)
        if isinstance(value, list):
            value = next((item for item in value if isinstance(item, str)), "")
        return _keep_inner_spaces(value) if isinstance(value, str) else ""

    data.headline = data.headline or text_of("headline") or text_of("name")
    data.published = data.published or iso_date(text_of("datePublished"))
    data.section = data.section or text_of("articleSection")
    data.url = data.url or text_of("url")
    data.description = data.description or text_of("description")
    body = text_of("articleBody")
    if len(body) > len(data.article_body):
        data.article_body = body
    publisher = node.get("publisher")
    if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
        data.site = data.site or tidy(str(publisher["name"]).split("|")[0])
    data.author = data.author or _author(_person(node.get("author")), data.site)
    if str(node.get("isAccessibleForFree", "true")).lower() == "false":
        data.free = False


def _person(author: object) -> str:
    if isinstance(author, list):
        names = [name for name in map(_person, author) if name]
        return "、".join(names)
    if isinstance(author, dict):
        return "" if author.get("@type") == "Organization" else _person(author.get("name"))
    return author if isinstance(author, str) else ""


def _read_microdata(tree: _Element, data: PageMetadata) -> None:
    for element in tree.iterfind(".//*[@itemprop]"):
        name = (element.get("itemprop") or "").lower()
        value = element.get("content") or element.get("datetime") or ""
        if name == "datepublished" and not data.published:
            data.published = iso_date(value or "".join(element.itertext())[:60])
        elif name == "headline" and not data.headline:
            data.headline = _keep_inner_spaces(value or "".join(element.itertext())[:200])
        elif name == "articlesection" and not data.section:
            data.section = tidy(value or "".join(element.itertext())[:40])
