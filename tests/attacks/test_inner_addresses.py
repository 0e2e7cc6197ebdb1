"""Clients learn no address of the machines behind a service, whatever fails there."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from reader.errors import VoiceError, VoiceUnavailable
from reader.script import Line
from reader.voices import Prosody
from reader.voices.clip import Clip
from tests.api.services import service
from tests.pipeline.voices import Counted, Tone

INNER: Final = "10.20.30.40"
REASON: Final = f"Error 111 connecting to {INNER}:6379. Connection refused."
ERRORS: Final[tuple[VoiceError, ...]] = (
    VoiceUnavailable("broker-away", broker=f"redis://{INNER}:6379/0", reason=REASON),
    VoiceUnavailable("no-worker", broker=f"redis://{INNER}:6379/0"),
    VoiceUnavailable("server-unreachable", service="OpenAI", host=f"{INNER}:80", reason=REASON),
)


class Fails(Counted):
    """A voice behind which something is away."""

    def __init__(self, error: VoiceError) -> None:
        super().__init__(Tone())
        self._error = error

    async def speak(self, line: Line, prosody: Prosody) -> Clip:  # noqa: ARG002
        raise self._error


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.kind)
@pytest.mark.parametrize("language", ["en", pytest.param("zh-TW", marks=pytest.mark.thorough)])
async def test_no_answer_names_it(tmp_path: Path, error: VoiceError, language: str) -> None:
    assert INNER in str(error), "the operator is told"
    async with service(tmp_path, Fails(error)) as client:
        client.headers["Accept-Language"] = language
        speech = await client.post("/v1/audio/speech", json={"input": "今天放晴。"})
        assert speech.status_code == 502
        asked = await client.post("/v1/articles", json={"text": "今天放晴。", "fallback": False})
        place = asked.headers["Location"]
        answers = [speech, asked]
        for way in ("/events", "", "/audio.mp3", "/captions.vtt"):
            answers.append(await client.get(f"{place}{way}"))
        answers.append(await client.get(place.replace("/v1/articles", "/listen")))
        for answer in answers:
            assert INNER not in answer.text, answer.request.url
            assert "6379" not in answer.text, answer.request.url


async def test_the_list_of_voices_names_no_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TINGWEN_OPENAI_BASE_URL", f"http://{INNER}:8880/v1")
    async with service(tmp_path) as client:
        for path in ("/v1/voices", "/v1/audio/voices"):
            answer = await client.get(path)
            assert "openai" in answer.text
            assert INNER not in answer.text
