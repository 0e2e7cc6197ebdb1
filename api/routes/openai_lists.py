"""Models and voices, in the shapes that clients of OpenAI's API ask for."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request

from api.dependencies import service_of
from api.refusal import Refusal
from api.routes import examples
from api.voice_names import usable_voices
from reader.voices.names import name_for_people

router = APIRouter(prefix="/v1", tags=["OpenAI-compatible"])

MODELS: Final = ("tingwen", "tts-1", "tts-1-hd", "gpt-4o-mini-tts")


@router.get(
    "/models",
    summary="List the models",
    responses={200: examples.answer("The models.", "application/json", examples.MODELS)},
)
async def models() -> dict[str, object]:
    """OpenAI's "List models", for clients that choose from it. All of them are this service."""
    return {"object": "list", "data": [_model(name) for name in MODELS]}


@router.get(
    "/models/{model_id}",
    summary="Show a model",
    responses={200: examples.answer("The model.", "application/json", examples.MODEL)},
)
async def model(model_id: str) -> dict[str, object]:
    """OpenAI's "Retrieve model": one of those in `/v1/models`, 404 for any other."""
    if model_id not in MODELS:
        raise Refusal(404, "model-unknown", names=list(MODELS))
    return _model(model_id)


@router.get(
    "/audio/models",
    summary="List the models for Open WebUI",
    responses={200: examples.answer("The models.", "application/json", examples.AUDIO_MODELS)},
)
async def audio_models() -> dict[str, list[dict[str, str]]]:
    """The models of `/v1/models` in the shape that Open WebUI asks for."""
    return {"models": [{"id": name, "name": name} for name in MODELS]}


@router.get(
    "/audio/voices",
    summary="List the voices for Open WebUI",
    responses={200: examples.answer("The voices.", "application/json", examples.AUDIO_VOICES)},
)
async def audio_voices(request: Request) -> dict[str, list[dict[str, str]]]:
    """The voices that can speak now, in the shape that Open WebUI and Home Assistant ask for:
    `id` is what to send as `voice`, `name` what to show. `auto` is the service's own choice.
    """
    found = usable_voices(service_of(request).voices)
    named = [{"id": voice.name, "name": name_for_people(voice)} for voice in found]
    return {"voices": [{"id": "auto", "name": "自動"}, *named]}


def _model(name: str) -> dict[str, object]:
    return {"id": name, "object": "model", "created": 0, "owned_by": "tingwen"}
