"""HEAD is answered wherever GET is, with the same head and nothing behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from api.middleware.permissions import ROUTES
from api.settings import Settings
from tests.api.test_hostile import paths
from tests.pipeline.voices import Counted, Tone, voices
from tests.server import serving

TEXT = "台北今天放晴，各地氣溫回升。\n\n山區有雨。"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    tone = Tone()
    chosen = Settings(voice="tone", cache=str(tmp_path_factory.mktemp("cache")))
    app = create_app(chosen, voices(tone=tone, baker=tone, edge=tone))
    with serving(app) as (url, _), httpx.Client(base_url=url, timeout=20) as client:
        yield client


@pytest.fixture(scope="module")
def article_id(client: httpx.Client) -> str:
    known: str = client.post("/v1/articles", json={"text": TEXT}).json()["id"]
    client.get(f"/v1/articles/{known}/events")
    return known


@pytest.mark.parametrize("path", sorted({*paths(), "/help", "/receive", "/offline", "/feed.xml"}))
def test_head_is_get_without_a_body(client: httpx.Client, article_id: str, path: str) -> None:
    path = path.replace("0" * 32, article_id)
    got, head = client.get(path), client.head(path)
    if got.status_code == 405:  # where something is only ever sent to
        assert head.status_code == 405
        return
    assert head.status_code == got.status_code, path
    assert head.content == b""
    for name in ("content-type", "etag", "cache-control", "content-security-policy"):
        assert head.headers.get(name) == got.headers.get(name), (path, name)


def heads(article_id: str) -> list[str]:
    """Every GET of the table of permissions, with something in place of its parameters."""
    wanted = [path for method, path, _ in ROUTES if method == "GET"]
    named = [path.replace("{article_id}", article_id).replace("{kind}", "flac") for path in wanted]
    return [re.sub(r"\{[^}]*\}", "x", path) for path in named]


def test_head_of_every_route_starts_nothing(tmp_path: Path) -> None:
    """Not by who may speak either: nothing is synthesized, nothing encoded."""
    tone = Counted(Tone())
    chosen = Settings(voice="tone", cache=str(tmp_path))
    app = create_app(chosen, voices(tone=tone, baker=tone, edge=tone))
    with serving(app) as (url, _), httpx.Client(base_url=url, timeout=20) as client:
        known = client.post("/v1/articles", json={"text": TEXT}).json()["id"]
        client.get(f"/v1/articles/{known}/events")
        n_said = len(tone.said)
        for path in heads(known):
            got, head = client.get(path), client.head(path)
            assert head.status_code == got.status_code, path
            assert head.content == b"", path
            for name in ("content-type", "etag", "cache-control", "x-tingwen-voice"):
                if path.endswith(".flac") and name == "etag":
                    continue  # encoded anew each time: nobody knows it before
                assert head.headers.get(name) == got.headers.get(name), (path, name)
        for stored in tmp_path.rglob("narrations/*/*"):
            stored.unlink()
        for stored in tmp_path.rglob("clips/*/*"):
            stored.unlink()
        for path in heads(known):  # its order is there still: GET would begin it again
            client.head(path)
        assert len(tone.said) == n_said
        client.get(f"/v1/articles/{known}/events")
        assert len(tone.said) == 2 * n_said
