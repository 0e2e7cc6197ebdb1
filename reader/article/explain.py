"""Explanation of a page: of each block, whether it is read, and why. Who shows it words it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reader.article.extraction import read_page
from reader.article.model import Evidence
from reader.article.options import ArticleOptions
from reader.article.page import Page
from reader.article.reading import Reading
from reader.errors import NoArticle

_KEPT = frozenset(("text", "subhead"))
_DEFAULT = ArticleOptions()


@dataclass(frozen=True, slots=True)
class ExplainedBlock:
    """One block of a page: its text, whether it is read, and the reason."""

    text: str
    is_read: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """All blocks of a page in order, the evidence for the article, or why it was refused."""

    blocks: tuple[ExplainedBlock, ...]
    evidence: Evidence | None = None
    refusal: NoArticle | None = None


def explain(page: Page, options: ArticleOptions = _DEFAULT) -> Explanation:
    """The explanation of a page. Raises NoArticle only for what is no page at all."""
    reading = read_page(page, options)
    article = reading.article
    return Explanation(
        tuple(_explain_blocks(reading)),
        article.evidence if article else None,
        reading.refusal,
    )


def _explain_blocks(reading: Reading) -> Iterator[ExplainedBlock]:
    for block, reason in zip(reading.blocks, reading.reasons, strict=True):
        yield ExplainedBlock(block.text, reason in _KEPT, reason)
