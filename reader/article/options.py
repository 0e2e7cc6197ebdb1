"""Options of extraction, checked once, here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from reader.errors import BadOptions

Mode = Literal["auto", "article", "text"]
Dateline = Literal["paragraph", "byline", "drop"]


@dataclass(frozen=True, slots=True)
class ArticleOptions:
    """`mode` "article" finds the article in a page; "text" takes the input as the article
    itself, one paragraph a line, nothing dropped; "auto" decides.

    `dateline` says what becomes of `（中央社記者王小明台北19日電）` at the head of a paragraph:
    "paragraph" lets it stand alone, spoken before the text as a byline is; "byline" takes it
    out into `Article.byline`; "drop" takes it away. It is never run into the first sentence.

    `keep_notices` keeps hotlines and warnings, at the end, as paragraphs of kind `notice`;
    `keep_sign_offs` keeps `（編輯：…）` at the end of a text; `recipes` uses what is known of
    single sites (recipes.toml); `title` stands in place of the title of the page; `body` is a
    selector, as recipes have it, of the element that holds the article, where there is one.
    """

    mode: Mode = "auto"
    keep_notices: bool = False
    keep_sign_offs: bool = False
    recipes: bool = True
    dateline: Dateline = "paragraph"
    title: str = ""
    body: str = ""

    def __post_init__(self) -> None:
        if self.mode not in get_args(Mode):
            raise BadOptions("mode-unknown", mode=self.mode)
        if self.dateline not in get_args(Dateline):
            raise BadOptions("dateline-unknown", dateline=self.dateline)
