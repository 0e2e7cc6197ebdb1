"""From a page to a script: the first half of the pipeline, the same for every door."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from reader.article import Article, ArticleOptions, Page, extract
from reader.errors import BadInput, BadOptions
from reader.script.lexicon import Lexicon
from reader.script.model import Script, require_speech
from reader.script.write import write_script

MOST_CHARS: Final = 1_000_000
"""紅樓夢 has 730,000; so many are read into a script in 10 seconds of a processor and 90 MB."""


@dataclass(frozen=True, slots=True)
class PageOptions:
    """Choices about a page's article and its script. Raises BadOptions."""

    article: ArticleOptions = field(default_factory=ArticleOptions)
    lexicon: Lexicon = field(default_factory=Lexicon.empty)
    title: str = ""
    """Instead of the article's own; "" keeps that one."""
    max_chars: int | None = MOST_CHARS
    """More characters in the paragraphs than this are refused; None takes any number."""
    needs_speech: bool = True
    """Whether an article in which nothing is to be heard is refused."""

    def __post_init__(self) -> None:
        if self.max_chars is not None and self.max_chars < 1:
            raise BadOptions("max-chars-bad", max_chars=self.max_chars)


def script_from_page(
    page: Page,
    options: PageOptions | None = None,
    edit: Callable[[Article], Article] | None = None,
) -> tuple[Article, Script]:
    """The article in `page`, changed by `edit` if there is one, and its script.

    Raises NoArticle and its kin where the page has none, or nothing that could be spoken, and
    BadInput where it is too long.
    """
    options = options or PageOptions()
    article = extract(page, options.article)
    if options.title:
        article = replace(article, title=options.title)
    if edit:
        article = edit(article)
    return article, script_from_article(article, options)


def script_from_article(article: Article, options: PageOptions) -> Script:
    """The script of an article that was found already. Raises as `script_from_page` does."""
    n_chars = sum(len(paragraph.text) for paragraph in article.paragraphs)
    if options.max_chars is not None and n_chars > options.max_chars:
        raise BadInput("article-too-long", n_chars=n_chars, most=options.max_chars)
    script = write_script(article, lexicon=options.lexicon)
    if options.needs_speech:
        require_speech(script)
    return script
