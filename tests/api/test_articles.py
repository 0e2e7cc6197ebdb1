"""The HTTP contract of a narration, from the request to the last byte."""

from __future__ import annotations

import asyncio
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.conftest import EXAMPLES
from tests.pipeline.voices import Counted
from tests.sound import mp3val_complaints

TEXT = "台北今天放晴\n\n氣象署表示，各地氣溫回升。山區仍有短暫雨，請記得帶傘。"


async def ready(client: httpx.AsyncClient, article_id: str) -> dict[str, Any]:
    for _ in range(600):
        article: dict[str, Any] = (await client.get(f"/v1/articles/{article_id}")).json()
        if article["status"] in ("ready", "failed"):
            return article
        await asyncio.sleep(0.05)
    raise AssertionError("never ready")


async def narrated(client: httpx.AsyncClient, **request: object) -> dict[str, Any]:
    answer = await client.post("/v1/articles", json=request or {"text": TEXT})
    assert answer.status_code in (200, 201), answer.text
    return await ready(client, answer.json()["id"])


async def test_new_then_known(client: httpx.AsyncClient) -> None:
    new = await client.post("/v1/articles", json={"text": TEXT})
    assert new.status_code == 201
    assert new.headers["location"] == f"/v1/articles/{new.json()['id']}"
    assert new.json()["status"] in ("pending", "speaking")
    assert all(u["start"] is None for u in new.json()["utterances"])
    await ready(client, new.json()["id"])
    known = await client.post("/v1/articles", json={"text": TEXT})
    assert known.status_code == 200
    assert known.json()["id"] == new.json()["id"]
    assert known.json()["status"] == "ready"


async def test_the_resource_when_ready(client: httpx.AsyncClient) -> None:
    article = await narrated(client)
    assert article["voice"] == "baker"
    assert article["coverage"] == 1.0
    assert article["audio_url"] == f"/v1/articles/{article['id']}/audio.mp3"
    assert article["page_url"] == f"/listen/{article['id']}"
    starts = [u["start"] for u in article["utterances"]]
    assert starts == sorted(starts)
    assert 0 < article["utterances"][-1]["end"] <= article["duration"]


@pytest.mark.thorough
async def test_the_example_page(client: httpx.AsyncClient) -> None:
    html = (EXAMPLES / "article.html").read_text(encoding="utf-8")
    article = await narrated(client, html=html)
    assert article["title"].startswith("花蓮慢車站變身圖書館")
    assert "延伸閱讀" not in str(article["utterances"])


async def test_one_synthesis_for_many_listeners(client: httpx.AsyncClient, voice: Counted) -> None:
    answers = await asyncio.gather(
        *(client.post("/v1/articles", json={"text": TEXT}) for _ in range(20))
    )
    assert {a.json()["id"] for a in answers} == {answers[0].json()["id"]}
    assert sorted(a.status_code for a in answers) == [200] * 19 + [201]
    url = answers[0].json()["audio_url"]
    bodies = await asyncio.gather(*(client.get(url) for _ in range(20)))
    assert len({body.content for body in bodies}) == 1
    assert len(voice.said) == len(set(voice.said))


