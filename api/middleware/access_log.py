"""Every request from its first byte to its last: an id, a line in the log, the counts.

Plain ASGI, in one layer: what is done here is paid for by every range of every listener.
"""

from __future__ import annotations

import logging
import re
import secrets
import time
from typing import Any, Final

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.contextvars import bind_contextvars, unbind_contextvars

from api import problems
from api.lifecycle import Lifecycle
from api.metrics import Metrics
from api.middleware.rate_limits import address_of
from api.refusal import Refusal

_REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._:-]{8,64}")
_ARTICLE: Final = re.compile(r"/([0-9a-f]{32})(?:/|$)")
_PROBES: Final = frozenset(["/healthz", "/readyz", "/metrics"])
_SHOWN_CHARS: Final = 200
_log: Final = logging.getLogger("tingwen.http")


class AccessLog:
    """Gives each request an id (`X-Request-ID`, a sane one is kept), logs and counts it."""

    def __init__(
        self, app: ASGIApp, metrics: Metrics, lifecycle: Lifecycle, *, log_all: bool
    ) -> None:
        self._app = app
        self._metrics = metrics
        self._lifecycle = lifecycle
        self._log_all = log_all

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        exchange = _Exchange(scope, send, self._metrics)
        is_probe = scope["path"] in _PROBES
        bind_contextvars(request_id=exchange.id)
        self._metrics.requests_in_flight.inc()
        self._lifecycle.n_requests += not is_probe
        try:
            await self._app(scope, receive, exchange.send)
        except Exception as error:
            await exchange.broke(error)
        finally:
            self._lifecycle.n_requests -= not is_probe
            self._metrics.requests_in_flight.dec()
            self._metrics.answered(
                scope["method"], exchange.route, exchange.status, exchange.answer_s
            )
            if (self._log_all or exchange.is_news) and not is_probe:
                exchange.log()
            unbind_contextvars("request_id")


class _Exchange:
    """One request and what became of it."""

    def __init__(self, scope: Scope, send: Send, metrics: Metrics) -> None:
        self._scope = scope
        self._send = send
        self._metrics = metrics
        self._began = time.perf_counter()
        self.status = 0
        self.answer_s = 0.0
        self._source = ""
        """`live` or `cached` while the first byte of sound is waited for."""
        asked = next((v for k, v in scope["headers"] if k == b"x-request-id"), b"")
        wanted = asked.decode("latin-1")
        self.id = wanted if _REQUEST_ID.fullmatch(wanted) else secrets.token_hex(8)
        scope["request_id"] = self.id
        article = _ARTICLE.search(scope["path"])
        self._article_id = article[1] if article else ""

    @property
    def route(self) -> str:
        """The pattern of the path, "" if there is none."""
        return getattr(self._scope.get("route"), "path", "")

    @property
    def is_news(self) -> bool:
        """Whether it asked for work or failed."""
        return self._scope["method"] == "POST" or not 0 < self.status < 400

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.answer_s = time.perf_counter() - self._began
            self.status = message["status"]
            headers = message.setdefault("headers", [])
            self._look_at(headers)
            headers.append((b"x-request-id", self.id.encode()))
        elif self._source and message.get("body"):
            waited_s = time.perf_counter() - self._began
            self._metrics.first_audio(waited_s, live=self._source == "live")
            self._source = ""
        await self._send(message)

    def _look_at(self, headers: list[tuple[bytes, bytes]]) -> None:
        """Whether sound is to come, and which article a new one has become."""
        found = dict(headers)
        if self.status in (200, 206) and found.get(b"content-type", b"").startswith(b"audio/"):
            is_live = found.get(b"cache-control") == b"no-store"
            self._source = "live" if is_live else "cached"
        article = _ARTICLE.search(found.get(b"location", b"").decode("latin-1"))
        if article:
            self._article_id = article[1]

    async def broke(self, error: Exception) -> None:
        """Answer a mistake of ours; if the answer has begun, break it off."""
        if self.status:
            _log.warning("stream broken off", extra={"error": error})
            error.is_told = True  # type: ignore[attr-defined]
            raise error
        _log.error("unexpected", exc_info=error)
        request = Request(self._scope)
        refusal = Refusal(500, "unexpected", name=type(error).__name__)
        answer = problems.answer_http(request, refusal)
        await answer(self._scope, _nothing, self.send)

    def log(self) -> None:
        scope = self._scope
        client = scope.get("client")
        fields: dict[str, Any] = {
            "method": scope["method"],
            "path": scope["path"][:_SHOWN_CHARS],
            "status": self.status,
            "ms": round((time.perf_counter() - self._began) * 1000),
            "client": address_of(client[0]) if client else "",
        }
        if self._article_id:
            fields["article_id"] = self._article_id
        key = scope.get("api_key")
        if key is not None:
            fields["key"] = key.name
        _log.info("request", extra=fields)


async def _nothing() -> Message:
    return {"type": "http.disconnect"}
