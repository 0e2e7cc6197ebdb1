"""The OpenAI speech API over the same pipeline: `POST /v1/audio/speech`.

Good enough for the official clients, Open WebUI and Home Assistant. `model` is accepted and
has no meaning here; OpenAI's own voice names stand for the service's default voice.
"""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
from typing import Annotated, Literal

from fastapi import APIRouter, Body, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, field_validator

from api.dependencies import client_of, service_of
from api.models import SentLexicon
from api.routes import examples
from api.routes.bodies import BodyRoute
from api.routes.sound_formats import MEDIA_TYPES, Format, convert
from api.routes.voice_headers import headers_of
from api.voice_names import resolve_voice
from reader.formats import require_format
from reader.narration.narrator import ReadOptions
from reader.voices import Prosody

router = APIRouter(prefix="/v1", tags=["OpenAI-compatible"], route_class=BodyRoute)

_SLOWEST, _FASTEST = 0.5, 2.0


class VoiceId(BaseModel):
    """A voice as OpenAI's newer clients send it."""

    model_config = ConfigDict(extra="ignore")

    id: Annotated[str, Field(max_length=200)]


class SpeechRequest(BaseModel):
    """What the OpenAI API takes; what has no meaning here is accepted and left out, and `null` is
    as good as nothing."""

    model_config = ConfigDict(extra="ignore")

    model: Annotated[str | None, Field(max_length=200, description="Has no meaning here.")] = None
    input: Annotated[
        str, Field(min_length=1, max_length=100_000, description="What to say; nothing is dropped.")
    ]
    voice: Annotated[
        Annotated[str, Field(max_length=200)] | VoiceId | None,
        Field(
            description='A name of `/v1/voices`, with or without its engine, or `{"id": name}`; '
            "OpenAI's own names are the service's own voice.",
        ),
    ] = None
    response_format: Format | None = None
    speed: Annotated[
        float | None, Field(ge=0.25, le=4.0, description="Taken as 0.5 below and 2.0 above that.")
    ] = None
    stream_format: Literal["audio", "sse"] | None = None
    fallback: Annotated[
        bool | None,
        Field(description="`false`: fail rather than let another voice speak; not OpenAI's."),
    ] = None
    lexicon: SentLexicon | None = None

    @field_validator("response_format", "stream_format", mode="before")
    @classmethod
    def _in_any_case(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @property
    def voice_name(self) -> str:
        """The name that was sent, "" for none."""
        return self.voice.id if isinstance(self.voice, VoiceId) else self.voice or ""

    @property
    def rate_percent(self) -> int:
        """The speed as the voices take it."""
        speed = min(_FASTEST, max(_SLOWEST, self.speed or 1.0))
        return round((speed - 1) * 100)


@router.post(
    "/audio/speech",
    summary="Speak a text",
    response_class=Response,
    responses={
        200: {
            "description": "Sound in the format asked for, or events.",
            "content": {kind: {} for kind in (*MEDIA_TYPES.values(), "text/event-stream")},
            "headers": {
                "X-Tingwen-Voice": {
                    "description": "The voice that speaks; absent if there is nothing to say.",
                    "schema": {"type": "string"},
                },
                "X-Tingwen-Voice-Why": {
                    "description": "Why it is not the wanted one, percent-encoded UTF-8.",
                    "schema": {"type": "string"},
                },
            },
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
    accepted and have no meaning. An input with nothing to say (an emoji, a line of dashes) is a
    short silence, since chats are spoken piece by piece.
    """
    service = service_of(request)
    wanted = body.response_format or "mp3"
    require_format(wanted)
    voice = resolve_voice(body.voice_name or "alloy", service.voices)
    client = client_of(request)
    options = ReadOptions(
        voice=voice or service.settings.voice,
        prosody=Prosody(rate_percent=body.rate_percent),
        fallback=body.fallback is not False,
    )
    spoken = await service.say(body.input, options, client, body.lexicon)
    # The first chunk is waited for: a voice that fails at once is an error, not a 200.
    first = await anext(spoken.frames, b"")
    sound = convert(_after(first, spoken.frames), wanted)
    headers = {"Cache-Control": "no-store", **headers_of(spoken.voice, spoken.why)}
    if body.stream_format == "sse":
        return StreamingResponse(_sse(sound), media_type="text/event-stream", headers=headers)
    return StreamingResponse(sound, media_type=MEDIA_TYPES[wanted], headers=headers)


async def _after(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    if first:
        yield first
    async for chunk in rest:
        yield chunk


async def _sse(sound: AsyncIterator[bytes]) -> AsyncIterator[str]:
    async for chunk in sound:
        delta = {"type": "speech.audio.delta", "audio": base64.b64encode(chunk).decode()}
        yield f"data: {json.dumps(delta)}\n\n"
    usage = {"input_tokens": 0, "output_tokens": 0, "total_tokens": 0}
    yield f"data: {json.dumps({'type': 'speech.audio.done', 'usage': usage})}\n\n"
