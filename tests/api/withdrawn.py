"""An article that is withdrawn, every route asked for it, and what of it is left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from api.middleware.permissions import ROUTES

TITLE = "鐵道博物館試營運"
TEXT = f"{TITLE}\n\n撤回之前這一句人人聽得到。\n\n撤回之後這一句誰也聽不到。"
URL = "https://news.example/story/7"
SECRET_WORDS = ("人人聽得到", "誰也聽不到", "試營運")
PAGE = (
    '<html><head><meta property="og:url" content="{url}"></head><body><article>'
    f"<h1>{TITLE}</h1><p>撤回之前這一句人人聽得到。</p><p>撤回之後這一句誰也聽不到。</p>"
    "</article></body></html>"
)


async def made(client: httpx.AsyncClient, **asked: Any) -> str:
    """The id of a narration that is ready."""
    answer = await client.post("/v1/articles", json=asked)
    assert answer.is_success, answer.text
    known: str = answer.json()["id"]
    async with client.stream("GET", f"/v1/articles/{known}/events") as events:
        async for _ in events.aiter_lines():
            pass
    return known


def requests_for(article_id: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every route of the service, asked for this article in every way that it takes."""
    page = f"http://tingwen.test/listen/{article_id}"
    for method, path, _ in ROUTES:
        filled = path.replace("{article_id}", article_id)
        if method == "GET":
            filled = filled.replace("{kind}", "wav").replace("{path:path}", "feed.xml")
            filled = re.sub(r"\{[^}]*\}", "x", filled)
            if path == "/v1/articles":
                filled += "?status=ready"
            query = f"?url={page}" if path == "/oembed" else ""
            for wanted in ("GET", "HEAD"):
                yield wanted, filled + query, {}
        elif method == "POST" and "{article_id}" in path:
            yield method, filled, {"json": {}}
        elif path in ("/v1/articles", "/v1/scripts"):
            for body in ({"text": TEXT}, {"url": URL}, {"html": PAGE.format(url=URL)}):
                yield method, filled, {"json": body}
        elif path == "/v1/audio/speech":
            yield method, filled, {"json": {"input": TEXT}}


async def assert_nothing_is_given(
    client: httpx.AsyncClient, article_id: str, sound: bytes, *, asks_anew: bool = True
) -> None:
    """No route gives a word or a frame of the article; those that name it answer 410, and so do
    those that are sent it once more, where the test `asks_anew`."""
    middle = sound[len(sound) // 2 : len(sound) // 2 + 400]
    for method, path, how in requests_for(article_id):
        if how and not asks_anew:
            continue
        for accept in ("application/json", "text/html") if method == "GET" else ("*/*",):
            answer = await client.request(method, path, headers={"Accept": accept}, **how)
            case = (method, path, how, answer.status_code, answer.text[:300])
            assert not any(word in answer.text for word in SECRET_WORDS), case
            assert not middle or middle not in answer.content, case
            assert "audio/" not in answer.headers.get("content-type", ""), case
            if article_id in path and "oembed" not in path:
                assert answer.status_code == 410, case
            if how and "readings" not in path:
                assert answer.status_code == 410, case


def traces(store: Path) -> list[Path]:
    """Files that hold a word of the article, as it is or as JSON escapes it."""
    words = [word.encode() for word in SECRET_WORDS]
    words += [word.encode("ascii", "backslashreplace") for word in SECRET_WORDS]
    return [
        path
        for path in store.rglob("*")
        if path.is_file() and any(word in path.read_bytes() for word in words)
    ]
