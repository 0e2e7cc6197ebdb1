"""Admission of requests: not while shutting down, not without a key where one is needed, and not
more often than the limits allow. All before a byte of the body is read."""

from __future__ import annotations

import asyncio
import base64
import binascii
from typing import Final

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api import problems
from api.lifecycle import Lifecycle
from api.metrics import Metrics
from api.middleware.api_keys import Key, find_key
from api.middleware.origins import Origins
from api.middleware.permissions import READING, Permission, permission_of
from api.middleware.rate_limits import RateLimits, address_of
from api.refusal import Refusal
from api.settings import Settings
from reader.fair_share import current_client

_REALM: Final = 'realm="tingwen", charset="UTF-8"'


class Admission:
    """Asks of each request what the table of permissions says: a name and a site of ours, a key
    with its scopes, and its share of the limits."""

    def __init__(
        self,
        app: ASGIApp,
        settings: Settings,
        limits: RateLimits,
        metrics: Metrics,
        lifecycle: Lifecycle,
    ) -> None:
        self._app = app
        self._keys = settings.keys
        self._private = settings.private
        self._origins = Origins(settings)
        self._max_body_bytes = settings.max_body_bytes
        self._body_timeout_s = settings.body_timeout_s
        self._limits = limits
        self._metrics = metrics
        self._lifecycle = lifecycle

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            try:
                await self._admit(scope)
            except HTTPException as refusal:
                self._metrics.refused(problems.kind_of_status(refusal.status_code).name)
                await problems.answer_http(Request(scope), refusal)(scope, receive, send)
                return
            receive = _Body(receive, self._body_timeout_s, self._max_body_bytes)
        await self._app(scope, receive, send)

    async def _admit(self, scope: Scope) -> None:
        self._origins.require_our_name(scope)
        self._origins.require_our_site(scope)
        method, path = scope["method"], scope["path"]
        permission = permission_of(method, path, scope["query_string"])
        is_work = method not in READING
        if is_work:
            self._lifecycle.require_open()
        headers = Headers(scope=scope)
        key = scope["api_key"] = self._key(headers, is_work)
        if self._keys:
            for needed in _scopes(permission, is_private=self._private):
                _require(needed, key)
        scope["may_speak"] = not self._keys or (key is not None and "speak" in key.scopes)
        scope["client_id"] = f"key {key.name}" if key else _address(scope)
        current_client.set(scope["client_id"])
        if permission.is_counted:
            wait_s = await self._limits.wait_s(key.name if key else None, _address(scope))
            if wait_s:
                raise Refusal(429, "too-many-requests", {"Retry-After": str(wait_s)}, wait_s=wait_s)
        size = headers.get("content-length", "")
        if size.isdecimal() and (len(size) > 18 or int(size) > self._max_body_bytes):
            raise Refusal(413, "body-too-large", most_bytes=self._max_body_bytes)

    def _key(self, headers: Headers, is_work: bool) -> Key | None:
        """The key of a request, None if it sends none. Raises 401 for one that is not known."""
        secret = _secret(headers, is_work) if self._keys else ""
        if not secret:
            return None
        key = find_key(self._keys, secret)
        if key is None:
            raise _unauthorized("key-unknown", "invalid_token")
        return key


def _secret(headers: Headers, is_work: bool) -> str:
    """Bearer, as API clients send it, or the password of Basic, which browsers and players
    ask for. A browser sends that on any site's behalf: then it buys no work."""
    kind, _, value = headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return value.strip()
    from_elsewhere = headers.get("sec-fetch-site", "none") not in ("none", "same-origin")
    if kind.lower() == "basic" and not (is_work and from_elsewhere):
        try:
            pair = base64.b64decode(value.strip(), validate=True)
        except binascii.Error:
            return ""
        return pair.partition(b":")[2].decode("utf-8", "surrogateescape")
    return ""


def _require(scope: str, key: Key | None) -> None:
    if key is None:
        raise _unauthorized("key-needed", scope=scope)
    if scope not in key.scopes:
        challenge = f'Bearer {_REALM}, error="insufficient_scope", scope="{scope}"'
        headers = {"WWW-Authenticate": challenge}
        raise Refusal(403, "scope-missing", headers, key=key.name, scope=scope)


def _unauthorized(kind: str, error: str = "", **facts: object) -> Refusal:
    what = f', error="{error}"' if error else ""
    headers = {"WWW-Authenticate": f"Bearer {_REALM}{what}, Basic {_REALM}"}
    return Refusal(401, kind, headers, **facts)


def _scopes(permission: Permission, *, is_private: bool) -> list[str]:
    """What a key must have."""
    read = ["read"] if is_private and permission.shows_articles else []
    return [*([permission.scope] if permission.scope else []), *read]


def _address(scope: Scope) -> str:
    client = scope.get("client")
    return address_of(client[0]) if client else address_of("")


class _Body:
    """A request's body, which must arrive in time, and be no larger than is taken: a sender holds
    no memory for ever."""

    def __init__(self, receive: Receive, timeout_s: float, most_bytes: int) -> None:
        self._receive = receive
        self._timeout_s = timeout_s
        self._most_bytes = most_bytes
        self._n_bytes = 0
        self._deadline: float | None = None
        self._is_whole = False

    async def __call__(self) -> Message:
        if self._is_whole:
            return await self._receive()  # waits for the client to leave
        if self._deadline is None:
            self._deadline = asyncio.get_running_loop().time() + self._timeout_s
        try:
            async with asyncio.timeout_at(self._deadline):
                message = await self._receive()
        except TimeoutError:
            raise Refusal(408, "body-too-slow", limit_s=self._timeout_s) from None
        self._n_bytes += len(message.get("body", b""))
        if self._n_bytes > self._most_bytes:
            raise Refusal(413, "body-too-large", most_bytes=self._most_bytes)
        self._is_whole = not message.get("more_body", False)
        return message