async def test_the_stream_is_the_file_without_its_head(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/articles", json={"text": TEXT})
    stream = await client.get(answer.json()["audio_url"])
    assert stream.headers["cache-control"] == "no-store"
    article = await ready(client, answer.json()["id"])
    whole = (await client.get(article["audio_url"])).content
    assert len(stream.content) % 144 == 0
    assert stream.content in whole


async def test_audio_with_range_and_conditions(client: httpx.AsyncClient, tmp_path: Path) -> None:
    url = (await narrated(client))["audio_url"]
    whole = await client.get(url)
    assert whole.status_code == 200
    assert whole.headers["content-type"] == "audio/mpeg"
    assert whole.headers["cache-control"] == "no-cache"
    assert int(whole.headers["content-length"]) == len(whole.content)
    assert whole.headers["etag"] == f'"{hashlib.sha256(whole.content).hexdigest()}"'
    (tmp_path / "a.mp3").write_bytes(whole.content)
    assert mp3val_complaints(tmp_path / "a.mp3") == []

    head = await client.head(url)
    assert head.headers["content-length"] == str(len(whole.content))
    assert head.content == b""
    size = len(whole.content)
    for spec, start, end in (
        ("bytes=0-99", 0, 100),
        ("bytes=100-", 100, size),
        ("bytes=-50", size - 50, size),
        (f"bytes=5-{size * 2}", 5, size),
    ):
        part = await client.get(url, headers={"Range": spec})
        assert part.status_code == 206
        assert part.content == whole.content[start:end]
        assert part.headers["content-range"] == f"bytes {start}-{end - 1}/{size}"
    outside = await client.get(url, headers={"Range": f"bytes={size}-"})
    assert outside.status_code == 416
    same = await client.get(url, headers={"If-None-Match": whole.headers["etag"]})
    assert same.status_code == 304
    changed = await client.get(url, headers={"Range": "bytes=0-9", "If-Range": '"other"'})
    assert (changed.status_code, len(changed.content)) == (200, size)


async def test_events_tell_of_every_sentence(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/articles", json={"text": TEXT})
    for _ in range(2):  # while it is spoken, and afterwards
        events = await client.get(f"/v1/articles/{answer.json()['id']}/events")
        assert events.headers["content-type"].startswith("text/event-stream")
        blocks = [block.split("\n") for block in events.text.strip().split("\n\n")]
        names = [lines[0].removeprefix("event: ") for lines in blocks]
        data = [json.loads(lines[1].removeprefix("data: ")) for lines in blocks]
        assert names == ["utterance"] * (len(names) - 1) + ["ready"]
        assert [d["index"] for d in data[:-1]] == list(range(len(names) - 1))
        assert data[-1]["duration"] > data[-2]["end"]


async def test_captions_and_chapters(client: httpx.AsyncClient) -> None:
    article = await narrated(client)
    captions = await client.get(article["captions_url"])
    assert captions.headers["content-type"].startswith("text/vtt")
    assert captions.text.startswith("WEBVTT\n")
    assert "氣象署表示，各地氣溫回升。" in captions.text
    chapters = await client.get(f"/v1/articles/{article['id']}/chapters.json")
    assert chapters.json()["chapters"][0]["startTime"] == 0


@pytest.mark.parametrize(
    ("request_", "status", "problem"),
    [
        ({}, 422, "invalid-request"),
        ({"text": "a", "html": "b"}, 422, "invalid-request"),
        ({"text": TEXT, "rate": 400}, 422, "invalid-request"),
        ({"text": TEXT, "speed": 1}, 422, "invalid-request"),
        ({"text": ""}, 422, "no-article"),
        ({"text": "※※※"}, 422, "no-article"),
        ({"html": "<html><body></body></html>"}, 422, "no-article"),
        ({"text": TEXT, "voice": "nosuch"}, 422, "unknown-voice"),
        ({"url": "file:///etc/passwd"}, 422, "bad-input"),
    ],
)
async def test_problems(
    client: httpx.AsyncClient, request_: dict[str, object], status: int, problem: str
) -> None:
    answer = await client.post("/v1/articles", json=request_)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.status_code == answer.json()["status"] == status
    assert answer.json()["type"] == f"urn:tingwen:problem:{problem}"
    chinese = await client.post(
        "/v1/articles", json=request_, headers={"Accept-Language": "zh-TW,zh;q=0.9,en;q=0.8"}
    )
    assert chinese.json()["title"] != answer.json()["title"]


@pytest.mark.parametrize("tail", ["", "/audio.mp3", "/events", "/captions.vtt", "/chapters.json"])
async def test_an_unknown_id_is_not_found(client: httpx.AsyncClient, tail: str) -> None:
    answer = await client.get(f"/v1/articles/{'0' * 32}{tail}")
    assert answer.status_code == 404
    assert answer.json()["type"] == "urn:tingwen:problem:not-found"


@pytest.mark.parametrize("bad", ["..", "ABC", "%2e%2e%2fetc", "0" * 31])
async def test_no_path_from_a_user_reaches_a_file(client: httpx.AsyncClient, bad: str) -> None:
    assert (await client.get(f"/v1/articles/{bad}/audio.mp3")).status_code in (404, 422)


async def test_voices_and_health(client: httpx.AsyncClient) -> None:
    assert (await client.get("/healthz")).json()["status"] == "ok"
    assert (await client.get("/v1/voices")).status_code == 200


async def test_ready_means_it(client: httpx.AsyncClient, tmp_path: Path) -> None:
    assert (await client.get("/readyz")).json() == {"status": "ready", "voice": "baker"}
    shutil.rmtree(tmp_path / "store")
    (tmp_path / "store").write_text("no folder any more")
    answer = await client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["type"] == "urn:tingwen:problem:storage-failed"
