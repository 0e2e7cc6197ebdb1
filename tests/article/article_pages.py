"""The test pages of this folder, with what is expected of them written into them.

A copied page (`copied/*.txt`) marks its lines: `T>` title, `B>` byline, `P>` paragraph, `S>`
subhead, `?>` may be read or not; what stands in ⟦ ⟧ is on the page but not to be read.
An HTML page (`html/*.html`) marks its elements: `data-is="title|byline|p|subhead"`.
The marks are taken away before the page is read. All texts and people are invented.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from lxml import html

HERE = Path(__file__).parent
SHARED = HERE.parents[2] / "shared" / "data"


@dataclass
class MarkedPage:
    name: str
    source: str
    title: str = ""
    byline: str = ""
    paragraphs: list[str] = field(default_factory=list)
    subheads: list[str] = field(default_factory=list)
    may_be_read: list[str] = field(default_factory=list)


def copied_pages() -> list[MarkedPage]:
    return [_copied(path) for path in sorted((HERE / "copied").glob("*.txt"))]


def html_pages() -> list[MarkedPage]:
    return [_html(path) for path in sorted((HERE / "html").glob("*.html"))]


def _copied(path: Path) -> MarkedPage:
    page = MarkedPage(path.stem, "")
    lines = []
    for raw in path.read_text("utf-8").splitlines():
        mark, line = (raw[0], raw[2:]) if raw[1:2] == ">" and raw[0] in "TBPS?" else ("", raw)
        lines.append(line.replace("⟦", "").replace("⟧", ""))
        _expect(page, mark, re.sub("⟦.*?⟧", "", line))
    page.source = "\n".join(lines)
    return page


def _expect(page: MarkedPage, mark: str, line: str) -> None:
    if mark == "T":
        page.title = line
    elif mark == "B":
        page.byline = line
    elif mark == "?":
        page.may_be_read.append(line)
    elif mark:
        page.paragraphs.append(line)


def _html(path: Path) -> MarkedPage:
    source = path.read_text("utf-8")
    page = MarkedPage(path.stem, re.sub(r' data-is="\w+"', "", source))
    tree = html.fromstring(source.encode(), parser=html.HTMLParser(encoding="utf-8"))
    for element in tree.xpath("//*[@data-is]"):
        text = "".join(element.itertext()).strip(" \n\u3000")
        kind = element.get("data-is")
        if kind == "title":
            page.title = text
        elif kind == "byline":
            page.byline = text
        else:
            page.paragraphs.append(text)
            if kind == "subhead":
                page.subheads.append(text)
    return page


def spaceless(text: str) -> str:
    return "".join(text.split())
