"""A source made ready to be spoken: its script, and what the feed will say of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from reader.article import Article, ArticleOptions, Page, Paragraph
from reader.errors import StorageError
from reader.podcast import dates
from reader.podcast.identity import identity_of_url
from reader.podcast.options import DISCLOSURE, PodcastOptions
from reader.podcast.sources import Source, is_address
from reader.script import Lexicon, PageOptions, Script, script_from_page

_LEAD_CHARS: Final = 300
_LEAST_LEAD_CHARS: Final = 20
"""What is shorter says nothing yet: 「媽媽，為什麼還不能出去？」 opens a long report."""


@dataclass(frozen=True, slots=True)
class Story:
    """An article, ready to be spoken."""

    source: Source
    identity: str
    script: Script
    published: str
    """ISO 8601 with an offset, "" if nobody says."""
    link: str
    lead: str
    subheads: tuple[int, ...] = ()
    """Paragraphs that are headings inside the article."""


def story_of(source: Source, page: Page, options: PodcastOptions, lexicon: Lexicon) -> Story:
    """Find the article in `page` and write its script. Raises NoArticle and its kin."""

    def edited(article: Article) -> Article:
        article = replace(article, title=article.title or source.title)
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
    link = article.url if is_address(article.url) else ""
    return Story(
        source=source,
        identity=_identity(source, link),
        script=script,
        published=_published(source, article),
        link=link or (source.location if is_address(source.location) else ""),
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


def _identity(source: Source, link: str) -> str:
    """By the article's own address; a page that names only its site's front is not told by it."""
    return identity_of_url(link) if urlsplit(link).path.strip("/") else source.identity


def _published(source: Source, article: Article) -> str:
    return dates.with_offset(article.published) or source.published


def first_seen(source: Source) -> str:
    """The date of what says none: of the file, or now."""
    if is_address(source.location) or source.html or source.location == "-":
        return dates.now().isoformat()
    try:
        return dates.of_epoch(Path(source.location).stat().st_mtime)
    except OSError as error:
        raise StorageError("source-gone", source=source.location, reason=error) from error


def brief(text: str) -> str:
    """As long as apps show of a description."""
    return text if len(text) <= _LEAD_CHARS else f"{text[: _LEAD_CHARS - 1]}…"
