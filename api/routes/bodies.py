"""JSON bodies that cannot hold up the service.

Python's parser makes an object of every `[]`: six megabytes of them took 2.9 s in which nobody
else was answered. What is asked for here is a flat object whose bulk is text, so of a large
body only a little may stand outside of its strings.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Coroutine
from typing import Any, Final

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from api.complaints import InvalidValue

_MOST_OUTSIDE_BYTES: Final = 64 * 1024
_MOST_STRINGS: Final = 10_000
_STRING: Final = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
"""Possessive: a string that does not end is given up at once, not tried in pieces."""


def is_plain(body: bytes) -> bool:
    """Whether almost all of `body` is text in JSON strings."""
    at = n_outside = n_strings = 0
    while (start := body.find(b'"', at)) >= 0:
        string = _STRING.match(body, start)
        n_strings += 1
        n_outside += start - at
        if string is None or n_strings > _MOST_STRINGS or n_outside > _MOST_OUTSIDE_BYTES:
            return False
        at = string.end()
    return n_outside + len(body) - at <= _MOST_OUTSIDE_BYTES


class _BodyRequest(Request):
    async def json(self) -> Any:
        if not is_plain(await self.body()):
            raise json.JSONDecodeError("not a flat object of texts and numbers", "", 0)
        return await super().json()


def _require_json(request: Request) -> None:
    """Raises RequestValidationError where a body is not said to be JSON, as by `curl -d`."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json" and not kind.endswith("+json"):
        own = InvalidValue("body-not-json", found=kind or "-")
        wrong = {"type": "content_type", "loc": ("header", "Content-Type"), "ctx": {"error": own}}
        raise RequestValidationError([wrong])


class BodyRoute(APIRoute):
    """A route whose body is a flat JSON object."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def with_body(request: Request) -> Response:
            if self.body_field is not None:
                _require_json(request)
            return await handle(_BodyRequest(request.scope, request.receive))

        return with_body
