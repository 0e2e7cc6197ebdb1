"""Security headers, which keep a browser from doing what our pages do not mean."""

from __future__ import annotations

from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_NOTHING: Final = b"default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
_ALWAYS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"cross-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
)
_HSTS: Final = (b"strict-transport-security", b"max-age=31536000")


class SecurityHeaders:
    """Adds what an answer lacks. A page has a policy of its own; whatever else a browser might
    take for a page may load nothing and be framed by nobody."""

    def __init__(self, app: ASGIApp, *, is_https: bool, redirects: bool) -> None:
        self._app = app
        self._redirects = redirects
        self._always = (*_ALWAYS, _HSTS) if is_https else _ALWAYS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def add_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message.setdefault("headers", [])
                if self._redirects:
                    headers[:] = [_with_stores(pair) for pair in headers]
                found = {name.lower() for name, _ in headers}
                headers += [pair for pair in self._always if pair[0] not in found]
                if b"content-security-policy" not in found and not _is_media(headers):
                    headers.append((b"content-security-policy", _NOTHING))
            await send(message)

        await self._app(scope, receive, add_headers)


def _with_stores(header: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    """The policy of a page whose player is sent to a bucket, wherever that is."""
    name, value = header
    if name.lower() != b"content-security-policy":
        return header
    return name, value.replace(b"media-src 'self'", b"media-src 'self' https: http:")


def _is_media(headers: list[tuple[bytes, bytes]]) -> bool:
    """Sound and pictures run nothing; the browser's own page around a lone MP3 obeys the
    policy, and would stay silent."""
    kind = next((value for name, value in headers if name.lower() == b"content-type"), b"")
    return kind.startswith((b"audio/", b"image/"))
