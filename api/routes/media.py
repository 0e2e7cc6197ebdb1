"""Finished audio over HTTP: whole, by range, conditional (RFC 9110 13 and 14).

What can be withdrawn is asked for again each time it is used (`no-cache`): the answer to who has
it already is 304, for which no file is opened.

A file of this machine is read where it lies; what lies in a bucket is fetched by range and
handed on, or, with TINGWEN_CACHE_REDIRECT, fetched by the client itself from a signed address.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from typing import Final
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from api.headlines import headline_of
from api.refusal import Refusal
from api.routes.voice_headers import voice_headers
from audio_cache import CheckedFile, Corrupt
from reader.errors import Withdrawn
from reader.narration.model import Narration
from reader.narration.store import NarrationStore

_ASKED_AGAIN: Final = "no-cache"
_TYPE: Final = "audio/mpeg"
_CHUNK_BYTES: Final = 256 * 1024
_MOST_DIGITS: Final = 18


async def audio_response(
    request: Request,
    store: NarrationStore,
    narration: Narration,
    *,
    redirect: bool = False,
    saves: bool = False,
) -> Response:
    """Answer a GET or HEAD for the audio of a ready narration.

    One range is served; several at once are answered with the whole, as the RFC allows. With
    `redirect` a GET of what lies in a bucket is sent there, unless the browser is to save it: a
    bucket would not say so.
    """
    etag, size = f'"{narration.audio_sha256}"', narration.audio_bytes
    headers = {
        "ETag": etag,
        "Cache-Control": _ASKED_AGAIN,
        **voice_headers(narration),
        "Accept-Ranges": "bytes",
        "Content-Disposition": disposition(narration, ".mp3", saves=saves),
        "X-Content-Type-Options": "nosniff",
    }
    if _matches(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=headers)
    start, end, status = 0, size, 200
    wanted = request.headers.get("range") if request.method == "GET" else None  # RFC 9110 14.2
    if wanted and request.headers.get("if-range", etag) == etag:
        part = single_range(wanted, size)
        if part is not None:
            (start, end), status = part, 206
            headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    headers["Content-Length"] = str(end - start)
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers, media_type=_TYPE)
    if store.path(narration) is not None:
        return _FileStretch(store, narration, start, end, status, headers)
    url = await store.signed_url(narration) if redirect and not saves else None
    if url is not None:
        return Response(status_code=307, headers={"Location": url, "Cache-Control": "no-store"})
    body = await _begin(store.read(narration, start, end))
    return StreamingResponse(body, status_code=status, headers=headers, media_type=_TYPE)


async def _begin(body: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """`body` with its first chunk fetched: what is gone is told before a status is sent."""
    first = await anext(body)

    async def whole() -> AsyncIterator[bytes]:
        yield first
        async for chunk in body:
            yield chunk

    return whole()


class _FileStretch(Response):
    """Bytes of a local file: one visit to a thread a chunk, the first one opens the file.

    Starlette's FileResponse visits a thread five times for the same range.
    """

    def __init__(
        self,
        store: NarrationStore,
        narration: Narration,
        start: int,
        end: int,
        status_code: int,
        headers: dict[str, str],
    ) -> None:
        self.status_code, self.media_type, self.background = status_code, _TYPE, None
        self._store, self._narration = store, narration
        self._start, self._end = start, end
        self.init_headers(headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        loop = asyncio.get_running_loop()
        opening = loop.run_in_executor(None, self._open)
        try:
            file, chunk = await asyncio.shield(opening)
        except asyncio.CancelledError:  # the client left, the thread opens the file all the same
            opening.add_done_callback(_close_opened)
            raise
        try:
            start = {"type": "http.response.start", "status": self.status_code}
            await send({**start, "headers": self.raw_headers})
            at = self._start
            while True:
                at += len(chunk)
                more = at < self._end and bool(chunk)
                await send({"type": "http.response.body", "body": chunk, "more_body": more})
                if not more:
                    return
                chunk = await loop.run_in_executor(None, self._read, file, at)
        except (Corrupt, Withdrawn):
            return  # the connection breaks off, which a client sees, and nothing wrong is sent
        finally:
            file.close()

    def _open(self) -> tuple[CheckedFile, bytes]:
        file = self._store.open(self._narration)
        if file is None:
            raise Refusal(404, "audio-damaged")
        try:
            return file, self._read(file, self._start)
        except BaseException:
            file.close()
            raise

    def _read(self, file: CheckedFile, at: int) -> bytes:
        if at > self._start and self._store.withdrawals.has_id(self._narration.id):
            raise Withdrawn("article-withdrawn")
        return file.read(at, min(_CHUNK_BYTES, self._end - at))


def _close_opened(opening: asyncio.Future[tuple[CheckedFile, bytes]]) -> None:
    if not opening.cancelled() and opening.exception() is None:
        opening.result()[0].close()


def single_range(header: str, size: int) -> tuple[int, int] | None:
    """First byte and the byte past the last of a single range, None if it is to be ignored.

    Raises HTTPException 416 if it lies outside.
    """
    unit, _, spec = header.partition("=")
    first, dash, last = spec.strip().partition("-")
    if unit.strip() != "bytes" or not dash or "," in spec:
        return None
    if not all(part.isdecimal() or not part for part in (first, last)) or not first + last:
        return None
    if not first:
        start, end = max(0, size - _number(last)), size
    else:
        start, end = _number(first), min(size, _number(last) + 1 if last else size)
    if start >= size or start >= end:
        raise Refusal(416, "range-outside", {"Content-Range": f"bytes */{size}"}, n_bytes=size)
    return start, end


def _number(digits: str) -> int:
    """Python refuses to read numbers of thousands of digits; no file is that long."""
    return int(digits) if len(digits) <= _MOST_DIGITS else 10**_MOST_DIGITS


def _matches(if_none_match: str, etag: str) -> bool:
    tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return etag in tags or "*" in tags


def disposition(narration: Narration, suffix: str, *, saves: bool = False) -> str:
    """`Content-Disposition`, whether browsers are to save it or show it, with the title as the
    file's name, and one in ASCII beside it for clients that know no other (RFC 6266 4.3)."""
    title = headline_of(narration.title, narration.paragraphs)
    name = "".join(c for c in title if c.isalnum() or c in " -_")[:60].strip()
    ascii_name = " ".join(re.sub(r"[^A-Za-z0-9 _-]", "", name).split()) or narration.id[:12]
    full = quote(f"{name or narration.id}{suffix}")
    kind = "attachment" if saves else "inline"
    return f"{kind}; filename=\"{ascii_name}{suffix}\"; filename*=UTF-8''{full}"
