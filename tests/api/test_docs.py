"""The OpenAPI document: its examples are true, and `/docs` shows it without the world's help."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import socket
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import httpx
import jsonschema_rs
import pytest

from api.app import create_app
from api.settings import Settings
from tests.api.services import service

DOCUMENT: dict[str, Any] = create_app(Settings()).openapi()
JSON = "application/json"


@dataclass(frozen=True)
class Operation:
    """One call of the document."""

    method: str
    path: str
    fields: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    def requests(self) -> Iterator[tuple[str, Any]]:
        """Names and values of its examples, wherever the document may hold them."""
        content = self.fields.get("requestBody", {}).get("content", {})
        for media in content.values():
            for name, found in media.get("examples", {}).items():
                yield name, found["value"]
            if "example" in media:
                yield "example", media["example"]
            for number, value in enumerate(resolve(media["schema"]).get("examples", [])):
                yield f"schema {number}", value

    def answers(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Status, media type and what is said of it, of every answer that is no error."""
        for status, found in self.fields["responses"].items():
            for media_type, media in found.get("content", {}).items():
                if int(status) < 300:
                    yield status, media_type, media


def resolve(schema: dict[str, Any]) -> dict[str, Any]:
    name = schema.get("$ref", "").removeprefix("#/components/schemas/")
    found: dict[str, Any] = DOCUMENT["components"]["schemas"][name] if name else schema
    return found


OPERATIONS = [
    Operation(method, path, fields)
    for path, methods in DOCUMENT["paths"].items()
    for method, fields in methods.items()
]
REQUESTS = [
    pytest.param(operation, value, id=f"{operation} {name}")
    for operation in OPERATIONS
    for name, value in operation.requests()
]
ANSWERS = [
    pytest.param(media_type, media, id=f"{operation} {status} {media_type}")
    for operation in OPERATIONS
    for status, media_type, media in operation.answers()
]
SPOKEN = re.compile("[\u4e00-\u9fff，。、；：？！「」『』《》（）—…·]*")
"""Han and punctuation: whatever else stands in a spoken form was not understood."""


