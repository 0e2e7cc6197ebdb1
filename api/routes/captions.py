"""`/v1/articles/{id}/captions.*` and its chapters: read along, in the formats that players know."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response

from api.dependencies import Known, ready_narration, service_of
from api.routes import examples
from api.routes.conditional import or_unchanged
from api.routes.voice_headers import voice_headers
from api.service import Found
from reader.captions import write_captions
from reader.narration.chapters import chapters_json, paragraph_chapters
from reader.narration.model import Narration

router = APIRouter(prefix="/v1/articles", tags=["articles"])

_VTT: Final = "text/vtt; charset=utf-8"
_SRT: Final = "application/x-subrip; charset=utf-8"
_CHAPTERS: Final = "application/json+chapters"
_TRANSCRIPT: Final[dict[str, Any]] = {
    "description": "Transcript",
    "content": {"application/json": {"schema": {"type": "object"}, "example": examples.TRANSCRIPT}},
}


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
    """What `write` makes of the narration, for who reads along; each time asked for anew, since it
    can be withdrawn."""
    narration = ready_narration(found)
    body, etag = await service_of(request).captions.get(narration, form, write)
    headers = {"ETag": etag, "Cache-Control": "no-cache", **voice_headers(narration)}
    return or_unchanged(request, Response(body, media_type=media_type, headers=headers))


def _chapters(narration: Narration) -> bytes:
    chapters = paragraph_chapters(narration.utterances, narration.duration_s)
    return chapters_json(chapters)
