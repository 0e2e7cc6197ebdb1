"""Explanation of a page: of each block, whether it is read, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from reader.article.extract import read_page
from reader.article.model import Evidence
from reader.article.options import ArticleOptions
from reader.article.page import Page
from reader.article.reading import Reading

_KEPT = frozenset(("text", "subhead"))
_MARK_KEPT, _MARK_DROPPED = "+", "-"
_TEXT_CHARS = 80
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
    refusal: str = ""


def explain(page: Page, options: ArticleOptions = _DEFAULT) -> Explanation:
    """The explanation of a page. Raises NoArticle only for what is no page at all."""
    reading = read_page(page, options)
    article = reading.article
    return Explanation(
        tuple(_explain_blocks(reading)),
        article.evidence if article else None,
        str(reading.refusal) if reading.refusal else "",
    )


def _explain_blocks(reading: Reading) -> Iterator[ExplainedBlock]:
    for block, reason in zip(reading.blocks, reading.reasons, strict=True):
        yield ExplainedBlock(block.text, reason in _KEPT, reason)


def format_explanation(explanation: Explanation) -> str:
    """The explanation as lines of text: a mark, the reason, the beginning of the block."""
    lines = [
        f"{_MARK_KEPT if block.is_read else _MARK_DROPPED} {block.reason:<28} "
        f"{block.text[:_TEXT_CHARS]}"
        for block in explanation.blocks
    ]
    evidence = explanation.evidence
    if evidence is not None:
        lines.append(
            f"= read {evidence.taken_chars} characters, {evidence.coverage:.0%} of what may be text"
            + _agreement("JSON-LD", evidence.body_share)
            + ("" if evidence.described is None else f"; begins as described: {evidence.described}")
        )
    if explanation.refusal:
        lines.append(f"= refused: {explanation.refusal}")
    return "\n".join(lines)


def _agreement(name: str, share: float | None) -> str:
    return "" if share is None else f"; {share:.0%} of the text in its {name}"
