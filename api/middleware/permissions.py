"""Permissions: one table of what each route asks of who asks. Admission, the headers for other
sites and the tests of both are made from it.

A route that is not in the table reads as if it showed articles, and works as if it spoke.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from starlette.routing import compile_path

from api.middleware.api_keys import Scope
from api.routes.static_files import STATIC

READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_ARTICLE: Final = "/v1/articles/{article_id}"


@dataclass(frozen=True, slots=True)
class Permission:
    """What a route asks of who asks."""

    scope: Scope | None = None
    """What a key must have wherever keys are set."""
    shows_articles: bool = True
    """Whether it needs the scope `read` where the service is private."""
    is_counted: bool = False
    """Whether it counts against the limits of its key or address: work, and what costs as much."""
    is_for_all_sites: bool = False
    """Whether scripts of every site may read the answer, as a player on them must; only for one
    article, whose id its site knows, and for what is no secret."""
    is_from_sites: bool = False
    """Whether pages of the sites that the settings name may ask for it without a key: the work
    that a reader's look begins, which the route has judged by its site and its site's quota."""


_OPEN: Final = Permission(shows_articles=False, is_for_all_sites=True)
_READ: Final = Permission()
_ONE_ARTICLE: Final = Permission(is_for_all_sites=True)
_COMPUTED: Final = Permission(is_counted=True, is_for_all_sites=True)
_SPEAK: Final = Permission("speak", shows_articles=False, is_counted=True)
_SPEAK_AND_SHOW: Final = Permission("speak", is_counted=True)
_LEXICON: Final = Permission("lexicon", shows_articles=False)
_LIST: Final = Permission("articles")
_WITHDRAW: Final = Permission("articles", shows_articles=False, is_counted=True)
_CHANGE_LEXICON: Final = Permission("lexicon", shows_articles=False, is_counted=True)

ROUTES: Final[tuple[tuple[str, str, Permission], ...]] = (
    ("GET", "/", _OPEN),
    ("GET", "/healthz", _OPEN),
    ("GET", "/readyz", _OPEN),
    ("GET", "/docs", _OPEN),
    ("GET", "/docs/{name}", _OPEN),
    ("GET", "/openapi.json", _OPEN),
    ("GET", "/feed-cover.png", _OPEN),
    ("GET", "/help", _OPEN),
    ("GET", "/receive", _OPEN),
    ("GET", "/offline", _OPEN),
    ("GET", "/manifest.webmanifest", _OPEN),
    ("GET", "/metrics", Permission("read", shows_articles=False)),
    ("GET", "/v1/voices", _READ),
    ("GET", "/v1/audio/voices", _READ),
    ("GET", "/v1/audio/models", _READ),
    ("GET", "/v1/models", _READ),
    ("GET", "/v1/models/{model_id}", _READ),
    ("GET", _ARTICLE, _ONE_ARTICLE),
    ("GET", f"{_ARTICLE}/summary", _ONE_ARTICLE),
    ("GET", f"{_ARTICLE}/audio.mp3", _ONE_ARTICLE),
    ("GET", f"{_ARTICLE}/audio.{{kind}}", _COMPUTED),
    ("GET", f"{_ARTICLE}/events", _ONE_ARTICLE),
    ("GET", f"{_ARTICLE}/captions.vtt", _ONE_ARTICLE),
    ("GET", f"{_ARTICLE}/captions.srt", _ONE_ARTICLE),
    ("GET", f"{_ARTICLE}/captions.json", _ONE_ARTICLE),
    ("GET", f"{_ARTICLE}/chapters.json", _ONE_ARTICLE),
    ("GET", "/v1/pages", _ONE_ARTICLE),
    ("GET", "/oembed", _ONE_ARTICLE),
    ("GET", "/embed/{article_id}", _ONE_ARTICLE),
    ("GET", "/listen/{article_id}", _READ),
    ("GET", "/feed.xml", _READ),
    ("GET", "/podcast/{path:path}", _READ),
    ("GET", "/v1/articles", _LIST),
    ("DELETE", _ARTICLE, _WITHDRAW),
    ("POST", "/v1/articles", _SPEAK),
    ("POST", "/v1/pages", _SPEAK),
    ("POST", "/v1/pages/look", Permission(is_counted=True, is_from_sites=True)),
    ("POST", f"{_ARTICLE}/retry", _SPEAK_AND_SHOW),
    ("POST", f"{_ARTICLE}/again", _SPEAK_AND_SHOW),
    ("POST", "/v1/scripts", _SPEAK),
    ("POST", "/v1/readings", _SPEAK),
    ("POST", "/v1/audio/speech", _SPEAK),
    ("GET", "/v1/lexicon", _LEXICON),
    ("GET", "/v1/lexicon/history", _LEXICON),
    ("PUT", "/v1/lexicon", _CHANGE_LEXICON),
)
_COMPILED: Final[tuple[tuple[str, re.Pattern[str], Permission], ...]] = tuple(
    (method, compile_path(path)[0], permission) for method, path, permission in ROUTES
)


_FILES: Final = frozenset(f"/{file.name}" for file in STATIC.glob("*.*") if file.suffix != ".html")


def is_file(path: str) -> bool:
    """Whether a path is a script, a style or a picture of our pages."""
    return path in _FILES


def permission_of(method: str, path: str, query: bytes = b"") -> Permission:
    """What is asked of this request."""
    wanted = "GET" if method in READING else method
    if wanted == "GET" and is_file(path):
        return _OPEN
    if wanted == "GET" and path == "/feed.xml" and query:  # a filter reads every manifest
        return Permission(is_counted=True)
    for rule_method, pattern, permission in _COMPILED:
        if rule_method == wanted and pattern.match(path):
            return permission
    return _READ if wanted == "GET" else _SPEAK_AND_SHOW
