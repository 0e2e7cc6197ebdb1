"""OpenAPI: what the document says of the service as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from typing import Any, Final

from fastapi import FastAPI

PRODUCT_VERSION: Final = version("tingwen")
TITLE: Final = "聽聞 tingwen"
DESCRIPTION: Final = """\
聽新聞：把一篇正體中文的文章唸成一個 MP3，邊合成邊播放。

Turns a Traditional-Chinese article into one MP3 that can be heard while it is being made.

**In three calls.** `POST /v1/articles` with the text, the HTML or the address of an article; the
answer has an `id`. `GET /v1/articles/{id}/audio.mp3` can be played at once: it streams while the
article is spoken, and is a file with Range when it is ready. `GET /v1/articles/{id}/events` tells
when each sentence is heard.

**The id is the content.** The same words in the same voice with the same settings have the same
id and are spoken once: sending an article twice costs nothing.

**Nothing is lost.** A narration is `ready` only if every sentence of it is heard. Otherwise it is
`failed`, and `problem` names the sentence.

**Keys.** Where the operator has set API keys, every POST needs one with the scope `speak`, and
`/metrics` one with `read`, the lexicon one with `lexicon`, the list of articles and withdrawing one
with `articles`; a private service wants `read` for all
that shows an article. Send it as
`Authorization: Bearer KEY`; players and pages may use Basic authentication with the key as
password.

**Errors** are problem details (RFC 9457), titled in the language of `Accept-Language`. `type` is
one of a fixed set of names such as `urn:tingwen:problem:no-article`; `detail` says what to do;
`error.message` says the same to OpenAI's clients. 429 and 503 carry `Retry-After` where the time is
known.

**Times** are in seconds, null until they are known. Sentences are called utterances.
"""
TAGS: Final[list[dict[str, Any]]] = [
    {
        "name": "articles",
        "description": "Ask for a narration, watch it grow, hear it, and read along.",
    },
    {
        "name": "scripts",
        "description": "What would be said, sentence by sentence, before anything is spoken.",
    },
    {
        "name": "lexicon",
        "description": "What the service says for which words, for its editors.",
    },
    {"name": "voices", "description": "Who can speak."},
    {
        "name": "OpenAI-compatible",
        "description": "OpenAI's speech API: its clients, Open WebUI and Home Assistant work with "
        "this service's `/v1` as their base URL.",
    },
    {
        "name": "pages",
        "description": "Pages of sites that the service knows, by their own address.",
    },
    {"name": "feed", "description": "What was narrated here, as a podcast."},
    {
        "name": "embedding",
        "description": "The player on other sites: they find it through oEmbed when somebody "
        "pastes the address of a `/listen` or `/embed` page.",
    },
    {"name": "operations", "description": "For probes and monitoring."},
]


class DocumentedApp(FastAPI):
    """FastAPI with our OpenAPI document, whose examples are whole: FastAPI drops their nulls."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            title=TITLE,
            version=PRODUCT_VERSION,
            description=DESCRIPTION,
            openapi_tags=TAGS,
            docs_url=None,  # api/routes/docs.py has a page of our own
            redoc_url=None,
            **options,
        )

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            _fill_nulls(super().openapi())
        return super().openapi()


def _fill_nulls(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    for operation in _operations(document):
        for answer in operation["responses"].values():
            for media in answer.get("content", {}).values():
                if "example" in media and "schema" in media:
                    media["example"] = _filled(media["example"], media["schema"], schemas)


def _operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in document["paths"].values():
        yield from path.values()


def _filled(value: Any, schema: dict[str, Any], schemas: dict[str, Any]) -> Any:
    schema = schemas.get(schema.get("$ref", "").rpartition("/")[2], schema)
    if isinstance(value, list):
        return [_filled(item, schema.get("items", {}), schemas) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: _filled(value.get(name), field, schemas)
        for name, field in schema.get("properties", {}).items()
        if name in value or {"type": "null"} in field.get("anyOf", ())
    } or value
