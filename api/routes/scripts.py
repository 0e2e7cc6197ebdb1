"""`/v1/scripts` and `/v1/readings`: what would be spoken, before it is."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Body, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from api.dependencies import service_of
from api.models import ArticleRequest, SentLexicon
from api.routes import examples
from api.routes.bodies import BodyRoute
from reader.pronunciation.wordwise import readings_to_choose, word_by_word
from reader.script import Utterance

router = APIRouter(prefix="/v1", tags=["scripts"], route_class=BodyRoute)


class WordModel(BaseModel):
    """A word as it is written and as it is said; what is said otherwise stays in one."""

    text: Annotated[str, Field(description="Empty where it is said and not written.")]
    spoken: Annotated[str, Field(description="Empty where it is not said.")]
    zhuyin: Annotated[list[str], Field(description="One syllable an item, as it is heard.")]


class LineModel(BaseModel):
    """A sentence as it is written and as it is said."""

    index: int
    paragraph: Annotated[int, Field(description="−1 for the headline and the byline.")]
    text: str
    spoken: Annotated[str, Field(description="Empty where nothing is said.")]
    pause_ms: Annotated[int, Field(description="Silence after it.")]
    words: Annotated[
        list[WordModel], Field(description="Only with `readings=true`; their texts make `text`.")
    ] = []


class ScriptModel(BaseModel):
    """An article as it would be read; the contract of `tingwen script --json`."""

    title: str
    byline: str
    published: str
    paragraphs: list[str]
    utterances: list[LineModel]


class ReadingsRequest(BaseModel):
    """A sentence whose readings are asked for."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(min_length=1, max_length=1000)]
    lexicon: SentLexicon | None = None


class ReadingsModel(BaseModel):
    """A sentence word by word, and what else its characters may sound like."""

    words: list[WordModel]
    choices: Annotated[
        dict[str, list[str]],
        Field(description="注音 of each Han character that was sent, the commonest first."),
    ]


@router.post(
    "/scripts",
    summary="Write a script",
    responses={200: examples.answer("The script.", "application/json", examples.SCRIPT)},
)
async def write(
    request: Request,
    body: Annotated[ArticleRequest, Body(openapi_examples=examples.ARTICLE_REQUESTS)],
    readings: Annotated[bool, Query(description="Whether each word has its 注音 too.")] = False,
) -> ScriptModel:
    """Find the article in what is sent and say how it would be read, sentence by sentence: what is
    written, what would be said, and the silence after it. Nothing is spoken, nothing is kept.
    """
    service = service_of(request)
    script = await service.script(body)
    model = ScriptModel.model_validate(script, from_attributes=True)
    if readings:
        words = await service.builder.run(lambda: [_words(u) for u in script.utterances])
        for line, found in zip(model.utterances, words, strict=True):
            line.words = found
    return model


@router.post(
    "/readings",
    summary="Show the readings of a sentence",
    responses={200: examples.answer("Its words.", "application/json", examples.READINGS)},
)
async def show_readings(
    request: Request,
    body: Annotated[ReadingsRequest, Body(openapi_examples=examples.READINGS_REQUESTS)],
) -> ReadingsModel:
    """How a sentence is said, word by word, with the 注音 of each, and which other readings its
    characters have: to choose from, and to send in a `lexicon`.
    """
    builder = service_of(request).builder
    script = await builder.script_of_text(body.text, body.lexicon)

    def look_up() -> ReadingsModel:
        words = [word for utterance in script.utterances for word in _words(utterance)]
        found = {character: readings_to_choose(character) for character in body.text}
        choices = {character: readings for character, readings in found.items() if readings}
        return ReadingsModel(words=words, choices=choices)

    return await builder.run(look_up)


def _words(utterance: Utterance) -> list[WordModel]:
    return [WordModel(**asdict(word)) for word in word_by_word(utterance)]
