"""The article and its evidence: the model that the rest of the package reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

LEAST_COVERAGE = 0.6
LEAST_BODY_SHARE = 0.6
"""Below these shares an article is doubted; whole ones of 66 real pages
have a coverage of 0.90 and more, and read 0.70 and more of their JSON-LD."""
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
class Evidence:
    """What speaks for and against an article being whole.

    `taken_chars` and `left_out_chars` are characters, white space aside, that are read, and that
    are plausible text of the page but not read; `left_out` shows the first of those lines.
    `body_share` is the share (0 to 1) of the text in the page's JSON-LD that is read, None where
    it has none; `described` whether the text begins as the page's description does, None where
    no description tells.
    """

    taken_chars: int = 0
    left_out_chars: int = 0
    left_out: tuple[str, ...] = ()
    body_share: float | None = None
    described: bool | None = None

    @property
    def coverage(self) -> float:
        """The share of the plausible text that is read, 0 to 1."""
        plausible = self.taken_chars + self.left_out_chars
        return self.taken_chars / plausible if plausible else 1.0

    @property
    def is_doubtful(self) -> bool:
        """Whether the article may not be whole: readers are to be warned."""
        return self.coverage < LEAST_COVERAGE or (
            self.body_share is not None and self.body_share < LEAST_BODY_SHARE
        )


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
    evidence: Evidence = Evidence()
    lead_caption: str = ""
    """Caption of the lead image: never read aloud, kept for those who show the image."""

    @property
    def spoken_byline(self) -> str:
        """What to say after the title: "" where the text opens with its own dateline."""
        opens_with_it = any(paragraph.kind == "byline" for paragraph in self.paragraphs)
        return "" if opens_with_it else self.byline
