"""Finished audio over HTTP: whole, by range, conditional, immutable."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import FileResponse, Response, StreamingResponse
from starlette.exceptions import HTTPException

from reader.narrate import Narrator
from reader.narration import Narration

_IMMUTABLE: Final = "public, max-age=31536000, immutable"
_TYPE: Final = "audio/mpeg"


def audio_response(request: Request, narrator: Narrator, narration: Narration) -> Response:
    """Answer a GET or HEAD for the audio of a ready narration (RFC 9110 13 and 14)."""
    etag = f'"{narration.audio_sha256}"'
    headers = {
        "ETag": etag,
        "Cache-Control": _IMMUTABLE,
        "Accept-Ranges": "bytes",
        "Content-Disposition": f"inline; filename*=UTF-8''{_file_name(narration)}",
        "X-Content-Type-Options": "nosniff",
    }
    if _matches(request.headers.get("if-none-match", ""), etag):
        return Response(status_code=304, headers=headers)
    path = narrator.audio_file(narration)
    if path is not None:
        return FileResponse(path, media_type=_TYPE, headers=headers)
    return _remote(request, narrator, narration, headers)


def _remote(
    request: Request, narrator: Narrator, narration: Narration, headers: dict[str, str]
) -> Response:
    size = narration.audio_bytes
    start, end, status = 0, size, 200
    wanted = request.headers.get("range")
    if wanted and request.headers.get("if-range", headers["ETag"]) == headers["ETag"]:
        part = single_range(wanted, size)
        if part is not None:
            (start, end), status = part, 206
            headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    headers["Content-Length"] = str(end - start)
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers, media_type=_TYPE)
    body = narrator.audio(narration, start, end)
    return StreamingResponse(body, status_code=status, headers=headers, media_type=_TYPE)


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
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1 if last else size)
    if start >= size or start >= end:
        raise HTTPException(416, "the range lies outside", {"Content-Range": f"bytes */{size}"})
    return start, end


def _matches(if_none_match: str, etag: str) -> bool:
    tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return etag in tags or "*" in tags


def _file_name(narration: Narration) -> str:
    name = "".join(c for c in narration.title if c.isalnum() or c in " -_")[:60].strip()
    return quote(f"{name or narration.id}.mp3")
