"""`/v1/articles/{id}/captions.*` and its chapters: read along, in the formats that players know.

Laying out captions takes tens of milliseconds (words are found, so that no line breaks one); what
was laid out lately is kept, since everybody who hears an article asks for the same.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response

from api.dependencies import Known, ready_narration
from api.routes import examples
from api.routes.conditional import or_unchanged
from api.service import Found
from reader.captions import write_captions
from reader.narration.chapters import chapters_json, paragraph_chapters
from reader.narration.model import Narration

router = APIRouter(prefix="/v1/articles", tags=["articles"])

_MOST_KEPT: Final = 128
"""Some 20 kB each."""
_VTT: Final = "text/vtt; charset=utf-8"
_SRT: Final = "application/x-subrip; charset=utf-8"
_CHAPTERS: Final = "application/json+chapters"
_TRANSCRIPT: Final[dict[str, Any]] = {
    "description": "Transcript",
    "content": {"application/json": {"schema": {"type": "object"}, "example": examples.TRANSCRIPT}},
}
_kept: OrderedDict[tuple[str, str, str], tuple[bytes, str]] = OrderedDict()
"""Bodies and their ETags, by narration, sound and form; the last used at the end."""


@router.get(
    "/{article_id}/captions.vtt",
    summary="Read along",
    response_class=Response,
    responses={200: examples.answer("WebVTT", "text/vtt", examples.CAPTIONS)},
)
async def captions(
    request: Request,
    found: Known,
    karaoke: Annotated[bool, Query(description="Whether each word has its time too.")] = False,
) -> Response:
    """Captions of at most two lines, never broken inside a word. 404 until the narration is
    ready.
    """
    form = "vtt-karaoke" if karaoke else "vtt"
    return await _answer(
        request, found, form, _VTT, lambda told: write_captions(told, "vtt", karaoke=karaoke)
    )


@router.get(
    "/{article_id}/captions.srt",
    summary="Read along in SubRip",
    response_class=Response,
    responses={200: examples.answer("SubRip", "application/x-subrip", examples.SRT)},
)
async def captions_srt(request: Request, found: Known) -> Response:
    """The captions of `captions.vtt` as SubRip, for editing programs. 404 until the narration is
    ready.
    """
    return await _answer(request, found, "srt", _SRT, lambda told: write_captions(told, "srt"))


@router.get(
    "/{article_id}/captions.json",
    summary="Read along in JSON",
    response_class=Response,
    responses={200: _TRANSCRIPT},
)
async def captions_json(request: Request, found: Known) -> Response:
    """The captions as a transcript of the podcast namespace (JSON). 404 until the narration is
    ready.
    """
    kind = "application/json"
    return await _answer(request, found, "json", kind, lambda told: write_captions(told, "json"))


@router.get(
    "/{article_id}/chapters.json",
    summary="List the chapters",
    response_class=Response,
    responses={200: examples.answer("Chapters", "application/json+chapters", examples.CHAPTERS)},
)
async def chapter_list(request: Request, found: Known) -> Response:
    """A chapter a paragraph, as the podcast namespace has them (JSON chapters 1.2). 404 until the
    narration is ready.
    """
    return await _answer(request, found, "chapters", _CHAPTERS, _chapters)


async def _answer(
    request: Request, found: Found, form: str, media_type: str, write: Callable[[Narration], bytes]
) -> Response:
    """What `write` makes of the narration, or what it made of it lately."""
    narration = ready_narration(found)
    key = (narration.id, narration.audio_sha256, form)
    if key not in _kept:
        body = await asyncio.to_thread(write, narration)
        _kept[key] = body, f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    _kept.move_to_end(key)
    body, etag = _kept[key]
    headers = {"ETag": etag, "Cache-Control": "no-cache"}
    return or_unchanged(request, Response(body, media_type=media_type, headers=headers))


def _chapters(narration: Narration) -> bytes:
    chapters = paragraph_chapters(narration.utterances, narration.duration_s)
    return chapters_json(chapters)
