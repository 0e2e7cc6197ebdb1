"""For those who run the service: is it alive, can it take work, what has it done."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path
from typing import Final

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.exceptions import HTTPException

from api.dependencies import service_of
from api.lifecycle import Lifecycle
from api.metrics import Metrics
from reader.errors import VoiceError

router = APIRouter(tags=["operations"])
_MIB: Final = 1024 * 1024


@router.get("/healthz")
async def healthz() -> dict[str, str]:
    """Whether the process answers."""
    return {"status": "ok"}


@router.get("/readyz")
async def readyz(request: Request) -> dict[str, str]:
    """Whether work can be taken: not shutting down, a voice can be opened, the cache can be
    written, and the disk has room."""
    lifecycle: Lifecycle = request.app.state.lifecycle
    service = service_of(request)
    lifecycle.require_open()
    try:
        answer = await service.ready()
    except VoiceError as error:
        raise HTTPException(503, f"no voice can be opened: {error}") from error
    folders = {"temporary files": tempfile.gettempdir(), "the cache": service.cache.location}
    await asyncio.to_thread(_require_room, folders, service.settings.min_free_bytes)
    return answer


def _require_room(folders: dict[str, str], min_free_bytes: int) -> None:
    """A store elsewhere is no folder, and says itself when it is full."""
    for what, folder in folders.items():
        free = shutil.disk_usage(folder).free if Path(folder).is_dir() else min_free_bytes
        if free < min_free_bytes:
            raise HTTPException(
                503,
                f"the disk for {what} has {free // _MIB} MiB left, less than "
                f"TINGWEN_MIN_FREE_BYTES; make room",
            )


@router.get(
    "/metrics",
    response_class=Response,
    responses={200: {"description": "Prometheus' text format", "content": {"text/plain": {}}}},
)
async def metrics(request: Request) -> Response:
    """What was done, and what waits."""
    metrics: Metrics = request.app.state.metrics
    metrics.queue_depth.set(await service_of(request).queue_depth())
    text = await asyncio.to_thread(metrics.exposition)
    return Response(text, media_type=CONTENT_TYPE_LATEST)
