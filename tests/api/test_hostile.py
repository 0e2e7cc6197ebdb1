"""Bytes that nobody meant: every route answers them with a refusal, soon and whole."""

from __future__ import annotations

import asyncio
import json
import random
import re
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.app import create_app
from api.routes.bodies import is_plain
from api.routes.static_files import STATIC
from api.settings import Settings
from tests.api.services import service
from tests.api.test_metrics import narrated
from tests.pipeline.voices import Tone, voices
from tests.server import serving

N_BYTES = 1_000_000
NOBODY = "0" * 32
TEXT = "台北今天放晴，各地氣溫回升。"
MEANT = (501,)
"""oEmbed 1.0 wants it for a format that is not served."""


def paths() -> list[str]:
    """Every path of the service, with an id that nobody has."""
    documented = create_app(Settings()).openapi()["paths"]
    found = {re.sub(r"\{[^}]*\}", NOBODY, path) for path in documented}
    files = {f"/{path.name}" for path in STATIC.iterdir() if path.suffix != ".html"}
    pages = {"/", "/docs", "/openapi.json", "/feed-cover.png", "/nowhere"}
    return sorted(found | files | pages | {f"/listen/{NOBODY}", f"/embed/{NOBODY}"})


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    tone = Tone()
    chosen = Settings(voice="tone", cache=str(tmp_path_factory.mktemp("cache")))
    with serving(create_app(chosen, voices(tone=tone, baker=tone, edge=tone))) as (url, _):
        yield url


@pytest.fixture(scope="module")
def audio(url: str) -> str:
    """The address of finished audio."""
    article = httpx.post(f"{url}/v1/articles", json={"text": TEXT}).json()
    httpx.get(f"{url}/v1/articles/{article['id']}/events")
    return f"{url}{article['audio_url']}"


def require_refusal(answer: httpx.Response, what: object) -> None:
    assert 400 <= answer.status_code < 500, (answer.status_code, answer.text, what)
    assert answer.headers["content-type"] == "application/problem+json", what
    assert answer.json()["status"] == answer.status_code


@pytest.mark.parametrize("path", paths())
@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", ""])
def test_a_million_random_bytes(url: str, path: str, kind: str) -> None:
    body = random.Random(f"{path}{kind}").randbytes(N_BYTES)
    headers = {"Content-Type": kind} if kind else {}
    answer = httpx.post(f"{url}{path}", content=body, headers=headers, timeout=30)
    require_refusal(answer, path)
    assert httpx.get(f"{url}/healthz").status_code == 200


def test_a_million_random_bytes_in_place_of_http(url: str) -> None:
    host, port = url.removeprefix("http://").split(":")
    for seed in range(3):
        with socket.create_connection((host, int(port)), timeout=30) as connection:
            try:
                connection.sendall(random.Random(seed).randbytes(N_BYTES))
                while connection.recv(65536):
                    pass
            except ConnectionError:
                continue  # it was hung up on
    assert httpx.get(f"{url}/healthz").status_code == 200


DEEP = 100_000
BODIES: dict[str, bytes] = {
    "nothing": b"",
    "null": b"null",
    "a number": b"1",
    "an array": b"[]",
    "deep arrays": b"[" * DEEP + b"]" * DEEP,
    "deep objects": b'{"text":' * DEEP + b"1" + b"}" * DEEP,
    "deep text": b'{"text": ' + b"[" * DEEP + b"]" * DEEP + b"}",
    "many arrays": b'{"text": [' + b"[]," * 300_000 + b"[]]}",
    "a huge number": b'{"text": "a", "rate": ' + b"9" * 100_000 + b"}",
    "a huge power": b'{"text": "a", "rate": 1e999999}',
    "not a number": b'{"text": "a", "rate": NaN}',
    "no speed": b'{"model": "a", "input": "a", "voice": "tone", "speed": NaN}',
    "much of something": b'{"text": "a", "rate": [' + b"1," * 100_000 + b"1]}",
    "much and cut off": b'{"text": "' + b"a" * 100_000,
    "infinity": b'{"model": "a", "input": "a", "voice": "tone", "speed": -Infinity}',
    "a fraction": b'{"text": "a", "rate": 1.5}',
    "the wrong types": b'{"text": {"a": 1}, "rate": "fast", "voice": []}',
    "cut off": b'{"text": "\xe4\xbb',
    "not UTF-8": b'{"text": "\xff\xfe\xff"}',
    "Big5": '{"text": "台北今天放晴，各地氣溫回升。"}'.encode("big5"),
    "UTF-16": '{"text": "台北今天放晴。"}'.encode("utf-16") + b"\x00",
    "two values": b'{"text": "a"}{"text": "b"}',
    "a comment": b'{"text": "a" /* b */}',
}


