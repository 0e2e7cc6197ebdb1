"""The page of one narration as HTML: its words, which need no script, and what links show of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from html import escape
from typing import Final, Protocol
from urllib.parse import quote

from api.headlines import headline_of
from api.routes.page_words import in_language, page_file
from api.service import Found
from reader.messages.language import Language
from reader.messages.message import Door
from reader.messages.wording import word_all
from reader.narration.model import Narration

_DESCRIPTION_CHARS: Final = 140
_ARTICLE: Final = '<article id="article"></article>'
_TITLE: Final = re.compile("<title>.*</title>")


class _Sentence(Protocol):
    @property
    def index(self) -> int: ...
    @property
    def paragraph(self) -> int: ...
    @property
    def text(self) -> str: ...


def write_listen_page(found: Found, article_id: str, base: str, language: Language) -> str:
    """The page of a narration that is ready, in the making or failed; `base` is where the service
    is seen from outside."""
    title, byline = _names(found)
    sentences = _sentences(found)
    audio = f"{base}/v1/articles/{article_id}/audio.mp3"
    lead = "".join(s.text for s in sentences if s.paragraph >= 0)[:_DESCRIPTION_CHARS]
    head = _head(base, article_id, (title_of(found), lead), language) + _linked_data(
        found, title, byline, audio
    )
    sound = (
        f'<noscript><audio controls preload="none" src="../v1/articles/{article_id}/audio.mp3">'
        f"</audio><p>{escape(_told_of_voice(found, language))}</p></noscript>"
    )
    article = f'<article id="article" data-id="{article_id}">\n{_blocks(title, sentences)}'
    page = page_file("listen.html", language).body.decode()
    page = _TITLE.sub(lambda _: head, page, count=1)
    return page.replace(_ARTICLE, f"{article}</article>\n{sound}")


def title_of(found: Found) -> str:
    """The headline of a narration, finished or in the making."""
    told = found.written
    return headline_of(told.title, told.paragraphs) if told is not None else ""


def _told_of_voice(found: Found, language: Language) -> str:
    """Which voice reads, and why if it is not the one that was asked for; "" until one does."""
    told = found.narration or found.job
    if told is None or not told.voice:
        return ""
    why = word_all(told.why, language, Door.PAGE)
    return f"{in_language('AI 合成語音', language)}：{told.voice}" + (f"（{why}）" if why else "")


def _names(found: Found) -> tuple[str, str]:
    told = found.written
    return (told.title, told.byline) if told is not None else ("", "")


def _sentences(found: Found) -> list[_Sentence]:
    told = found.written
    return list(told.utterances) if told is not None else []


def _blocks(title: str, sentences: Iterable[_Sentence]) -> str:
    """Headline, byline and paragraphs; what stands in the headline but is not the title is the
    byline."""
    groups: dict[str, list[_Sentence]] = {}
    headline = ""
    for sentence in sentences:
        name = f"p{sentence.paragraph}"
        if sentence.paragraph < 0:
            name = "h1" if len(headline) < len(title) else "byline"
            headline += sentence.text
        groups.setdefault(name, []).append(sentence)
    return "".join(_block(name, members) for name, members in groups.items())


def _block(name: str, members: list[_Sentence]) -> str:
    words = "".join(map(_span, members))
    if name == "h1":
        return f"<h1>{words}</h1>\n"
    kind = ' class="byline"' if name == "byline" else ""
    return f"<p{kind}>{words}</p>\n"


def _span(sentence: _Sentence) -> str:
    """No link: the text of a link can be neither marked nor looked up."""
    stop = 0 if sentence.index == 0 else -1
    return (
        f'<span data-sentence="{sentence.index}" tabindex="{stop}">{escape(sentence.text)}</span>'
    )


def _head(base: str, article_id: str, shown: tuple[str, str], language: Language) -> str:
    title, lead = shown
    page_url = f"{base}/listen/{article_id}"
    oembed = f"{base}/oembed?url={quote(page_url, safe='')}"
    audio = f"{base}/v1/articles/{article_id}/audio.mp3"
    headline = escape(title or in_language("聽新聞", language))
    app = in_language("聽聞", language)
    return "\n".join(
        (
            f"<title>{headline}｜{app}</title>",
            f'<meta name="description" content="{escape(lead)}">',
            f'<link rel="alternate" type="application/json+oembed" href="{escape(oembed)}">',
            f'<meta property="og:title" content="{headline}">',
            f'<meta property="og:description" content="{escape(lead)}">',
            '<meta property="og:type" content="article">',
            f'<meta property="og:site_name" content="{app}">',
            f'<meta property="og:url" content="{escape(page_url)}">',
            f'<meta property="og:image" content="{escape(base)}/artwork.png">',
            f'<meta property="og:audio" content="{escape(audio)}">',
        )
    )


def _linked_data(found: Found, title: str, byline: str, audio: str) -> str:
    """What search engines read: https://schema.org/NewsArticle with its AudioObject."""
    sound = {"@type": "AudioObject", "contentUrl": audio, "encodingFormat": "audio/mpeg"}
    narration: Narration | None = found.narration
    if narration is not None:
        sound["duration"] = f"PT{round(narration.duration_s)}S"
    told = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "inLanguage": "zh-Hant-TW",
        "audio": sound,
    }
    if byline:
        told["author"] = {"@type": "Person", "name": byline}
    # A "<" could end the element that this stands in.
    data = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    return f'\n<script type="application/ld+json">{data}</script>'
