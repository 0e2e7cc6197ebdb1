"""Files of a finished narration: its sound encoded once more, in other formats."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path
from typing import Any, Final, Literal, cast

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse
from starlette.background import BackgroundTask

from api.dependencies import Known, ready_narration, service_of
from api.headlines import headline_of
from api.routes.media import disposition
from api.routes.sound_formats import write_file
from api.routes.voice_headers import voice_headers
from reader.formats import FileFormat, require_format, tag_file
from reader.narration.model import Narration
from reader.narration.store import NarrationStore
from reader.stitch import Tags

router = APIRouter(prefix="/v1/articles", tags=["articles"])

Kind = Literal["wav", "m4a", "flac", "opus"]
_MEDIA_TYPES: Final[dict[str, str]] = {
    "wav": "audio/wav",
    "m4a": "audio/mp4",
    "flac": "audio/flac",
    "opus": "audio/ogg",
}
_SOUND: Final[dict[str, Any]] = {
    "description": "The sound in the format asked for",
    "content": {kind: {} for kind in _MEDIA_TYPES.values()},
}


@router.get(
    "/{article_id}/audio.{kind}",
    summary="Hear a narration in another format",
    response_class=Response,
    responses={200: _SOUND, 206: _SOUND},
)
async def audio_in(request: Request, kind: Kind, found: Known) -> Response:
    """The finished sound as `wav`, `m4a`, `flac` or `opus`, with its headline in its tags. It is
    made anew from the MP3 each time: for a player or a page, take `audio.mp3`. `m4a` needs the
    service to be installed with `tingwen[formats]`. 404 until the narration is ready.
    """
    narration = ready_narration(found)
    require_format(kind)
    service = service_of(request)
    headers = {
        "Content-Disposition": disposition(narration, f".{kind}"),
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
        **voice_headers(narration),
    }
    if request.method == "HEAD":  # how long it would be is known when it is encoded
        return Response(headers=headers, media_type=_MEDIA_TYPES[kind])
    folder = Path(await asyncio.to_thread(tempfile.mkdtemp, prefix="tingwen-file-"))
    try:
        async with service.encodings:
            file = await _make(folder, kind, service.narrator.store, narration)
    except BaseException:
        await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
        raise
    cleaning = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
    return FileResponse(file, media_type=_MEDIA_TYPES[kind], headers=headers, background=cleaning)


async def _make(folder: Path, kind: Kind, store: NarrationStore, narration: Narration) -> Path:
    file = folder / f"audio.{kind}"
    await write_file(file, cast(FileFormat, kind), store.frames(narration))
    await asyncio.to_thread(tag_file, file, kind, _tags(narration))
    return file


def _tags(narration: Narration) -> Tags:
    title = headline_of(narration.title, narration.paragraphs)
    return Tags(title=title, artist=narration.byline, voice=narration.voice)
