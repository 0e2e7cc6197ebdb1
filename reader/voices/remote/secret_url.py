"""An address that may hold secrets: it prints masked, and says what no log may show.

A password is hidden, and a user name that stands alone or before a web server (a token, then);
the values of a query; a path in which anything but plain words and versions stands (`/v1/audio`),
as a token does in those of webhooks. An address that cannot be taken apart is hidden whole but for
its scheme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

HIDDEN: Final = "********"
_URL_IN_TEXT: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s\"'<>]+")
_SECRET_NAME: Final = re.compile(r"(?i)key|secret|passw|token|credential|sig|auth")
_PLAIN_PATH: Final = re.compile(r"(?:/(?:v\d+(?:\.\d+)?|[a-z]{0,12}(?:[-_][a-z]{1,12})?))*")
"""What no token looks like: lower-case words, and versions of APIs."""
_TOKEN_CHARS: Final = 16
"""What stands alone in a query and is as long as this may be a token."""
_SHORTEST_SCRUBBED_CHARS: Final = 8
"""A user name or a query's value below that is too common a word to be struck from logs."""


@dataclass(frozen=True, slots=True, repr=False)
class SecretUrl:
    """A URL that `str`, `repr` and f-strings show masked; `reveal` gives it to who must ask it."""

    _value: str

    def reveal(self) -> str:
        """The address as it was given, secrets included."""
        return self._value

    def __str__(self) -> str:
        return _mask(self._value)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def __bool__(self) -> bool:
        return bool(self._value)

    @property
    def host(self) -> str:
        """Host and port alone: all that a client of ours may read of it. "" if it has none."""
        parts = _split(self._value)
        return "" if parts is None else parts.netloc.rpartition("@")[2]

    def secrets(self) -> Iterator[str]:
        """What must be struck from logs, as it is written and as it is meant (%40 and @)."""
        parts = _split(self._value)
        if parts is None:
            yield from _unsplit_secrets(self._value)
            return
        if parts.password:
            yield from {parts.password, unquote(parts.password)}
        may_be_token = _is_web(parts) or not parts.password
        if may_be_token and len(parts.username or "") >= _SHORTEST_SCRUBBED_CHARS:
            yield from {parts.username or "", unquote(parts.username or "")}
        if len(parts.fragment) >= _SHORTEST_SCRUBBED_CHARS:
            yield parts.fragment
        if _has_token_path(parts):
            yield parts.path
        for name, value in parse_qsl(parts.query):
            if _is_secret(parts, name) and len(value) >= _SHORTEST_SCRUBBED_CHARS:
                yield value


NO_URL: Final = SecretUrl("")


def mask_urls(text: str) -> str:
    """`text` with every address in it masked."""
    return _URL_IN_TEXT.sub(lambda found: _mask(found[0]), text)


def _split(value: str) -> SplitResult | None:
    """The parts, None if they cannot be told apart: an `@` behind the host may well end a
    password with a slash in it, and what is no port may be one's beginning."""
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        return None
    behind = f"{parts.path}{parts.query}{parts.fragment}"
    return None if "@" in behind or not parts.netloc else parts


def _mask(value: str) -> str:
    parts = _split(value)
    if parts is None:
        scheme, mark, rest = value.partition("://")
        if mark and (rest.startswith("/") and "@" not in rest and "?" not in rest):
            return value  # file:///var/cache
        hides = mark or "@" in value or "?" in value
        return f"{scheme}{mark}{HIDDEN}" if mark else HIDDEN if hides else value
    user, at, host = parts.netloc.rpartition("@")
    name, colon, _ = user.partition(":")
    shown_user = f"{name}:{HIDDEN}" if colon and not _is_web(parts) else HIDDEN
    path = f"/{HIDDEN}" if _has_token_path(parts) else parts.path
    query = "&".join(_mask_pair(parts, pair) for pair in parts.query.split("&"))
    return (
        f"{parts.scheme}://{shown_user if at else ''}{at}{host}{path}"
        f"{'?' if query else ''}{query}{f'#{HIDDEN}' if parts.fragment else ''}"
    )


def _mask_pair(parts: SplitResult, pair: str) -> str:
    name, equals, value = pair.partition("=")
    if not equals:  # a token may stand alone
        return HIDDEN if len(name) >= _TOKEN_CHARS else name
    return f"{name}={HIDDEN}" if value and _is_secret(parts, name) else pair


def _is_secret(parts: SplitResult, name: str) -> bool:
    """Stores and brokers have options in their query (`region`, `db`) that are no secrets."""
    return _is_web(parts) or bool(_SECRET_NAME.search(name))


def _has_token_path(parts: SplitResult) -> bool:
    return _is_web(parts) and _PLAIN_PATH.fullmatch(parts.path) is None


def _is_web(parts: SplitResult) -> bool:
    return parts.scheme in ("http", "https")


def _unsplit_secrets(value: str) -> Iterator[str]:
    """Whatever stands before the host of an address that cannot be taken apart."""
    user, at, _ = value.partition("://")[2].rpartition("@")
    _, colon, password = user.partition(":")
    if at and colon and password:
        yield password
