"""Problems and pages in the language that the client prefers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings

HAN = re.compile(r"[\u3400-\u9fff]")
ENGLISH = {"Accept-Language": "en-US,en;q=0.9"}
CHINESE = {"Accept-Language": "zh-TW,zh;q=0.9,en;q=0.5"}
OTHER_DOORS = re.compile(r"--[a-z]|`tingwen|TINGWEN_|\bPOST\b")
SENTENCE = re.compile(r"(?:\b[a-z]+ ){3,}[a-z]+", re.IGNORECASE)
TAG = re.compile(r"<[^>]*>")
PAGES = ("/", "/help", "/receive", "/offline", "/listen/" + "0" * 32)


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(Settings(cache="memory:///"))) as made:
        yield made


WRONG: list[tuple[dict[str, object], str]] = [
    ({"text": ""}, "text-empty"),
    ({"text": "！！！？？？……"}, "nothing-to-say"),
    ({"html": "<p>嗨</p>"}, "no-article"),
    ({"url": "http://127.0.0.1:9/a"}, "address-refused"),
    ({"url": "ftp://a.example/"}, "url-not-http"),
    ({"text": "台北今天放晴。", "voice": "nosuch"}, "voice-unknown"),
    ({"text": "台北今天放晴。", "rate": 400}, "request-invalid"),
    ({"text": 5}, "request-invalid"),
    ({"text": "台北", "html": "<p>台北</p>"}, "request-invalid"),
    ({"text": "台北", "nosuch": 1}, "request-invalid"),
    ({}, "request-invalid"),
]


@pytest.mark.parametrize(("sent", "kind"), WRONG)
def test_a_problem_is_in_the_clients_language(
    client: TestClient, sent: dict[str, object], kind: str
) -> None:
    in_chinese = client.post("/v1/articles", json=sent, headers=CHINESE)
    in_english = client.post("/v1/articles", json=sent, headers=ENGLISH)
    chinese, english = in_chinese.json(), in_english.json()
    assert (chinese["kind"], english["kind"]) == (kind, kind)
    assert chinese["facts"] == english["facts"]
    assert in_chinese.headers["content-language"] == "zh-TW"
    assert "accept-language" in in_chinese.headers["vary"].lower()
    for told in (chinese["title"], chinese["detail"], chinese["message"]):
        assert HAN.search(told), told
        assert not SENTENCE.search(told), told
    for told in (english["title"], english["detail"], english["message"]):
        assert not HAN.search(told), told
    for told in (chinese["message"], english["message"]):
        assert not OTHER_DOORS.search(told), told


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/articles/" + "0" * 32),
        ("GET", "/v1/articles/nosuch"),
        ("GET", "/nosuch"),
        ("DELETE", "/v1/articles"),
        ("GET", "/oembed?url=http://a.example/&format=xml"),
        ("GET", "/oembed?url=http://a.example/"),
        ("GET", "/feed.xml?limit=many"),
    ],
)
def test_so_is_every_refusal(client: TestClient, method: str, path: str) -> None:
    chinese = client.request(method, path, headers=CHINESE).json()
    english = client.request(method, path, headers=ENGLISH).json()
    assert HAN.search(chinese["detail"])
    assert not SENTENCE.search(chinese["detail"]), chinese["detail"]
    assert not HAN.search(english["detail"])


def test_a_body_that_is_no_json_is_told_in_chinese(client: TestClient) -> None:
    for body in (b"{", b"[1]", b'"text"'):
        answer = client.post(
            "/v1/articles", content=body, headers={**CHINESE, "Content-Type": "application/json"}
        )
        assert answer.status_code == 422
        assert HAN.search(answer.json()["detail"])


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/help",
        "/receive",
        "/offline",
        "/listen/" + "0" * 32,
        "/embed/" + "0" * 32 + "?lang=en",
    ],
)
def test_a_page_in_english_holds_no_chinese(client: TestClient, path: str) -> None:
    page = client.get(path, headers=ENGLISH).text
    assert 'lang="en"' in page
    assert not HAN.search(page), HAN.findall(page)


@pytest.mark.parametrize("path", [*PAGES, "/embed/" + "0" * 32])
def test_a_page_in_chinese_holds_no_english_sentence(client: TestClient, path: str) -> None:
    for headers in (CHINESE, {}):
        page = client.get(path, headers=headers).text
        assert 'lang="zh-Hant' in page
        assert not SENTENCE.search(TAG.sub("\n", page))


def test_a_page_says_that_it_has_another_language(client: TestClient) -> None:
    answers = [client.get("/", headers=headers) for headers in (CHINESE, ENGLISH)]
    assert len({answer.headers["etag"] for answer in answers}) == 2
    for answer in answers:
        assert "accept-language" in answer.headers["vary"].lower()


def test_words_of_the_pages_scripts_are_in_both_languages() -> None:
    folder = Path(__file__).resolve().parents[2] / "api" / "player"
    for table in (folder / "words.js", folder / "pages" / "words.js"):
        text = table.read_text(encoding="utf-8")
        chinese = re.findall(r'"zh-TW":\s*"([^"]*)"', text)
        english = re.findall(r'\ben:\s*"([^"]*)"', text)
        assert len(chinese) == len(english) > 5
        assert not [word for word in english if HAN.search(word)]
        assert not [word for word in chinese if SENTENCE.search(word)]
