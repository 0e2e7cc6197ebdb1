"""Bytes that are nearly HTTP, and clients that say little: a refusal or one whole answer, and
nobody else waits."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import product
from typing import Final

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from tests.attacks.kinds import at_least
from tests.pipeline.voices import Tone, voices
from tests.server import serving

BODY: Final = '{"text": "今天放晴。"}'.encode()
N: Final = len(BODY)
CHUNKED: Final = b"%x\r\n%s\r\n0\r\n\r\n" % (N, BODY)
SMUGGLED: Final = b"GET /v1/voices HTTP/1.1\r\nHost: a\r\n\r\n"
LENGTHS: Final = ("", "-1", "+5", "0x10", "5 5", "5,5", "1e3", "9" * 30, "٣", " 5\x0b", "NaN")
CODINGS: Final = (
    "chunked, identity",
    "identity",
    "xchunked",
    "chunked\x0b",
    "chunked;q=1",
    "gzip, chunked",
    "CHUNKED",
    " chunked",
    "chunked, chunked",
    "",
)
CHUNKS: Final = (
    b"zz\r\n" + BODY,
    b"-1\r\n" + BODY,
    b"ffffffffffffffff\r\n" + BODY,
    b"5\n" + BODY,
    b"\r\n\r\n",
    b"5;" + b"x" * 70_000 + b"\r\n",
    b"0\r\nTrailer: x\r\n\r\n",
    b"%x\r\n%sXX0\r\n\r\n" % (N, BODY),
)
LINES: Final = (
    b"GET  / HTTP/1.1",
    b"GET / HTTP/9.9",
    b"GET / HTTP/1.1 x",
    b"get / HTTP/1.1",
    b"GET /",
    b"GET http://evil.example/ HTTP/1.1",
    b"GET * HTTP/1.1",
    b"CONNECT a:1 HTTP/1.1",
    b"\x00 / HTTP/1.1",
    b"GET /\x00 HTTP/1.1",
    b"GET /\xff HTTP/1.1",
    b"PRI * HTTP/2.0",
    b"\x16\x03\x01\x02\x00",
    b" GET / HTTP/1.1",
    b"GET /" + b"a" * 100_000 + b" HTTP/1.1",
    b"G" * 100_000 + b" / HTTP/1.1",
)
FIELDS: Final = (
    b"Host a",
    b": a",
    b"Host : a",
    b"X: y\r\n folded: z",
    b"X\x00: y",
    b"X: \x00",
    b"X: y\rZ: q",
    b"X: y\nZ: q",
    b"X: " + b"y" * 100_000,
    b"\xff: y",
    b"Host: a\r\nHost: b",
    b"Host: ",
    b"Host: a b",
)


def cases() -> Iterator[bytes]:
    post = b"POST /v1/scripts HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
    for length in LENGTHS:
        yield post + f"Content-Length: {length}\r\n\r\n".encode() + BODY
    for coding in CODINGS:
        yield post + f"Transfer-Encoding: {coding}\r\n\r\n".encode() + CHUNKED
    for first, second in product((N, N + 1, 0), (N, 1)):
        both = b"Content-Length: %d\r\nContent-Length: %d\r\n\r\n" % (first, second)
        yield post + both + BODY + SMUGGLED
    for n in (0, N, 5):
        yield post + b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n\r\n" % n + CHUNKED
        yield post + b"Transfer-Encoding: chunked\r\nContent-Length: %d\r\n\r\n" % n + CHUNKED
    for chunk in CHUNKS:
        yield post + b"Transfer-Encoding: chunked\r\n\r\n" + chunk + SMUGGLED
    for line in LINES:
        yield line + b"\r\nHost: a\r\n\r\n"
        yield line + b"\nHost: a\n\n"
    for field in FIELDS:
        yield b"GET /healthz HTTP/1.1\r\nHost: a\r\n" + field + b"\r\n\r\n"


CASES: Final = tuple(cases())


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    tone = Tone()
    chosen = Settings(
        voice="tone",
        cache=str(tmp_path_factory.mktemp("cache")),
        body_timeout_s=0.5,
        base_url="http://a",
    )
    with serving(create_app(chosen, voices(tone=tone, baker=tone, edge=tone))) as (url, _):
        host, port = url.removeprefix("http://").split(":")
        yield host, int(port)


def answer_to(address: tuple[str, int], request: bytes) -> bytes:
    """What comes back until the server ends, or says no more."""
    with socket.create_connection(address, timeout=30) as connection:
        received = b""
        try:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            while part := connection.recv(65_536):
                received += part
        except ConnectionError:
            pass  # it was hung up on
    return received


def test_nearly_http_is_refused_or_one_answer(address: tuple[str, int]) -> None:
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda case: answer_to(address, case), CASES))
    for case, answer in zip(CASES, answers, strict=True):
        statuses = [int(code) for code in re.findall(rb"HTTP/1\.1 (\d{3}) ", answer)]
        assert all(status < 500 or status == 501 for status in statuses), (case[:200], statuses)
        assert len(statuses) <= 1 + case.count(SMUGGLED), (case[:200], statuses)
        if b"chunked" in case and b"Content-Length" in case:
            assert len(statuses) <= 1, "a request has one length"
    assert httpx.get("http://{}:{}/healthz".format(*address)).status_code == 200
    assert at_least("raw HTTP", len(CASES))


@pytest.mark.thorough
def test_clients_that_say_little_keep_nobody_waiting(address: tuple[str, int]) -> None:
    post = b"POST /v1/articles HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
    stuck = post + b'Content-Length: 900\r\n\r\n{"text": '
    half = b"GET /healthz HTTP/1.1\r\nHost: a\r\nX-Half: "
    with ExitStack() as stack:
        connections = [stack.enter_context(socket.create_connection(address)) for _ in range(250)]
        for number, connection in enumerate(connections):
            connection.settimeout(30)
            connection.sendall(half if number >= 150 else stuck)
        for _ in range(20):
            assert httpx.get("http://{}:{}/healthz".format(*address), timeout=5).status_code == 200
        answers = [connection.recv(4_096) for connection in connections[:150]]
    assert all(b" 408 " in answer.split(b"\r\n")[0] for answer in answers)
    assert at_least("slow", len(connections))
