"""What browsers are told: policies of pages, and which sites may do what."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.api.services import service

ARTICLE = {"text": "台北今天放晴\n\n各地氣溫回升，山區有雨。"}
SITE = "https://news.example"
NONE = "0" * 32
EVERYTHING = (
    "/",
    "/help",
    "/receive",
    "/offline",
    "/service-worker.js",
    "/manifest.webmanifest",
    "/listen/" + NONE,
    "/embed/" + NONE,
    "/player.js",
    "/feed.xml",
    "/docs",
    "/openapi.json",
    "/healthz",
    "/metrics",
    "/v1/voices",
    "/v1/articles/" + NONE,
    "/nowhere",
)


def policy_of(answer: object) -> dict[str, str]:
    text: str = answer.headers["content-security-policy"]  # type: ignore[attr-defined]
    return dict(part.strip().split(" ", 1) for part in text.split(";"))


async def test_every_answer_is_shielded(tmp_path: Path) -> None:
    async with service(tmp_path) as client:
        for path in EVERYTHING:
            answer = await client.get(path)
            assert answer.headers["x-content-type-options"] == "nosniff", path
            assert answer.headers["referrer-policy"] == "no-referrer", path
            policy = policy_of(answer)
            assert policy["default-src"] == "'none'", path
            everyone = "*" if path.startswith("/embed") else "'none'"
            assert policy["frame-ancestors"] == everyone, path
            assert "'unsafe-inline'" not in policy.get("script-src", ""), path
            assert "strict-transport-security" not in answer.headers


async def test_sound_plays_in_a_tab_of_its_own(tmp_path: Path) -> None:
    """Chromium's page around a lone MP3 obeys the MP3's policy."""
    async with service(tmp_path) as client:
        article = (await client.post("/v1/articles", json=ARTICLE)).json()
        await client.get(f"/v1/articles/{article['id']}/events")
        audio = await client.get(article["audio_url"])
        assert "content-security-policy" not in audio.headers
        assert audio.headers["x-content-type-options"] == "nosniff"


async def test_https_stays_https(tmp_path: Path) -> None:
    async with service(tmp_path, base_url="https://listen.example") as client:
        assert "max-age" in (await client.get("/")).headers["strict-transport-security"]


async def test_a_player_may_follow_to_the_bucket(tmp_path: Path) -> None:
    for redirect in (False, True):
        async with service(tmp_path, cache_redirect=redirect) as client:
            policy = policy_of(await client.get(f"/embed/{NONE}"))
            assert ("https:" in policy["media-src"].split()) is redirect


async def test_any_site_may_read_an_article(tmp_path: Path) -> None:
    async with service(tmp_path) as client:
        for path in ("/player.js", f"/v1/articles/{NONE}", f"/v1/articles/{NONE}/events"):
            answer = await client.get(path, headers={"Origin": SITE})
            assert answer.headers["access-control-allow-origin"] == "*", path
        preflight = await client.options(
            f"/v1/articles/{NONE}/audio.mp3",
            headers={
                "Origin": SITE,
                "Access-Control-Request-Method": "GET",
                "Access-Control-Request-Headers": "range",
            },
        )
        assert preflight.status_code == 200
        assert preflight.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in preflight.headers


@pytest.mark.parametrize(
    ("origins", "origin", "allowed"),
    [
        ("", SITE, False),
        (SITE, SITE, True),
        (SITE, "https://evil.example", False),
        (SITE, "https://news.example.evil.example", False),
        (f"{SITE} http://localhost:3000", "http://localhost:3000", True),
        ("*", "https://anyone.example", True),
    ],
)
async def test_only_named_sites_may_ask_for_work(
    tmp_path: Path, origins: str, origin: str, allowed: bool
) -> None:
    asks = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type,authorization",
    }
    async with service(tmp_path, cors_origins=origins) as client:
        preflight = await client.options("/v1/articles", headers=asks)
        assert (preflight.status_code == 200) is allowed
        answer = await client.post("/v1/articles", json=ARTICLE, headers={"Origin": origin})
        found = answer.headers.get("access-control-allow-origin")
        assert (found in (origin, "*")) is allowed


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=a"]
)
async def test_a_form_of_another_site_asks_for_nothing(tmp_path: Path, kind: str) -> None:
    """These are what a page may send anywhere without asking first."""
    async with service(tmp_path) as client:
        body = '{"text": "台北今天放晴，各地氣溫回升。"}'.encode()
        answer = await client.post("/v1/articles", content=body, headers={"Content-Type": kind})
        assert answer.status_code == 422
