"""Examples of the OpenAPI document: requests that can be sent as they stand, and their answers.

tests/api/test_docs.py sends every request to a running service and holds the answers to it.
"""

from __future__ import annotations

import json
from typing import Any, Final

from fastapi.openapi.models import Example

from api.openapi import PRODUCT_VERSION

_TEXT: Final = (
    "台北今天放晴\n\n"
    "氣象署今天表示，各地氣溫回升，高溫上看30°C。\n\n"
    "週末有鋒面通過，北部降雨機率70%，外出請帶傘。"
)
_HTML: Final = (
    "<html><head><title>老橋修復完工</title></head><body>"
    "<nav>首頁 政治 生活</nav>"
    "<article><h1>老橋修復完工</h1><p>記者王小明／南投報導</p>"
    "<p>橫跨溪谷的百年老橋歷經2年修復，昨天重新開放通行。</p>"
    "<p>居民沿著橋面掛上300盞燈籠慶祝，縣府預估每天吸引5,000人次。</p></article>"
    "</body></html>"
)
ARTICLE_REQUESTS: Final[dict[str, Example]] = {
    "text": {
        "summary": "Text, the headline in its first line",
        "value": {"text": _TEXT, "voice": "baker"},
    },
    "html": {
        "summary": "A whole page: the article in it is found",
        "value": {"html": _HTML, "rate": 10},
    },
    "url": {
        "summary": "The address of a page",
        "value": {"url": "https://news.example/story.html", "title": "老橋修復完工"},
    },
}
AGAIN_REQUESTS: Final[dict[str, Example]] = {
    "voice": {"summary": "In another voice", "value": {"voice": "baker"}},
    "lexicon": {
        "summary": "With a word put right",
        "value": {"lexicon": {"行庫": "ㄏㄤˊ ㄎㄨˋ"}},
    },
}
READINGS_REQUESTS: Final[dict[str, Example]] = {
    "sentence": {
        "summary": "A sentence",
        "value": {"text": "行庫今天放晴。", "lexicon": {"行庫": "ㄏㄤˊ ㄎㄨˋ"}},
    }
}
READINGS: Final[dict[str, Any]] = {
    "words": [
        {"text": "行庫", "spoken": "行庫", "zhuyin": ["ㄏㄤˊ", "ㄎㄨˋ"]},
        {"text": "放晴", "spoken": "放晴", "zhuyin": ["ㄈㄤˋ", "ㄑㄧㄥˊ"]},
        {"text": "。", "spoken": "。", "zhuyin": []},
    ],
    "choices": {"行": ["ㄒㄧㄥˊ", "ㄏㄤˊ"], "庫": ["ㄎㄨˋ"]},
}
LEXICON: Final[dict[str, Any]] = {"words": {"行庫": "ㄏㄤˊ ㄎㄨˋ"}, "surnames": {"單": "ㄕㄢˋ"}}
LEXICON_REQUESTS: Final[dict[str, Example]] = {
    "lexicon": {"summary": "A word and a surname", "value": LEXICON}
}
LEXICON_HISTORY: Final[list[dict[str, Any]]] = [
    {
        "at": "2026-03-02T08:15:00+00:00",
        "who": "key newsroom",
        "before": "5f2d8cf0a1f74cbb9a3e5d1c7b604e9a",
        "after": "0c4b7d9e2f8a4d63b1a5c3e7f9026d48",
        "changes": [{"table": "words", "word": "行庫", "was": None, "now": "ㄏㄤˊ ㄎㄨˋ"}],
    }
]
ARTICLE_LIST: Final[dict[str, Any]] = {
    "articles": [
        {
            "id": "8ed6925a756fa7a33f6d8cd06cacf43f",
            "status": "ready",
            "at": "2026-03-02T08:15:00Z",
            "title": "台北今天放晴",
            "byline": "",
            "address": "https://news.example/weather",
            "voice": "baker",
            "wanted_voice": "baker",
            "why": "",
            "duration": 17.4,
        }
    ],
    "next": None,
}
SPEECH_REQUESTS: Final[dict[str, Example]] = {
    "mp3": {
        "summary": "One sentence",
        "value": {"model": "tts-1", "input": "今天放晴，高溫上看30°C。", "voice": "baker"},
    },
    "wav": {
        "summary": "Faster, as WAV",
        "value": {
            "model": "tts-1",
            "input": "今天放晴。",
            "voice": "alloy",
            "response_format": "wav",
            "speed": 1.25,
        },
    },
}