@pytest.mark.parametrize("path", ["/v1/articles", "/v1/scripts", "/v1/audio/speech"])
@pytest.mark.parametrize("what", BODIES)
def test_odd_json_is_refused(url: str, path: str, what: str) -> None:
    headers = {"Content-Type": "application/json"}
    answer = httpx.post(f"{url}{path}", content=BODIES[what], headers=headers, timeout=30)
    require_refusal(answer, what)


@pytest.mark.parametrize(
    "text",
    [
        "今天放晴。\ud800",
        "今天\udfff放晴。",
        "今天\x00放晴。",
        "今天\ufffe放晴。",
        "\U000e0001今天放晴。",
    ],
)
def test_odd_characters_are_read_or_refused(url: str, text: str) -> None:
    for path, body in (
        ("/v1/articles", {"text": text}),
        ("/v1/scripts", {"html": f"<p>{text}</p>"}),
        ("/v1/audio/speech", {"model": "tts-1", "input": text, "voice": "tone"}),
    ):
        content = json.dumps(body).encode("ascii")  # a lone surrogate as an escape, as JSON allows
        headers = {"Content-Type": "application/json"}
        answer = httpx.post(f"{url}{path}", content=content, headers=headers, timeout=30)
        assert answer.status_code in (200, 201, 422), answer.text


RANGES = (
    "bytes=",
    "bytes=-",
    "bytes=--1",
    "bytes=0-0,1-1",
    "bytes=5-1",
    "bytes=a-b",
    "bytes=-0",
    "bytes=0-" + "9" * 5000,
    "bytes=" + "9" * 5000 + "-",
    "bytes=-" + "9" * 5000,
    "bytes=٣-٤",
    "bytes=²-³",
    "bits=0-1",
    "=0-1",
    "bytes 0-1",
    "bytes=0-1;q=1",
    "bytes= 0 - 1",
    "bytes=" + ",".join("0-0" for _ in range(2000)),
)


@pytest.mark.parametrize("value", RANGES, ids=lambda value: value[:20])
def test_odd_ranges(audio: str, value: str) -> None:
    whole = httpx.get(audio)
    answer = httpx.get(audio, headers={"Range": value.encode()})  # type: ignore[dict-item]
    assert answer.status_code in (200, 206, 416), value
    if answer.status_code == 200:
        assert answer.content == whole.content
    if answer.status_code == 206:
        assert answer.content in whole.content
        assert len(answer.content) == int(answer.headers["content-length"])


HEADERS = (
    "Range",
    "If-None-Match",
    "If-Range",
    "If-Modified-Since",
    "Accept-Language",
    "Accept-Encoding",
    "Authorization",
    "Content-Type",
    "Cookie",
    "Origin",
    "Referer",
    "Host",
    "X-Request-ID",
    "X-Forwarded-For",
    "X-Forwarded-Proto",
    "X-Forwarded-Host",
    "traceparent",
    "Expect",
)
VALUES = st.one_of(
    st.binary(max_size=200),
    st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.sampled_from([b"*", b'W/"', b'"', b"zh;q=nan", b"zh;q=1e999", b"[", b"a b", b"\xff", b":"]),
)


