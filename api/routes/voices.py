"""`/v1/voices`: what can be asked for."""

from __future__ import annotations

from dataclasses import asdict

from fastapi import APIRouter, Request

from api.dependencies import service_of
from api.models import VoiceModel

router = APIRouter(tags=["voices"])


@router.get("/v1/voices")
async def list_voices(request: Request) -> list[VoiceModel]:
    """Every voice that can be asked for."""
    return [VoiceModel(**asdict(v)) for v in service_of(request).voices.catalogue()]
