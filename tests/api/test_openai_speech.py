"""The OpenAI speech API, as its clients use it."""

from __future__ import annotations

import base64
import json
import sys
from pathlib import Path

import httpx
import numpy as np
import pytest
import soundfile

from reader.mpeg import BYTES_PER_FRAME, CODEC_DELAY_SAMPLES, canonical_frames
from tests.pipeline.voices import Counted
from tests.sound import codec_of, decoded

SPEECH = {"model": "tts-1", "input": "今天放晴。3月氣溫回升到25度，請記得帶傘。", "voice": "baker"}


async def spoken(client: httpx.AsyncClient, **changes: object) -> httpx.Response:
    return await client.post("/v1/audio/speech", json=SPEECH | changes)


async def test_mp3_is_canonical_frames(client: httpx.AsyncClient) -> None:
    answer = await spoken(client)
    assert answer.headers["content-type"] == "audio/mpeg"
    assert canonical_frames(answer.content) == answer.content
    assert (await spoken(client)).content == answer.content, "the cached one is the same"


async def test_pcm_and_wav_hold_the_mp3s_samples(
    client: httpx.AsyncClient, tmp_path: object
) -> None:
    mp3 = (await spoken(client)).content
    pcm = (await spoken(client, response_format="pcm")).content
    wav = (await spoken(client, response_format="wav")).content
    assert wav[44:] == pcm
    assert wav[:4] + wav[8:12] == b"RIFFWAVE"
    (tmp_path / "a.mp3").write_bytes(mp3)  # type: ignore[operator]
    whole, _ = soundfile.read(tmp_path / "a.mp3", dtype="int16")  # type: ignore[operator]
    samples = np.frombuffer(pcm, "<i2")
    assert len(samples) == len(whole) == len(mp3) // BYTES_PER_FRAME * 576
    # A stream of frames cannot tell a decoder of the codec's delay; samples come without it.
    assert (
        np.abs(samples[:-CODEC_DELAY_SAMPLES].astype(int) - whole[CODEC_DELAY_SAMPLES:]).max() <= 1
    )


@pytest.mark.thorough
@pytest.mark.parametrize(("wanted", "codec"), [("flac", "flac"), ("opus", "opus"), ("aac", "aac")])
async def test_other_formats(
    client: httpx.AsyncClient, tmp_path: Path, wanted: str, codec: str
) -> None:
    pcm = (await spoken(client, response_format="pcm")).content
    answer = await spoken(client, response_format=wanted)
    (tmp_path / wanted).write_bytes(answer.content)
    assert codec_of(tmp_path / wanted) == codec
    heard = len(decoded(tmp_path / wanted)) / 24_000
    assert abs(heard - len(pcm) / 48_000) < 0.15


async def test_a_format_that_is_not_installed_is_named(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    answer = await spoken(client, response_format="aac")
    assert answer.status_code == 422
    assert "tingwen[formats]" in answer.json()["detail"]


@pytest.mark.thorough
async def test_speed_changes_the_length(client: httpx.AsyncClient) -> None:
    usual, fast = await spoken(client), await spoken(client, speed=1.5)
    assert 0.5 < len(fast.content) / len(usual.content) < 0.85


async def test_an_openai_voice_is_the_default_voice(
    client: httpx.AsyncClient, voice: Counted
) -> None:
    assert (await spoken(client, voice="alloy")).status_code == 200
    assert voice.said


async def test_server_sent_events(client: httpx.AsyncClient) -> None:
    mp3 = (await spoken(client)).content
    answer = await spoken(client, stream_format="sse")
    events = [json.loads(line[6:]) for line in answer.text.splitlines() if line]
    assert events[-1]["type"] == "speech.audio.done"
    deltas = [base64.b64decode(event["audio"]) for event in events[:-1]]
    assert b"".join(deltas) == mp3


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"input": ""}, 422),
        ({"voice": "nosuch"}, 422),
        ({"speed": 9}, 422),
        ({"response_format": "midi"}, 422),
    ],
)
async def test_problems(client: httpx.AsyncClient, changes: dict[str, object], status: int) -> None:
    answer = await spoken(client, **changes)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


async def test_models_and_voices(client: httpx.AsyncClient) -> None:
    models = (await client.get("/v1/models")).json()
    assert "tts-1" in {model["id"] for model in models["data"]}
    assert (await client.get("/v1/audio/voices")).status_code == 200
