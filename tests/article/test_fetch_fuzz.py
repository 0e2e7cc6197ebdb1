"""A fuzzer over all that a web server can answer: status lines, headers, encodings, bodies,
redirects. Nothing comes out but a page that is whole or one of our errors."""

from __future__ import annotations

import gzip
import random
import socket
import threading
import zlib
from collections.abc import Iterator

import pytest

from reader.article import extract
from reader.article.access import Access
from reader.article.fetch import FetchLimits, fetch_page
from reader.errors import TingwenError
from tests.fuzzing import chance_of, n_cases

FIRST, LAST = "開頭的句子說老橋昨天重新開放通行", "結尾的句子說居民掛上三百盞燈籠慶祝"
MIDDLE = "橫跨溪谷的百年老橋歷經兩年修復，沿岸的茶園也跟著熱鬧起來，遊客絡繹不絕。"
PAGE = (
    "<html><head><meta charset='utf-8'><title>老橋修復完工</title></head>"
    "<body><h1>老橋修復完工</h1>"
    f"<p>{FIRST}，{MIDDLE}</p><p>{MIDDLE}</p><p>{MIDDLE}{LAST}。</p></body></html>"
)
LIMITS = FetchLimits(total_s=30, max_bytes=400_000, max_redirects=3)
CHARSETS = (
    "utf-8", "UTF8", "big5", "cp950", "gb18030", "utf-16", "utf-16le", "utf-7", "hex", "base64",
    "zlib", "bz2", "rot13", "uu", "quopri", "idna", "punycode", "undefined", "unicode_escape",
    "raw_unicode_escape", "mbcs", "oem", "latin-1", "x-user-defined", "none", "utf-8;",
    "utf-8,big5", "\x00", "�", "名字",
)  # fmt: skip
PLACES = (
    "/ok", "/", "//", "http://[", "http://[::1", "http://[v1.x]/", "javascript:alert(1)",
    "data:text/html,x", "file:///etc/passwd", "http://xn--0/", "http://ex℀mple.com/",
    "http://x/\x01\x02", "http://169.254.169.254/", "http://127.0.0.1/", "http://0x7f000001/",
    "http://a@b@c/", "http://news.example:99999/", "http://news.example:-1/", "?q", "#f", "..",
    "http:///x", "http:x", "//news.example/ok", "\\\\host\\share", "http://[::ffff:10.0.0.7]/",
    "甲乙", "%zz", "�",
)  # fmt: skip


def body_of(chance: random.Random) -> tuple[bytes, bool]:
    """A body, and whether the article is in it whole."""
    kind = chance.randrange(7)
    page = PAGE.encode(chance.choice(["utf-8", "big5", "gb18030", "utf-16"]), "replace")
    if kind < 4:
        return page, True
    if kind == 4:
        return chance.randbytes(chance.randrange(4_000)), False
    if kind == 5:
        return page[: chance.randrange(len(page))], False
    return b"<a>" * chance.randrange(50_000), False


def encoded(chance: random.Random, body: bytes) -> tuple[str, bytes, bool]:
    """A content coding, the bytes on the line, and whether all of `body` is in them."""
    way = chance.randrange(9)
    half = chance.randrange(len(body) + 1)
    if way == 0:
        return "gzip", gzip.compress(body), True
    if way == 1:
        return "gzip", gzip.compress(body[:half]) + gzip.compress(body[half:]), True
    if way == 2:
        packed = gzip.compress(body)
        return "gzip", packed[: chance.randrange(len(packed))], False
    if way == 3:
        return "deflate", zlib.compress(body), True
    if way == 4:
        return "deflate", zlib.compress(body)[2:-4], True
    if way == 5:
        return (
            chance.choice(["br", "zstd", "gzip, gzip", "x-gzip", "\x00", "identity"]),
            body,
            False,
        )
    if way == 6:
        return "gzip", body, False
    return "", body, True


