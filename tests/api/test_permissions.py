"""The table of permissions is the service: every route stands in it, and is asked as it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from starlette.routing import BaseRoute, Route

from api.app import create_app
from api.middleware.api_keys import new_key
from api.middleware.permissions import ROUTES, Permission, permission_of
from api.settings import Settings
from tests.api.services import service
from tests.pipeline.voices import Tone
from tests.podcast.newsroom import make, write_article

NOBODY = "0" * 32
SECRETS, ENTRIES = zip(
    *(
        new_key("-".join(scopes), scopes)
        for scopes in (("read",), ("speak",), ("lexicon",), ("articles",), ("speak", "read"))
    ),
    strict=True,
)
SCOPES = (frozenset(), {"read"}, {"speak"}, {"lexicon"}, {"articles"}, {"speak", "read"})
PODCAST = "/podcast"
ASKED = (*ROUTES, ("GET", "/player.js", permission_of("GET", "/player.js")))
"""Every route, and one of the files of our pages."""


def filled(path: str) -> str:
    """A path of the table with something in place of its parameters."""
    named = path.replace("{article_id}", NOBODY).replace("{path:path}", "feed.xml")
    return re.sub(r"\{[^}]*\}", "x", named)


def routes(of: list[BaseRoute]) -> Iterator[tuple[str, str]]:
    for route in of:
        nested = getattr(route, "routes", None) or getattr(
            getattr(route, "original_router", None), "routes", None
        )
        if nested:
            yield from routes(nested)
        elif isinstance(route, Route) or hasattr(route, "methods"):
            for method in getattr(route, "methods", None) or ():
                yield method, getattr(route, "path", "")


def test_every_route_stands_in_the_table() -> None:
    app = create_app(Settings(podcast="somewhere"))
    known = {(method, path) for method, path, _ in ROUTES}
    found = set(routes(list(app.router.routes)))
    assert ("POST", "/v1/articles") in found, "the routes of routers are seen"
    for method, path in found:
        if method in ("HEAD", "OPTIONS"):
            continue
        is_file = re.fullmatch(r"(/docs)?/[\w-]+\.(js|css|svg|png)", path) is not None
        is_podcast = path.startswith(PODCAST)
        assert is_file or is_podcast or (method, path) in known, (method, path)


def test_what_is_not_in_the_table_is_the_dearest() -> None:
    assert permission_of("POST", "/v1/new") == Permission("speak", is_counted=True)
    assert permission_of("DELETE", "/v1/new") == Permission("speak", is_counted=True)
    assert permission_of("GET", "/v1/new") == Permission()
    assert permission_of("GET", "/nowhere.txt") == Permission()
    assert permission_of("HEAD", "/") == permission_of("GET", "/")
    assert permission_of("GET", "/player.js") == permission_of("GET", "/")
    assert permission_of("GET", "/feed.xml", b"q=a").is_counted


@pytest.mark.parametrize("private", [False, True])
async def test_each_route_asks_for_its_scope(tmp_path: Path, private: bool) -> None:
    out = tmp_path / "out"
    write_article(tmp_path, 1)
    await make(out, tmp_path / "news0001.html", voice=Tone())
    async with service(
        tmp_path, api_keys=tuple(map(str, ENTRIES)), private=private, podcast=str(out)
    ) as client:
        for method, path, permission in ASKED:
            needed = {permission.scope} if permission.scope else set()
            if private and permission.shows_articles:
                needed.add("read")
            for scopes, secret in zip(SCOPES, ("", *SECRETS), strict=True):
                headers = {"Authorization": f"Bearer {secret}"} if secret else {}
                answer = await client.request(method, filled(path), headers=headers)
                case = (method, path, scopes, answer.text[:200])
                if not needed:
                    assert answer.status_code not in (401, 403), case
                elif not secret:
                    assert answer.status_code == 401, case
                elif needed <= set(scopes):
                    assert answer.status_code not in (401, 403), case
                else:
                    assert answer.status_code == 403, case


async def test_each_route_is_counted_as_it_says(tmp_path: Path) -> None:
    async with service(tmp_path, rate_per_address="1/hour") as client:
        app = client.app  # type: ignore[attr-defined]
        for number, (method, path, permission) in enumerate(ASKED):
            transport = httpx.ASGITransport(app, client=(f"192.0.2.{number}", 5000))
            async with httpx.AsyncClient(
                transport=transport, base_url="http://tingwen.test"
            ) as fresh:
                codes = [(await fresh.request(method, filled(path))).status_code for _ in range(2)]
            assert (codes[1] == 429) is permission.is_counted, (method, path, codes)


async def test_a_key_that_may_not_read_is_shown_nothing_of_a_private_service(
    tmp_path: Path,
) -> None:
    text = "總統府前的秘密會談今天登場。"
    async with service(tmp_path, api_keys=tuple(map(str, ENTRIES)), private=True) as client:
        speak, both = ({"Authorization": f"Bearer {secret}"} for secret in (SECRETS[1], SECRETS[4]))
        asked = await client.post("/v1/articles", json={"text": text}, headers=both)
        place = asked.headers["Location"]
        for way in ("retry", "again"):
            answer = await client.post(f"{place}/{way}", json={"voice": "baker"}, headers=speak)
            assert answer.status_code == 403, way
            assert "秘密" not in answer.text
            answer = await client.post(f"{place}/{way}", json={"voice": "baker"}, headers=both)
            assert answer.is_success, answer.text
