"""Keep the article, drop the page around it.

Names are loaded on first use: who only compares addresses needs no HTML parser.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.lazy_names import lazy_names

if TYPE_CHECKING:
    from reader.article.extraction import extract
    from reader.article.model import Article, Paragraph
    from reader.article.options import ArticleOptions
    from reader.article.page import Page
    from reader.article.source import load_source

__all__ = ["Article", "ArticleOptions", "Page", "Paragraph", "extract", "load_source"]

_MODULES: Final = {
    "Article": "model",
    "ArticleOptions": "options",
    "Page": "page",
    "Paragraph": "model",
    "extract": "extraction",
    "load_source": "source",
}
__getattr__ = lazy_names(__name__, _MODULES)
