"""A service on one's own machine is not open to every page that its owner visits."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.api.services import service

EVIL = "https://evil.example"
ARTICLE = {"text": "台北今天放晴，各地氣溫回升。"}


@asynccontextmanager
async def at_home(tmp_path: Path, **chosen: Any) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a service on 127.0.0.1."""
    async with service(tmp_path, **chosen) as client:
        transport = httpx.ASGITransport(client.app)  # type: ignore[attr-defined]
        async with httpx.AsyncClient(
            transport=transport, base_url="http://127.0.0.1:8000", timeout=60
        ) as home:
            yield home


async def made(client: httpx.AsyncClient) -> str:
    place: str = (await client.post("/v1/articles", json=ARTICLE)).headers["Location"]
    await client.get(f"{place}/events")
    return place


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:8000", "[::1]:8000", "LOCALHOST"])
async def test_it_answers_to_the_names_of_its_machine(tmp_path: Path, host: str) -> None:
    async with at_home(tmp_path) as client:
        answer = await client.get("/v1/voices", headers={"Host": host})
        assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    "host",
    [
        "evil.example:8000",
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example:8000",
        "evil.example:127.0.0.1",
        "[::1].evil.example",
        "127.0.0.2.nip.example",
        "0x7f000001",
        "a" * 300,
    ],
)
async def test_a_name_that_somebody_lets_lead_here_is_refused(tmp_path: Path, host: str) -> None:
    async with at_home(tmp_path) as client:
        for method, path in (("POST", "/v1/articles"), ("GET", "/feed.xml"), ("GET", "/")):
            headers = {"Host": host, "Origin": f"http://{host}", "Accept-Language": "en"}
            answer = await client.request(method, path, headers=headers)
            assert answer.status_code == 421, (method, path, answer.text)


async def test_a_service_with_a_name_of_its_own_answers_to_it(tmp_path: Path) -> None:
    """Behind a proxy on the same machine, that is."""
    for chosen in ({"base_url": "https://news.example"}, {"trusted_proxies": ("127.0.0.1",)}):
        async with at_home(tmp_path, **chosen) as client:
            answer = await client.get("/v1/voices", headers={"Host": "news.example"})
            assert answer.status_code == 200


async def test_no_public_site_reads_what_is_at_home(tmp_path: Path) -> None:
    async with at_home(tmp_path) as client:
        place = await made(client)
        for path in (place, f"{place}/captions.vtt", "/feed.xml", "/v1/voices", "/metrics"):
            answer = await client.get(path, headers={"Origin": EVIL})
            assert "access-control-allow-origin" not in answer.headers, path
        mine = await client.get(place, headers={"Origin": "http://localhost:3000"})
        assert mine.headers["access-control-allow-origin"] == "http://localhost:3000"
        feed = await client.get("/feed.xml", headers={"Origin": "http://localhost:3000"})
        assert "access-control-allow-origin" not in feed.headers
        player = await client.get("/player.js", headers={"Origin": EVIL})
        assert player.headers["access-control-allow-origin"] == "*"
    async with at_home(tmp_path, cors_origins=(EVIL,)) as client:
        named = await client.get(place, headers={"Origin": EVIL})
        assert named.headers["access-control-allow-origin"] == EVIL


async def test_one_article_is_for_every_site_but_the_list_is_not(tmp_path: Path) -> None:
    """Of a service with a public address."""
    async with service(tmp_path) as client:
        place = await made(client)
        for path in (place, f"{place}/audio.mp3", f"{place}/captions.vtt", f"{place}/events"):
            answer = await client.get(path, headers={"Origin": EVIL})
            assert answer.headers["access-control-allow-origin"] == "*", path
        for path in ("/feed.xml", "/feed.xml?q=a", "/v1/voices", "/metrics", "/nowhere"):
            answer = await client.get(path, headers={"Origin": EVIL})
            assert "access-control-allow-origin" not in answer.headers, path


@pytest.mark.parametrize("where", [service, at_home])
async def test_a_page_of_another_site_changes_nothing(tmp_path: Path, where: Any) -> None:
    async with where(tmp_path) as client:
        place = await made(client)
        for way in (f"{place}/retry", f"{place}/again", "/v1/articles", "/v1/audio/speech"):
            for headers in (
                {"Origin": EVIL, "Sec-Fetch-Site": "cross-site", "Content-Type": "text/plain"},
                {"Origin": "null"},
                {"Sec-Fetch-Site": "cross-site"},
                {"Origin": "http://["},
                {"Origin": f"{client.base_url}.evil.example"},
            ):
                answer = await client.post(way, content=b"{}", headers=headers)
                assert answer.status_code == 403, (way, headers, answer.text)
        ours = {"Origin": str(client.base_url).rstrip("/"), "Sec-Fetch-Site": "same-origin"}
        assert (await client.post("/v1/articles", json=ARTICLE, headers=ours)).status_code == 200
    async with where(tmp_path, cors_origins=(EVIL,)) as client:
        named = await client.post("/v1/articles", json=ARTICLE, headers={"Origin": EVIL})
        assert named.status_code == 200


async def test_an_extension_may_ask_and_is_named_to_nobody(tmp_path: Path) -> None:
    """No page can send its origin; without its user's leave browsers stop it before."""
    async with at_home(tmp_path) as client:
        for scheme in ("chrome-extension", "moz-extension"):
            headers = {"Origin": f"{scheme}://abcdefgh", "Sec-Fetch-Site": "cross-site"}
            answer = await client.post("/v1/articles", json=ARTICLE, headers=headers)
            assert answer.status_code in (200, 201)
            assert "access-control-allow-origin" not in answer.headers
            asked = {**headers, "Access-Control-Request-Method": "POST"}
            preflight = await client.options("/v1/articles", headers=asked)
            assert "access-control-allow-origin" not in preflight.headers
