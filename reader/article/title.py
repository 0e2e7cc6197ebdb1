"""The title of a page without the names of its site and sections."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reader.article.lines import could_be_headline, han_count, is_prose, squeeze, tidy
from reader.article.metadata import PageMetadata

_SEPARATOR = re.compile(
    r"\s*[|｜︱丨_]\s*|\s+[-–—»›·•/／]\s+|(?<=[^\s0-9A-Za-z])[-–—](?=[一-鿿A-Za-z]{2,12}$)|\s*-\s*(?=[一-鿿]{2,8}(?:网|網|社|報|报|台)$)"
)
_SITE_WORDS = re.compile(
    r"(?:新聞|新闻|網|网|報|报|社|電子報|日報|週刊|周刊|雜誌|台|臺|News|NEWS|news|TV|\.com|\.tw|Yahoo|LINE|BBC|頻道|频道|雲|看板|在线|線上|中文)"
)
_SECTION_CHARS = 8
_ALIKE = 0.6


def choose_title(data: PageMetadata, shown: Iterable[tuple[str, bool]]) -> str:
    """The title as readers see it. `shown` are the page's lines, and whether each is a heading.

    The heading on the page that the page's own metadata begins with, or a line without the
    names of site and section; else the JSON-LD headline; else Open Graph's or the window's
    title, cut at the site's name.
    """
    claims = [tidy(text) for text in (data.headline, data.og_title, data.html_title) if text]
    told = list(shown)
    for text, heading in told:
        # However short or odd it is: a heading that is all of a claim is no chance.
        if (
            heading
            and squeeze(text) in map(squeeze, claims)
            and squeeze(text) != squeeze(data.site)
        ):
            return _as_written(text, data)
    lines = [(text, heading) for text, heading in told if could_be_title(text)]
    for claim in claims:
        agreeing = [
            (heading, len(text), text)
            for text, heading in lines
            if squeeze(claim).startswith(squeeze(text))
            and (heading or without_site(text, data.site) == text)
        ]
        if agreeing:
            return _as_written(max(agreeing)[2], data)
    cut = [without_site(claim, data.site) for claim in claims]
    alike = [
        claim if squeeze(claim) in squeeze(text) else text
        for text, _ in lines
        for claim in cut
        if _likeness(text, claim) >= _ALIKE
    ]
    if alike:
        return _as_written(alike[0], data)
    lone = list(dict.fromkeys(text for text, heading in lines if heading and not is_prose(text)))
    said = next((text for text in cut if text), "")
    if len(lone) == 1 and (not said or len(said) <= _SECTION_CHARS or _SITE_WORDS.search(said)):
        return lone[0]
    return said


def _as_written(title: str, data: PageMetadata) -> str:
    """The title with the spaces that its author set: `行惡火  疏散7人` has two."""
    pattern = r"\s*".join(re.escape(character) for character in squeeze(title))
    for source in (data.headline, data.og_title, data.html_title):
        found = re.search(pattern, source)
        if found and not re.search(r"[\t\r\n]", found.group()):
            return found.group()
    return title


def could_be_title(text: str) -> bool:
    return could_be_headline(text) or (4 <= len(text) <= 80 and han_count(text) >= 4)


def without_site(title: str, site: str = "") -> str:
    """`標題 | 社會 | 某某新聞網` as `標題`."""
    text = re.sub(r"[\t\r\n]+", " ", title).strip(" \u3000")
    parts = _SEPARATOR.split(text)
    marks = _SEPARATOR.findall(text)
    while len(parts) > 1 and _is_site_part(parts, marks, site):
        parts.pop()
        marks.pop()
    rebuilt = parts[0]
    for mark, part in zip(marks, parts[1:], strict=False):
        rebuilt += mark + part
    return rebuilt.strip(" \u3000-–—|｜_")


def _is_site_part(parts: list[str], marks: list[str], site: str) -> bool:
    last = parts[-1].strip()
    if (
        not last
        or (site and squeeze(last) in squeeze(site))
        or (site and squeeze(site) in squeeze(last))
    ):
        return True
    if marks[-1].strip() in ("|", "｜", "︱", "丨", "_"):
        return len(last) < len("".join(parts[:-1]))
    return len(last) <= _SECTION_CHARS * 2 and (
        len(last) <= _SECTION_CHARS or bool(_SITE_WORDS.search(last))
    )


def _likeness(one: str, other: str) -> float:
    """Share of the shorter one's character pairs that the other has too."""
    a, b = squeeze(one), squeeze(other)
    pairs_a, pairs_b = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (a, b))
    smaller = min(len(pairs_a), len(pairs_b))
    return len(pairs_a & pairs_b) / smaller if smaller else 0.0
