"""Compression of answers that are text and come in one piece: JSON, pages, feeds, captions.

Streams, sound, pictures, ranges and what is compressed already pass through untouched.
"""

from __future__ import annotations

import asyncio
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.compression import (
    SMALLEST_BYTES,
    accepts_gzip,
    gzip_tag,
    gzipped,
    is_compressible,
    mark_negotiated,
    with_plain_tags,
)

_BIGGEST_BYTES: Final = 8 * 1024 * 1024
"""What is larger is not held in memory for this."""
_IN_A_THREAD_BYTES: Final = 32 * 1024
"""From here on compressing takes more than a millisecond, which the event loop has not."""


class Compression:
    """Negotiates gzip. Each representation has an ETag of its own; a client that sends the
    gzipped one's is told 304 by a route that only knows the plain one's."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        wants_gzip = accepts_gzip(asked.get("accept-encoding", ""))
        tags = asked.get("if-none-match", "")
        if wants_gzip and tags:
            headers = [pair for pair in scope["headers"] if pair[0] != b"if-none-match"]
            headers.append((b"if-none-match", with_plain_tags(tags).encode("latin-1")))
            scope = {**scope, "headers": headers}
        await self._app(scope, receive, _Answer(send, wants_gzip, tags).send)


class _Answer:
    """One answer on its way out."""

    def __init__(self, send: Send, wants_gzip: bool, tags: str) -> None:
        self._send = send
        self._wants_gzip = wants_gzip
        self._tags = tags
        self._start: Message | None = None
        """Held back until the body is here."""
        self._body = bytearray()
        self._length = 0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and self._may_compress(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            await self._collect(self._start, message)

    def _may_compress(self, start: Message) -> bool:
        headers = MutableHeaders(raw=start.setdefault("headers", []))
        if start["status"] == 304:
            self._name_what_they_have(headers)
            return False
        is_whole = "content-encoding" not in headers and "content-range" not in headers
        if not is_whole or not is_compressible(headers.get("content-type", "")):
            return False
        mark_negotiated(headers)
        length = headers.get("content-length", "")
        self._length = int(length) if length.isdecimal() else 0
        return self._wants_gzip and SMALLEST_BYTES <= self._length <= _BIGGEST_BYTES

    def _name_what_they_have(self, headers: MutableHeaders) -> None:
        """A 304 carries the ETag of the representation that the client keeps."""
        etag = headers.get("etag", "")
        tag = gzip_tag(etag)
        if self._wants_gzip and etag and tag in (sent.strip() for sent in self._tags.split(",")):
            headers["etag"] = tag
            mark_negotiated(headers)

    async def _collect(self, start: Message, message: Message) -> None:
        self._body += message.get("body", b"")
        if message.get("more_body", False):
            return
        self._start = None
        body = bytes(self._body)
        if len(body) == self._length:  # not where only the head is answered
            body = await self._compress(body, MutableHeaders(raw=start["headers"]))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": body, "more_body": False})

    @staticmethod
    async def _compress(body: bytes, headers: MutableHeaders) -> bytes:
        if len(body) < _IN_A_THREAD_BYTES:
            body = gzipped(body)
        else:
            body = await asyncio.to_thread(gzipped, body)
        headers["content-encoding"] = "gzip"
        headers["content-length"] = str(len(body))
        if "etag" in headers:
            headers["etag"] = gzip_tag(headers["etag"])
        return body