_ID: Final = "8ed6925a756fa7a33f6d8cd06cacf43f"
_URLS: Final = {
    "audio_url": f"/v1/articles/{_ID}/audio.mp3",
    "captions_url": f"/v1/articles/{_ID}/captions.vtt",
    "page_url": f"/listen/{_ID}",
}
_SENTENCES: Final = tuple(_TEXT.split("\n\n"))
_TIMES: Final = ((0.081, 1.375), (2.372, 7.38), (8.091, 13.223))
NEW_ARTICLE: Final[dict[str, Any]] = {
    "id": _ID,
    "title": _SENTENCES[0],
    "byline": "",
    "status": "pending",
    "voice": None,
    "wanted_voice": "baker",
    "why": "",
    "licence": "",
    "duration": None,
    "coverage": 0.0,
    "passed_over": [],
    **_URLS,
    "problem": None,
    "utterances": [
        {"index": index, "paragraph": index - 1, "text": text, "start": None, "end": None}
        for index, text in enumerate(_SENTENCES)
    ],
}
READY_ARTICLE: Final[dict[str, Any]] = NEW_ARTICLE | {
    "status": "ready",
    "voice": "baker",
    "wanted_voice": "baker",
    "licence": "weights trained on the Baker corpus: non-commercial use",
    "duration": 13.92,
    "coverage": 1.0,
    "utterances": [
        utterance | {"start": start, "end": end}
        for utterance, (start, end) in zip(NEW_ARTICLE["utterances"], _TIMES, strict=True)
    ],
}
EVENTS: Final = "".join(
    f"event: utterance\ndata: {json.dumps(utterance)}\n\n"
    for utterance in READY_ARTICLE["utterances"]
) + ('event: ready\ndata: {"duration": 13.92}\n\n')
SRT: Final = """\
1
00:00:00,081 --> 00:00:01,375
台北今天放晴
"""
TRANSCRIPT: Final[dict[str, Any]] = {
    "version": "1.0.0",
    "title": "台北今天放晴",
    "segments": [{"startTime": 0.081, "endTime": 1.375, "body": "台北今天放晴"}],
}
CAPTIONS: Final = """\
WEBVTT

0
00:00:00.081 --> 00:00:01.375
台北今天放晴

1
00:00:02.372 --> 00:00:07.380
氣象署今天表示，
各地氣溫回升，高溫上看30°C。

2
00:00:08.091 --> 00:00:13.223
週末有鋒面通過，
北部降雨機率70%，外出請帶傘。

"""
CHAPTERS: Final[dict[str, Any]] = {
    "version": "1.2.0",
    "chapters": [
        {"startTime": 0.0, "title": _SENTENCES[0]},
        {"startTime": 2.372, "title": _SENTENCES[1]},
        {"startTime": 8.091, "title": _SENTENCES[2]},
    ],
}
SCRIPT: Final[dict[str, Any]] = {
    "title": _SENTENCES[0],
    "byline": "",
    "published": "",
    "paragraphs": list(_SENTENCES[1:]),
    "utterances": [
        {
            "index": 0,
            "paragraph": -1,
            "text": _SENTENCES[0],
            "spoken": "台北今天放晴",
            "pause_ms": 1000,
            "words": [],
        },
        {
            "index": 1,
            "paragraph": 0,
            "text": _SENTENCES[1],
            "spoken": "氣象署今天表示，各地氣溫回升，高溫上看攝氏三十度。",
            "pause_ms": 700,
            "words": [],
        },
        {
            "index": 2,
            "paragraph": 1,
            "text": _SENTENCES[2],
            "spoken": "週末有鋒面通過，北部降雨機率百分之七十，外出請帶傘。",
            "pause_ms": 700,
            "words": [],
        },
    ],
}
OEMBED: Final[dict[str, Any]] = {
    "version": "1.0",
    "type": "rich",
    "title": _SENTENCES[0],
    "provider_name": "聽聞",
    "provider_url": "https://listen.example",
    "html": f'<iframe src="https://listen.example/embed/{_ID}" width="640" height="156" '
    f'style="border:0;width:100%" loading="lazy" allow="autoplay; web-share; clipboard-write" '
    f'title="聽新聞：{_SENTENCES[0]}"></iframe>',
    "width": 640,
    "height": 156,
}
SUMMARY: Final[dict[str, Any]] = {
    "id": _ID,
    "title": _SENTENCES[0],
    "byline": "",
    "status": "ready",
    "voice": "baker",
    "why": "",
    "licence": "Baker corpus: non-commercial use",
    "duration": 13.93,
    **_URLS,
    "address": "https://news.example/story/7",
    "brand": "小鎮日報",
    "logo": "https://news.example/logo.png",
    "selector": "div.story",
    "make": "on-publish",
    "stale": False,
}
LOOK_REQUESTS: Final[dict[str, Example]] = {
    "look": {
        "summary": "The page that its reader is at",
        "value": {"url": "https://news.example/story/7"},
    },
}
PAGE_REQUESTS: Final[dict[str, Example]] = {
    "fetched": {
        "summary": "Its address: the service fetches it",
        "value": {"url": "https://news.example/story/7"},
    },
    "sent": {
        "summary": "The page itself, before anybody can fetch it",
        "value": {"url": "https://news.example/story/7", "html": _HTML},
    },
}
VOICE: Final[dict[str, Any]] = {
    "name": "edge:zh-TW-HsiaoChenNeural",
    "locale": "zh-TW",
    "gender": "Female",
    "description": "曉臻",
    "licence": "unofficial free service of Microsoft: personal use",
    "needs_network": True,
    "installed": True,
    "label": "",
}
MODELS: Final[dict[str, Any]] = {
    "object": "list",
    "data": [{"id": "tts-1", "object": "model", "created": 0, "owned_by": "tingwen"}],
}
MODEL: Final[dict[str, Any]] = MODELS["data"][0]
AUDIO_MODELS: Final[dict[str, Any]] = {"models": [{"id": "tts-1", "name": "tts-1"}]}
AUDIO_VOICES: Final[dict[str, Any]] = {
    "voices": [{"id": "edge:zh-TW-HsiaoChenNeural", "name": "曉臻（女，台灣）"}],
}
FEED: Final = f"""\
<?xml version='1.0' encoding='UTF-8'?>
<rss version="2.0"><channel><title>聽聞</title>
<item><title>{_SENTENCES[0]}</title><guid isPermaLink="false">{_ID}</guid>
<enclosure length="84438" type="audio/mpeg" url="https://listen.example{_URLS["audio_url"]}"/>
</item>
</channel></rss>
"""
HEALTH: Final = {"status": "ok", "version": PRODUCT_VERSION}
READY: Final = {"status": "ready", "voice": "baker"}
METRICS: Final = f"""\
# HELP tingwen_build_info Which release runs.
# TYPE tingwen_build_info gauge
tingwen_build_info{{version="{PRODUCT_VERSION}"}} 1.0
"""


def answer(description: str, media_type: str, example: object) -> dict[str, Any]:
    """An entry of FastAPI's `responses`: what is answered, as what, and how that looks."""
    return {"description": description, "content": {media_type: {"example": example}}}
