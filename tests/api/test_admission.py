"""Keys, limits and quotas: who may come in, and how often."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from api.middleware.api_keys import new_key
from api.middleware.rate_limits import RateLimits
from reader.errors import BadOptions
from reader.script import Line
from reader.voices import Prosody
from reader.voices.clip import Clip
from tests.api.services import service
from tests.cluster.conftest import RedisServer
from tests.pipeline.voices import FailsAt, Tone

ARTICLE = {"text": "台北今天放晴，各地氣溫回升。"}
SPEECH = {"model": "tts-1", "input": "今天放晴。", "voice": "tone"}
SPEAK, SPEAK_KEY = new_key("newsroom", ("speak",))
READ, READ_KEY = new_key("reader", ("read",))
BOTH, BOTH_KEY = new_key("newsroom.2026", ("speak", "read"))
KEYS = " ".join(str(key) for key in (SPEAK_KEY, READ_KEY, BOTH_KEY))
READING = ("/v1/articles/" + "0" * 32, "/feed.xml", "/listen/" + "0" * 32, "/v1/voices", "/metrics")
SHOWING = (
    "/",
    "/healthz",
    "/readyz",
    "/player.js",
    "/docs",
    "/docs/swagger-ui.css",
    "/openapi.json",
)


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def basic(secret: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"me:{secret}".encode()).decode()}


async def passes(client: httpx.AsyncClient, **headers: str) -> bool:
    """Whether one more request is within the limits."""
    status = (await post(client, **headers)).status_code
    assert status in (200, 201, 429)
    return status != 429


async def post(client: httpx.AsyncClient, number: int = 0, **headers: str) -> httpx.Response:
    body = {"text": f"第{number}則新聞，台北今天放晴。"}
    return await client.post("/v1/articles", json=body, headers=headers)


def test_a_key_is_kept_as_its_hash() -> None:
    secret, key = new_key("a", ("read", "speak"))
    assert str(key) == f"a:speak+read:{hashlib.sha256(secret.encode()).hexdigest()}"
    assert len(secret) > 40
    assert secret != new_key("a", ("read",))[0]


@pytest.mark.parametrize("path", ["/v1/articles", "/v1/scripts", "/v1/audio/speech"])
async def test_work_needs_a_key_that_may_speak(tmp_path: Path, path: str) -> None:
    body = SPEECH if path.endswith("speech") else ARTICLE
    async with service(tmp_path, api_keys=KEYS) as client:
        without = await client.post(path, json=body)
        assert without.status_code == 401
        assert without.headers["content-type"] == "application/problem+json"
        assert without.headers["www-authenticate"].startswith('Bearer realm="tingwen"')
        unknown = await client.post(path, json=body, headers=bearer("tw_guessed"))
        assert unknown.status_code == 401
        assert "tw_guessed" not in unknown.text
        assert 'error="invalid_token"' in unknown.headers["www-authenticate"]
        weak = await client.post(path, json=body, headers=bearer(READ))
        assert weak.status_code == 403
        assert 'scope="speak"' in weak.headers["www-authenticate"]
        for secret in (SPEAK, BOTH):  # two at once: one may be rotated out
            allowed = await client.post(path, json=body, headers=bearer(secret))
            assert allowed.status_code in (200, 201), allowed.text
        assert (await client.post(path, json=body, headers=basic(SPEAK))).status_code in (200, 201)


async def test_reading_is_public_unless_it_is_private(tmp_path: Path) -> None:
    async with service(tmp_path, api_keys=KEYS) as client:
        for path in (*READING[:-1], *SHOWING):
            assert (await client.get(path)).status_code in (200, 404), path
        assert (await client.get("/metrics")).status_code == 401
        assert (await client.get("/metrics", headers=bearer(READ))).status_code == 200
    async with service(tmp_path, api_keys=KEYS, private=True) as client:
        for path in READING:
            assert (await client.get(path)).status_code == 401, path
            assert (await client.get(path, headers=bearer(SPEAK))).status_code == 403, path
            assert (await client.get(path, headers=bearer(READ))).status_code in (200, 404), path
            assert (await client.get(path, headers=basic(READ))).status_code in (200, 404), path
        for path in SHOWING:
            assert (await client.get(path)).status_code == 200, path


async def test_without_keys_everything_is_open(tmp_path: Path) -> None:
    async with service(tmp_path) as client:
        assert (await client.post("/v1/articles", json=ARTICLE)).status_code == 201
        anyone = await client.post("/v1/articles", json=ARTICLE, headers=bearer("sk-anything"))
        assert anyone.status_code == 200, "OpenAI's clients always send a key"


@pytest.mark.parametrize(
    "value", ["", "Bearer", "Bearer ", "Basic", "Basic !!", "Basic 8J+Y", "Digest a=b", "\xff"]
)
async def test_no_authorization_is_an_accident(tmp_path: Path, value: str) -> None:
    async with service(tmp_path, api_keys=KEYS) as client:
        headers = {"Authorization": value.encode("latin-1")}
        answer = await client.post("/v1/articles", json=ARTICLE, headers=headers)  # type: ignore[arg-type]
        assert answer.status_code == 401


async def test_a_browser_on_another_site_cannot_spend_a_remembered_password(tmp_path: Path) -> None:
    async with service(tmp_path, api_keys=KEYS) as client:
        for site, status in (("cross-site", 403), ("same-site", 401)):
            elsewhere = basic(SPEAK) | {"Sec-Fetch-Site": site}
            answer = await client.post("/v1/articles", json=ARTICLE, headers=elsewhere)
            assert answer.status_code == status
        here = basic(SPEAK) | {"Sec-Fetch-Site": "same-origin"}
        assert (await client.post("/v1/articles", json=ARTICLE, headers=here)).status_code == 201


async def test_requests_of_an_address_are_limited(tmp_path: Path) -> None:
    async with service(tmp_path, rate_per_address="3/minute") as client:
        answers = [await post(client) for _ in range(5)]
        assert [a.status_code == 429 for a in answers] == [False, False, False, True, True]
        assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
        assert answers[-1].json()["type"] == "urn:tingwen:problem:too-many-requests"
        assert (await client.get("/v1/voices")).status_code == 200, "reading costs nothing"
        assert (await client.get("/feed.xml")).status_code == 200
        assert (await client.get("/feed.xml?q=a")).status_code == 429, "but looking through all"


async def test_keys_have_limits_of_their_own(tmp_path: Path) -> None:
    limits = {"rate_per_key": "2/minute", "rate_per_address": "1/minute"}
    async with service(tmp_path, api_keys=KEYS, **limits) as client:
        first = [await passes(client, **bearer(SPEAK)) for _ in range(3)]
        assert first == [True, True, False]
        assert await passes(client, **bearer(BOTH))


async def test_only_trusted_proxies_say_who_asks(tmp_path: Path) -> None:
    async def passed(**chosen: str) -> list[bool]:
        async with service(tmp_path, rate_per_address="1/minute", **chosen) as client:
            forwarded = ("203.0.113.7", "203.0.113.8", "6.6.6.6, 203.0.113.7", "<script>", "x")
            return [await passes(client, **{"X-Forwarded-For": value}) for value in forwarded]

    # Everybody at once, by the address of the connection.
    assert await passed(address="198.51.100.1") == [True, False, False, False, False]
    # The last address that the proxy did not write itself; what is none counts as one client.
    behind = await passed(address="10.0.0.9", trusted_proxies="10.0.0.0/8")
    assert behind == [True, True, False, True, False]


async def test_an_ipv6_network_is_one_client(tmp_path: Path) -> None:
    chosen = {"rate_per_address": "1/minute", "trusted_proxies": "127.0.0.1"}
    addresses = ("2001:db8:1:1::1", "2001:db8:1:1:ffff::2", "2001:db8:1:2::1")
    async with service(tmp_path, **chosen) as client:
        passed = [await passes(client, **{"X-Forwarded-For": address}) for address in addresses]
    assert passed == [True, False, True]


async def test_several_processes_count_together_in_redis(tmp_path: Path) -> None:
    redis = RedisServer(tmp_path)
    redis.start()
    try:
        chosen = {"rate_per_address": "2/minute", "rate_store": redis.url}
        async with service(tmp_path, **chosen) as one, service(tmp_path, **chosen) as other:
            together = [await passes(client) for client in (one, other, one, other)]
            assert together == [True, True, False, False]
            redis.stop()
            # Each counts alone, rather than letting everybody in or nobody.
            assert [await passes(one) for _ in range(3)] == [True, True, False]
    finally:
        redis.stop()


def test_a_store_that_cannot_be_used_is_refused_at_the_start() -> None:
    with pytest.raises(BadOptions, match="TINGWEN_RATE_STORE"):
        RateLimits("1/second", "", "nosuch://host")


class Held(Tone):
    """Says nothing until it is let go."""

    def __init__(self) -> None:
        self.go = asyncio.Event()

    async def speak(self, line: Line, prosody: Prosody) -> Clip:
        await self.go.wait()
        return await super().speak(line, prosody)


@pytest.fixture
async def held() -> AsyncIterator[Held]:
    voice = Held()
    yield voice
    voice.go.set()


@pytest.mark.parametrize(
    ("chosen", "status"),
    [({"max_syntheses_each": 2}, 429), ({"max_syntheses": 2}, 503)],
)
async def test_narrations_in_the_making_have_a_quota(
    tmp_path: Path, held: Held, chosen: dict[str, int], status: int
) -> None:
    async with service(tmp_path, held, **chosen) as client:
        made = [await post(client, number) for number in (1, 2)]
        assert [a.status_code for a in made] == [201, 201]
        refused = await post(client, 3)
        assert refused.status_code == status
        assert int(refused.headers["retry-after"]) > 0
        speech = await client.post("/v1/audio/speech", json=SPEECH)
        assert speech.status_code == status
        assert (await post(client, 1)).status_code == 200, "joining costs nothing"
        held.go.set()
        for article in made:
            events = await client.get(f"{article.headers['location']}/events")
            assert "event: ready" in events.text
        assert (await post(client, 3)).status_code == 201


async def test_articles_that_failed_are_not_remembered_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.work.jobs._MOST_ENDED", 2)
    async with service(tmp_path, FailsAt(Tone())) as client:
        made = []
        for number in range(5):  # one after the other: so they end in this order
            made.append(await post(client, number))
            await client.get(f"{made[-1].headers['location']}/events")
        jobs = client.app.state.service.jobs  # type: ignore[attr-defined]
        known = [jobs.get(article.json()["id"]) is not None for article in made]
        assert known == [False, False, False, True, True]
