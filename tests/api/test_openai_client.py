"""The official `openai` client and curl, against the service over a real socket."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import openai
import pytest

from api.app import create_app
from api.settings import Settings
from reader.mpeg import canonical_frames
from tests.pipeline.voices import baker, voices
from tests.server import serving

pytestmark = pytest.mark.usefixtures("embedded_voice")

TEXT = "今天放晴，氣溫回升到25度。"


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = Settings(voice="baker", cache=str(tmp_path_factory.mktemp("cache")))
    with serving(create_app(settings, voices(baker=baker()))) as (url, _):
        yield url


@pytest.fixture
def client(url: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{url}/v1", api_key="unused", max_retries=0) as client:
        yield client


def test_create_gives_the_whole_speech(client: openai.OpenAI) -> None:
    speech = client.audio.speech.create(model="tts-1", voice="alloy", input=TEXT)
    assert canonical_frames(speech.content) == speech.content


def test_streaming_to_a_file(client: openai.OpenAI, tmp_path: Path) -> None:
    with client.audio.speech.with_streaming_response.create(
        model="gpt-4o-mini-tts", voice="baker", input=TEXT, response_format="wav", speed=1.25
    ) as response:
        response.stream_to_file(tmp_path / "speech.wav")
    assert (tmp_path / "speech.wav").read_bytes()[:4] == b"RIFF"


def test_models_are_listed(client: openai.OpenAI) -> None:
    assert "tts-1" in [model.id for model in client.models.list()]


def test_a_refusal_is_the_clients_own_error(client: openai.OpenAI) -> None:
    with pytest.raises(openai.UnprocessableEntityError, match="there is no voice"):
        client.audio.speech.create(model="tts-1", voice="nosuch", input=TEXT)


def test_curl(url: str, tmp_path: Path) -> None:
    body = '{"model": "tts-1", "input": "今天放晴。", "voice": "baker"}'
    command = ["curl", "--silent", "--fail", f"{url}/v1/audio/speech", "--data", body]
    command += ["--header", "Content-Type: application/json", "--output", str(tmp_path / "a.mp3")]
    subprocess.run(command, check=True)
    assert canonical_frames((tmp_path / "a.mp3").read_bytes())
