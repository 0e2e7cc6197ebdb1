"""Audio that is still being made, over HTTP: as a stream, or range by range.

Safari asks for `bytes=0-1` before anything else and gives up where the answer is no 206. How
long the whole will be nobody knows, which `bytes 0-1/*` says (RFC 9110 14.4), and an answer may
hold less than was asked for (15.3.7): it says itself what it holds.
"""

from __future__ import annotations

import re
from typing import Final

from fastapi import Request
from fastapi.responses import Response, StreamingResponse

from api.routes.voice_headers import voice_headers
from api.work.jobs import Job

_TYPE: Final = "audio/mpeg"
_HEADERS: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_RANGE: Final = re.compile(r"\s*bytes\s*=\s*(\d{1,15})-(\d{0,15})\s*")


async def live_response(request: Request, job: Job) -> Response | None:
    """Answer a GET or HEAD for the audio of a job that runs, None if it is over by now.

    Raises TingwenError if it failed. A request for all of it gets the stream, which every player
    knows how to follow; several ranges, or the last bytes of what has no end, get it as well.
    """
    if request.method == "HEAD":
        return Response(headers=_headers(job), media_type=_TYPE)
    wanted = _RANGE.fullmatch(request.headers.get("range", ""))
    start, last = (int(n) if n else None for n in wanted.groups()) if wanted else (0, None)
    is_backward = last is not None and last < (start or 0)
    if start is None or is_backward or (start == 0 and last is None):
        return _stream(job)
    part = await job.part(start, None if last is None else last + 1)
    if part is None:
        return None
    validator = request.headers.get("if-range", part.etag)
    if validator != part.etag:
        return _stream(job)
    headers = {
        **_headers(job),
        "ETag": part.etag,
        "Content-Range": f"bytes {start}-{start + len(part.data) - 1}/*",
    }
    return Response(part.data, 206, headers, _TYPE)


def _stream(job: Job) -> Response:
    return StreamingResponse(job.listen(), media_type=_TYPE, headers=_headers(job))


def _headers(job: Job) -> dict[str, str]:
    """With the voice, as far as one has begun."""
    return {**_HEADERS, "Accept-Ranges": "bytes", **voice_headers(job)}
