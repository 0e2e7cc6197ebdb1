"""Keep the article, drop the page around it."""

from __future__ import annotations

from reader.article.extract import extract
from reader.article.model import Article, Paragraph
from reader.article.options import ArticleOptions
from reader.article.page import Page
from reader.article.source import load_source

__all__ = ["Article", "ArticleOptions", "Page", "Paragraph", "extract", "load_source"]
