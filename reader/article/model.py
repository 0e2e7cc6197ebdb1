"""What a page is reduced to: the article, and nothing of the page around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ParagraphKind = Literal["body", "subhead", "byline", "notice"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the article, in reading order.

    `subhead` is a heading inside the article; `byline` the dateline of an agency, such as
    （中央社記者王小明台北19日電）, that stood at the head of the text;
    `notice` a hotline or warning that the caller asked to keep, read last.
    """

    text: str
    kind: ParagraphKind = "body"


@dataclass(frozen=True, slots=True)
class Article:
    """An article as its author wrote it. Empty strings mean: the page does not say."""

    title: str
    paragraphs: tuple[Paragraph, ...]
    byline: str = ""
    published: str = ""
    """ISO 8601, date or date and time, as exact as the page is."""
    section: str = ""
    site: str = ""
    language: str = ""
    """`zh-Hant` or `zh-Hans`, by the characters of the text."""
    url: str = ""
    lead_caption: str = ""
    """Caption of the lead image: never read aloud, kept for those who show the image."""

    @property
    def spoken_byline(self) -> str:
        """What to say after the title: "" where the text opens with its own dateline."""
        opens_with_it = any(paragraph.kind == "byline" for paragraph in self.paragraphs)
        return "" if opens_with_it else self.byline
