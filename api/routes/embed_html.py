"""The page of a frame as HTML: the player, the words that it says, what search engines read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from html import escape
from typing import Final, Literal, Protocol

from api.routes.listen_html import title_of
from api.routes.page_words import in_language, page_file
from api.service import Found
from reader.messages.language import Language

Theme = Literal["light", "dark", "auto"]
HEIGHT_PX: Final = 156
"""Of the closed frame at any width: the player 126, the line under it 30 (embed.css,
site_card.css)."""
_ELEMENT: Final = "<ting-wen></ting-wen>"
_HEAD_END: Final = "</head>"


def write_embed_page(
    article_id: str, found: Found | None, base: str, language: Language, theme: Theme
) -> str:
    """The player alone, for a narration that is ready, in the making, or not there; `base` is
    where the service is seen from outside."""
    page = page_file("embed.html", language).body.decode()
    lang = "en" if language is Language.ENGLISH else "zh-Hant"
    scheme = "" if theme == "auto" else theme
    page = re.sub('<html lang="[^"]*"', f'<html lang="{lang}" class="{scheme}"', page)
    data = _linked_data(found, f"{base}/v1/articles/{article_id}/audio.mp3") if found else ""
    # What is shared is the page of the article, not that of the frame.
    element = (
        f'<ting-wen frame article="{article_id}" share-url="../listen/{article_id}">'
        f"{_transcript(found, language)}</ting-wen>\n"
        f'<noscript><audio controls preload="none" '
        f'src="../v1/articles/{article_id}/audio.mp3"></audio></noscript>'
    )
    page = page.replace(_HEAD_END, f"{data}{_HEAD_END}", 1)
    return page.replace(_ELEMENT, element, 1)


def _transcript(found: Found | None, language: Language) -> str:
    """All that is said, by paragraphs."""
    told = None if found is None else found.written
    if not told:
        return ""
    paragraphs = "".join(f"<p>{escape(words)}</p>" for words in _paragraphs(told.utterances))
    return f"<details><summary>{in_language('文字稿', language)}</summary>{paragraphs}</details>"


class _Said(Protocol):
    @property
    def paragraph(self) -> int: ...
    @property
    def text(self) -> str: ...


def _paragraphs(utterances: Iterable[_Said]) -> Iterable[str]:
    groups: dict[int, str] = {}
    for utterance in utterances:
        groups[utterance.paragraph] = groups.get(utterance.paragraph, "") + utterance.text
    return groups.values()


def _linked_data(found: Found, audio: str) -> str:
    """https://schema.org/AudioObject, with its words."""
    narration = found.narration
    if narration is None:
        return ""
    told = {
        "@context": "https://schema.org",
        "@type": "AudioObject",
        "name": title_of(found),
        "contentUrl": audio,
        "encodingFormat": "audio/mpeg",
        "duration": f"PT{round(narration.duration_s)}S",
        "inLanguage": "zh-Hant-TW",
    }
    # A "<" could end the element that this stands in.
    data = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{data}</script>\n'
