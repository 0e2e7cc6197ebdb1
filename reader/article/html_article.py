"""From an HTML page to its article, with the reason for each block."""

from __future__ import annotations

from reader.article.blocks import Block
from reader.article.body import BodyParts, read_body
from reader.article.byline import clean_byline
from reader.article.credits import Credits, find_credits
from reader.article.dates import to_taipei
from reader.article.dom import PageBlocks, page_blocks
from reader.article.evidence import share_heard, weigh_evidence
from reader.article.flow import Region, find_region, is_clean_prose
from reader.article.furniture import doubt_names
from reader.article.language import script_of
from reader.article.limits import require_one_story
from reader.article.lines import han_count, squeeze
from reader.article.markup import parse_html
from reader.article.metadata import PageMetadata, read_metadata
from reader.article.model import Article, Evidence
from reader.article.options import ArticleOptions
from reader.article.page import Page
from reader.article.reading import Reading
from reader.article.recipes import apply_recipe, recipe_for, with_body
from reader.article.refusals import LEAST_HAN, refusal, refusal_of_found
from reader.article.stored_body import join_sentences, stored_blocks
from reader.article.title import choose_title

_SHOWN = 0.3
_OUTSIDE = "outside the text"


def read_html(text: str, page: Page, options: ArticleOptions) -> Reading:
    """The page read; raises NoArticle for what is no page at all."""
    return _HtmlReader(text, page, options).read()


class _HtmlReader:
    def __init__(self, text: str, page: Page, options: ArticleOptions) -> None:
        self.page, self.options = page, options
        self.tree = parse_html(text, page.name)
        self.data = read_metadata(self.tree)
        recipe = recipe_for(page.url or self.data.url) if options.recipes else None
        if options.body:
            recipe = with_body(recipe, options.body)
        self.known, said_by = apply_recipe(recipe, self.tree) if recipe else (None, "")
        self.recipe_byline = clean_byline(said_by)
        everything = page_blocks(self.tree)
        require_one_story(everything.blocks, page)
        if recipe and recipe.drop_lines:
            everything = everything.without_lines(recipe.drop_lines)
        self.shown = _shown_blocks(everything, self.data)
        self.title = choose_title(
            self.data, ((b.text, _is_title_line(b)) for b in self.shown.blocks)
        )
        self.reading = Reading(self.shown.blocks, [_OUTSIDE] * len(self.shown.blocks))

    def read(self) -> Reading:
        region = find_region(self.shown, self.title, self.data.description, self.known)
        parts = self._read_region(region) if region else BodyParts()
        stored = han_count(self.data.article_body)
        if stored >= LEAST_HAN and parts.han * 2 < stored:
            self._take_stored_body()
        elif region is None or parts.han < LEAST_HAN:
            name, blocks = self.page.name, self.shown.blocks
            self.reading.refusal = refusal(name, blocks, self.tree, self.data)
        else:
            self._take(region, parts)
        return self.reading

    def _read_region(self, region: Region) -> BodyParts:
        blocks = self.shown.blocks
        captions = {squeeze(b.text) for b in blocks if b.kind == "caption"}
        title = squeeze(self.title)
        heard = {title, f"標題{title}", *captions, *map(squeeze, self.shown.picture_texts)}
        inside = blocks[region.first : region.last + 1]
        parts = read_body(inside, heard, self.options, region.homes)
        self.reading.reasons[region.first : region.last + 1] = parts.reasons
        if region.title_at >= 0:
            self.reading.reasons[region.title_at] = "title"
        above = blocks[max(0, region.title_at) : region.first]
        lead_caption = next((b.text for b in above if b.kind == "caption"), "")
        parts.lead_caption = lead_caption or parts.lead_caption
        return parts

    def _take(self, region: Region, parts: BodyParts) -> None:
        name, blocks = self.page.name, self.shown.blocks
        self.reading.refusal = refusal_of_found(name, blocks, region, parts, self.data)
        if self.reading.refusal is None:
            evidence = weigh_evidence(
                blocks, region, self.reading.reasons, parts.paragraphs, self.data
            )
            self.reading.article = self._article(parts, find_credits(self.shown, region), evidence)

    def _take_stored_body(self) -> None:
        """The article as the page's JSON-LD gives it, where the page itself shows far less."""
        blocks = stored_blocks(self.data.article_body)
        parts = read_body(blocks, {squeeze(self.title)}, self.options)
        if parts.han < LEAST_HAN:
            self.reading.refusal = refusal(self.page.name, blocks)
            return
        if "\n" not in self.data.article_body.strip():
            parts.paragraphs = join_sentences(parts.paragraphs)
        heard = squeeze("".join(p.text for p in parts.paragraphs))
        share = share_heard(self.data.article_body, heard)
        evidence = Evidence(taken_chars=len(heard), body_share=share)
        self.reading.blocks, self.reading.reasons = blocks, parts.reasons
        self.reading.article = self._article(parts, Credits(), evidence)

    def _article(self, parts: BodyParts, credits: Credits, evidence: Evidence) -> Article:
        data = self.data
        return Article(
            self.options.title or self.title,
            tuple(parts.paragraphs),
            byline=self.recipe_byline or _person(credits, data, parts),
            published=to_taipei(data.published, credits.published) or credits.published,
            section=data.section,
            site=data.site,
            language=script_of("".join(p.text for p in parts.paragraphs)),
            url=self.page.url or data.url,
            evidence=evidence,
            lead_caption=parts.lead_caption,
        )


def _is_title_line(block: Block) -> bool:
    return block.kind == "heading" and (block.link_share < 0.9 or block.level == 1)


def _person(credits: Credits, data: PageMetadata, parts: BodyParts) -> str:
    """Who wrote it, the page's own line first; the metadata's where it names more people."""
    if credits.byline and credits.byline in data.author:
        return data.author
    return credits.byline or data.author or parts.byline or parts.dateline or parts.sign_off


def _shown_blocks(page: PageBlocks, data: PageMetadata) -> PageBlocks:
    """The blocks that the page shows; where those hold no text, or far less than the page says
    of itself, also the hidden ones: some pages unfold their text by script."""
    shown = page.select([i for i, block in enumerate(page.blocks) if not block.hidden])
    doubt_names(shown.blocks)
    prose = sum(len(b.text) for b in shown.blocks if is_clean_prose(b))
    if prose == 0 or prose < _SHOWN * len(data.article_body):
        doubt_names(page.blocks)
        return page
    return shown
