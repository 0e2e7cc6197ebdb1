"""Range on what is still being made: the exchange that Safari begins, byte by byte."""

from __future__ import annotations

import asyncio
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from reader.script import Line
from reader.voices import Prosody
from reader.voices.clip import Clip
from tests.pipeline.voices import Tone, voices
from tests.server import serving

TEXT = "台北今天放晴，各地氣溫回升。\n\n山區有雨，請留意早晚溫差。\n\n週末轉涼，記得添衣。"


class Halting(Tone):
    """Says the first sentence, and waits."""

    def __init__(self) -> None:
        super().__init__()
        self.goes_on = threading.Event()
        self._n_said = 0

    async def speak(self, line: Line, prosody: Prosody) -> Clip:
        self._n_said += 1
        if self._n_said > 1:
            await asyncio.to_thread(self.goes_on.wait, 30)
        return await super().speak(line, prosody)


@pytest.fixture
def growing(tmp_path: Path) -> Iterator[tuple[httpx.Client, str, Halting]]:
    """A client, the address of audio that is being made, and its voice."""
    voice = Halting()
    chosen = Settings(voice="tone", cache=str(tmp_path))
    app = create_app(chosen, voices(tone=voice, baker=voice, edge=voice))
    with serving(app) as (url, _), httpx.Client(base_url=url, timeout=30) as client:
        article = client.post("/v1/articles", json={"text": TEXT}).json()
        yield client, article["audio_url"], voice
        voice.goes_on.set()


def ask(client: httpx.Client, url: str, span: str, **more: str) -> httpx.Response:
    return client.get(url, headers={"Range": f"bytes={span}", **more})


def test_what_there_is_is_given_range_by_range(
    growing: tuple[httpx.Client, str, Halting],
) -> None:
    client, url, voice = growing
    probe = ask(client, url, "0-1")
    assert probe.status_code == 206
    assert probe.headers["content-range"] == "bytes 0-1/*"
    assert probe.headers["accept-ranges"] == "bytes"
    assert probe.headers["content-length"] == "2"
    assert probe.headers["cache-control"] == "no-store"
    assert client.head(url).headers["accept-ranges"] == "bytes"
    begun = ask(client, url, "0-999999", **{"If-Range": probe.headers["etag"]})
    span = re.fullmatch(r"bytes 0-(\d+)/\*", begun.headers["content-range"])
    assert span is not None
    assert len(begun.content) == int(span[1]) + 1
    assert begun.content[:2] == probe.content
    assert begun.content[0] == 0xFF, "an MPEG frame"
    voice.goes_on.set()
    whole = begun.content
    while True:
        more = ask(client, url, f"{len(whole)}-", **{"If-Range": begun.headers["etag"]})
        if more.status_code != 206 or more.headers["etag"] != begun.headers["etag"]:
            break
        assert more.headers["content-range"].startswith(f"bytes {len(whole)}-")
        whole += more.content
    assert more.status_code in (200, 416), "the finished file is another one"
    finished = client.get(url)
    assert finished.status_code == 200
    assert whole in finished.content or finished.content[-len(whole) :] == whole


@pytest.mark.parametrize("span", ["0-", "-100", "5-2", "0-1,4-5", "x-y"])
def test_anything_else_gets_the_stream(
    growing: tuple[httpx.Client, str, Halting], span: str
) -> None:
    client, url, voice = growing
    voice.goes_on.set()
    with client.stream("GET", url, headers={"Range": f"bytes={span}"}) as answer:
        is_ready = "etag" in answer.headers
        assert is_ready or answer.status_code == 200
        assert len(answer.read()) > 1
