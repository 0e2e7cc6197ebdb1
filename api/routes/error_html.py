"""Errors as pages, for people: what happened, and a way on."""

from __future__ import annotations

import json
from html import escape
from typing import Final

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.routes.page_words import in_language, page_file, page_language
from reader.messages.language import Language

_PROBLEM: Final = b"application/problem+json"
_OF_PROGRAMS: Final = ("/v1/", "/healthz", "/readyz", "/metrics", "/oembed", "/feed.xml")
_GONE: Final = "找不到這篇文章。"
_WITHDRAWN: Final = "這篇文章已由發布者下架。"
_NO_PAGE: Final = "沒有這個網頁。"
_KEY_NEEDED: Final = "這個網站需要金鑰才能看。"
_OFFLINE: Final = ("現在沒有網路。", "離線保存過的文章在首頁，照樣能聽。")
_HINTS: Final = {
    404: "網址可能不完整，或內容已經刪除。",
    401: "請向管理這個網站的人索取。",
    422: "網址可能不完整。",
    429: "請求太多，請稍後再試。",
    503: "服務暫時無法使用，請稍後再試。",
}


def write_error_page(status: int, path: str, language: Language, title: str = "") -> str:
    """The page of an error; `title` says what happened where the path does not tell."""
    depth = max(0, path.count("/") - 1)
    said = title
    if status in (404, 422):
        said = in_language(_GONE if path.startswith("/listen/") else _NO_PAGE, language)
    elif status == 410:
        said = in_language(_WITHDRAWN, language)
    elif status == 401:
        said = in_language(_KEY_NEEDED, language)
    hint = in_language(_HINTS[status], language) if status in _HINTS else ""
    return _page("../" * depth or "./", said, hint, language)


def write_offline_page(root: str, language: Language) -> str:
    """The page that a browser shows in place of any other while there is no network; `root` is
    the path of the service, with a slash at its end."""
    said, hint = (in_language(text, language) for text in _OFFLINE)
    return _page(root, said, hint, language)


def _page(up: str, said: str, hint: str, language: Language) -> str:
    page = page_file("error.html", language).body.decode()
    return (
        page.replace("{up}", escape(up))
        .replace("{said}", escape(said))
        .replace("{hint}", escape(hint))
    )


class ErrorPages:
    """Answers with a page where a browser asked for one and the answer is problem details."""

    def __init__(self, app: ASGIApp, *, headers: dict[str, str]) -> None:
        self._app = app
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not _is_for_people(scope):
            await self._app(scope, receive, send)
            return
        held: list[Message] = []

        async def exchange(message: Message) -> None:
            if message["type"] == "http.response.start" and _is_problem(message):
                held.append(message)
            elif not held:
                await send(message)
            else:
                held.append(message)
                if not message.get("more_body", False):
                    await self._send_page(scope, held, send)

        await self._app(scope, receive, exchange)

    async def _send_page(self, scope: Scope, held: list[Message], send: Send) -> None:
        start, *parts = held
        told = json.loads(b"".join(part.get("body", b"") for part in parts) or b"{}")
        language = page_language(Request(scope))
        title = told.get("title", "")
        page = write_error_page(start["status"], scope["path"], language, title).encode()
        headers = MutableHeaders(raw=start["headers"])
        headers.update(self._headers)
        headers["Content-Type"] = "text/html; charset=utf-8"
        headers["Content-Length"] = str(len(page))
        headers.add_vary_header("Accept")
        headers.add_vary_header("Accept-Language")
        await send(start)
        body = b"" if scope["method"] == "HEAD" else page
        await send({"type": "http.response.body", "body": body})


def _is_for_people(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return False
    wants_page = "text/html" in Headers(scope=scope).get("accept", "")
    return wants_page and not scope["path"].startswith(_OF_PROGRAMS)


def _is_problem(message: Message) -> bool:
    kind = next((v for k, v in message["headers"] if k.lower() == b"content-type"), b"")
    return bool(kind.startswith(_PROBLEM))
