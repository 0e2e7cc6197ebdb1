"""What Prometheus reads: right numbers, bounded labels, and a dashboard that asks for them."""

from __future__ import annotations

import json
import math
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import promql_parser
import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.exceptions import HTTPException

from api.app import create_app
from api.metrics import Metrics
from api.routes import health
from api.settings import Settings
from reader.errors import VoiceMissing, VoiceUnavailable
from reader.synthesis.in_process import InProcess
from reader.voices import Voice, Voices
from tests.api.services import service
from tests.pipeline.voices import FailsAt, Tone

DASHBOARD = Path(__file__).resolve().parents[2] / "deploy" / "grafana" / "tingwen.json"
ARTICLE = {"text": "台北今天放晴\n\n各地氣溫回升，山區有雨。請記得帶傘。"}


async def counts(client: httpx.AsyncClient) -> dict[tuple[str, ...], float]:
    """Every sample by its name and the values of its labels."""
    text = (await client.get("/metrics")).text
    return {
        (sample.name, *(sample.labels[name] for name in sorted(sample.labels))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def narrated(client: httpx.AsyncClient, **request: Any) -> dict[str, Any]:
    answer = await client.post("/v1/articles", json=ARTICLE | request)
    article: dict[str, Any] = answer.json()
    await client.get(f"/v1/articles/{article['id']}/events")
    return article


async def test_a_narration_is_counted(tmp_path: Path) -> None:
    async with service(tmp_path) as client:
        article = await narrated(client)
        await client.get(article["audio_url"])
        await narrated(client)
        found = await counts(client)
        n_clips = sum(1 for u in article["utterances"] if u["text"].strip())
        assert found["tingwen_cache_lookups_total", "miss", "narration"] == 1
        assert found["tingwen_cache_lookups_total", "hit", "narration"] == 1
        assert found["tingwen_cache_lookups_total", "miss", "clip"] == n_clips
        assert found["tingwen_spoken_seconds_total", "other"] == pytest.approx(n_clips, rel=0.1)
        assert found["tingwen_narrations_total", "ready"] == 1
        assert found["tingwen_real_time_factor_count", "other"] == 1
        assert 0 < found["tingwen_real_time_factor_sum", "other"] < 60
        assert found["tingwen_syntheses_in_flight",] == 0
        assert found["tingwen_requests_in_flight",] == 1, "this one"
        posts = found["tingwen_requests_total", "POST", "/v1/articles", "201"]
        assert posts == 1
        assert found["tingwen_first_audio_seconds_count", "cached"] == 1


async def test_time_to_first_audio_is_told_from_that_of_the_cache(tmp_path: Path) -> None:
    async with service(tmp_path) as client:
        body = {"model": "tts-1", "input": "今天放晴。", "voice": "tone"}
        await client.post("/v1/audio/speech", json=body)
        found = await counts(client)
        assert found["tingwen_first_audio_seconds_count", "live"] == 1
        assert ("tingwen_first_audio_seconds_count", "cached") not in found


async def test_failures_are_counted_by_kind_and_voice(tmp_path: Path) -> None:
    voice = FailsAt(Tone())
    async with service(tmp_path, voice) as client:
        await narrated(client)
        found = await counts(client)
        assert found["tingwen_failures_total", "voice-failed", "other"] >= 1
        assert found["tingwen_narrations_total", "failed"] == 1


async def test_refusals_are_counted_by_their_kind(tmp_path: Path) -> None:
    async with service(tmp_path, rate_per_address="1/hour") as client:
        for _ in range(3):
            await client.post("/v1/articles", json=ARTICLE)
        assert (await counts(client))["tingwen_refused_total", "too-many-requests"] == 2


async def test_no_client_makes_the_series_grow(tmp_path: Path) -> None:
    async with service(tmp_path) as client:

        async def series() -> set[tuple[str, ...]]:
            return {key for key in await counts(client) if key[0].startswith("tingwen_")}

        await client.get("/nowhere")
        await client.request("BREW", "/v1/articles")
        await client.post("/v1/articles", json=ARTICLE | {"voice": "nosuch:first"})
        await client.get(f"/v1/articles/{'0' * 32}")
        await series()  # asking is itself counted
        before = await series()
        for n in range(50):
            await client.get(f"/nowhere/{n}?q={n}", headers={"X-Request-ID": f"request-{n}"})
            await client.request(f"BREW{n}", "/v1/articles")
            await client.post("/v1/articles", json=ARTICLE | {"voice": f"nosuch:{n}"})
            await client.get(f"/v1/articles/{n:032x}")
        assert await series() == before


def test_voices_of_the_catalogue_have_names_and_others_their_engine() -> None:
    metrics = Metrics(["baker", "edge:zh-TW-YunJheNeural"])
    for voice in ("baker", "edge:zh-TW-YunJheNeural", "edge:made-up", 'x"\n{y="1"} 2'):
        metrics.failed(voice, VoiceUnavailable("no"))
    text = metrics.exposition().decode()
    found = set(re.findall(r'tingwen_failures_total\{.*voice="(.*)"\} 1.0', text))
    assert found == {"baker", "edge:zh-TW-YunJheNeural", "edge:other", "other"}


async def test_the_queue_is_asked_at_every_scrape(tmp_path: Path) -> None:
    class Queue(InProcess):
        depth = 0

        async def queue_depth(self) -> int:
            self.depth += 2
            if self.depth == 6:
                raise VoiceUnavailable("the broker is away")
            return self.depth

    async with service(tmp_path) as client:
        assert (await counts(client))["tingwen_queue_depth",] == 0, "nobody waits for a worker"
        running = client.app.state.service  # type: ignore[attr-defined]
        running.readiness._synthesis = Queue(running.cache)
        assert (await counts(client))["tingwen_queue_depth",] == 2
        assert (await counts(client))["tingwen_queue_depth",] == 4
        assert math.isnan((await counts(client))["tingwen_queue_depth",])


def queries() -> Iterator[str]:
    for panel in json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"]:
        for target in panel["targets"]:
            yield target["expr"].replace("$__rate_interval", "5m")


def test_every_query_of_the_dashboard_names_what_there_is() -> None:
    metrics = Metrics()
    names_of = metrics.registry._collector_to_names
    exposed = re.findall(r"^# TYPE (\w+)", metrics.exposition().decode(), re.MULTILINE)
    everywhere = {"instance", "job", "le"}
    labels = dict.fromkeys(exposed, everywhere) | {
        name: {*everywhere, *getattr(collector, "_labelnames", ())}
        for collector, names in names_of.items()
        for name in names
    }
    asked = set()
    for query in queries():
        promql_parser.parse(query)  # raises if it is not PromQL
        names = set(re.findall(r"\b(?:tingwen|process)_\w+", query))
        assert names, query
        asked |= names
        for name in names:
            assert name in labels, f"{query}: there is no {name}"
        used = re.findall(r"by \(([^)]*)\)", query) + re.findall(r"\{(\w+)=", query)
        for label in {label.strip() for group in used for label in group.split(",")}:
            assert all(label in labels[name] for name in names), f"{query}: no label {label}"
    ours = {names[0] for names in names_of.values() if "".join(names).startswith("tingwen_")}
    unseen = {name for name in ours if not any(each.startswith(name) for each in asked)}
    assert not unseen, "what is counted is shown"


async def test_not_ready_without_a_voice(tmp_path: Path) -> None:
    def missing(_: str) -> Voice:
        raise VoiceMissing("its weights are not here; run tingwen voices install baker")

    app = create_app(Settings(voice="baker", cache=str(tmp_path)), Voices({"baker": missing}))
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://tingwen.test") as client,
    ):
        answer = await client.get("/readyz")
        assert answer.status_code == 503
        assert "tingwen voices install baker" in answer.json()["detail"]


async def test_not_ready_without_room_on_the_disk(tmp_path: Path) -> None:
    async with service(tmp_path, min_free_bytes=1 << 60) as client:
        answer = await client.get("/readyz")
        assert answer.status_code == 503
        assert "TINGWEN_MIN_FREE_BYTES" in answer.json()["detail"]
        assert (await client.get("/healthz")).status_code == 200
    with pytest.raises(HTTPException):
        health._require_room({"the cache": str(tmp_path)}, 1 << 60)
    health._require_room({"the cache": "s3://bucket"}, 1 << 60)


async def test_not_ready_while_shutting_down(tmp_path: Path) -> None:
    async with service(tmp_path) as client:
        assert (await client.get("/readyz")).status_code == 200
        client.app.state.lifecycle.is_draining = True  # type: ignore[attr-defined]
        assert (await client.get("/readyz")).status_code == 503
        assert (await client.post("/v1/articles", json=ARTICLE)).status_code == 503
        assert (await client.get("/healthz")).status_code == 200


def test_the_pipeline_knows_nothing_of_who_counts() -> None:
    program = (
        "import sys, reader.narration.narrator, reader.podcast\n"
        "print({'prometheus_client', 'opentelemetry', 'structlog', 'fastapi'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"