@pytest.fixture
async def client(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    lexicon = tmp_path / "lexicon.toml"
    lexicon.touch()
    sites = json.dumps([{"origin": "https://news.example", "make": "on-view"}])
    async with service(tmp_path, lexicon=str(lexicon), sites=sites) as client:
        client.base_url = httpx.URL("http://localhost")
        yield client


@pytest.mark.parametrize("operation", OPERATIONS, ids=str)
def test_every_operation_says_what_it_does(operation: Operation) -> None:
    handler = operation.fields["operationId"].split("_v1_")[0].replace("_", " ")
    assert operation.fields["summary"].lower() != handler, "not the name of a function"
    assert len(operation.fields["description"].split()) >= 8
    described = {tag["name"] for tag in DOCUMENT["tags"]}
    assert set(operation.fields["tags"]) <= described
    for parameter in operation.fields.get("parameters", []):
        assert parameter.get("description") or parameter["in"] == "path", parameter["name"]
    if "requestBody" in operation.fields:
        assert list(operation.requests())


def test_the_document_says_which_release_it_is_of() -> None:
    assert DOCUMENT["info"]["version"] == version("tingwen")
    assert "POST /v1/articles" in DOCUMENT["info"]["description"]


async def test_so_does_the_service(client: httpx.AsyncClient) -> None:
    assert (await client.get("/healthz")).json() == {"status": "ok", "version": version("tingwen")}


@pytest.mark.parametrize(("operation", "value"), REQUESTS)
async def test_a_request_can_be_sent_as_it_stands(
    client: httpx.AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
    operation: Operation,
    value: dict[str, Any],
) -> None:
    def no_names(*_: object, **__: object) -> None:
        raise OSError("no names in tests")

    monkeypatch.setattr(socket, "getaddrinfo", no_names)
    path = operation.path
    if "{article_id}" in path:
        asked = await client.post("/v1/articles", json={"text": "老橋修復完工"})
        path = path.format(article_id=asked.json()["id"])
    headers = {"If-Match": "*"}
    if path.endswith("/look"):
        headers["Origin"] = "https://news.example"
    answer = await client.request(operation.method, path, json=value, headers=headers)
    if "url" in value and "html" not in value:
        assert answer.json()["type"] == "urn:tingwen:problem:source-unreadable"
        return
    assert answer.status_code in (200, 201), answer.text
    for text in [value[field] for field in ("text", "html", "input") if field in value]:
        assert "\\" not in text, "a line break is written as one"
    if "input" in value:
        assert answer.content
        value = {"text": value["input"]}
    if not {"text", "html"} & value.keys():
        return
    value.pop("url", None)
    script = (await client.post("/v1/scripts", json=value)).json()
    for utterance in script["utterances"]:
        assert SPOKEN.fullmatch(utterance["spoken"]), utterance
        assert utterance["spoken"]
    if operation.path in ("/v1/articles", "/v1/scripts"):
        first, *rest = script["utterances"]
        assert script["title"]
        assert (first["text"], first["paragraph"]) == (script["title"], -1)
        assert "".join(u["text"] for u in rest if u["paragraph"] >= 0) == "".join(
            script["paragraphs"]
        )


@pytest.mark.parametrize(("media_type", "media"), ANSWERS)
def test_an_answer_is_shown_and_fits_its_schema(media_type: str, media: dict[str, Any]) -> None:
    if media_type.startswith("audio/") or media_type == "text/event-stream":
        return
    assert "example" in media
    if media_type != JSON:
        return
    schema = media["schema"] | {"components": DOCUMENT["components"]}
    jsonschema_rs.validate(schema, media["example"])


async def test_the_answers_are_those_of_the_first_request(client: httpx.AsyncClient) -> None:
    """Times and the id are the voice's; this one's is a tone."""

    def example(path: str, method: str, status: str) -> dict[str, Any]:
        answers = DOCUMENT["paths"][path][method]["responses"]
        found: dict[str, Any] = answers[status]["content"][JSON]["example"]
        return found

    def words(article: dict[str, Any]) -> tuple[Any, ...]:
        shown = [(u["index"], u["paragraph"], u["text"]) for u in article["utterances"]]
        return (article["title"], article["byline"], shown, article.keys())

    articles = Operation("post", "/v1/articles", DOCUMENT["paths"]["/v1/articles"]["post"])
    _, request = next(articles.requests())
    script = (await client.post("/v1/scripts", json=request)).json()
    assert script == example("/v1/scripts", "post", "200")
    new = (await client.post("/v1/articles", json=request)).json()
    assert words(new) == words(example("/v1/articles", "post", "201"))
    await client.get(f"/v1/articles/{new['id']}/events")
    ready = (await client.get(f"/v1/articles/{new['id']}")).json()
    shown = example("/v1/articles/{article_id}", "get", "200")
    assert words(ready) == words(shown)
    assert (ready["status"], ready["coverage"]) == (shown["status"], shown["coverage"])
    chapters = (await client.get(f"/v1/articles/{new['id']}/chapters.json")).json()
    answers = DOCUMENT["paths"]["/v1/articles/{article_id}/chapters.json"]["get"]["responses"]
    told = answers["200"]["content"]["application/json+chapters"]["example"]
    assert [c["title"] for c in chapters["chapters"]] == [c["title"] for c in told["chapters"]]


@pytest.mark.parametrize("root", ["", "/tingwen"])
async def test_the_page_loads_nothing_from_elsewhere(client: httpx.AsyncClient, root: str) -> None:
    client._transport.root_path = root  # type: ignore[attr-defined]
    page = await client.get(f"{root}/docs")
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert loaded == [
        f"{root}/docs/swagger-ui.css",
        f"{root}/icon.svg",
        f"{root}/docs/swagger-ui-bundle.js",
    ]
    for path in loaded:
        answer = await client.get(path)
        assert answer.status_code == 200, path
        again = await client.get(path, headers={"If-None-Match": answer.headers["etag"]})
        assert again.status_code in (200, 304)
    assert "http" not in page.headers["content-security-policy"]


async def test_the_page_runs_only_what_its_policy_says(client: httpx.AsyncClient) -> None:
    page = await client.get("/docs")
    (inline,) = re.findall(r"<script>(.*?)</script>", page.text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
    policy = dict(
        part.strip().split(" ", 1) for part in page.headers["content-security-policy"].split(";")
    )
    assert policy["script-src"].split() == ["'self'", f"'sha256-{digest}'"]


def test_swagger_comes_with_its_licence() -> None:
    folder = Path(__file__).resolve().parents[2] / "api" / "static" / "swagger"
    shipped = {path.name for path in folder.iterdir()}
    assert {"LICENSE", "NOTICE", "swagger-ui-bundle.js.LICENSE.txt"} <= shipped
    named = (folder / "README.md").read_text(encoding="utf-8").split(",")[0].split()[-1]
    bundle = (folder / "swagger-ui-bundle.js").read_text(encoding="utf-8")
    assert json.dumps(named) in bundle or named in bundle
