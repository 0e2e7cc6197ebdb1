"""A local server with the shapes of OpenAI's reference: `POST /v1/audio/speech`, faults included.

with OpenAIServer(Answer.WAV) as server:
    voice = OpenAIVoice(settings=OpenAISettings(base_url=SecretUrl(f"{server.origin}/v1")))
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from enum import Enum, auto
from typing import Any

import lameenc
import numpy as np
import soundfile
from aiohttp import web
from numpy.typing import NDArray

from reader.mpeg import canonical_frames, encode_pcm
from tests.local_server import LocalServer, hang

SYLLABLE_S = 0.2


class Answer(Enum):
    CANONICAL_MP3 = auto()
    MP3_44100_STEREO = auto()
    WAV = auto()
    WAV_48000_STEREO = auto()
    WAV_STREAMED = auto()
    """With the length left open, as servers that stream write it."""
    FLAC = auto()
    PCM = auto()
    PCM_16000 = auto()
    REFUSED_KEY = auto()
    REFUSED_INPUT = auto()
    NO_MONEY = auto()
    TOO_MANY = auto()
    BROKEN = auto()
    HTML = auto()
    EMPTY = auto()
    SILENCE = auto()
    CUT_SHORT = auto()
    HALF_A_SAMPLE = auto()
    CLOSES_IN_THE_MIDDLE = auto()
    HANGS = auto()


Answers = Callable[[int], Answer]

_ERRORS: dict[Answer, tuple[int, str, str]] = {
    Answer.REFUSED_KEY: (401, "Incorrect API key provided", "invalid_api_key"),
    Answer.REFUSED_INPUT: (400, "Unsupported input", "invalid_request"),
    Answer.NO_MONEY: (429, "You exceeded your current quota", "insufficient_quota"),
    Answer.TOO_MANY: (429, "Rate limit reached", "rate_limit_exceeded"),
    Answer.BROKEN: (500, "The server had an error", "server_error"),
}


class OpenAIServer(LocalServer):
    """`answers` gives the kind of answer to request number 0, 1, 2 …"""

    def __init__(self, answers: Answers | Answer = Answer.CANONICAL_MP3) -> None:
        super().__init__()
        self._answers: Answers = (
            (lambda _number: answers) if isinstance(answers, Answer) else answers
        )
        self.bodies: list[dict[str, Any]] = []
        self.keys: list[str] = []

    @property
    def base_url(self) -> str:
        return f"{self.origin}/v1"

    def routes(self) -> list[web.AbstractRouteDef]:
        return [web.post("/v1/audio/speech", self._speech)]

    async def _speech(self, request: web.Request) -> web.StreamResponse:
        answer = self._answers(len(self.bodies))
        body = await request.json()
        assert set(body) == {"model", "input", "voice", "response_format", "speed"}
        assert 0.25 <= body["speed"] <= 4
        assert len(body["input"]) <= 4096
        self.bodies.append(body)
        self.keys.append(request.headers.get("Authorization", ""))
        if answer in _ERRORS:
            status, message, code = _ERRORS[answer]
            error = {"message": message, "type": "error", "param": None, "code": code}
            return web.json_response({"error": error}, status=status)
        if answer is Answer.HANGS:
            await hang(request)
            return web.Response()
        if answer is Answer.CLOSES_IN_THE_MIDDLE:
            return await _half(request, _audio(answer, body)[0])
        audio, media_type = _audio(answer, body)
        return web.Response(body=audio, headers={"Content-Type": media_type})


async def _half(request: web.Request, audio: bytes) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "audio/mpeg"})
    response.content_length = len(audio)
    await response.prepare(request)
    await response.write(audio[: len(audio) // 2])
    await asyncio.sleep(0)
    assert request.transport is not None
    request.transport.close()
    return response


def _audio(answer: Answer, body: dict[str, Any]) -> tuple[bytes, str]:
    n_syllables = sum(c.isalpha() for c in body["input"])
    seconds = 0.3 + n_syllables * SYLLABLE_S / body["speed"]
    match answer:
        case Answer.MP3_44100_STEREO:
            return _lame(samples(seconds, 44_100), 44_100), "audio/mpeg"
        case Answer.WAV | Answer.FLAC:
            return _file(samples(seconds, 24_000), 24_000, answer.name), f"audio/{answer.name}"
        case Answer.WAV_48000_STEREO:
            mono = samples(seconds, 48_000)
            return _file(np.stack([mono, mono], axis=1), 48_000, "WAV"), "audio/wav"
        case Answer.WAV_STREAMED:
            wav = bytearray(_file(samples(seconds, 24_000), 24_000, "WAV"))
            wav[4:8] = wav[40:44] = b"\xff\xff\xff\xff"
            return bytes(wav), "audio/wav"
        case Answer.PCM:
            return _s16(samples(seconds, 24_000)), "audio/pcm"
        case Answer.PCM_16000:
            return _s16(samples(seconds, 16_000)), "audio/L16;rate=16000"
        case Answer.HALF_A_SAMPLE:
            return _s16(samples(seconds, 24_000))[:-1], "audio/pcm"
        case Answer.HTML:
            return b"<html><body>Bad gateway</body></html>", "text/html"
        case Answer.EMPTY:
            return b"", "audio/mpeg"
        case Answer.SILENCE:
            return _s16(np.zeros(round(seconds * 24_000))), "audio/pcm"
        case Answer.CUT_SHORT:
            return _s16(samples(seconds / 8, 24_000)), "audio/pcm"
        case _:
            return canonical_frames(encode_pcm(_s16(samples(seconds, 24_000)))), "audio/mpeg"


def samples(seconds: float, rate_hz: int) -> NDArray[np.float64]:
    """A tone of 300 Hz."""
    t = np.arange(round(seconds * rate_hz)) / rate_hz
    tone: NDArray[np.float64] = 0.3 * np.sin(2 * np.pi * 300 * t)
    return tone


def _s16(mono: NDArray[np.float64]) -> bytes:
    return np.round(mono * 32767).astype("<i2").tobytes()


def _file(audio: NDArray[np.float64], rate_hz: int, kind: str) -> bytes:
    out = io.BytesIO()
    soundfile.write(out, audio, rate_hz, format=kind, subtype="PCM_16")
    return out.getvalue()


def _lame(mono: NDArray[np.float64], rate_hz: int) -> bytes:
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_channels(2)
    encoder.set_in_sample_rate(rate_hz)
    encoder.set_bit_rate(128)
    stereo = np.repeat(np.round(mono * 32767).astype("<i2"), 2)
    return bytes(encoder.encode(stereo.tobytes())) + bytes(encoder.flush())
