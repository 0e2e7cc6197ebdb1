"""A source made ready to be spoken: its script, and what the feed will say of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from reader.article import Article, ArticleOptions, Page, Paragraph
from reader.errors import SourceUnreadable
from reader.podcast import dates
from reader.podcast.likeness import Sketch, sketch_of
from reader.podcast.options import DISCLOSURE, PodcastOptions
from reader.podcast.page_address import address_of_article, canonical_link, og_url
from reader.podcast.sources import Source, is_address
from reader.script import Lexicon, PageOptions, Script, script_from_page

_LEAD_CHARS: Final = 300
_LEAST_LEAD_CHARS: Final = 20
"""What is shorter says nothing yet: 「媽媽，為什麼還不能出去？」 opens a long report."""


@dataclass(frozen=True, slots=True)
class Story:
    """An article, ready to be spoken."""

    source: Source
    script: Script
    published: str
    """ISO 8601 with an offset, "" if nobody says."""
    link: str
    lead: str
    sketch: Sketch
    """Of the article's words, whatever is read of them."""
    subheads: tuple[int, ...] = ()
    """Paragraphs that are headings inside the article."""
    addresses: tuple[str, ...] = ()
    """The article's own, the one that counts most first."""
    section: str = ""
    is_day_only: bool = False
    """Whether `published` is a day without a time."""

    @property
    def title(self) -> str:
        """The headline; the beginning of the text where there is none."""
        return self.script.title or self.lead[:30]

    @property
    def day(self) -> str:
        """ISO 8601: when it was published, or first seen."""
        return self.published or first_seen(self.source)


def story_of(source: Source, page: Page, options: PodcastOptions, lexicon: Lexicon) -> Story:
    """Find the article in `page` and write its script. Raises NoArticle and its kin."""

    read: list[Article] = []

    def edited(article: Article) -> Article:
        article = replace(article, title=article.title or source.title)
        read.append(article)
        if options.lead_only:
            article = _lead_of(article)
        if options.disclosure and not options.digest:
            article = replace(article, paragraphs=(*article.paragraphs, Paragraph(DISCLOSURE)))
        return article

    chosen = ArticleOptions(
        mode=options.mode,
        title=source.title if source.html and not page.url else "",
        # A digest says no bylines either: every article would begin with a reporter's name.
        dateline="drop" if options.digest else "paragraph",
    )
    article, script = script_from_page(page, PageOptions(chosen, lexicon), edited)
    body = (p.text for p in article.paragraphs if p.kind == "body" and p.text != DISCLOSURE)
    addresses = _addresses(page, article)
    link = addresses[0] if addresses else article.url if is_address(article.url) else ""
    published = dates.with_offset(article.published)
    return Story(
        source=source,
        script=script,
        published=published or source.published,
        link=link or (source.location if is_address(source.location) else ""),
        sketch=sketch_of(read[-1].title, (p.text for p in read[-1].paragraphs)),
        addresses=addresses,
        section=article.section,
        is_day_only=bool(published) and dates.is_day(article.published),
        lead=brief(next(body, "")),
        subheads=tuple(n for n, p in enumerate(article.paragraphs) if p.kind == "subhead"),
    )


def _lead_of(article: Article) -> Article:
    """The article up to its first paragraph of text, or to the next ones where it is a mere
    quotation; a dateline before it stays."""
    kept: list[Paragraph] = []
    n_chars = 0
    for paragraph in article.paragraphs:
        if paragraph.kind != "subhead":
            kept.append(paragraph)
        n_chars += len(paragraph.text) if paragraph.kind == "body" else 0
        if n_chars >= _LEAST_LEAD_CHARS:
            break
    return replace(article, paragraphs=tuple(kept))


def _addresses(page: Page, article: Article) -> tuple[str, ...]:
    """A page that names only its site's front is not told by it."""
    found = [canonical_link(page), og_url(page)]
    if article.url != page.url:  # where it was fetched from says nothing of what it is
        found.append(address_of_article(article.url, page.url))
    return tuple(dict.fromkeys(filter(None, found)))


def first_seen(source: Source) -> str:
    """The date of what says none: of the file, or now."""
    if is_address(source.location) or source.html or source.location == "-":
        return dates.now().isoformat()
    try:
        return dates.of_epoch(Path(source.location).stat().st_mtime)
    except OSError as error:
        raise SourceUnreadable("source-gone", source=source.location, reason=error) from error


def brief(text: str) -> str:
    """As long as apps show of a description."""
    return text if len(text) <= _LEAD_CHARS else f"{text[: _LEAD_CHARS - 1]}…"
