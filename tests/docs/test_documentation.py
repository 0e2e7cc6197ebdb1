"""The documentation is true: its calls answer, its links lead somewhere, what it names exists."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from tests.pipeline.voices import Tone, voices
from tests.server import serving

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(
    path
    for folder in (ROOT, ROOT / "docs", ROOT / "deploy", ROOT / "examples", ROOT / "bench")
    for path in folder.glob("*.md" if folder == ROOT else "**/*.md")
)
SOURCES = sorted(
    path
    for folder in ("reader", "api", "audio_cache", "bench", "examples")
    for kind in ("*.py", "*.toml", "*.txt")
    for path in (ROOT / folder).rglob(kind)
)
_LINK = re.compile(r"\]\(([^)\s]+)\)|(?:src|href)=\"([^\"]+)\"")
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
_NAMED_FILE = re.compile(
    r"`((?:reader|api|audio_cache|tests|bench|docs|deploy|examples)/[\w./-]*|[A-Z]{4,}\.md)`"
)
_NAMED_PAGE = re.compile(r"\b((?:[\w-]+/)*[A-Za-z_-]+\.md)\b")
_HOST = "localhost:8000"


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def blocks(page: str, language: str) -> Iterator[str]:
    for found, block in _FENCE.findall((ROOT / "docs" / page).read_text("utf-8")):
        if found == language:
            yield block


def commands() -> Iterator[str]:
    for block in blocks("api.md", "sh"):
        yield from block.replace("\\\n", " ").strip().splitlines()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = _FENCE.sub("", page.read_text("utf-8"))
    for target in (first or second for first, second in _LINK.findall(text)):
        if not target.startswith(("http://", "https://", "#", "mailto:")):
            path = page.parent / target.partition("#")[0]
            assert path.exists(), target


@pytest.mark.parametrize(
    "page",
    [path for path in PAGES if path.name != "CHANGELOG.md"],
    ids=name_of,
)
def test_every_file_that_a_page_names_exists(page: Path) -> None:
    for name in _NAMED_FILE.findall(page.read_text("utf-8")):
        if "NAME" not in name:
            assert (ROOT / name).exists() or (page.parent / name).exists(), name


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "docs/architecture.md"])
def test_every_module_that_is_named_without_its_folder_exists(page: str) -> None:
    known = {path.name for path in SOURCES}
    for name in re.findall(r"`(\w+\.(?:py|toml))`", (ROOT / page).read_text("utf-8")):
        assert name in known, name


def test_every_page_that_the_code_cites_exists() -> None:
    known = {path.name for path in PAGES} | {"README.md"}
    for path in SOURCES:
        for name in _NAMED_PAGE.findall(path.read_text("utf-8")):
            cited = (ROOT / name).exists() or (path.parent / name).exists()
            assert cited or name.rpartition("/")[2] in known, (path, name)


def sent(client: httpx.Client, command: str) -> httpx.Response:
    """What curl would be answered."""
    curl, *words = shlex.split(command)
    assert curl == "curl"
    method, url, body, headers = "", "", None, {}
    while words:
        word = words.pop(0)
        if word == "-X":
            method = words.pop(0)
        elif word == "-H":
            name, _, value = words.pop(0).partition(": ")
            headers[name] = value
        elif word == "-d":
            body = words.pop(0).encode()
        elif word == "-o":
            words.pop(0)
        elif word not in ("-s", "-sN"):
            assert not url, word
            url = word
    url = url.replace(f"http://{_HOST}", str(client.base_url)).replace(_HOST, str(client.base_url))
    method = method or ("GET" if body is None else "POST")
    return client.request(method, url, content=body, headers=headers)


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, httpx.Response]]:
    """Every call of docs/api.md, one after another, by a service with a tone for a voice."""
    tone = Tone()
    lexicon = tmp_path_factory.mktemp("lexicon") / "lexicon.toml"
    lexicon.touch()
    cache = str(tmp_path_factory.mktemp("cache"))
    sites = '[{"origin": "https://news.example", "make": "on-view"}]'
    settings = Settings(voice="tone", cache=cache, lexicon=str(lexicon), sites=sites)
    found = []
    article_id = "ID"
    app = create_app(settings, voices(tone=tone, baker=tone, edge=tone))
    with serving(app) as (url, _), httpx.Client(base_url=url, timeout=60) as client:
        for command in commands():
            answer = sent(client, command.replace("ID", article_id))
            found.append((command, answer))
            if article_id == "ID":
                article_id = answer.json()["id"]
                client.get(f"/v1/articles/{article_id}/events")
    return found


def test_every_call_answers(answers: list[tuple[str, httpx.Response]]) -> None:
    for command, answer in answers:
        assert answer.is_success, (command, answer.text)
        assert answer.content or answer.status_code == 204, command


def test_no_call_is_left_out(answers: list[tuple[str, httpx.Response]]) -> None:
    made = {(answer.request.method, answer.request.url.path) for _, answer in answers}
    for path, methods in create_app(Settings()).openapi()["paths"].items():
        known = path.replace("{article_id}", "[0-9a-f]{32}")
        pattern = re.compile(re.sub(r"\{[a-z_]+\}", r"[\\w-]+", known))
        for method in methods:
            assert any(m == method.upper() and pattern.fullmatch(p) for m, p in made), path


def test_the_answers_that_are_shown_have_the_fields_that_come(
    answers: list[tuple[str, httpx.Response]],
) -> None:
    article, problem = (json.loads(block) for block in blocks("api.md", "json"))
    new = answers[0][1].json()
    assert article.keys() == new.keys()
    assert said(article) == said(new)
    refused = create_app(Settings()).openapi()["paths"]["/v1/articles"]["post"]["responses"]["422"]
    shown = refused["content"]["application/problem+json"]["example"]
    assert problem.keys() == shown.keys()
    assert problem["type"] == shown["type"]


def said(article: dict[str, Any]) -> list[tuple[str, int]]:
    return [(u["text"], u["paragraph"]) for u in article["utterances"]]
