"""The OpenAI speech API over the same pipeline: `POST /v1/audio/speech`, `GET /v1/models`.

Good enough for the official clients, Open WebUI and Home Assistant. `model` is accepted and
has no meaning here; OpenAI's own voice names stand for the service's default voice.
"""

from __future__ import annotations

import asyncio
import base64
import json
import struct
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Body, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from api.dependencies import client_of, service_of
from api.routes import examples
from api.routes.bodies import BodyRoute
from reader.formats import FileFormat, pcm_of, require_format, transcoder
from reader.mpeg import SAMPLE_RATE_HZ

router = APIRouter(prefix="/v1", tags=["OpenAI-compatible"], route_class=BodyRoute)

Format = Literal["mp3", "opus", "aac", "flac", "wav", "pcm"]

MODELS: Final = ("tingwen", "tts-1", "tts-1-hd", "gpt-4o-mini-tts")
_OPENAI_VOICES: Final = frozenset(
    ["alloy", "ash", "ballad", "cedar", "coral", "echo", "fable"]
) | frozenset(["marin", "nova", "onyx", "sage", "shimmer", "verse"])
_MEDIA_TYPES: Final = {
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "pcm": "audio/pcm",
    "flac": "audio/flac",
    "opus": "audio/ogg",
    "aac": "audio/aac",
}
_UNKNOWN_LENGTH: Final = 0xFFFFFFFF
_SLOWEST, _FASTEST = 0.5, 2.0
_CHUNK_BYTES: Final = 64 * 1024


class SpeechRequest(BaseModel):
    """What the OpenAI API takes; what has no meaning here is accepted and left out."""

    model_config = ConfigDict(extra="ignore")

    model: Annotated[str, Field(max_length=200, description="Has no meaning here.")] = "tingwen"
    input: Annotated[
        str, Field(min_length=1, max_length=100_000, description="What to say; nothing is dropped.")
    ]
    voice: Annotated[
        str,
        Field(
            max_length=200,
            description="A name of `/v1/voices`; OpenAI's own names are the service's own voice.",
        ),
    ] = "alloy"
    response_format: Format = "mp3"
    speed: Annotated[
        float, Field(ge=0.25, le=4.0, description="Taken as 0.5 below and 2.0 above that.")
    ] = 1.0
    stream_format: Literal["audio", "sse"] = "audio"


@router.post(
    "/audio/speech",
    summary="Speak a text",
    response_class=Response,
    responses={
        200: {
            "description": "Sound in the format asked for, or events.",
            "content": {kind: {} for kind in (*_MEDIA_TYPES.values(), "text/event-stream")},
        }
    },
)
async def speech(
    request: Request,
    body: Annotated[SpeechRequest, Body(openapi_examples=examples.SPEECH_REQUESTS)],
) -> Response:
    """OpenAI's "Create speech": `input` is read as it is, and its sound is streamed while it is
    spoken, in the format asked for; with `stream_format: "sse"` as `speech.audio.delta` events.
    `aac`, `opus` and `flac` are sent once all of it is spoken. `model` and `instructions` are
    accepted and have no meaning.
    """
    service = service_of(request)
    voice = "" if body.voice in _OPENAI_VOICES else body.voice
    speed = min(_FASTEST, max(_SLOWEST, body.speed))
    require_format(body.response_format)
    rate_percent = round((speed - 1) * 100)
    frames = await service.say(body.input, voice, rate_percent, client_of(request))
    # The first chunk is waited for: a voice that fails at once is an error, not a 200.
    first = await anext(frames, b"")
    sound = _convert(_after(first, frames), body.response_format)
    headers = {"Cache-Control": "no-store"}
    if body.stream_format == "sse":
        return StreamingResponse(_sse(sound), media_type="text/event-stream", headers=headers)
    media_type = _MEDIA_TYPES[body.response_format]
    return StreamingResponse(sound, media_type=media_type, headers=headers)


@router.get(
    "/models",
    summary="List the models",
    responses={200: examples.answer("The models.", "application/json", examples.MODELS)},
)
async def models() -> dict[str, object]:
    """OpenAI's "List models", for clients that choose from it. All of them are this service."""
    listed = [{"id": m, "object": "model", "created": 0, "owned_by": "tingwen"} for m in MODELS]
    return {"object": "list", "data": listed}


@router.get(
    "/audio/voices",
    summary="List the voices for Open WebUI",
    responses={200: examples.answer("The voices.", "application/json", examples.AUDIO_VOICES)},
)
async def audio_voices(request: Request) -> dict[str, list[dict[str, str]]]:
    """The names of `/v1/voices` in the shape that Open WebUI and Home Assistant ask for."""
    catalogue = service_of(request).voices.catalogue()
    return {"voices": [{"id": v.name, "name": v.name} for v in catalogue]}


async def _after(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    if first:
        yield first
    async for chunk in rest:
        yield chunk


async def _convert(frames: AsyncIterator[bytes], wanted: Format) -> AsyncIterator[bytes]:
    if wanted == "mp3":
        async for chunk in frames:
            yield chunk
    elif wanted == "wav" or wanted == "pcm":
        if wanted == "wav":
            yield _endless_wav_header()
        async for pcm in pcm_of(frames):
            yield pcm
    else:
        async for chunk in _transcode(pcm_of(frames), wanted):
            yield chunk


async def _transcode(sound: AsyncIterator[bytes], wanted: FileFormat) -> AsyncIterator[bytes]:
    """The whole in another format, made in a file so that memory does not grow with it."""
    with tempfile.TemporaryDirectory(prefix="tingwen-speech-") as folder:
        path = Path(folder) / wanted
        made = transcoder(path, wanted)
        try:
            async for pcm in sound:
                await asyncio.to_thread(made.write, pcm)
        finally:
            await asyncio.to_thread(made.close)
        with path.open("rb") as file:
            while chunk := await asyncio.to_thread(file.read, _CHUNK_BYTES):
                yield chunk


def _endless_wav_header() -> bytes:
    """A WAV header for a stream whose length nobody knows yet."""
    rate = SAMPLE_RATE_HZ
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, rate, rate * 2, 2, 16)
    data = struct.pack("<4sI", b"data", _UNKNOWN_LENGTH)
    return struct.pack("<4sI4s", b"RIFF", _UNKNOWN_LENGTH, b"WAVE") + form + data


async def _sse(sound: AsyncIterator[bytes]) -> AsyncIterator[str]:
    async for chunk in sound:
        delta = {"type": "speech.audio.delta", "audio": base64.b64encode(chunk).decode()}
        yield f"data: {json.dumps(delta)}\n\n"
    usage = {"input_tokens": 0, "output_tokens": 0, "total_tokens": 0}
    yield f"data: {json.dumps({'type': 'speech.audio.done', 'usage': usage})}\n\n"
