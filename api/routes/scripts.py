"""`/v1/scripts`: what would be spoken, before it is."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Request
from pydantic import BaseModel, Field

from api.dependencies import service_of
from api.models import ArticleRequest
from api.routes import examples
from api.routes.bodies import BodyRoute

router = APIRouter(prefix="/v1/scripts", tags=["scripts"], route_class=BodyRoute)


class LineModel(BaseModel):
    """A sentence as it is written and as it is said."""

    index: int
    paragraph: Annotated[int, Field(description="−1 for the headline and the byline.")]
    text: str
    spoken: Annotated[str, Field(description="Empty where nothing is said.")]
    pause_ms: Annotated[int, Field(description="Silence after it.")]


class ScriptModel(BaseModel):
    """An article as it would be read; the contract of `tingwen script --json`."""

    title: str
    byline: str
    published: str
    paragraphs: list[str]
    utterances: list[LineModel]


@router.post(
    "",
    summary="Write a script",
    responses={200: examples.answer("The script.", "application/json", examples.SCRIPT)},
)
async def write(
    request: Request,
    body: Annotated[ArticleRequest, Body(openapi_examples=examples.ARTICLE_REQUESTS)],
) -> ScriptModel:
    """Find the article in what is sent and say how it would be read, sentence by sentence: what is
    written, what would be said, and the silence after it. Nothing is spoken, nothing is kept.
    """
    script = await service_of(request).script(body)
    return ScriptModel.model_validate(script, from_attributes=True)
