"""304 for what the client has already: apps ask for a feed every hour."""

from __future__ import annotations

from typing import Final

from fastapi import Request, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles

_RULES: Final = StaticFiles(check_dir=False)


def or_unchanged(request: Request, response: Response) -> Response:
    """`response`, or 304 if its ETag or date is what the request says it has."""
    if _RULES.is_not_modified(response.headers, request.headers):
        return NotModifiedResponse(response.headers)
    return response
