"""Private services, remembered passwords and limits by address, asked in every way that somebody
tried: nothing is shown, nothing is counted as somebody else's."""

from __future__ import annotations

import base64
import ipaddress
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Final

import httpx
import pytest

from api.middleware.api_keys import new_key
from api.middleware.permissions import ROUTES
from tests.api.services import service
from tests.api.test_permissions import filled
from tests.attacks.kinds import at_least
from tests.pipeline.voices import Tone
from tests.podcast.newsroom import make, write_article

SECRET_WORDS: Final = "總統府前的秘密會談今天登場"
ARTICLE: Final = {"text": f"{SECRET_WORDS}。", "listed": True}
SECRET, ENTRY = new_key("desk", ("speak", "read", "articles"))
WEAK, WEAK_ENTRY = new_key("speaker", ("speak",))


def basic(words: str) -> str:
    return "Basic " + base64.b64encode(words.encode()).decode()


HEADERS: Final[tuple[dict[str, str], ...]] = (
    {},
    {"Authorization": f"Bearer {WEAK}"},
    {"Authorization": basic(f"me:{WEAK}")},
    {"Authorization": f"Bearer {SECRET[:-1]}"},
    {"Authorization": f"Bearer {SECRET} x"},
    {"Authorization": f"Digest {SECRET}"},
    {"Authorization": "Bearer null"},
    {"X-API-Key": SECRET},
    {"Cookie": f"Authorization=Bearer {SECRET}"},
    {"X-Original-URL": "/healthz", "X-Rewrite-URL": "/healthz"},
    {"X-HTTP-Method-Override": "OPTIONS", "X-Forwarded-For": "127.0.0.1"},
    {"Origin": "http://tingwen.test", "Access-Control-Request-Method": "GET"},
    {"Range": "bytes=0-9", "If-None-Match": "*", "Accept": "*/*"},
)


def paths(article_id: str) -> list[str]:
    """Every path that shows an article, as the table has it and as proxies might pass it on."""
    shown = {
        filled(path).replace("0" * 32, article_id)
        for method, path, permission in ROUTES
        if method == "GET" and permission.shows_articles
    }
    odd = {path.replace("/v1/", way) for path in shown for way in ("/v1//", "//v1/", "/./v1/")}
    odd |= {f"/v1/articles/{article_id}{end}" for end in ("/", "%2faudio.mp3", "/audio.mp3?key=")}
    keys = {f"{path}?api_key={SECRET}&key={SECRET}&access_token={SECRET}" for path in sorted(shown)}
    return sorted(shown | odd | keys)


@pytest.mark.thorough
async def test_a_private_service_shows_nothing_without_a_right_key(tmp_path: Path) -> None:
    show = tmp_path / "show"
    await make(show, write_article(tmp_path, 1, text=f"{SECRET_WORDS}。"), voice=Tone())
    n_asked = 0
    async with service(
        tmp_path, api_keys=(str(ENTRY), str(WEAK_ENTRY)), private=True, podcast=str(show)
    ) as client:
        right = {"Authorization": f"Bearer {SECRET}"}
        asked = await client.post("/v1/articles", json=ARTICLE, headers=right)
        place = asked.headers["Location"]
        await client.get(f"{place}/events", headers=right)
        assert SECRET_WORDS in (await client.get(place, headers=right)).text
        everywhere = paths(asked.json()["id"])
        for path, method, headers in product(everywhere, ("GET", "HEAD", "OPTIONS"), HEADERS):
            answer = await client.request(method, path, headers=headers)
            n_asked += 1
            case = (method, path, headers, answer.status_code)
            assert SECRET_WORDS not in answer.text, case
            assert "秘密" not in answer.text, case
            assert answer.headers.get("content-type", "") != "audio/mpeg", case
            if method != "OPTIONS":
                assert answer.status_code in (401, 403, 404), case
    assert at_least("private", n_asked)


async def test_a_password_that_a_browser_remembers_buys_nothing_for_another_site(
    tmp_path: Path,
) -> None:
    n_asked = 0
    sites = ("cross-site", "same-site", "CROSS-SITE", "", "x", "none, cross-site")
    ways = ("/v1/articles", "/v1/scripts", "/v1/audio/speech", "/v1/readings")
    async with service(tmp_path, api_keys=(str(ENTRY),)) as client:
        for site, path in product(sites, ways):
            headers = {"Authorization": basic(f"me:{SECRET}"), "Sec-Fetch-Site": site}
            answer = await client.post(path, json=ARTICLE, headers=headers)
            assert answer.status_code in (401, 403), (site, path, answer.text)
            n_asked += 1
    assert at_least("Basic", n_asked)


LIAR: Final = "198.51.100.7"
MANY: Final = 12


def series() -> Iterator[tuple[str, list[tuple[str, dict[str, str]]]]]:
    """Series of requests of one client who would like to be many: the address of each connection,
    and its headers."""
    for name in (
        "X-Forwarded-For",
        "X-Real-IP",
        "X-Client-IP",
        "True-Client-IP",
        "CF-Connecting-IP",
    ):
        yield name, [(LIAR, {name: f"203.0.113.{n}"}) for n in range(MANY)]
    yield "Forwarded", [(LIAR, {"Forwarded": f"for=203.0.113.{n}"}) for n in range(MANY)]
    garbage = ("", " ", "x", "<script>", "1.2.3.4.5", "::::", "unknown", "_hidden", "999.1.1.1")
    yield "garbage", [(LIAR, {"X-Forwarded-For": value}) for value in garbage]
    lists = [", ".join(f"203.0.113.{m}" for m in range(n + 1)) for n in range(MANY)]
    yield "lists", [(LIAR, {"X-Forwarded-For": value}) for value in lists]
    net = ipaddress.ip_network("2001:470:1:2::/64")
    yield "one /64", [(str(net[7 * n + 1]), {}) for n in range(MANY)]
    mapped = (LIAR, f"::ffff:{LIAR}", f"::FFFF:{LIAR}", f"::ffff:{LIAR}")
    yield "mapped", [(address, {}) for address in mapped]
    yield "agents", [(LIAR, {"User-Agent": f"browser {n}"}) for n in range(MANY)]
    yield "keys that are none", [(LIAR, {"X-API-Key": f"tw_{n}"}) for n in range(MANY)]
    yield "cookies", [(LIAR, {"Cookie": f"session={n}"}) for n in range(MANY)]


SERIES: Final = dict(series())


@pytest.mark.parametrize("name", SERIES)
async def test_one_client_stays_one(tmp_path: Path, name: str) -> None:
    async with service(tmp_path, rate_per_address="1/hour") as client:
        statuses = []
        for number, (address, headers) in enumerate(SERIES[name]):
            app = client.app  # type: ignore[attr-defined]
            transport = httpx.ASGITransport(app, client=(address, 5000 + number))
            async with httpx.AsyncClient(
                transport=transport, base_url="http://tingwen.test"
            ) as one:
                answer = await one.post("/v1/scripts", json={"text": "今天放晴。"}, headers=headers)
                statuses.append(answer.status_code)
    assert statuses[0] == 200
    assert set(statuses[1:]) == {429}, statuses


def test_these_are_more_series_than_were_tried() -> None:
    assert at_least("rates", len(SERIES))
