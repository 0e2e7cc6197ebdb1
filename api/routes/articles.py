"""`/v1/articles`: ask for a narration, watch it grow, hear it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Annotated, Any, Final, TypedDict

from fastapi import APIRouter, Body, Depends, Path, Query, Request, Response
from fastapi.responses import StreamingResponse

from api.dependencies import Known, client_of, find_by_id, require_editor, service_of
from api.headlines import headline_of
from api.models import AgainRequest, ArticleModel, ArticleRequest, ProblemModel, UtteranceModel
from api.problems import kind_of, language_of, word_for_client
from api.refusal import Refusal
from api.routes import examples
from api.routes.bodies import BodyRoute
from api.routes.live_audio import live_response
from api.routes.media import audio_response
from api.service import Found, Service
from api.work.jobs import Job
from reader.errors import TingwenError
from reader.messages.language import Language
from reader.messages.message import Door
from reader.messages.wording import word, word_all
from reader.narration.model import Narration, TimedUtterance

router = APIRouter(prefix="/v1/articles", tags=["articles"], route_class=BodyRoute)
_KNOWN: Final = examples.answer("Known.", "application/json", examples.READY_ARTICLE)
_SOUND: Final[dict[str, Any]] = {"description": "MP3", "content": {"audio/mpeg": {}}}


@router.post(
    "",
    status_code=201,
    summary="Ask for a narration",
    responses={
        200: {"model": ArticleModel} | _KNOWN,
        201: examples.answer("New; it is being made.", "application/json", examples.NEW_ARTICLE),
    },
)
async def submit(
    request: Request,
    body: Annotated[ArticleRequest, Body(openapi_examples=examples.ARTICLE_REQUESTS)],
    response: Response,
) -> ArticleModel:
    """Send exactly one of `text`, `html` and `url`. The article is found in it, the page around
    it is left out, and its narration is begun.

    The answer comes at once, with every sentence that will be heard: 201 if the narration is new,
    200 if it is known, and then nothing is spoken again. `Location` is its address.
    """
    service = service_of(request)
    narration_id, found, is_new = await service.submit(body, client_of(request))
    response.status_code = 201 if is_new else 200
    response.headers["Location"] = f"/v1/articles/{narration_id}"
    return article_model(service, narration_id, found, language_of(request))


@router.get("/{article_id}", summary="Show a narration", responses={200: _KNOWN})
async def show(request: Request, article_id: str, found: Known, response: Response) -> ArticleModel:
    """The narration as far as it is made: its status, its voice, and of each sentence the times
    between which it is heard. To be told of changes, read its events. 410 once it was withdrawn.
    """
    response.headers["Cache-Control"] = "no-cache"
    return article_model(service_of(request), article_id, found, language_of(request))


@router.delete(
    "/{article_id}",
    status_code=204,
    summary="Withdraw an article",
    dependencies=[Depends(require_editor)],
)
async def withdraw(
    request: Request, article_id: Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
) -> None:
    """From now on every door answers 410 for it, it stands in no feed, and it is not made again:
    neither by its id, nor by its address in any spelling, nor by the same words in another voice.
    What is being made of it is stopped; its text, its sound and the clips that nothing else uses
    are removed. Needs a key with the scope `articles`; where no keys are set, only this machine may
    ask. Doing it again changes nothing. `tingwen cache restore` lets it be made again.
    """
    if not await service_of(request).withdrawing.withdraw(article_id):
        raise Refusal(404, "article-unknown", id=article_id)


@router.post("/{article_id}/retry", summary="Try a failed narration again", responses={200: _KNOWN})
async def retry(request: Request, article_id: str, found: Known) -> ArticleModel:
    """Have a narration made again that is `failed`, or that another voice than the wanted one has
    read; any other stays as it is. Sentences that were spoken before are not spoken again.
    """
    service = service_of(request)
    if found.job is not None:
        found = Found(job=service.retry(found.job, client_of(request)))
    else:
        found = service.retry_voice(article_id, found, client_of(request))
    return article_model(service, article_id, found, language_of(request))


@router.post(
    "/{article_id}/again",
    status_code=201,
    summary="Read the same article otherwise",
    responses={
        200: {"model": ArticleModel} | _KNOWN,
        201: examples.answer("New; it is being made.", "application/json", examples.NEW_ARTICLE),
    },
)
async def read_again(
    request: Request,
    article_id: str,
    found: Known,
    body: Annotated[AgainRequest, Body(openapi_examples=examples.AGAIN_REQUESTS)],
    response: Response,
) -> ArticleModel:
    """The same sentences in another voice, at another pace or with words of a lexicon put right:
    a narration of its own, of which only those sentences are spoken that sound otherwise.
    """
    service = service_of(request)
    again = await service.narrate_again(article_id, found, body, client_of(request))
    narration_id, found, is_new = again
    response.status_code = 201 if is_new else 200
    response.headers["Location"] = f"/v1/articles/{narration_id}"
    return article_model(service, narration_id, found, language_of(request))


@router.get(
    "/{article_id}/audio.mp3",
    summary="Hear a narration",
    response_class=Response,
    responses={200: _SOUND, 206: _SOUND, 304: {"description": "You have it already."}},
)
@router.head("/{article_id}/audio.mp3", include_in_schema=False)
async def audio(
    request: Request,
    found: Known,
    download: Annotated[bool, Query(description="Whether browsers save it.")] = False,
) -> Response:
    """MP3, 24 kHz, mono, 48 kbit/s.

    While the narration is being made, the sound as it is spoken, without a length (`Cache-Control:
    no-store`): from its beginning, or with `Range` what there is of it. Once it is ready, the
    file: with `Range`, a strong `ETag`, and tags that hold the headline and the chapters.
    """
    if found.narration is not None:
        service = service_of(request)
        redirect = service.settings.cache_redirect
        return await audio_response(
            request, service.narrator.store, found.narration, redirect=redirect, saves=download
        )
    job = _job(found)
    if job.error is not None:
        raise job.error
    answer = await live_response(request, job)
    if answer is not None:
        return answer
    return await audio(request, await find_by_id(request, job.id), download)


@router.get(
    "/{article_id}/events",
    summary="Follow a narration",
    response_class=Response,
    responses={200: examples.answer("Events", "text/event-stream", examples.EVENTS)},
)
async def events(request: Request, found: Known) -> Response:
    """Server-sent events, from the first sentence on whenever they are asked for.

    - `utterance`: a sentence can be heard; the data is as in the narration's `utterances`
    - `restarted`: another voice begins the article anew (`voice`); forget the sentences so far
    - `ready`: all of it can be heard (`duration`, `voice`, `why`); the stream ends
    - `failed`: it cannot be made (`detail`); the stream ends
    """
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    if request.method == "HEAD":
        return Response(headers=headers, media_type="text/event-stream")
    return StreamingResponse(
        _events(found, language_of(request)), media_type="text/event-stream", headers=headers
    )


async def _events(found: Found, language: Language) -> AsyncIterator[str]:
    if found.narration is not None:
        for utterance in found.narration.utterances:
            yield _event("utterance", utterance_model(utterance).model_dump())
        yield _event("ready", _ready(found.narration, language))
        return
    job = _job(found)
    async for spoken in job.events():
        if spoken is None:
            yield _event("restarted", {"voice": job.voice})
        else:
            yield _event("utterance", utterance_model(spoken).model_dump())
    if job.error is not None:
        yield _event("failed", _problem(job.error, language).model_dump())
    elif job.narration is not None:
        yield _event("ready", _ready(job.narration, language))


def _ready(narration: Narration, language: Language) -> dict[str, object]:
    why = word_all(narration.why, language, Door.PAGE)
    return {"duration": narration.duration_s, "voice": narration.voice, "why": why}


def _event(name: str, data: dict[str, object]) -> str:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"


def _job(found: Found) -> Job:
    if found.job is None:
        raise Refusal(404, "narration-gone")
    return found.job


class Urls(TypedDict):
    """URLs of the parts of a narration."""

    audio_url: str
    captions_url: str
    page_url: str


def article_model(
    service: Service, narration_id: str, found: Found, language: Language
) -> ArticleModel:
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
            title=headline_of(narration.title, narration.paragraphs),
            byline=narration.byline,
            status="ready",
            voice=narration.voice,
            wanted_voice=narration.wanted_voice,
            why=word_all(narration.why, language, Door.PAGE),
            licence=service.voices.licence(narration.voice),
            duration=narration.duration_s,
            coverage=narration.coverage,
            passed_over=list(narration.passed_over),
            utterances=[utterance_model(u) for u in narration.utterances],
            **urls,
        )
    job = _job(found)
    return _growing(job, (narration_id, service.voices.licence(job.voice)), urls, language)


def _growing(job: Job, names: tuple[str, str], urls: Urls, language: Language) -> ArticleModel:
    """`names` are the narration's id and the licence of its voice."""
    narration_id, licence = names
    timed = [utterance_model(u) for u in job.timed]
    waiting = [
        UtteranceModel(index=u.index, paragraph=u.paragraph, text=u.text, start=None, end=None)
        for u in job.script.utterances[len(timed) :]
    ]
    return ArticleModel(
        id=narration_id,
        title=headline_of(job.script.title, job.script.paragraphs),
        byline=job.script.byline,
        status=job.status,
        voice=job.voice or None,
        wanted_voice=job.options.voice,
        why=word_all(job.why, language, Door.PAGE),
        licence=licence,
        duration=None,
        coverage=job.coverage,
        problem=None if job.error is None else _problem(job.error, language),
        utterances=timed + waiting,
        **urls,
    )


def _problem(error: TingwenError, language: Language) -> ProblemModel:
    return ProblemModel(
        type=f"urn:tingwen:problem:{kind_of(error).name}",
        detail=word_for_client(error, language),
        message=word(error, language, Door.PAGE),
        kind=error.kind,
    )


def utterance_model(utterance: TimedUtterance) -> UtteranceModel:
    return UtteranceModel(
        index=utterance.index,
        paragraph=utterance.paragraph,
        text=utterance.text,
        start=utterance.start_s,
        end=utterance.end_s,
    )
