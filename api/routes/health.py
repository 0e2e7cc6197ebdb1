"""For those who run the service: is it alive, can it take work, what has it done."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST

from api.dependencies import service_of
from api.lifecycle import Lifecycle
from api.metrics import Metrics
from api.openapi import PRODUCT_VERSION
from api.refusal import Refusal
from api.routes import examples
from reader.errors import VoiceError

router = APIRouter(tags=["operations"])
_MIB: Final = 1024 * 1024


@router.get(
    "/healthz",
    summary="Is it alive?",
    responses={200: examples.answer("It is.", "application/json", examples.HEALTH)},
)
async def healthz() -> dict[str, str]:
    """Whether the process answers, and which release it is. For a liveness probe."""
    return {"status": "ok", "version": PRODUCT_VERSION}


@router.get(
    "/readyz",
    summary="Can it take work?",
    responses={200: examples.answer("It can.", "application/json", examples.READY)},
)
async def readyz(request: Request) -> dict[str, str]:
    """Whether work can be taken: it is not shutting down, a voice can be opened, the cache can be
    written, and the disk has room. 503 says which is not so. For a readiness probe.
    """
    lifecycle: Lifecycle = request.app.state.lifecycle
    service = service_of(request)
    lifecycle.require_open()
    try:
        answer = await service.readiness.check()
    except VoiceError as error:
        raise Refusal(503, "no-voice-opens", cause=error) from error
    folders = {"temporary files": tempfile.gettempdir(), "the cache": service.cache.location}
    await asyncio.to_thread(_require_room, folders, service.settings.min_free_bytes)
    return answer


def _require_room(folders: dict[str, str], min_free_bytes: int) -> None:
    """A store elsewhere is no folder, and says itself when it is full."""
    for what, folder in folders.items():
        free = shutil.disk_usage(folder).free if Path(folder).is_dir() else min_free_bytes
        if free < min_free_bytes:
            raise Refusal(503, "disk-full", what=what, free_mib=free // _MIB)


@router.get(
    "/metrics",
    summary="Measure it",
    response_class=Response,
    responses={200: examples.answer("Prometheus' text format", "text/plain", examples.METRICS)},
)
async def metrics(request: Request) -> Response:
    """Requests, narrations, first-audio times, cache hits and queues, for Prometheus. Where keys
    are set it needs one with the scope `read`.
    """
    metrics: Metrics = request.app.state.metrics
    metrics.queue_depth.set(await service_of(request).readiness.queue_depth())
    text = await asyncio.to_thread(metrics.exposition)
    return Response(text, media_type=CONTENT_TYPE_LATEST)
