"""304 for what the client has already: apps ask for a feed every hour."""

from __future__ import annotations

from typing import Final

from fastapi import Request, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles

_POLICY: Final = "Content-Security-Policy"
_RULES: Final = StaticFiles(check_dir=False)


def or_unchanged(request: Request, response: Response) -> Response:
    """`response`, or 304 if its ETag or date is what the request says it has."""
    if _RULES.is_not_modified(response.headers, request.headers):
        answer = NotModifiedResponse(response.headers)
        # A browser takes the policy of a 304 for that of the page that it has (RFC 9111 3.2).
        if policy := response.headers.get(_POLICY):
            answer.headers[_POLICY] = policy
        return answer
    return response
