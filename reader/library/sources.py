"""From whatever a program has of an article to the article and its script."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from reader.article import Article, ArticleOptions, Page, extract, load_source
from reader.article.options import Mode
from reader.script import Lexicon, PageOptions, Script, load_lexicon, script_from_article

Source = str | Path | Article
"""A path, an address, HTML, text, or an article that was read already."""

_ADDRESS: Final = re.compile(r"(?i)\s*[a-z][a-z0-9+.-]*://\S+\s*")
_FILE_NAME: Final = re.compile(r"(?i)[^\n<>]+\.(?:html?|xhtml|txt|text|md|markdown)")


@dataclass(frozen=True, slots=True)
class SourceOptions:
    """Choices about an article and its script. Raises BadOptions."""

    mode: Mode = "auto"
    """"text" takes the source as the article itself, one paragraph a line, nothing dropped;
    "article" finds the article in a page; "auto" decides."""
    title: str = ""
    """Instead of the article's own; "" keeps that one."""
    lexicon: str | Path | None = None
    """A TOML file of words and how they are said."""
    words: Lexicon = field(init=False)
    """What the lexicon holds."""

    def __post_init__(self) -> None:
        ArticleOptions(mode=self.mode)
        words = load_lexicon(self.lexicon) if self.lexicon else Lexicon.empty()
        object.__setattr__(self, "words", words)


def read_article(source: Source, options: SourceOptions | None = None) -> Article:
    """The article in `source`.

    A `Path` is a file. A string is an address where it has a scheme, HTML where it begins with
    a tag, a file where it is named like a page (`.html`, `.txt`, `.md`) or is one; any other
    string is the text itself. Raises SourceUnreadable, NoArticle and its kin.
    """
    options = options or SourceOptions()
    article = source
    if not isinstance(article, Article):
        article = extract(_page_from(article), ArticleOptions(mode=options.mode))
    return replace(article, title=options.title) if options.title else article


def write_script(source: Source, options: SourceOptions | None = None) -> Script:
    """The script of the article in `source`: its sentences and what is said for each.

    Raises what `read_article` raises, and NoArticle where nothing could be spoken.
    """
    options = options or SourceOptions()
    article = read_article(source, options)
    return script_from_article(article, PageOptions(lexicon=options.words))


def _page_from(source: str | Path) -> Page:
    if isinstance(source, Path):
        return load_source(str(source))
    if source.lstrip().startswith("<"):
        return Page(source.encode("utf-8", "replace"), "html")
    if _ADDRESS.fullmatch(source):
        return load_source(source.strip())
    if _FILE_NAME.fullmatch(source) or _is_file(source):
        return load_source(source)
    return Page(source.encode("utf-8", "replace"), "text")


def _is_file(source: str) -> bool:
    try:
        return Path(source).is_file()
    except (OSError, ValueError):  # longer than a name may be, or with a NUL
        return False
