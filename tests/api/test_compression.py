"""What is sent compressed, to whom, under which entity tag."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.app import create_app
from api.compression import accepts_gzip
from api.settings import Settings
from tests.api.services import service
from tests.pipeline.voices import Tone, voices
from tests.server import serving

ARTICLE = {"text": "台北今天放晴\n\n" + "各地氣溫回升，山區有雨。\n\n" * 60}
GZIP = {"Accept-Encoding": "gzip"}
PLAIN = {"Accept-Encoding": "identity"}
TEXTS = ("/", "/player.js", "/app.js", "/pages.css", "/icon.svg", "/listen/{id}", "/embed/{id}")


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("gzip, deflate, br", True),
        ("GZIP;q=0.5", True),
        ("x-gzip", True),
        ("*", True),
        ("", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip; q=0.0, *", False),
        ("*;q=0", False),
        ("identity;q=1, *;q=0", False),
        ("identity, gzip;q=0.5", False),
        ("gzip;q=nonsense", False),
    ],
)
def test_who_wants_gzip(header: str, wanted: bool) -> None:
    assert accepts_gzip(header) is wanted


@given(st.text(max_size=60))
def test_no_header_breaks_it(header: str) -> None:
    accepts_gzip(header)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Any:
    tone = Tone()
    store = tmp_path_factory.mktemp("store")
    settings = Settings(voice="tone", cache=str(store))
    with serving(create_app(settings, voices(tone=tone, baker=tone, edge=tone))) as (url, _):
        yield url


@pytest.fixture
def article_id(site: str) -> str:
    article = httpx.post(f"{site}/v1/articles", json=ARTICLE).json()
    httpx.get(f"{site}/v1/articles/{article['id']}/events", timeout=60)
    return str(article["id"])


def raw(url: str, method: str = "GET", **headers: str) -> tuple[httpx.Response, bytes]:
    """An answer and its body as it came."""
    with httpx.stream(method, url, headers=headers) as answer:
        return answer, b"".join(answer.iter_raw())


@pytest.mark.parametrize("path", TEXTS)
def test_pages_and_their_files(site: str, article_id: str, path: str) -> None:
    url = site + path.format(id=article_id)
    plain, body = raw(url, **PLAIN)
    small, packed = raw(url, **GZIP)
    assert "content-encoding" not in plain.headers
    assert int(plain.headers["content-length"]) == len(body)
    for answer in (plain, small):
        assert "accept-encoding" in answer.headers["vary"].lower()
    if len(body) >= 1024 or "content-encoding" in small.headers:
        assert small.headers["content-encoding"] == "gzip"
        assert int(small.headers["content-length"]) == len(packed)
        assert gzip.decompress(packed) == body
        assert "etag" not in plain.headers or plain.headers["etag"] != small.headers["etag"]


@pytest.mark.parametrize("path", TEXTS)
@pytest.mark.parametrize("coding", [GZIP, PLAIN], ids=["gzip", "plain"])
def test_head_is_get_without_a_body(
    site: str, article_id: str, path: str, coding: dict[str, str]
) -> None:
    url = site + path.format(id=article_id)
    whole, _ = raw(url, **coding)
    head, nothing = raw(url, "HEAD", **coding)
    assert (head.status_code, nothing) == (200, b"")
    told_anew = {"date", "x-request-id"}
    assert {name: value for name, value in head.headers.items() if name not in told_anew} == {
        name: value for name, value in whole.headers.items() if name not in told_anew
    }


def test_a_picture_is_sent_as_it_is(site: str) -> None:
    answer, body = raw(f"{site}/artwork.png", **GZIP)
    assert "content-encoding" not in answer.headers
    assert body.startswith(b"\x89PNG")
    assert raw(f"{site}/artwork.png", "HEAD")[0].status_code == 200


@pytest.mark.usefixtures("article_id")
@pytest.mark.parametrize("path", ["/player.js", "/feed.xml"])
def test_each_coding_has_its_own_tag(site: str, path: str) -> None:
    url = site + path
    tags = {}
    for name, coding in (("gzip", GZIP), ("plain", PLAIN)):
        tags[name] = raw(url, **coding)[0].headers["etag"]
        again, nothing = raw(url, **coding, **{"If-None-Match": f'"other", {tags[name]}'})
        assert (again.status_code, nothing) == (304, b"")
        assert again.headers["etag"] == tags[name]
        assert "content-encoding" not in again.headers
        assert raw(url, **coding, **{"If-None-Match": '"other"'})[0].status_code == 200
    assert tags["gzip"] != tags["plain"]
    assert not any(tag.startswith("W/") for tag in tags.values())
    assert raw(url, **PLAIN, **{"If-None-Match": tags["gzip"]})[0].status_code == 200


def test_answers_in_json(site: str, article_id: str) -> None:
    url = f"{site}/v1/articles/{article_id}"
    plain, body = raw(url, **PLAIN)
    small, packed = raw(url, **GZIP)
    assert small.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed) == body
    assert len(packed) < len(body) / 4
    assert plain.headers["vary"] == small.headers["vary"]
    assert "Accept-Encoding" in plain.headers["vary"]
    captions, packed = raw(f"{url}/captions.vtt", **GZIP)
    assert captions.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed).startswith(b"WEBVTT")
    refusal, body = raw(f"{site}/v1/articles/{'0' * 32}", **GZIP)
    assert (refusal.status_code, refusal.headers.get("content-encoding")) == (404, None)
    assert b"urn:" in body


def test_sound_and_streams_are_not_touched(site: str, article_id: str) -> None:
    url = f"{site}/v1/articles/{article_id}"
    audio, body = raw(f"{url}/audio.mp3", **GZIP)
    assert "content-encoding" not in audio.headers
    assert "Accept-Encoding" not in audio.headers["vary"]
    assert audio.headers["etag"] == raw(f"{url}/audio.mp3", **PLAIN)[0].headers["etag"]
    part, some = raw(f"{url}/audio.mp3", **GZIP, Range="bytes=10-2010")
    assert (part.status_code, some) == (206, body[10:2011])
    events, _ = raw(f"{url}/events", **GZIP)
    assert "content-encoding" not in events.headers


async def test_a_live_stream_is_not_held_back(tmp_path: Path) -> None:
    async with service(tmp_path) as client:
        article = (await client.post("/v1/articles", json=ARTICLE)).json()
        async with client.stream("GET", article["audio_url"], headers=GZIP) as answer:
            assert "content-encoding" not in answer.headers


def test_other_origins_are_named_in_vary_too(site: str, article_id: str) -> None:
    url = f"{site}/v1/articles/{article_id}"
    answer, _ = raw(url, **GZIP, Origin="http://localhost:3000")
    assert answer.headers["access-control-allow-origin"] == "http://localhost:3000"
    assert {"Accept-Encoding", "Origin"} <= {v.strip() for v in answer.headers["vary"].split(",")}
