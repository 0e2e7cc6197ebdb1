"""A transcript to read: HTML, as the podcast namespace has it beside WebVTT and SRT."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from reader.captions import timestamp
from reader.narration.model import Narration, TimedUtterance
from reader.podcast.headline import n_of_headline
from reader.script import HEADLINE


def as_html(narration: Narration, language: str) -> bytes:
    """A paragraph of the article a `<p>`, its time before it in a `<time>`."""
    parts = []
    for sentences in _paragraphs(narration):
        clock = timestamp(sentences[0].start_s).split(".")[0]
        text = escape("".join(u.text for u in sentences).strip())
        parts.append(f"<time>{clock}</time>\n<p>{text}</p>\n")
    title = escape(narration.title)
    head = f'<head>\n<meta charset="utf-8">\n<title>{title}</title>\n</head>'
    page = f'<!doctype html>\n<html lang="{escape(language)}">\n{head}\n<body>\n{"".join(parts)}'
    return f"{page}</body>\n</html>\n".encode("utf-8", "replace")


def _paragraphs(narration: Narration) -> Iterator[list[TimedUtterance]]:
    """The byline, which is said with the headline, stands by itself."""
    for paragraph, group in groupby(_heard(narration), key=lambda u: u.paragraph):
        sentences = list(group)
        n_headline = len(sentences)
        if paragraph == HEADLINE:
            n_headline = n_of_headline((u.text for u in sentences), narration.title)
        yield from filter(None, (sentences[:n_headline], sentences[n_headline:]))


def _heard(narration: Narration) -> Iterable[TimedUtterance]:
    return (u for u in narration.utterances if u.end_s > u.start_s)
