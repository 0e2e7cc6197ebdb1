"""Files that our pages are made of, in memory: read, hashed and compressed once, at start-up."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from fastapi import Request
from fastapi.responses import Response

from api.compression import accepts_gzip, gzip_tag, gzipped, is_compressible, mark_negotiated
from api.routes.conditional import or_unchanged

STATIC: Final = Path(__file__).parents[1] / "static"
_BEST_LEVEL: Final = 9
_TYPES: Final = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
"""Not left to the machine's own table: on Windows a registry may say otherwise."""


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file as it is sent. Raises OSError where it is read."""

    body: bytes
    gzipped_body: bytes
    """Empty where it is no text."""
    media_type: str
    etag: str

    @classmethod
    def read(cls, path: Path) -> StaticFile:
        media_type = _TYPES.get(path.suffix) or mimetypes.guess_type(path)[0] or ""
        return cls.of(path.read_bytes(), media_type)

    @classmethod
    def of(cls, body: bytes, media_type: str) -> StaticFile:
        small = gzipped(body, _BEST_LEVEL) if is_compressible(media_type) else b""
        return cls(body, small, media_type, f'"{hashlib.sha256(body).hexdigest()[:32]}"')

    def response(self, request: Request, headers: Mapping[str, str]) -> Response:
        """Answer a GET or HEAD in the coding that `request` accepts, or 304."""
        is_small = bool(self.gzipped_body) and accepts_gzip(
            request.headers.get("accept-encoding", "")
        )
        body = self.gzipped_body if is_small else self.body
        etag = gzip_tag(self.etag) if is_small else self.etag
        answer = Response(body, headers={**headers, "ETag": etag}, media_type=self.media_type)
        if self.gzipped_body:
            mark_negotiated(answer.headers)
        if is_small:
            answer.headers["Content-Encoding"] = "gzip"
        return or_unchanged(request, answer)


@cache
def static_file(name: str) -> StaticFile:
    """The file of that name in the package's `static` folder."""
    return StaticFile.read(STATIC / name)
