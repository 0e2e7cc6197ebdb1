"""`/v1/articles`: ask for a narration, watch it grow, hear it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any, TypedDict

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from starlette.exceptions import HTTPException

from api.dependencies import Known, client_of, service_of
from api.models import ArticleModel, ArticleRequest, ProblemModel, UtteranceModel
from api.problems import kind_of
from api.routes.bodies import BodyRoute
from api.routes.media import audio_response
from api.service import Found, Service
from api.work.jobs import Job
from reader.captions import write_captions
from reader.narration.chapters import chapters_json, paragraph_chapters
from reader.narration.model import Narration, TimedUtterance

router = APIRouter(prefix="/v1/articles", tags=["articles"], route_class=BodyRoute)
_SOUND: dict[str, Any] = {"description": "MP3", "content": {"audio/mpeg": {}}}


@router.post("", status_code=201, responses={200: {"model": ArticleModel}})
async def submit(request: Request, body: ArticleRequest, response: Response) -> ArticleModel:
    """Ask for a narration: 201 if it is new, 200 if it is known."""
    service = service_of(request)
    narration_id, found, is_new = await service.submit(body, client_of(request))
    response.status_code = 201 if is_new else 200
    response.headers["Location"] = f"/v1/articles/{narration_id}"
    return article_model(service, narration_id, found)


@router.get("/{article_id}")
async def show(request: Request, article_id: str, found: Known) -> ArticleModel:
    """The narration as far as it is."""
    return article_model(service_of(request), article_id, found)


@router.post("/{article_id}/retry")
async def retry(request: Request, article_id: str, found: Known) -> ArticleModel:
    """Have an article whose voice failed spoken again; any other stays as it is."""
    service = service_of(request)
    if found.job is not None:
        found = Found(job=service.retry(found.job, client_of(request)))
    return article_model(service, article_id, found)


@router.get(
    "/{article_id}/audio.mp3",
    response_class=Response,
    responses={200: _SOUND, 206: _SOUND, 304: {"description": "You have it already."}},
)
@router.head("/{article_id}/audio.mp3", include_in_schema=False)
async def audio(request: Request, found: Known) -> Response:
    """Ready: the file, with Range. Not yet: the sound as it is spoken, from the beginning."""
    if found.narration is not None:
        service = service_of(request)
        redirect = service.settings.cache_redirect
        return await audio_response(
            request, service.narrator.store, found.narration, redirect=redirect
        )
    job = _job(found)
    if job.error is not None:
        raise job.error
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    if request.method == "HEAD":
        return Response(media_type="audio/mpeg", headers=headers)
    return StreamingResponse(job.listen(), media_type="audio/mpeg", headers=headers)


@router.get(
    "/{article_id}/events",
    response_class=Response,
    responses={200: {"description": "Events", "content": {"text/event-stream": {}}}},
)
async def events(found: Known) -> StreamingResponse:
    """Server-sent events: `utterance` for each as it becomes ready, `restarted` where another
    voice begins the article anew, then `ready` or `failed`."""
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(_events(found), media_type="text/event-stream", headers=headers)


@router.get(
    "/{article_id}/captions.vtt",
    response_class=Response,
    responses={200: {"description": "Captions", "content": {"text/vtt": {}}}},
)
async def captions(found: Known, karaoke: bool = False) -> Response:
    """WebVTT, once the narration is ready; with `karaoke` each word has its time."""
    vtt = await asyncio.to_thread(write_captions, _ready(found), "vtt", karaoke=karaoke)
    return Response(vtt, media_type="text/vtt; charset=utf-8")


@router.get(
    "/{article_id}/chapters.json",
    response_class=Response,
    responses={200: {"description": "Chapters", "content": {"application/json+chapters": {}}}},
)
async def chapter_list(found: Known) -> Response:
    """Podcast chapters, once the narration is ready."""
    narration = _ready(found)
    chapters = paragraph_chapters(narration.utterances, narration.duration_s)
    return Response(chapters_json(chapters), media_type="application/json+chapters")


async def _events(found: Found) -> AsyncIterator[str]:
    if found.narration is not None:
        for utterance in found.narration.utterances:
            yield _event("utterance", utterance_model(utterance).model_dump())
        yield _event("ready", {"duration": found.narration.duration_s})
        return
    job = _job(found)
    async for spoken in job.events():
        if spoken is None:
            yield _event("restarted", {"voice": job.voice})
        else:
            yield _event("utterance", utterance_model(spoken).model_dump())
    if job.error is not None:
        yield _event("failed", {"detail": str(job.error)})
    elif job.narration is not None:
        yield _event("ready", {"duration": job.narration.duration_s})


def _event(name: str, data: dict[str, object]) -> str:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"


def _ready(found: Found) -> Narration:
    if found.narration is None:
        raise HTTPException(404, "the narration is not ready yet; try again when its status is")
    return found.narration


def _job(found: Found) -> Job:
    if found.job is None:
        raise HTTPException(404, "the narration is gone; POST the article again")
    return found.job


class Urls(TypedDict):
    """URLs of the parts of a narration."""

    audio_url: str
    captions_url: str
    page_url: str


def article_model(service: Service, narration_id: str, found: Found) -> ArticleModel:
    """The resource, whether it is ready or in the making."""
    base = f"{service.settings.base_url}/v1/articles/{narration_id}"
    urls: Urls = {
        "audio_url": f"{base}/audio.mp3",
        "captions_url": f"{base}/captions.vtt",
        "page_url": f"{service.settings.base_url}/listen/{narration_id}",
    }
    if found.narration is not None:
        narration = found.narration
        return ArticleModel(
            id=narration_id,
            title=narration.title,
            byline=narration.byline,
            status="ready",
            voice=narration.voice,
            why=narration.why,
            duration=narration.duration_s,
            coverage=narration.coverage,
            utterances=[utterance_model(u) for u in narration.utterances],
            **urls,
        )
    return _growing(_job(found), narration_id, urls)


def _growing(job: Job, narration_id: str, urls: Urls) -> ArticleModel:
    timed = [utterance_model(u) for u in job.timed]
    waiting = [
        UtteranceModel(index=u.index, paragraph=u.paragraph, text=u.text, start=None, end=None)
        for u in job.script.utterances[len(timed) :]
    ]
    problem = None
    if job.error is not None:
        name = kind_of(job.error).name
        problem = ProblemModel(type=f"urn:tingwen:problem:{name}", detail=str(job.error))
    return ArticleModel(
        id=narration_id,
        title=job.script.title,
        byline=job.script.byline,
        status=job.status,
        voice=job.voice or None,
        duration=None,
        coverage=job.coverage,
        problem=problem,
        utterances=timed + waiting,
        **urls,
    )


def utterance_model(utterance: TimedUtterance) -> UtteranceModel:
    return UtteranceModel(
        index=utterance.index,
        paragraph=utterance.paragraph,
        text=utterance.text,
        start=utterance.start_s,
        end=utterance.end_s,
    )
