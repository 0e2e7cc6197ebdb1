"""`/v1/voices`: what can be asked for."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter, Request

from api.dependencies import service_of
from api.models import VoiceModel
from api.routes import examples

router = APIRouter(tags=["voices"])


@router.get(
    "/v1/voices",
    summary="List the voices",
    responses={200: examples.answer("The voices.", "application/json", [examples.VOICE])},
)
async def list_voices(request: Request) -> list[VoiceModel]:
    """Every voice that an article can be asked for in, whether it needs a network, and whether all
    that it needs is installed. `auto` is not listed: it is an Edge voice of Taiwan where that
    service answers, the embedded voice where it does not.
    """
    return [VoiceModel(**asdict(v)) for v in service_of(request).voices.catalogue()]
