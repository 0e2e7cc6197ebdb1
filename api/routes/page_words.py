"""Our own pages in the reader's language: written in Chinese, put into English where preferred."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from fastapi import Request

from api.problems import prefers_english
from api.routes.static_files import StaticFile, static_file
from reader.messages.language import Language

LANG: Final = {Language.CHINESE: "zh-Hant-TW", Language.ENGLISH: "en"}
"""The `lang` of a page."""
_ENGLISH: Final = {
    "聽聞｜把新聞唸給你聽": "tingwen | The news, read to you",
    "貼上一篇新聞，馬上聽它唸出來。": "Paste a news article and hear it read at once.",
    "聽聞": "tingwen",
    "把新聞唸給你聽": "The news, read to you",
    "貼上一篇新聞，馬上就能聽。選單、圖說、廣告與延伸閱讀會自動略過，只唸文章。": (
        "Paste a news article and listen at once. Menus, captions, advertisements and further "
        "reading are left out: only the article is read."
    ),
    "貼上文章、整頁文字、HTML 或網址": "Paste an article, a whole page, HTML or an address",
    "聲音": "Voice",
    "自動": "automatic",
    "先看稿": "See the script",
    "開始聽": "Listen",
    "將會唸出的稿子": "The script that will be read",
    "每句先列原文，再列唸法。": "Each sentence as written, then as it is read.",
    "聽新聞": "Listen to the news",
    "訂閱（RSS）": "Subscribe (RSS)",
    "還沒有任何一集。": "There are no episodes yet.",
    "較新的節目": "Newer episodes",
    "較舊的節目": "Older episodes",
    "頁": "Pages",
    "閱讀原文": "Read the original",
    "本集內容": "In this episode",
}
_TEXT: Final = re.compile(r'(?<=>)[^<>]+(?=<)|(?<=content=")[^"]+|(?<=label=")[^"]+')


def page_language(request: Request) -> Language:
    """Chinese, but for those who prefer English."""
    return Language.ENGLISH if prefers_english(request) else Language.CHINESE


def in_language(text: str, language: Language) -> str:
    """A text of our pages, given in Chinese."""
    return _ENGLISH[text] if language is Language.ENGLISH else text


@cache
def page_file(name: str, language: Language) -> StaticFile:
    """A page of the package's `static` folder in one language."""
    written = static_file(name)
    if language is Language.CHINESE:
        return written
    html = _TEXT.sub(_english_of, written.body.decode())
    html = re.sub(r'<html lang="[^"]*"', f'<html lang="{LANG[language]}"', html)
    return StaticFile.of(html.encode(), written.media_type)


def _english_of(found: re.Match[str]) -> str:
    text = found[0]
    return text.replace(text.strip(), _ENGLISH.get(text.strip(), text.strip()))
