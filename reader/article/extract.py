"""From a page to its article: the one way in for HTML, Markdown and copied text."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.etree import _Element

from reader.article.blocks import Block
from reader.article.body import BodyParts, read_body
from reader.article.byline import is_byline, without_time
from reader.article.container import Region, find_region, is_clean_prose
from reader.article.copied import CopiedArticle, find_article, looks_copied
from reader.article.decode import decode
from reader.article.dom import MAX_BLOCKS, PageBlocks, page_blocks
from reader.article.language import script_of
from reader.article.lines import could_be_headline, han_count, is_prose, squeezed
from reader.article.markdown import MAX_LINES, markdown_blocks, text_blocks
from reader.article.markup import parse_html
from reader.article.metadata import PageMetadata, iso_date, read_metadata
from reader.article.model import Article, Paragraph
from reader.article.options import ArticleOptions
from reader.article.page import Page
from reader.article.recipes import apply_recipe, recipe_for
from reader.article.refusals import LEAST_HAN, refusal, refusal_of_found
from reader.article.title import choose_title, could_be_title
from reader.errors import NoArticle

_LINE_CHARS = 100_000
_DEFAULT = ArticleOptions()


def extract(page: Page, options: ArticleOptions = _DEFAULT) -> Article:
    """The article of the page. Raises NoArticle or one of its leaves where there is none."""
    text = decode(page.content, page.charset)
    if page.kind == "html" and options.mode != "text":
        return _from_html(text, page, options)
    limit = MAX_LINES if options.mode == "text" else MAX_BLOCKS + 1
    blocks = markdown_blocks(text, limit) if page.kind == "markdown" else text_blocks(text, limit)
    if not blocks:
        raise NoArticle("text-empty", name=page.name)
    if options.mode == "text":
        return _as_it_stands(blocks, page, options)
    _require_one_story(blocks, page)
    if options.mode == "auto" and not looks_copied(blocks):
        return _as_it_stands(blocks, page, options, lift_title=True)
    return _from_lines(blocks, page, options)


def _require_one_story(blocks: Sequence[Block], page: Page) -> None:
    if len(blocks) > MAX_BLOCKS:
        raise NoArticle("too-many-lines", name=page.name, limit=MAX_BLOCKS)
    if any(len(block.text) > _LINE_CHARS for block in blocks):
        raise NoArticle("line-too-long", name=page.name, limit=_LINE_CHARS)


def _as_it_stands(
    blocks: Sequence[Block], page: Page, options: ArticleOptions, *, lift_title: bool = False
) -> Article:
    """The whole text, one paragraph a line; `lift_title` takes a headline off its top."""
    rest = list(blocks)
    title, byline = options.title, ""
    if lift_title and not title and len(rest) > 1 and _opens_with_title(rest):
        title = rest.pop(0).text
        if len(rest) > 1 and is_byline(rest[0].text):
            byline = without_time(rest.pop(0).text)
    paragraphs = tuple(
        Paragraph(b.text, "subhead" if b.kind == "heading" else "body")
        for b in rest
        if b.kind != "caption"
    )
    if not paragraphs:
        raise NoArticle("text-missing", name=page.name)
    words = title + "".join(p.text for p in paragraphs)
    return Article(title, paragraphs, byline=byline, language=script_of(words), url=page.url)


def _opens_with_title(blocks: Sequence[Block]) -> bool:
    first = blocks[0]
    if first.kind == "heading" and first.level == 1:
        return True
    return could_be_headline(first.text) and any(is_prose(b.text) for b in blocks[1:4])


def _from_lines(blocks: Sequence[Block], page: Page, options: ArticleOptions) -> Article:
    found = find_article(blocks)
    if found is None:
        raise refusal(page.name, blocks)
    title = options.title or found.title
    known = {squeezed(title), *found.repeated} if title else set(found.repeated)
    parts = read_body(blocks[found.first : found.last + 1], known, options)
    if _han(parts) < LEAST_HAN:
        raise refusal(page.name, blocks)
    refused = refusal_of_found(page.name, blocks, found.first, found.last, _han(parts), free=True)
    if refused:
        raise refused
    return Article(
        title,
        tuple(parts.paragraphs),
        byline=_byline(found.byline, parts),
        published=found.published,
        language=_language(parts),
        url=page.url,
        lead_caption=_caption_above(blocks, found) or parts.lead_caption,
    )


def _caption_above(blocks: Sequence[Block], found: CopiedArticle) -> str:
    return next((b.text for b in blocks[: found.first] if squeezed(b.text) in found.repeated), "")


def _from_html(text: str, page: Page, options: ArticleOptions) -> Article:
    tree = parse_html(text, page.name)
    data = read_metadata(tree)
    recipe = recipe_for(page.url or data.url) if options.recipes else None
    known, recipe_byline = apply_recipe(recipe, tree) if recipe else (None, "")
    blocks = _shown_blocks(tree)
    _require_one_story(blocks.blocks, page)
    if recipe and recipe.drop_lines:
        blocks = blocks.without_lines(recipe.drop_lines)
    title = choose_title(
        data, (b.text for b in blocks.blocks if b.kind == "heading" or could_be_title(b.text))
    )
    region = find_region(blocks, title, known)
    if region is None:
        if han_count(data.article_body) < LEAST_HAN:
            raise refusal(page.name, blocks.blocks, tree, data)
        return _from_articles_data(data, page, options, title)
    parts = _read_region(blocks, region, title, options)
    if _han(parts) * 2 < han_count(data.article_body) and han_count(data.article_body) >= LEAST_HAN:
        return _from_articles_data(data, page, options, title)
    if _han(parts) < LEAST_HAN:
        raise refusal(page.name, blocks.blocks, tree, data)
    refused = refusal_of_found(
        page.name, blocks.blocks, region.first, region.last, _han(parts), free=data.free
    )
    if refused:
        raise refused
    byline, published = _credits(blocks.blocks, region)
    return Article(
        options.title or title,
        tuple(parts.paragraphs),
        byline=_byline(without_time(recipe_byline) or byline or data.author, parts),
        published=data.published or published,
        section=data.section,
        site=data.site,
        language=_language(parts),
        url=page.url or data.url,
        lead_caption=parts.lead_caption,
    )


def _shown_blocks(tree: _Element) -> PageBlocks:
    """The blocks that the page shows; where those hold no text, also the hidden ones: some
    pages unfold their text by script."""
    blocks = page_blocks(tree)
    if any(is_clean_prose(block) for block in blocks.blocks):
        return blocks
    return page_blocks(tree, with_hidden=True)


def _read_region(
    page: PageBlocks, region: Region, title: str, options: ArticleOptions
) -> BodyParts:
    captions = {squeezed(b.text) for b in page.blocks if b.kind == "caption"}
    known = {squeezed(title), *captions, *(squeezed(t) for t in page.picture_texts)}
    return read_body(page.blocks[region.first : region.last + 1], known, options)


def _from_articles_data(
    data: PageMetadata, page: Page, options: ArticleOptions, title: str
) -> Article:
    """The article as the page's JSON-LD gives it, where the page itself shows no text."""
    blocks = text_blocks(data.article_body)
    parts = read_body(blocks, {squeezed(title)}, options)
    if _han(parts) < LEAST_HAN:
        raise refusal(page.name, blocks)
    return Article(
        options.title or title,
        tuple(parts.paragraphs),
        byline=_byline(data.author, parts),
        published=data.published,
        section=data.section,
        site=data.site,
        language=_language(parts),
        url=page.url or data.url,
    )


def _credits(blocks: Sequence[Block], region: Region) -> tuple[str, str]:
    """Byline and date between the title and the text."""
    if region.title_at < 0:
        return "", ""
    top = region.title_at + 1
    text_at = next((i for i in range(top, region.last + 1) if is_clean_prose(blocks[i])), top)
    between = [b.text for b in blocks[max(top, text_at - 25) : text_at] if len(b.text) < 80]
    byline = next((without_time(text) for text in between if is_byline(text)), "")
    return byline, next((date for text in between if (date := iso_date(text))), "")


def _byline(found: str, parts: BodyParts) -> str:
    return found or parts.byline or parts.dateline or parts.sign_off


def _language(parts: BodyParts) -> str:
    return script_of("".join(p.text for p in parts.paragraphs))


def _han(parts: BodyParts) -> int:
    return sum(han_count(p.text) for p in parts.paragraphs)
