"""From a page to its article: the one way in for HTML, Markdown and copied text."""

from __future__ import annotations

from collections.abc import Sequence

from reader.article.blocks import Block
from reader.article.body import read_body
from reader.article.byline import clean_byline, is_byline
from reader.article.copied import CopiedArticle, find_article, looks_copied
from reader.article.decode import decode
from reader.article.dom import MAX_BLOCKS
from reader.article.evidence import weigh_evidence
from reader.article.flow import Region
from reader.article.html_article import read_html
from reader.article.language import script_of
from reader.article.limits import require_one_story
from reader.article.lines import could_be_headline, is_prose, squeeze
from reader.article.markdown import MAX_LINES, markdown_blocks, text_blocks
from reader.article.metadata import PageMetadata
from reader.article.model import Article, Evidence, Paragraph
from reader.article.options import ArticleOptions
from reader.article.page import Page
from reader.article.reading import Reading
from reader.article.refusals import LEAST_HAN, refusal, refusal_of_found
from reader.article.wrapped import unwrap
from reader.errors import NoArticle

_DEFAULT = ArticleOptions()


def extract(page: Page, options: ArticleOptions = _DEFAULT) -> Article:
    """The article of the page. Raises NoArticle or one of its leaves where there is none."""
    reading = read_page(page, options)
    if reading.article is None:
        raise reading.refusal or NoArticle("no-article", name=page.name)
    return reading.article


def read_page(page: Page, options: ArticleOptions = _DEFAULT) -> Reading:
    """The page read block by block: the article or why it is refused, and why each block is read
    or not. Raises NoArticle for what is no page at all."""
    text = decode(page.content, page.charset)
    if page.kind == "html" and options.mode != "text":
        return read_html(text, page, options)
    return _read_text(text, page, options)


def _read_text(text: str, page: Page, options: ArticleOptions) -> Reading:
    if options.mode != "text":
        text = unwrap(text)
    limit = MAX_LINES if options.mode == "text" else MAX_BLOCKS + 1
    blocks = markdown_blocks(text, limit) if page.kind == "markdown" else text_blocks(text, limit)
    if not blocks:
        raise NoArticle("text-empty", name=page.name)
    if options.mode == "text":
        return _as_it_stands(blocks, page, options)
    require_one_story(blocks, page)
    if options.mode == "auto" and not looks_copied(blocks):
        return _as_it_stands(blocks, page, options, lift_title=True)
    return _from_lines(blocks, page, options)


def _as_it_stands(
    blocks: Sequence[Block], page: Page, options: ArticleOptions, *, lift_title: bool = False
) -> Reading:
    """The whole text, one paragraph a line; `lift_title` takes a headline off its top."""
    rest = list(blocks)
    title, byline = options.title, ""
    if lift_title and not title and len(rest) > 1 and _opens_with_title(rest):
        title = rest.pop(0).text
        if len(rest) > 1 and is_byline(rest[0].text):
            byline = clean_byline(rest.pop(0).text)
    paragraphs = tuple(
        Paragraph(b.text, "subhead" if b.kind == "heading" else "body")
        for b in rest
        if b.kind != "caption"
    )
    if not paragraphs:
        raise NoArticle("text-missing", name=page.name)
    words = title + "".join(p.text for p in paragraphs)
    evidence = Evidence(taken_chars=len(squeeze("".join(p.text for p in paragraphs))))
    article = Article(
        title,
        paragraphs,
        byline=byline,
        language=script_of(words),
        url=page.url,
        evidence=evidence,
    )
    lifted = len(blocks) - len(rest)
    reasons = ["title and byline"] * lifted + [
        "caption" if b.kind == "caption" else "text" for b in rest
    ]
    return Reading(list(blocks), reasons, article)


def _opens_with_title(blocks: Sequence[Block]) -> bool:
    first = blocks[0]
    if first.kind == "heading" and first.level == 1:
        return True
    return could_be_headline(first.text) and any(is_prose(b.text) for b in blocks[1:4])


def _from_lines(blocks: Sequence[Block], page: Page, options: ArticleOptions) -> Reading:
    reading = Reading(list(blocks), ["outside the text"] * len(blocks))
    found = find_article(blocks)
    if found is None:
        reading.refusal = refusal(page.name, blocks)
        return reading
    title = options.title or found.title
    heard = {squeeze(title), *found.repeated} if title else set(found.repeated)
    parts = read_body(blocks[found.first : found.last + 1], heard, options)
    reading.reasons[found.first : found.last + 1] = parts.reasons
    if parts.han < LEAST_HAN:
        reading.refusal = refusal(page.name, blocks)
        return reading
    region = Region(found.first, found.last, found.title_at)
    data = PageMetadata()
    reading.refusal = refusal_of_found(page.name, blocks, region, parts, data)
    if reading.refusal is None:
        reading.article = Article(
            title,
            tuple(parts.paragraphs),
            byline=found.byline or parts.byline or parts.dateline or parts.sign_off,
            published=found.published,
            language=script_of("".join(p.text for p in parts.paragraphs)),
            url=page.url,
            evidence=weigh_evidence(blocks, region, reading.reasons, parts.paragraphs, data),
            lead_caption=_caption_above(blocks, found) or parts.lead_caption,
        )
    return reading


def _caption_above(blocks: Sequence[Block], found: CopiedArticle) -> str:
    return next((b.text for b in blocks[: found.first] if squeeze(b.text) in found.repeated), "")
