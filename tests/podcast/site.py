"""A news site on this machine: its feeds, its articles, what it was asked for."""

from __future__ import annotations

import functools
from collections import Counter

import pytest
from aiohttp import web

from reader.article.fetch import FetchLimits, fetch_page
from reader.podcast import existing, sources
from tests.local_server import LocalServer

HOSTS = ("news.example", "www.news.example")


class Site(LocalServer):
    """Answers what is put into `pages`, and 404 for the rest."""

    def __init__(self) -> None:
        super().__init__()
        self.pages: dict[str, tuple[int, str, bytes, dict[str, str]]] = {}
        self.asked: Counter[str] = Counter()
        self.unchanged: Counter[str] = Counter()

    def routes(self) -> list[web.AbstractRouteDef]:
        return [web.get("/{path:.*}", self._answer)]

    @property
    def base(self) -> str:
        return self.origin.replace("127.0.0.1", HOSTS[0])

    def put(
        self, path: str, body: str | bytes, *, kind: str = "text/html", status: int = 200,
        location: str = "",
    ) -> str:  # fmt: skip
        """Answer `path` with `body`; its address."""
        data = body.encode() if isinstance(body, str) else body
        self.pages[path] = (status, kind, data, {"Location": location} if location else {})
        return f"{self.base}{path}"

    def article(self, path: str, title: str, text: str) -> str:
        body = f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1>"
        return self.put(path, f"{body}<p>{text}</p></article></body></html>")

    def tag(self, path: str, etag: str) -> None:
        """Answer 304 to who has `path` with this ETag."""
        status, kind, data, headers = self.pages[path]
        self.pages[path] = status, kind, data, {**headers, "ETag": etag}

    async def _answer(self, request: web.Request) -> web.Response:
        self.asked[request.path_qs] += 1
        status, kind, body, headers = self.pages.get(request.path_qs, (404, "text/plain", b"", {}))
        headers = {"Content-Type": kind, **headers}
        if headers.get("ETag", "") == request.headers.get("If-None-Match", "none"):
            self.unchanged[request.path_qs] += 1
            return web.Response(status=304, headers=headers)
        return web.Response(status=status, body=body, headers=headers)


def let_in(monkeypatch: pytest.MonkeyPatch, **limits: float) -> None:
    """The site's names lead to this machine, and fetching may go there: to nowhere else."""
    to_site = functools.partial(
        fetch_page,
        resolver=lambda host, _: ["127.0.0.1"] if host in HOSTS else ["10.0.0.7"],
        allows=lambda address: address == "127.0.0.1",
        limits=FetchLimits(**limits),  # type: ignore[arg-type]
    )
    monkeypatch.setattr(sources, "fetch_page", to_site)
    monkeypatch.setattr(existing, "fetch_page", to_site)
