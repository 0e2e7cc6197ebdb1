"""`/v1/lexicon`: the service's own lexicon, for an editor with a key."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Body, Depends, Header, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.compression import plain_tag
from api.dependencies import client_of, is_at_this_machine, service_of
from api.refusal import Refusal
from api.routes import examples
from api.routes.bodies import BodyRoute
from api.work.lexicon_store import MOST_WORDS, Version
from reader.script.lexicon_file import Tables


def _require_editor(request: Request) -> None:
    """Raises Refusal 403 where no keys are set and another machine may be asking."""
    if not service_of(request).settings.keys and not is_at_this_machine(request):
        raise Refusal(403, "lexicon-needs-key")


router = APIRouter(
    prefix="/v1/lexicon",
    tags=["lexicon"],
    route_class=BodyRoute,
    dependencies=[Depends(_require_editor)],
)


class LexiconModel(BaseModel):
    """The service's lexicon; the contract of a lexicon file."""

    model_config = ConfigDict(extra="forbid")

    words: Annotated[
        dict[str, Any],
        Field(description=f"Words with what is said for them; at most {MOST_WORDS} in all."),
    ]
    surnames: Annotated[
        dict[str, Any], Field(description="Characters that are read so only as surnames.")
    ] = {}


class ChangeModel(BaseModel):
    """A word before and after a change; null where it was not, or is no longer."""

    table: str
    word: str
    was: str | None
    now: str | None


class RevisionModel(BaseModel):
    """A change of the lexicon: when, by whom, from which version to which, and what."""

    at: str
    who: str
    before: str
    after: str
    changes: list[ChangeModel]


@router.get(
    "",
    summary="Show the service's lexicon",
    responses={200: examples.answer("The lexicon.", "application/json", examples.LEXICON)},
)
async def show(request: Request, response: Response) -> LexiconModel:
    """What the service says for which words, whoever asks. Its `ETag` is its version. Needs a key
    with the scope `lexicon`; where no keys are set, only this machine may ask.
    """
    store = service_of(request).builder.lexicons
    return _shown(await asyncio.to_thread(store.version), response)


@router.put(
    "",
    summary="Replace the service's lexicon",
    responses={
        200: examples.answer("The lexicon.", "application/json", examples.LEXICON),
        409: {"description": "The service was started without a lexicon file."},
        412: {"description": "It was changed meanwhile; get it again."},
        428: {"description": "Say with `If-Match` which version was changed."},
    },
)
async def replace(
    request: Request,
    body: Annotated[LexiconModel, Body(openapi_examples=examples.LEXICON_REQUESTS)],
    response: Response,
    if_match: Annotated[str, Header(description="The ETag of what was changed, or `*`.")] = "",
) -> LexiconModel:
    """Put another lexicon in its place, whole; it is in force at once. Every word that is wrong is
    told, and then nothing changes. Of articles that are asked for again, only the sentences that it
    touches are spoken anew.
    """
    expected = {tag for tag in map(plain_tag, if_match.split(",")) if tag}
    if not expected:
        raise Refusal(428, "lexicon-version-needed")
    store = service_of(request).builder.lexicons
    tables = Tables(body.words, body.surnames)
    changed = await asyncio.to_thread(store.replace, tables, expected, client_of(request))
    return _shown(changed, response)


@router.get(
    "/history",
    summary="List the lexicon's changes",
    responses={200: examples.answer("Changes.", "application/json", examples.LEXICON_HISTORY)},
)
async def list_changes(
    request: Request, limit: Annotated[int, Query(ge=1, le=1000, description="How many.")] = 50
) -> list[RevisionModel]:
    """Who changed which words when, and how they were said before; the newest change first."""
    store = service_of(request).builder.lexicons
    return [RevisionModel(**told) for told in await asyncio.to_thread(store.history, limit)]


def _shown(version: Version, response: Response) -> LexiconModel:
    response.headers["ETag"] = f'"{version.tag}"'
    response.headers["Cache-Control"] = "no-store"
    tables = version.tables
    return LexiconModel(words=dict(tables.words), surnames=dict(tables.surnames))
