"""The OpenAI-compatible voice against a local server with the shapes of OpenAI's reference."""

from __future__ import annotations

import io

import numpy as np
import pytest
import soundfile

from reader.errors import (
    BadAudio,
    BadOptions,
    VoiceError,
    VoiceMissing,
    VoiceRefused,
    VoiceUnavailable,
)
from reader.script import Line
from reader.voices import Prosody, Voices
from reader.voices.clip import Clip
from reader.voices.openai import OpenAISettings, OpenAIVoice
from reader.voices.remote import SecretUrl
from tests.openai_server import Answer, OpenAIServer

LINE = Line("今天台北天氣晴，氣溫很高。")
ATTEMPTS = 2


async def spoken(
    server: OpenAIServer, prosody: Prosody | None = None, line: Line = LINE, **changed: object
) -> Clip:
    patient = {"attempts": ATTEMPTS, "connect_s": 30.0, "whole_s": 60.0}
    settings = OpenAISettings(base_url=SecretUrl(server.base_url), **{**patient, **changed})  # type: ignore[arg-type]
    voice = OpenAIVoice(settings=settings)
    try:
        return await voice.speak(line, prosody or Prosody())
    finally:
        await voice.close()


def heard(clip: Clip) -> tuple[float, float]:
    """Seconds above silence and the strongest frequency."""
    samples, rate_hz = soundfile.read(io.BytesIO(clip.frames))
    spectrum = np.abs(np.fft.rfft(samples))
    hz = float(np.argmax(spectrum) * rate_hz / len(samples))
    loud = np.flatnonzero(np.abs(samples) > 0.05)
    return float(loud[-1] - loud[0]) / rate_hz, hz


@pytest.mark.parametrize(
    "answer",
    [
        Answer.CANONICAL_MP3,
        Answer.MP3_44100_STEREO,
        Answer.WAV,
        Answer.WAV_48000_STEREO,
        Answer.WAV_STREAMED,
        Answer.FLAC,
        Answer.PCM,
        Answer.PCM_16000,
    ],
)
async def test_whatever_comes_back_becomes_canonical(answer: Answer) -> None:
    with OpenAIServer(answer) as server:
        clip = await spoken(server)
        assert len(server.bodies) == 1
    seconds, hz = heard(clip)
    assert seconds == pytest.approx(0.3 + 11 * 0.2, abs=0.06)
    assert hz == pytest.approx(300, abs=2)


@pytest.mark.parametrize(
    ("answer", "error", "n_requests"),
    [
        (Answer.REFUSED_KEY, VoiceRefused, 1),
        (Answer.REFUSED_INPUT, VoiceRefused, 1),
        (Answer.NO_MONEY, VoiceRefused, 1),
        (Answer.TOO_MANY, VoiceUnavailable, ATTEMPTS),
        (Answer.BROKEN, VoiceUnavailable, ATTEMPTS),
        (Answer.HTML, BadAudio, ATTEMPTS),
        (Answer.EMPTY, BadAudio, ATTEMPTS),
        (Answer.SILENCE, BadAudio, ATTEMPTS),
        (Answer.CUT_SHORT, BadAudio, ATTEMPTS),
        (Answer.HALF_A_SAMPLE, BadAudio, ATTEMPTS),
        (Answer.CLOSES_IN_THE_MIDDLE, VoiceUnavailable, ATTEMPTS),
        (Answer.HANGS, VoiceUnavailable, 1),
    ],
)
async def test_a_fault_that_stays_is_one_clear_error(
    answer: Answer, error: type[VoiceError], n_requests: int
) -> None:
    with OpenAIServer(answer) as server:
        with pytest.raises(error) as caught:
            await spoken(server, first_byte_s=0.3 if answer is Answer.HANGS else 30.0)
        assert len(server.bodies) == n_requests
    assert "\n" not in str(caught.value)


async def test_the_servers_own_word_is_in_the_error() -> None:
    with (
        OpenAIServer(Answer.REFUSED_KEY) as server,
        pytest.raises(VoiceRefused, match="Incorrect API key provided"),
    ):
        await spoken(server)


async def test_a_fault_that_passes_is_not_heard() -> None:
    def answers(number: int) -> Answer:
        return Answer.BROKEN if number == 0 else Answer.WAV

    with OpenAIServer(answers) as server:
        await spoken(server)
        assert len(server.bodies) == 2


async def test_what_is_asked_for() -> None:
    with OpenAIServer() as server:
        await spoken(
            server,
            Prosody(rate_percent=50),
            model="kokoro",
            voice="zf_1",
            api_key="k",
            format="wav",
        )
        assert server.bodies == [
            {
                "model": "kokoro",
                "input": LINE.spoken,
                "voice": "zf_1",
                "response_format": "wav",
                "speed": 1.5,
            }
        ]
        assert server.keys == ["Bearer k"]


async def test_volume_is_a_gain() -> None:
    with OpenAIServer(Answer.WAV) as server:
        clips = [await spoken(server, Prosody(volume_percent=v)) for v in (-50, 0, 50)]
    peaks = [np.abs(soundfile.read(io.BytesIO(c.frames))[0]).max() for c in clips]
    assert peaks == pytest.approx([0.15, 0.3, 0.45], abs=0.03)


async def test_pitch_is_refused_rather_than_ignored() -> None:
    with OpenAIServer() as server:
        with pytest.raises(VoiceRefused, match="pitch"):
            await spoken(server, Prosody(pitch_hz=10))
        assert not server.bodies


@pytest.mark.thorough
async def test_a_long_line_is_asked_for_in_pieces() -> None:
    text, quick = "天" * 4200, Prosody(rate_percent=100)
    with OpenAIServer() as server:
        clip = await spoken(server, quick, Line(text), first_byte_s=60.0)
        assert "".join(b["input"] for b in server.bodies) == text
    assert clip.duration_s > len(text) * 0.1


async def test_without_key_or_server_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(VoiceMissing, match="OPENAI_API_KEY"):
        Voices().open("openai")
    assert not [info for info in OpenAIVoice.catalogue() if info.installed]


@pytest.mark.parametrize(
    ("variant", "name"),
    [
        ("", "openai:m/v"),
        ("nova", "openai:m/nova"),
        ("kokoro/zf_1", "openai:kokoro/zf_1"),
        ("hexgrad/Kokoro/zf_1", "openai:hexgrad/Kokoro/zf_1"),
    ],
)
def test_names(monkeypatch: pytest.MonkeyPatch, variant: str, name: str) -> None:
    for field, value in (("BASE_URL", "http://127.0.0.1:1/v1"), ("MODEL", "m"), ("VOICE", "v")):
        monkeypatch.setenv(f"TINGWEN_OPENAI_{field}", value)
    assert OpenAIVoice(variant).name == name


def test_the_key_for_openai_goes_to_no_other_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    assert OpenAISettings.of_environment().api_key == "secret"
    assert "secret" not in repr(OpenAISettings.of_environment())
    monkeypatch.setenv("TINGWEN_OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    assert OpenAISettings.of_environment().api_key == ""


@pytest.mark.parametrize(
    ("name", "value"), [("BASE_URL", "ftp://x"), ("FORMAT", "midi"), ("CONCURRENCY", "many")]
)
def test_settings_are_checked_once(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"TINGWEN_OPENAI_{name}", value)
    with pytest.raises(BadOptions, match=value):
        OpenAISettings.of_environment()
