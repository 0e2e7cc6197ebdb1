"""Our own pages in the reader's language: written in Chinese, put into English where preferred."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from fastapi import Request

from api.problems import prefers_english
from api.routes.help_words import HELP_ENGLISH
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
    "字上面的小字是實際唸法；按一下詞，可以改它的讀音。": (
        "The small print above a word is what is said for it; press a word to correct its reading."
    ),
    "只看改動": "Only what changes",
    "試聽": "Sample",
    "我的讀音": "My readings",
    "存進網站的詞典": "Keep in the site's lexicon",
    "聽新聞": "Listen to the news",
    "訂閱（RSS）": "Subscribe (RSS)",
    "還沒有任何一集。": "There are no episodes yet.",
    "較新的節目": "Newer episodes",
    "較舊的節目": "Older episodes",
    "頁": "Pages",
    "貼上": "Paste",
    "上傳檔案": "Upload a file",
    "試聽範例": "Hear an example",
    "檔案": "File",
    "這個網站需要金鑰；填一次，就記在這台裝置": "This site needs a key; it is kept on this device",
    "稍後聽": "Listen later",
    "接下來": "Up next",
    "▶ 依序播放": "▶ Play all",
    "▶ 全部播放": "▶ Play all",
    "最近聽過": "Heard lately",
    "全部清除": "Clear all",
    "知道網址的人才聽得到你貼的文章；聽過什麼，只記在這台裝置。聲音由 AI 合成。": (
        "Only who knows its address hears what you paste; what you have heard is kept on this "
        "device alone. The voices are an AI's."
    ),
    "這一頁要開啟 JavaScript 才能用；播放頁不用。": (
        "This page needs JavaScript; those that are listened to do not."
    ),
    "按「開始聽」，就唸這一篇。": "Press “Listen” to hear this.",
    "AI 合成語音": "AI voice",
    "找不到這篇文章。": "There is no such article.",
    "這篇文章已由發布者下架。": "This article was withdrawn by its publisher.",
    "沒有這個網頁。": "There is no such page.",
    "這個網站需要金鑰才能看。": "This site needs a key.",
    "網址可能不完整，或內容已經刪除。": "The address may be cut off, or what it led to is gone.",
    "請向管理這個網站的人索取。": "Ask whoever runs this site for one.",
    "網址可能不完整。": "The address may be cut off.",
    "請求太多，請稍後再試。": "Too many requests; please try again later.",
    "服務暫時無法使用，請稍後再試。": "Not available now; please try again later.",
    "現在沒有網路。": "There is no network now.",
    "離線保存過的文章在首頁，照樣能聽。": (
        "Articles that you kept offline are on the front page, and can be heard."
    ),
    "離線保存": "Kept offline",
    "貼上一篇文章": "Paste an article",
    "文字稿": "Transcript",
    "閱讀原文": "Read the original",
    "本集內容": "In this episode",
    **HELP_ENGLISH,
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