@pytest.mark.thorough
@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(["GET", "HEAD", "POST", "OPTIONS"]),
    st.sampled_from(paths()),
    st.lists(st.tuples(st.sampled_from(HEADERS), VALUES), max_size=6),
    st.binary(max_size=300),
)
def test_any_headers_and_body(
    method: str, path: str, headers: list[tuple[str, bytes]], body: bytes
) -> None:
    """In the application itself: a client library would send only what is decent."""
    status, _ = asyncio.run(asked(method, path, headers, body))
    assert status < 500 or status in MEANT


async def asked(
    method: str, path: str, headers: list[tuple[str, bytes]], body: bytes
) -> tuple[int, bytes]:
    """An answer to a request that no client library would send."""
    tone = Tone()
    app = create_app(
        Settings(voice="tone", cache="memory://"), voices(tone=tone, baker=tone, edge=tone)
    )
    sent: list[dict[str, Any]] = []
    asking = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        return asking.pop() if asking else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(name.lower().encode(), value) for name, value in headers],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    async with app.router.lifespan_context(app), asyncio.timeout(30):
        await app(scope, receive, send)
    return sent[0]["status"], b"".join(m.get("body", b"") for m in sent[1:])


async def test_a_body_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    n_sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal n_sent
        while True:
            n_sent += 1
            yield b"x" * 1024

    async with service(tmp_path, max_body_bytes=64 * 1024) as client:
        headers = {"Content-Type": "application/json"}
        said = await client.post("/v1/articles", content=b"x" * 70_000, headers=headers)
        require_refusal(said, "a body with its length")
        assert said.status_code == 413
        assert said.headers["x-request-id"]
        assert said.headers["x-content-type-options"] == "nosniff"
        streamed = await client.post("/v1/articles", content=endless(), headers=headers)
        require_refusal(streamed, "an endless body")
        assert streamed.status_code == 413
        assert n_sent < 100
        for path in ("/healthz", "/nowhere"):
            claimed = await client.request("GET", path, headers={"Content-Length": "9" * 30})
            assert claimed.status_code == 413


async def test_a_body_that_does_not_come_is_not_waited_for(tmp_path: Path) -> None:
    async def stuck() -> AsyncIterator[bytes]:
        yield b'{"text": '
        await asyncio.sleep(3600)

    async with service(tmp_path, body_timeout_s=0.05) as client:
        headers = {"Content-Type": "application/json"}
        answer = await client.post("/v1/articles", content=stuck(), headers=headers)
        assert answer.status_code == 408
        require_refusal(answer, "a stuck body")


async def test_large_bodies_are_read_as_small_ones(tmp_path: Path) -> None:
    async with service(tmp_path) as client:
        page = f"<article><h1>台北今天放晴</h1><p>{TEXT * 5}</p></article>"
        script = f"<script>var a = [{'{},' * 40_000}];</script>"
        for html in (page, f"{page}{script}"):
            answer = await client.post(
                "/v1/scripts", json={"html": html, "rate": 10, "title": None}
            )
            assert answer.status_code == 200, answer.text
            assert answer.json()["title"] == "台北今天放晴"


@pytest.mark.parametrize(
    "body",
    [
        b'{"text": [' + b"[]," * 2_000_000 + b"[]]}",
        b'{"text": [' + b'"",' * 2_000_000 + b'""]}',
        b'"' + b'\\"' * 3_000_000,
        b'{"text": "' + b"\\" * 6_000_000,
        b" " * 6_000_000,
    ],
    ids=["arrays", "texts", "an escaped end", "escapes", "nothing"],
)
def test_bodies_that_take_long_to_parse_are_not_parsed(body: bytes) -> None:
    assert not is_plain(body)


@given(st.recursive(st.none() | st.integers() | st.text(), st.lists))
def test_small_json_is_plain_json(value: object) -> None:
    assert is_plain(json.dumps(value).encode())
    assert is_plain(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"))


async def test_an_article_too_long_is_refused(tmp_path: Path) -> None:
    async with service(tmp_path, max_article_chars=100) as client:
        answer = await client.post("/v1/articles", json={"text": TEXT * 20})
        require_refusal(answer, "a long article")
        assert (await narrated(client))["id"]