def answer_of(case: int) -> tuple[bytes, bool]:
    """The bytes of an answer, and whether it holds the whole article properly."""
    chance = chance_of(case, "fetch")
    body, is_whole = body_of(chance)
    coding, sent, is_all = encoded(chance, body)
    is_whole &= is_all
    status = chance.choice([200] * 12 + [204, 206, 301, 302, 307, 308, 403, 404, 500, 503, 999, 99])
    lines = [
        f"HTTP/1.{chance.choice('0011')} {status} {chance.choice(['OK', '', '好', 'x' * 300])}"
    ]
    charset = chance.choice(CHARSETS)
    kinds = [f"text/html; charset={charset}", "text/html", "", "image/png", "text/html;" * 30]
    lines.append(f"Content-Type: {chance.choice(kinds)}")
    if coding:
        lines.append(f"Content-Encoding: {coding}")
    if status in (301, 302, 307, 308):
        lines.append(f"Location: {chance.choice(PLACES)}")
        is_whole = False
    framing = chance.randrange(6)
    if framing == 0:
        size = 1 + chance.randrange(max(1, len(sent)))
        pieces = [sent[i : i + size] for i in range(0, len(sent), size)]
        sent = b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in pieces) + b"0\r\n\r\n"
        lines.append("Transfer-Encoding: chunked")
    elif framing == 1:
        lines.append("Transfer-Encoding: chunked")
        is_whole = False
    elif framing == 2:
        lines.append(f"Content-Length: {len(sent) + 1 + chance.randrange(5_000)}")
        is_whole = False
    elif framing == 3:
        lines.append(f"Content-Length: {chance.choice(['-1', 'x', '9' * 30, '1e3', '+5', ''])}")
        is_whole = False
    elif framing == 4:
        lines.append(f"Content-Length: {len(sent)}")
    if chance.random() < 0.2:
        odd = [
            "X: " + "a" * 20_000,
            "no colon",
            ": no name",
            "X\x00: y",
            " folded",
            "Set-Cookie: \udcff",
        ]
        lines.append(chance.choice(odd))
        is_whole = False
    if status != 200 or not lines[0].startswith("HTTP/1."):
        is_whole = False
    ending = chance.choice(["\r\n"] * 8 + ["\n", "\r"])
    is_whole &= ending == "\r\n" and "image" not in lines[1] and "\x00" not in lines[1]
    head = (ending.join(lines) + ending * 2).encode("utf-8", "surrogateescape")
    return head + sent, is_whole


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Of a server that answers `/CASE` with that case's bytes, and closes the connection."""
    listening = socket.create_server(("127.0.0.1", 0), backlog=50)

    def serve() -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(5)
                try:
                    request = connection.recv(65_536).split(b" ")
                    path = request[1].decode("latin-1").strip("/") if len(request) > 1 else ""
                    if path.isdecimal():
                        connection.sendall(answer_of(int(path))[0])
                    else:
                        connection.sendall(b"HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n")
                except OSError:
                    continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield listening.getsockname()[1]
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join()


def resolver(host: str, port: int) -> list[str]:
    if host == "news.example":
        return ["127.0.0.1"]
    raise OSError(f"no such name: {host}:{port}")


@pytest.mark.fuzz
@pytest.mark.timeout(0)
@pytest.mark.thorough
def test_whatever_a_server_answers(port: int) -> None:
    n_read = 0
    for case in range(n_cases(150)):
        url = f"http://news.example:{port}/{case}"
        is_whole = answer_of(case)[1]
        try:
            page = fetch_page(
                url, resolver=resolver, access=Access(hosts=("news.example",)), limits=LIMITS,
                obey_robots=False,
            )  # fmt: skip
            article = extract(page)
        except TingwenError as error:
            assert str(error), case
            assert "\n" not in str(error), case
            assert not is_whole, (case, str(error))
            continue
        text = "".join(p.text for p in article.paragraphs)
        n_read += 1
        if is_whole:
            assert FIRST in text and LAST in text, (case, text)
    assert n_read, "whole pages are read"
