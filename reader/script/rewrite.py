"""A script written anew from one that is there: the same article, other readings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from reader.article.model import Article, Paragraph, ParagraphKind
from reader.script.lexicon import Lexicon
from reader.script.model import HEADLINE, Script
from reader.script.write import write_script


class _Sentence(Protocol):
    @property
    def paragraph(self) -> int: ...
    @property
    def text(self) -> str: ...


class Written(Protocol):
    """What a script, and the narration of one, hold of their article."""

    @property
    def title(self) -> str: ...
    @property
    def byline(self) -> str: ...
    @property
    def published(self) -> str: ...
    @property
    def paragraphs(self) -> tuple[str, ...]: ...
    @property
    def utterances(self) -> Sequence[_Sentence]: ...


def rewrite_script(written: Written, lexicon: Lexicon) -> Script:
    """The same sentences, said as `lexicon` says."""
    head = "".join(u.text for u in written.utterances if u.paragraph == HEADLINE)
    # A byline that was not said stood in the text: there it is said.
    opening: ParagraphKind = "body" if head != written.title else "byline"
    paragraphs = tuple(
        Paragraph(text, opening if n == 0 else "body") for n, text in enumerate(written.paragraphs)
    )
    article = Article(
        title=written.title,
        paragraphs=paragraphs,
        byline=written.byline,
        published=written.published,
        site=getattr(written, "site", ""),
        url=getattr(written, "url", ""),
    )
    return write_script(article, lexicon=lexicon)
